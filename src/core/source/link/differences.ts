/** In what two summaries of one file differ: what decides how much the link step has to forget. */
import { isPollRole } from './polls.ts';
import type { FileSummary } from './summary.ts';

/** Everything other files resolve against: all but calls and findings. */
export function structureOf(summary: FileSummary): string {
  const { classes, functions, imports, variables, exports, roles } = summary;
  const names = functions.map(({ calls: _calls, entry: _entry, protection: _protection, ...rest }) => rest);
  return JSON.stringify([classes, names, imports, variables, exports, roles.filter(isPollRole)]);
}

/** Whether both report the same, silenced by the same comments. */
export function sameFindings(a: FileSummary, b: FileSummary): boolean {
  return JSON.stringify([a.findings, a.suppressions]) === JSON.stringify([b.findings, b.suppressions]);
}
