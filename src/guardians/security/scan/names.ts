/** What a name promises about its value: a password, a key, or nothing worth hiding. */
import { RecentMap } from '../../../core/recent.ts';
import { wordsOf } from './words.ts';

/** `weak` roles (`token`, `key`) are shared with harmless things and ask more of the value than `strong` ones. */
export type Role = 'password' | 'secret' | 'token' | 'seed' | 'authorization' | 'webhook';

export interface NameVerdict {
  readonly role: Role;
  /** A provider is named: `alpaca_key`, `twelvedata_api_key`. */
  readonly vendor: boolean;
  /** A word stands in the name that programmers do not use for their own things: it says whose key it is (`clarifai_key`). */
  readonly qualified: boolean;
  /** The word “secret” stands in it. */
  readonly named: boolean;
  /** Nothing but that word makes it a key (`clarifai_key`, `clarifai_pat`): the value has to show the rest. */
  readonly weak: boolean;
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
  'non nonmatching public pub pubkey hashed encrypted masked redacted obfuscated sealed placeholder example sample dummy mock fake cache primary foreign '
  + 'partition sort idempotency keyboard shortcut hotkey keypress monkey keycode keyframe translation i18n locale csrf xsrf next continuation '
  + 'pagination cursor page cancellation cancel tokenizer pad padding eos bos unk cls sep checksum hash commit sha sha1 sha256 md5 '
  + 'integrity etag revision rev order trade position cl cloid oid mint erc20 contract collateral outcome wrapped lp spl',
);

/** Words a name may end with without changing what it is: `api_key_live`, `password2`. */
const NEUTRAL_ENDINGS = list(
  'value val str string raw plain default live prod production paper demo sandbox testnet mainnet main backup old new current real const '
  + 'secure dev development stage staging spot futures margin 1 2 3 4 v1 v2 b64 base64 pem hex',
);

export const PASSWORDS: ReadonlySet<string> = list('password passwords passwd pwd passphrase passcode pass psw pw passwort kennwort senha contrasena');
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
const TOKEN_KEYS = list('api access auth app application subscription consumer rest integration license service user write read client project deploy developer ingest');
/** What a run-together name must end with (`TWSPASSWORD`). */
const RUN_TOGETHER: readonly (readonly [string, Role])[] = [
  ['password', 'password'], ['passwd', 'password'], ['passphrase', 'password'],
  ['apisecret', 'secret'], ['clientsecret', 'secret'], ['secretkey', 'secret'], ['privatekey', 'secret'],
  ['apikey', 'token'], ['accesskey', 'token'], ['accesstoken', 'token'], ['authtoken', 'token'], ['apitoken', 'token'],
  ['subscriptionkey', 'token'], ['accountkey', 'token'], ['authkey', 'token'], ['servicekey', 'token'],
];

/** Lower-case parts of names; a name without any of them is never classified. What rows need besides stands in `name-gate.ts`. */
export const NAME_KEYWORDS: readonly string[] = [
  'pass', 'pwd', 'psw', 'kennwort', 'senha', 'contrasena', 'secret', 'token', 'jwt', 'bearer', 'key', 'credential', 'mnemonic', 'seed',
  'authorization', 'webhook', 'client_id', 'clientid', 'client-id', 'auth"', "auth'", 'auth:', 'auth=', 'auth =', '_api', '_pat', '_pw', 'sec"', "sec'", 'sec:', 'sec=', 'sec =', '_sec', 'pk"', "pk'", 'pk:', 'pk=', 'pk =', '_pk',
  // Calls that take keys by place.
  'mt5', 'basicauth', 'client(',
  // Providers whose names carry no other telling part.
  'tradovate', 'hyperliquid',
];

/**
 * Words that programmers, operators and brokers use for things of their own. A name made of these alone does not say who
 * issued the key; what is left over is the name of a service, and with one a UUID or a digest is a key more often than not.
 */
const ORDINARY = list(
  'a an the my our your his is has have in on at to of by for from with and or not no new old all any some one two next last first other another same this that '
  + 'api app application apps auth authentication authorization authenticate oauth oauth1 oauth2 access account accounts admin agent alert alias archive array arg args asset audit '
  + 'backend backup balance bar base batch bearer binary block body bot bytes broker bucket buffer build builder bus button call candle cell cert certificate chain channel chart chat chunk '
  + 'class cli client clients cloud cluster code codec collection color column command common component composite compose compound condition conf config configuration connect connection '
  + 'console const consumer container content context control controller cookie copy core counter country creator crypto current custom customer daemon dash data database dataset date db debug '
  + 'decode decoder decrypt decrypted default delete demo deploy deployment desk dest destination detail dev device dialog dict direct disk display doc document docs domain download driver dsn dummy dump '
  + 'edge edit editor element email embed encode encoder encrypt encryption engine entity entry env environment event exchange expected export ext external extra '
  + 'fallback feature feed fetch file filter final flag folder form format found frame frontend full func function gateway gen general generated generic get given global graph grid group guest guid '
  + 'limit listen rate throttle pending approval confirm confirmation challenge captcha magic unlock lookup peek paging scroll sync resume continue upload download analytics tracking segment '
  + 'handle handler head header heading helper hidden history hmac home hook host http https icon id ident identifier identity image img import in index info ingest init initial inner input insert inst instance int integration '
  + 'internal invite issuer item items job join json jwt jwk keep key keys keystore kind label lang language layer layout leader left legacy level lib license licence line link list listener live load loader local lock log '
  + 'logger login logout lookup machine mail main manager map mapping market master match member memory menu merge message meta method metric migration mobile mode model module monitor mongo mysql name namespace native nested net '
  + 'network node nodes nonce note notification notify null num number obj object offset op open operation option options order org origin other out outer output owner owning pack package page pair panel parent parse parser part partial '
  + 'partner path pattern payload peer pending permission person phone pin pipe plain platform plugin pointer policy pool port portal position post postgres postgresql pre prefix preset preview primary principal print priority private privileged process prod product '
  + 'profile program project prop property props protected protocol provider proxy pub public publisher push query queue quote random range rate raw reader real realm record recovery redis redirect ref refresh region register registry relay release reload '
  + 'remote render repo repository request res reset resource response rest result return revoke right role root route router row rpc rule run runner runtime s3 salt sample save schema scope screen script search second secondary section secure security seed '
  + 'select selected self send sender seq series server service session set setting settings setup shadow shard share shared shop short sid sign signature signer signed signing single site size slot smtp snapshot socket some sort source space spec sql src ssh ssl sso staging '
  + 'start state static status step stop storage store stream string struct style sub subject submit subscription super support symbol sync sys system tab table tag target task team temp template tenant terminal test tests testing text theme third thread ticket time tls token tokens tool '
  + 'topic trace track trade trader trading train transaction transfer tree trigger trust truststore type ui unique unit update upload upstream url usage use user username users util val validate value var variable vault verification verify version view visitor volume wallet web webhook widget window word '
  + 'worker wrapper write writer zone x y z i j k v e t p s n m c d b f g h l q r u w api2 v1 v2 v3 hex b64 base64 bytes32 uuid sub child children '
  + 'secret secrets password passwd pass pwd passphrase passcode credential credentials pat apikey apisecret apitoken accesskey accesstoken authtoken authkey appkey secretkey clientsecret privatekey signingkey encryptionkey masterkey bearer cred creds pk sk sec',
);

function isQualified(words: readonly string[]): boolean {
  return words.some((word) => word.length >= 3 && /[a-z]/.test(word) && !ORDINARY.has(word.replace(/[0-9]{1,4}$/, '')) && !/^(?:[a-z]{0,2}[0-9]+[a-z]?)$/.test(word)
    && !RUN_TOGETHER.some(([ending]) => word.endsWith(ending)));
}

/** Tokens of a session, as servers hand them out: they run out, and manuals print them. */
const SESSION_TOKENS = list('token accesstoken refreshtoken idtoken listenkey sessiontoken');
const LASTING = list('api bot auth oauth personal secret private app client master admin deploy');

/** Whether the name is that of a session's token and of nothing that lasts. */
export function isSessionToken(name: string): boolean {
  const words = wordsOf(name);
  return (SESSION_TOKENS.has(words.slice(-2).join('')) || SESSION_TOKENS.has(words.at(-1) ?? '')) && !words.some((word) => LASTING.has(word));
}

/** `password1`, `token2`: one of several. */
const NUMBERED = /^([a-z]{3,20}(?:word|wd|phrase|token|secret|key))[0-9]$/;

function withoutNeutralEnding(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && NEUTRAL_ENDINGS.has(words[end - 1] as string)) end -= 1;
  const last = NUMBERED.exec(words[end - 1] ?? '')?.[1];
  return last === undefined ? words.slice(0, end) : [...words.slice(0, end - 1), last];
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
  return RUN_TOGETHER.find(([ending]) => last.endsWith(ending))?.[1] ?? roleRunTogether(last);
}

/** `mixpaneltoken`, `ZOPIMSECRET`: a service's word and one of the key without a mark between them; `csrftoken` and `nexttoken` are made of ordinary ones. */
function roleRunTogether(word: string): Role | undefined {
  const [, service, ending] = /^([a-z]{4,24})(token|secret)$/.exec(word) ?? [];
  if (service === undefined || ORDINARY.has(service) || HARMLESS_WORDS.has(service) || SPOKEN_BEFORE.has(service)) return undefined;
  return ending === 'token' ? 'token' : 'secret';
}

/** What is said of tokens and secrets in general, run together with the word. */
const SPOKEN_BEFORE = list('shared client access refresh session device reset invite verify confirm login logout identity untoken detoken user admin some invalid');

function keyRole(words: readonly string[], before: string | undefined, vendor: boolean): Role | undefined {
  if (before !== undefined && SECRET_KEYS.has(before)) return 'secret';
  if (words.includes('secret') || words.includes('private')) return 'secret';
  if (before !== undefined && TOKEN_KEYS.has(before)) return 'token';
  return vendor ? 'token' : undefined;
}

/** `clarifai_key`, `github_pat`, `adobeApi`: the ending alone says little, the service in front of it the rest. */
const WEAK_ENDINGS = list('key keys api pat auth credential cred sas dsn');


function verdictOf(name: string): NameVerdict | undefined {
  // `AWS::IAM::AccessKey`, `(?i)password:` and sentences are no names of variables.
  if (name.length > 120 || !/^[@$]?[A-Za-z0-9_][A-Za-z0-9_.\- ]*$/.test(name)) return undefined;
  const words = withoutNeutralEnding(wordsOf(name));
  const last = words.at(-1);
  if (last === undefined || words.length > 12) return undefined;
  return verdictOfWords(words) ?? verdictBefore(words);
}

/** `api_key_binance`, `password_myservice`: the service stands behind the word. */
function verdictBefore(words: readonly string[]): NameVerdict | undefined {
  const service = words.at(-1) as string;
  if (words.length < 2 || !(VENDORS.has(service) || /^my[a-z]{3,12}$/.test(service))) return undefined;
  const verdict = verdictOfWords(words.slice(0, -1));
  return verdict && { ...verdict, vendor: true, qualified: true };
}

function verdictOfWords(words: readonly string[]): NameVerdict | undefined {
  const last = words.at(-1) as string;
  if (words.some((word) => HARMLESS_WORDS.has(word))) return undefined;
  const vendor = words.some((word) => VENDORS.has(word));
  const qualified = vendor || isQualified(words);
  const role = roleOf(words, vendor);
  if (role === undefined) return qualified && words.length > 1 && WEAK_ENDINGS.has(last) ? { role: 'token', vendor, qualified, named: false, weak: true } : undefined;
  return HARMLESS_ENDINGS.has(last) && role !== 'webhook' ? undefined : { role, vendor, qualified, named: role === 'secret' || words.includes('secret'), weak: false };
}

/**
 * `SPOTIFY_CLIENT_ID`, `auth0ClientId`: by its name the half of a pair that a service hands out. It names an application and opens nothing
 * without its secret.
 */
export function isClientId(name: string): boolean {
  if (name.length > 80 || !/client[_-]?id$/i.test(name)) return false;
  const words = wordsOf(name.replace(/[cC]lient_?id$/, 'ClientId').replace(/CLIENTID$/, 'CLIENT_ID'));
  const service = words.slice(0, -2);
  return words.at(-2) === 'client' && words.at(-1) === 'id' && service.length > 0 && (service.some((word) => VENDORS.has(word)) || isQualified(service))
    && !service.some((word) => HARMLESS_WORDS.has(word));
}

/** Programs call few things by many names, and a line that somebody types by the same as a moment ago. */
const MOST_NAMES = 4_096;
const verdicts = new RecentMap<{ readonly verdict: NameVerdict | undefined }>(MOST_NAMES);

/** What the name says of its value, or undefined when it says nothing. Words come from `wordsOf`. */
export function classifyName(name: string): NameVerdict | undefined {
  const known = verdicts.get(name);
  if (known !== undefined) return known.verdict;
  const verdict = verdictOf(name);
  verdicts.set(name, { verdict });
  return verdict;
}
