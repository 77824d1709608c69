/** What gates come to across files: the kinds a condition protects from, once the functions it asks are known. */
import type { Range } from '../../findings/finding.ts';
import { wordsOf } from '../meaning/words.ts';
import { PROTECTION_KINDS, kindsNamed, letsTrade, type ProtectionKind } from '../protections/kinds.ts';
import { nameOf } from './reach.ts';
import type { Resolver } from './resolve.ts';
import type { FileSummary, Gate, ProtectionFacts } from './summary.ts';
import { nodeKey, type FunctionNode } from './values.ts';

/** Where a protection stands. */
export interface Proof {
  readonly kinds: readonly ProtectionKind[];
  readonly file: string;
  readonly range: Range;
  readonly text: string;
  /** The check that was followed: `RiskManager.allows`. */
  readonly by?: string;
  /** A switch that is not on by default: the protection stands only when it is. */
  readonly only?: string;
}

/** Kinds as bits, in the order of `PROTECTION_KINDS`; `open` are those whose check could not be followed, `only` those that hang on a switch. */
export interface Judged {
  readonly mask: number;
  readonly open: number;
  readonly only: number;
}

/** An answer of a function that gates ask for. */
type Aspect = 'truthy' | 'falsy' | 'any' | 'stops' | 'caps' | 'wraps';

const NOTHING: Judged = { mask: 0, open: 0, only: 0 };
/** Rounds until answers that hang on each other stand still: each adds at least one of five bits to one of them. */
const MAX_ROUNDS = 30;

export class GateJudge {
  readonly #resolver: Resolver;
  readonly #sets: ReadonlySet<string>;
  readonly #targets = new Map<Gate, readonly FunctionNode[]>();
  /** Answers by function and aspect. */
  readonly #answers = new Map<string, Judged>();

  constructor(files: ReadonlyMap<string, FileSummary>, resolver: Resolver) {
    this.#resolver = resolver;
    const sets = new Set<string>();
    for (const file of files.values()) { for (const name of file.sets ?? []) { sets.add(name); } }
    this.#sets = sets;
  }

  /** What some gates of a function come to. */
  gates(node: FunctionNode, indexes: readonly number[]): Judged {
    const facts = node.summary.protection;
    if (facts === undefined || indexes.length === 0) { return NOTHING; }
    this.#settle(node, indexes.map((index) => facts.gates[index]!));
    return this.#union(node, facts, indexes);
  }

  /** What holds because of the decorators around a function. */
  wrapped(node: FunctionNode): Judged {
    let sum = NOTHING;
    for (const wrapper of this.#wrappers(node)) { sum = plus(sum, this.gates(wrapper, wrapper.summary.protection?.wraps ?? [])); }
    return sum;
  }

  /** The gates among these that protect, each with its place. */
  proofs(node: FunctionNode, indexes: readonly number[]): readonly Proof[] {
    const facts = node.summary.protection;
    return indexes.flatMap((index): Proof[] => {
      const gate = facts?.gates[index];
      const judged = gate === undefined ? NOTHING : this.gates(node, [index]);
      if (gate === undefined || (judged.mask | judged.only) === 0) { return []; }
      const [asked] = this.#asked(node, gate);
      const place = { file: node.path, range: gate.range, text: gate.text, ...(asked === undefined ? {} : { by: nameOf(asked, node) }) };
      const idle = judged.only & ~judged.mask;
      return [
        ...(judged.mask === 0 ? [] : [{ kinds: kindsOf(judged.mask), ...place }]),
        ...(idle === 0 ? [] : [{ kinds: kindsOf(idle), ...place, only: this.#switchOf(node, gate, idle) }]),
      ];
    });
  }

  wrapProofs(node: FunctionNode): readonly Proof[] {
    return this.#wrappers(node).flatMap((wrapper) => this.proofs(wrapper, wrapper.summary.protection?.wraps ?? []));
  }

  #wrappers(node: FunctionNode): readonly FunctionNode[] {
    return node.summary.calls.flatMap((edge) => (edge.decorator === true ? this.#resolver.called(node, edge.to) : []))
      .filter((wrapper) => wrapper.summary.protection?.wraps !== undefined);
  }

  /** The switch that some kinds of a gate hang on: its own, or that of a check it asks. */
  #switchOf(node: FunctionNode, gate: Gate, kinds: number, depth = 0): string {
    if (gate.only !== undefined) { return gate.only; }
    for (const target of depth > 4 || gate.use === undefined ? [] : this.#asked(node, gate)) {
      const facts = target.summary.protection;
      for (const inner of facts?.gates ?? []) {
        if (((this.#judge(target, inner).only) & kinds) === 0) { continue; }
        const found = this.#switchOf(target, inner, kinds, depth + 1);
        if (found !== '') { return found; }
      }
    }
    return '';
  }

  // ------------------------------------------------------------------------- one gate

  #union(node: FunctionNode, facts: ProtectionFacts, indexes: readonly number[]): Judged {
    let sum = NOTHING;
    for (const index of indexes) {
      const gate = facts.gates[index];
      if (gate !== undefined) { sum = plus(sum, this.#judge(node, gate)); }
    }
    return sum;
  }

  #judge(node: FunctionNode, gate: Gate): Judged {
    const judged = this.#shown(node, gate);
    return gate.only === undefined ? judged : { mask: 0, open: judged.open, only: judged.only | judged.mask };
  }

  #shown(node: FunctionNode, gate: Gate): Judged {
    const shown = bitsOf(gate.kinds);
    if (gate.unset !== undefined && !this.#sets.has(gate.unset)) { return NOTHING; }
    if (gate.use === undefined) { return { mask: shown, open: 0, only: 0 }; }
    const targets = this.#asked(node, gate);
    if (gate.use === 'flag') { return targets.length === 0 ? { mask: shown, open: 0, only: 0 } : plus({ mask: this.#named(targets, shown), open: 0, only: 0 }, this.#together(targets, 'any')); }
    if (gate.use === 'varies') { return { mask: this.#named(targets, shown), open: 0, only: 0 }; }
    if (targets.length === 0) { return { mask: shown, open: bitsOf(gate.named), only: 0 }; }
    const answer = this.#together(targets, aspectOf(gate.use));
    // A size that is called capped shows its limit.
    const named = gate.use === 'value' || gate.use === 'returns' ? 0 : this.#named(targets, bitsOf(gate.named));
    return { mask: shown | named | answer.mask, open: answer.open, only: answer.only };
  }

  /** What a name says counts only where the function does something. */
  #named(targets: readonly FunctionNode[], bits: number): number {
    return targets.some((target) => target.summary.protection?.constant === true || target.summary.abstract === true) ? 0 : bits;
  }

  /** Several functions may run: only what each of them asks is asked. */
  #together(targets: readonly FunctionNode[], aspect: Aspect): Judged {
    let mask = -1;
    let open = 0;
    let only = 0;
    for (const target of targets) {
      const answer = this.#answers.get(answerKey(target, aspect)) ?? NOTHING;
      mask &= answer.mask;
      open |= answer.open;
      only |= answer.only;
    }
    return { mask: mask & ALL, open, only };
  }

  #asked(node: FunctionNode, gate: Gate): readonly FunctionNode[] {
    if (gate.ask === undefined) { return []; }
    let known = this.#targets.get(gate);
    if (known === undefined) {
      const read = gate.use === 'flag' ? this.#resolver.read(node, gate.ask) : this.#resolver.called(node, gate.ask);
      known = read.map((one) => this.#resolver.function(one.path, one.summary.qualifiedName) ?? one);
      this.#targets.set(gate, known);
    }
    return known;
  }

  // ------------------------------------------------------------------------- answers

  /** Works out the answers some gates hang on: from nothing upwards, so that functions that ask each other come to an end. */
  #settle(node: FunctionNode, gates: readonly Gate[]): void {
    const wanted = new Map<string, { readonly node: FunctionNode; readonly aspect: Aspect }>();
    const pending: { readonly node: FunctionNode; readonly gate: Gate }[] = gates.map((gate) => ({ node, gate }));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.gate.use === undefined || next.gate.use === 'varies') { continue; }
      const aspect = aspectOf(next.gate.use);
      for (const target of this.#asked(next.node, next.gate)) {
        const key = answerKey(target, aspect);
        if (wanted.has(key) || this.#answers.has(key)) { continue; }
        wanted.set(key, { node: target, aspect });
        for (const index of indexesOf(target.summary.protection, aspect)) { pending.push({ node: target, gate: target.summary.protection!.gates[index]! }); }
      }
    }
    if (wanted.size === 0) { return; }
    for (let round = 0, changed = true; changed && round < MAX_ROUNDS; round++) {
      changed = false;
      for (const [key, { node: target, aspect }] of wanted) {
        const before = this.#answers.get(key) ?? NOTHING;
        const after = plus(before, this.#answer(target, aspect));
        if (round === 0 || after.mask !== before.mask || after.open !== before.open || after.only !== before.only) { changed = true; }
        this.#answers.set(key, after);
      }
    }
  }

  #answer(node: FunctionNode, aspect: Aspect): Judged {
    const facts = node.summary.protection;
    if (facts === undefined) { return { mask: answersByName(node, aspect), open: 0, only: 0 }; }
    if (facts.constant === true && aspect !== 'stops' && aspect !== 'wraps') { return NOTHING; }
    return plus({ mask: answersByName(node, aspect), open: 0, only: 0 }, this.#union(node, facts, indexesOf(facts, aspect)));
  }
}

const ALL = (1 << PROTECTION_KINDS.length) - 1;

function plus(a: Judged, b: Judged): Judged {
  return b.mask === 0 && b.open === 0 && b.only === 0 ? a : { mask: a.mask | b.mask, open: a.open | b.open, only: a.only | b.only };
}

function answerKey(node: FunctionNode, aspect: Aspect): string {
  return `${nodeKey(node.path, node.summary.qualifiedName)}|${aspect}`;
}

function aspectOf(use: NonNullable<Gate['use']>): Aspect {
  switch (use) {
    case 'true': return 'truthy';
    case 'false': return 'falsy';
    case 'returns': return 'stops';
    case 'value': return 'caps';
    default: return 'any';
  }
}

function indexesOf(facts: ProtectionFacts | undefined, aspect: Aspect): readonly number[] {
  if (facts === undefined) { return []; }
  if (aspect === 'any') { return [...new Set([...(facts.truthy ?? []), ...(facts.falsy ?? [])])]; }
  return facts[aspect] ?? [];
}

/** A function whose answer is no constant does what its name says: `is_news_time()`, `drawdown_ok()`. */
function answersByName(node: FunctionNode, aspect: Aspect): number {
  if (aspect !== 'truthy' && aspect !== 'falsy' && aspect !== 'any') { return 0; }
  if (node.summary.abstract === true || node.summary.protection?.constant === true) { return 0; }
  const words = new Set(wordsOf(node.summary.name));
  const lets = letsTrade(words);
  if ((aspect === 'truthy' && lets === false) || (aspect === 'falsy' && lets === true)) { return 0; }
  return bitsOf(kindsNamed(words, 'function'));
}

function bitsOf(kinds: readonly ProtectionKind[] | undefined): number {
  let bits = 0;
  for (const kind of kinds ?? []) { bits |= 1 << PROTECTION_KINDS.indexOf(kind); }
  return bits;
}

function kindsOf(mask: number): readonly ProtectionKind[] {
  return PROTECTION_KINDS.filter((_kind, i) => (mask & (1 << i)) !== 0);
}
