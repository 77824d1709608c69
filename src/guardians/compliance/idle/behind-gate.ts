/** Flattens that stand behind the question whether trading is allowed: once it is not, nothing is closed any more. */
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { callsOf, closes } from './acts.ts';

/** A flatten that is not reached while trading is off. */
export interface GatedFlatten {
  /** The test of the early return. */
  readonly at: Span;
  readonly flag: string;
  readonly close: Call;
  /** Where the flag is lowered without anything being closed beside it. */
  readonly lowered: Span;
}

const TRADING = new Set(['trading', 'trade', 'entries', 'bot', 'strategy', 'ea', 'algo', 'autotrading', 'trades']);
const ON = new Set(['enabled', 'allowed', 'active', 'on', 'running', 'permitted', 'enable', 'allow', 'can']);
const OFF = new Set(['halted', 'halt', 'paused', 'blocked', 'disabled', 'locked', 'stopped', 'suspended', 'lockout']);
const HANDLER = /^(?:on_?(?:bar|tick|quote_?tick|trade_?tick|quote|trade|candle|kline|data|timer|price|message|update)s?|OnTick|OnTimer|start|next|on_trading_iteration|onTick|onBar|onCandle|onQuote|onPrice|tick|update|loop|run_once|step)$/i;

/** What a flag says while trading is off: the value it has then. */
function offValue(name: string): boolean | undefined {
  const words = wordsOf(name);
  const trades = words.some((word) => TRADING.has(word));
  if (words.some((word) => OFF.has(word))) { return words.includes('not') ? undefined : true; }
  return trades && words.some((word) => ON.has(word)) ? false : undefined;
}

/** Every handler of a file that returns while trading is off, before a flatten. */
export function gatedFlattens(model: SourceModel): readonly GatedFlatten[] {
  return [...model.functions.filter((fn) => HANDLER.test(fn.name)).flatMap((fn) => gatedIn(model, fn)), ...indexOf(model).statements.flatMap(({ node, site }) => (node.kind === 'if' ? gatedBeside(model, node, site) : []))];
}

/** `if not allowed and not halted: close_all()`: once it is halted, the end of the day closes nothing. */
function gatedBeside(model: SourceModel, node: Extract<Stmt, { kind: 'if' }>, site: Site): readonly GatedFlatten[] {
  const [branch] = node.branches;
  if (branch?.test.kind !== 'boolean' || branch.test.op !== 'and') { return []; }
  const { operands } = branch.test;
  for (const operand of operands) {
    const flag = flagOf({ kind: 'unary', op: 'not', operand, start: operand.start, end: operand.end });
    if (flag === undefined || !operands.some((other) => other !== operand && asksForEnd(model, other))) { continue; }
    const close = statementsOf(branch.body).flatMap(callsOf).find((call) => closes(model, call, site) && EVERYTHING.test(lastName(call.callee) ?? ''));
    // What lowers the flag in the same breath is the close itself.
    const lowered = close === undefined || setIn(branch.body, flag) ? undefined : loweredAlone(model, flag);
    if (close !== undefined && lowered !== undefined) { return [{ at: { start: operand.start, end: operand.end }, flag: flag.name, close, lowered }]; }
  }
  return [];
}

function setIn(body: readonly Stmt[], flag: Flag): boolean {
  return statementsOf(body).some((statement) => statement.kind === 'assign' && statement.targets.some((target) => lastName(target) === flag.name));
}

const EVERYTHING = /all|flat|liquid|everything|market_?exit|positions/i;

function asksForEnd(model: SourceModel, test: Expr): boolean {
  return /flat|cut_?off|deadline|eod|end_?of|close_?time|hour|time|loss|drawdown|\bdd|breach|floor|equity|allowed/i.test(model.source.text.slice(test.start, test.end));
}

function gatedIn(model: SourceModel, fn: FunctionModel): readonly GatedFlatten[] {
  const site = { function: fn, ...(fn.class === undefined ? {} : { class: model.classes[fn.class]! }) };
  for (const [i, statement] of fn.body.entries()) {
    if (statement.kind !== 'if' || statement.branches.length !== 1 || statement.else.length > 0) { continue; }
    const branch = statement.branches[0];
    const last = branch?.body[branch.body.length - 1];
    if (branch === undefined || last?.kind !== 'return' || branch.body.some((inner) => callsOf(inner).some((call) => closes(model, call, site) || /flatten|close|manage|exit/i.test(lastName(call.callee) ?? '')))) { continue; }
    const flag = flagOf(branch.test);
    if (flag === undefined) { continue; }
    const close = guardedClose(model, fn.body.slice(i + 1), site);
    // Before it everything was closed already, or a flatten of its own stands there.
    if (close === undefined || guardedClose(model, fn.body.slice(0, i), site) !== undefined) { continue; }
    const lowered = loweredAlone(model, flag);
    if (lowered !== undefined) { return [{ at: { start: branch.test.start, end: branch.test.end }, flag: flag.name, close, lowered }]; }
  }
  return [];
}

interface Flag {
  readonly name: string;
  readonly off: boolean;
}

/** `not self.trading_enabled`, `g_halted`, `self.trading_enabled == False`. */
function flagOf(test: Expr): Flag | undefined {
  let expr = test;
  let truth = true;
  for (let depth = 0; depth < 4; depth++) {
    if (expr.kind === 'unary' && (expr.op === 'not' || expr.op === '!')) { truth = !truth; expr = expr.operand; continue; }
    if (expr.kind !== 'compare' || expr.operands.length !== 2) { break; }
    const literal = expr.operands.find((operand) => operand.kind === 'literal' && typeof operand.value === 'boolean');
    const other = expr.operands.find((operand) => operand !== literal);
    if (literal?.kind !== 'literal' || other === undefined || !/^(?:==|===|is)$/.test(expr.ops[0] ?? '')) { break; }
    truth = literal.value === truth;
    expr = other;
  }
  const name = expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) : undefined;
  const off = name === undefined ? undefined : offValue(name);
  return name === undefined || off !== truth ? undefined : { name, off };
}

/** A close under a condition of time or breach. */
function guardedClose(model: SourceModel, body: readonly Stmt[], site: Parameters<typeof closes>[2]): Call | undefined {
  for (const statement of statementsOf(body)) {
    if (statement.kind !== 'if') { continue; }
    for (const { test, body: inner } of statement.branches) {
      const text = model.source.text.slice(test.start, test.end);
      if (!/flat|cut_?off|deadline|eod|end_?of|close_?time|hour|time|loss|drawdown|\bdd|breach|floor|equity/i.test(text)) { continue; }
      const close = statementsOf(inner).flatMap(callsOf).find((call) => closes(model, call, site) && EVERYTHING.test(lastName(call.callee) ?? ''));
      if (close !== undefined) { return close; }
    }
  }
  return undefined;
}

/** Where the flag is lowered in a block that closes nothing. */
function loweredAlone(model: SourceModel, flag: Flag): Span | undefined {
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'assign' || node.value?.kind !== 'literal' || node.value.value !== flag.off || !node.targets.some((target) => lastName(target) === flag.name)) { continue; }
    const fn = site.function;
    if (fn === undefined || /^(?:__init__|constructor|OnInit|init|reset\w*|on_start|on_reset)$/i.test(fn.name)) { continue; }
    if (!fn.body.some((statement) => statementsOf([statement]).some((inner) => callsOf(inner).some((call) => closes(model, call, site) || /flatten|close|cancel/i.test(lastName(call.callee) ?? ''))))) { return { start: node.start, end: node.end }; }
  }
  return undefined;
}
