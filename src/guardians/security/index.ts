/** The security guardian: credentials in files, and files of credentials in git. */
import type { Operation } from '../../core/operations/operation.ts';
import type { Rule } from '../../core/rules/rule.ts';
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

export { moveToEnvironment, type Move, type MoveRequest } from './handling/move/move.ts';
export type { RedactReport } from './operations/redact.ts';
export { maskText } from './redact/find-secrets.ts';
export { PYTHON_FILTER as pythonFilter } from './redact/python-filter.ts';
export { rotationSteps } from './handling/rotation.ts';
export { fillSamples, sampleSecret } from './detectors/table.ts';

/** What this guardian can be asked to do. */
export const securityOperations: readonly Operation[] = [redactOperation];

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [
  hardcodedSecret, trackedEnv, unignoredEnv, envInImage, realKeyInTemplate, envDrift, badEnvLine, leakedSecret, weakPassword,
];
