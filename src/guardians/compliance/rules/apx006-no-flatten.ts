/** APX006: what opens positions and never closes them by the clock. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { judgeFlatten } from '../flatten/judge-flatten.ts';
import type { FlattenMessage } from '../flatten/judge-flatten.ts';

/** Words without which a file neither opens nor closes a position. */
const ORDER_WORDS = /order|buy|sell|position|trade|flat|liquid|class\s/i;

function create({ model, accounts, report, note }: RuleContext<FlattenMessage, unknown>): RuleListener {
  // An include says that it is there even where it has nothing to say.
  if (!holdsCode(model) || !(ORDER_WORDS.test(model.source.text) || model.path.endsWith('.mqh'))) { return {}; }
  return {
    end(): void {
      const { verdicts, facts } = judgeFlatten(model, accounts);
      verdicts.forEach((verdict) => { report(verdict); });
      facts.forEach((fact) => { note(fact); });
    },
  };
}

export const noFlatten = defineRule<FlattenMessage, unknown>({
  id: 'APX006',
  name: 'no-flatten',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A strategy that opens positions, and nothing that closes them by the clock.',
  messages: {
    none: '{what} opens positions, and nothing closes them by the clock: everything has to be flat by {deadline}{who}. Flatten from {safe} by a timer.',
    friday: '{what} closes by the clock on Fridays only: everything has to be flat by {deadline} every day{who}. Flatten daily from {safe}.',
    ticks: 'Only a {event} lets this close: in a quiet market none comes, and the position stays after {deadline}{who}. Close from {timer} as well.',
    floating: 'This timer runs 24 h after the start and so on, not at a time of day: {deadline} passes in between{who}. Start it at {safe}.',
  },
  options: z.strictObject({}),
  create,
});
