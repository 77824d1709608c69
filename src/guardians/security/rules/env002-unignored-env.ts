/** ENV002: an environment file that git neither tracks nor ignores: the next `git add .` commits it. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { ConfigEntry } from '../../../core/source/model.ts';
import { isEnvironmentFile } from '../../../core/workspace/environment-files.ts';
import { isFilled, isSecretEntry } from '../handling/env-entries.ts';

type MessageId = 'secret' | 'settings';

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model, file } = context;
  if (file.tracked !== false || file.ignored !== undefined || !isEnvironmentFile(model.path)) { return {}; }
  const filled: ConfigEntry[] = [];
  return {
    entry(entry): void {
      if (isFilled(entry)) { filled.push(entry); }
    },
    end(): void {
      const strict = file.role !== 'code';
      const secret = filled.find((entry) => isSecretEntry(entry, strict));
      const first = secret ?? filled[0];
      if (first === undefined || (strict && secret === undefined)) { return; }
      const name = model.path.slice(model.path.lastIndexOf('/') + 1).slice(0, 40);
      context.report({
        at: first.valueSpan,
        messageId: secret === undefined ? 'settings' : 'secret',
        severity: secret === undefined ? 'info' : 'error',
        data: { name: first.key.slice(0, 40), file: name, count: filled.length, values: filled.length === 1 ? 'value' : 'values' },
        textual: true,
        secrets: [{ at: first.valueSpan, kind: 'env-value' }],
        evidence: { values: String(filled.length), line: name },
      });
    },
  };
}

export const unignoredEnv = defineRule<MessageId, unknown>({
  id: 'ENV002',
  name: 'unignored-env',
  guardian: 'security',
  languages: ['dotenv', 'ini', 'shell'],
  severity: 'error',
  gate: 'commit',
  since: '0.1.0',
  scope: 'everywhere',
  // In the environment file “read it from the environment” is no advice.
  supersedes: ['SEC001'],
  cost: 'fast',
  summary: 'An environment file that git neither tracks nor ignores.',
  messages: {
    secret: '{count} {values}, {name} among them, and git does not ignore the file: the next git add . commits it. Add the line {file} to .gitignore.',
    settings: '{count} {values}, no secret yet, and git does not ignore the file. Add the line {file} to .gitignore before the first key is in it.',
  },
  options: z.strictObject({}),
  create,
});
