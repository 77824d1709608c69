/** PRF001: a sleep or a busy wait that every tick or message has to sit through, wherever in the project it stands. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { streamsOf } from '../../../core/source/meaning/streams.ts';
import type { Call, FunctionModel, Loop, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { busyWaitOf } from '../busy-wait.ts';
import { isUnguarded, onEveryEvent, onSomeEvent } from '../fast-path.ts';
import { lengthText, sleepOf, type Sleep } from '../sleeps.ts';
import { Subscriptions } from '../subscriptions.ts';

type MessageId = 'sleep' | 'poll' | 'clock' | 'flag' | 'market' | 'gap' | 'wait' | 'retry' | 'idle';

/** Names one of which every call that sleeps is found by. A test compares them with the framework tables. */
export const SLEEP_WORDS =
  /sleep|Sleep|\b(?:_?delay|delayMs|loopWhile|pause|pauseMs|setTimeout|snooze|wait|waitMs|waitOnUpdate|waitSeconds|wait_for_order_execution)\b/;
/** A loop that asks until something holds. Python's `for` goes over items: it asks nothing, and few files hold a `while`. */
const LOOP_WORDS = { python: /\bwhile\b/, others: /\b(?:while|for)\b/ } as const;

const options = z.strictObject({});

/** A sleep and where it stands. */
interface Place {
  readonly fn: FunctionModel;
  readonly call: Call;
  readonly sleep: Sleep;
}

function create(context: RuleContext<MessageId, z.output<typeof options>>): RuleListener {
  const { model } = context;
  const { language, source: { text } } = model;
  const loopWords = language === 'python' || language === 'notebook' ? LOOP_WORDS.python : LOOP_WORDS.others;
  const [calls, loops] = [SLEEP_WORDS.test(text), loopWords.test(text)];
  if (!calls && !loops) { return {}; }
  const subscriptions = new Subscriptions(model);
  /** Loops whose pause was told: several between the tries of one order are one. */
  const told = new Set<Loop>();
  // Terminals ignore Sleep in an indicator: it shares its thread with every other indicator of the symbol.
  const ignored = language === 'mql5' && model.functions.some(({ name }) => name === 'OnCalculate');
  return {
    ...(calls && !ignored ? {
      call(node: Call, site: Site): void {
        const fn = site.function;
        const sleep = fn === undefined ? undefined : sleepOf(model, node, site);
        if (fn === undefined || sleep === undefined) { return; }
        const report = reportOf(model, { fn, call: node, sleep }, site, told);
        if (report !== undefined) { context.report(quietIfIdle(report, subscriptions.isIdle(fn))); }
      },
    } : {}),
    ...(loops ? {
      statement(node: Stmt, site: Site): void {
        const fn = site.function;
        const wait = node.kind === 'loop' && fn !== undefined ? busyWaitOf(model, node, site) : undefined;
        if (fn === undefined || wait === undefined || (wait.for !== 'market' && !isUnguarded(model, fn, wait.at))) { return; }
        // However rarely it begins, it goes on for as long as the market likes.
        const when = wait.for === 'market' ? onSomeEvent(fn, 'thread') : onEveryEvent(fn, 'thread');
        const report: Report<MessageId> = { at: spanOf(wait.at), messageId: wait.for, data: { time: 'Some time' }, when };
        context.report(quietIfIdle(report, subscriptions.isIdle(fn)));
      },
    } : {}),
  };
}

function reportOf(model: SourceModel, { fn, call, sleep }: Place, site: Site, told: Set<Loop>): Report<MessageId> | undefined {
  const data = { time: sleep.seconds === undefined ? 'Some time' : lengthText(sleep.seconds) };
  const at = spanOf(call);
  const within = sleep.stops === 'thread' ? 'thread' : 'handler';
  const loop = loopAround(fn, call);
  const streams = streamsOf(model, fn).map((stream) => stream.loop);
  const own = loop === undefined || streams.includes(loop) ? undefined : loop;
  if (own !== undefined && triesOrders(model, own, site)) {
    if (told.has(own)) { return undefined; }
    told.add(own);
    return { at, messageId: 'retry', data, severity: 'info', when: onSomeEvent(fn, within) };
  }
  if (!isUnguarded(model, fn, call)) { return undefined; }
  const when = onEveryEvent(fn, within);
  if (sleep.stops === 'function') {
    return streams.some((stream) => stream.start <= at.start && at.end <= stream.end) ? { at, messageId: 'gap', data, when } : { at, messageId: 'wait', data, severity: 'warning', when };
  }
  const polls = own?.type === 'while' && own.over.kind !== 'literal';
  return { at, messageId: polls ? 'poll' : 'sleep', data, when };
}

/** A handler whose feed nobody subscribes to costs nothing until somebody does. */
function quietIfIdle(report: Report<MessageId>, idle: boolean): Report<MessageId> {
  return idle && report.severity !== 'info' ? { ...report, messageId: 'idle', severity: 'info' } : report;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** The innermost loop of the function around a place. */
function loopAround(fn: FunctionModel, at: Span): Loop | undefined {
  let found: Loop | undefined;
  for (const statement of statementsOf(fn.body)) {
    if (statement.start > at.start) { break; }
    if (statement.kind === 'loop' && at.end <= statement.end) { found = statement; }
  }
  return found;
}

/** A loop that sends an order, or asks whether the terminal can take one: it runs when there is something to trade. */
function triesOrders(model: SourceModel, loop: Loop, site: Site): boolean {
  let found = false;
  const look = (statement: Stmt): void => {
    for (const root of expressionsOf(statement)) {
      walkExpression(root, (expr) => {
        if (expr.kind !== 'call') { return; }
        const name = lastName(expr.callee) ?? '';
        found ||= TRADE_CONTEXT.test(name) || rolesOf(model, expr, site).some((role) => /^order\.(?:submit|close|cancel|modify)$/.test(role));
      });
    }
  };
  look(loop);
  for (const statement of statementsOf(loop.body)) { look(statement); }
  return found;
}

/** MQL4's question whether another expert is trading, and home-made twins. */
const TRADE_CONTEXT = /TradeContext|trade_context/;

export const sleepPerTick = defineRule<MessageId, z.output<typeof options>>({
  id: 'PRF001',
  name: 'sleep-per-tick',
  guardian: 'performance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A sleep or a busy wait that a tick or message handler sits through on every event.',
  messages: {
    sleep: '{time} asleep on every {event}: {path}. What comes meanwhile is late or lost. Do it from a timer, or note the time and return.',
    poll: '{time} asleep at a time on every {event} until a condition holds: {path}. Return, and ask again on the next {event}.',
    clock: 'Spins until the clock moves on, on every {event}: {path}. Nothing else runs meanwhile. Note the time and return, or set a timer.',
    flag: 'Spins until a condition holds, on every {event}: {path}. Nothing else runs meanwhile. Return, and ask again on the next {event}.',
    market: 'Spins until the market moves or the time is up: {path}. No {event} is handled meanwhile. Return, and ask again on the next {event}.',
    gap: '{time} pass before the next {event} is read: {path}. Prices queue up or are skipped meanwhile. Drop the wait, or move it into a task of its own.',
    wait: '{time} of waiting on every {event}: {path}. What follows acts on a price that is as old. Set a timer, or start a task.',
    retry: '{time} asleep between tries of an order: {path}. Ticks that come meanwhile are late or lost. Try again on the next {event}.',
    idle: '{time} lost on every {event} once its feed is subscribed to, which nothing here does by default: {path}. Do it from a timer.',
  },
  options,
  create,
});
