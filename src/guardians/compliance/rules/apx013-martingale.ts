/** APX013: sizes that grow after losses, and orders that add to a position because it loses. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { ORDER_WORDS } from '../orders/orders-of.ts';
import { judgeGrowth } from '../growth/judge-growth.ts';
import type { GrowthMessage } from '../growth/judge-growth.ts';

/** Words without which no size grows and no order averages: looked for before anything is analysed. */
const SIZE_WORDS = /lot|size|qty|quantity|volume|amount|stake|contracts|units|bet/i;
const GROWTH_WORDS = /loss|lost|losing|win|profit|pnl|marti|multi|\*=|OrderLots|POSITION_VOLUME|factor|expon|scale|pow|\*\*|entry|avg|average|last|open_?price/i;

function create(context: RuleContext<GrowthMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (!holdsCode(model) || !(SIZE_WORDS.test(text) || ORDER_WORDS.test(text)) || !GROWTH_WORDS.test(text)) { return {}; }
  return { end(): void { judgeGrowth(model, accounts).forEach((verdict) => { context.report(verdict); }); } };
}

export const martingale = defineRule<GrowthMessage, unknown>({
  id: 'APX013',
  name: 'martingale',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'Sizes that grow after losses, and orders that add to a position because it loses.',
  messages: {
    loss: '{size} is multiplied by {factor} after a loss: a row of losses ends in one trade that takes the whole drawdown. Keep the size, or make it smaller.',
    power: '{size} grows by {factor}: a few levels against you, and one trade takes the whole drawdown. Keep the size the same on every level, and limit the levels.',
    factor: '{size} is multiplied by {factor} from one trade to the next: a few trades against you, and one takes the whole drawdown. Keep the size.',
    adds: 'This {order} adds to a position because it loses: the further the price goes against you, the more is at risk. Take the loss, or size all parts before the first.',
    banned: 'This {order} adds to a position because it loses, which the rules of account {account} forbid. Take the loss.',
  },
  options: z.strictObject({}),
  create,
});
