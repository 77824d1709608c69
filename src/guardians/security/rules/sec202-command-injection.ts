/** SEC202: a command line that is put together with something that is not a constant of the program. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Call, SourceModel } from '../../../core/source/model.ts';
import { commandOf, runningNames, type Command } from '../code/injection/commands.ts';
import { isFromOthers, isOpen, relatedTo } from '../code/injection/reports.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { worstHole, type Form, type Hole } from '../code/provenance/value.ts';

type MessageId = 'user' | 'program' | 'line';

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!/\b(?:subprocess|os|popen2|commands|asyncio|pty|child_process|shelljs|execa|cross-spawn|Deno|Bun|exec_command|anyio)\b/.test(model.source.text)) { return {}; }
  const names = runningNames(model);
  return {
    call(node: Call, site: Site): void {
      const { callee } = node;
      // `getattr(os, "system")(…)` has no name.
      const name = lastName(callee);
      if (name === undefined ? callee.kind !== 'call' || lastName(callee.callee) !== 'getattr' : names !== 'any' && !names.has(name)) { return; }
      const command = commandOf(model, node, site);
      const hole = command === undefined ? undefined : dangerIn(model, command);
      if (command === undefined || hole === undefined) { return; }
      const at = { start: command.at.start, end: command.at.end };
      const messageId = hole.origin !== 'user' ? 'line' : command.kind === 'program' ? 'program' : 'user';
      context.report({
        at, messageId, data: { name: hole.label }, severity: messageId === 'line' ? 'warning' : 'error',
        related: relatedTo(model, at, command.at, site, hole), evidence: { origin: hole.origin },
      });
    },
  };
}

function dangerIn(model: SourceModel, { kind, expr, site }: Command): Hole | undefined {
  if (expr.kind === 'literal') { return undefined; }
  const value = provenanceOf(model).of(expr, site);
  const sent = worstHole(value, (hole) => isFromOthers(model, hole, 'shell'));
  if (sent !== undefined || kind === 'program') { return sent; }
  // Without a shell only a line that is put together is one: a name alone is a list, or a program.
  return worstHole(value, (hole, form) => isOpen(hole, 'shell') && (kind === 'line' || isLine(form)));
}

/** `"grep -R {} ."`: a program with its arguments in one text. */
function isLine(form: Form): boolean {
  return form.length > 1 && typeof form[0] === 'string' && /^\s{0,10}\S{1,200}\s/.test(form[0]);
}

export const commandInjection = defineRule<MessageId, unknown>({
  id: 'SEC202',
  name: 'command-injection',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A command line that is put together with something that is not a constant of the program.',
  messages: {
    user: '{name} is what others send, and a shell reads it: they run commands with your keys. Start the program with a list of arguments, no shell.',
    program: '{name} is what others send, and it chooses the program that starts. Look it up in a list of allowed programs.',
    line: '{name} is put into a command line: a space or ; in it starts something else. Pass a list of arguments without a shell, or quote it.',
  },
  options: z.strictObject({}),
  create,
});
