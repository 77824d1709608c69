/** APX008: a limit for the best day's share of profit that is looser than the account's, or taken of something else than profit. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PAGES, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { isTable, judgeShare } from '../consistency/judge-share.ts';
import type { ShareMessage } from '../consistency/judge-share.ts';
import { baseVerdicts } from '../consistency/profit-base.ts';
import { canNameShare, limitsBestDay } from '../consistency/share-name.ts';
import { isPolicy } from '../limits/policy.ts';
import { statedNumbers } from '../limits/stated.ts';

/** Words without which no file speaks of the best day's share: looked for before anything is analysed. */
const SHARE_WORDS = /consistency|windfall|(?:best|biggest|largest|highest|top|single)[_-]?day|day[_-]?(?:profit[_-]?)?(?:share|concentration)/i;

function create(context: RuleContext<ShareMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (isPolicy(model.path) || !SHARE_WORDS.test(text)) { return {}; }
  return {
    end(): void {
      const stated = statedNumbers(model, canNameShare, ({ name, outer, beside }) => limitsBestDay(name, outer, beside));
      const limits = isTable(stated) ? [] : stated.flatMap((one) => judgeShare(one, accounts, text, model.path) ?? []);
      const bases = holdsCode(model) ? baseVerdicts(model, accounts) : [];
      [...limits, ...bases].sort((a, b) => a.at.start - b.at.start).forEach((verdict) => { context.report(verdict); });
    },
  };
}

export const looseConsistency = defineRule<ShareMessage, unknown>({
  id: 'APX008',
  name: 'loose-consistency',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, ...PAGES],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: "A limit for the best day's share of profit that is looser than the account's, or taken of something else than profit.",
  messages: {
    loose: '{value} for the best day: after a day of {day} this counts {counted} of profit as enough; account {account} wants {needed} ({than} {bound}). Set it to {fix}.',
    user: '{value} for the best day is more than the {bound} you set for account {account} in tickguard.json. Set it to {fix}.',
    house: '{value} for the best day is looser than {bound} of profit (house limit; no account chosen). Set it to {fix}, or choose an account.',
    base: '{bound} of profit is what account {account} lets the best day be: 1,000 of 2,000 are 50 %, whatever {base} is. Divide by the profit.',
    baseHouse: '{bound} of profit is the most for the best day (house limit; no account chosen): 1,000 of 2,000 are 50 %, whatever {base} is. Divide by the profit.',
  },
  options: z.strictObject({}),
  create,
});
