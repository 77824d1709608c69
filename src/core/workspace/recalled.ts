/** A summary that was written down, parsed when somebody asks for more than its path. */
import type { PendingFinding, Suppression } from '../rules/pending.ts';
import type { Language } from '../source/model.ts';
import type { ClassSummary, FileSummary, FunctionSummary, ImportSummary, Ref } from '../source/link/summary.ts';

/** Most files of a project have no findings, and where no finding hangs on other files nobody asks for the rest. */
export class RecalledSummary implements FileSummary {
  readonly path: string;
  readonly #quiet: boolean;
  readonly #read: () => FileSummary;
  #summary: FileSummary | undefined;

  /** @param quiet it has neither findings nor suppressions. */
  constructor(path: string, quiet: boolean, read: () => FileSummary) {
    this.path = path;
    this.#quiet = quiet;
    this.#read = read;
  }

  get findings(): readonly PendingFinding[] { return this.#quiet ? [] : this.#whole().findings; }
  get suppressions(): readonly Suppression[] { return this.#quiet ? [] : this.#whole().suppressions; }
  get language(): Language { return this.#whole().language; }
  get interfaceHash(): string { return this.#whole().interfaceHash; }
  get classes(): readonly ClassSummary[] { return this.#whole().classes; }
  get functions(): readonly FunctionSummary[] { return this.#whole().functions; }
  get imports(): readonly ImportSummary[] { return this.#whole().imports; }
  get variables(): Readonly<Record<string, Ref>> { return this.#whole().variables; }
  get roles(): readonly string[] { return this.#whole().roles; }
  // `undefined` where there is none: the contract's property is absent then, and nobody tells the two apart.
  get exports(): readonly string[] { return this.#whole().exports as readonly string[]; }

  #whole(): FileSummary {
    this.#summary ??= this.#read();
    return this.#summary;
  }
}
