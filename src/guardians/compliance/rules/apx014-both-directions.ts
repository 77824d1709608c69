/** APX014: long and short at once, in one market or in two that move together. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { judgeSides } from '../sides/judge-sides.ts';
import type { SideMessage } from '../sides/judge-sides.ts';

/** Words of a side; a program that trades both has both. */
const BUYS = /buy|long/i;
const SELLS = /sell|short/i;
const MODE = /position_?mode/i;

function create(context: RuleContext<SideMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (!holdsCode(model) || !(BUYS.test(text) && SELLS.test(text)) && !MODE.test(text)) { return {}; }
  return { end(): void { judgeSides(model, accounts).forEach((verdict) => { context.report(verdict); }); } };
}

export const bothDirections = defineRule<SideMessage, unknown>({
  id: 'APX014',
  name: 'both-directions',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'Long and short at once, in one market or in two that move together.',
  messages: {
    against: 'This {order} goes out while a {what} position is open, and nothing closes that first: long and short at once, which {whose}. Close it, see it closed, then send.',
    together: 'This {order} goes out right after {what}: long and short at once, which {whose}. Send one side.',
    mode: 'Hedge mode lets long and short stay open at once, which {whose}. Leave it off, so that the other side closes what is open.',
    correlated: 'This {order} goes out right after {what}: long and short in markets that move together, which {whose}. Trade one of them.',
  },
  options: z.strictObject({}),
  create,
});
