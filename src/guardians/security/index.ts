/** The security guardian: credentials in files, files of credentials in git, and code that gives money away. */
import type { Rule } from '../../core/rules/rule.ts';
import { trackedEnv } from './rules/env001-tracked-env.ts';
import { hardcodedSecret } from './rules/sec001-hardcoded-secret.ts';
import { uncheckedServer } from './rules/sec206-unchecked-server.ts';
import { guessable } from './rules/sec207-guessable-secret.ts';
import { debugServer } from './rules/sec208-debug-server.ts';
import { endlessRequests } from './rules/sec209-endless-request.ts';
import { assertGuard } from './rules/sec210-assert-guard.ts';
import { swallowedOrderError } from './rules/sec211-swallowed-order-error.ts';

export { fillSamples, sampleSecret } from './detectors/table.ts';

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [
  hardcodedSecret, trackedEnv,
  uncheckedServer, guessable, debugServer, endlessRequests, assertGuard, swallowedOrderError,
];
