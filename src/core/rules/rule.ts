/** What a rule is. Rules are objects, one file each; findings name a message by id, never a string. */
import type { z } from 'zod';
import type { Fix, Gate, GuardianId, Layer, Severity } from '../findings/finding.ts';
import type {
  Assign, Call, ClassModel, Compare, ConfigEntry, EntryClass, FunctionModel, Language, Literal, SourceModel, Span, Stmt,
} from '../source/model.ts';
import type { AccountConfig } from '../workspace/config.ts';
import type { Fact } from './facts.ts';

/**
 * A question about other files, recorded while one file is read and decided by the link step.
 * - `reachable`: a handler of one of these entry classes calls (at any depth) the function; with `unguarded`, on a path
 *   where every call runs on each event; `within` a `thread`, only by calls that run on the handler's own thread, and within a
 *   `handler`, only by calls it waits for. Where only a handler of a `lesser` class reaches it, the finding is information.
 * - `extends`: the class descends from one with that framework role (`strategy`, `actor`, `config` …).
 * - `unread`: no program of the project reads this key of the configuration file, although one reads the file. Fills
 *   `{instead}` and `{action}`.
 * - `absent`: no configuration file that the program reads has the key it asks for; `flow` counts the settings facts of the
 *   file. Fills `{file}` and `{wanted}`.
 * - `handed`: the value of the file's `give` (its position among those of the topic, see `facts.ts`) ends where a function puts
 *   it to this use and to none of `before`, and no known caller hands that function something else. Adds the place of the use.
 * - `used`: a value of this key of the configuration file ends at a place that a rule noted as a use of the topic. Adds the place.
 * - `trading`: the file is part of trading code (see `link/trading.ts`).
 * - `without`: no other file it imports (`imports`), nor one that leads to it or is led to by those (`neighbours`), uses the
 *   framework role.
 */
export type Condition =
  | {
    readonly kind: 'reachable'; readonly entry: readonly EntryClass[]; readonly function: string; readonly unguarded: boolean;
    readonly within?: Within; readonly lesser?: readonly EntryClass[];
  }
  | { readonly kind: 'extends'; readonly class: string; readonly role: string }
  | { readonly kind: 'unread'; readonly key: readonly string[] }
  | { readonly kind: 'absent'; readonly flow: number }
  | { readonly kind: 'handed'; readonly topic: string; readonly give: number; readonly use: string; readonly before: readonly string[] }
  | { readonly kind: 'used'; readonly topic: string; readonly key: readonly string[] }
  | { readonly kind: 'trading' }
  | { readonly kind: 'without'; readonly role: string; readonly among: 'imports' | 'neighbours' }
  | { readonly kind: 'all'; readonly of: readonly Condition[] };

/** How far a handler's own time goes: the thread it runs on, or what it waits for itself. */
export type Within = 'thread' | 'handler';

export interface Report<M extends string> {
  readonly at: Span;
  readonly messageId: M;
  /** Fills `{name}` in the message. `{handler}`, `{event}` (`tick`, `message`) and `{path}` are filled by the link step for `reachable`. */
  readonly data?: Readonly<Record<string, string | number>>;
  readonly severity?: Severity;
  readonly detector?: string;
  readonly layer?: Layer;
  readonly account?: string;
  readonly when?: Condition;
  readonly related?: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes?: readonly Fix[];
  /** Parts of the text that are secret: replaced by their kind in every snippet and in the fingerprint. */
  readonly secrets?: readonly { readonly at: Span; readonly kind: string }[];
  readonly evidence?: Readonly<Record<string, string>>;
  /** Found by reading the text, not the tree: kept where the parser gave up (a key in broken code is still a key). */
  readonly textual?: boolean;
}

/** What is known of the file besides its text. */
export interface FileFacts {
  /** git tracks it; undefined outside a repository. */
  readonly tracked?: boolean;
  /** Test, vendored or archived code: secret rules only. */
  readonly role: 'code' | 'test' | 'vendored' | 'archived';
}

export interface RuleContext<M extends string, O> {
  readonly model: SourceModel;
  readonly file: FileFacts;
  readonly options: O;
  /** The accounts whose `code` globs match this file; empty means the house limits. */
  readonly accounts: readonly AccountConfig[];
  /** The day the check speaks of (`--as-of`), `YYYY-MM-DD`. */
  readonly asOf: string;
  report(report: Report<M>): void;
  /** Keeps something of this file for questions about others. */
  note(fact: Fact): void;
}

/** Where the walk stands: the function and class around the node, and its statement. */
export interface Site {
  readonly function?: FunctionModel;
  readonly class?: ClassModel;
  readonly statement: Stmt;
}

/** Callbacks of the one shared walk over a file; a rule names only the kinds it needs. */
export interface RuleListener {
  /** Before the walk. */
  start?(): void;
  call?(node: Call, site: Site): void;
  compare?(node: Compare, site: Site): void;
  literal?(node: Literal, site: Site): void;
  assign?(node: Assign, site: Site): void;
  statement?(node: Stmt, site: Site): void;
  function?(node: FunctionModel): void;
  class?(node: ClassModel): void;
  entry?(node: ConfigEntry): void;
  /** After the walk. */
  end?(): void;
}

export interface Rule<M extends string = string, O = unknown> {
  /** Stable, short, never reused: `SEC001`, `APX004`. */
  readonly id: string;
  /** kebab-case, also the file's name: `late-cutoff`. */
  readonly name: string;
  readonly guardian: GuardianId;
  readonly languages: readonly Language[];
  readonly severity: Severity;
  readonly gate: Gate;
  /** Version of Tickguard that brought it. */
  readonly since: string;
  /**
   * `everywhere` runs in tests, vendored and archived folders too (secrets); `code` does not; `trading` runs on what is reachable
   * from something that trades.
   */
  readonly scope: 'everywhere' | 'code' | 'trading';
  /** `slow` rules run on save and in the terminal, never on a keystroke. */
  readonly cost: 'fast' | 'slow';
  /** One sentence for the index. */
  readonly summary: string;
  readonly messages: Readonly<Record<M, string>>;
  readonly options: z.ZodType<O>;
  /**
   * Rules that are not heard where this one reports the same place: it names the same root cause, and the whole way out.
   * They are heard where this one is off or silenced.
   */
  readonly supersedes?: readonly string[];
  /** Some of its findings come with a fix. */
  readonly fixable?: boolean;
  /** Names of the data rows (`SEC001/<detector>`), for suppressions and docs. */
  readonly detectors?: readonly string[];
  create(context: RuleContext<M, O>): RuleListener;
}

/** Keeps message ids and options typed inside the rule while the engine sees plain `Rule`s. */
export function defineRule<M extends string, O>(rule: Rule<M, O>): Rule {
  return rule as unknown as Rule;
}
