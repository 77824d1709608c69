/** MQL5's methods that stand in another file than their class, and functions that share a name. */
import { overloadsFor } from './kinds.ts';
import type { FileSummary } from './summary.ts';
import type { Units } from './units.ts';
import type { ClassNode, FileIndex, FunctionNode } from './values.ts';

/** Methods defined outside of their class's file: `void CRisk::Check() {}`. */
export class Elsewhere {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #units: Units;
  readonly #function: (path: string, qualifiedName: string) => FunctionNode | undefined;
  /** `Class.method` → where it is defined. */
  #known: Map<string, FunctionNode[]> | undefined;

  constructor(files: ReadonlyMap<string, FileSummary>, units: Units, functionAt: (path: string, qualifiedName: string) => FunctionNode | undefined) {
    this.#files = files;
    this.#units = units;
    this.#function = functionAt;
  }

  forget(): void {
    this.#known = undefined;
  }

  /** The definition of a method that its class's file sees; `belongs` tells whether it is of this very class. */
  find(cls: ClassNode, name: string, belongs: (node: FunctionNode) => boolean): FunctionNode | undefined {
    if (this.#files.get(cls.path)?.language !== 'mql5') { return undefined; }
    this.#known ??= this.#collect();
    const known = this.#known.get(`${cls.summary.qualifiedName}.${name}`);
    if (known === undefined) { return undefined; }
    const seen = this.#units.seen(cls.path);
    return known.find((node) => seen.includes(node.path) && belongs(node));
  }

  #collect(): Map<string, FunctionNode[]> {
    const known = new Map<string, FunctionNode[]>();
    for (const [path, file] of this.#files) {
      if (file.language !== 'mql5') { continue; }
      for (const fn of file.functions) {
        const node = fn.of === undefined ? undefined : this.#function(path, fn.qualifiedName);
        if (node === undefined) { continue; }
        const key = `${fn.of}.${fn.name}`;
        const list = known.get(key);
        if (list === undefined) { known.set(key, [node]); } else { list.push(node); }
      }
    }
    return known;
  }
}

/** The function that a call means of those of a file that share a name. */
export function overloads(node: FunctionNode, args: string, file: FileIndex | undefined): readonly FunctionNode[] {
  const { summary } = node;
  if (summary.takes === undefined) { return [node]; }
  const same = [...file?.functions.values() ?? []].flatMap((one) => (
    one.summary.takes !== undefined && one.summary.name === summary.name && one.summary.class === summary.class && one.summary.of === summary.of
      ? [{ takes: one.summary.takes, node: one }] : []));
  return overloadsFor(same, args).map((one) => one.node);
}
