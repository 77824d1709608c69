/** The forms of every rule: one line a rule. The run names the rules without one. */
import type { Form } from './form.ts';
import { APX001_MUTANTS } from '../rules/apx001-mutants.ts';
import { APX002_MUTANTS } from '../rules/apx002-mutants.ts';
import { APX003_MUTANTS } from '../rules/apx003-mutants.ts';
import { APX004_MUTANTS } from '../rules/apx004-mutants.ts';
import { APX005_MUTANTS } from '../rules/apx005-mutants.ts';
import { APX006_MUTANTS } from '../rules/apx006-mutants.ts';
import { APX007_MUTANTS } from '../rules/apx007-mutants.ts';
import { APX008_MUTANTS } from '../rules/apx008-mutants.ts';
import { APX009_MUTANTS } from '../rules/apx009-mutants.ts';
import { APX010_MUTANTS } from '../rules/apx010-mutants.ts';
import { APX011_MUTANTS } from '../rules/apx011-mutants.ts';
import { APX012_MUTANTS } from '../rules/apx012-mutants.ts';
import { APX013_MUTANTS } from '../rules/apx013-mutants.ts';
import { APX014_MUTANTS } from '../rules/apx014-mutants.ts';
import { APX017_MUTANTS } from '../rules/apx017-mutants.ts';
import { APX020_MUTANTS } from '../rules/apx020-mutants.ts';
import { APX021_MUTANTS } from '../rules/apx021-mutants.ts';
import { APX023_MUTANTS } from '../rules/apx023-mutants.ts';
import { APX024_MUTANTS } from '../rules/apx024-mutants.ts';
import { ENV001_MUTANTS } from '../rules/env001-mutants.ts';
import { ENV007_MUTANTS } from '../rules/env007-mutants.ts';
import { INJECTION_MUTANTS } from '../rules/injection-mutants.ts';
import { LKA001_MUTANTS } from '../rules/lka001-mutants.ts';
import { LOADING_MUTANTS } from '../rules/loading-mutants.ts';
import { PRF001_MUTANTS } from '../rules/prf001-mutants.ts';
import { PRF003_MUTANTS } from '../rules/prf003-mutants.ts';
import { PRF004_MUTANTS } from '../rules/prf004-mutants.ts';
import { SEC001_MUTANTS } from '../rules/sec001-mutants.ts';
import { TRADING_MUTANTS } from '../rules/trading-mutants.ts';

/**
 * Forms that bring, by right, a word of other rules along: an order without a stop, a strategy that nothing closes by the clock, an input that an expert of one
 * file does not read.
 */
function awaking(forms: readonly Form[], ...rules: readonly string[]): readonly Form[] {
  return forms.map((form) => ({ ...form, answers: [...(form.answers ?? []), ...rules] }));
}

/** Rule id → its forms, in all languages. */
export const FORMS: Readonly<Record<string, readonly Form[]>> = {
  APX001: awaking(APX001_MUTANTS, 'APX012'),
  APX002: APX002_MUTANTS,
  APX003: APX003_MUTANTS,
  APX004: APX004_MUTANTS,
  APX005: APX005_MUTANTS,
  APX006: APX006_MUTANTS,
  APX007: awaking(APX007_MUTANTS, 'APX010'),
  APX008: APX008_MUTANTS,
  APX009: APX009_MUTANTS,
  APX010: awaking(APX010_MUTANTS, 'APX006'),
  APX011: APX011_MUTANTS,
  APX012: APX012_MUTANTS,
  APX013: awaking(APX013_MUTANTS, 'APX006', 'APX010'),
  APX014: awaking(APX014_MUTANTS, 'APX006', 'APX010'),
  APX017: APX017_MUTANTS,
  APX020: APX020_MUTANTS,
  APX021: APX021_MUTANTS,
  APX023: awaking(APX023_MUTANTS, 'APX012'),
  APX024: APX024_MUTANTS,
  ENV001: ENV001_MUTANTS,
  ENV007: ENV007_MUTANTS,
  LKA001: LKA001_MUTANTS,
  PRF001: PRF001_MUTANTS,
  PRF003: PRF003_MUTANTS,
  PRF004: PRF004_MUTANTS,
  SEC001: SEC001_MUTANTS,
  ...INJECTION_MUTANTS,
  ...LOADING_MUTANTS,
  ...Object.fromEntries(Object.entries(TRADING_MUTANTS).map(([rule, forms]) => [rule, awaking(forms, 'APX006', 'APX010')])),
};

/** The rules that were first: many mutants of each, in every run. Of the others a few will do. */
const MANY: ReadonlySet<string> = new Set(['APX001', 'APX002', 'APX004', 'APX005', 'APX007', 'APX024', 'ENV001', 'LKA001', 'PRF001', 'PRF003', 'PRF004', 'SEC001']);

/** Rules of which the short run takes a few mutants. */
export const FEW: ReadonlySet<string> = new Set(Object.keys(FORMS).filter((rule) => !MANY.has(rule)));
