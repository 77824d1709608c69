/** The class that has everything a Protocol asks for: Python takes it for one without its saying so. */
import type { ClassNode } from './values.ts';

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

  /** The class with every method of a Protocol, whatever it derives from; none where several have: which one runs nobody can tell. */
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
    const answer = found.length > 1 ? [] : found;
    this.#known.set(protocol.key, answer);
    return answer;
  }
}
