/** APX004: positions are closed at or after the account's deadline, or the check has hours in which it is false again. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { PAGES, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { deadlineVerdicts } from '../deadline/family.ts';
import type { LateMessage } from '../deadline/verdict.ts';

/** Options both rules of the family take. */
export const deadlineOptions = z.strictObject({
  /** Minutes before the deadline by which closing has to begin. */
  bufferMinutes: z.number().int().min(0).max(240).default(2).describe('Minutes before the deadline by which closing has to begin.'),
});
export type DeadlineOptions = z.infer<typeof deadlineOptions>;

function create(context: RuleContext<LateMessage, DeadlineOptions>): RuleListener {
  return {
    end(): void {
      for (const verdict of deadlineVerdicts({ model: context.model, accounts: context.accounts, asOf: context.asOf, bufferMinutes: context.options.bufferMinutes })) {
        if (verdict.rule !== 'APX004') { continue; }
        const { messageId, rule: _rule, ...rest } = verdict;
        context.report({ ...rest, messageId: messageId as LateMessage });
      }
    },
  };
}

export const lateCutoff = defineRule<LateMessage, DeadlineOptions>({
  id: 'APX004',
  name: 'late-cutoff',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, ...PAGES],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'A cut-off at or after the account\'s deadline, or one that turns false again before the day is over.',
  messages: {
    late: '{time} is {late} after the {deadline} deadline{who}: by then the position is closed out or carried overnight. Flatten from {safe}.',
    lateElsewhere: '{time} is {seen} {letters}, {late} after the {deadline} deadline{who}. Flatten from {safe} there.',
    tight: '{time} leaves {room} to be flat by {deadline}{who}: a rejected or slow order has no second try. Flatten from {safe}.',
    gap: 'True {from}–{to}, then false until {again}: at {later} a position that missed it stays open{who}. {compare}, from {safe} at the latest.',
    oneMinute: 'True {from}–{to} only: after that minute nothing closes what a missed bar or a rejected order left open{who}. Use >= on the time of day.',
  },
  options: deadlineOptions,
  create,
});
