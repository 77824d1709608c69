/** A summary that was written down, parsed when somebody asks for more than its path. */
import type { FileFact } from '../rules/facts.ts';
import type { PendingFinding, Suppression } from '../rules/pending.ts';
import { languageOf } from '../source/languages.ts';
import type { Language } from '../source/model.ts';
import type { SettingsSummary } from '../source/settings/facts.ts';
import type { Ref } from '../source/link/ref.ts';
import type { ClassSummary, FileSummary, FunctionSummary, ImportSummary, ModuleAliases } from '../source/link/summary.ts';

/** What is known of a written summary, and how to read it. */
export interface Written {
  /** Whether there is anything of a kind; `findings` stands for suppressions as well, `calm` and `plain` are as in `FileSummary`. */
  has(what: 'findings' | 'calm' | 'plain' | 'roles' | 'settings' | 'aliases' | 'sets' | 'facts'): boolean;
  head(): Omit<FileSummary, 'functions'>;
  functions(): readonly FunctionSummary[];
}

/** Most files of a project have no findings; what no finding hangs on is never parsed. */
export class RecalledSummary implements Required<FileSummary> {
  readonly path: string;
  readonly calm: boolean;
  readonly plain: boolean;
  readonly #written: Written;
  #language: Language | undefined;
  #head: Omit<FileSummary, 'functions'> | undefined;
  #functions: readonly FunctionSummary[] | undefined;

  constructor(path: string, written: Written) {
    this.path = path;
    this.calm = written.has('calm');
    this.plain = written.has('plain');
    this.#written = written;
  }

  get findings(): readonly PendingFinding[] { return this.#written.has('findings') ? this.#read().findings : []; }
  get suppressions(): readonly Suppression[] { return this.#written.has('findings') ? this.#read().suppressions : []; }
  get language(): Language { return this.#language ??= languageOf(this.path); }
  get classes(): readonly ClassSummary[] { return this.#read().classes; }
  get imports(): readonly ImportSummary[] { return this.#read().imports; }
  get variables(): Readonly<Record<string, Ref>> { return this.#read().variables; }
  get roles(): readonly string[] { return this.#written.has('roles') ? this.#read().roles : []; }
  // `undefined` where there is none: the contract's property is absent then, and nobody tells the two apart.
  get exports(): readonly string[] { return this.#read().exports as readonly string[]; }
  get settings(): SettingsSummary { return this.#optional('settings')?.settings as SettingsSummary; }
  get sets(): readonly string[] { return this.#optional('sets')?.sets as readonly string[]; }
  get facts(): readonly FileFact[] { return this.#optional('facts')?.facts as readonly FileFact[]; }
  get aliases(): ModuleAliases { return this.#optional('aliases')?.aliases as ModuleAliases; }

  get functions(): readonly FunctionSummary[] {
    this.#functions ??= this.#written.functions();
    return this.#functions;
  }

  #optional(what: 'settings' | 'sets' | 'facts' | 'aliases'): Omit<FileSummary, 'functions'> | undefined {
    return this.#written.has(what) ? this.#read() : undefined;
  }

  #read(): Omit<FileSummary, 'functions'> {
    this.#head ??= this.#written.head();
    return this.#head;
  }
}
