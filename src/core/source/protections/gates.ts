/**
 * A condition taken apart: which protections it is, by what it compares, which functions it asks, which flags it reads.
 *
 * What a function of another file answers is not known here: a leaf names the function, and the link step looks.
 */
import { fold } from '../fold.ts';
import { lastName } from '../meaning/annotations.ts';
import { settled } from '../meaning/held.ts';
import type { Definition, NameSite } from '../meaning/bindings.ts';
import { namesIn, wordsOf } from '../meaning/words.ts';
import type { Call, Compare, Expr, SourceModel, Span } from '../model.ts';
import { siteOf } from '../names.ts';
import { rolesOf } from '../roles.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../scope.ts';
import { walkExpression } from '../walk.ts';
import { askedOf, type Before } from './before.ts';
import { offSwitch, type Switch } from './switches.ts';
import { kindsCompared, kindsNamed, letsTrade, saysWhat, type ProtectionKind, type Side } from './kinds.ts';

/** How the answer of what is asked counts. */
export type GateUse =
  /** The place runs where the answer is true, false, or it cannot be told which. */
  | 'true' | 'false' | 'any'
  /** The place runs where the call came back without raising. */
  | 'returns'
  /** The answer is a size. */
  | 'value'
  /** The answer is compared: it must not be a constant. */
  | 'varies'
  /** It is no function but a variable or an attribute. */
  | 'flag';

/** One part of a condition that can keep a place from running. */
export interface Leaf {
  /** What the part itself shows. */
  readonly kinds: readonly ProtectionKind[];
  /** What the name of the asked function says; counts where that function does something. */
  readonly named: readonly ProtectionKind[];
  /** The function or attribute that is asked, and where. */
  readonly ask?: { readonly expr: Expr; readonly site: NameSite; readonly use: GateUse };
  /** A flag of this file that nothing of this file changes: it counts only where another file does. */
  readonly unset?: string;
  /** A switch that is not on by default, without which the part keeps nothing back. */
  readonly only?: Switch;
  readonly at: Span;
}

interface Part {
  readonly expr: Expr;
  readonly taken: boolean;
  readonly site: NameSite;
  readonly hops: number;
  readonly only?: Switch;
}

/** What a reader of conditions needs beside the model: what stands before a statement of any function. */
export interface Context {
  readonly model: SourceModel;
  /** Conditions around a statement of the function a definition stands in. */
  branchesAround(definition: Definition): Before | undefined;
}

/** Most parts of one condition that are looked at. */
const MAX_PARTS = 120;
/** Names followed to what they stand for. */
const MAX_HOPS = 4;

const NO_KINDS: readonly ProtectionKind[] = [];
/** Look-ups of a value by its key: the words of the key count, not those of a function. */
const LOOKUPS: ReadonlySet<string> = new Set([
  'get', 'getenv', 'exists', 'isfile', 'is_file', 'is_set', 'isSet', 'has', 'includes', 'hget', 'getItem', 'existsSync', 'isdir',
  'GlobalVariableGet', 'GlobalVariableCheck', 'FileIsExist', 'ObjectFind', 'ObjectGetInteger', 'ObjectGetString', 'getattr', 'lower', 'strip', 'upper', 'load', 'Load',
]);
const WRAPPERS: ReadonlySet<string> = new Set(['bool', 'any', 'all', 'len', 'Boolean', 'Number', 'Promise.all']);
const CLOCK_CALLS: ReadonlySet<string> = new Set([
  'now', 'utcnow', 'TimeCurrent', 'TimeLocal', 'TimeGMT', 'TimeTradeServer', 'getHours', 'getMinutes', 'getUTCHours', 'getUTCMinutes', 'utc_now', 'timestamp_ns', 'Hour', 'Minute', 'TimeHour',
]);

/** The leaves of a condition, as it has to turn out: conjunctions, negations, names bound to conditions are followed. */
export function leavesOf(context: Context, test: Expr, taken: boolean, site: NameSite): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (isConstant(context.model, test, taken, site)) { return leaves; }
  const seen = new Set<string>();
  const pending: Part[] = [{ expr: test, taken, site, hops: 0 }];
  for (let count = 0; count < MAX_PARTS; count++) {
    const part = pending.shift();
    if (part === undefined) { break; }
    const key = `${part.expr.start}:${part.expr.end}:${part.taken}`;
    if (seen.has(key)) { continue; }
    seen.add(key);
    const [leafCount, partCount] = [leaves.length, pending.length];
    readPart(context, part, pending, leaves);
    if (part.only === undefined) { continue; }
    // What is found inside hangs on the same switch.
    for (let i = leafCount; i < leaves.length; i++) { leaves[i] = { only: part.only, ...leaves[i]! }; }
    for (let i = partCount; i < pending.length; i++) { pending[i] = { only: part.only, ...pending[i]! }; }
  }
  return leaves;
}

/** Operands of which one is enough to let the place run: a switch among them that is off makes the others idle. */
function operandsOf(context: Context, expr: Expr & { readonly kind: 'boolean' }, part: Part): readonly Part[] {
  const switches = expr.operands.map((operand) => ((expr.op === 'and') === part.taken ? undefined : offSwitch(context.model, operand, expr.op === 'and', part.site)));
  const only = switches.find((one) => one !== undefined);
  if (only === undefined || switches.every((one) => one !== undefined)) { return expr.operands.map((operand) => ({ ...part, expr: operand })); }
  // The switch itself protects from nothing, whatever it is called.
  return expr.operands.flatMap((operand, i) => (switches[i] === undefined ? [{ ...part, expr: operand, only }] : []));
}

/**
 * True where the condition is settled before the program runs, so that the place is never kept from running. A setting
 * of the user (an MQL5 `input`) that is on settles nothing: it can be switched off.
 */
function isConstant(model: SourceModel, test: Expr, taken: boolean, site: NameSite): boolean {
  if (test.kind === 'boolean' && !test.nullish) {
    // `use_news && is_news()` with `use_news = false` is false for good.
    // What the user may set before the start settles nothing.
    return test.operands.some((operand) => fold(model, operand, site)?.value === (test.op === 'or') && !isInput(model, operand, site) && operand.kind !== 'member');
  }
  const value = fold(model, test, site)?.value;
  // A flag of the object may be set from another file.
  if (value === undefined || test.kind === 'member' || (test.kind === 'unary' && test.operand.kind === 'member') || isInput(model, test, site)) { return false; }
  return typeof value === 'boolean' ? value === taken : test.kind === 'literal';
}

/** A value that the user sets before the start: `input bool TradingEnabled = true`. */
function isInput(model: SourceModel, test: Expr, site: NameSite): boolean {
  let found = false;
  walkExpression(test, (expr) => {
    if (expr.kind !== 'name') { return; }
    found ||= definitionsOf(model, expr.name, site).some(({ statement }) => statement?.kind === 'assign' && (statement.storage === 'input' || statement.storage === 'sinput' || statement.storage === 'extern'));
  });
  return found;
}

function readPart(context: Context, part: Part, pending: Part[], leaves: Leaf[]): void {
  const { expr, taken, site, hops } = part;
  switch (expr.kind) {
    case 'unary':
      if (expr.op === 'not' || expr.op === '!') { pending.push({ ...part, expr: expr.operand, taken: !taken }); }
      return;
    case 'await':
      pending.push({ ...part, expr: expr.operand });
      return;
    case 'boolean':
      pending.push(...operandsOf(context, expr, part));
      return;
    case 'conditional':
      pending.push({ ...part, expr: expr.then }, { ...part, expr: expr.else });
      return;
    case 'unknown':
      if (expr.syntax === 'named_expression' && expr.parts[1] !== undefined) { pending.push({ ...part, expr: expr.parts[1] }); }
      if (settled(expr) !== expr) { pending.push({ ...part, expr: settled(expr) }); }
      return;
    case 'compare':
      readCompare(context, expr, part, pending, leaves);
      return;
    case 'call':
      readCall(context, expr, part, pending, leaves);
      return;
    case 'name':
    case 'member':
      if (hops < MAX_HOPS) { readNamed(context, expr, part, pending, leaves); }
      return;
    case 'index':
      pushNamed(leaves, expr, textWordsOf(context.model, expr, site), taken);
      return;
    default:
  }
}

// ------------------------------------------------------------------- comparisons

function readCompare(context: Context, test: Compare, part: Part, pending: Part[], leaves: Leaf[]): void {
  const { taken, site } = part;
  for (let i = 0; i < test.ops.length; i++) {
    const [left, right, op] = [test.operands[i]!, test.operands[i + 1]!, test.ops[i]!];
    if (op === 'instanceof') {
      pushDecider(context, leaves, left, site);
      continue;
    }
    const truth = truthAsked(left, right, op);
    if (truth !== undefined) {
      pending.push({ ...part, expr: truth.expr, taken: truth.when === taken });
      continue;
    }
    if (op === '<' || op === '<=' || op === '>' || op === '>=') { readOrder(context, left, right, taken ? op : NEGATED[op]!, test, site, leaves); } else { readEquality(context, left, right, op, part, test, leaves); }
  }
}

const NEGATED: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** `x is None`, `x == true`, `check() != 0`: asks for the truth of one side; `when` is that truth. */
function truthAsked(left: Expr, right: Expr, op: string): { readonly expr: Expr; readonly when: boolean } | undefined {
  if (!['is', 'is not', '==', '!=', '===', '!=='].includes(op)) { return undefined; }
  const equal = op === 'is' || op === '==' || op === '===';
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (other.kind !== 'literal') { continue; }
    if (other.type === 'none' || other.value === false || other.value === '' || other.value === 0) { return { expr: one, when: !equal }; }
    if (other.value === true) { return { expr: one, when: equal }; }
    if (typeof other.value === 'string' && /^(?:true|on|yes|1)$/i.test(other.value)) { return { expr: one, when: equal }; }
    if (typeof other.value === 'string' && /^(?:false|off|no|0)$/i.test(other.value)) { return { expr: one, when: !equal }; }
  }
  return undefined;
}

function readOrder(context: Context, left: Expr, right: Expr, op: string, test: Compare, site: NameSite, leaves: Leaf[]): void {
  const kinds = kindsCompared({ left: sideOf(context.model, left, site), right: sideOf(context.model, right, site), op });
  const asked = [left, right].find((side) => side.kind === 'call' && !isPlainCall(side));
  const zero = [left, right].some((side) => side.kind === 'literal' && side.value === 0);
  if (kinds.length > 0) {
    leaves.push({ kinds, named: NO_KINDS, at: test, ...(asked?.kind === 'call' ? { ask: { expr: asked.callee, site, use: 'varies' as const } } : {}) });
  } else if (asked?.kind === 'call' && zero) {
    pushAsk(context, leaves, asked, site, 'any');
  }
}

function isPlainCall(call: Call): boolean {
  const name = lastName(call.callee) ?? '';
  return WRAPPERS.has(name) || LOOKUPS.has(name) || CLOCK_CALLS.has(name) || /^(?:abs|Math|int|float|str|double|fabs|MathAbs|AccountInfo\w+|SymbolInfo\w+|PositionsTotal|OrdersTotal|NormalizeDouble|max|min|round)$/.test(name);
}

/** One side of a comparison: its words, also of what its name stands for, and its number. */
export function sideOf(model: SourceModel, expr: Expr, site: NameSite): Side {
  const value = fold(model, expr, site)?.value;
  let clock = false;
  walkExpression(expr, (inner) => { if (inner.kind === 'call' && CLOCK_CALLS.has(lastName(inner.callee) ?? '')) { clock = true; } });
  const origin = new Set([...textWordsOf(model, expr, site), ...outerWords(model, expr, site)]);
  const own = ownWordsOf(expr);
  const named = saysWhat(own);
  return {
    words: named ? own : origin, origin, named, clock,
    negative: (expr.kind === 'unary' && expr.op === '-') || (typeof value === 'number' && value < 0) || startsNegative(model, expr),
    ...(typeof value === 'number' && !isInput(model, expr, site) ? { number: value } : {}),
  };
}

/** Words of what a variable of the file is made of: `double maxVol = SymbolInfoDouble(_Symbol, SYMBOL_VOLUME_MAX);`. */
function outerWords(model: SourceModel, expr: Expr, site: NameSite): ReadonlySet<string> {
  const value = expr.kind === 'name' || expr.kind === 'member' ? definitionsFor(model, expr, site) : [];
  const made = value.find((one) => one.value?.kind === 'call')?.value;
  return made === undefined ? NO_WORDS : textWordsOf(model, made, site);
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** `-max_loss * balance`: the first factor carries the minus. */
function startsNegative(model: SourceModel, expr: Expr): boolean {
  const first = expr.kind === 'binary' ? expr.operands[0] : undefined;
  return first?.kind === 'unary' && first.op === '-' && model.source.text[first.start] === '-';
}

function readEquality(context: Context, left: Expr, right: Expr, op: string, part: Part, test: Compare, leaves: Leaf[]): void {
  const { taken, site } = part;
  const equal = (op === '==' || op === '===' || op === 'is' || op === 'in') === taken;
  const words = new Set([...textWordsOf(context.model, left, site), ...textWordsOf(context.model, right, site)]);
  const lets = letsTrade(words);
  const kinds = kindsNamed(words).filter((kind) => kind !== 'size');
  if (kinds.length > 0 && lets === equal) { leaves.push({ kinds, named: NO_KINDS, at: test }); }
  for (const side of [left, right]) {
    const call = settled(side);
    if (call.kind === 'call' && !isPlainCall(call) && kinds.length === 0) { pushAsk(context, leaves, call, site, 'any'); }
    // `decision.status == APPROVED`: what decided is asked.
    if ((side.kind === 'member' || side.kind === 'name') && part.hops < MAX_HOPS) { pushDecider(context, leaves, side, site); }
  }
}

// ------------------------------------------------------------------- calls and names

function readCall(context: Context, call: Call, part: Part, pending: Part[], leaves: Leaf[]): void {
  const { model } = context;
  const { taken, site } = part;
  const name = lastName(call.callee) ?? '';
  if (WRAPPERS.has(name)) {
    for (const argument of call.args) { pushElements(argument.value, part, pending); }
    return;
  }
  if (name === 'isinstance') {
    const [value] = call.args;
    if (value !== undefined) { pushDecider(context, leaves, value.value, site); }
    return;
  }
  if (rolesOf(model, call, site).includes('permission')) {
    if (taken) { leaves.push({ kinds: ['kill-switch'], named: NO_KINDS, at: call }); }
    return;
  }
  if (isTerminalPermission(call)) {
    if (taken) { leaves.push({ kinds: ['kill-switch'], named: NO_KINDS, at: call }); }
    return;
  }
  if (LOOKUPS.has(name)) {
    pushNamed(leaves, call, textWordsOf(model, call, site), taken);
    return;
  }
  pushAsk(context, leaves, call, site, taken ? 'true' : 'false');
}

/** MQL5: the platform's own switches. */
function isTerminalPermission(call: Call): boolean {
  const first = call.args[0]?.value;
  return first?.kind === 'name' && /^(?:TERMINAL|MQL|ACCOUNT)_TRADE_ALLOWED$/.test(first.name);
}

/** What `any(…)`, `all(…)` and the like look through. */
function pushElements(value: Expr, part: Part, pending: Part[]): void {
  if (value.kind === 'collection') { for (const item of value.items) { pending.push({ ...part, expr: item }); } return; }
  pending.push({ ...part, expr: value.kind === 'comprehension' ? value.element : value });
}

function pushAsk(context: Context, leaves: Leaf[], call: Call, site: NameSite, use: GateUse): void {
  const words = textWordsOf(context.model, call.callee, site);
  const lets = letsTrade(words);
  const against = (use === 'true' && lets === false) || (use === 'false' && lets === true);
  leaves.push({ kinds: NO_KINDS, named: against ? NO_KINDS : kindsNamed(words, 'function'), ask: { expr: call.callee, site, use }, at: call });
}

function pushNamed(leaves: Leaf[], expr: Expr, words: ReadonlySet<string>, taken: boolean): void {
  const lets = letsTrade(words);
  const kinds = lets === !taken ? NO_KINDS : kindsNamed(words);
  if (kinds.length > 0) { leaves.push({ kinds, named: NO_KINDS, at: expr }); }
}

/** A name or attribute that is asked for its truth: what it stands for, who sets it, and under what. */
function readNamed(context: Context, expr: Expr & { readonly kind: 'name' | 'member' }, part: Part, pending: Part[], leaves: Leaf[]): void {
  const { model } = context;
  const { taken, site } = part;
  const definitions = definitionsFor(model, expr, site);
  const values = definitions.filter((one) => one.declared === undefined && one.imported === undefined && one.parameter === undefined);
  const given = definitions.length === 0 || definitions.length > values.length || values.some((one) => one.value === undefined);
  const words = wordsOfNames([expr.kind === 'name' ? expr.name : chainOf(expr)]);
  if (definitions.length === 0 && expr.kind === 'member') {
    readForeign(context, expr, part, words, leaves);
    return;
  }
  let blocked = given;
  for (const definition of values) { blocked = readDefinition(context, definition, part, pending, leaves) || blocked; }
  if (isInput(model, expr, site)) { blocked = true; }
  const lets = letsTrade(words);
  const kinds = lets === !taken ? NO_KINDS : kindsNamed(words);
  // Only what other files can reach may be set by them.
  const local = expr.kind === 'name' && values.every((one) => one.function !== undefined && one.class === undefined);
  if (kinds.length === 0 || (!blocked && local)) { return; }
  leaves.push({ kinds, named: NO_KINDS, at: expr, ...(blocked ? {} : { unset: lastName(expr) ?? '' }) });
}

/** @returns true if the definition may give the value that keeps the place from running. */
function readDefinition(context: Context, definition: Definition, part: Part, pending: Part[], leaves: Leaf[]): boolean {
  const { value, statement } = definition;
  const { taken, hops } = part;
  if (value === undefined) {
    // `ok, reason = risk.check(order)`
    const whole = statement?.kind === 'assign' ? statement.value : undefined;
    const call = whole === undefined ? undefined : settled(whole);
    if (call?.kind === 'call') { pushAsk(context, leaves, call, siteOf(definition), 'any'); }
    return true;
  }
  if (value.kind === 'literal' && definition.op === undefined) {
    if (Boolean(value.value) === taken) { return false; }
    const around = context.branchesAround(definition);
    const asked = around === undefined ? [] : askedOf(around).filter((one) => one.kind === 'test' && one.form === 'branch');
    const site = siteOf(definition);
    for (const one of asked.slice(-3)) { pending.push({ expr: one.test, taken: !one.taken, site, hops: hops + 1 }); }
    return true;
  }
  if (value.kind !== 'literal') { pending.push({ expr: value, taken, site: siteOf(definition), hops: hops + 1 }); }
  return true;
}

/** An attribute of something else: of another class, of what a call gave. */
function readForeign(context: Context, expr: Expr & { readonly kind: 'member' }, part: Part, words: ReadonlySet<string>, leaves: Leaf[]): void {
  const { taken, site } = part;
  const { object } = expr;
  const lets = letsTrade(words);
  const kinds = lets === !taken ? NO_KINDS : kindsNamed(words);
  if (object.kind === 'call') {
    pushAsk(context, leaves, object, site, 'any');
    return;
  }
  if (object.kind === 'name' && pushDecider(context, leaves, object, site)) { return; }
  leaves.push({ kinds, named: NO_KINDS, ask: { expr, site, use: 'flag' }, at: expr });
}

/** The call that gave what a name holds: `decision = risk.check(order)`, then `decision.allowed`. */
function pushDecider(context: Context, leaves: Leaf[], expr: Expr, site: NameSite): boolean {
  let root = expr;
  while (root.kind === 'member') { root = root.object; }
  if (root.kind !== 'name') { return false; }
  const definitions = definitionsOf(context.model, root.name, site);
  const only = definitions.length === 1 ? definitions[0] : undefined;
  const value = only?.value === undefined ? undefined : settled(only.value);
  if (only?.function === undefined || value?.kind !== 'call' || isPlainCall(value)) { return false; }
  pushAsk(context, leaves, value, siteOf(only), 'any');
  return true;
}

/** Definitions of a name, or of an attribute of the object at hand. */
function definitionsFor(model: SourceModel, expr: Expr & { readonly kind: 'name' | 'member' }, site: NameSite): readonly Definition[] {
  if (expr.kind === 'name') { return definitionsOf(model, expr.name, site); }
  const cls = receiverClass(model, expr.object, site);
  return cls === undefined ? [] : attributeDefinitions(model, cls, expr.property);
}

function chainOf(expr: Expr): string {
  const parts: string[] = [];
  for (let at: Expr = expr; at.kind === 'member' && parts.length < 4; at = at.object) {
    parts.unshift(at.property);
    if (at.object.kind === 'name' && at.object.name !== 'self' && at.object.name !== 'this') { parts.unshift(at.object.name); }
  }
  return parts.join('_');
}

export function wordsOfNames(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(wordsOf));
}

/** Words of the names and short texts of an expression, as they are written. */
function ownWordsOf(expr: Expr): ReadonlySet<string> {
  const names: string[] = [];
  walkExpression(expr, (inner) => {
    if (inner.kind === 'member') { names.push(inner.property); }
    if (inner.kind === 'name' && inner.name !== 'self' && inner.name !== 'this') { names.push(inner.name); }
    if (inner.kind === 'literal' && inner.type === 'string' && String(inner.value).length <= 40) { names.push(String(inner.value)); }
  });
  return wordsOfNames(names);
}

/** Words of the names of an expression, of what local names stand for, and of short texts in it (keys). */
export function textWordsOf(model: SourceModel, expr: Expr, site: NameSite): ReadonlySet<string> {
  const words = new Set(namesIn(model, expr, site).flatMap(wordsOf));
  walkExpression(expr, (inner) => {
    if (inner.kind === 'literal' && inner.type === 'string' && String(inner.value).length <= 40) { for (const word of wordsOf(String(inner.value))) { words.add(word); } }
  });
  words.delete('self');
  words.delete('this');
  return words;
}
