/** Who calls whom in a file, and what somebody outside of it enters: handlers, callbacks, the module's own code. */
import type { Call, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import { namesExit } from '../../../core/source/protections/exits.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';

/** A call of a function of the file. */
export interface Caller {
  readonly call: Call;
  readonly site: Site;
}

/** Methods by which a framework or a person starts a program. */
const STARTS = /^(?:on_?[A-Z_]\w{0,60}|On[A-Z]\w{0,60}|start|init|deinit|main|run|next|loop|tick|__main__|handler|execute_strategy|run_strategy|trading_loop|run_forever|__call__)$/;
const MAX_DEPTH = 40;

/** The calls inside one file. */
export class Flow {
  readonly #model: SourceModel;
  readonly #byName = new Map<string, FunctionModel[]>();
  readonly #callers = new Map<FunctionModel, Caller[]>();
  readonly #handed = new Set<FunctionModel>();

  constructor(model: SourceModel) {
    this.#model = model;
    for (const fn of model.functions) { if (fn.name !== '') { listIn(this.#byName, fn.name).push(fn); } }
    if (this.#byName.size === 0) { return; }
    for (const { node, site } of indexOf(model).calls) {
      for (const target of this.#byName.get(lastName(node.callee) ?? '') ?? []) { listIn(this.#callers, target).push({ call: node, site }); }
      for (const { value } of node.args) {
        if (value.kind !== 'name' && value.kind !== 'member') { continue; }
        for (const target of this.#byName.get(lastName(value) ?? '') ?? []) { this.#handed.add(target); }
      }
    }
  }

  /** Functions of the file with that name. */
  named(name: string): readonly FunctionModel[] {
    return this.#byName.get(name) ?? [];
  }

  callersOf(fn: FunctionModel): readonly Caller[] {
    return this.#callers.get(fn) ?? [];
  }

  /** Is a function entered from outside: by a framework, an event, a person? */
  isRoot(fn: FunctionModel): boolean {
    if (fn.name === '' || fn.decorators.length > 0 || this.#handed.has(fn)) { return true; }
    if (this.#isProgram) { return fn.class === undefined && fn.ownerName === undefined && TERMINAL.test(fn.name); }
    if (STARTS.test(fn.name)) { return true; }
    const cls = fn.class === undefined ? undefined : this.#model.classes[fn.class];
    return cls !== undefined && frameworkOf(this.#model, cls)?.handlers.has(fn.name) === true;
  }

  /**
   * Does a way lead from the module's own code, or from a root, to a function? Calls that stand in functions which close are no such way.
   */
  isReached(fn: FunctionModel | undefined): boolean {
    const seen = new Set<FunctionModel | undefined>([fn]);
    for (const one of seen) {
      if (one === undefined || this.isRoot(one)) { return true; }
      if (seen.size > MAX_DEPTH) { return true; }
      const outer = one.outer === undefined ? undefined : this.#model.functions[one.outer];
      if (outer !== undefined) { seen.add(outer); }
      for (const { site } of this.callersOf(one)) { if (site.function === undefined || !namesExit(site.function.name)) { seen.add(site.function); } }
    }
    return false;
  }

  /** An expert, an indicator or a script of MetaTrader: nothing but the terminal and itself calls its functions. */
  get #isProgram(): boolean {
    return /\.mq[45]$/i.test(this.#model.path);
  }
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let known = lists.get(key);
  if (known === undefined) {
    known = [];
    lists.set(key, known);
  }
  return known;
}

const TERMINAL = /^(?:On[A-Z]\w*|start|init|deinit)$/;
const flows = new ModelFact<Flow>();

/** The flow of a file; worked out once. */
export function flowOf(model: SourceModel): Flow {
  let flow = flows.get(model);
  if (flow === undefined) {
    flow = new Flow(model);
    flows.set(model, flow);
  }
  return flow;
}
