/** Findings of a project as a check hands them on. */
import type { Finding } from '../findings/finding.ts';
import type { CheckedFinding } from '../findings/result.ts';
import type { PendingFinding } from '../rules/pending.ts';

/** A decided finding as every door gets it. */
export function checked(pending: PendingFinding): CheckedFinding {
  return {
    finding: pending.finding,
    fixes: pending.fixes,
    ...(pending.suppressed === undefined ? {} : { suppressed: pending.suppressed.by }),
  };
}

/** Sorts by file, then by place. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) { return a.file < b.file ? -1 : 1; }
  return a.range.line - b.range.line || a.range.column - b.range.column || (a.rule < b.rule ? -1 : 1);
}
