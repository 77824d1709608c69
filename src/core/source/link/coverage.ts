/**
 * Guard coverage: for every order site of the project, which protections stand before it, on every way in.
 *
 * A way is a handler and what it has been asked on the route from there to the site; two routes that ask the same are
 * one way. A site is guarded where every way is. Made from summaries, on request; a check without `--coverage` pays nothing.
 */
import type { Range } from '../../findings/finding.ts';
import type { EntryClass } from '../model.ts';
import { namesExit } from '../protections/exits.ts';
import { PROTECTION_KINDS, type ProtectionKind } from '../protections/kinds.ts';
import type { Entry } from './entries.ts';
import { GateJudge, type Proof } from './gate-judge.ts';
import type { CallGraph } from './reach.ts';
import { nameOf } from './reach.ts';
import type { Resolver } from './resolve.ts';
import type { FileSummary } from './summary.ts';
import type { FunctionNode } from './values.ts';

export type { Proof } from './gate-judge.ts';

/** A handler, and what is asked between it and the order. */
export interface CoverageWay {
  readonly entry: EntryClass;
  /** `on_bar`; the module's own code is `module`. */
  readonly handler: string;
  readonly kinds: readonly ProtectionKind[];
  /** Kinds whose check could not be followed. */
  readonly unresolved: readonly ProtectionKind[];
  /** Kinds that stand only when a switch is on that is not on by default. */
  readonly conditional: readonly ProtectionKind[];
  /** Calls from the handler to the site, and the site. */
  readonly steps: readonly CoveragePlace[];
  readonly proofs: readonly Proof[];
}

export interface CoveragePlace {
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

/** `guarded`: on every way; `some`: on some; `unresolved`: a check stands there that cannot be followed; `conditional`: one hangs on a switch that is not on by default. */
export type CoverageState = 'guarded' | 'some' | 'unresolved' | 'conditional' | 'missing';

export interface SiteCoverage {
  readonly file: string;
  readonly range: Range;
  /** `submit_order`. */
  readonly name: string;
  /** Qualified name of the function; empty in the module's own code. */
  readonly symbol: string;
  /** Of dead code the one from its own function, with the entry `none`. */
  readonly ways: readonly CoverageWay[];
  readonly states: Readonly<Record<ProtectionKind, CoverageState>>;
}

export interface ProjectCoverage {
  /** Reached from a handler, by file and place. */
  readonly sites: readonly SiteCoverage[];
  /** No handler and no start of a program reaches these. */
  readonly unreached: readonly SiteCoverage[];
  /** Order sites in vendored and archived files. */
  readonly outside: number;
  /** A search met its bound: there may be more ways. */
  readonly truncated: boolean;
}

export interface CoverageInput {
  readonly files: ReadonlyMap<string, FileSummary>;
  readonly resolver: Resolver;
  readonly graph: CallGraph;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  isCode(path: string): boolean;
}

/** A call on the way: from whom, by which of its calls. */
interface Incoming {
  readonly from: FunctionNode;
  readonly call: number;
}

/** A way under construction, from the site backwards. */
interface Route {
  readonly at: FunctionNode;
  readonly mask: number;
  readonly open: number;
  readonly only: number;
  readonly next: Route | undefined;
  /** The call of `at` by which `next` is reached. */
  readonly call: number | undefined;
  readonly length: number;
}

/** Most routes that are followed from one site. */
const MAX_ROUTES = 4_000;
const MAX_LENGTH = 40;
const ENTRY_CLASSES: readonly EntryClass[] = ['tick', 'bar', 'message', 'timer', 'order', 'ui', 'init'];

/** Works out the coverage of a project. */
export function coverageOf(input: CoverageInput): ProjectCoverage {
  return new Coverage(input).all();
}

class Coverage {
  readonly #input: CoverageInput;
  readonly #judge: GateJudge;
  readonly #incoming = new Map<string, Incoming[]>();
  readonly #entries = new Map<string, EntryClass[]>();
  readonly #sending = new Set<string>();
  #truncated = false;

  constructor(input: CoverageInput) {
    this.#input = input;
    this.#judge = new GateJudge(input.files, input.resolver);
  }

  all(): ProjectCoverage {
    this.#findEntries();
    const holders = this.#holders();
    for (const node of holders.keys()) { this.#sending.add(node.key); }
    this.#followCalls();
    this.#spreadSending();
    const sites: SiteCoverage[] = [];
    const unreached: SiteCoverage[] = [];
    let outside = 0;
    for (const [node] of holders) {
      const isCode = this.#input.isCode(node.path);
      (node.summary.protection?.sites ?? []).forEach((_site, index) => {
        if (!isCode) { outside++; return; }
        const site = this.#site(node, index);
        if (site === undefined || site.ways.length === 0) { return; }
        if (site.ways.some((way) => way.entry !== 'none')) { sites.push(site); } else { unreached.push(site); }
      });
    }
    return { sites: sites.sort(byPlace), unreached: unreached.sort(byPlace), outside, truncated: this.#truncated };
  }

  // ------------------------------------------------------------------------- the graph

  #findEntries(): void {
    const add = (node: FunctionNode, entry: EntryClass): void => {
      const known = this.#entries.get(node.key);
      if (known === undefined) { this.#entries.set(node.key, [entry]); } else if (!known.includes(entry)) { known.push(entry); }
    };
    for (const list of this.#input.entries.values()) { for (const { function: node, entry } of list) { add(node, entry); } }
    for (const path of [...this.#input.files.keys()].sort()) {
      if (!this.#input.isCode(path)) { continue; }
      for (const fn of this.#input.files.get(path)?.functions ?? []) {
        const node = this.#input.resolver.function(path, fn.qualifiedName);
        if (node === undefined) { continue; }
        // A program's own code runs when it is started, a route when somebody sends a message.
        if (fn.qualifiedName === '') { add(node, 'init'); }
        if (fn.protection?.route === true) { add(node, 'message'); }
        for (const ref of fn.protection?.routes ?? []) { for (const handler of this.#input.resolver.called(node, ref)) { add(handler, 'message'); } }
      }
    }
    for (const list of this.#entries.values()) { list.sort((a, b) => ENTRY_CLASSES.indexOf(a) - ENTRY_CLASSES.indexOf(b)); }
  }

  /** Functions with order sites. */
  #holders(): ReadonlyMap<FunctionNode, true> {
    const holders = new Map<FunctionNode, true>();
    for (const [path, file] of [...this.#input.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const fn of file.functions) {
        const node = fn.protection?.sites === undefined ? undefined : this.#input.resolver.function(path, fn.qualifiedName);
        if (node !== undefined) { holders.set(node, true); }
      }
    }
    return holders;
  }

  /** Who calls whom, of all code that an entry reaches. */
  #followCalls(): void {
    const { resolver, graph } = this.#input;
    const seen = new Set<string>();
    const queue: FunctionNode[] = [];
    const enter = (key: string, path: string, name: string): void => {
      if (seen.has(key)) { return; }
      seen.add(key);
      const node = resolver.function(path, name);
      if (node !== undefined) { queue.push(node); }
    };
    for (const key of [...this.#entries.keys()].sort()) {
      const [path, name] = splitKey(key);
      enter(key, path, name);
    }
    for (let next = 0; next < queue.length; next++) {
      const node = queue[next]!;
      for (const { function: target, call } of graph.targets(node)) {
        if (!this.#input.isCode(target.path)) { continue; }
        const list = this.#incoming.get(target.key);
        if (list === undefined) { this.#incoming.set(target.key, [{ from: node, call }]); } else { list.push({ from: node, call }); }
        enter(target.key, target.path, target.summary.qualifiedName);
      }
    }
  }

  /** Functions from which an order site is reached: a call of one is a step to that site, not a site of its own. */
  #spreadSending(): void {
    const queue = [...this.#sending];
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      for (const { from } of this.#incoming.get(key) ?? []) {
        if (this.#sending.has(from.key)) { continue; }
        this.#sending.add(from.key);
        queue.push(from.key);
      }
    }
  }

  // ------------------------------------------------------------------------- one site

  /** The coverage of a site; undefined where it is a call of a function of the project that sends the order itself. */
  #site(node: FunctionNode, index: number): SiteCoverage | undefined {
    const site = node.summary.protection!.sites![index]!;
    if (site.call !== undefined && this.#input.graph.targets(node).some((target) => target.call === site.call && this.#sending.has(target.function.key))) { return undefined; }
    const ways = this.#ways(node, site.under ?? [], { file: node.path, range: site.range, text: site.name });
    return { file: node.path, range: site.range, name: site.name, symbol: node.summary.qualifiedName, ways, states: statesOf(ways) };
  }

  #ways(node: FunctionNode, under: readonly number[], place: CoveragePlace): readonly CoverageWay[] {
    const start = this.#judge.gates(node, under);
    const around = this.#judge.wrapped(node);
    const queue: Route[] = [{ at: node, mask: start.mask | around.mask, open: start.open | around.open, only: start.only | around.only, next: undefined, call: undefined, length: 0 }];
    const seen = new Set<string>([routeKey(queue[0]!)]);
    const found: CoverageWay[] = [];
    const taken = new Set<string>();
    let exits = false;
    for (let at = 0; at < queue.length; at++) {
      const route = queue[at]!;
      // A handler of quotes may come as a tick and as a message: it is one way in.
      const [entry] = this.#entries.get(route.at.key) ?? [];
      const way = `${route.at.key}|${route.mask}|${route.open & ~route.mask}|${route.only & ~route.mask}`;
      if (entry !== undefined && !taken.has(way)) {
        taken.add(way);
        found.push(this.#way(route, entry, node, under, place));
      }
      if (queue.length > MAX_ROUTES || route.length >= MAX_LENGTH) { this.#truncated ||= queue.length > MAX_ROUTES; continue; }
      for (const { from, call } of this.#incoming.get(route.at.key) ?? []) {
        if (isOn(route, from)) { continue; }
        // What closes positions may send its order whatever is asked elsewhere.
        if (namesExit(from.summary.name)) { exits = true; continue; }
        const step = this.#judge.gates(from, from.summary.calls[call]?.under ?? []);
        const outer = this.#judge.wrapped(from);
        const longer: Route = { at: from, mask: route.mask | step.mask | outer.mask, open: route.open | step.open | outer.open, only: route.only | step.only | outer.only, next: route, call, length: route.length + 1 };
        const key = routeKey(longer);
        if (!seen.has(key)) { seen.add(key); queue.push(longer); }
      }
    }
    // What stands in the function itself is told of dead code, too; not of what only exits call.
    if (found.length === 0 && !exits) { found.push(this.#way(queue[0]!, 'none', node, under, place)); }
    return found.sort((a, b) => (a.handler < b.handler ? -1 : a.handler > b.handler ? 1 : a.kinds.length - b.kinds.length));
  }

  #way(route: Route, entry: EntryClass, node: FunctionNode, under: readonly number[], place: CoveragePlace): CoverageWay {
    const steps: CoveragePlace[] = [];
    const proofs: Proof[] = [];
    for (let at: Route | undefined = route; at !== undefined; at = at.next) {
      const { call, next } = at;
      proofs.push(...this.#judge.wrapProofs(at.at));
      if (call === undefined || next === undefined) { continue; }
      const edge = at.at.summary.calls[call];
      if (edge === undefined) { continue; }
      steps.push({ file: at.at.path, range: edge.range, text: `${nameOf(at.at)} calls ${nameOf(next.at, at.at)}` });
      proofs.push(...this.#judge.proofs(at.at, edge.under ?? []));
    }
    proofs.push(...this.#judge.proofs(node, under));
    return {
      entry, handler: nameOf(route.at), kinds: kindsOf(route.mask), unresolved: kindsOf(route.open & ~route.mask), conditional: kindsOf(route.only & ~route.mask), steps: [...steps, place], proofs,
    };
  }
}

function routeKey(route: Route): string {
  return `${route.at.key}|${route.mask}|${route.open}|${route.only}`;
}

function isOn(route: Route, node: FunctionNode): boolean {
  for (let at: Route | undefined = route; at !== undefined; at = at.next) { if (at.at.key === node.key) { return true; } }
  return false;
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf('\n');
  return [key.slice(0, at), key.slice(at + 1)];
}

function kindsOf(mask: number): readonly ProtectionKind[] {
  return PROTECTION_KINDS.filter((_kind, i) => (mask & (1 << i)) !== 0);
}

function statesOf(ways: readonly CoverageWay[]): Readonly<Record<ProtectionKind, CoverageState>> {
  const entries = PROTECTION_KINDS.map((kind): [ProtectionKind, CoverageState] => {
    const count = ways.filter((way) => way.kinds.includes(kind)).length;
    if (ways.length > 0 && count === ways.length) { return [kind, 'guarded']; }
    if (count > 0) { return [kind, 'some']; }
    if (ways.some((way) => way.unresolved.includes(kind))) { return [kind, 'unresolved']; }
    return [kind, ways.some((way) => way.conditional.includes(kind)) ? 'conditional' : 'missing'];
  });
  return Object.fromEntries(entries) as Record<ProtectionKind, CoverageState>;
}

function byPlace(a: SiteCoverage, b: SiteCoverage): number {
  if (a.file !== b.file) { return a.file < b.file ? -1 : 1; }
  return a.range.line - b.range.line || a.range.column - b.range.column;
}
