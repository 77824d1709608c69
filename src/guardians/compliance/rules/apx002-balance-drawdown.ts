/** APX002: a high-water mark or a drawdown taken from the closed balance, where the account counts open positions. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { judgeBasis } from '../basis/judge-basis.ts';
import type { BasisMessage } from '../basis/judge-basis.ts';

/** Words without which a file reads no closed balance, and without which it measures nothing of its own: looked for before anything is analysed. */
const MONEY_WORDS = /balance|cash/i;
const MARK_WORDS = /peak|hwm|high_?water|water_?mark|draw_?down|highest|floor|ath\b|loss|dd\b|DD|max_?(?:balance|equity|capital)|threshold|_used|\bused/i;

/** Words of what is measured of values that are handed in, and of money that is handed on. */
const TAKE_WORDS = /peak|hwm|high_?water|water_?mark|draw_?down|max_?(?:balance|equity|capital)/i;
const GIVE_WORDS = /balance|cash|equity|unreali[sz]ed|floating|net_?liq/i;

function create(context: RuleContext<BasisMessage, unknown>): RuleListener {
  const { model, accounts, file } = context;
  const { text } = model.source;
  if (!holdsCode(model)) { return {}; }
  const measures = (MONEY_WORDS.test(text) && MARK_WORDS.test(text)) || TAKE_WORDS.test(text);
  const hands = file.role === 'code' && GIVE_WORDS.test(text);
  if (!measures && !hands) { return {}; }
  return {
    end: () => {
      const { verdicts, facts } = judgeBasis(model, accounts, { measures, hands });
      verdicts.forEach((verdict) => { context.report(verdict); });
      facts.forEach((fact) => { context.note(fact); });
    },
  };
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
