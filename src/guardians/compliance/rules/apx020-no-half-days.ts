/** APX020: a fixed cut-off, and nothing in the project that knows the days on which the exchange stops early. */
import type { Condition } from '../../../core/rules/condition.ts';
import { fillMessage, MESSAGE_LIMIT } from '../../../core/rules/message.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { calendarGroup, calendarWord, HALF_DAYS_TOPIC, servedBy } from '../deadline/half-days.ts';
import { halfDayVerdicts } from '../deadline/judge-half-days.ts';
import type { HalfDayMessage } from '../deadline/judge-half-days.ts';
import { deadlineOptions } from './apx004-late-cutoff.ts';
import type { DeadlineOptions } from './apx004-late-cutoff.ts';

function create({ model, accounts, asOf, options, report, note }: RuleContext<HalfDayMessage, DeadlineOptions>): RuleListener {
  return {
    end(): void {
      const word = calendarWord(model);
      if (word !== undefined) { note({ kind: 'names', topic: HALF_DAYS_TOPIC, names: servedBy(model), where: word }); return; }
      const group = calendarGroup(model);
      const when: Condition = { kind: 'named', topic: HALF_DAYS_TOPIC, among: 'project', not: true, ...(group === undefined ? {} : { name: group }) };
      for (const { data, ...verdict } of halfDayVerdicts({ model, accounts, asOf, bufferMinutes: options.bufferMinutes })) {
        report({ ...verdict, when, data: fitted(verdict.messageId, data) });
      }
    },
  };
}

/** The days of the year, and what to do, where there is room for them. */
function fitted(messageId: HalfDayMessage, data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { proof = '', ...rest } = data;
  let more = '';
  for (const sentence of [proof, ACTIONS[messageId]]) {
    if (fillMessage(MESSAGES[messageId], { ...rest, more: '' }).length + more.length + sentence.length <= MESSAGE_LIMIT) { more += sentence; }
  }
  return { ...rest, more };
}

const ACTIONS: Readonly<Record<HalfDayMessage, string>> = { early: ' Ask a calendar.', regular: ' Flatten before it.', unnamed: '' };

const MESSAGES: Readonly<Record<HalfDayMessage, string>> = {
  early: '{day}: {stops}. This flattens {time}, after the close; the position stays to {reopens}{who}.{more}',
  regular: '{stops}, every day. This flattens {time}, after the close; the position stays to {reopens}{who}.{more}',
  unnamed: '{day}: {stops}. This flattens {time}, after the close; the position stays to {reopens}{who}. Name the products that are traded.{more}',
};

export const noHalfDays = defineRule<HalfDayMessage, DeadlineOptions>({
  id: 'APX020',
  name: 'no-half-days',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'yaml', 'json', 'toml', 'dotenv', 'ini', 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A fixed cut-off where nothing in the project knows the days on which the exchange stops early.',
  messages: MESSAGES,
  options: deadlineOptions,
  create,
});
