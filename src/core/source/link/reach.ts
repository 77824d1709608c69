/** What handlers reach: a breadth-first search over the calls of all files, bounded, each function entered once. */
import type { Within } from '../../rules/condition.ts';
import { isScript, languageOf } from '../languages.ts';
import type { Resolver } from './resolve.ts';
import type { CallEdge } from './summary.ts';
import type { FunctionNode } from './values.ts';

/** Most call edges one question may follow; beyond it the question is left undecided. */
export const MAX_EDGES = 50_000;

/**
 * How a function is reached: from whom, by which of its calls. A handler has neither. Calls are kept by position, not as
 * they stand: lines may move while the interface of a file stays.
 */
export interface Step {
  readonly function: FunctionNode;
  readonly handler: FunctionNode;
  readonly previous?: Step;
  /** Position in the calls of `previous`. */
  readonly call?: number;
  readonly length: number;
}

export interface Reach {
  readonly steps: ReadonlyMap<string, Step>;
  /** Files whose calls were followed: the answer holds while none of them changes. */
  readonly files: ReadonlySet<string>;
  /** A handler met the bound: what is missing is undecided, not unreachable. */
  readonly truncated: boolean;
}

/** A call that leads somewhere in the project. */
export interface Target {
  readonly function: FunctionNode;
  /** Position in the caller's calls. */
  readonly call: number;
  readonly guarded: boolean;
  readonly how?: CallEdge['how'];
}

/** Which calls a search follows. */
export interface Following {
  /** Only calls that run on every event. */
  readonly unguarded: boolean;
  readonly within?: Within | undefined;
}

/** Resolved calls of functions, kept until their file or the structure of the project changes. */
export class CallGraph {
  readonly #resolver: Resolver;
  readonly #targets = new Map<string, Map<string, readonly Target[]>>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /** Forgets everything, or what one file's functions call. */
  forget(path?: string): void {
    if (path === undefined) { this.#targets.clear(); } else { this.#targets.delete(path); }
  }

  targets(node: FunctionNode): readonly Target[] {
    let known = this.#targets.get(node.path);
    if (known === undefined) {
      known = new Map();
      this.#targets.set(node.path, known);
    }
    let targets = known.get(node.summary.qualifiedName);
    if (targets === undefined) {
      targets = this.#resolve(node);
      known.set(node.summary.qualifiedName, targets);
    }
    return targets;
  }

  #resolve(node: FunctionNode): readonly Target[] {
    const targets: Target[] = [];
    node.summary.calls.forEach((edge, call) => {
      if (edge.as !== 'call') { return; }
      const functions = edge.read === true ? this.#resolver.read(node, edge.to) : edge.write === true ? this.#resolver.written(node, edge.to) : this.#resolver.called(node, edge.to, edge.args);
      for (const target of functions) { targets.push({ function: target, call, guarded: edge.guards.length > 0, ...(edge.how === undefined ? {} : { how: edge.how }) }); }
    });
    return targets;
  }

  /**
   * Everything the handlers reach by the calls that are followed, each function on the shortest way from the nearest of
   * them. Each handler may follow `limit` edges.
   */
  reach(handlers: readonly FunctionNode[], following: Following, limit = MAX_EDGES): Reach {
    const search: Search = { steps: new Map(), files: new Set(), queue: [], unguarded: following.unguarded };
    const followed = new Map<string, number>();
    let truncated = false;
    for (const handler of handlers) { this.#enter({ function: handler, handler, length: 0 }, search); }
    for (let next = 0; next < search.queue.length; next++) {
      const step = search.queue[next]!;
      search.files.add(step.function.path);
      const targets = this.targets(step.function);
      const count = (followed.get(step.handler.key) ?? 0) + targets.length;
      followed.set(step.handler.key, count);
      if (count > limit) { truncated = true; continue; }
      for (const target of targets) {
        if (!follows(target, following)) { continue; }
        const { function: called, call } = target;
        this.#enter({ function: called, handler: step.handler, previous: step, call, length: step.length + 1 }, search);
      }
    }
    return { steps: search.steps, files: search.files, truncated };
  }

  #enter(step: Step, search: Search): void {
    if (search.steps.has(step.function.key)) { return; }
    const entered = this.#current(step);
    if (entered === undefined) { return; }
    // A throttle put around a function runs on every event; the function itself does not.
    const around = search.unguarded && entered.function.summary.calls.some((edge) => edge.decorator) ? this.#resolver.withholding(entered.function) : [];
    if (around.length === 0) {
      this.#take(entered, search);
      return;
    }
    search.files.add(entered.function.path);
    for (const { function: wrapper, call } of around) {
      this.#take({ function: wrapper, handler: entered.handler, previous: entered, call, length: entered.length + 1 }, search);
    }
  }

  /** Answers kept of other files may still hold a function as an older summary had it. */
  #current(step: Step): Step | undefined {
    const node = this.#resolver.function(step.function.path, step.function.summary.qualifiedName);
    if (node === undefined) { return undefined; }
    return node === step.function ? step : { ...step, function: node };
  }

  #take(step: Step, { steps, queue }: Search): void {
    const { key } = step.function;
    if (steps.has(key)) { return; }
    steps.set(key, step);
    queue.push(step);
  }
}

/** Whether a search takes a call: on every event, on the handler's thread, as part of what it waits for. */
function follows({ guarded, how }: Target, { unguarded, within }: Following): boolean {
  if (unguarded && guarded) { return false; }
  return within === undefined || (within === 'handler' ? how === 'awaited' : how !== 'apart');
}

/** A search under way. */
interface Search {
  readonly steps: Map<string, Step>;
  readonly files: Set<string>;
  readonly queue: Step[];
  readonly unguarded: boolean;
}

/** The steps from the handler to a function, handler first. */
export function pathOf(step: Step): readonly Step[] {
  const path: Step[] = [];
  for (let current: Step | undefined = step; current !== undefined; current = current.previous) { path.push(current); }
  return path.reverse();
}

/**
 * A path as a sentence shows it: `on_quote_tick → RiskManager.check → _note`. A method is named with its class where the
 * class changes. The middle of a long path is left out.
 */
export function pathText(step: Step, longest = 120): string {
  const path = pathOf(step);
  const names = path.map((one, i) => nameOf(one.function, path[i - 1]?.function));
  const whole = names.join(' → ');
  if (whole.length <= longest || names.length <= 2) { return whole; }
  for (let kept = names.length - 2; kept >= 1; kept--) {
    const text = [names[0], '…', ...names.slice(names.length - kept)].join(' → ');
    if (text.length <= longest) { return text; }
  }
  return [names[0], '…', names[names.length - 1]].join(' → ');
}

/** Name of a function as seen from another one. */
export function nameOf(node: FunctionNode, from?: FunctionNode): string {
  const unnamed = isScript(languageOf(node.path)) ? 'callback' : 'lambda';
  const name = node.summary.name === '' ? (node.summary.qualifiedName === '' ? 'module' : unnamed) : node.summary.name;
  const cls = node.summary.class ?? node.summary.of;
  if (cls === undefined || from === undefined || (from.path === node.path && (from.summary.class ?? from.summary.of) === cls)) { return name; }
  return `${cls.slice(cls.lastIndexOf('.') + 1)}.${name}`;
}
