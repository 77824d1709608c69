/** The security guardian: credentials in files, and files of credentials in git. */
import type { Operation } from '../../core/operations/operation.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { historyOperation } from './operations/history.ts';
import { hookOperation } from './operations/hook.ts';
import { trackedEnv } from './rules/env001-tracked-env.ts';
import { hardcodedSecret } from './rules/sec001-hardcoded-secret.ts';

export { historyFindings, historyJson } from './history/report-findings.ts';
export { historyText } from './history/report-text.ts';
export type { HookReport } from './operations/hook.ts';
export type { HistoryReport, HistorySecret } from './history/report.ts';
export { fillSamples, sampleSecret } from './detectors/table.ts';

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [hardcodedSecret, trackedEnv];

/** The operations of this guardian. */
export const securityOperations: readonly Operation[] = [historyOperation, hookOperation];
