/** APX002: a high-water mark or a drawdown taken from the closed balance, where the account counts open positions. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { basisVerdicts } from '../basis/judge-basis.ts';
import type { BasisMessage } from '../basis/judge-basis.ts';

/** Words without which a file reads no closed balance, and without which it measures nothing: looked for before anything is analysed. */
const MONEY_WORDS = /balance|cash/i;
const MARK_WORDS = /peak|hwm|high_?water|water_?mark|draw_?down|highest|floor|ath\b|loss|dd\b|DD|max_?(?:balance|equity|capital)|threshold|_used|\bused/i;

function create(context: RuleContext<BasisMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  if (!holdsCode(model) || !MONEY_WORDS.test(model.source.text) || !MARK_WORDS.test(model.source.text)) { return {}; }
  return { end: () => { basisVerdicts(model, accounts).forEach((verdict) => { context.report(verdict); }); } };
}

export const balanceDrawdown = defineRule<BasisMessage, unknown>({
  id: 'APX002',
  name: 'balance-drawdown',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'A high-water mark or a drawdown from the closed balance, without open profit and loss.',
  messages: {
    peak: '{room} of room that is not there: a trade up {open} that closes up {closed} ends account {account} at {floor}; a peak of closed balances says {seen}. {use}.',
    current: '{loss} of open loss ends account {account} at {end} while this drawdown, taken from the closed balance, has not moved. {use}.',
    day: '{loss} of open loss {what} account {account} for the day while this loss, taken from the closed balance, has not moved. {use}.',
    housePeak: '{percent} % from the highest equity is the house limit (no account chosen); a peak of closed balances leaves open profit out. {use}.',
    houseCurrent: '{percent} % with open loss is the house limit (no account chosen); a drawdown from the closed balance leaves it out. {use}.',
  },
  options: z.strictObject({}),
  create,
});
