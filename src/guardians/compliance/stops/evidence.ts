/** What protects a position after its entry was sent: stop orders, modified stops, prices that are watched and closed at, managers. */
import type { Call, Compare, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { heldAt, switchesOff } from '../orders/around.ts';
import { flowOf } from '../orders/flow.ts';
import type { Flow } from '../orders/flow.ts';
import { stopValue } from '../orders/nothing.ts';
import type { Order } from '../orders/order.ts';
import { ordersOf } from '../orders/orders-of.ts';
import { dictEntries } from '../resting/orders.ts';
import { hasWord, wordsOf } from '../words.ts';
import { boundTo, shareWay } from './bound.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Something that sets a stop, or closes at one, and the switches before it that are off; `bound`: the functions whose entries it is for, where it is for some only. */
export interface Protection { readonly off: readonly string[]; readonly at: Span; readonly bound?: ReadonlySet<FunctionModel> }

const remembered = new ModelFact<readonly Protection[]>();

/** Does something in a file set a stop after any entry, or close at one? What nobody calls does not. */
export function setsStops(model: SourceModel): boolean {
  return protectionsOf(model).some(({ off, bound }) => off.length === 0 && bound === undefined);
}

/** Is an order protected by something else in its file? A switch that is off counts where the order itself waits for it. */
export function isProtected(model: SourceModel, { site, call }: Order): boolean {
  const flow = flowOf(model);
  const protections = protectionsOf(model).filter(({ bound }) => bound === undefined || shareWay(flow, { site, call }, bound));
  if (protections.length === 0) { return false; }
  const off = new Set(switchesOff(model, site, call));
  return protections.some((protection) => protection.off.every((one) => off.has(one)));
}

/** What protects, up to the first that nothing turns off. */
export function protectionsOf(model: SourceModel): readonly Protection[] {
  let known = remembered.get(model);
  if (known === undefined) {
    known = WORDS.test(model.source.text) ? find(model) : [];
    remembered.set(model, known);
  }
  return known;
}

/** Words without one of which nothing protects. */
const WORDS = /stop|sl\b|sl_|_sl|trail|Modify|bracket|oco|protect|manage|monitor|loss|break_?even|guard|watch|exit|profit|pnl/i;

function find(model: SourceModel): readonly Protection[] {
  const flow = flowOf(model);
  const mql = model.language === 'mql5';
  const found: Protection[] = [];
  // One that nothing turns off, for any entry, is enough; places of other kinds are not looked at any more.
  const enough = (site: Site, at: Expr, places = true): boolean => {
    const off = offBefore(model, flow, site, at, 0);
    if (off === undefined) { return false; }
    const bound = places ? boundTo(model, flow, site, at) : undefined;
    found.push({ off, at: { start: at.start, end: at.end }, ...(bound === undefined ? {} : { bound }) });
    return off.length === 0 && bound === undefined;
  };
  const { calls, compares, dicts, statements } = indexOf(model);
  const isModify = (key: string, value: Expr): boolean => key === 'action' && lastName(value) === 'TRADE_ACTION_SLTP';
  // From what tells most cheaply to what has to be looked into.
  const looks: readonly (() => boolean)[] = [
    () => !mql && ordersOf(model).stops.some(({ call, site }) => enough(site, call)),
    () => calls.some(({ node, site }) => (mql ? modifies(model, node, site) || manages(node, flow, true) : manages(node, flow, false) || takesEvents(node, site, flow)) && enough(site, node)),
    () => compares.some(({ node, site }) => MAY_WATCH.test(model.source.text.slice(node.start, Math.min(node.end, node.start + 300))) && watches(node, site) && enough(site, node, false)),
    () => dicts.some(({ node, site }) => dictEntries(node).some(({ key, value }) => isModify(key, value)) && enough(site, node)),
    () => mql && statements.some(({ node, site }) => node.kind === 'assign' && node.value !== undefined && lastName(node.value) === 'TRADE_ACTION_SLTP' && setsSl(model, site) && enough(site, node.value)),
  ];
  looks.some((look) => look());
  return found;
}

const MOST_HOPS = 4;

/** The switches that are off on the way to a place, on the way with the fewest of them; undefined where no way leads there. */
function offBefore(model: SourceModel, flow: Flow, site: Site, at: Expr, depth: number): readonly string[] | undefined {
  const own = switchesOff(model, site, at);
  const fn = site.function;
  if (fn === undefined || flow.isRoot(fn) || depth > MOST_HOPS) { return own; }
  const callers = flow.callersOf(fn).filter((caller) => caller.site.function !== fn);
  if (callers.length === 0) { return mayBeCalled(model, fn) ? own : undefined; }
  let least: readonly string[] | undefined;
  for (const caller of callers) {
    const before = offBefore(model, flow, caller.site, caller.call, depth + 1);
    if (before !== undefined && (least === undefined || before.length < least.length)) { least = before; }
  }
  return least === undefined ? undefined : [...own, ...least];
}

/** Somebody outside of the file may call what is public; a program's own functions only it can. */
function mayBeCalled(model: SourceModel, fn: FunctionModel): boolean {
  return !/\.mq[45]$/i.test(model.path) && !(fn.name.startsWith('_') && !fn.name.startsWith('__'));
}

// --------------------------------------------------------------- MetaTrader

/** `PositionModify(ticket, sl, tp)`, `OrderModify(ticket, price, sl, tp, …)` with a stop that is not the one there was. */
function modifies(model: SourceModel, call: Call, site: Site): boolean {
  const name = lastName(call.callee) ?? '';
  if (name !== 'PositionModify' && name !== 'OrderModify') { return false; }
  const own = flowOf(model).named(name);
  if (own.length > 0) { return false; }
  const stop = call.args[name === 'OrderModify' ? 2 : 1]?.value;
  return stop !== undefined && stopValue(model, stop, site).state !== 'none' && !isOldStop(model, stop, site) && !onlyInProfit(model, site, call);
}

const PRICES = list('bid ask price profit currentprice current points pips gain');
const OPENED = list('open openprice entry opened');

/** A stop that is first moved when the position wins ends no loss: `if(Bid - OrderOpenPrice() > TrailingStop * Point)`, `if(profit > Start)`. */
function onlyInProfit(model: SourceModel, site: Site, at: Span): boolean {
  return heldAt(model, site, at).some(({ test, taken }) => {
    if (!taken || test.kind !== 'compare' || test.operands.length !== 2) { return false; }
    const [left, right] = test.operands as readonly [Expr, Expr];
    const [op = ''] = test.ops;
    if (op !== '>' && op !== '>=' || saysStop(left) || saysStop(right) || isNegative(right)) { return false; }
    const words = wordsIn(left);
    if (words.has('profit') && !words.has('max') && !any(words, WHOLE) && left.kind !== 'binary') { return true; }
    return left.kind === 'binary' && left.operands.length === 2 && left.ops[0] === '-' && left.operands.some((one) => any(wordsIn(one), OPENED)) && left.operands.some((one) => any(wordsIn(one), PRICES) && !any(wordsIn(one), OPENED));
  });
}

function saysStop(expr: Expr): boolean {
  const words = wordsIn(expr);
  return words.has('sl') || (words.has('stop') && words.has('loss')) || words.has('stoploss');
}

/** The stop that the position has: `OrderStopLoss()`, `PositionGetDouble(POSITION_SL)`. */
function isOldStop(model: SourceModel, expr: Expr, site: Site, hops = 0): boolean {
  const name = lastName(expr) ?? '';
  if (expr.kind === 'call') { return name === 'OrderStopLoss' || name === 'StopLoss' || (name === 'PositionGetDouble' && lastName(expr.args[0]?.value ?? expr) === 'POSITION_SL') || (name === 'NormalizeDouble' && expr.args[0] !== undefined && isOldStop(model, expr.args[0].value, site, hops + 1)); }
  if (expr.kind !== 'name' || hops > MOST_HOPS) { return false; }
  const made = definitionsOf(model, expr.name, site, expr.start).filter((definition) => definition.value !== undefined && definition.function === site.function);
  return made.length > 0 && made.every(({ value }) => value !== undefined && value.kind === 'call' && isOldStop(model, value, site, hops + 1));
}

/** `request.sl = …` in the function of a request that moves a stop. */
function setsSl(model: SourceModel, site: Site): boolean {
  return indexOf(model).statements.some(({ node, site: at }) => at.function === site.function && node.kind === 'assign' && node.value !== undefined && node.targets.some((target) => target.kind === 'member' && target.property === 'sl')
    && stopValue(model, node.value, at).state !== 'none' && !isOldStop(model, node.value, at));
}

// ----------------------------------------------------------- calls that protect

const QUIET = list('calc calculate compute get estimate is has log print validate fetch parse format cancel remove delete on reset to from round normalize normalise count find read display draw show plot');
const STOPS = list('stoploss sl trailing trail bracket brackets oco breakeven protective protection protect');
/** Names that read a stop, or speak of a limit of the account. */
const READS = /^(?:Order|Position)?Stop_?Loss$|^sl$|drawdown|loss_?limit|^can_|daily/i;
const CARES = list('manage manages monitor monitors supervise protect guard watch track');
const LOOKS = list('update check handle process evaluate');
const KEPT = list('position positions trade trades exit exits open active');
const LEFT = list('exit exits stop stops position positions');

/** Letters of the names that are looked at, and of objects that care for positions. */
const MAY_MANAGE = /stop|sl|trail|bracket|oco|even|protect|manage|monitor|superv|guard|watch|track|update|check|handle|process|evaluate|modify|adjust|amend/i;
const MANAGERS = /manager/i;

/** `self._place_stop_loss(order)`, `trailing_stop.update(price)`, `position_manager.manage(positions)`: of functions of the file only the body counts in MQL5. */
function manages(call: Call, flow: Flow, mql: boolean): boolean {
  const name = lastName(call.callee) ?? '';
  if (!MAY_MANAGE.test(name) && !(call.callee.kind === 'member' && MANAGERS.test(lastName(call.callee.object) ?? ''))) { return false; }
  const own = flow.named(name).length > 0;
  if (mql && own) { return false; }
  const words = wordsOf(name);
  const [first = ''] = words;
  if (QUIET.has(first) || READS.test(name)) { return false; }
  if (hasWord(words, STOPS) && !words.includes('stops')) { return true; }
  if (words.includes('stop') && words.some((word) => word === 'loss' || word === 'order' || word === 'market' || word === 'price' || word === 'initial' || word === 'place' || word === 'set' || word === 'move' || word === 'attach' || word === 'submit')) { return true; }
  if (own) { return false; }
  if (/modify|adjust|amend/i.test(name) && name !== 'PositionModify' && name !== 'OrderModify' && call.args.some(({ value }) => saysLevel(value))) { return true; }
  if (hasWord(words, CARES) && hasWord(words, KEPT) && !words.includes('limit') && !words.includes('limits')) { return true; }
  if (hasWord(words, LOOKS) && hasWord(words, LEFT) && !words.includes('limit') && !words.includes('size')) { return true; }
  const receiver = call.callee.kind === 'member' ? wordsOf(lastName(call.callee.object) ?? '') : [];
  return (hasWord(words, CARES) || hasWord(words, LOOKS)) && receiver.some((word) => word === 'trailing' || word === 'exits' || word === 'exit' || word === 'stops' || word === 'stop') || (receiver.includes('exit') || receiver.includes('position') || receiver.includes('trade')) && receiver.includes('manager');
}

const FILLS = /^_?on_?(?:event|order|position|fill|trade|execution)/i;

/** `self.risk_manager.handle_event(event)` in a handler of fills: whoever is given the event may set the stop, out of sight. */
function takesEvents(call: Call, { function: fn }: Site, flow: Flow): boolean {
  if (fn === undefined || call.callee.kind !== 'member' || !FILLS.test(fn.name)) { return false; }
  const name = lastName(call.callee) ?? '';
  if (!/handle|process|^on_|event|update|fill|position/i.test(name) || flow.named(name).length > 0) { return false; }
  const receiver = wordsOf(lastName(call.callee.object) ?? '');
  if (receiver.some((word) => word === 'log' || word === 'logger' || word === 'cache' || word === 'super' || word === 'metrics' || word === 'journal' || word === 'db' || word === 'console')) { return false; }
  return receiver.length > 0 && call.args.some(({ value }) => value.kind === 'name' && fn.parameters.some((parameter) => parameter.name === value.name));
}

// ------------------------------------------------------------ prices watched

const LEVELS = list('stop sl stoploss stopprice trailing trail');
const NO_LEVEL = list('time event flag request requested level levels limit order orders hour day trading date bars count losses consecutive multiplier');
const LOSSES = list('profit pnl pl loss losses upl upnl unrealized unrealised return gain drawdown change roe');
const WHOLE = list('daily day today total account equity balance session week weekly month monthly portfolio realized realised cumulative net basket all sum floating closed');
const ORDERED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** Letters without which a comparison is about no stop and no loss. */
const MAY_WATCH = /stop|sl|trail|loss|profit|pnl|pl|unreal|return|gain|change|roe/i;

/** Is a price compared with a stop, or the loss of a trade with what it may be, so that something is closed? */
function watches(compare: Compare, site: Site): boolean {
  if (compare.operands.length > 3 || !compare.ops.some((op) => ORDERED.has(op))) { return false; }
  const stops = compare.operands.map((operand) => saysLevel(operand));
  const prices = compare.operands.filter((operand, i) => stops[i] !== true);
  if (stops.includes(true) && prices.length > 0 && prices.every((operand) => !isSmall(operand) && !saysMinimum(operand)) && leadsOut(compare, site)) { return true; }
  const loss = compare.operands.find((operand) => saysLoss(operand));
  const bound = compare.operands.find((operand) => operand !== loss);
  if (loss === undefined || bound === undefined || compare.operands.length !== 2) { return false; }
  const [op = ''] = compare.ops;
  const below = compare.operands[0] === loss ? op.startsWith('<') : op.startsWith('>');
  const lossWords = wordsIn(loss);
  const direct = lossWords.has('loss') && !lossWords.has('profit');
  const bounded = isNegative(bound) || saysBound(bound);
  return (below && bounded || direct && !below && saysBound(bound)) && leadsOut(compare, site);
}

function wordsIn(expr: Expr): ReadonlySet<string> {
  const words = new Set<string>();
  walkExpression(expr, (inner) => {
    const name = inner.kind === 'name' || inner.kind === 'member' ? lastName(inner) ?? '' : inner.kind === 'literal' && inner.type === 'string' ? String(inner.value) : '';
    if (name.length < 60) { for (const word of wordsOf(name)) { words.add(word); } }
  });
  return words;
}

function any(words: ReadonlySet<string>, set: ReadonlySet<string>): boolean {
  for (const word of words) { if (set.has(word)) { return true; } }
  return false;
}

function saysLevel(expr: Expr): boolean {
  if (expr.kind === 'literal') { return false; }
  const words = wordsIn(expr);
  return (any(words, LEVELS) || (words.has('stop') && words.has('loss'))) && !any(words, NO_LEVEL) && !(words.has('min') || words.has('max') && !words.has('loss'));
}

function isSmall(expr: Expr): boolean {
  return expr.kind === 'literal' && (expr.value === 0 || expr.value === null || expr.value === 1);
}

function saysMinimum(expr: Expr): boolean {
  const words = wordsIn(expr);
  return words.has('stops') || words.has('min') || words.has('level');
}

function saysLoss(expr: Expr): boolean {
  const words = wordsIn(expr);
  return any(words, LOSSES) && !any(words, WHOLE) && !words.has('take') && !words.has('factor');
}

function isNegative(expr: Expr): boolean {
  if (expr.kind === 'unary') { return expr.op === '-'; }
  return expr.kind === 'literal' && typeof expr.value === 'number' && expr.value < 0;
}

function saysBound(expr: Expr): boolean {
  if (expr.kind === 'literal') { return false; }
  const words = wordsIn(expr);
  return (words.has('stop') || words.has('loss') || words.has('sl') || words.has('risk')) && !any(words, WHOLE);
}

/** Words of calls that close a position, and of names that say it is to be closed. */
const CLOSES = list('close closes closed exit exits sell flatten liquidate cover flat closing closeall');

/** Does the comparison decide over a close: in the branch it opens, in what is returned, in a name that says so? */
function leadsOut(compare: Compare, site: Site): boolean {
  const { statement } = site;
  if (statement.kind === 'return') { return true; }
  if (statement.kind === 'assign') { return statement.targets.some((target) => hasWord(wordsOf(lastName(target) ?? ''), CLOSES) || /exit|hit|stop/i.test(lastName(target) ?? '')); }
  if (statement.kind !== 'if') { return statement.kind === 'expression' || statement.kind === 'loop'; }
  const branch = statement.branches.find(({ test }) => test.start <= compare.start && compare.end <= test.end);
  return branch !== undefined && closesIn(branch.body);
}

function closesIn(body: readonly Stmt[]): boolean {
  const pending: Stmt[] = [...body];
  for (let count = 0; count < 200; count++) {
    const statement = pending.shift();
    if (statement === undefined) { return false; }
    for (const expr of expressionsOf(statement)) {
      let found = false;
      walkExpression(expr, (inner) => {
        if (inner.kind === 'call') { found ||= hasWord(wordsOf(lastName(inner.callee) ?? ''), CLOSES) || /submit|create_?order|order_?send|place|market_?(?:buy|sell|order)|stop(?:ped)?_?(?:out|hit)|(?:trigger|execute|hit)\w{0,10}stop/i.test(lastName(inner.callee) ?? ''); }
        if (inner.kind === 'literal' && inner.type === 'string' && String(inner.value).length < 60) { found ||= /stop|exit|close|\bsl\b/i.test(String(inner.value)); }
        return !found;
      });
      if (found) { return true; }
    }
    if (statement.kind === 'return' && statement.value?.kind === 'literal' && statement.value.value === true) { return true; }
    if (statement.kind === 'assign' && statement.targets.some((target) => /exit|close|stop|sl_hit/i.test(lastName(target) ?? ''))) { return true; }
    for (const inner of bodiesOf(statement)) { pending.push(...inner); }
  }
  return false;
}
