/** `--format json`: one document on stdout, and nothing else. Described field by field in docs/output.md. */
import type { Finding, Range } from '../finding.ts';
import type { CheckResult } from '../result.ts';
import { countsOf, shown } from './counts.ts';
import { coverageJson } from './coverage.ts';
import type { ReportOptions } from './options.ts';

/** Version of the shape; a field may be added without a new one, none is renamed or removed. */
const SCHEMA = 1;

/** The JSON report, ending with a line break. Silenced findings are counted in `summary`, not listed. */
export function reportJson(result: CheckResult, options: ReportOptions): string {
  const document = {
    schema: SCHEMA,
    tool: { name: 'tickguard', version: options.version },
    summary: countsOf(result),
    findings: shown(result).map(entryOf),
    skipped: result.skipped,
    ...(result.coverage === undefined ? {} : { coverage: coverageJson(result.coverage) }),
    ...(result.timing === undefined ? {} : { timing: result.timing }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function entryOf(finding: Finding): Record<string, unknown> {
  const { range, related, ...rest } = finding;
  const { rule, detector, provider, confidence, name, guardian, severity, gate, layer, account, message, file, ...tail } = rest;
  return {
    rule, detector, provider, confidence, name, guardian, severity, gate, layer, account, message, file, ...placeOf(range),
    related: related.map((place) => ({ file: place.file, ...placeOf(place.range), message: place.message })),
    ...tail,
  };
}

function placeOf(range: Range): Record<string, number> {
  return { line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn };
}
