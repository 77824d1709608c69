/** The words under which people look for a guardian, whichever door they stand at. */
import type { GuardianId } from '../findings/finding.ts';

/** One of the five guardians as people know it: security speaks for compliance and the audit trail as well. */
export interface GuardianGroup {
  readonly title: string;
  readonly guardians: readonly GuardianId[];
  readonly words: readonly string[];
}

/** Every trigger word belongs to one group. */
export const GUARDIAN_GROUPS: readonly GuardianGroup[] = [
  {
    title: 'security and compliance',
    guardians: ['security', 'compliance', 'audit'],
    words: ['security', 'compliance', 'audit', 'secrets', 'credentials', 'Apex rules'],
  },
  {
    title: 'performance',
    guardians: ['performance'],
    words: ['performance', 'slow', 'bottleneck', 'profiling', 'optimize', 'OnTick', 'ONNX'],
  },
  {
    title: 'data',
    guardians: ['data'],
    words: ['data', 'Parquet', 'Twelve-Data', 'ingestion', 'quality', 'gaps', 'look-ahead'],
  },
  {
    title: 'monitoring',
    guardians: ['monitoring'],
    words: ['monitoring', 'alerting', 'dashboard', 'anomaly', 'circuit breaker'],
  },
  {
    title: 'deployment',
    guardians: ['deployment'],
    words: ['deployment', 'deploy', 'CI/CD', 'rollback', 'environment', 'devops'],
  },
];

/** A word without case, blanks and punctuation, in the singular: `on_tick`, `OnTick` and `on tick` are one. */
export function foldWord(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '').replace(/s$/, '');
}
