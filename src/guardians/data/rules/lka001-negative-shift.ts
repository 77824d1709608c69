/** LKA001: a value from a later row, in a signal or a feature: the back-test knows what live trading cannot. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Call } from '../../../core/source/model.ts';
import { namesPrice, readsBars } from '../look-ahead/bars.ts';
import { Purposes } from '../look-ahead/purpose.ts';
import { aheadOf } from '../look-ahead/shifts.ts';

type MessageId = 'ahead' | 'label';

/** Names one of which every call that looks ahead has. */
const SHIFT_WORDS = /\b(?:shift|pct_change|diff|roll)\b/;

const options = z.strictObject({
  labels: z.boolean().default(true).describe('Tell about targets and labels too (as information)'),
});
type Options = z.output<typeof options>;

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model } = context;
  if (!SHIFT_WORDS.test(model.source.text)) { return {}; }
  const purposes = new Purposes(model);
  const onBars = readsBars(model);
  return {
    call(node: Call, site: Site): void {
      const ahead = aheadOf(model, node, site);
      if (ahead === undefined) { return; }
      const onPrices = onBars || namesPrice(model, ahead.of, site);
      if (ahead.tensor === true && !onPrices) { return; }
      const purpose = purposes.of(node, site);
      if (purpose === 'shown' || purpose === 'dropped' || (purpose === 'label' && !context.options.labels)) { return; }
      const rows = ahead.rows === undefined ? 'Some rows' : ahead.rows === 1 ? '1 row' : `${ahead.rows} rows`;
      const isLabel = purpose === 'label';
      context.report({
        at: ahead.at,
        messageId: isLabel ? 'label' : 'ahead',
        data: { rows },
        severity: isLabel ? 'info' : 'error',
        // Research that reads bars is judged where it stands; other files only if something that trades imports them.
        ...(onPrices ? {} : { when: { kind: 'trading' } }),
      });
    },
  };
}

export const negativeShift = defineRule<MessageId, Options>({
  id: 'LKA001',
  name: 'negative-shift',
  guardian: 'data',
  languages: ['python', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A negative shift: a row that knows what only a later one can, in a signal or a feature.',
  messages: {
    ahead: '{rows} ahead: each row holds what is known only later, so a back-test earns what live trading cannot. Shift by a positive number, or name it a target.',
    label: '{rows} ahead, for a target or a result: right there, and a leak among the features. Keep it out of them, and drop the last rows.',
  },
  options,
  create,
});
