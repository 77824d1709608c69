/** SEC218: characters that turn the direction of text round: the compiler reads another program than the eye. */
import * as z from 'zod';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { ANY_LANGUAGE, PROGRAMS } from '../../../core/source/languages.ts';
import type { Span } from '../../../core/source/model.ts';

type MessageId = 'code' | 'text';

/** Embeddings, overrides and isolates (Unicode Standard Annex 9), and what ends them. */
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]/;
const EACH = /[\u202A-\u202E\u2066-\u2069"'`]/g;

/** Longest line that somebody reads; a longer one is made by a program, and fools nobody's eye. */
const MOST_READ = 1_000;

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  const { text, lineStarts } = model.source;
  if (!CONTROLS.test(text)) { return {}; }
  return {
    end(): void {
      const program = model.language === 'notebook' || (PROGRAMS as readonly string[]).includes(model.language);
      lineStarts.forEach((start, index) => {
        const line = text.slice(start, lineStarts[index + 1] ?? text.length);
        const found = line.length <= MOST_READ && CONTROLS.test(line) ? leftOpen(line, program) : undefined;
        if (found === undefined) { return; }
        context.report({
          at: { start: start + found.start, end: start + found.end }, messageId: program ? 'code' : 'text', textual: true, ...(program ? {} : { severity: 'warning' as const }),
          data: { code: (text.codePointAt(start + found.start) ?? 0).toString(16).toUpperCase() },
        });
      });
    },
  };
}

/**
 * The first control of a line whose effect goes beyond the text it stands in: it is not ended before the line is, or a quote
 * comes between (in a program). Text of right-to-left languages that opens and closes within one literal turns nothing else round.
 */
function leftOpen(line: string, quotes: boolean): Span | undefined {
  const open: { readonly at: number; readonly isolate: boolean }[] = [];
  for (const match of line.matchAll(EACH)) {
    const char = match[0];
    if (char === '"' || char === '\'' || char === '`') {
      const [first] = open;
      if (quotes && first !== undefined) { return { start: first.at, end: first.at + 1 }; }
    } else if (char === '\u202C' || char === '\u2069') {
      const at = open.findLastIndex(({ isolate }) => isolate === (char === '\u2069'));
      if (at < 0) { return { start: match.index, end: match.index + 1 }; }
      open.splice(at);
    } else { open.push({ at: match.index, isolate: char >= '\u2066' }); }
  }
  const [first] = open;
  return first === undefined ? undefined : { start: first.at, end: first.at + 1 };
}

export const hiddenDirection = defineRule<MessageId, unknown>({
  id: 'SEC218',
  name: 'hidden-direction',
  guardian: 'security',
  languages: ANY_LANGUAGE,
  severity: 'error',
  gate: 'commit',
  since: '0.1.0',
  scope: 'everywhere',
  cost: 'fast',
  summary: 'Invisible characters that turn the direction of text round: the line runs other than it reads.',
  messages: {
    code: 'U+{code} is invisible and turns the text behind it round: this line runs other than it reads. Delete it, and ask who put it there.',
    text: 'U+{code} is invisible and turns the text behind it round: it is shown other than it is stored. Delete it.',
  },
  options: z.strictObject({}),
  create,
});
