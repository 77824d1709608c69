/** Errors that nobody hears of: handlers that do nothing with what they caught. */
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { wordsOf } from '../../../core/source/meaning/words.ts';
import type { Call, Expr, FunctionModel, SourceModel, Stmt } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { NameSite } from '../../../core/source/scope.ts';

/** True where statements do nothing that anybody could notice. */
export function isSilent(model: SourceModel, body: readonly Stmt[], site: NameSite): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'pass': case 'continue': return true;
      case 'expression': return isSilentExpression(model, statement.value, site);
      case 'return': return statement.value === undefined || isNothing(statement.value);
      default: return false;
    }
  });
}

/** `...`, a text, a line that is off by default, `void 0`. */
function isSilentExpression(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'literal' || (expr.kind === 'unknown' && expr.parts.length === 0)) { return true; }
  if (isNothing(expr)) { return true; }
  if (expr.kind !== 'call') { return false; }
  const roles = rolesOf(model, expr, site);
  return roles.length > 0 && roles.every((role) => role === 'log.debug');
}

/** `None`, `null`, `undefined`, `void 0`, `{}`. */
export function isNothing(expr: Expr): boolean {
  if (expr.kind === 'literal') { return expr.type === 'none'; }
  if (expr.kind === 'name') { return expr.name === 'undefined'; }
  if (expr.kind === 'unary') { return expr.op === 'void' && expr.operand.kind === 'literal'; }
  return expr.kind === 'collection' && expr.items.length === 0;
}

/** Errors that say what was wanted is so already: an order that is to be cancelled is gone. */
const GONE = new Set(['found', 'missing', 'closed', 'filled', 'done', 'unknown', 'exist', 'exists', 'lookup', 'key']);
/** Errors by which a task is asked to end. */
const ENDS = /^(?:CancelledError|KeyboardInterrupt|SystemExit|GeneratorExit|StopIteration|StopAsyncIteration|ImportError|ModuleNotFoundError|AttributeError)$/;

/** Names of the errors a handler takes; empty for one that takes all. */
export function caughtBy(type: Expr | undefined): readonly string[] {
  const types = type === undefined ? [] : type.kind === 'collection' ? type.items : [type];
  return types.flatMap((one) => lastName(one) ?? []);
}

/** True where every error a handler takes is one that may be passed over. */
export function mayBePassedOver(names: readonly string[], act: string): boolean {
  if (names.length === 0) { return false; }
  return names.every((name) => ENDS.test(name) || ((act === 'cancel' || act === 'close') && wordsOf(name).some((word) => GONE.has(word))));
}

/** True for a function that does nothing with what it is handed: `() => {}`, `noop`, `_.noop`. */
export function isSilentHandler(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'lambda') {
    const fn = model.functions[expr.function];
    return fn !== undefined && isSilent(model, fn.body, { ...site, function: fn });
  }
  const name = lastName(expr);
  if (name === undefined) { return false; }
  const own: FunctionModel | undefined = expr.kind === 'name' ? model.functions.find((fn) => fn.name === name) : undefined;
  return own === undefined ? /^noop$/i.test(name) : isSilent(model, own.body, { function: own });
}

/** The call whose failure a `.catch(…)` or a `.then(…, …)` takes: what the chain begins with. */
export function chainOf(call: Call): readonly Call[] {
  const calls: Call[] = [];
  let at: Expr = call;
  while (at.kind === 'call' && at.callee.kind === 'member' && calls.length < 12) {
    at = at.callee.object;
    if (at.kind === 'await') { at = at.operand; }
    if (at.kind === 'call') { calls.push(at); }
  }
  return calls;
}
