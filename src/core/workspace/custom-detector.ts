/** A detector that a desk writes into its `tickguard.json`: its form is the schema's, its meaning that of the rule it belongs to. */

export interface CustomDetector {
  /** The part behind `SEC001/`: `acme-desk-key`. */
  readonly name: string;
  /** What it is, as it begins the message: `Acme desk key`. */
  readonly title: string;
  /** Parts that stand in every value; the pattern is tried only around them. */
  readonly keywords: readonly string[];
  /** The whole value, as a bounded regular expression. */
  readonly pattern: string;
  /** What whoever holds it can do, a clause: `it signs orders`. */
  readonly opens?: string | undefined;
  /** Where it is revoked: `Revoke it in the desk console`. */
  readonly rotate?: string | undefined;
  /** Whose credential it is, for `--provider`. */
  readonly provider?: string | undefined;
  readonly severity?: 'error' | 'warning' | undefined;
  readonly confidence?: 'medium' | 'high' | undefined;
  /** Values that it finds, each made up. */
  readonly examples: readonly string[];
  /** Values that it must not find. */
  readonly nearMisses?: readonly string[] | undefined;
}

/** What is wrong with one of several detectors: its place in the list, the key, and a clause. */
export interface DetectorProblem {
  readonly index: number;
  readonly key: keyof CustomDetector;
  /** Of the example or keyword in its list. */
  readonly item?: number;
  readonly what: string;
}
