/** The security guardian: credentials in files, and files of credentials in git. */
import type { Rule } from '../../core/rules/rule.ts';
import { trackedEnv } from './rules/env001-tracked-env.ts';
import { leakedSecret } from './rules/env007-leaked-secret.ts';
import { hardcodedSecret } from './rules/sec001-hardcoded-secret.ts';

export { fillSamples, sampleSecret } from './detectors/table.ts';

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [hardcodedSecret, trackedEnv, leakedSecret];
