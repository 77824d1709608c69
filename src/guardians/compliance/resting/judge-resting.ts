/** Judges entries that rest in the market against the deadline by which orders have to be gone. */
import type { Fix, Severity } from '../../../core/findings/finding.ts';
import type { ClassModel, SourceModel, Span } from '../../../core/source/model.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import type { Fact } from '../../../core/rules/facts.ts';
import type { Condition } from '../../../core/rules/condition.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor, strictestDeadline } from '../accounts.ts';
import { deadlinesOf } from '../deadline/verdict.ts';
import type { Deadline } from '../deadline/verdict.ts';
import { listPacks } from '../packs/packs.ts';
import { Closings } from './closing.ts';
import type { CloseCall, Closing } from './closing.ts';
import { leftBehind } from './left-behind.ts';
import { restingOrders } from './orders.ts';
import type { RestingOrder } from './orders.ts';
import { winnersOnly } from './winners.ts';

/** Messages of APX007. */
export type RestingMessage = 'gtc' | 'unsaid' | 'flatten' | 'stop' | 'winners' | 'setting' | 'orphan' | 'left' | 'guard';

/** An order, or a position, that outlives the session. */
export interface RestingVerdict {
  readonly messageId: RestingMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly when?: Condition;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Orders and closes that belong together: a class with its bases in this file, or what stands outside of classes. */
interface Scope {
  readonly class: ClassModel | undefined;
  readonly orders: readonly RestingOrder[];
  readonly closings: readonly Closing[];
}

/** Most entries and closes that are named beside a finding. */
const MOST_RELATED = 4;

/** The topic of places where an entry takes its time in force from a setting. */
export const FORCE = 'entry-time-in-force';

/** The deadline by which orders have to be gone; undefined where the account has none. */
export function ordersEnd(accounts: readonly AccountConfig[]): Deadline | undefined {
  return deadlinesOf(strictestDeadline(limitsFor(accounts, listPacks())), 2, accounts)[0];
}

/** Every finding of a file in source order, and the places that hang on a setting. */
export function judgeResting(model: SourceModel, accounts: readonly AccountConfig[]): { readonly verdicts: readonly RestingVerdict[]; readonly facts: readonly Fact[] } {
  const deadline = ordersEnd(accounts);
  if (deadline === undefined) { return { verdicts: [], facts: [] }; }
  const closings = new Closings(model);
  const resting = restingOrders(model);
  const orders = resting.entries.filter((order) => order.exchange !== true || deadline.account !== undefined);
  const scopes = orders.length === 0 ? [] : scopesOf(model, orders, closings);
  const found = scopes.flatMap((scope) => judgeScope({ ...scope, orders: scope.orders.filter((order) => order.tif !== 'setting') }, closings, model, deadline));
  const facts = scopes.flatMap((scope) => (staysOpen(scope, closings, model)
    ? scope.orders.filter((order) => order.tif === 'setting').map((order): Fact => ({ kind: 'use', topic: FORCE, where: order.at, when: cancelledElsewhere(scope, model) })) : []));
  const winners = winnersOnly(model, closings).map((close): RestingVerdict => ({
    ...told(deadline), messageId: 'winners', severity: 'warning', at: close.at, related: [{ at: close.end, message: 'the end of the day or week is asked for here' }], fixes: [], evidence: { leaves: 'losers' },
  }));
  const forgetful = resting.stops.length === 0 ? [] : scopesOf(model, resting.stops, closings).flatMap((scope) => orphanVerdicts(scope, closings, model, deadline, found));
  const left = STOPPED.test(model.source.text) ? [] : leftBehind(model, closings).flatMap((one): readonly RestingVerdict[] => {
    const { data, ...base } = told(deadline);
    if ([...found, ...forgetful].some((other) => other.at.start === one.at.start || (one.kind === 'guard' && other.at.start === one.shown.start))) { return []; }
    return [{ ...base, messageId: one.kind, data: { ...data, name: one.name }, severity: 'warning', at: one.at, related: [{ at: one.shown, message: one.kind === 'left' ? 'an entry is sent here' : 'closed here' }], fixes: [], evidence: { kind: one.kind } }];
  });
  return { verdicts: [...found, ...winners, ...forgetful, ...left].sort((a, b) => a.at.start - b.at.start), facts };
}

/** Nothing in the scope takes its entries out of the market, or a flatten forgets them. */
function staysOpen(scope: Scope, closings: Closings, model: SourceModel): boolean {
  if (STOPPED.test(model.source.text)) { return false; }
  const flattens = scope.closings.filter((closing) => closing.closes.length > 0 && closings.isFlatten(closing));
  return flattens.length > 0 ? flattens.some((closing) => !closings.cancelsAround(closing.function)) : !scope.closings.some((closing) => closing.cancels);
}

/** Frameworks that are told to take orders out themselves. */
const STOPPED = /manage_stop\s*=\s*True|CancelOrdersOnExit|cancel_on_exit|cancel_on_disconnect/;

function scopesOf(model: SourceModel, orders: readonly RestingOrder[], closings: Closings): readonly Scope[] {
  const classes = model.language === 'mql5' ? [undefined] : [...new Set(orders.map((order) => order.site.class))];
  return classes.map((cls) => {
    if (model.language === 'mql5') { return { class: undefined, orders, closings: closings.all() }; }
    const family = cls === undefined ? undefined : new Set(lineageOf(model, cls).local.map((one) => one.index));
    // A class that others of this file derive from is judged together with them.
    for (const other of model.classes) { if (family !== undefined && cls !== undefined && lineageOf(model, other).local.includes(cls)) { family.add(other.index); } }
    const inside = (closing: Closing): boolean => {
      const of = rootClass(model, closing);
      return family === undefined ? of === undefined : of !== undefined && family.has(of);
    };
    return { class: cls, orders: orders.filter((order) => order.site.class === cls), closings: closings.all().filter(inside) };
  });
}

/** The class a function, or the method it stands in, belongs to. */
function rootClass(model: SourceModel, closing: Closing): number | undefined {
  for (let fn = closing.function; fn !== undefined; fn = fn.outer === undefined ? undefined : model.functions[fn.outer]) {
    if (fn.class !== undefined) { return fn.class; }
  }
  return undefined;
}

function judgeScope(scope: Scope, closings: Closings, model: SourceModel, deadline: Deadline): readonly RestingVerdict[] {
  const { orders } = scope;
  if (orders.length === 0 || STOPPED.test(model.source.text)) { return []; }
  const when = cancelledElsewhere(scope, model);
  const flattens = scope.closings.flatMap((closing) => (closing.closes.length > 0 && closings.isFlatten(closing) ? [closing] : []));
  if (flattens.length > 0) {
    const bad = flattens.filter((closing) => !closings.cancelsAround(closing.function));
    return bad.flatMap((closing) => { const [close] = closing.closes; return close === undefined ? [] : [flattenVerdict(close, orders, deadline, model, when)]; });
  }
  if (scope.closings.some((closing) => closing.cancels)) { return []; }
  const stop = scope.closings.find((closing) => closing.function?.name === 'on_stop')?.function;
  if (stop !== undefined && !closings.endsSomething(stop)) {
    const { data, ...base } = told(deadline);
    return [{ ...base, messageId: 'stop', data: { ...data, ...counted(orders).data }, severity: 'warning', at: stop.nameSpan, when, related: entriesOf(orders), fixes: [], evidence: { orders: String(orders.length) } }];
  }
  return orders.map((order) => entryVerdict(order, deadline, when));
}

/** What every message says of the deadline. */
export function told(deadline: Deadline): Pick<RestingVerdict, 'layer' | 'account' | 'data'> {
  return {
    layer: deadline.layer, ...(deadline.account === undefined ? {} : { account: deadline.account }),
    data: { deadline: `${deadline.text} ${deadline.letters}`, who: deadline.who },
  };
}

function counted(orders: readonly RestingOrder[]): Pick<RestingVerdict, 'data'> {
  const many = orders.length !== 1;
  return { data: { count: String(orders.length), entries: many ? 'resting entries' : 'resting entry', survive: many ? 'survive' : 'survives' } };
}

function entriesOf(orders: readonly RestingOrder[]): RestingVerdict['related'] {
  return orders.slice(0, MOST_RELATED).map((order) => ({ at: order.at, message: `this ${order.what} ${order.tif === 'gtc' ? 'is good till cancelled' : 'has no time in force: the default is good till cancelled'}` }));
}

const CANCEL: Readonly<Record<string, string>> = { python: 'cancel_all_orders', mql5: 'OrderDelete' };

function flattenVerdict(close: CloseCall, orders: readonly RestingOrder[], deadline: Deadline, model: SourceModel, when: Condition): RestingVerdict {
  const { data, ...base } = told(deadline);
  return {
    ...base, messageId: 'flatten', severity: 'warning', at: { start: close.call.start, end: close.call.end }, when, related: entriesOf(orders), fixes: [],
    data: { ...data, ...counted(orders).data, cancel: CANCEL[model.language] ?? 'cancelAllOrders' }, evidence: { orders: String(orders.length) },
  };
}

/** A close that leaves protective stops behind: information, where nothing else is said of that close. */
function orphanVerdicts(scope: Scope, closings: Closings, model: SourceModel, deadline: Deadline, found: readonly RestingVerdict[]): readonly RestingVerdict[] {
  if (STOPPED.test(model.source.text)) { return []; }
  const when = cancelledElsewhere(scope, model);
  return scope.closings.flatMap((closing): readonly RestingVerdict[] => {
    const [close] = closing.closes;
    if (close === undefined || !closings.isFlatten(closing) || closings.cancelsAround(closing.function) || found.some((other) => other.at.start === close.call.start)) { return []; }
    const flatten = flattenVerdict(close, scope.orders, deadline, model, when);
    const many = scope.orders.length !== 1;
    return [{
      ...flatten, messageId: 'orphan', severity: 'info', data: { ...flatten.data, entries: many ? 'protective stops stay' : 'protective stop stays' },
      related: scope.orders.slice(0, MOST_RELATED).map((order) => ({ at: order.at, message: 'this stop is an order of its own' })),
    }];
  });
}

function entryVerdict(order: RestingOrder, deadline: Deadline, when: Condition): RestingVerdict {
  const { data, ...base } = told(deadline);
  const { swap } = order;
  return {
    ...base, messageId: order.tif === 'gtc' ? 'gtc' : 'unsaid', severity: order.tif === 'gtc' ? 'warning' : 'info', at: order.at, when, related: [],
    data: { ...data, what: order.what, day: order.day }, evidence: { timeInForce: order.tif },
    fixes: swap === undefined ? [] : [{ title: `Let it end with the day: ${swap}`, safe: false, edits: [{ start: order.at.start, end: order.at.end, text: swap }] }],
  };
}

/**
 * What other files must not do for the finding to hold: cancel orders. A strategy of a framework answers for itself and
 * what it is made of; a bot of plain functions may be flattened from anywhere around it.
 */
function cancelledElsewhere(scope: Scope, model: SourceModel): Condition {
  const own = scope.class !== undefined && frameworkOf(model, scope.class) !== undefined;
  const program = model.language === 'mql5' && !model.path.toLowerCase().endsWith('.mqh');
  return { kind: 'without', role: 'order.cancel', among: own || program ? 'imports' : 'neighbours' };
}
