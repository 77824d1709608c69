/** Accepting findings: writing `.tickguard/baseline.json`. */
import { readFile } from 'node:fs/promises';
import type { CheckedFinding } from '../findings/result.ts';
import { acceptCoverage, type BaselineEntry, extendBaseline, pruneBaseline, readBaseline } from '../rules/baseline.ts';
import type { CoverageEntry } from '../rules/coverage-baseline.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { relativePath } from '../workspace/paths.ts';
import { baselinePath, ensureState } from '../workspace/state.ts';
import type { Outcome } from '../outcome.ts';

/** The baseline that was written: relative to the root, and how many of the given findings it holds. */
export interface WrittenBaseline {
  readonly file: string;
  readonly findings: number;
  /** Order sites whose guards were written, where coverage was asked for. */
  readonly sites?: number;
}

/** Order sites to accept, and the files they are all of. */
export interface AcceptedSites {
  readonly sites: readonly CoverageEntry[];
  covers(file: string): boolean;
}

/**
 * Writes every finding that no comment silences to the baseline, and takes out entries that `wasChecked` says would have
 * been found again; the others stay. Returns the findings as they stand from now on. A baseline that cannot be read is
 * written anew. Errors: the file cannot be written.
 */
export async function acceptFindings(
  root: string, findings: readonly CheckedFinding[], wasChecked: (entry: BaselineEntry) => boolean, coverage?: AcceptedSites,
): Promise<Outcome<{ readonly findings: readonly CheckedFinding[]; readonly written: WrittenBaseline }>> {
  const file = baselinePath(root);
  const shown = relativePath(root, file);
  const taken = findings.filter(({ suppressed }) => suppressed === undefined).map(({ finding }) => finding);
  const before = readBaseline(await readFile(file, 'utf8').catch(() => ''));
  const kept = before.ok ? readBaseline(pruneBaseline(before.value, taken, wasChecked).text) : before;
  const extended = extendBaseline(kept.ok ? kept.value : undefined, taken);
  const whole = coverage === undefined ? undefined : readBaseline(extended);
  const text = coverage === undefined ? extended : acceptCoverage(whole?.ok === true ? whole.value : undefined, coverage.sites, (path) => coverage.covers(path));
  try {
    await ensureState(root);
    await writeFileAtomic(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { ok: false, error: `${shown} could not be written (${code}). Make the folder writable and run the command again.` };
  }
  const after = readBaseline(text);
  const isAccepted = ({ finding, suppressed }: CheckedFinding): boolean =>
    suppressed === undefined && after.ok && after.value.entries.has(finding.fingerprint);
  const marked = findings.map((checked): CheckedFinding => (isAccepted(checked) ? { ...checked, suppressed: 'baseline' } : checked));
  return { ok: true, value: { findings: marked, written: { file: shown, findings: findings.filter(isAccepted).length, ...(coverage === undefined ? {} : { sites: coverage.sites.length }) } } };
}
