/** ENV001: an environment file in git that gets its first value; the twin keeps the name and leaves the value out. */
import type { Draw, Form, Made } from '../mutants/form.ts';

/** Files whose values are all empty, until now. */
const EMPTY = /^(?:\.env\.(?:production|local|staging|bak)|(?:live|trading|demo|keys)\.env)$/;

function form(name: string, language: 'dotenv' | 'ini', line: (draw: Draw) => { readonly name: string; readonly value: string; readonly write?: (name: string, value: string) => string }): Form {
  return {
    name, language, where: 'entry', tracked: true, files: language === 'dotenv' ? EMPTY : /\.set$|^(?:terminal|config|common)\.ini$/,
    make(draw): Made {
      const { name: key, value, write = (a, b): string => `${a}=${b}` } = line(draw);
      return { code: write(key, `«${value}»`), twin: write(key, '') };
    },
  };
}

/** A password without a sign that a shell reads as its own. */
function password(draw: Draw): string {
  return draw.secret('generic-password').replace(/[!$%*]/, '-').concat('k');
}

export const ENV001_MUTANTS: readonly Form[] = [
  form('a key', 'dotenv', (draw) => ({ name: draw.one(['BINANCE_API_SECRET', 'BINANCE_SECRET_KEY']), value: draw.secret('binance-api-secret') })),
  form('a token', 'dotenv', (draw) => ({ name: draw.one(['FEED_API_KEY', 'ACCESS_TOKEN', 'AUTH_TOKEN']), value: draw.secret('generic-token') })),
  form('a token that is exported', 'dotenv', (draw) => ({ name: draw.one(['FEED_API_KEY', 'API_TOKEN']), value: draw.secret('generic-token'), write: (name, value) => `export ${name}=${value}` })),
  form('a password in quotes', 'dotenv', (draw) => ({ name: draw.one(['MT5_PASSWORD', 'DB_PASSWORD', 'BROKER_PASSWORD']), value: password(draw), write: (name, value) => `${name}="${value}"` })),
  { ...form('a value that is no secret yet', 'dotenv', (draw) => ({ name: draw.one(['ACCOUNT', 'STAKE', 'LEVERAGE']), value: draw.one(['apex', 'isolated', 'cross']) })), files: /^(?:live|trading|demo|keys)\.env$/ },
  form('a login', 'ini', (draw) => ({ name: draw.one(['Password', 'IbPassword', 'InpPassword']), value: password(draw) })),
  form('a key of a feed', 'ini', (draw) => ({ name: draw.one(['ApiKey', 'InpApiKey', 'AccessToken']), value: draw.secret('generic-token') })),
];
