/** The security guardian: credentials in files and in git's history, and code that lets others in or loses an order. */
import type { Operation } from '../../core/operations/operation.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { historyOperation } from './operations/history.ts';
import { hookOperation } from './operations/hook.ts';
import { redactOperation } from './operations/redact.ts';
import { trackedEnv } from './rules/env001-tracked-env.ts';
import { badEnvLine } from './rules/env006-bad-env-line.ts';
import { envDrift } from './rules/env005-env-drift.ts';
import { envInImage } from './rules/env003-env-in-image.ts';
import { leakedSecret } from './rules/env007-leaked-secret.ts';
import { realKeyInTemplate } from './rules/env004-real-key-in-template.ts';
import { unignoredEnv } from './rules/env002-unignored-env.ts';
import { weakPassword } from './rules/env008-weak-password.ts';
import { hardcodedSecret } from './rules/sec001-hardcoded-secret.ts';
import { sqlInjection } from './rules/sec201-sql-injection.ts';
import { commandInjection } from './rules/sec202-command-injection.ts';
import { pathTraversal } from './rules/sec203-path-traversal.ts';
import { dynamicCode } from './rules/sec204-dynamic-code.ts';
import { unsafeLoads } from './rules/sec205-unsafe-load.ts';
import { uncheckedServer } from './rules/sec206-unchecked-server.ts';
import { guessable } from './rules/sec207-guessable-secret.ts';
import { debugServer } from './rules/sec208-debug-server.ts';
import { endlessRequests } from './rules/sec209-endless-request.ts';
import { assertGuard } from './rules/sec210-assert-guard.ts';
import { swallowedOrderError } from './rules/sec211-swallowed-order-error.ts';
import { unsignedWebhook } from './rules/sec212-unsigned-webhook.ts';
import { liveSwitch } from './rules/sec213-live-switch.ts';
import { expertDoors } from './rules/sec214-expert-doors.ts';
import { temporaryFile } from './rules/sec215-temporary-file.ts';
import { openPermissions } from './rules/sec216-open-permissions.ts';
import { hostileFile } from './rules/sec217-hostile-file.ts';
import { hiddenDirection } from './rules/sec218-hidden-direction.ts';
import { requestForgery } from './rules/sec219-request-forgery.ts';
import { crossSiteScripting } from './rules/sec220-cross-site-scripting.ts';

export { historyFindings, historyJson } from './history/report-findings.ts';
export { historyText } from './history/report-text.ts';
export type { HookReport } from './operations/hook.ts';
export type { HistoryReport, HistorySecret } from './history/report.ts';
export { moveToEnvironment, type Move, type MoveRequest } from './handling/move/move.ts';
export type { RedactReport } from './operations/redact.ts';
export { maskText } from './redact/find-secrets.ts';
export { pythonFilter } from './redact/python-filter.ts';
export { rotationSteps } from './handling/rotation.ts';
export { fillSamples, sampleSecret } from './detectors/table.ts';

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [
  hardcodedSecret,
  trackedEnv, unignoredEnv, envInImage, realKeyInTemplate, envDrift, badEnvLine, leakedSecret, weakPassword,
  sqlInjection, commandInjection, pathTraversal, dynamicCode,
  unsafeLoads, uncheckedServer, guessable, debugServer, endlessRequests, assertGuard, swallowedOrderError,
  unsignedWebhook, liveSwitch, expertDoors, temporaryFile, openPermissions, hostileFile, hiddenDirection,
  requestForgery, crossSiteScripting,
];

/** The operations of this guardian. */
export const securityOperations: readonly Operation[] = [historyOperation, hookOperation, redactOperation];
