/** APX003: a drawdown from the initial balance, where the account's floor trails. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { judgeReferences } from '../basis/judge-reference.ts';
import type { ReferenceMessage } from '../basis/judge-reference.ts';

/** Words without which a file measures nothing from a start: looked for before anything is analysed. */
const START_WORDS = /start|initial|init_|base|opening|deposit|capital|begin/i;
const LIMIT_WORDS = /draw_?down|dd\b|DD|max_?loss|mll|loss_?limit/i;

function create(context: RuleContext<ReferenceMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (!holdsCode(model) || !START_WORDS.test(text) || !LIMIT_WORDS.test(text)) { return {}; }
  return { end: () => { judgeReferences(model, accounts).forEach((verdict) => { context.report(verdict); }); } };
}

export const fixedReference = defineRule<ReferenceMessage, unknown>({
  id: 'APX003',
  name: 'fixed-reference',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A drawdown from the initial balance or the day\'s start, where the account\'s floor trails.',
  messages: {
    firm: 'From {from} the floor stays at {fixed}; after {profit} of profit account {account} ends at {floor}, for it follows {follows}. Measure from a running peak.',
    house: '{percent} % from {follows} is the house limit (no account chosen); from {from} a profit is left out. Measure from a running peak.',
  },
  options: z.strictObject({}),
  create,
});
