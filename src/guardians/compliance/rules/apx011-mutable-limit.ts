/** APX011: a limit that is loosened while the program runs. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PRETENDED } from '../idle/guard-names.ts';
import { mutations } from '../mutable/mutations.ts';

type Message = 'raised' | 'replaced';

/** Words without which no file has a limit to loosen: looked for before anything is analysed. */
const LIMIT_WORDS = /draw_?down|dd|loss|max_?(?:contracts|lots|minis|micros)|contracts?_?limit/i;

function create({ model, report }: RuleContext<Message, unknown>): RuleListener {
  if (!holdsCode(model) || PRETENDED.test(model.path) || !LIMIT_WORDS.test(model.source.text)) { return {}; }
  return {
    end(): void {
      for (const { at, name, how } of mutations(model)) {
        report({ at, messageId: how, layer: 'house', data: { name: name.slice(0, 40) }, evidence: { how } });
      }
    },
  };
}

export const mutableLimit = defineRule<Message, unknown>({
  id: 'APX011',
  name: 'mutable-limit',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A limit that is loosened while the program runs.',
  messages: {
    raised: '{name} is raised while the program runs: after that it holds nobody to what was agreed. Keep limits in the configuration, and tighten them at most.',
    replaced: 'A greater {name} than it began with is set while the program runs. Keep limits in the configuration, and tighten them at most.',
  },
  options: z.strictObject({}),
  create,
});
