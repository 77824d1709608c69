/** Flattens that are taken for done by whoever calls them: a state is set beside the call, and nobody closes again. */
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { calledIn, callsOf, CLEANUP, stateSet, wayTo } from './acts.ts';
import type { SetState } from './acts.ts';

/** The state that a caller sets beside a call of the function whose answer it throws away; `around` looks at the blocks around it as well. */
export function latchedByCaller(model: SourceModel, fn: FunctionModel, around = false): SetState | undefined {
  for (const { node, site } of indexOf(model).statements) {
    const call = node.kind === 'expression' ? calledIn(node.value) : undefined;
    if (call === undefined || lastName(call.callee) !== fn.name || site.function === undefined || CLEANUP.test(site.function.name) || site.function.name === 'OnChartEvent') { continue; }
    const way = wayTo(site.function.body, node);
    const beside = (around ? way : way.slice(-1)).flatMap((step) => step.block.filter((_, i) => i !== step.index));
    const set = latch(stateSet(model, beside.filter((statement) => statement.kind === 'assign'), site.function));
    if (set !== undefined) { return set; }
  }
  return undefined;
}

/** A state that says “done”: no counter, and no permission that is given again. */
export function latch(set: SetState | undefined): SetState | undefined {
  return set === undefined || /reason|status|comment|ticket/i.test(set.name) ? undefined : set;
}

/** The flatten is called again where the state is asked for: `if(g_halted) { CloseAll(); return; }`; or all positions are looked at before it. */
export function retriesUnder(model: SourceModel, set: SetState, fn: FunctionModel): boolean {
  let gates = false;
  for (const { node } of indexOf(model).statements) {
    if (node.kind !== 'if') { continue; }
    for (const { test, body } of node.branches) {
      if (!reads(test, set.name)) { continue; }
      if (calls(body, fn.name) && !negates(model, test)) { return true; }
      gates ||= leaves(body) || negates(model, test);
    }
  }
  // A state that nobody asks for keeps nothing from being closed again.
  return !gates;
}

/** Does a test read a variable or a field of this name? */
function reads(test: Expr, name: string): boolean {
  let found = false;
  walkExpression(test, (expr) => { found ||= (expr.kind === 'name' || expr.kind === 'member') && lastName(expr) === name; return !found; });
  return found;
}

function negates(model: SourceModel, test: Span): boolean {
  return /!\s{0,3}[A-Za-z_]|== ?false|\bnot /.test(model.source.text.slice(test.start, test.end));
}

function calls(body: readonly Stmt[], name: string): boolean {
  return statementsOf(body).some((statement) => callsOf(statement).some((call) => lastName(call.callee) === name));
}

function leaves(body: readonly Stmt[]): boolean {
  return body.some((statement) => statement.kind === 'return');
}
