/** What Tickguard says about a place in a file: the one shape every door shows. */

export type Severity = 'error' | 'warning' | 'info';
/**
 * How sure a finding is that its value is a credential. `high`: the value proves itself, by a checksum, a decoded structure or a beginning that its
 * issuer published. `medium`: name and value agree. `low`: a guess by the name, such as a weak password.
 */
export type Confidence = 'high' | 'medium' | 'low';
/** What a finding stops: a commit, a merge, a deployment, or nothing. */
export type Gate = 'commit' | 'merge' | 'deploy' | 'none';
export type GuardianId = 'security' | 'compliance' | 'audit' | 'performance' | 'data' | 'monitoring' | 'deployment' | 'engine';
/** Where a limit comes from: the firm's own pack, or the house limits (a warning at most). */
export type Layer = 'firm' | 'house';

/** Positions in UTF-16 units, 1-based, end exclusive: what every output prints. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Another place that belongs to the finding: a step of a call path, a guard, the definition of a value. */
export interface Related {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

export interface Finding {
  /** `APX004`. */
  readonly rule: string;
  /** Data row of the rule that matched (`SEC001/binance-secret`). */
  readonly detector?: string;
  /** Of a credential: whose it is, in kebab-case (`binance`), where that can be told. */
  readonly provider?: string;
  /** Of a credential: how sure it is one. */
  readonly confidence?: Confidence;
  /** The rule's name: `late-cutoff`. */
  readonly name: string;
  readonly guardian: GuardianId;
  readonly severity: Severity;
  readonly gate: Gate;
  readonly layer?: Layer;
  /** Id of the account whose limit is meant. */
  readonly account?: string;
  /** At most 200 characters: the number first, the money next, the action last. Never a raw secret. */
  readonly message: string;
  /** Relative to the checked root, with `/`. */
  readonly file: string;
  readonly range: Range;
  readonly related: readonly Related[];
  readonly fixable: boolean;
  /** 16 hex digits; survives moved lines; never derived from a secret's value. */
  readonly fingerprint: string;
  /** Address of the rule's page. */
  readonly docs: string;
  /** The finding's first line for people, secrets masked; `start` and `end` say where the finding is in `text`. */
  readonly snippet?: { readonly text: string; readonly start: number; readonly end: number };
  /** Facts behind the message, for machines: numbers as decimal strings, zones, masked values. */
  readonly evidence?: Readonly<Record<string, string>>;
}

/** A change that mends a finding. Offsets are UTF-16 units into the text that was checked. */
export interface Fix {
  readonly title: string;
  /** Safe fixes keep the meaning and may be applied together (`--fix`, `source.fixAll.tickguard`). */
  readonly safe: boolean;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}
