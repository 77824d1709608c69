/** The performance guardian: what makes a tick handler slow. */
import type { Rule } from '../../core/rules/rule.ts';
import { sleepPerTick } from './rules/prf001-sleep-per-tick.ts';
import { filePerTick } from './rules/prf003-file-per-tick.ts';
import { printPerTick } from './rules/prf004-print-per-tick.ts';

/** The rules of this guardian. */
export const performanceRules: readonly Rule[] = [sleepPerTick, filePerTick, printPerTick];
