/** Numbers under telling names, in code and in configuration: what the rules about shares and counts ask first. */
import type { ConfigEntry, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { aboutOf, namedValues } from '../named.ts';
import type { Named } from '../named.ts';
import { amountOf } from './amount.ts';
import type { Amount } from './amount.ts';
import { isAccountSize } from './meaning.ts';
import { commentAt, foldedAmount, isConstantLocal, keysAbove } from './written.ts';

/** A number and everything that may tell what it means. */
export interface Stated {
  readonly name: string;
  /** Names or keys around it, the innermost last. */
  readonly outer: readonly string[];
  readonly amount: Amount;
  /** Where the number is written. */
  readonly at: Span;
  /** Another place that gives this name the value written at `at`. */
  readonly through?: Span;
  /** Names that stand beside it. */
  readonly beside: readonly string[];
  /** Sizes of accounts that stand beside it, in whole units: whose row of a table it is. */
  readonly sizes: readonly number[];
  /** The comment behind it on its line. */
  readonly comment: string;
  /** Names and texts around it, which may say whose rule it is. */
  readonly about: readonly string[];
  readonly form: Named['form'] | 'key';
  /** The expression that holds it, in code. */
  readonly value?: Expr;
  /** Where its name stands, in code. */
  readonly site?: NameSite;
}

/** Most values beside a number that are looked at: more is data. */
const MAX_BESIDE = 200;

/** Every number with a name that is wanted and that means what is looked for, each written place once, in source order. */
export function statedNumbers(model: SourceModel, wanted: (name: string) => boolean, means: (stated: Stated) => boolean): readonly Stated[] {
  const found = [...(holdsCode(model) ? inCode(model, wanted) : []), ...inSettings(model, wanted)].filter(means);
  const seen = new Set<number>();
  // A constant with a telling name comes before the field that is given its value.
  return [...found].sort((a, b) => Number(a.through !== undefined) - Number(b.through !== undefined) || a.at.start - b.at.start)
    .filter(({ at }) => !seen.has(at.start) && seen.add(at.start)).sort((a, b) => a.at.start - b.at.start);
}

function inCode(model: SourceModel, wanted: (name: string) => boolean): readonly Stated[] {
  return namedValues(model, wanted).flatMap((named): readonly Stated[] => {
    if (named.form === 'local' && !isConstantLocal(named)) { return []; }
    const folded = foldedAmount(model, named.value, named.site);
    if (folded === undefined) { return []; }
    const here = { start: named.value.start, end: named.value.end };
    const at = folded.origin ?? here;
    const inside = at.start >= here.start && at.end <= here.end;
    // A product of other numbers belongs to those: 50_000 * 0.3 is no share.
    if (folded.from.length > 1 && folded.origin === undefined) { return []; }
    return [{
      name: named.name, outer: named.outer, amount: folded.amount, at, beside: named.siblings.slice(0, MAX_BESIDE).map((sibling) => sibling.name), sizes: sizesOf(named, model), comment: commentAt(model, at),
      about: aboutOf(named), form: named.form, value: named.value, site: named.site, ...(inside ? {} : { through: here }),
    }];
  });
}

function inSettings(model: SourceModel, wanted: (name: string) => boolean): readonly Stated[] {
  const asked = model.entries.filter((entry) => entry.shape === 'scalar' && wanted(entry.key));
  if (asked.length === 0) { return []; }
  const groups = new Map<string, ConfigEntry[]>();
  for (const entry of model.entries) {
    const key = parentKey(entry);
    const group = groups.get(key);
    if (group === undefined) { groups.set(key, [entry]); } else if (group.length < MAX_BESIDE) { group.push(entry); }
  }
  return asked.flatMap((entry): readonly Stated[] => {
    const amount = amountOf(entry.text);
    const beside = groups.get(parentKey(entry)) ?? [];
    const texts = beside.filter((other) => typeof other.value === 'string' && other.text.length < 40).map((other) => other.text);
    return amount === undefined ? [] : [{
      name: entry.key, outer: keysAbove(entry), amount, at: entry.valueSpan, beside: beside.map((other) => other.key), sizes: beside.flatMap((other) => sizeIn(other.key, amountOf(other.text))), comment: commentAt(model, entry.valueSpan),
      about: [...keysAbove(entry), entry.key, ...texts], form: 'key',
    }];
  });
}

/** Sizes among what stands in the same class, dict or run of assignments; of a module's, nothing stands together. */
function sizesOf(named: Named, model: SourceModel): readonly number[] {
  if (named.form === 'constant') { return []; }
  return named.siblings.slice(0, MAX_BESIDE).flatMap(({ name, value }) => (SIZE_LETTERS.test(name) ? sizeIn(name, foldedAmount(model, value, named.site)?.amount) : []));
}

const SIZE_LETTERS = /size|balance|capital|equity|deposit/i;

function sizeIn(name: string, amount: Amount | undefined): readonly number[] {
  if (amount === undefined || amount.value.denominator !== 1 || amount.value.numerator < 1_000 || !SIZE_LETTERS.test(name) || !isAccountSize(name, ['account'])) { return []; }
  return [amount.value.numerator];
}

function parentKey(entry: ConfigEntry): string {
  return JSON.stringify(entry.path.slice(0, -1));
}
