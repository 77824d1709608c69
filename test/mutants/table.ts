/** The forms of every rule: one line a rule. A rule without a line fails the test. */
import type { Form } from './form.ts';
import { APX001_MUTANTS } from '../rules/apx001-mutants.ts';
import { SEC001_MUTANTS } from '../rules/sec001-mutants.ts';

/** Rule id → its forms, in all languages. */
export const FORMS: Readonly<Record<string, readonly Form[]>> = {
  APX001: APX001_MUTANTS,
  SEC001: SEC001_MUTANTS,
};
