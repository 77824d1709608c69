/** What every reporter takes besides the result. */
import type { Rule } from '../../rules/rule.ts';

export type ReportFormat = 'text' | 'json' | 'sarif' | 'github';

/** All formats, for the help and the check of the option. */
export const REPORT_FORMATS: readonly ReportFormat[] = ['text', 'json', 'sarif', 'github'];

export interface ReportOptions {
  /** ANSI colours (text only). */
  readonly color: boolean;
  /** Columns of the terminal; 0 never wraps (text only). */
  readonly width: number;
  /** Version of Tickguard. */
  readonly version: string;
  /** Every finding on one line instead of the five that cost most (text only). */
  readonly all?: boolean;
  /** The rules there are, to describe them (SARIF). */
  readonly rules?: readonly Rule[];
  /** Markdown of a rule's page, where it is at hand (SARIF). */
  page?(rule: string): string | undefined;
  /** Way from the repository's root to the checked root, `''` where they are one (GitHub). */
  readonly prefix?: string;
  /** Replaces the last line's command (text only). */
  readonly next?: string;
}
