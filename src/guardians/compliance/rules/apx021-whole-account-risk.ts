/** APX021: a trade that risks as much as the account may lose at all. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { judgeRisk } from '../risk/judge-risk.ts';
import type { RiskMessage } from '../risk/judge-risk.ts';
import { tradeRisks } from '../risk/sizing.ts';

/** Words without which no file sizes an order by its risk: looked for before anything is analysed. */
const RISK_WORDS = /risk/i;
const MONEY_WORDS = /balance|equity|capital|account|bankroll|nav|cash/i;
const STOP_WORDS = /sl|stop|distance|loss|risk_?per/i;

function create(context: RuleContext<RiskMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (!holdsCode(model) || !RISK_WORDS.test(text) || !MONEY_WORDS.test(text) || !STOP_WORDS.test(text)) { return {}; }
  return {
    end(): void {
      for (const risk of tradeRisks(model)) {
        const verdict = judgeRisk(risk, accounts);
        if (verdict !== undefined) { context.report(verdict); }
      }
    },
  };
}

export const wholeAccountRisk = defineRule<RiskMessage, unknown>({
  id: 'APX021',
  name: 'whole-account-risk',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A risk per trade as large as the drawdown the account is allowed.',
  messages: {
    firm: '{percent} % of {size} is {lost} lost at one stop; account {account} ends at {allowance} ({bound} %). Risk a small part of that.',
    user: '{percent} % of {size} is {lost} lost at one stop, and {allowance} is the drawdown you set for account {account} in tickguard.json. Risk a small part of that.',
    house: '{percent} % is lost at one stop, and {bound} % is the house limit for the drawdown (no account chosen). Risk a small part of that, or choose an account.',
  },
  options: z.strictObject({}),
  create,
});
