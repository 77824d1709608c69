/** APX007: an entry order, or a losing position, that outlives the session. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { mayBeForce } from '../../../core/source/settings/facts.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { isPolicy } from '../limits/policy.ts';
import { judgeResting } from '../resting/judge-resting.ts';
import type { RestingMessage } from '../resting/judge-resting.ts';
import { settingVerdicts } from '../resting/judge-setting.ts';

/** Words without which a file makes no resting order: looked for before anything is analysed. */
const ORDER_WORDS = /gtc|create_?(?:limit_?)?(?:buy_?)?order|time_?in_?force|\btif\b|type_time|order_factory|BuyLimit|BuyStop|SellLimit|SellStop|OrderOpen|TRADE_ACTION_PENDING|OP_(?:BUY|SELL)(?:LIMIT|STOP)|good_?till?_?cancel/i;
/** Words of a close that may take winners only. */
const WINNER_WORDS = /friday|day_?of_?week|weekday|getDay|flat|eod|close_?all/i;
const CLOSE_WORDS = /close_?position|PositionClose|OrderClose/i;
/** Words of an end that may leave something behind. */
const LEFT_WORDS = /def on_stop\b|reduce_only|close_(?:position|all_positions)/;
const SUBMIT_WORDS = /submit_order|strategy\.close_/;
const GAIN_WORDS = /profit|pnl/i;

function create(context: RuleContext<RestingMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  if (!holdsCode(model)) {
    return mayBeForce(text) && !isPolicy(model.path) ? { end: () => { settingVerdicts(model, accounts).forEach((verdict) => { context.report(verdict); }); } } : {};
  }
  if (!ORDER_WORDS.test(text) && !(CLOSE_WORDS.test(text) && GAIN_WORDS.test(text) && WINNER_WORDS.test(text)) && !(SUBMIT_WORDS.test(text) && LEFT_WORDS.test(text))) { return {}; }
  return {
    end: () => {
      const { verdicts, facts } = judgeResting(model, accounts);
      verdicts.forEach((verdict) => { context.report(verdict); });
      facts.forEach((fact) => { context.note(fact); });
    },
  };
}

export const restingEntry = defineRule<RestingMessage, unknown>({
  id: 'APX007',
  name: 'resting-entry',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook', 'yaml', 'json', 'toml', 'dotenv', 'ini'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'A resting entry, or a losing position, that survives the end of the session.',
  messages: {
    gtc: '{deadline} ends the day{who}, but this {what} is good till cancelled and can fill after it. Use {day}, or cancel it when you flatten.',
    unsaid: '{deadline} ends the day{who}, but this {what} is good till cancelled by default and can fill after it. Use {day}, or cancel it when you flatten.',
    flatten: '{count} {entries} {survive} this close: by {deadline}{who} orders have to be gone as well. Cancel them first ({cancel}).',
    stop: '{count} {entries} {survive} on_stop, which neither cancels nor closes; {deadline} ends the day{who}. Cancel all orders, then close.',
    left: 'This on_stop neither cancels nor closes: what the strategy has opened stays in the market, and {deadline} ends the day{who}. Cancel all orders, then close.',
    guard: '{name} closes positions and cancels no orders: a working entry can fill after it, and by {deadline}{who} orders have to be gone. Cancel them first (cancel_all_orders).',
    orphan: '{count} {entries} in the market after this close and can open a position; by {deadline}{who} orders have to be gone. Cancel first ({cancel}).',
    setting: '{deadline} ends the day{who}, but {value} in {key} lets entries rest after it. Write {day}, or cancel them when you flatten.',
    winners: '{deadline} is for every position{who}: this close takes winners only, and losers stay open. Close all of them.',
  },
  options: z.strictObject({}),
  create,
});
