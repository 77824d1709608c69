/** Best days that are measured against the account's size or a target, where the account counts the profit. */
import type { Binary, Expr, SourceModel } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { byConsistency, limitsFor } from '../accounts.ts';
import type { ConsistencyLimit, EffectiveLimits } from '../accounts.ts';
import { indexOf } from '../file-index.ts';
import { isAnotherFirms } from '../firms.ts';
import { lastName } from '../named.ts';
import { limitName } from '../limits/use.ts';
import { percentText } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { wordsOf } from '../words.ts';
import type { ShareVerdict } from './judge-share.ts';

/** What a best day is divided by. */
type Base = 'size' | 'target';

/** A ratio of a day's profit to something that is no profit. */
interface WrongBase {
  readonly at: Binary;
  readonly base: Base;
  /** The divisor as it is written. */
  readonly of: Expr;
  readonly site: Site;
}

/** A verdict for each consistency ratio that is taken of the size, or after the evaluation of the target. */
export function baseVerdicts(model: SourceModel, accounts: readonly AccountConfig[]): readonly ShareVerdict[] {
  if (isAnotherFirms([model.path], accounts)) { return []; }
  const held = byConsistency(limitsFor(accounts, listPacks())).filter(({ consistency }) => consistency.denominator === 'net-profit');
  if (held.length === 0) { return []; }
  const wrong = wrongBases(model);
  return wrong.flatMap((one) => {
    // Who passes only with the target earned is on the safe side with a share of the target. After that nobody has one.
    const of = held.find(({ phase }) => one.base === 'size' || (phase !== undefined && phase !== 'evaluation'));
    return of === undefined ? [] : [verdict(one, of, of.consistency, model)];
  });
}

function verdict(wrong: WrongBase, of: EffectiveLimits, limit: ConsistencyLimit, model: SourceModel): ShareVerdict {
  const shown = model.source.text.slice(wrong.of.start, wrong.of.end);
  return {
    messageId: of.account === undefined ? 'baseHouse' : 'base', severity: 'warning', at: { start: wrong.at.start, end: wrong.at.end }, layer: limit.firm?.layer ?? limit.layer, related: [], fixes: [],
    data: { base: shown.length > 30 || shown.includes('\n') ? (wrong.base === 'size' ? 'the account size' : 'the target') : shown, bound: `${percentText(limit.percent)} %`, account: of.account ?? '' },
    evidence: { base: wrong.base, allowedPercent: percentText(limit.percent), ...(of.pack === undefined ? {} : { pack: of.pack.id }) },
    ...(of.account === undefined ? {} : { account: of.account }),
  };
}

function wrongBases(model: SourceModel): readonly WrongBase[] {
  const { binaries } = indexOf(model);
  const place = (site: Site): unknown => site.function ?? site.class ?? model;
  const right = new Set(binaries.filter(({ node }) => dividesByProfit(node)).map(({ site }) => place(site)));
  return binaries.flatMap(({ node, site }): readonly WrongBase[] => {
    const found = dividedDay(node) ?? scaledLimit(node);
    if (found === undefined || right.has(place(site)) || !(isScaled(node) || saysConsistency(node, site, model))) { return []; }
    return [{ at: node, site, ...found }];
  });
}

// ------------------------------------------------------------------ the forms

/** `best_day / start_balance`, also times 100. */
function dividedDay(node: Binary): { readonly base: Base; readonly of: Expr } | undefined {
  const [day, by] = division(node);
  const base = by === undefined ? undefined : baseOf(by);
  return day === undefined || by === undefined || base === undefined || !isDay(day) ? undefined : { base, of: by };
}

/** `best_day / total_profit`: the right question, asked in the same place. */
function dividesByProfit(node: Binary): boolean {
  const [day, by] = division(node);
  return day !== undefined && by !== undefined && isDay(day) && wordsOf(nameIn(by) ?? '').some((word) => GAINS.has(word)) && baseOf(by) === undefined;
}

function division(node: Binary): readonly [Expr | undefined, Expr | undefined] {
  const [first, second] = node.operands;
  return node.ops[0] === '/' && node.ops.slice(1).every((op) => op === '*' || op === '/') ? [first, second] : [undefined, undefined];
}

/** `consistency_limit * start_balance`: the largest day, as a share of what is no profit. */
function scaledLimit(node: Binary): { readonly base: Base; readonly of: Expr } | undefined {
  if (!isScaled(node)) { return undefined; }
  const of = node.operands.find((operand) => baseOf(operand) !== undefined);
  const base = of === undefined ? undefined : baseOf(of);
  return of === undefined || base === undefined ? undefined : { base, of };
}

function isScaled(node: Binary): boolean {
  return node.ops[0] === '*' && node.ops.every((op) => op === '*' || op === '/') && node.operands.some((operand) => isConsistency(nameIn(operand)));
}

// ------------------------------------------------------------------ the words

const DAYS: ReadonlySet<string> = new Set(['day', 'daily', 'today', 'days']);
const GAINS: ReadonlySet<string> = new Set(['profit', 'profits', 'pnl', 'pl', 'gain', 'gains', 'net', 'earned']);
const BEST: ReadonlySet<string> = new Set(['best', 'biggest', 'largest', 'highest', 'top', 'max', 'peak']);
/** A loss of the day is no profit of it. */
const NOT_PROFIT: ReadonlySet<string> = new Set(['loss', 'losses', 'drawdown', 'dd', 'worst', 'days', 'count', 'risk', 'limit']);

function isDay(expr: Expr): boolean {
  const words = wordsOf(nameIn(expr) ?? '');
  return words.some((word) => DAYS.has(word)) && words.some((word) => BEST.has(word) || GAINS.has(word)) && !words.some((word) => NOT_PROFIT.has(word));
}

const SIZE: ReadonlySet<string> = new Set(['balance', 'equity', 'capital', 'size', 'deposit', 'account', 'acct', 'start', 'starting', 'initial', 'init', 'current', 'nominal', 'opening', 'inp', 'g', 'm', 'usd']);
const THINGS: ReadonlySet<string> = new Set(['balance', 'equity', 'capital', 'size', 'deposit']);

function baseOf(expr: Expr): Base | undefined {
  const words = wordsOf(nameIn(expr) ?? '');
  if (words.some((word) => THINGS.has(word)) && words.every((word) => SIZE.has(word))) { return 'size'; }
  return words.includes('target') && words.every((word) => word === 'target' || word === 'profit' || word === 'eval' || word === 'evaluation' || word === 'usd' || word === 'amount') ? 'target' : undefined;
}

/** The name of an operand: `self.best_day`, `cfg["best_day"]`, `Math.max(1, size)` and `max(days.values())` by what they hold. */
function nameIn(expr: Expr): string | undefined {
  if (expr.kind === 'call' && /^(?:max|fmax|MathMax)$/.test(lastName(expr.callee) ?? '')) {
    const named = expr.args.map(({ value }) => limitName(value) ?? (value.kind === 'call' ? lastName(value.callee.kind === 'member' ? value.callee.object : value.callee) : undefined)).find((name) => name !== undefined);
    return named ?? (expr.callee.kind === 'member' ? lastName(expr.callee.object) : undefined);
  }
  return limitName(expr);
}

function isConsistency(name: string | undefined): boolean {
  return name !== undefined && /consistency/i.test(name) && !/score|weight|bonus|days?_?required|window/i.test(name);
}

/** What the ratio is for: the name it is given, the function it stands in, or what it is compared with says consistency. */
function saysConsistency(ratio: Binary, site: Site, model: SourceModel): boolean {
  if (isConsistency(site.function?.name)) { return true; }
  const { statement } = site;
  if (statement.kind === 'assign' && statement.targets.some((target) => isConsistency(lastName(target)))) { return true; }
  return indexOf(model).compares.some(({ node }) => node.start <= ratio.start && ratio.end <= node.end && node.operands.some((operand) => isConsistency(limitName(operand) ?? lastName(operand))));
}
