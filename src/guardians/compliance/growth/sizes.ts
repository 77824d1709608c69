/** Sizes that grow with a losing row: multiplied after a loss, raised to the power of a level, the last size times a factor. */
import type { Binary, Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { fold } from '../../../core/source/fold.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { functionsAround, switchesOff } from '../orders/around.ts';
import { wordsOf } from '../words.ts';
import { againstBefore, isAfterLoss, lossBefore, some, wordsIn } from './losing.ts';

/** One place where a size grows. */
export interface Growth {
  readonly form: 'loss' | 'power' | 'factor';
  readonly at: Span;
  /** What grows, and by what, as written. */
  readonly size: string;
  readonly factor: string;
  /** The condition that says the trade was lost. */
  readonly because?: Span;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const SIZES = list('lot lots size qty quantity volume amount stake contracts units bet volumes lotsize notional');
const NO_SIZE = list('tick font batch cache window step buffer array page chunk pool file line box bar bars min max bin kernel population image queue sample avg average mean sma ma threshold spike median contract pip point digits digit text block grid_size total candle tickvolume fee risk atr stop sl tp distance width height');
const FACTORS = list('multiplier mult multiplicator factor exponent coef coefficient scale multi multiply koef ratio lotexponent lotmultiplier');
const GROWS = list('martingale marti martingala exponent lotexponent safety dca grid recovery recover averaging layer martin');
const LAST = list('last prev previous lastlot lastlots prior');
const LEVELS = list('level levels step steps count losses loss streak orders order grid layer layers trades trade positions index total n i k attempt consecutive number num idx entries so cycle');
const NO_LEVEL = list('digits digit decimals precision places years year days periods half');
/** Words of functions and names in which sizes grow by design. */
const CONTEXT = /martingale|grid|averag|recover|safety|\bdca|layer/i;

/** Every place of a file where a size grows with losses; what a switch leaves off is none. */
export function growthsOf(model: SourceModel): readonly Growth[] {
  const found = new Map<Stmt, Growth>();
  for (const { node, site } of indexOf(model).statements) {
    const growth = multiplied(model, node, site);
    if (growth !== undefined) { found.set(node, growth); }
  }
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'loop' || !runsByLevel(model, node.over)) { continue; }
    for (const inner of node.body) {
      const growth = found.has(inner) ? undefined : repeated(model, inner, { ...site, statement: inner });
      if (growth !== undefined) { found.set(inner, growth); }
    }
  }
  for (const { node, site } of indexOf(model).binaries) {
    if (found.has(site.statement)) { continue; }
    const growth = powered(model, node, site) ?? product(model, node, site);
    if (growth !== undefined) { found.set(site.statement, growth); }
  }
  for (const { node, site } of indexOf(model).calls) {
    if (found.has(site.statement) || !/^(?:MathPow|pow)$/.test(lastName(node) ?? '') || node.args.length !== 2) { continue; }
    const [base, exponent] = node.args.map((argument) => argument.value) as [Expr, Expr];
    const growth = raised(model, node, base, exponent, site);
    if (growth !== undefined) { found.set(site.statement, growth); }
  }
  return [...found.values()].sort((a, b) => a.at.start - b.at.start);
}

function textOf(model: SourceModel, { start, end }: Span): string {
  return model.source.text.slice(start, Math.min(end, start + 60)).replace(/\s+/g, ' ');
}

/** Is an expression a size by its name: `lots`, `self.position_size`, `OrderLots()`, `PositionGetDouble(POSITION_VOLUME)`? */
function isSize(expr: Expr): boolean {
  if (expr.kind === 'call') {
    const name = lastName(expr) ?? '';
    if (name === 'PositionGetDouble' || name === 'OrderGetDouble' || name === 'HistoryDealGetDouble') { return expr.args.some(({ value }) => /VOLUME/.test(lastName(value) ?? '')); }
    if (/^(?:float|Decimal|Number|abs|NormalizeDouble|round|int|MathAbs)$/.test(name) && expr.args[0] !== undefined) { return isSize(expr.args[0].value); }
    return saysSize(name);
  }
  if (expr.kind === 'index') { return expr.indices[0]?.kind === 'literal' && typeof expr.indices[0].value === 'string' ? saysSize(expr.indices[0].value) : isSize(expr.object); }
  return (expr.kind === 'name' || expr.kind === 'member') && saysSize(lastName(expr) ?? '');
}

function saysSize(name: string): boolean {
  const words = wordsOf(name);
  return some(words, SIZES) && !some(words, NO_SIZE) && !some(words, FACTORS);
}

/** The size of the trade before. */
function isLastSize(expr: Expr): boolean {
  if (!isSize(expr)) { return false; }
  if (expr.kind === 'call') { return /^(?:OrderLots|PositionGetDouble|HistoryDealGetDouble|OrderGetDouble)$/.test(lastName(expr) ?? '') || some(wordsOf(lastName(expr) ?? ''), LAST); }
  return some(wordsOf(lastName(expr) ?? ''), LAST);
}

/** A name that is given the lots of what is open: `if(OrderLots() > biggest) biggest = OrderLots();`, `maxLot = MathMax(maxLot, OrderLots())`. */
function holdsOpenLots(model: SourceModel, expr: Expr, site: Site): boolean {
  if (expr.kind !== 'name' || model.language !== 'mql5') { return false; }
  return definitionsOf(model, expr.name, site, expr.start).some(({ value }) => {
    const read = value?.kind === 'call' && /^(?:MathMax|fmax|MathAbs|NormalizeDouble)$/.test(lastName(value) ?? '') ? value.args.map((one) => one.value) : value === undefined ? [] : [value];
    return read.some((one) => one.kind === 'call' && (lastName(one) === 'OrderLots' || lastName(one) === 'PositionGetDouble' && /VOLUME/.test(lastName(one.args[0]?.value ?? one) ?? '')));
  });
}

function same(model: SourceModel, a: Expr, b: Expr): boolean {
  return model.source.text.slice(a.start, a.end) === model.source.text.slice(b.start, b.end);
}

/** False where a factor is provably one or less. */
function grows(model: SourceModel, factor: Expr, site: Site): boolean {
  const value = fold(model, factor, site)?.value;
  return value === undefined ? factor.kind !== 'literal' : typeof value === 'number' && value > 1;
}

function isOff(model: SourceModel, site: Site, at: Span): boolean {
  return switchesOff(model, site, at).length > 0;
}

/** `size *= 2` and `size = size * 2` behind a loss. */
function multiplied(model: SourceModel, statement: Stmt, site: Site): Growth | undefined {
  if (statement.kind !== 'assign' || statement.op !== '*=' || statement.value === undefined) { return undefined; }
  const [target] = statement.targets;
  if (target === undefined || !isSize(target) || !grows(model, statement.value, site)) { return undefined; }
  return judged(model, { start: statement.start, end: statement.value.end }, target, statement.value, site, wordsIn(statement.value));
}

function judged(model: SourceModel, at: Span, size: Expr, factor: Expr, site: Site, words: ReadonlySet<string>): Growth | undefined {
  const because = lossBefore(model, site, at) ?? againstBefore(model, site, at);
  const known = fold(model, factor, site)?.value;
  const twice = because !== undefined || isAfterLoss(model, site);
  if (words.has('profit') || words.has('win') || words.has('wins')) { return undefined; }
  if (!twice && !(some(words, GROWS) && (some(words, FACTORS) || words.has('martingale')))) { return undefined; }
  // A factor with a name of its own may make the size smaller; a name that says it multiplies, or a number, makes it larger.
  if (twice && known === undefined && !some(words, FACTORS) && !some(words, GROWS)) { return undefined; }
  if (isOff(model, site, at)) { return undefined; }
  return { form: twice ? 'loss' : 'factor', at, size: textOf(model, size), factor: textOf(model, factor), ...(because === undefined ? {} : { because: { start: because.start, end: because.end } }) };
}

const RUNS = list('level levels step steps losses loss streak orders grid layer layers positions consecutive');

/** Does a loop run as often as there are levels, losses or open orders: `range(level)`, `i < OrdersTotal()`, `i < CountOrders()`? */
function runsByLevel(model: SourceModel, header: Expr): boolean {
  const over = header.kind === 'unknown' ? header.parts.find((part) => part.kind === 'compare') ?? header : header;
  if (some(wordsIn(over), RUNS)) { return over.kind === 'compare' || over.kind === 'call' && /^x?range$/.test(lastName(over) ?? ''); }
  return over.kind === 'compare' && over.operands.some((operand) => countsOrders(model, operand));
}

/** `lots *= 2`, `lots = lots * multiplier` with every turn of such a loop. */
function repeated(model: SourceModel, statement: Stmt, site: Site): Growth | undefined {
  if (statement.kind !== 'assign' || statement.value === undefined) { return undefined; }
  const [target] = statement.targets;
  const { value } = statement;
  const spelled = statement.op === undefined && value.kind === 'binary' && value.operands.length === 2 && value.ops[0] === '*' && target !== undefined && same(model, target, value.operands[0]!) ? value.operands[1] : undefined;
  const factor = statement.op === '*=' ? value : spelled;
  if (target === undefined || factor === undefined || !isSize(target) || !grows(model, factor, site) || isOff(model, site, statement)) { return undefined; }
  if (some(wordsIn(factor), DAMPS) || factor.kind !== 'literal' && !some(wordsIn(factor), FACTORS) && !some(wordsIn(factor), GROWS)) { return undefined; }
  return { form: 'factor', at: { start: statement.op === '*=' ? statement.start : value.start, end: value.end }, size: textOf(model, target), factor: textOf(model, factor) };
}

/** `lots = lastLots * 2`, `size = size * multiplier`, `base * LotExponent` of a grid. */
function product(model: SourceModel, node: Binary, site: Site): Growth | undefined {
  if (node.operands.length !== 2 || node.ops[0] !== '*') { return undefined; }
  const [left, right] = node.operands as readonly [Expr, Expr];
  const open = holdsOpenLots(model, left, site) ? left : holdsOpenLots(model, right, site) ? right : undefined;
  const size = open ?? (isSize(left) ? left : isSize(right) ? right : undefined);
  const factor = size === left ? right : left;
  if (size === undefined || isPower(factor) || !grows(model, factor, site) || !feedsSize(model, node, site)) { return undefined; }
  const words = wordsIn(factor);
  const known = fold(model, factor, site)?.value;
  const by = known !== undefined || some(words, FACTORS) || words.has('martingale');
  if (!by || some(words, DAMPS)) { return undefined; }
  const target = targetOf(site.statement);
  const own = target !== undefined && same(model, target, size);
  const found = judged(model, node, size, factor, site, words);
  if (found !== undefined && (found.form === 'factor' || own || isLastSize(size) || isBase(size))) { return found; }
  const inContext = functionsAround(model, site.function).some((name) => CONTEXT.test(name)) || CONTEXT.test(site.class?.name ?? '');
  if (open !== undefined && known === undefined && words.has('ratio')) { return undefined; }
  if (!isLastSize(size) && open === undefined && !(own && inContext && some(words, FACTORS)) || isExitSize(site) || isOff(model, site, node)) { return undefined; }
  if (known !== undefined && !(some(words, FACTORS) || typeof known === 'number' && known >= 1.2 && known <= 10)) { return undefined; }
  return { form: 'factor', at: node, size: textOf(model, size), factor: textOf(model, factor) };
}

/** Factors that follow volatility, confidence, a session: they go both ways. */
const DAMPS = list('volatility vol confidence kelly session regime atr news time weekend strength quality score risk conviction drawdown throttle reduction win wins profit leverage price value point contract usd rate');

function isBase(expr: Expr): boolean {
  return some(wordsOf(lastName(expr) ?? ''), list('base initial start starting first lots lot size qty stake amount order'));
}

function isExitSize(site: Site): boolean {
  return site.function !== undefined && /close|exit|partial|reduce/i.test(site.function.name);
}

function targetOf(statement: Stmt): Expr | undefined {
  return statement.kind === 'assign' ? statement.targets[0] : undefined;
}

/** Is the product given to a size: assigned to one, returned by a function that sizes, handed to an order? */
function feedsSize(model: SourceModel, node: Span, site: Site): boolean {
  const { statement } = site;
  const target = targetOf(statement);
  if (target !== undefined) { return isSize(target) || inOrder(model, node, statement); }
  if (statement.kind === 'return') { return site.function !== undefined && /lot|size|qty|quantity|volume|stake|amount|martingale/i.test(site.function.name); }
  return inOrder(model, node, statement);
}

/** Does it stand among the arguments of a call that sends an order, or that a name for a size takes? */
function inOrder(model: SourceModel, node: Span, statement: Stmt): boolean {
  let found = false;
  for (const root of expressionsOf(statement)) {
    walkExpression(root, (expr) => {
      if (expr.kind === 'call' && expr.start <= node.start && node.end <= expr.end && node.start > expr.callee.end) {
        found ||= /^(?:Buy|Sell|BuyLimit|SellLimit|BuyStop|SellStop|PositionOpen|OrderOpen|OrderSend)$|order|^(?:open|place|enter)_?(?:buy|sell|long|short|trade|position)/i.test(lastName(expr) ?? '') && !/close|cancel|log|print/i.test(lastName(expr) ?? '');
      }
      return !found;
    });
  }
  return found;
}

// -------------------------------------------------------------------- powers

function isPower(expr: Expr): boolean {
  return expr.kind === 'call' ? /^(?:MathPow|pow)$/.test(lastName(expr) ?? '') : expr.kind === 'binary' && expr.ops[0] === '**';
}

/** `multiplier ** level`. */
function powered(model: SourceModel, node: Binary, site: Site): Growth | undefined {
  if (node.operands.length !== 2 || node.ops[0] !== '**') { return undefined; }
  return raised(model, node, node.operands[0]!, node.operands[1]!, site);
}

/** A factor to the power of a level, in what is given to a size. */
function raised(model: SourceModel, at: Expr, base: Expr, exponent: Expr, site: Site): Growth | undefined {
  if (!grows(model, base, site) || exponent.kind === 'literal' || (base.kind === 'literal' && base.value === 10)) { return undefined; }
  const words = new Set([...wordsIn(exponent), ...wordsOfValue(model, exponent, site)]);
  if (countsOrders(model, exponent)) { words.add('count'); }
  const by = wordsIn(base);
  const named = some(by, FACTORS) || some(by, GROWS);
  if (some(words, NO_LEVEL) || some(by, DAMPS) || !(some(words, LEVELS) || named)) { return undefined; }
  if (base.kind !== 'literal' && !named && !some(by, SIZES)) { return undefined; }
  const fn = site.function?.name ?? '';
  const target = targetOf(site.statement);
  const size = target !== undefined && isSize(target) ? target : sizeBeside(site.statement, at);
  const sizing = /lot|size|qty|quantity|volume|stake|martingale/i.test(fn) && !/ticksize|fontsize/i.test(fn);
  if (size === undefined && !sizing || isOff(model, site, at)) { return undefined; }
  return { form: 'power', at: { start: at.start, end: at.end }, size: size === undefined ? fn : textOf(model, size), factor: textOf(model, at) };
}

/** `exponent = max(level - 1, 0)`: the words of what a name is given once. */
function wordsOfValue(model: SourceModel, expr: Expr, site: Site): ReadonlySet<string> {
  const definitions = expr.kind === 'name' ? definitionsOf(model, expr.name, site, expr.start) : [];
  const value = definitions.length === 1 ? definitions[0]?.value : undefined;
  return value === undefined ? new Set() : wordsIn(value);
}

/** A function of the file that counts what is open, whatever it is called: its body asks `OrdersTotal()` or `PositionsTotal()`. */
function countsOrders(model: SourceModel, expr: Expr): boolean {
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || model.language !== 'mql5') { return false; }
  const { name } = expr.callee;
  return model.functions.some((fn) => fn.name === name && /\b(?:Orders|Positions)Total\s?\(/.test(model.source.text.slice(fn.start, fn.end)));
}

function sizeBeside(statement: Stmt, at: Expr): Expr | undefined {
  let found: Expr | undefined;
  for (const root of expressionsOf(statement)) {
    walkExpression(root, (expr) => { if (expr.kind === 'binary' && expr.ops.includes('*') && expr.operands.includes(at)) { found ??= expr.operands.find((operand) => operand !== at && isSize(operand)); } });
  }
  return found;
}
