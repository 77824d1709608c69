/** Guards that are asked for by `hasattr(self, "risk")` under a name that nobody assigns: the question is false for ever. */
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import type { Call, ClassModel, SourceModel, Span } from '../../../core/source/model.ts';
import { attributeDefinitions, receiverClass } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { guardWords, namesGuard } from './guard-names.ts';

/** A question for an attribute of a guard that this file does not assign. */
export interface AskedAttribute {
  readonly at: Span;
  readonly name: string;
}

/** What a file says of attributes that are guards. */
export interface GuardAttributes {
  readonly asked: readonly AskedAttribute[];
  /** Names that some object is given, in whatever way. */
  readonly given: ReadonlySet<string>;
}

const WORDS = new Set(['risk', 'guard', 'guards', 'guardian', 'breaker', 'halt', 'halted', 'limiter', 'limits', 'killswitch', 'drawdown', 'flattener', 'protection', 'governor', 'killed', 'locked']);

const LETTERS = /risk|guard|breaker|halt|limit|kill|draw|dd|flatten|protect|govern|lock|loss|equity|prop|safety|eod/i;

/** Does an attribute's name say that it is a guard? */
function isGuard(name: string): boolean {
  if (!LETTERS.test(name)) { return false; }
  const words = guardWords(name);
  return words.some((word) => WORDS.has(word)) || namesGuard(words, true);
}

/** Attributes that a Python file asks for, and those it gives. */
export function guardAttributes(model: SourceModel): GuardAttributes {
  if (model.language !== 'python' && model.language !== 'notebook') { return { asked: [], given: new Set() }; }
  const index = indexOf(model);
  const given = new Set<string>();
  for (const { node, site } of index.statements) {
    if (node.kind !== 'assign') { continue; }
    for (const target of node.targets) {
      const name = lastName(target);
      if (name !== undefined && isGuard(name) && (target.kind === 'member' || (site.function === undefined && site.class !== undefined))) { given.add(name); }
    }
  }
  for (const fn of model.functions) { if (isGuard(fn.name)) { given.add(fn.name); } }
  const asked: AskedAttribute[] = [];
  for (const { node, site } of index.calls) {
    const called = node.callee.kind === 'name' ? node.callee.name : lastName(node.callee);
    if (called !== 'setattr' && called !== '__setattr__' && called !== 'hasattr' && called !== 'getattr') { continue; }
    const key = node.args[1]?.value;
    const name = key?.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
    if (called === 'setattr' || called === '__setattr__') { given.add(name ?? '*'); continue; }
    if (name === undefined || (called !== 'hasattr' && called !== 'getattr') || node.callee.kind !== 'name') { continue; }
    const cls = node.args[0] === undefined ? undefined : receiverClass(model, node.args[0].value, site);
    if (cls === undefined || !isGuard(name) || !falls(node) || !isKnown(model, cls, name)) { continue; }
    asked.push({ at: { start: node.start, end: node.end }, name });
  }
  const all = asked.some(({ name }) => given.has(name)) || given.has('*') ? asked.filter(({ name }) => !given.has(name) && !given.has('*')) : asked;
  const seen = new Set<string>();
  return { asked: all.filter(({ name }) => !seen.has(name) && seen.add(name)), given };
}

/** Without the attribute the answer is no guard: `getattr(self, "guard", None)`, not `getattr(self, "guard", default_guard)`. */
function falls(call: Call): boolean {
  if (lastName(call.callee) === 'hasattr') { return true; }
  const other = call.args[2]?.value;
  return other?.kind === 'literal' && (other.value === null || other.value === false);
}

/** Is all of the class in sight, or at least what may bring such an attribute along: no mixin, no base that nobody knows, no look-up of its own? */
function isKnown(model: SourceModel, cls: ClassModel, name: string): boolean {
  const lineage = lineageOf(model, cls);
  if (!lineage.complete || attributeDefinitions(model, cls, name).length > 0) { return false; }
  if (lineage.external.some((base) => !/^(?:nautilus_trader\.|abc\.|builtins\.|typing\.|backtrader\.|freqtrade\.|lumibot\.|threading\.)/.test(base))) { return false; }
  return !lineage.local.some((one) => one.methods.some((method) => /^__getattr(?:ibute)?__$/.test(model.functions[method]?.name ?? '')) || one.body.some((statement) => statement.kind === 'assign' && statement.targets.some((target) => lastName(target) === '__dict__')))
    && !/__dict__|vars\(self\)/.test(model.source.text.slice(cls.start, cls.end));
}
