/** APX024: a limit in a file of settings that no program reads: whoever changes it changes nothing. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { Range } from '../../../core/findings/finding.ts';
import type { SourceText, Span } from '../../../core/source/model.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { isPreset, settingsOf } from '../../../core/source/settings/settings.ts';
import { offsetAt } from '../../../core/source/text.ts';
import { shownNumber } from '../limits/amount.ts';
import { canBeLimit, limitKind } from '../limits/limit-key.ts';
import { isPolicy } from '../limits/policy.ts';

type Message = 'unread' | 'absent';

function create(context: RuleContext<Message, unknown>): RuleListener {
  const { model } = context;
  if (isPolicy(model.path) || model.path.endsWith('.tickguard/baseline.json')) { return {}; }
  return { end: () => { if (holdsCode(model)) { absent(context); } else { unread(context); } } };
}

function spanOf(source: SourceText, range: Range): Span {
  return { start: offsetAt(source, range.line, range.column), end: offsetAt(source, range.endLine, range.endColumn) };
}

/** Every key of a file of settings that names a limit, with the question who reads it. */
function unread({ model, report }: RuleContext<Message, unknown>): void {
  for (const key of settingsOf(model)?.keys ?? []) {
    const name = key.path[key.path.length - 1] ?? '';
    const outer = key.path.slice(0, -1).filter((part) => !/^\d+$/.test(part));
    const kind = limitKind(name, outer);
    const text = isPreset(model.path) ? key.text.split('|', 1)[0] ?? '' : key.text;
    if (kind === undefined || !canBeLimit(kind, text)) { continue; }
    report({
      at: spanOf(model.source, key.range), messageId: 'unread', data: { value: shownNumber(text), key: name },
      when: { kind: 'unread', key: key.path }, evidence: { kind, key: key.path.join('.') },
    });
  }
}

/** Every read of a limit with a default, with the question whether a file has the key. */
function absent({ model, report }: RuleContext<Message, unknown>): void {
  const seen = new Set<string>();
  settingsOf(model)?.flows.forEach((flow, index) => {
    const name = flow.from[flow.from.length - 1] ?? '';
    if (flow.default === undefined || flow.range === undefined || flow.from.length < 2 || flow.from[0] === 'e' || flow.from[0].startsWith('k ')) { return; }
    const kind = limitKind(name, flow.from.slice(1, -1));
    const place = `${String(flow.range.line)}:${String(flow.range.column)}`;
    if (kind === undefined || !canBeLimit(kind, flow.default.replaceAll(/["']/g, '')) || seen.has(place)) { return; }
    seen.add(place);
    report({ at: spanOf(model.source, flow.range), messageId: 'absent', data: { value: shownNumber(flow.default.replaceAll(/["']/g, '')) }, severity: 'info', when: { kind: 'absent', flow: index }, evidence: { kind } });
  });
}

export const unreadLimit = defineRule<Message, unknown>({
  id: 'APX024',
  name: 'unread-limit',
  guardian: 'compliance',
  languages: ['python', 'mql5', 'typescript', 'javascript', 'yaml', 'json', 'toml', 'dotenv', 'ini'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A limit in a file of settings that no program reads.',
  messages: {
    unread: '{value} in {key} is read by nobody: {instead}. {action}',
    absent: '{value} holds here: {file} has no {wanted}. Write the key there, so that whoever looks for the limit finds it.',
  },
  options: z.strictObject({}),
  create,
});
