/** SEC204: code that is run from a text which is not a constant of the program. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { externalType } from '../../../core/source/meaning/classes.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { isFromOthers, isOpen, relatedTo } from '../code/injection/reports.ts';
import { argumentOf, calledName, positionIn, SINKS } from '../code/injection/sinks.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { worstHole, type Hole } from '../code/provenance/value.ts';

type MessageId = 'user' | 'code' | 'template';

const { always, timers, handedTo, consoles, user, userMethods, templates, templateMethods } = SINKS.code;
const CONSOLES: Readonly<Record<string, readonly string[]>> = consoles;
const LAST_NAMES: ReadonlySet<string> = new Set([
  ...[...Object.keys(always), ...Object.keys(timers), ...Object.keys(user), ...Object.keys(templates)].map((name) => name.slice(name.lastIndexOf('.') + 1)),
  ...Object.keys(userMethods), ...Object.keys(templateMethods), ...Object.keys(handedTo), ...Object.values(consoles).flat(),
]);

interface Run {
  readonly code: Expr;
  /** `any`: whatever is not constant; `user`: only what others send. */
  readonly against: 'any' | 'user' | 'template';
}

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  return {
    call(node: Call, site: Site): void {
      const name = lastName(node.callee);
      if (name === undefined || !LAST_NAMES.has(name) || node.args.length === 0) { return; }
      const run = runOf(model, node, name, site);
      if (run === undefined || run.code.kind === 'literal' || run.code.kind === 'lambda') { return; }
      const hole = dangerIn(model, run, site);
      if (hole !== undefined) { context.report(reportOf(model, run, site, hole)); }
    },
  };
}

function runOf(model: SourceModel, node: Call, name: string, site: Site): Run | undefined {
  const { callee } = node;
  const full = calledName(model, callee, site);
  const at = positionIn(always, full);
  if (at !== undefined) {
    // The body of `new Function(…)` comes last.
    const code = full === 'globals.Function' ? node.args[node.args.length - 1]?.value : argumentOf(node, at, ['source', 'code', 'object']);
    return code === undefined ? undefined : { code, against: 'any' };
  }
  const first = argumentOf(node, 0, ['source', 'template', 'expr', 'template_string', 'template_code']);
  if (first === undefined) { return undefined; }
  if (positionIn(timers, full) !== undefined) { return isWritten(first) ? { code: first, against: 'any' } : undefined; }
  if (positionIn(templates, full) !== undefined) { return { code: first, against: 'template' }; }
  if (positionIn(user, full) !== undefined) { return { code: first, against: 'user' }; }
  if (callee.kind !== 'member') { return undefined; }
  const handed = positionIn(handedTo, name);
  if (handed !== undefined) { return handedOn(model, node, handed, site); }
  const methods = CONSOLES[externalType(model, callee.object, site) ?? ''];
  if (methods?.includes(name) === true) { return { code: first, against: 'any' }; }
  if (positionIn(templateMethods, name) !== undefined) { return { code: first, against: 'template' }; }
  // Frames evaluate text as well; a database's `query` is SQL, and SEC201's.
  const frame = name === 'eval' || /(?:^|_)(?:df|frame|data|bars|trades|ticks)$/i.test(lastName(callee.object) ?? '');
  return positionIn(userMethods, name) !== undefined && frame && model.language === 'python' ? { code: first, against: 'user' } : undefined;
}

/** `loop.run_in_executor(None, exec, code)`. */
function handedOn(model: SourceModel, node: Call, at: number, site: Site): Run | undefined {
  const [fn, code] = [node.args[at]?.value, node.args[at + 1]?.value];
  return fn?.kind !== 'name' || code === undefined || positionIn(always, calledName(model, fn, site)) === undefined ? undefined : { code, against: 'any' };
}

/** A text, not a function: only that is compiled. */
function isWritten(expr: Expr): boolean {
  return expr.kind === 'template' || (expr.kind === 'binary' && expr.operands.some((part) => part.kind === 'literal' && part.type === 'string'));
}

function dangerIn(model: SourceModel, { code, against }: Run, site: Site): Hole | undefined {
  const value = provenanceOf(model).of(code, site);
  return worstHole(value, (hole) => isFromOthers(model, hole, 'code') || (against === 'any' && isOpen(hole, 'code')));
}

function reportOf(model: SourceModel, { code, against }: Run, site: Site, hole: Hole): Report<MessageId> {
  const at = { start: code.start, end: code.end };
  // Whoever starts a program may run code without it: that its arguments are run is information.
  const messageId = against === 'template' ? 'template' : hole.origin === 'user' ? 'user' : 'code';
  return {
    at, messageId, data: { name: hole.label }, severity: messageId !== 'code' ? 'error' : hole.origin === 'operator' ? 'info' : 'warning',
    related: relatedTo(model, at, code, site, hole), evidence: { origin: hole.origin },
  };
}

export const dynamicCode = defineRule<MessageId, unknown>({
  id: 'SEC204',
  name: 'dynamic-code',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'Code that is run from a text which is not a constant of the program.',
  messages: {
    user: '{name} is what others send, and it is run as code: they place orders and read your keys. Parse it, or look it up in a table of functions.',
    code: '{name} is run as code: whoever writes it can place orders and read your keys. Parse it (json, ast.literal_eval) or use a table of functions.',
    template: '{name} is what others send, and it is compiled as a template: they run code. Keep the template constant and pass values to it.',
  },
  options: z.strictObject({}),
  create,
});
