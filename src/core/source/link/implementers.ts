/** Classes that have everything a Protocol asks for: Python takes them for it without their saying so. */
import type { ClassNode } from './values.ts';

/** More of them than that, and the Protocol tells nobody apart. */
const MAX_IMPLEMENTERS = 8;

/** A class whose own bases name `Protocol`. */
export function isProtocol({ summary }: ClassNode): boolean {
  return summary.bases.some((base) => base.path[base.path.length - 1] === 'Protocol');
}

/** Answers for one state of a project. */
export class Implementers {
  readonly #classes: () => Iterable<ClassNode>;
  readonly #ancestors: (cls: ClassNode) => readonly ClassNode[];
  readonly #known = new Map<string, readonly ClassNode[]>();

  constructor(classes: () => Iterable<ClassNode>, ancestors: (cls: ClassNode) => readonly ClassNode[]) {
    this.#classes = classes;
    this.#ancestors = ancestors;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Classes with every method of a Protocol, whatever they derive from; none where there are too many to tell. */
  of(protocol: ClassNode): readonly ClassNode[] {
    const known = this.#known.get(protocol.key);
    if (known !== undefined) { return known; }
    const asked = Object.keys(protocol.summary.methods).filter((name) => !name.startsWith('__'));
    const found: ClassNode[] = [];
    for (const cls of asked.length === 0 ? [] : this.#classes()) {
      if (cls.key === protocol.key || isProtocol(cls)) { continue; }
      const family = this.#ancestors(cls);
      if (asked.every((name) => family.some((one) => Object.hasOwn(one.summary.methods, name) && !isProtocol(one)))) { found.push(cls); }
    }
    const answer = found.length > MAX_IMPLEMENTERS ? [] : found;
    this.#known.set(protocol.key, answer);
    return answer;
  }
}
