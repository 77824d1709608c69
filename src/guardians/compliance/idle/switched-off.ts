/** Guards that are off unless somebody turns them on: a switch that is false, a skip that is true, a limit of 0 where 0 means none. */
import { holdsCode } from '../../../core/source/holds.ts';
import { isPreset } from '../../../core/source/settings/settings.ts';
import type { Compare, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { isAskedDailyLoss, isBareLossLimit, lossKind } from '../limits/meaning.ts';
import { commentAt, keysAbove } from '../limits/written.ts';
import { lastName, namedValues } from '../named.ts';
import type { Named } from '../named.ts';
import { GUARD_LETTERS, guardSwitch, guardWords, PRETENDED, switchKey, switchOwner } from './guard-names.ts';

/** A guard that is off by default. */
export interface OffDefault {
  readonly kind: 'off' | 'skip' | 'zero';
  /** As it is written. */
  readonly name: string;
  readonly at: Span;
  /** Under which files speak of the same switch. */
  readonly key: string;
  /** This file itself asks for it in a condition. */
  readonly asked: boolean;
  /** It stands in a file of settings, which overrules what the program begins with. */
  readonly setting: boolean;
}

/** What a file says of switches: those that are off, those it asks for, those it turns on, each by its key. */
export interface Switches {
  readonly off: readonly OffDefault[];
  readonly asked: ReadonlySet<string>;
  readonly on: ReadonlySet<string>;
}

/** Everything a file says of the switches of guards. */
export function switchesIn(model: SourceModel): Switches {
  const asked = holdsCode(model) ? askedIn(model) : new Set<string>();
  const found = [...(holdsCode(model) ? inCode(model) : []), ...inSettings(model)];
  const on = new Set(found.filter((one) => one.on).map((one) => one.key));
  const pretended = PRETENDED.test(model.path);
  const seen = new Set<string>();
  const off = pretended ? [] : found.filter((one) => !one.on && one.kind !== undefined && !on.has(one.key)).flatMap((one): readonly OffDefault[] => {
    if (one.kind === undefined || seen.has(one.key)) { return []; }
    seen.add(one.key);
    return [{ kind: one.kind, name: one.name, at: one.at, key: one.key, asked: asked.has(one.key) || (one.kind === 'zero' && one.said), setting: one.setting === true }];
  });
  return { off, asked, on };
}

interface Found {
  readonly kind?: OffDefault['kind'];
  readonly on: boolean;
  readonly name: string;
  readonly at: Span;
  readonly key: string;
  /** A comment beside a zero says that it means none. */
  readonly said: boolean;
  readonly setting?: true;
}

// ------------------------------------------------------------------------ code

const ORDER: Readonly<Record<Named['form'], number>> = { field: 0, constant: 1, entry: 2, option: 3, default: 4, argument: 5, attribute: 6, local: 7 };

function inCode(model: SourceModel): readonly Found[] {
  const all = namedValues(model, (name) => GUARD_LETTERS.test(name) || isBare(name));
  const reassigned = reassignedIn(model);
  return [...all].sort((a, b) => ORDER[a.form] - ORDER[b.form] || a.value.start - b.value.start).flatMap((named): readonly Found[] => {
    const found = readCode(model, named);
    if (found === undefined) { return []; }
    // What the program sets as it runs is a state, not a setting.
    if (!found.on && named.form !== 'entry' && named.form !== 'argument' && (reassigned.get(named.name) ?? 0) > 1) { return []; }
    return [found];
  });
}

function isBare(name: string): boolean {
  return /^_?(?:is_?)?(?:enabled?|active|on)$/i.test(name);
}

function readCode(model: SourceModel, named: Named): Found | undefined {
  const { name, value, outer, form } = named;
  if (form === 'local' || outer.some((part) => PRETENDED.test(part) || /State$/.test(part))) { return undefined; }
  const kind = guardSwitch(name, outer);
  const key = switchKey(name, switchOwner(outer));
  const at = { start: value.start, end: value.end };
  if (kind !== undefined) {
    const truth = value.kind === 'literal' ? truthOf(value.value) : undefined;
    if (truth === undefined) { return undefined; }
    const off = truth === (kind === 'skip');
    // A flag a constructor makes for itself, or an argument of one call, is told by that call alone; it may still turn one on.
    const setting = form !== 'attribute' && !(form === 'argument' && !/config|settings|limits|params|options/i.test(outer[outer.length - 1] ?? ''));
    return off && !setting ? undefined : { ...(off ? { kind: kind === 'skip' ? 'skip' as const : 'off' as const } : {}), on: !off, name, at, key, said: false };
  }
  if (form === 'attribute' || form === 'argument' || !namesLimit(name, outer, named.asked === true)) { return undefined; }
  // A table of settings is written once for the file; what a function builds is a message or a state.
  if (form === 'entry' && (named.site.function !== undefined || !outer.some((part) => /config|settings|params|risk|rules|defaults?$/i.test(part)))) { return undefined; }
  // A field without a limit (`= None`) asks its caller for one, and a record of limits begins with zeros.
  if (value.kind !== 'literal' || value.value !== 0 || isZeroRecord(named)) { return undefined; }
  return { kind: 'zero', on: false, name, at, key, said: saysOff(commentAt(model, at)) };
}

/** Several limits that are all 0, or a state class: somebody fills them in. */
function isZeroRecord({ siblings, asked, outer, form }: Named): boolean {
  if (asked === true || form === 'constant') { return false; }
  if (outer.some((part) => /state|status|metrics|result|stats|snapshot|summary|record|report|info/i.test(part))) { return true; }
  return siblings.length > 2 && siblings.every(({ value }) => value.kind === 'literal' && (value.value === 0 || value.value === null || value.value === ''));
}

function namesLimit(name: string, outer: readonly string[], asked: boolean): boolean {
  const words = guardWords(name);
  if (lossKind(name, outer) !== undefined || (asked && isAskedDailyLoss(name))) { return true; }
  if (words.includes('equity') && words.some((word) => word === 'stop' || word === 'protection' || word === 'floor') && words.length <= 3) { return true; }
  return isBareLossLimit(name);
}

/** `0: Disable`, `0 = off`, `(0 disables)`. */
function saysOff(comment: string): boolean {
  return /\b0\s{0,3}(?:[:=-]|=>|means|is|to|for)?\s{0,3}(?:disabled?s?|off|none|no limit|unlimited|not used|inactive|turns? off|switch(?:ed)? off|deactivate)/i.test(comment);
}

function truthOf(value: string | number | boolean | null): boolean | undefined {
  if (typeof value === 'boolean') { return value; }
  if (typeof value !== 'string') { return undefined; }
  return /^(?:false|off|no|0)$/i.test(value) ? false : /^(?:true|on|yes|1)$/i.test(value) ? true : undefined;
}

/** How often a name is given a value in plain statements. */
function reassignedIn(model: SourceModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { node } of indexOf(model).statements) {
    if (node.kind !== 'assign') { continue; }
    for (const target of node.targets) {
      const name = lastName(target);
      if (name !== undefined && GUARD_LETTERS.test(name)) { counts.set(name, (counts.get(name) ?? 0) + 1); }
    }
  }
  return counts;
}

// ------------------------------------------------------------------------- asked

/** Keys of the switches and limits a file asks for in conditions, one assignment followed. */
function askedIn(model: SourceModel): ReadonlySet<string> {
  const asked = new Set<string>();
  const index = indexOf(model);
  for (const { node } of index.statements) {
    if (node.kind === 'if') { for (const { test } of node.branches) { addTest(test, asked); } }
    if (node.kind === 'loop' && node.type === 'while') { addTest(node.over, asked); }
    if (node.kind === 'unknownStatement' && node.syntax === 'assert_statement' && node.parts[0] !== undefined) { addTest(node.parts[0], asked); }
    // A call that stands alone tells or acts; what it is handed decides nothing here.
    const plain = (node.kind === 'expression' && node.value.kind !== 'boolean' && node.value.kind !== 'conditional')
      || ((node.kind === 'assign' || node.kind === 'return') && !CHOOSES.test(model.source.text.slice(node.start, node.end)));
    for (const root of plain || node.kind === 'if' || node.kind === 'function' || node.kind === 'class' ? [] : expressionsOf(node)) {
      walkExpression(root, (expr) => {
        if (expr.kind === 'conditional') { addTest(expr.test, asked); }
        if (expr.kind === 'boolean' && expr.nullish !== true) { for (const operand of expr.operands) { addTest(operand, asked); } }
        if (expr.kind === 'unary' && (expr.op === 'not' || expr.op === '!')) { addTest(expr.operand, asked); }
      });
    }
  }
  for (const { node } of index.compares) { if (asksZero(node)) { for (const operand of node.operands) { addNames(operand, asked); } } }
  // `self._enabled = enable_risk`: who asks for the one asks for the other.
  for (const { node } of index.statements) {
    if (node.kind !== 'assign' || node.value === undefined || node.op !== undefined) { continue; }
    const [target] = node.targets;
    const name = target === undefined ? undefined : lastName(target);
    if (name === undefined || !(GUARD_LETTERS.test(name) || isBare(name)) || !asked.has(guardWords(name).join(' '))) { continue; }
    addNames(node.value, asked);
  }
  return asked;
}

/** Marks without which an expression chooses nothing. */
const CHOOSES = /\?|!|&&|\|\||\b(?:if|or|and|not)\b/;

function asksZero(node: Compare): boolean {
  return node.operands.length === 2 && node.operands.some((operand) => operand.kind === 'literal' && operand.value === 0);
}

function addTest(test: Expr, asked: Set<string>): void {
  const pending: Expr[] = [test];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'boolean') { pending.push(...expr.operands); continue; }
    if (expr.kind === 'unary') { pending.push(expr.operand); continue; }
    if (expr.kind === 'compare') { if (expr.operands.some((operand) => operand.kind === 'literal' && (typeof operand.value === 'boolean' || operand.value === 0 || operand.value === null))) { pending.push(...expr.operands); } continue; }
    addNames(expr, asked);
  }
}

/** The keys of what a condition reads: `self.config.enable_risk`, `cfg["risk"]["enabled"]`, `risk.get("enabled", True)`. */
function addNames(expr: Expr, asked: Set<string>): void {
  const path = pathOf(expr);
  const name = path[path.length - 1];
  if (name === undefined || !(GUARD_LETTERS.test(name) || isBare(name))) { return; }
  asked.add(guardWords(name).join(' '));
  for (let i = path.length - 2; i >= 0; i--) {
    const owner = path[i] ?? '';
    asked.add(switchKey(name, owner));
    if (!/^(?:config|cfg|settings|self|this|options|params|opts)$/i.test(owner)) { break; }
  }
}

/** `['cfg', 'risk', 'enabled']` of a chain of attributes, keys and look-ups. */
function pathOf(expr: Expr): readonly string[] {
  const path: string[] = [];
  let at: Expr | undefined = expr;
  for (let depth = 0; at !== undefined && depth < 12; depth++) {
    if (at.kind === 'await') { at = at.operand; continue; }
    if (at.kind === 'name') { path.unshift(at.name); break; }
    if (at.kind === 'member') { path.unshift(at.property); at = at.object; continue; }
    const key: Expr | undefined = at.kind === 'index' ? at.indices[0] : at.kind === 'call' ? at.args[0]?.value : undefined;
    if (at.kind === 'index') {
      if (key?.kind === 'literal' && typeof key.value === 'string') { path.unshift(key.value); }
      at = at.object;
      continue;
    }
    if (at.kind !== 'call') { break; }
    const called = lastName(at.callee) ?? '';
    if (called === 'getattr') { const named = at.args[1]?.value; if (named?.kind === 'literal' && typeof named.value === 'string') { path.unshift(named.value); } at = key; continue; }
    if (at.args.length === 1 && /^(?:bool|Boolean|str|String)$/.test(called)) { at = key; continue; }
    if (!/^(?:get\w*|env|config)$/i.test(called) || key?.kind !== 'literal' || typeof key.value !== 'string') { break; }
    path.unshift(key.value);
    at = at.callee.kind === 'member' ? at.callee.object : undefined;
  }
  return path;
}

// --------------------------------------------------------------------- settings

function inSettings(model: SourceModel): readonly Found[] {
  return model.entries.flatMap((entry): readonly Found[] => {
    if (entry.shape !== 'scalar' || entry.alias !== undefined) { return []; }
    const outer = keysAbove(entry);
    const text = isPreset(model.path) ? entry.text.split('|', 1)[0] ?? '' : entry.text;
    if (outer.some((part) => PRETENDED.test(part))) { return []; }
    const kind = GUARD_LETTERS.test(entry.key) || isBare(entry.key) ? guardSwitch(entry.key, outer) : undefined;
    const key = switchKey(entry.key, outer[outer.length - 1]);
    const at = isPreset(model.path) ? { start: entry.valueSpan.start, end: entry.valueSpan.start + text.length } : entry.valueSpan;
    if (kind !== undefined) {
      const truth = truthOf(text);
      if (truth === undefined) { return []; }
      const off = truth === (kind === 'skip');
      return [{ ...(off ? { kind: kind === 'skip' ? 'skip' as const : 'off' as const } : {}), on: !off, name: named(outer, entry.key), at, key, said: false, setting: true }];
    }
    if (!GUARD_LETTERS.test(entry.key) || !/^0(?:\.0{1,8})?$/.test(text) || !namesLimit(entry.key, outer, isPreset(model.path))) { return []; }
    return [{ kind: 'zero', on: false, name: named(outer, entry.key), at, key, said: saysOff(commentAt(model, entry.valueSpan)), setting: true }];
  });
}

function named(outer: readonly string[], key: string): string {
  return isBare(key) ? [...outer.slice(-1), key].join('.') : key;
}
