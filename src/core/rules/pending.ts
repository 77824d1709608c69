/** A finding that may still hang on a question about other files. */
import type { Finding, Fix } from '../findings/finding.ts';
import type { Condition } from './condition.ts';

export interface PendingFinding {
  /** Complete but for `{handler}`, `{event}` and `{path}` in the message and the path's related places. */
  readonly finding: Finding;
  /** Absent: the finding stands by itself. */
  readonly when?: Condition;
  readonly fixes: readonly Fix[];
  /** Set when a comment or the baseline silences it: kept, so that unused suppressions can be told. */
  readonly suppressed?: { readonly by: 'comment' | 'baseline'; /** Position in `FileSummary.suppressions`. */ readonly suppression?: number };
}

/** A comment that silences rules; unused ones are findings, which only the link step can tell. */
export interface Suppression {
  /** Rule ids, `SEC001/<detector>` included. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** What to say if no finding was silenced by it. */
  readonly unused: Finding;
}
