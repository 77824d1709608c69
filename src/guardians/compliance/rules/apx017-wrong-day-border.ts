/** APX017: a day's money that is set back at midnight, while the account's trading day begins at another time. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { judgeBorders } from '../day-border/judge-border.ts';
import type { BorderMessage } from '../day-border/judge-border.ts';

/** Words without which a file counts no money of a day, or takes no date. */
const DAY_WORDS = /daily|day|today/i;
const MONEY_WORDS = /pnl|p_?l\b|loss|profit|balance|equity|trades|drawdown|limits|risk/i;
const DATE_WORDS = /\.date\(|today\(|strftime|isoformat|\.day\b|day_of_year|tm_yday|normalize|PERIOD_D1|TIME_DATE|TimeDay|\bDay(?:OfYear)?\(|86_?400|toDateString|toISOString|getDate|getUTCDate|toLocaleDateString|hour\s{0,3}==\s{0,3}0|Hours\(\)\s{0,3}===\s{0,3}0|00:00|0 0 \*/;

function create({ model, accounts, asOf, report }: RuleContext<BorderMessage, unknown>): RuleListener {
  const { text } = model.source;
  if (!holdsCode(model) || !DATE_WORDS.test(text) || !DAY_WORDS.test(text) || !MONEY_WORDS.test(text)) { return {}; }
  return { end: () => { judgeBorders(model, accounts, Number(asOf.slice(0, 4))).forEach((verdict) => { report(verdict); }); } };
}

export const wrongDayBorder = defineRule<BorderMessage, unknown>({
  id: 'APX017',
  name: 'wrong-day-border',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A day\'s profit, loss or trades set back at midnight, while the trading day begins at another time.',
  messages: {
    shifted: '{name} resets at {midnight}, the trading day begins {start}{who}: evening losses count in the wrong day. Take the date of {fix}.',
    history: '{name} counts from {midnight}, the trading day begins {start}{who}: evening trades are left out. Begin at {start}.',
    zone: '{name} resets at {midnight}, the trading day begins {start}{who}: hours of loss count in the wrong day. Take the date in {city}.',
  },
  options: z.strictObject({}),
  create,
});
