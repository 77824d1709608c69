/** SEC211: an order fails, and nobody hears of it. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, Loop, Span, Stmt, Try, With } from '../../../core/source/model.ts';
import { actOf, orderCallsIn, type Act } from '../code/orders.ts';
import { caughtBy, chainOf, isSilent, isSilentHandler, mayBePassedOver } from '../code/swallowed.ts';

type MessageId = 'submit' | 'modify' | 'cancel' | 'close';
type Context = RuleContext<MessageId, unknown>;

function create(context: Context): RuleListener {
  const { model } = context;
  const script = isScript(model.language);
  if (!(script ? /\bcatch\b|\bthen\(/ : /\bexcept\b|\bsuppress\b/).test(model.source.text)) { return {}; }
  return {
    statement(node: Stmt, site: Site): void {
      if (node.kind === 'try') { judgeTry(context, node, site); }
      if (node.kind === 'with' && !script) { judgeSuppress(context, node, site); }
    },
    ...(script ? { call(node: Call, site: Site): void { judgeCatch(context, node, site); } } : {}),
  };
}

function judgeTry(context: Context, node: Try, site: Site): void {
  const { model } = context;
  const silent = node.handlers.filter((handler) => isSilent(model, handler.body, site));
  if (silent.length === 0) { return; }
  const orders = orderCallsIn(model, node.body, site);
  const worst = worstOf(orders.map(({ act }) => act));
  if (worst === undefined || isRetry(node, site.function, model.body)) { return; }
  for (const handler of silent) {
    const names = caughtBy(handler.type);
    if (orders.every(({ act }) => mayBePassedOver(names, act)) || answers(handler.body, site.function)) { continue; }
    const end = handler.type?.end ?? handler.start + (isScript(model.language) ? 'catch' : 'except').length;
    report(context, { start: handler.start, end }, worst, names);
  }
}

/** An empty answer is one, where the function gives another if all goes well: its caller can tell. */
function answers(body: readonly Stmt[], fn: FunctionModel | undefined): boolean {
  const last = body[body.length - 1];
  if (fn === undefined || last?.kind !== 'return' || last.value === undefined) { return false; }
  return statementsOf(fn.body).some((statement) => statement.kind === 'return' && statement !== last && statement.value !== undefined && statement.value.kind !== 'literal');
}

/** `for attempt in range(3): try: order(); break; except: continue`: it is tried again. */
function isRetry(node: Try, fn: FunctionModel | undefined, module: readonly Stmt[]): boolean {
  const last = (node.else.length > 0 ? node.else : node.body).at(-1);
  if (last?.kind !== 'break' && last?.kind !== 'return') { return false; }
  let loop: Loop | undefined;
  for (const statement of statementsOf(fn?.body ?? module)) {
    if (statement.kind === 'loop' && statement.start <= node.start && node.end <= statement.end) { loop = statement; }
  }
  return loop !== undefined;
}

/** `with suppress(Exception): place_order()`. */
function judgeSuppress(context: Context, node: With, site: Site): void {
  for (const { value } of node.items) {
    if (value.kind !== 'call' || lastName(value.callee) !== 'suppress') { continue; }
    const names = value.args.flatMap((argument) => lastName(argument.value) ?? []);
    const acts = orderCallsIn(context.model, node.body, site).map(({ act }) => act);
    const worst = worstOf(acts);
    if (worst !== undefined && !acts.every((act) => mayBePassedOver(names, act))) { report(context, { start: value.start, end: value.end }, worst, names); }
  }
}

/** `exchange.createOrder(…).catch(() => {})`, `.then(done, () => {})`. */
function judgeCatch(context: Context, node: Call, site: Site): void {
  if (node.callee.kind !== 'member') { return; }
  const { property, propertySpan } = node.callee;
  const handler: Expr | undefined = property === 'catch' ? node.args[0]?.value : property === 'then' ? node.args[1]?.value : undefined;
  if (handler === undefined || !isSilentHandler(context.model, handler, site)) { return; }
  const worst = worstOf(chainOf(node).flatMap((call) => actOf(context.model, call, site) ?? []));
  if (worst !== undefined) { report(context, { start: propertySpan.start, end: node.end }, worst, []); }
}

const WORST: readonly Act[] = ['submit', 'close', 'modify', 'cancel'];

function worstOf(acts: readonly Act[]): Act | undefined {
  return WORST.find((act) => acts.includes(act));
}

function report(context: Context, at: Span, act: Act, names: readonly string[]): void {
  const what = names.length === 0 || names.includes('Exception') || names.includes('BaseException') ? 'Any error' : (names[0] ?? '').slice(0, 40);
  context.report({ at, messageId: act, data: { what }, ...(act === 'cancel' ? { severity: 'warning' as const } : {}) });
}

export const swallowedOrderError = defineRule<MessageId, unknown>({
  id: 'SEC211',
  name: 'swallowed-order-error',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  supersedes: ['APX012'],
  summary: 'The error of an order that is placed, changed, cancelled or closed ends in a handler that does nothing.',
  messages: {
    submit: '{what} of the order ends here unheard: it was refused, or it stands and the code thinks it does not. Log it, ask for the order, and raise.',
    modify: '{what} of the change ends here unheard: the old stop or price still stands. Log it, ask for the order, and raise.',
    cancel: '{what} of the cancel ends here unheard: the order stands while the code counts it as gone. Log it and ask for the open orders.',
    close: '{what} of the close ends here unheard: the position stays open while the code thinks it is flat. Log it, ask for the position, and raise.',
  },
  options: z.strictObject({}),
  create,
});
