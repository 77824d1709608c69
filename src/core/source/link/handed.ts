/** Values that are handed from function to function across files: where they end, and what else is handed there. */
import type { Related } from '../../findings/finding.ts';
import type { FileFact, Give, ParameterAt, Take } from '../../rules/facts.ts';
import { nameOf } from './reach.ts';
import type { Resolver } from './resolve.ts';
import type { FileSummary } from './summary.ts';
import type { FunctionNode } from './values.ts';

type Placed<T extends { readonly kind: string }> = Extract<FileFact, { readonly kind: T['kind'] }>;

/** A use a value comes to, and the function that puts it there. */
interface End {
  readonly take: Placed<Take>;
  readonly at: FunctionNode;
}

/** What is asked of a value that a file hands on; see `Condition`. */
interface Asked {
  readonly topic: string;
  readonly give: number;
  readonly use: string;
  readonly before: readonly string[];
  readonly anyCaller?: true;
}

/** Deepest chain of functions that only hand a value on. */
const MAX_HOPS = 4;
/** Most functions one question looks at. */
const MAX_FUNCTIONS = 60;

/** Answers over one state of a project; asked only where a file hands something on. */
export class HandedValues {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #resolver: Resolver;
  readonly #isCode: (path: string) => boolean;
  /** Last name of what is called → functions with such a call. */
  #callers: ReadonlyMap<string, readonly FunctionNode[]> | undefined;

  constructor(files: ReadonlyMap<string, FileSummary>, resolver: Resolver, isCode: (path: string) => boolean) {
    this.#files = files;
    this.#resolver = resolver;
    this.#isCode = isCode;
  }

  /** The place where a file's value is put to a use; undefined where it is not, is to one of `before`, or where other callers may hand in something else. */
  ends(path: string, { topic, give, use, before, anyCaller }: Asked): Related | undefined {
    const given = this.#gives(path, topic)[give];
    if (given === undefined) { return undefined; }
    const seen = new Map<string, ParameterAt>();
    const ends = this.#follow(path, given, seen, 0);
    const end = ends.find(({ take }) => take.use === use);
    if (end === undefined || ends.some(({ take }) => before.includes(take.use)) || seen.size > MAX_FUNCTIONS) { return undefined; }
    if (anyCaller !== true) { for (const [key, parameter] of seen) { if (!this.#alwaysWanted(key, parameter, topic)) { return undefined; } } }
    const { take, at } = end;
    return { file: at.path, range: take.range, message: `${ownedName(at)} uses it here` };
  }

  #facts<K extends FileFact['kind']>(path: string, topic: string, kind: K): readonly Extract<FileFact, { readonly kind: K }>[] {
    return (this.#files.get(path)?.facts ?? []).filter((fact): fact is Extract<FileFact, { readonly kind: K }> => fact.kind === kind && fact.topic === topic);
  }

  #gives(path: string, topic: string): readonly Placed<Give>[] {
    return this.#facts(path, topic, 'give');
  }

  /** Uses a value comes to; `seen` collects the functions on the way, by key, with the parameter it comes in by. */
  #follow(path: string, give: Placed<Give>, seen: Map<string, ParameterAt>, hops: number): readonly End[] {
    if (hops > MAX_HOPS) { return []; }
    return this.#targets(path, give).flatMap((target): readonly End[] => {
      const takes = this.#facts(target.path, give.topic, 'take').filter((take) => take.function === target.summary.qualifiedName && meets(give.at, take.parameter));
      const onwards = this.#gives(target.path, give.topic).filter((next) => next.function === target.summary.qualifiedName && typeof next.value === 'object' && meets(give.at, next.value));
      const parameter = takes[0]?.parameter ?? (typeof onwards[0]?.value === 'object' ? onwards[0].value : undefined);
      if (parameter === undefined || seen.has(target.key)) { return []; }
      seen.set(target.key, parameter);
      return [...takes.map((take) => ({ take, at: target })), ...onwards.flatMap((next) => this.#follow(target.path, next, seen, hops + 1))];
    });
  }

  #targets(path: string, give: Placed<Give>): readonly FunctionNode[] {
    const from = this.#resolver.function(path, give.function) ?? this.#module(path, give.function);
    return from === undefined ? [] : this.#resolver.called(from, give.to, give.args).filter((node) => this.#isCode(node.path));
  }

  /** Top-level code that calls nothing else of the project has no function of its own in the summary. */
  #module(path: string, name: string): FunctionNode | undefined {
    if (name !== '') { return undefined; }
    return { path, key: `${path}\n`, summary: { name: '', qualifiedName: '', entry: 'none', property: false, calls: [] } };
  }

  /** Does every caller that is known hand in what is looked for, or something beside the point? */
  #alwaysWanted(key: string, parameter: ParameterAt, topic: string): boolean {
    const target = this.#resolver.function(key.slice(0, key.indexOf('\n')), key.slice(key.indexOf('\n') + 1));
    if (target === undefined) { return false; }
    const name = calledAs(target);
    for (const caller of this.#callersOf(name)) {
      const hands = this.#gives(caller.path, topic).filter((give) => give.function === caller.summary.qualifiedName && meets(give.at, parameter));
      const here = hands.filter((give) => this.#targets(caller.path, give).some((node) => node.key === target.key));
      if (here.some((give) => give.value === 'other')) { return false; }
      if (here.length > 0) { continue; }
      const calls = caller.summary.calls.filter((edge) => edge.as === 'call' && edge.to.path[edge.to.path.length - 1] === name);
      if (calls.some((edge) => this.#resolver.called(caller, edge.to, edge.args).some((node) => node.key === target.key))) { return false; }
    }
    // A call nobody can follow may be one of this function.
    return ![...this.#files.keys()].some((path) => this.#isCode(path) && this.#gives(path, topic).some((give) => (
      give.value === 'other' && give.to.path[give.to.path.length - 1] === name && meets(give.at, parameter) && this.#targets(path, give).length === 0)));
  }

  #callersOf(name: string): readonly FunctionNode[] {
    if (this.#callers === undefined) {
      const callers = new Map<string, FunctionNode[]>();
      for (const [path, file] of this.#files) {
        if (!this.#isCode(path)) { continue; }
        for (const fn of file.functions) {
          const node = this.#resolver.function(path, fn.qualifiedName);
          if (node === undefined) { continue; }
          for (const last of new Set(fn.calls.flatMap(({ to }) => to.path[to.path.length - 1] ?? []))) {
            const list = callers.get(last);
            if (list === undefined) { callers.set(last, [node]); } else { list.push(node); }
          }
        }
      }
      this.#callers = callers;
    }
    return this.#callers.get(name) ?? [];
  }
}

function meets(at: number | string, parameter: ParameterAt): boolean {
  return typeof at === 'number' ? at === parameter.at : at === parameter.name;
}

/** The name by which a call asks for a function: a constructor goes by its class. */
function calledAs({ summary }: FunctionNode): string {
  const constructor = summary.name === '__init__' || summary.name === 'constructor';
  return constructor && summary.class !== undefined ? summary.class.slice(summary.class.lastIndexOf('.') + 1) : summary.name;
}

/** `DrawdownTracker.update`. */
function ownedName(node: FunctionNode): string {
  const cls = node.summary.class ?? node.summary.of;
  return cls === undefined ? nameOf(node) : `${cls.slice(cls.lastIndexOf('.') + 1)}.${nameOf(node)}`;
}
