/** Breaches that are raised and then only told: trading goes on, and what is open stays open. */
import { functionSite, statementsOf } from '../../../core/source/meaning/bindings.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import type { Expr, SourceModel, Span, Stmt, Try } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { lastName } from '../named.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { wordsOf } from '../words.ts';
import { callsOf, closes, passesOver } from './acts.ts';
import { namesGuard } from './guard-names.ts';

/** A handler in which a breach ends. */
export interface SwallowedBreach {
  readonly at: Span;
  /** The error's name. */
  readonly error: string;
  /** Where it is raised. */
  readonly raised: Span;
}

/** Does an error's name say that a limit is broken: `DrawdownBreach`, `DailyLossExceeded`, `RiskLimitError`? */
export function namesBreach(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => word === 'breach' || word === 'breached') || (namesGuard(words, false) && words.some((word) => /^(?:error|exception|exceeded|exceed|violation|violated|hit|reached|breach|halt|stop|limit)$/.test(word)));
}

/** Every breach of a file that a handler swallows. */
export function swallowedBreaches(model: SourceModel): readonly SwallowedBreach[] {
  if (model.language === 'mql5') { return []; }
  const raises = indexOf(model).statements.some(({ node }) => node.kind === 'raise' && namesBreach(raisedBy(node.value) ?? ''));
  if (!raises) { return []; }
  return indexOf(model).statements.flatMap(({ node, site }) => (node.kind === 'try' ? swallowed(model, node, site) : []));
}

function swallowed(model: SourceModel, node: Try, site: Site): readonly SwallowedBreach[] {
  const breach = breachIn(model, node.body, site);
  // What stands behind the check in the same `try` is kept from running: the guard has acted.
  if (breach === undefined || keepsBack(model, node, breach.at, site) || finallyActs(model, node, site)) { return []; }
  for (const handler of node.handlers) {
    if (!takes(handler.type, breach.error)) { continue; }
    const how = passesOver(model, handler.body, site);
    if (how === undefined) { return []; }
    const end = handler.type?.end ?? handler.start + (model.language === 'python' || model.language === 'notebook' ? 'except' : 'catch').length;
    return [{ at: { start: handler.start, end }, error: breach.error, raised: breach.at }];
  }
  return [];
}

/** The breach that is raised under a `try`: by itself, or in a function of this file that it calls. */
function breachIn(model: SourceModel, body: readonly Stmt[], site: Site): { readonly error: string; readonly at: Span } | undefined {
  for (const statement of statementsOf(body, (one) => one.kind !== 'try')) {
    if (statement.kind === 'raise') {
      const error = raisedBy(statement.value);
      if (error !== undefined && namesBreach(error)) { return { error, at: statement }; }
    }
    for (const call of callsOf(statement)) {
      const own = definitionsFor(model, call.callee, site).find((definition) => definition.declared?.kind === 'function')?.declared?.index;
      const fn = own === undefined ? undefined : model.functions[own];
      if (fn === undefined) { continue; }
      const inside = functionSite(model, fn);
      // A check that closes before it raises has acted.
      if (statementsOf(fn.body).some((inner) => callsOf(inner).some((one) => closes(model, one, inside)))) { continue; }
      for (const inner of statementsOf(fn.body, (one) => one.kind !== 'try')) {
        const error = inner.kind === 'raise' ? raisedBy(inner.value) : undefined;
        if (error !== undefined && namesBreach(error)) { return { error, at: call }; }
      }
    }
  }
  return undefined;
}

function raisedBy(value: Expr | undefined): string | undefined {
  if (value === undefined) { return undefined; }
  if (value.kind === 'call') { return lastName(value.callee); }
  return value.kind === 'unknown' && value.parts[0] !== undefined ? raisedBy(value.parts[0]) : lastName(value);
}

function takes(type: Expr | undefined, error: string): boolean {
  const types = type === undefined ? [] : type.kind === 'collection' ? type.items : [type];
  return types.length === 0 || types.some((one) => { const name = lastName(one) ?? ''; return name === error || name === 'Exception' || name === 'BaseException' || namesBreach(name); });
}

function finallyActs(model: SourceModel, node: Try, site: Site): boolean {
  return statementsOf(node.finally).some((statement) => callsOf(statement).some((call) => closes(model, call, site)));
}

/** An order, an answer or a call of something else behind the check, in the same `try` or its `else`. */
function keepsBack(model: SourceModel, node: Try, from: Span, site: Site): boolean {
  for (const statement of statementsOf([...node.body, ...node.else])) {
    if (statement.start < from.end) { continue; }
    if (statement.kind === 'return') { return true; }
    for (const call of callsOf(statement)) {
      const roles = rolesOf(model, call, site);
      const name = lastName(call.callee) ?? '';
      if (roles.includes('order.submit') || roles.includes('order.make') || /order|buy|sell|trade|submit|place|enter|execute|signal|open|strategy|process|handle|run/i.test(name)) { return true; }
    }
  }
  return false;
}
