/** Questions for the position that answer “none” when they fail: the entry that asks them goes out on top of what is open. */
import { functionSite, statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Expr, FunctionModel, SourceModel, Span, Stmt, Try } from '../../../core/source/model.ts';
import { walkExpression, expressionsOf } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import { calledIn, callsIn, callsOf, passesOver, wayTo } from './acts.ts';

/** A check that takes its own failure for “no position”. */
export interface BlindCheck {
  readonly at: Span;
  readonly name: string;
  /** Where an entry asks it. */
  readonly asked: Span;
}

const ASKS: ReadonlySet<string> = new Set(['has', 'have', 'is', 'in', 'check', 'any', 'holds', 'holding', 'exists', 'existing']);
const HELD: ReadonlySet<string> = new Set(['position', 'positions', 'holding', 'holdings']);
const NOT_HELD: ReadonlySet<string> = new Set(['close', 'closed', 'limit', 'limits', 'max', 'risk', 'size', 'exit', 'can', 'stop', 'valid', 'validate', 'flat']);
const ENTERS = /buy|sell|order|enter|entry|open_?(?:long|short|trade|position)|go_?(?:long|short)|place|submit|execute|trade|signal/i;

/** Every question for a position in a file that fails open, where an entry stands behind it alone. */
export function blindChecks(model: SourceModel): readonly BlindCheck[] {
  if (model.language === 'mql5') { return []; }
  return model.functions.flatMap((fn): readonly BlindCheck[] => {
    const words = fn.name === '' ? [] : wordsOf(fn.name);
    if (!hasWord(words, HELD) || !hasWord(words, ASKS) || hasWord(words, NOT_HELD)) { return []; }
    const at = failsOpen(model, fn);
    const asked = at === undefined ? undefined : entryAsking(model, fn);
    return at === undefined || asked === undefined ? [] : [{ at, name: fn.name, asked }];
  });
}

/** The answer of a handler that says `False` for whatever went wrong, beside a `True` for what is open. */
function failsOpen(model: SourceModel, fn: FunctionModel): Span | undefined {
  const site = functionSite(model, fn);
  const answers = statementsOf(fn.body).some((statement) => statement.kind === 'return' && statement.value !== undefined && !(statement.value.kind === 'literal' && statement.value.value !== true));
  if (!answers) { return undefined; }
  for (const statement of fn.body) {
    if (statement.kind !== 'try' || !asksOutside(statement)) { continue; }
    for (const handler of statement.handlers) {
      const last = handler.body[handler.body.length - 1];
      const none = last?.kind === 'return' && last.value?.kind === 'literal' && last.value.value === false;
      if (none && takesAll(handler.type) && passesOver(model, handler.body.slice(0, -1), site) !== undefined) {
        return { start: last.start, end: last.end };
      }
    }
  }
  return undefined;
}

/** The broker is asked: a call on something that is no value of the function. */
function asksOutside(node: Try): boolean {
  return callsIn(node.body).some((call) => call.callee.kind === 'member' && /get|fetch|list|query|position|request|retrieve|load/i.test(call.callee.property) && (call.callee.object.kind === 'member' || /client|api|broker|exchange|session|requests|mt5|ib|trader/i.test(lastName(call.callee.object) ?? '')));
}

function takesAll(type: Expr | undefined): boolean {
  const types = type === undefined ? [] : type.kind === 'collection' ? type.items : [type];
  return types.length === 0 || types.some((one) => /^(?:Exception|BaseException)$/.test(lastName(one) ?? ''));
}

/** The first place where an entry hangs on the answer: `if not self.has_position(): self.buy()`, `if has_position(): return`. */
function entryAsking(model: SourceModel, fn: FunctionModel): Span | undefined {
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'if' || site.function === fn) { continue; }
    for (const { test, body } of node.branches) {
      const asked = answerIn(model, test, fn, site.function);
      if (asked === undefined) { continue; }
      const behind = asked.negated ? body : leaves(body) ? behindOf(model, node, site.function) : [];
      if (behind.some((statement) => statementsOf([statement]).some((inner) => callsOf(inner).some((call) => ENTERS.test(lastName(call.callee) ?? ''))))) { return asked.at; }
    }
  }
  return undefined;
}

/** What follows an early return in the blocks around it. */
function behindOf(model: SourceModel, node: Stmt, fn: FunctionModel | undefined): readonly Stmt[] {
  return wayTo(fn?.body ?? model.body, node).flatMap(({ block, index }) => block.slice(index + 1));
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  return last?.kind === 'return' || last?.kind === 'continue';
}

/** The call of the check in a test, or the variable its answer was given to in the same function. */
function answerIn(model: SourceModel, test: Expr, fn: FunctionModel, within: FunctionModel | undefined): { readonly at: Span; readonly negated: boolean } | undefined {
  const parts = test.kind === 'boolean' ? test.operands : [test];
  for (const part of parts) {
    const negated = part.kind === 'unary' && (part.op === 'not' || part.op === '!');
    const asked = negated && part.kind === 'unary' ? part.operand : part;
    const call = calledIn(asked);
    if (call !== undefined && lastName(call.callee) === fn.name) { return { at: { start: call.start, end: call.end }, negated }; }
    if (asked.kind === 'name' && within !== undefined && givenBy(within, asked.name, fn.name)) { return { at: { start: asked.start, end: asked.end }, negated }; }
  }
  return undefined;
}

function givenBy(within: FunctionModel, name: string, check: string): boolean {
  return statementsOf(within.body).some((statement) => statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name)
    && expressionsOf(statement).some((root) => { let found = false; walkExpression(root, (expr) => { found ||= expr.kind === 'call' && lastName(expr.callee) === check; return !found; }); return found; }));
}
