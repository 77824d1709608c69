/** What a rule is. Rules are objects, one file each; findings name a message by id, never a string. */
import type { Outcome } from '../outcome.ts';
import type { OwnPack } from '../workspace/own-pack.ts';
import type { z } from 'zod';
import type { Confidence, Fix, Gate, GuardianId, Layer, Severity } from '../findings/finding.ts';
import type {
  Assign, Call, ClassModel, Compare, ConfigEntry, FunctionModel, Language, Literal, SourceModel, Span, Stmt, SourceText,
} from '../source/model.ts';
import type { AccountConfig } from '../workspace/config.ts';
import type { CustomDetector, DetectorProblem } from '../workspace/custom-detector.ts';
import type { Condition } from './condition.ts';
import type { Fact } from './facts.ts';
import type { Since } from './since.ts';

export interface Report<M extends string> {
  readonly at: Span;
  readonly messageId: M;
  /** Fills `{name}` in the message. `{handler}`, `{event}` (`tick`, `message`) and `{path}` are filled by the link step for `reachable`. */
  readonly data?: Readonly<Record<string, string | number>>;
  readonly severity?: Severity;
  readonly detector?: string;
  /** Of a credential; see `Finding`. */
  readonly provider?: string;
  readonly confidence?: Confidence;
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
  /** git ignores it: somebody named it, or it is an environment file that was looked for unasked. */
  readonly ignored?: 'named' | 'unasked';
  /** Test, vendored or archived code: secret rules only. */
  readonly role: 'code' | 'test' | 'vendored' | 'archived';
}

/** A file before it is read as what it is. */
export interface TextFacts {
  readonly path: string;
  readonly source: SourceText;
  readonly role: FileFacts['role'];
  /** As in `RuleContext`. */
  readonly custom: readonly CustomDetector[];
}

export interface RuleContext<M extends string, O> {
  readonly model: SourceModel;
  readonly file: FileFacts;
  readonly options: O;
  /** The accounts whose `code` globs match this file; empty means the house limits. */
  readonly accounts: readonly AccountConfig[];
  /** Credentials of the desk's own, of the nearest `tickguard.json`. */
  readonly custom: readonly CustomDetector[];
  /** The day the check speaks of (`--as-of`), `YYYY-MM-DD`. */
  readonly asOf: string;
  /** What changed in the file since the revision the check compares with; only of a file that changed, and only where one was named. */
  readonly since?: Since;
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
  /** It also reads environment files that git ignores, which nobody asked to be checked. */
  readonly readsIgnored?: true;
  /** It judges a change: it runs where a check compares with an earlier revision, on files that changed. */
  readonly needsBase?: true;
  /** Some of its findings come with a fix. */
  readonly fixable?: boolean;
  /** Names of the data rows (`SEC001/<detector>`), for suppressions and docs. */
  readonly detectors?: readonly string[];
  /** Whose credentials the data rows know, for `--provider`. */
  readonly providers?: readonly string[];
  /** It takes the `detectors` of `tickguard.json`: what is wrong with them beyond their form. */
  readonly customProblems?: (detectors: readonly CustomDetector[]) => readonly DetectorProblem[];
  /** It reads the `packs` of `tickguard.json`: the pack in a file's text, or what is wrong with it as a clause. */
  readonly readPack?: (text: string) => Outcome<OwnPack>;
  /**
   * A look at the bare text, far cheaper than reading it as a program: false where the rule finds nothing in it for sure. Where every rule of a
   * check says so, the file is read no further. For rules that ask nothing of other files.
   */
  readonly mayFind?: (text: TextFacts) => boolean;
  create(context: RuleContext<M, O>): RuleListener;
}

/** Keeps message ids and options typed inside the rule while the engine sees plain `Rule`s. */
export function defineRule<M extends string, O>(rule: Rule<M, O>): Rule {
  return rule as unknown as Rule;
}
