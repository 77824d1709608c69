/** The compliance guardian: prop-firm rules as code sees them. */
import type { Rule } from '../../core/rules/rule.ts';
import { listPacks } from './packs/packs.ts';
import type { Pack } from './packs/pack-schema.ts';
import { looseLimit } from './rules/apx001-loose-limit.ts';
import { lateCutoff } from './rules/apx004-late-cutoff.ts';
import { naiveDeadline } from './rules/apx005-naive-deadline.ts';

/** Rules of the guardian, by id. */
export const complianceRules: readonly Rule[] = [looseLimit, lateCutoff, naiveDeadline];

/** The rule packs that come with Tickguard. */
export const rulePacks: readonly Pack[] = listPacks();
