/** MetaTrader's closes, which answer instead of raising: an answer thrown away, and the state set as if everything were closed. */
import type { Call, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { calledIn, CLEANUP, stateSet, wayTo } from './acts.ts';
import type { SetState } from './acts.ts';
import { latch, latchedByCaller, retriesUnder } from './latch.ts';

/** A close of MetaTrader whose answer is thrown away before a state is set. */
export interface UncheckedClose {
  readonly at: Span;
  readonly name: string;
  readonly set: SetState;
}

const CLOSERS = new Set(['PositionClose', 'OrderClose', 'PositionCloseBy', 'OrderCloseBy']);

/** Every close of an expert whose answer nobody reads, where the flatten is then taken for done. */
export function uncheckedCloses(model: SourceModel): readonly UncheckedClose[] {
  if (model.language !== 'mql5') { return []; }
  const found: UncheckedClose[] = [];
  const done = new Set<FunctionModel>();
  for (const { node, site } of indexOf(model).statements) {
    const fn = site.function;
    const call = node.kind === 'expression' ? calledIn(node.value) : undefined;
    const name = call === undefined ? '' : lastName(call.callee) ?? '';
    if (fn === undefined || call === undefined || !CLOSERS.has(name) || done.has(fn) || CLEANUP.test(fn.name) || !/clos|flat|exit|liquid/i.test(fn.name)) { continue; }
    if (!inLoopOverAll(model, fn, call) || looksAgain(model, fn, call)) { continue; }
    const set = latchedIn(model, fn, node) ?? latchedByCaller(model, fn);
    if (set === undefined || retriesUnder(model, set, fn)) { continue; }
    done.add(fn);
    found.push({ at: { start: call.start, end: call.end }, name, set });
  }
  return found;
}

/** `for(i = PositionsTotal() - 1; …) trade.PositionClose(…)`: a flatten, not the exit of one trade. */
function inLoopOverAll(model: SourceModel, fn: FunctionModel, call: Call): boolean {
  return wayTo(fn.body, call).some(({ within }) => within?.kind === 'loop' && /PositionsTotal|OrdersTotal/.test(headOf(model, within)));
}

/** The line a loop begins on: what `for` starts with is a statement of its own. */
function headOf(model: SourceModel, loop: Span): string {
  const { text } = model.source;
  const from = text.lastIndexOf('\n', loop.start) + 1;
  return text.slice(from, Math.min(loop.end, loop.start + 160));
}

/** The function counts what is left behind its loop, or goes over it until nothing is. */
function looksAgain(model: SourceModel, fn: FunctionModel, call: Call): boolean {
  const way = wayTo(fn.body, call);
  if (way.some(({ within }) => within?.kind === 'loop' && /^\s*(?:while|do)\b/.test(headOf(model, within)))) { return true; }
  const loops = way.filter(({ within }) => within?.kind === 'loop').length;
  const rest = way[0]?.block.slice((way[0]?.index ?? 0) + 1) ?? [];
  return loops > 1 || /PositionsTotal|OrdersTotal|ResultRetcode|GetLastError/.test(textOf(model, rest)) || /ResultRetcode|GetLastError/.test(model.source.text.slice(call.end, call.end + 200).split('\n').slice(0, 3).join(' '));
}

function textOf(model: SourceModel, body: readonly Stmt[]): string {
  const [first] = body;
  const last = body[body.length - 1];
  return first === undefined || last === undefined ? '' : model.source.text.slice(first.start, last.end);
}

function latchedIn(model: SourceModel, fn: FunctionModel, node: Stmt): SetState | undefined {
  const way = wayTo(fn.body, node);
  const outer = way[0];
  return outer === undefined ? undefined : latch(stateSet(model, outer.block.slice(outer.index + 1), fn));
}
