/** Judges a number of contracts against the most an account may hold, full-size ones and tenths alike. */
import type { Fix, Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import { productOf } from '../../../core/time/products.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { ContractLimit, EffectiveLimits } from '../accounts.ts';
import { isAnotherFirms } from '../firms.ts';
import { limitFix } from '../limits/limit-fix.ts';
import { phaseIn } from '../limits/phase-name.ts';
import type { Stated } from '../limits/stated.ts';
import { ratio } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { countName } from './count-name.ts';
import type { CountUnit } from './count-name.ts';

/** Messages of APX009. */
export type CountMessage = 'contracts' | 'micros' | 'either' | 'user' | 'userMicros';

/** More contracts than the account may hold. */
export interface CountVerdict {
  readonly messageId: CountMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** A comment that makes the number a stage, or somebody else's. */
const OTHER_COMMENT = /\b(?:warn(?:ing)?|alert|per day|a day|daily|options?)\b/i;
const MICRO_COMMENT = /\bmicros?\b|\bM(?:ES|NQ|YM|2K|GC|CL)\b/i;
/** Small contracts of any kind, and words for them: in such a file a contract may be a tenth. */
const MICRO_TEXT = /micro(?!s?ec|soft|struct|serv|price|wave|phone|scop)|\bM(?:ES|NQ|YM|2K|GC|CL|BT|ET|6[ABE]|CD|JY|SF)(?:[FGHJKMNQUVXZ]\d{1,2})?(?![A-Za-z])|\bSIL\b/i;
/** A full-size contract that is named as one: a text of its own, or a symbol with month or venue. */
const FULL_TEXT = /["'](?:\/|CME_MINI:|CME:|COMEX:|NYMEX:)?(?:ES|NQ|YM|RTY|GC|CL)(?:1!|=F|[FGHJKMNQUVXZ]\d{1,2}(?:\.\w{2,8})?)?["']/;

/** The verdict on a number of contracts; undefined where it fits, or where it may count tenths. */
export function judgeCount(stated: Stated, accounts: readonly AccountConfig[], text: string, path: string): CountVerdict | undefined {
  const named = countName(stated.name, stated.outer);
  const { numerator: count, denominator } = stated.amount.value;
  if (named === undefined || denominator !== 1 || count > 100_000 || stated.amount.unit !== undefined) { return undefined; }
  if (OTHER_COMMENT.test(stated.comment) || isAnotherFirms([...stated.about, stated.comment, path], accounts)) { return undefined; }
  const phase = phaseIn([...stated.outer, stated.name]);
  const meant = accounts.filter((account) => (phase === undefined || (account.phase === 'evaluation') === (phase === 'evaluation')) && (stated.sizes.length === 0 || stated.sizes.includes(account.size)));
  const unit = named.unit !== 'contract' ? named.unit : MICRO_COMMENT.test(stated.comment) ? 'micro' : besideMicros(stated) ? 'mini' : 'contract';
  const checks = limitsFor(meant, listPacks())
    .flatMap((of, i) => layers(of.contracts).map((limit) => ({ of, limit, account: meant[i] })))
    .sort((a, b) => Number(a.limit.layer === 'house') - Number(b.limit.layer === 'house') || a.limit.highest - b.limit.highest);
  for (const { of, limit, account } of checks) {
    const counted = account === undefined ? undefined : countedAs(unit, count, limit, account, text);
    if (counted !== undefined) { return verdictOn(stated, count, counted, of, limit, text); }
  }
  return undefined;
}

/** `max_contracts` beside `max_micro_contracts` counts full-size ones. */
function besideMicros({ beside, outer }: Stated): boolean {
  return beside.some((name) => countName(name, outer)?.unit === 'micro');
}

function layers(limit: ContractLimit | undefined): readonly ContractLimit[] {
  return limit === undefined ? [] : limit.firm === undefined ? [limit] : [limit.firm, limit];
}

/** What is too many: contracts, micros, or as many as are too many of either. */
function countedAs(unit: CountUnit, count: number, limit: ContractLimit, account: AccountConfig, text: string): 'contracts' | 'micros' | 'either' | undefined {
  const micros = limit.highest * limit.microsPerMini;
  if (unit === 'micro') { return count > micros ? 'micros' : undefined; }
  if (count <= limit.highest) { return undefined; }
  if (unit === 'mini') { return 'contracts'; }
  if (count > micros) { return 'either'; }
  return isFullSize(account, text) ? 'contracts' : undefined;
}

/** Is a contract of this file a full-size one: the account trades nothing else, or the file names such a product, and neither knows of tenths? */
function isFullSize(account: AccountConfig, text: string): boolean {
  if (MICRO_TEXT.test(text)) { return false; }
  const products = account.products.map((symbol) => productOf(symbol));
  if (products.length > 0) { return products.every((product) => product?.kind === 'future' && product.microOf === undefined); }
  return FULL_TEXT.test(text);
}

function verdictOn(stated: Stated, count: number, counted: 'contracts' | 'micros' | 'either', of: EffectiveLimits, limit: ContractLimit, text: string): CountVerdict {
  const most = counted === 'micros' ? limit.highest * limit.microsPerMini : limit.highest;
  const fix = limitFix(stated, { unit: 'money', units: ratio(count, 1), proof: 'name' }, most * 100, 1, text);
  const own = limit.layer === 'house';
  const shown = (number: number): string => number.toLocaleString('en-US');
  return {
    messageId: own ? (counted === 'micros' ? 'userMicros' : 'user') : counted, severity: 'warning', at: stated.at, layer: limit.layer, account: of.account ?? '',
    data: {
      count: shown(count), minis: shown(Math.ceil(count / limit.microsPerMini)), most: shown(limit.highest), micros: shown(limit.highest * limit.microsPerMini), account: of.account ?? '',
      what: limit.highest === 1 ? 'contract' : 'contracts', ratio: shown(limit.microsPerMini), fix: fix?.written ?? shown(most),
    },
    related: stated.through === undefined ? [] : [{ at: stated.through, message: `used as ${stated.name}` }],
    fixes: fix === undefined ? [] : [fix.fix],
    evidence: { counted, count: String(count), most: String(limit.highest), microsPerMini: String(limit.microsPerMini), ...(of.pack === undefined ? {} : { pack: of.pack.id }) },
  };
}

/** One name with several values: a table of plans or of sizes. Which row is the account's nobody knows. */
export function isTableOf(stated: Stated, all: readonly Stated[]): boolean {
  const key = ({ name }: Stated): string => name.toLowerCase().replaceAll('_', '');
  const values = new Set(all.filter((other) => key(other) === key(stated)).map(({ amount }) => `${amount.value.numerator}/${amount.value.denominator}`));
  return values.size > 1 && stated.sizes.length === 0;
}
