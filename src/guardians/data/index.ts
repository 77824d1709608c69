/** The data guardian: what makes history look better than it was. */
import type { Rule } from '../../core/rules/rule.ts';
import { negativeShift } from './rules/lka001-negative-shift.ts';

/** The rules of this guardian. */
export const dataRules: readonly Rule[] = [negativeShift];
