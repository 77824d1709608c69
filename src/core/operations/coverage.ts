/** Guard coverage of a project, held against the baseline. */
import { coverageReport, type CoverageReport } from '../findings/coverage.ts';
import { fallenSince } from '../rules/coverage-baseline.ts';
import type { Project } from '../workspace/project.ts';

/**
 * Order sites of the files that `covers` chooses, and what fell since they were accepted. Accepting compares nothing: what
 * is there today is right from now on.
 */
export function coverageOfProject(project: Project, baseline: 'use' | 'accept' | 'ignore', covers: (file: string) => boolean): CoverageReport {
  const report = coverageReport(project.coverage(), covers);
  if (baseline !== 'use') { return { ...report, baseline: 'ignored', fallen: [] }; }
  const accepted = project.acceptedCoverage();
  if (accepted === undefined) { return { ...report, baseline: 'none', fallen: [] }; }
  return { ...report, baseline: 'compared', fallen: fallenSince(accepted.filter((entry) => covers(entry.file)), report.sites) };
}
