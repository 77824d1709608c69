/** The security guardian: credentials in files, files of credentials in git, and code that lets others in. */
import type { Rule } from '../../core/rules/rule.ts';
import { trackedEnv } from './rules/env001-tracked-env.ts';
import { hardcodedSecret } from './rules/sec001-hardcoded-secret.ts';
import { sqlInjection } from './rules/sec201-sql-injection.ts';
import { commandInjection } from './rules/sec202-command-injection.ts';
import { pathTraversal } from './rules/sec203-path-traversal.ts';
import { dynamicCode } from './rules/sec204-dynamic-code.ts';
import { requestForgery } from './rules/sec219-request-forgery.ts';
import { crossSiteScripting } from './rules/sec220-cross-site-scripting.ts';

export { fillSamples, sampleSecret } from './detectors/table.ts';

/** The rules of this guardian. */
export const securityRules: readonly Rule[] = [
  hardcodedSecret, trackedEnv, sqlInjection, commandInjection, pathTraversal, dynamicCode, requestForgery, crossSiteScripting,
];
