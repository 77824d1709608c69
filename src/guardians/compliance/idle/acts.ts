/** What statements do about positions: close them, only tell, set a state. */
import { isScript } from '../../../core/source/languages.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { lastName } from '../named.ts';
import { closesPositions } from '../words.ts';
import { namesHalt, namesRunning, namesState } from './guard-names.ts';

/** The call an expression statement is made of, behind `await`. */
export function calledIn(expr: Expr): Call | undefined {
  const inner = expr.kind === 'await' ? expr.operand : expr;
  return inner.kind === 'call' ? inner : undefined;
}

/** Does a call close positions, by its role or its name? */
export function closes(model: SourceModel, call: Call, site: NameSite): boolean {
  const name = lastName(call.callee) ?? '';
  if (!/clos|flat|liquid|exit|unwind|square|sell_?all/i.test(name)) { return false; }
  const on = call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
  if (rolesOf(model, call, site).includes('order.close')) { return true; }
  if (/^(?:sys|process|os)$|expectancy|tracker|memory|history|journal|analy|logger|store|database|\bdb\b/i.test(on ?? '') || /journal|log|record|notify|alert|format|render|report|stat/i.test(name)) { return false; }
  return closesPositions(name, on);
}

/** All calls of a body, those of functions in it left out. */
export function callsIn(body: readonly Stmt[]): readonly Call[] {
  const found: Call[] = [];
  for (const statement of statementsOf(body)) { found.push(...callsOf(statement)); }
  return found;
}

/** The calls a statement makes itself, without those in its bodies. */
export function callsOf(statement: Stmt): readonly Call[] {
  const found: Call[] = [];
  for (const root of expressionsOf(statement)) { walkExpression(root, (expr) => { if (expr.kind === 'call') { found.push(expr); } }); }
  return found;
}

/** The first call of a body that closes positions. */
export function closeIn(model: SourceModel, body: readonly Stmt[], site: NameSite): Call | undefined {
  return callsIn(body).find((call) => closes(model, call, site));
}

const TELLS = /^(?:_?log\w*|print|Print|PrintFormat|printf|Comment|Alert|debug|info|warn|warning|error|critical|exception|notify\w*|_?notify\w*|send_?(?:telegram|alert|message|notification|discord|slack)\w*|SendNotification|SendMail|echo|fatal|trace|print_exc|capture_exception|captureException)$/;

/** Does a call only tell somebody? */
export function tells(model: SourceModel, call: Call, site: NameSite): boolean {
  const roles = rolesOf(model, call, site);
  if (roles.length > 0 && roles.every((role) => role.startsWith('log') || role.startsWith('print') || role === 'notify' || role === 'http')) { return true; }
  return TELLS.test(lastName(call.callee) ?? '');
}

/** True for a handler that goes on as if nothing had happened: it tells at most. `silent` where it does not even tell. */
export function passesOver(model: SourceModel, body: readonly Stmt[], site: NameSite): 'silent' | 'told' | undefined {
  let told = false;
  for (const statement of body) {
    if (statement.kind === 'pass' || statement.kind === 'continue') { continue; }
    if (statement.kind !== 'expression') { return undefined; }
    const call = calledIn(statement.value);
    if (call === undefined) {
      if (statement.value.kind === 'literal' || statement.value.kind === 'unknown') { continue; }
      return undefined;
    }
    if (!tells(model, call, site)) { return undefined; }
    told = true;
  }
  return told ? 'told' : 'silent';
}

/** A state that is set whatever became of the close. */
export interface SetState extends Span {
  readonly name: string;
}

/** The first state that plain statements set to a constant: `self.daily_locked = True`, `self.positions.clear()`. */
export function stateSet(model: SourceModel, body: readonly Stmt[], fn: FunctionModel | undefined): SetState | undefined {
  for (const statement of body) {
    if (statement.kind === 'assign' && statement.op === undefined && statement.value !== undefined) {
      const { value } = statement;
      const target = statement.targets.find((one) => keeps(model, one, fn) && saysDone(nameOf(one), value));
      if (target !== undefined) { return { start: statement.start, end: statement.end, name: nameOf(target) }; }
    }
    if (statement.kind !== 'expression') { continue; }
    // An assignment is an expression in C-like languages.
    const call = calledIn(statement.value);
    if (call?.callee.kind === 'member' && call.callee.property === 'clear' && namesState(lastName(call.callee.object) ?? '')) {
      return { start: statement.start, end: statement.end, name: lastName(call.callee.object) ?? '' };
    }
  }
  return undefined;
}

function nameOf(target: Expr): string {
  if (target.kind === 'index') {
    const key = target.indices[0];
    return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : lastName(target.object) ?? '';
  }
  return lastName(target) ?? '';
}

/** A target that outlives the call: a field, a key, a variable of the file. */
function keeps(model: SourceModel, target: Expr, fn: FunctionModel | undefined): boolean {
  if (target.kind === 'member' || target.kind === 'index') { return true; }
  if (target.kind !== 'name' || fn === undefined) { return false; }
  if (model.language === 'python' || model.language === 'notebook') { return declaresGlobal(fn, target.name); }
  const own = statementsOf(fn.body).some((statement) => statement.kind === 'assign' && (statement.annotation !== undefined || statement.declares === true) && statement.storage !== 'static' && statement.targets.some((one) => one.kind === 'name' && one.name === target.name));
  return !own && !fn.parameters.some((parameter) => parameter.name === target.name) && (model.language === 'mql5' || isScript(model.language));
}

function declaresGlobal(fn: FunctionModel, name: string): boolean {
  return statementsOf(fn.body).some((statement) => statement.kind === 'unknownStatement' && /global|nonlocal/.test(statement.syntax) && statement.parts.some((part) => part.kind === 'name' && part.name === name));
}

/** Does a value say that all is done: a halt that is true, a permission that is false, a position that is none? */
function saysDone(name: string, value: Expr): boolean {
  if (value.kind === 'literal' && typeof value.value === 'boolean') { return value.value ? namesHalt(name) : namesRunning(name); }
  const nothing = (value.kind === 'literal' && (value.value === null || value.value === 0 || value.value === '')) || (value.kind === 'collection' && value.items.length === 0)
    || (value.kind === 'name' && /^(?:undefined|NULL)$/.test(value.name)) || (value.kind === 'unary' && value.op === '-' && value.operand.kind === 'literal');
  return nothing && namesState(name);
}

/** Where a statement stands: the blocks around it in its function, outermost first, with the statement of each that holds it. */
export interface Step {
  readonly block: readonly Stmt[];
  readonly index: number;
  /** The statement of the block around that holds this block; undefined for the function's own. */
  readonly within: Stmt | undefined;
}

/** The way from a body to a place in it. */
export function wayTo(body: readonly Stmt[], place: Span): readonly Step[] {
  const way: Step[] = [];
  let block: readonly Stmt[] | undefined = body;
  let within: Stmt | undefined;
  for (let depth = 0; block !== undefined && depth < 200; depth++) {
    const index: number = block.findIndex((statement) => statement.start <= place.start && place.end <= statement.end);
    const found: Stmt | undefined = block[index];
    if (found === undefined) { return way; }
    way.push({ block, index, within });
    within = found;
    block = found.start === place.start && found.end === place.end ? undefined : bodiesOf(found).find((inner) => inner.some((statement) => statement.start <= place.start && place.end <= statement.end));
  }
  return way;
}

/** Functions that end a program or an object: what they try to close is a last courtesy. */
export const CLEANUP = /^(?:on_?stop|on_?dispose|on_?reset|stop|shut_?down\w*|OnDeinit|deinit|__exit__|__aexit__|__del__|close|disconnect|clean_?up\w*|tear_?down\w*|dispose|destroy|main|finally|graceful\w*|_?shutdown\w*|_?cleanup\w*)$/i;

