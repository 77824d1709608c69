/** The outcome of one check: what every reporter prints and every door returns. */
import type { CoverageReport } from './coverage.ts';
import type { Finding, Fix } from './finding.ts';

export interface CheckedFinding {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
  /** Silenced by a comment or the baseline: counted, never printed by default. */
  readonly suppressed?: 'comment' | 'baseline';
}

/** A file that could not be checked, and why, in one sentence. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
  /** An unreadable file makes the check incomplete (exit 2); a binary one does not. */
  readonly incomplete: boolean;
}

export interface CheckResult {
  /** Absolute path of the checked root; `Finding.file` is relative to it. */
  readonly root: string;
  readonly findings: readonly CheckedFinding[];
  readonly skipped: readonly SkippedFile[];
  readonly files: number;
  readonly durationMs: number;
  /** Time per rule in ms, with `TICKGUARD_TIMING=1`. */
  readonly timing?: Readonly<Record<string, number>>;
  /** Order sites and their guards, where they were asked for. */
  readonly coverage?: CoverageReport;
}
