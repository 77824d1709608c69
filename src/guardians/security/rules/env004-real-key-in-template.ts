/** ENV004: a real key in the template of an environment file, which is committed by design. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { isEnvironmentTemplate } from '../../../core/workspace/environment-files.ts';
import { detectorOf } from '../handling/env-entries.ts';

type MessageId = 'real';

function create({ model, file, report }: RuleContext<MessageId, unknown>): RuleListener {
  if (!isEnvironmentTemplate(model.path)) { return {}; }
  return {
    entry(entry): void {
      if (entry.shape !== 'scalar' || entry.text.length < 6) { return; }
      const detector = detectorOf(entry, file.role !== 'code');
      // A password that anybody can guess is ENV008's; what a detector knows of a template was pasted there.
      if (detector === undefined) { return; }
      report({
        at: entry.valueSpan, messageId: 'real', severity: 'error', textual: true, data: { name: entry.key.slice(0, 40) },
        secrets: [{ at: entry.valueSpan, kind: detector }], evidence: { name: entry.key.slice(0, 80), detector },
      });
    },
  };
}

export const realKeyInTemplate = defineRule<MessageId, unknown>({
  id: 'ENV004',
  name: 'real-key-in-template',
  guardian: 'security',
  languages: ['dotenv', 'text', 'ini'],
  severity: 'error',
  gate: 'commit',
  since: '0.1.0',
  scope: 'everywhere',
  // In a template the way out is another one than in code.
  supersedes: ['SEC001'],
  cost: 'fast',
  summary: 'A real key in the template of an environment file.',
  messages: {
    real: '{name} has a value that looks real, in a file that is there to be committed. Revoke it, and leave the name with nothing behind the =.',
  },
  options: z.strictObject({}),
  create,
});
