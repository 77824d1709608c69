/** Runs the security rules over a file as the engine does: read by its language, judged, built into findings. */
import type { Finding } from '../../src/core/findings/finding.ts';
import { runRules } from '../../src/core/rules/run.ts';
import type { FileFacts } from '../../src/core/rules/rule.ts';
import { readSource, type Syntax } from '../../src/core/source/source.ts';
import { offsetAt, sourceOf } from '../../src/core/source/text.ts';
import { securityRules } from '../../src/guardians/security/index.ts';

export interface SecurityRun {
  readonly findings: readonly Finding[];
  /** `SEC001/detector` or the rule's id, and the text of the range. */
  readonly found: readonly (readonly [string, string])[];
}

/** Findings of all security rules that ask nothing of other files; `off` names rules and `SEC001/<detector>`s that are switched off. */
export function runSecurity(syntax: Syntax, path: string, text: string, file: FileFacts = { role: 'code' }, off: readonly string[] = []): SecurityRun {
  const source = sourceOf(text);
  const model = readSource(path, source, syntax, { budgetMs: 5_000 });
  const config = { accounts: [], setting: (id: string) => ({ options: undefined, ...(off.includes(id) ? { severity: 'off' as const } : {}) }) };
  const { findings, failed } = runRules({ model, file, rules: securityRules, config, asOf: '2026-11-22' });
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  const all = findings.filter(({ suppressed, when }) => suppressed === undefined && when === undefined).map(({ finding }) => finding);
  return {
    findings: all,
    found: all.map(({ rule, detector, range }) => [
      detector === undefined ? rule : `${rule}/${detector}`,
      text.slice(offsetAt(source, range.line, range.column), offsetAt(source, range.endLine, range.endColumn)),
    ] as const),
  };
}
