/**
 * Sizing formulas: a share of the money, divided by what a contract loses at its stop. Only such a formula makes a number called
 * risk the loss of a trade: `lots = balance * risk / 100 / (stop * tick_value)`, in one step or in two.
 */
import type { Binary, Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { fold } from '../../../core/source/fold.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { walkExpression, expressionsOf } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { amountOf, times } from '../limits/amount.ts';
import { foldedAmount } from '../limits/written.ts';
import { limitName } from '../limits/use.ts';
import { lastName } from '../named.ts';
import { ratioOf } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';
import { wordsOf } from '../words.ts';

/** The share of the money that a formula loses at the stop. */
export interface TradeRisk {
  readonly name: string;
  readonly percent: Ratio;
  /** Where the number is written. */
  readonly at: Span;
  /** The share of money in the formula. */
  readonly share: Span;
  /** The money, where it is a constant, in whole units. */
  readonly money?: number;
}

/** Every share of the money that the file divides by a stop, each written number once. */
export function tradeRisks(model: SourceModel): readonly TradeRisk[] {
  const found = new Map<number, TradeRisk>();
  for (const { node, site } of indexOf(model).binaries) {
    const share = shareOfMoney(node);
    if (share === undefined || !lossAtStop(node, share, site, model)) { continue; }
    const risk = valued(share, node, site, model);
    if (risk !== undefined && !found.has(risk.at.start)) { found.set(risk.at.start, risk); }
  }
  return [...found.values()].sort((a, b) => a.at.start - b.at.start);
}

// ------------------------------------------------------------------ the formula

interface Factors {
  readonly above: readonly Expr[];
  readonly below: readonly Expr[];
}

/** A product as its factors, through parentheses; a formula has a handful of them. */
function factorsOf(expr: Expr): Factors {
  const above: Expr[] = [];
  const below: Expr[] = [];
  const stack: { readonly expr: Expr; readonly up: boolean }[] = [{ expr, up: true }];
  for (let next = stack.pop(); next !== undefined && above.length + below.length < MAX_FACTORS; next = stack.pop()) {
    const { expr: current, up } = next;
    if (current.kind !== 'binary' || current.ops.some((op) => op !== '*' && op !== '/')) { (up ? above : below).push(current); continue; }
    current.operands.forEach((operand, i) => { stack.push({ expr: operand, up: i > 0 && current.ops[i - 1] === '/' ? !up : up }); });
  }
  return { above, below };
}

const MAX_FACTORS = 12;

interface Share {
  readonly risk: Expr;
  readonly name: string;
  readonly base: Expr;
  /** The risk is a percentage: it is divided by a hundred. */
  readonly percent: boolean;
  /** What the share is divided by, beside the hundred. */
  readonly by: readonly Expr[];
}

/** `balance * risk / 100`, with nothing else that scales it. */
function shareOfMoney(node: Binary): Share | undefined {
  if (node.operands.length > MAX_FACTORS || node.ops.some((op) => op !== '*' && op !== '/')) { return undefined; }
  const { above, below } = factorsOf(node);
  const risks = above.filter((factor) => isRisk(nameOf(factor)));
  const bases = above.filter((factor) => isMoney(factor));
  const [risk, base] = [risks[0], bases[0]];
  if (risk === undefined || base === undefined || risks.length > 1 || bases.length > 1) { return undefined; }
  const rest = above.filter((factor) => factor !== risk && factor !== base);
  const cents = rest.filter((factor) => numberIn(factor) === 0.01).length;
  const hundreds = below.filter((factor) => numberIn(factor) === 100).length;
  const by = below.filter((factor) => numberIn(factor) !== 100);
  const scales = rest.filter((factor) => isPoint(factor)).length;
  // A point beside the stop's distance turns it into money; anything else changes the share.
  if (rest.length > cents + (by.some((factor) => isStop(factor)) ? scales : 0) || cents + hundreds > 1) { return undefined; }
  return { risk, base, name: nameOf(risk) ?? '', percent: cents + hundreds === 1, by };
}

/** Is the share divided by a stop: here, or through a name that nothing else touches? */
function lossAtStop(node: Binary, share: Share, site: Site, model: SourceModel): boolean {
  const { statement } = site;
  if (isCapped(statement)) { return false; }
  if (share.by.length > 0) { return share.by.some((factor) => isStop(factor)); }
  if (statement.kind !== 'assign' || statement.op !== undefined || statement.targets.length !== 1 || statement.value === undefined || !isWhole(statement.value, node)) { return false; }
  const name = statement.targets[0]?.kind === 'name' ? statement.targets[0].name : undefined;
  if (name === undefined || site.function === undefined) { return false; }
  const { statements, binaries } = indexOf(model);
  const given = statements.filter((other) => other.site.function === site.function && other.node.kind === 'assign' && other.node.targets.some((target) => target.kind === 'name' && target.name === name));
  return given.length === 1 && binaries.some(({ node: other, site: there }) => {
    if (there.function !== site.function || other.start < statement.end || isCapped(there.statement)) { return false; }
    const { above, below } = factorsOf(other);
    return above.length === 1 && above[0]?.kind === 'name' && above[0].name === name && below.some((factor) => isStop(factor));
  });
}

/** The value is the product itself, or that in a conversion. */
function isWhole(value: Expr, node: Binary): boolean {
  if (value === node) { return true; }
  return value.kind === 'call' && value.args.length === 1 && /^(?:float|Decimal|Number|abs|NormalizeDouble|MathAbs)$/.test(lastName(value.callee) ?? '') && value.args[0]?.value === node;
}

/** A smaller of two stands in the statement: what is lost may be less. */
function isCapped(statement: Stmt): boolean {
  let capped = false;
  for (const expr of expressionsOf(statement)) {
    walkExpression(expr, (inner) => {
      capped ||= inner.kind === 'call' && /^(?:min|fmin|MathMin|clip|clamp)$/.test(lastName(inner.callee) ?? '');
      return !capped;
    });
  }
  return capped;
}

// ------------------------------------------------------------------ the words

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const SHARES = list('pct percent percentage perc pc fraction frac trade per max maximum');
/** How inputs and members are called on top of their name. */
const FILLERS = list('inp input ea g m');
const NO_RISK = list('reward ratio rr multiplier mult factor daily day total portfolio open free score weight on off remaining budget usd dollars amount money level mode reduced scale adjusted drawdown dd week weekly min');
const MONEY = list('balance equity capital account bankroll nav cash');
const NO_MONEY = list('id number type name currency risk daily loss limit drawdown pct percent ratio multiplier leverage factor count unrealized floating');
const STOPS = list('sl stop stoploss distance loss');

function nameOf(expr: Expr): string | undefined {
  return expr.kind === 'literal' ? undefined : limitName(expr);
}

function isRisk(name: string | undefined): boolean {
  const words = wordsOf(name ?? '').filter((word) => !FILLERS.has(word));
  return words.includes('risk') && (words.length === 1 || words.some((word) => SHARES.has(word))) && !words.some((word) => NO_RISK.has(word));
}

/** `balance`, `self.account_size`, `AccountInfoDouble(ACCOUNT_EQUITY)`, `acc.Balance()`. */
function isMoney(expr: Expr): boolean {
  const argument = expr.kind === 'call' ? expr.args[0]?.value : undefined;
  const names = [limitName(expr) ?? (expr.kind === 'call' ? lastName(expr.callee) : undefined) ?? '', argument?.kind === 'name' ? argument.name : ''];
  const words = names.flatMap((name) => wordsOf(name));
  const size = words.includes('account') && words.includes('size');
  return words.some((word) => MONEY.has(word)) && !words.some((word) => NO_MONEY.has(word)) && (size || !words.includes('size'));
}

function isStop(expr: Expr): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    const words = inner.kind === 'name' || inner.kind === 'member' ? wordsOf(lastName(inner) ?? '') : [];
    found ||= words.some((word) => STOPS.has(word)) || (words.includes('risk') && words.includes('per'));
    return !found;
  });
  return found;
}

/** What a price is counted in: `_Point`, `tick_size`. */
function isPoint(expr: Expr): boolean {
  const words = wordsOf(limitName(expr) ?? '');
  return words.length > 0 && words.every((word) => POINTS.has(word));
}

const POINTS = list('point points tick size ticksize pip pipsize m g');

function numberIn(expr: Expr): number | undefined {
  return expr.kind === 'literal' && typeof expr.value === 'number' ? expr.value : undefined;
}

// ------------------------------------------------------------------ the number

function valued(share: Share, node: Binary, site: Site, model: SourceModel): TradeRisk | undefined {
  const folded = foldedAmount(model, share.risk, site) ?? handedAmount(model, share.risk, site, 0);
  if (folded === undefined || folded.amount.unit !== undefined) { return undefined; }
  const percent = share.percent ? folded.amount.value : times(folded.amount.value, 100, 1);
  if (percent === undefined) { return undefined; }
  const at = folded.origin ?? { start: share.risk.start, end: share.risk.end };
  const base = fold(model, share.base, site);
  const money = base?.exact === undefined || amountOf(base.exact) === undefined ? undefined : ratioOf(base.exact);
  return { name: share.name, percent, at, share: { start: node.start, end: node.end }, ...(money?.denominator === 1 ? { money: money.numerator } : {}) };
}

/** What every call of this file hands in for a parameter, through functions that pass it on; undefined where they differ or one cannot be told. */
function handedAmount(model: SourceModel, expr: Expr, site: Pick<Site, 'function'>, depth: number): ReturnType<typeof foldedAmount> {
  const fn = site.function;
  const at = expr.kind === 'name' && fn !== undefined && fn.name !== '' ? fn.parameters.filter((one) => one.name !== 'self' && one.name !== 'cls').findIndex((one) => one.name === expr.name) : -1;
  if (expr.kind !== 'name' || fn === undefined || at < 0 || depth > MAX_HOPS || isAssigned(model, expr.name, fn)) { return undefined; }
  let agreed: ReturnType<typeof foldedAmount>;
  for (const { node, site: there } of indexOf(model).calls) {
    if (lastName(node.callee) !== fn.name) { continue; }
    const value = (node.args.find((argument) => argument.name === expr.name) ?? node.args[at])?.value;
    const amount = value === undefined || node.args.some((argument) => argument.spread !== undefined) ? undefined : foldedAmount(model, value, there) ?? handedAmount(model, value, there, depth + 1);
    if (amount === undefined || amount.amount.unit !== undefined || (agreed !== undefined && (agreed.amount.value.numerator !== amount.amount.value.numerator || agreed.amount.value.denominator !== amount.amount.value.denominator))) { return undefined; }
    agreed ??= amount.origin === undefined && value !== undefined ? { ...amount, origin: { start: value.start, end: value.end } } : amount;
  }
  return agreed;
}

/** How many functions a parameter is followed through. */
const MAX_HOPS = 3;

/** Is the parameter given another value in the function? */
function isAssigned(model: SourceModel, name: string, fn: NonNullable<Site['function']>): boolean {
  return indexOf(model).statements.some(({ node, site }) => site.function === fn && node.kind === 'assign' && node.targets.some((target) => target.kind === 'name' && target.name === name));
}
