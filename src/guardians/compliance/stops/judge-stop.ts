/** Judges entries: has each a stop, or does something surely set one? */
import type { Severity } from '../../../core/findings/finding.ts';
import type { Condition } from '../../../core/rules/condition.ts';
import type { Fact } from '../../../core/rules/facts.ts';
import type { Call, ClassModel, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import { instanceKind } from '../../../core/source/frameworks/tables.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { isExit, entriesOf } from '../orders/entries.ts';
import { flowOf } from '../orders/flow.ts';
import type { Caller, Flow } from '../orders/flow.ts';
import { stopValue } from '../orders/nothing.ts';
import { ordersOf } from '../orders/orders-of.ts';
import { orderText } from '../orders/order.ts';
import type { Order, Platform } from '../orders/order.ts';
import { namesExit } from '../../../core/source/protections/exits.ts';
import { isProtected, setsStops } from './evidence.ts';

/** Messages of APX010. */
export type StopMessage = 'none' | 'zero' | 'callers';

/** An entry without a stop. */
export interface StopVerdict {
  readonly messageId: StopMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'house';
  readonly when?: Condition;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The topic of files that set stops after an entry. */
export const STOPS = 'stops-set';

/** How an entry gets its stop, in the words of the interface. */
const HOW: Readonly<Record<Platform, string>> = {
  'metatrader': 'Send it with sl', 'metatrader-python': 'Add "sl" to the request', 'nautilus': 'Use order_factory.bracket, or submit a stop_market order on the fill',
  'exchange': 'Send it with stopLoss, or a stop order right after it', 'shares': 'Use a bracket order with stop_loss', 'ib': 'Use a bracket order, or attach a stop order by parentId',
  'http': 'Send it with a stop (bracket, OSO), or a stop order right after it', 'backtrader': 'Use buy_bracket or sell_bracket', 'lumibot': 'Send it with stop_loss_price',
};

/** Text of a file that has something to do with stops. */
const SPEAKS = /stop_?(?:loss|market|price|order)|trailing|bracket/i;

/** Every entry of a file without a stop, and what the file tells others. */
export function judgeStops(model: SourceModel): { readonly verdicts: readonly StopVerdict[]; readonly facts: readonly Fact[] } {
  const facts: readonly Fact[] = [{ kind: 'names', topic: STOPS, names: ['set'], where: { start: 0, end: 0 } }];
  const { all, stops } = ordersOf(model);
  const open = all.filter((order) => order.stop.state === 'none' || order.stop.state === 'parameter');
  // Who sends no order himself may watch for those who do: words are enough to be careful.
  if (open.length === 0) { return { verdicts: [], facts: all.length > 0 || stops.length > 0 || SPEAKS.test(model.source.text) ? facts : [] }; }
  if (setsStops(model)) { return { verdicts: [], facts }; }
  const flow = flowOf(model);
  const verdicts = entriesOf(model).flatMap((order) => judge(model, order, flow));
  return { verdicts: verdicts.sort((a, b) => a.at.start - b.at.start), facts: [] };
}

function judge(model: SourceModel, order: Order, flow: Flow): readonly StopVerdict[] {
  if (order.kind === 'stop' && order.platform === 'nautilus' || order.stop.state === 'given' || order.stop.state === 'unseen') { return []; }
  if (needsNone(model, order) || hasUnseenBase(model, order.site.class) || isHandedOver(model, order)) { return []; }
  const standing = standingOf(model, order, flow);
  if (standing === 'unseen' || isProtected(model, order)) { return []; }
  const when = conditionOf(model, standing);
  if (order.stop.state === 'parameter') { return leftOut(model, order, order.stop.name, flow, when); }
  return [verdict(model, order, order.at, order.call.args.length > 3 && order.platform === 'metatrader' ? 'zero' : 'none', [], when)];
}

/** Whoever buys an option or a prediction loses what it cost, with or without a stop; whoever buys and holds says so. */
function needsNone(model: SourceModel, { platform, site: { function: fn, class: cls } }: Order): boolean {
  if (/buy_?and_?hold|hodl/i.test(`${cls?.name ?? ''} ${fn?.name ?? ''}`)) { return true; }
  if (fn === undefined) { return false; }
  const text = `${cls?.name ?? ''} ${model.source.text.slice(fn.start, fn.end)}`;
  return /option_?(?:asset|contract|leg|chain)/i.test(text) || (platform === 'lumibot' || platform === 'shares' || platform === 'ib') && /\boptions?\b|polymarket|prediction_?(?:contract|market)/i.test(text);
}

function verdict(model: SourceModel, order: Order, at: Span, messageId: StopMessage, related: StopVerdict['related'], when: Condition | undefined): StopVerdict {
  return {
    messageId, severity: 'warning', at, layer: 'house', related, data: { order: orderText(order), how: HOW[order.platform] }, evidence: { order: orderText(order), platform: order.platform },
    ...(when === undefined ? {} : { when }),
  };
}

// --------------------------------------------------------------- who enters here

type Standing = 'sure' | 'perhaps' | 'unseen';

/** `perhaps` where nobody in the file calls the function that decides to enter; `unseen` where only the caller knows what is sent. */
function standingOf(model: SourceModel, order: Order, flow: Flow): Standing {
  const fn = order.site.function;
  const wraps = fn !== undefined && isWrapper(order, fn);
  if (wraps && (fn.name === '' || !flow.isRoot(fn)) && !flow.callersOf(fn).some((caller) => !isExitCall(model, caller))) { return 'unseen'; }
  if (flow.isReached(fn)) { return 'sure'; }
  return wraps ? 'unseen' : 'perhaps';
}

/** Does the caller tell side, size, kind or instrument? */
function isWrapper(order: Order, fn: FunctionModel): boolean {
  const names = new Set(fn.parameters.map((parameter) => parameter.name));
  return [order.sideBy, order.size, order.symbol].some((expr) => expr?.kind === 'name' && names.has(expr.name));
}

/** `this.market('sell', this.position)` inside `closeAll()`: who calls a wrapper that way leaves the market. */
function isExitCall(model: SourceModel, { call, site }: Caller): boolean {
  if (site.function !== undefined && namesExit(site.function.name)) { return true; }
  return isExit(model, { platform: 'nautilus', call, at: call, site, side: undefined, kind: undefined, sideBy: call.args[0]?.value, size: call.args[1]?.value, symbol: undefined, stop: { state: 'none' }, target: undefined, names: [] });
}

/** What other files have to say: nothing they bring moves a stop, and where nobody is seen to call the entry, none in the project sets one. */
function conditionOf(model: SourceModel, standing: Standing): Condition | undefined {
  if (model.language === 'mql5') { return { kind: 'without', role: 'order.modify', among: /\.mqh$/i.test(model.path) ? 'neighbours' : 'imports' }; }
  return standing === 'perhaps' ? { kind: 'named', topic: STOPS, among: 'project', not: true } : undefined;
}

// --------------------------------------------------------------- what is not seen

/** Classes of libraries that send no orders of their own. */
const PLAIN = /(?:^|\.)(?:ABC|object|Protocol|Enum|Thread|Process|EventEmitter|BaseModel|Generic|NamedTuple|CObject|QThread|QObject|TestCase|Exception|EWrapper|EClient)$/;

/** A base class that no line of the file shows may set the stop. */
function hasUnseenBase(model: SourceModel, cls: ClassModel | undefined): boolean {
  if (cls === undefined) { return false; }
  const lineage = lineageOf(model, cls);
  return !lineage.complete || lineage.external.some((name) => !PLAIN.test(name) && frameworkOf(model, cls) === undefined && instanceKind(name) === undefined);
}

const SENDS = /submit|send|place|order|post|request|fetch|print|log|info|debug|warn|error|append|push|add|str|len|create|emit|publish|notify|json|save|record|write|get|format|isinstance|result|id\b/i;

/** Is the order handed to somebody who may set its stop: `self.guard.attach(order)`? */
function isHandedOver(model: SourceModel, order: Order): boolean {
  if (order.platform === 'metatrader' || order.names.length === 0) { return false; }
  const names = new Set(order.names);
  const flow = flowOf(model);
  return indexOf(model).calls.some(({ node, site }) => site.function === order.site.function && node !== order.call && node.start > order.call.end && node.callee.kind === 'member'
    && !SENDS.test(lastName(node.callee) ?? '') && flow.named(lastName(node.callee) ?? '').length === 0 && node.args.some(({ value }) => value.kind === 'name' && names.has(value.name)));
}

// ------------------------------------------------------------- stops handed in

/** A stop that the function is handed: found where no caller of the file hands one. */
function leftOut(model: SourceModel, order: Order, name: string, flow: Flow, when: Condition | undefined): readonly StopVerdict[] {
  const fn = order.site.function;
  const parameter = fn?.parameters.find((one) => one.name === name);
  if (fn === undefined || parameter === undefined) { return []; }
  const callers = flow.callersOf(fn).filter(({ call, site }) => site.function !== fn && !passesOn(call, site));
  const judged = callers.map((caller) => ({ caller, without: handsNone(model, fn, name, caller) }));
  const without = judged.filter((one) => one.without);
  if (without.length === 0) { return []; }
  return without.map(({ caller }) => verdict(model, order, spanOf(caller.call), 'callers', [{ at: order.at, message: 'sent here, with the stop that is handed in' }], when));
}

/** `(id, qty) => placeOrder('Buy', id, qty)`: a function without a name that only hands on what somebody else hands it. */
function passesOn(call: Call, { function: fn }: Site): boolean {
  return fn !== undefined && fn.name === '' && call.args.some(({ value }) => value.kind === 'name' && fn.parameters.some((parameter) => parameter.name === value.name));
}

function spanOf(call: Call): Span {
  return { start: call.callee.start, end: call.callee.end };
}

function handsNone(model: SourceModel, fn: FunctionModel, name: string, { call, site }: { readonly call: Call; readonly site: Site }): boolean {
  if (call.args.some((argument) => argument.spread !== undefined)) { return false; }
  const index = fn.parameters.findIndex((one) => one.name === name);
  const self = model.language !== 'mql5' && fn.class !== undefined && /^(?:self|cls)$/.test(fn.parameters[0]?.name ?? '') ? 1 : 0;
  const given = call.args.find((argument) => argument.name === name)?.value ?? call.args.filter((argument) => argument.name === undefined)[index - self]?.value;
  if (given !== undefined) { return stopValue(model, given, site).state === 'none'; }
  const fallback = fn.parameters[index]?.default;
  return fallback !== undefined && stopValue(model, fallback, site).state === 'none';
}
