/** SEC220: text of others that a page shows as HTML. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Assign, Call, Expr, SourceModel, Stmt } from '../../../core/source/model.ts';
import { walkModule } from '../../../core/source/walk.ts';
import { answersInHtml, shownBy, shownIn } from '../code/injection/pages.ts';
import { isFromOthers, relatedTo } from '../code/injection/reports.ts';
import { fieldIn } from '../code/injection/sinks.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { hasOtherInput } from '../code/provenance/sources.ts';
import { worstHole, type Form } from '../code/provenance/value.ts';

type MessageId = 'html' | 'answer';

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!hasOtherInput(model)) { return {}; }
  const tell = (shown: Expr | undefined, site: Site, messageId: MessageId, passes: (form: Form) => boolean = () => true): void => {
    const report = shown === undefined ? undefined : reportOf(model, shown, site, messageId, passes);
    if (report !== undefined) { context.report(report); }
  };
  return {
    start(): void {
      const { text } = model.source;
      if (!text.includes('__html') && !(text.includes('statusCode') && text.includes('text/html'))) { return; }
      walkModule(model, { expression: (node, site) => { tell(markupIn(node), site, 'html'); tell(bodyIn(node), site, 'answer'); } });
    },
    call(node: Call, site: Site): void { tell(shownBy(model, node, site), site, 'html'); },
    assign(node: Assign, site: Site): void { for (const target of node.targets) { tell(shownIn(target, node.value), site, 'html'); } },
    statement(node: Stmt, site: Site): void {
      if (node.kind === 'return' && node.value !== undefined && answersInHtml(model, node.value, site)) { tell(node.value, site, 'answer'); }
    },
  };
}

/** `dangerouslySetInnerHTML={{ __html: text }}`. */
function markupIn(node: Expr): Expr | undefined {
  if (node.kind !== 'collection' || node.keys === undefined) { return undefined; }
  return node.items[node.keys.findIndex((key) => key?.kind === 'literal' && key.value === '__html')];
}

/** `{ statusCode: 200, body: html, headers: { "Content-Type": "text/html" } }` of a lambda function. */
function bodyIn(node: Expr): Expr | undefined {
  if (fieldIn(node, ['statusCode']) === undefined) { return undefined; }
  const type = fieldIn(fieldIn(node, ['headers']), ['Content-Type', 'content-type']);
  return type?.kind === 'literal' && String(type.value).includes('text/html') ? fieldIn(node, ['body']) : undefined;
}

function reportOf(model: SourceModel, shown: Expr, site: Site, messageId: MessageId, passes: (form: Form) => boolean): Report<MessageId> | undefined {
  if (shown.kind === 'literal' || shown.kind === 'lambda') { return undefined; }
  const hole = worstHole(provenanceOf(model).of(shown, site), (one, form) => isFromOthers(model, one, 'html') && passes(form));
  if (hole === undefined) { return undefined; }
  const at = { start: shown.start, end: shown.end };
  return { at, messageId, data: { name: hole.label }, related: relatedTo(model, at, shown, site, hole), evidence: { origin: hole.origin } };
}

export const crossSiteScripting = defineRule<MessageId, unknown>({
  id: 'SEC220',
  name: 'cross-site-scripting',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'Text of others that a page shows as HTML.',
  messages: {
    html: '{name} is what others send, and the page reads it as HTML: a script in it trades in your session. Show it as text, or escape it.',
    answer: '{name} is what others send, and the answer is HTML: a script in it trades in your session. Escape it, or render a template.',
  },
  options: z.strictObject({}),
  create,
});
