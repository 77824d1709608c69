/** APX023: a value that keeps an account alive, marked as temporary. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { PRETENDED } from '../idle/guard-names.ts';
import { isPolicy } from '../limits/policy.ts';
import { markedValues, SAFETY_LETTERS } from '../temporary/marked-values.ts';

type Message = 'comment' | 'name';

/** Words without which nothing in a file is marked: looked for before anything is analysed. */
const MARKS = /temp|tmp|TODO|FIXME|XXX|HACK|for now|placeholder|test|debug|demo|before|back\b|not for|dummy|dev only/i;

function create({ model, report }: RuleContext<Message, unknown>): RuleListener {
  const { text } = model.source;
  if (isPolicy(model.path) || PRETENDED.test(model.path) || !MARKS.test(text) || !SAFETY_LETTERS.test(text)) { return {}; }
  return {
    end(): void {
      for (const { name, kind, at, written, mark, comment } of markedValues(model)) {
        report({
          at, messageId: comment === undefined ? 'name' : 'comment', layer: 'house', data: { value: written.slice(0, 30), name: name.slice(0, 40), mark: mark.slice(0, 30) },
          related: comment === undefined ? [] : [{ at: comment, message: 'marked here' }], evidence: { kind, mark },
        });
      }
    },
  };
}

export const temporaryLimit = defineRule<Message, unknown>({
  id: 'APX023',
  name: 'temporary-limit',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, 'notebook'],
  severity: 'warning',
  gate: 'deploy',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A limit, a deadline, a stop or a guard\'s switch that is marked as temporary.',
  messages: {
    comment: '{value} in {name} is marked as temporary (“{mark}”). Put the value back that the account is to be traded with, or take the mark away.',
    name: '{value} in {name}: its name says “{mark}”. Put the value back that the account is to be traded with, or give it its name.',
  },
  options: z.strictObject({}),
  create,
});
