/** Who calls whom in a file, by name: enough to ask what a handler comes to. */
import type { Call, Expr, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';

/** A function of the file; undefined is the module's own code. */
export type Caller = FunctionModel | undefined;

/** A function that is handed to a call: `ws.on('message', onMessage)`. */
export interface Handed {
  readonly function: FunctionModel;
  readonly to: Call;
}

const NOBODY: ReadonlySet<Caller> = new Set();
const NO_FUNCTIONS: readonly FunctionModel[] = [];
const remembered = new ModelFact<CallGraph>();

/** The graph of a file; made once per model and gone with it. */
export function graphOf(model: SourceModel): CallGraph {
  let graph = remembered.get(model);
  if (graph === undefined) {
    graph = new CallGraph(model);
    remembered.set(model, graph);
  }
  return graph;
}

/** Calls between the functions of a file. A function defined in another one counts as called by it. */
export class CallGraph {
  readonly handed: readonly Handed[];
  readonly #model: SourceModel;
  readonly #byName = new Map<string, FunctionModel[]>();
  readonly #calls = new Map<Caller, Set<Caller>>();
  readonly #callers = new Map<Caller, Set<Caller>>();

  constructor(model: SourceModel) {
    this.#model = model;
    for (const fn of model.functions) {
      if (fn.name === '') { continue; }
      const list = this.#byName.get(fn.name);
      if (list === undefined) { this.#byName.set(fn.name, [fn]); } else { list.push(fn); }
    }
    for (const fn of model.functions) { if (fn.outer !== undefined) { this.#edge(model.functions[fn.outer], fn); } }
    const handed: Handed[] = [];
    for (const { node, site } of indexOf(model).calls) {
      for (const target of this.called(node)) { this.#edge(site.function, target); }
      for (const { value } of node.args) {
        for (const target of this.functionsOf(value)) {
          handed.push({ function: target, to: node });
          this.#edge(site.function, target);
        }
      }
    }
    this.handed = handed;
  }

  #edge(from: Caller, to: Caller): void {
    const calls = this.#calls.get(from);
    if (calls === undefined) { this.#calls.set(from, new Set([to])); } else { calls.add(to); }
    const callers = this.#callers.get(to);
    if (callers === undefined) { this.#callers.set(to, new Set([from])); } else { callers.add(from); }
  }

  /** Functions of this file a call may mean. A class that is made runs its constructor, which is none of interest. */
  called(call: Call): readonly FunctionModel[] {
    const name = lastName(call.callee);
    return name === undefined ? NO_FUNCTIONS : this.#byName.get(name) ?? NO_FUNCTIONS;
  }

  /** Functions an expression stands for: a name, a member, a lambda, `this.step.bind(this)`. */
  functionsOf(value: Expr): readonly FunctionModel[] {
    if (value.kind === 'lambda') { const fn = this.#model.functions[value.function]; return fn === undefined ? NO_FUNCTIONS : [fn]; }
    if (value.kind === 'call' && lastName(value.callee) === 'bind' && value.callee.kind === 'member') { return this.functionsOf(value.callee.object); }
    return value.kind === 'name' || value.kind === 'member' ? this.#byName.get(lastName(value) ?? '') ?? NO_FUNCTIONS : NO_FUNCTIONS;
  }

  callersOf(fn: Caller): ReadonlySet<Caller> {
    return this.#callers.get(fn) ?? NOBODY;
  }

  /** Everything these come to, themselves included. */
  below(starts: Iterable<Caller>): ReadonlySet<Caller> {
    return closure(starts, this.#calls);
  }

  /** Everything that comes to one of these, themselves included. */
  above(starts: Iterable<Caller>): ReadonlySet<Caller> {
    return closure(starts, this.#callers);
  }
}

function closure(starts: Iterable<Caller>, edges: ReadonlyMap<Caller, ReadonlySet<Caller>>): ReadonlySet<Caller> {
  const found = new Set<Caller>(starts);
  for (const one of found) { for (const next of edges.get(one) ?? NOBODY) { found.add(next); } }
  return found;
}
