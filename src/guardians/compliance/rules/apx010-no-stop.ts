/** APX010: an entry that nothing takes out of a losing trade. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { ORDER_WORDS } from '../orders/orders-of.ts';
import { judgeStops } from '../stops/judge-stop.ts';
import type { StopMessage } from '../stops/judge-stop.ts';

function create(context: RuleContext<StopMessage, unknown>): RuleListener {
  const { model } = context;
  if (!holdsCode(model) || !ORDER_WORDS.test(model.source.text)) { return {}; }
  return {
    end(): void {
      const { verdicts, facts } = judgeStops(model);
      verdicts.forEach((verdict) => { context.report(verdict); });
      facts.forEach((fact) => { context.note(fact); });
    },
  };
}

export const noStop = defineRule<StopMessage, unknown>({
  id: 'APX010',
  name: 'no-stop',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'An entry with no stop: none in the order, none after it, none on its fill.',
  messages: {
    none: 'This {order} opens a position that no stop ends: the order has none, and nothing after it sets one. {how}.',
    zero: 'This {order} opens a position that no stop ends: its stop is 0, and nothing sets one later. {how}.',
    callers: 'This call hands over no stop, so the {order} it leads to opens a position that nothing ends. {how}.',
  },
  options: z.strictObject({}),
  create,
});
