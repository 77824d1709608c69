/** What runs by itself in a file: handlers of ticks and bars, timers, and loops that go on for good. */
import type { Call, ClassModel, Expr, FunctionModel, Loop, SourceModel } from '../../../core/source/model.ts';
import { freeHandler } from '../../../core/source/frameworks/tables.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import type { Caller, CallGraph } from './call-graph.ts';

/** `market`: a tick, a bar or a message has to come. `clock`: it runs whatever the market does. */
export type Trigger = 'market' | 'clock';

/** A function that runs by itself. */
export interface Run {
  readonly function: Caller;
  readonly trigger: Trigger;
  /** The framework, or the terminal, is known to call it. */
  readonly sure: boolean;
}

/** Names by which bots call what a feed runs, whatever the framework. */
const MARKET_NAMES = /^(?:on_?(?:new_?)?(?:bar|tick|quote|candle|kline|trade_tick|quote_tick|(?:price|bar|tick|quote)_?update|price|market_?data|trading_iteration|chart)s?|(?:handle|process)_?(?:new_?)?(?:bar|tick|quote|candle|kline|market_data)|(?:on|handle)_?(?:bar|tick|candle)_?(?:close|closed|update)|OnData|next_bar)$/i;
/** Classes that call themselves so trade. */
export const BOT_NAME = /strategy|bot(?![a-z])|trader|expert|algo|robot|scalper|engine|agent|system|runner|orb|breakout/i;
const STREAMS = /^(?:on|subscribe\w{0,20}|add_?listener|addEventListener|register\w{0,20}|stream\w{0,10})$/i;
const TIMERS = /^(?:setInterval|set_timer|set_timer_ns|add_job|schedule|scheduleJob|do|every|run_?repeating|repeat|createTask|Timer|Cron|CronJob)$/;
const LOOP_WORDS: ReadonlySet<string> = new Set(['running', 'active', 'stop', 'stopped', 'alive', 'shutdown', 'set', 'stopping', 'connected', 'terminate', 'terminated', 'run', 'exit', 'quit', 'started', 'enabled']);

/** Everything of a file that runs by itself. */
export function runsOf(model: SourceModel, graph: CallGraph): readonly Run[] {
  const runs: Run[] = [];
  for (const fn of model.functions) {
    const run = runOf(model, fn);
    if (run !== undefined) { runs.push(run); }
  }
  for (const { function: fn, to } of graph.handed) {
    const name = lastName(to.callee) ?? '';
    if (TIMERS.test(name)) { runs.push({ function: fn, trigger: 'clock', sure: true }); }
    else if (STREAMS.test(name) && streams(to)) { runs.push({ function: fn, trigger: 'market', sure: true }); }
  }
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind === 'loop' && isEndless(node)) { runs.push({ function: site.function, trigger: 'clock', sure: false }); }
    if (node.kind === 'assign' && node.value !== undefined && node.targets.some((target) => /^on_?(?:message|tick|bar|candle)$/i.test(lastName(target) ?? ''))) {
      for (const fn of graph.functionsOf(node.value)) { runs.push({ function: fn, trigger: 'market', sure: true }); }
    }
  }
  return runs;
}

function runOf(model: SourceModel, fn: FunctionModel): Run | undefined {
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  const free = cls === undefined && fn.ownerName === undefined && fn.outer === undefined && model.language === 'mql5' ? freeHandler(fn.name, 'mql5') : undefined;
  const entry = free ?? (cls === undefined ? undefined : frameworkOf(model, cls)?.handlers.get(fn.name));
  if (entry !== undefined) {
    return entry === 'tick' || entry === 'bar' || entry === 'message' || entry === 'order' ? { function: fn, trigger: 'market', sure: true } : entry === 'timer' ? { function: fn, trigger: 'clock', sure: true } : undefined;
  }
  if (fn.decorators.some((decorator) => decorator.kind === 'call' && /^(?:Cron|Interval|scheduled_job|repeat_every)$/.test(lastName(decorator.callee) ?? ''))) { return { function: fn, trigger: 'clock', sure: true }; }
  if (model.language === 'mql5' || !MARKET_NAMES.test(fn.name) || (cls !== undefined && !trades(cls))) { return undefined; }
  return { function: fn, trigger: 'market', sure: false };
}

/** Does a class call itself, or what it is made from, so? */
function trades(cls: ClassModel): boolean {
  return BOT_NAME.test(cls.name) || cls.bases.some((base) => BOT_NAME.test(lastName(base) ?? ''));
}

/** `socket.on('message', …)`: the first argument says what comes. */
function streams(call: Call): boolean {
  return call.args.slice(0, 2).some(({ value }) => {
    const text = value.kind === 'literal' && typeof value.value === 'string' ? value.value : lastName(value) ?? '';
    return /^message$|^update$|tick|quote|bar|candle|kline|trade|price|market|md\//i.test(text);
  }) || /bar|tick|quote|trade|candle/i.test(lastName(call.callee) ?? '');
}

/** `while True`, `while self.running`, `while (!IsStopped())`, `while not stop.wait(30)`, `for (;;)`. */
function isEndless(loop: Loop): boolean {
  if (loop.type !== 'while') { return loop.over.kind === 'unknown' && /^for(?:_statement)?$/.test(loop.over.syntax) && loop.over.parts.length === 0; }
  return asksNothing(loop.over);
}

function asksNothing(over: Expr): boolean {
  const test = over.kind === 'unary' ? over.operand : over;
  if (test.kind === 'boolean') { return test.op === 'and' && test.operands.every(asksNothing); }
  if (test.kind === 'call' && lastName(test.callee) === 'wait' && test.callee.kind === 'member') { return asksNothing(test.callee.object); }
  if (test.kind === 'literal') { return test.value === true || test.value === 1; }
  if (test.kind === 'unknown') { return test.parts.length === 0; }
  return (test.kind === 'name' || test.kind === 'member' || test.kind === 'call') && wordsOf(lastName(test) ?? '').some((word) => LOOP_WORDS.has(word));
}

/** Whether the language has a class as its unit: in MQL5 the file is the program. */
export function isProgramFile(model: SourceModel): boolean {
  return /\.mq[45]$/i.test(model.path);
}

