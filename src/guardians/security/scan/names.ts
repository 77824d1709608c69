/** What a name promises about its value: a password, a key, or nothing worth hiding. */
import { wordsOf } from './words.ts';

/** `weak` roles (`token`, `key`) are shared with harmless things and ask more of the value than `strong` ones. */
export type Role = 'password' | 'secret' | 'token' | 'seed' | 'authorization' | 'webhook';

export interface NameVerdict {
  readonly role: Role;
  /** A provider is named: `alpaca_key`, `twelvedata_api_key`. */
  readonly vendor: boolean;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s/));

/** Providers whose `…_key` is an API key. From the variable names their documentation and public code use. */
export const VENDORS = list(
  'binance bybit okx okex kraken coinbase cdp deribit kucoin bitmex bitfinex bitget gate gateio mexc hyperliquid dydx polymarket '
  + 'derive robinhood alpaca apca tradovate ninjatrader rithmic ibkr ib ibind oanda mt4 mt5 metaapi metatrader ctrader databento polygon '
  + 'massive twelvedata marketstack fmp alphavantage vantage finnhub tiingo tradier intrinio nasdaq quandl tardis coingecko '
  + 'coinmarketcap cryptocompare glassnode infura alchemy etherscan moralis birdeye helius telegram tg discord slack twitter openai '
  + 'anthropic openrouter deepseek gemini groq mistral cohere xai huggingface replicate perplexity aws gcp google azure '
  + 'firebase supabase cloudflare digitalocean vercel netlify heroku github gitlab bitbucket npm pypi stripe paypal twilio sendgrid '
  + 'mailgun mailchimp datadog dd newrelic sentry grafana pagerduty linear notion airtable algolia mapbox pinecone resend render',
);

/** Endings that say "about a secret" instead of "a secret": its name, its place, its length. */
const HARMLESS_ENDINGS = list(
  'id ids name names file files filename path paths dir folder url uri urls endpoint host hostname port type types kind class hash hashed '
  + 'digest checksum sum fingerprint signature public pub field fields label title header headers prefix suffix length len size count '
  + 'limit limits max min expires expiry expiration expire expired ttl timeout env var variable vars regex pattern format policy hint '
  + 'placeholder template param params column col index idx version provider store storage manager handler helper service factory '
  + 'address symbol contract mint mode status state strength validator validation rule rules error errors message msg text desc '
  + 'description help info usage note prompt algorithm algo scheme location position offset iterator stream parser reset required enabled '
  + 'disabled valid invalid exists missing ref reference scope scopes rotation arn alias selector function func callback lookup map dict '
  + 'cache amount balance price supply decimals pair list count bucket region input output button link form dialog page route color icon',
);

/** Words anywhere in a name that make its value no secret. */
const HARMLESS_WORDS = list(
  'public pub pubkey hashed encrypted masked redacted obfuscated sealed placeholder example sample dummy mock fake cache primary foreign '
  + 'partition sort idempotency keyboard shortcut hotkey keypress monkey keycode keyframe translation i18n locale csrf xsrf next continuation '
  + 'pagination cursor page cancellation cancel tokenizer pad padding eos bos unk cls sep checksum hash commit sha sha1 sha256 md5 '
  + 'integrity etag revision rev order trade position cl cloid oid mint erc20 contract collateral outcome wrapped lp',
);

/** Words a name may end with without changing what it is: `api_key_live`, `password2`. */
const NEUTRAL_ENDINGS = list(
  'value val str string raw plain default live prod production paper demo sandbox testnet mainnet main backup old new current real const '
  + 'dev development stage staging spot futures margin 1 2 3 4 v1 v2 b64 base64 pem hex',
);

export const PASSWORDS: ReadonlySet<string> = list('password passwd pwd passphrase passcode pass psw passwort kennwort senha contrasena');
/** `gate_pass`, `low_pass`, `first_pass`: passing a test, a frequency or a loop is no password. */
const PASSING = list(
  'gate gates filter filters check checks test tests quality risk score rule rules criteria low high band all any both first second single multi one two '
  + 'forward backward render did does must should will can may',
);
const SECRETS = list('secret secrets secretkey apisecret clientsecret privatekey signingkey encryptionkey masterkey');
const TOKENS = list('token tokens jwt bearer apikey accesskey authkey appkey apitoken accesstoken authtoken authorization credential credentials');
/** `…_key` after one of these is a secret (`secret_key`) … */
const SECRET_KEYS = list('secret private signing sign encryption encrypt master account shared hmac wallet session jwt crypto');
/** … and after one of these a token (`api_key`). */
const TOKEN_KEYS = list('api access auth app application subscription consumer license service user write read client project deploy developer ingest');
/** What a run-together name must end with (`TWSPASSWORD`). */
const RUN_TOGETHER: readonly (readonly [string, Role])[] = [
  ['password', 'password'], ['passwd', 'password'], ['passphrase', 'password'],
  ['apisecret', 'secret'], ['clientsecret', 'secret'], ['secretkey', 'secret'], ['privatekey', 'secret'],
  ['apikey', 'token'], ['accesskey', 'token'], ['accesstoken', 'token'], ['authtoken', 'token'],
];

/** Lower-case parts of names; a name without any of them is never classified. */
export const NAME_KEYWORDS: readonly string[] = [
  'pass', 'pwd', 'psw', 'kennwort', 'senha', 'contrasena', 'secret', 'token', 'jwt', 'bearer', 'key', 'credential', 'mnemonic', 'seed',
  'authorization', 'webhook', 'sec"', "sec'", 'sec:', 'sec=', 'sec =', '_sec', 'pk"', "pk'", 'pk:', 'pk=', 'pk =', '_pk',
  // Calls that take keys by place.
  'mt5', 'basicauth', 'client(',
  // Providers whose names carry no other telling part.
  'tradovate', 'hyperliquid',
];

function withoutNeutralEnding(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && NEUTRAL_ENDINGS.has(words[end - 1] as string)) end -= 1;
  return words.slice(0, end);
}

function roleOf(words: readonly string[], vendor: boolean): Role | undefined {
  const last = words.at(-1) as string;
  const before = words.at(-2);
  if (last === 'mnemonic' || (last === 'seed' && words.length > 1) || (last === 'phrase' && (before === 'seed' || before === 'recovery'))) return 'seed';
  if (last === 'seedphrase') return 'seed';
  if (last === 'authorization') return 'authorization';
  if (last === 'pass' && before !== undefined && PASSING.has(before)) return undefined;
  if (PASSWORDS.has(last)) return 'password';
  if (last === 'phrase' && before === 'pass') return 'password';
  if (SECRETS.has(last)) return 'secret';
  if (TOKENS.has(last)) return 'token';
  if (last === 'key' || last === 'keys') return keyRole(words, before, vendor);
  if (last === 'url' && before === 'webhook') return 'webhook';
  return RUN_TOGETHER.find(([ending]) => last.endsWith(ending))?.[1];
}

function keyRole(words: readonly string[], before: string | undefined, vendor: boolean): Role | undefined {
  if (before !== undefined && SECRET_KEYS.has(before)) return 'secret';
  if (words.includes('secret') || words.includes('private')) return 'secret';
  if (before !== undefined && TOKEN_KEYS.has(before)) return 'token';
  return vendor ? 'token' : undefined;
}

/** What the name says of its value, or undefined when it says nothing. Words come from `wordsOf`. */
export function classifyName(name: string): NameVerdict | undefined {
  // `AWS::IAM::AccessKey`, `(?i)password:` and sentences are no names of variables.
  if (name.length > 120 || !/^[@$]?[A-Za-z0-9_][A-Za-z0-9_.\- ]*$/.test(name)) return undefined;
  const words = withoutNeutralEnding(wordsOf(name));
  const last = words.at(-1);
  if (last === undefined || words.length > 12) return undefined;
  if (words.some((word) => HARMLESS_WORDS.has(word))) return undefined;
  const vendor = words.some((word) => VENDORS.has(word));
  const role = roleOf(words, vendor);
  if (role === undefined || (HARMLESS_ENDINGS.has(last) && role !== 'webhook')) return undefined;
  return { role, vendor };
}
