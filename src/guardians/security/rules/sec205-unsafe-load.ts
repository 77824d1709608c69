/** SEC205: what is read may run: a pickle, a YAML document with tags, from somebody else. */
import * as z from 'zod';
import type { Severity } from '../../../core/findings/finding.ts';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Call } from '../../../core/source/model.ts';
import { spanOf } from '../code/arguments.ts';
import { unsafeLoad, type Load } from '../code/loading/loaders.ts';
import { writerOf, type Writer } from '../code/loading/origin.ts';

type MessageId = 'user' | 'network' | 'shared' | 'handed' | 'document' | 'version';

const WORDS = /pickle|\bdill\b|\bmarshal\b|\bshelve\b|\bjoblib\b|allow_pickle|torch\.load|from torch import|\byaml\b|ruamel|node-serialize|serialize-to-js|funcster|cryo/;

const SEVERITY: Readonly<Partial<Record<Writer, Severity>>> = { user: 'error', network: 'error', shared: 'warning', handed: 'warning' };

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!WORDS.test(model.source.text)) { return {}; }
  return {
    call(node: Call, site: Site): void {
      const load = unsafeLoad(model, node, site);
      if (load === undefined) { return; }
      const { by, label } = writerOf(model, load, site);
      const judged = judge(load, by);
      if (judged === undefined) { return; }
      context.report({ at: spanOf(node.callee), messageId: judged.messageId, severity: judged.severity, data: { load: load.name, instead: load.instead, what: label.slice(0, 40), version: load.before ?? '' } });
    },
  };
}

function judge(load: Load, by: Writer): { readonly messageId: MessageId; readonly severity: Severity } | undefined {
  const severity = SEVERITY[by];
  if (severity !== undefined && load.before !== undefined) { return { messageId: 'version', severity: by === 'handed' ? 'info' : 'warning' }; }
  if (severity === 'error') { return { messageId: by === 'user' ? 'user' : 'network', severity }; }
  if (load.judged === 'always') { return { messageId: 'document', severity: 'warning' }; }
  return severity === undefined ? undefined : { messageId: by === 'shared' ? 'shared' : 'handed', severity };
}

export const unsafeLoads = defineRule<MessageId, unknown>({
  id: 'SEC205',
  name: 'unsafe-load',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A pickle, a model or a YAML document that runs code while it is read, from a place others can write to.',
  messages: {
    user: '{load} runs what {what} says: whoever sends it owns the process and its keys. Take {instead}.',
    network: '{load} runs what came over the network ({what}): whoever answers owns the process and its keys. Take {instead}, or check a signature first.',
    shared: '{load} reads {what}, where every user of the machine can put a file, and runs it. Keep it in a folder of your own.',
    handed: '{load} runs whatever {what} is handed: a model from elsewhere empties the account. Take {instead}, or check its hash first.',
    document: '{load} makes any object the document names, and runs code on the way. Use {instead}.',
    version: '{load} before {version} runs what it reads ({what}). Say {instead}.',
  },
  options: z.strictObject({}),
  create,
});
