/** What the variable is called that a secret is moved to, and how its line is written. */
import { DETECTORS } from '../../detectors/table.ts';
import { VENDORS } from '../../scan/names.ts';
import { wordsOf } from '../../scan/words.ts';

/** Names that say nothing of what the secret is for. */
const EMPTY_NAMES: ReadonlySet<string> = new Set(['key', 'secret', 'token', 'password', 'passwd', 'pwd', 'pass', 'api_key', 'api_secret', 'apikey', 'apisecret', 'access_token', 'auth_token', 'value', 'default', 'url', 'webhook', 'credential', 'private_key']);

/** `apiSecret` → `API_SECRET`; nothing a shell would not take. */
export function upperSnake(name: string): string {
  const upper = wordsOf(name).join('_').toUpperCase();
  return /^[A-Z]/.test(upper) ? upper : upper === '' ? '' : `KEY_${upper}`;
}

/**
 * The variable for a secret: the name it has in the code, as the provider's documentation calls it where that name is bare
 * (`secret` of a Binance client → `BINANCE_API_SECRET`), else after its kind.
 */
export function variableFor(name: string | undefined, detector: string | undefined): string {
  const own = name === undefined ? '' : upperSnake(name).slice(0, 60);
  const row = DETECTORS.find((one) => one.name === detector);
  const named = row?.kind === 'named' ? row.variables.find((variable) => /^[A-Z][A-Z0-9_]*$/.test(variable)) : undefined;
  const bare = own === '' || EMPTY_NAMES.has(own.toLowerCase());
  if (!bare) {
    const vendor = wordsOf(own).some((word) => VENDORS.has(word));
    return row === undefined || vendor || row.kind === 'shape' ? own : named ?? own;
  }
  if (named !== undefined) { return named; }
  if (row !== undefined) { return upperSnake(row.name); }
  return own === '' ? upperSnake((detector ?? 'secret').replace(/^generic-/, '')) : own;
}

/** A line of an environment file as every reader reads it alike: bare where nothing in it means something, quoted otherwise. */
export function envLine(variable: string, value: string): string {
  if (/^[A-Za-z0-9_./+=:@%,~^-]+$/.test(value)) { return `${variable}=${value}`; }
  if (!/['\r\n]/.test(value)) { return `${variable}='${value}'`; }
  return `${variable}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r\n|\n/g, '\\n')}"`;
}
