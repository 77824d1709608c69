/** Findings and results for the tests of reporters, ranking and baseline. */
import type { Finding } from '../../../src/core/findings/finding.ts';
import type { CheckedFinding, CheckResult } from '../../../src/core/findings/result.ts';

/** A finding with everything optional left out, unless `change` says otherwise. */
export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'APX004', name: 'late-cutoff', guardian: 'compliance', severity: 'error', gate: 'deploy',
    message: 'This flattens at 17:55 ET, 56 min late. Use a clock with daylight saving.',
    file: 'src/strategy.py', range: { line: 41, column: 12, endLine: 41, endColumn: 28 },
    related: [], fixable: false, fingerprint: '00112233445566aa', docs: 'https://example.test/APX004.md',
    ...change,
  };
}

/** A result over findings; `silenced` gives what a comment or the baseline hides. */
export function result(findings: readonly Finding[], change: Partial<CheckResult> = {}): CheckResult {
  const checked: CheckedFinding[] = findings.map((one) => ({ finding: one, fixes: [] }));
  return { root: '/desk', findings: checked, skipped: [], files: 14, durationMs: 412.4, ...change };
}
