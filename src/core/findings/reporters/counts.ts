/** Counts that all reporters agree on. */
import type { Finding, Severity } from '../finding.ts';
import type { CheckResult } from '../result.ts';

export interface Summary {
  readonly files: number;
  /** Findings that are shown. */
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings silenced by a comment or accepted in the baseline. */
  readonly suppressed: { readonly comment: number; readonly baseline: number };
  /** Files that were not checked. */
  readonly skipped: number;
  /** A rule failed or a file was unreadable: what is here is not all there is (exit code 2). */
  readonly incomplete: boolean;
  readonly durationMs: number;
}

/** Findings that count: neither silenced nor accepted. */
export function shown(result: CheckResult): readonly Finding[] {
  return result.findings.filter((checked) => checked.suppressed === undefined).map((checked) => checked.finding);
}

/** The numbers of a result. */
export function countsOf(result: CheckResult): Summary {
  const findings = shown(result);
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const silenced = (by: 'comment' | 'baseline'): number => result.findings.filter((checked) => checked.suppressed === by).length;
  return {
    files: result.files,
    findings: findings.length,
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    suppressed: { comment: silenced('comment'), baseline: silenced('baseline') },
    skipped: result.skipped.length,
    incomplete: isIncomplete(result),
    durationMs: Math.round(result.durationMs),
  };
}

/** A rule failed, or a file could not be read: the check has not seen everything (exit code 2). */
export function isIncomplete(result: CheckResult): boolean {
  return result.skipped.some((file) => file.incomplete) || result.findings.some((checked) => checked.finding.rule === 'TKG001');
}
