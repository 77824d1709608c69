/** What a session over a root is opened with. */
import type { Rule } from '../rules/rule.ts';
import type { AccountChoice } from './account-choice.ts';
import type { KnownPack } from './config-file.ts';
import type { Contents } from './contents.ts';
import type { PathRules } from './paths.ts';
import type { StartThread } from './scan/threads.ts';

export interface ProjectOptions extends AccountChoice {
  /** Absolute path of the root; every path in findings is relative to it. */
  readonly root: string;
  readonly rules: readonly Rule[];
  /** Files and folders to check, relative to the root or absolute; empty means all of it. */
  readonly paths?: readonly string[];
  /** The day the check speaks of, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Rule ids to run alone (`--only`). */
  readonly only?: readonly string[];
  /** Parse budget of one file: 200 ms in the server, 2,000 ms in the terminal. */
  readonly budgetMs: number;
  /** Known rule packs, to check `tickguard.json` against. */
  readonly packs: readonly KnownPack[];
  /** False shows what the baseline hides. */
  readonly useBaseline?: boolean;
  /** Runs on the defaults where `tickguard.json` is broken: an editor goes on guarding while the file is being mended. */
  readonly ignoreConfig?: boolean;
  /** Folder of the grammars, where it is not beside the running bundle. */
  readonly wasmFolder?: string;
  /** Remembers summaries in `.tickguard/cache`, for a check that runs once; an editor keeps them in memory. */
  readonly cache?: {
    /** Identity of the running program; undefined where it cannot be told, and then nothing is remembered. */
    build(): string | undefined;
    /** In a project of any size and after every scan; for tests. */
    readonly always?: boolean;
    /** The clock, ms since 1970; for tests. */
    now?(): number;
  };
  /** Reads on several threads where that is faster; without it on one. */
  readonly threads?: {
    readonly start: StartThread;
    /** How many may read at the same time, this one included; without it as many as are worth it. */
    readonly most?: number;
    /** In place of `threadsFor`; for tests. */
    count?(files: number): number;
  };
  /** Collects what guard coverage asks for while files are read; without it the first question reads them again. */
  readonly coverage?: boolean;
  /** Where the files come from, if not from the disk. */
  readonly contents?: Contents;
  /** What paths are like, if not as on this machine; for tests. */
  readonly pathRules?: PathRules;
  /** Include folders of MetaTrader's terminals, if not those of this machine; for tests. */
  readonly terminals?: () => readonly string[];
}
