/** PRF004: a print or log call that runs on every tick, wherever in the project it stands. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import type { Call, Expr, FunctionModel } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { saysFailure } from '../../../core/source/meaning/failures.ts';
import { isUnguarded, onEveryFastEvent } from '../fast-path.ts';
import { Subscriptions } from '../subscriptions.ts';

type MessageId = 'print' | 'log' | 'debug' | 'idle';

/**
 * Names one of which every call that writes a line is found by, were it through an alias: most files hold none of them,
 * and are not walked for this rule. A test compares them with the framework tables.
 */
export const LINE_WORDS =
  /\b(?:Alert|Comment|Print|PrintFormat|critical|debug|dir|echo|error|exception|fatal|group|http|info|log|log_message|msg|notice|pp|pprint|print|printf|silly|success|table|trace|verbose|warn|warning|write|writelines)\b/;

const options = z.strictObject({
  debug: z.boolean().default(true).describe('Tell about debug lines too (as information): their text is formatted even where the level is off'),
});
type Options = z.output<typeof options>;

/** Whether the text is put together before the call, so that it costs even where nothing is written. */
function isComposed(expr: Expr | undefined): boolean {
  if (!expr) return false;
  if (expr.kind === 'template') return expr.parts.some((part) => part.kind !== 'literal');
  if (expr.kind === 'binary') return true;
  return expr.kind === 'call' && expr.callee.kind === 'member' && expr.callee.property === 'format';
}

/** `Comment("")`: takes the text off the chart. */
function clears(call: Call): boolean {
  return call.args.length > 0 && call.args.every(({ value }) => value.kind === 'literal' && value.type === 'string' && String(value.value).trim() === '');
}

/** What kind of line the call writes, or undefined when it writes none worth a finding. */
function kindOf(call: Call, roles: readonly string[], debug: boolean): MessageId | undefined {
  if (roles.includes('print.panel') && clears(call)) return undefined;
  if (roles.includes('print')) return 'print';
  if (roles.includes('log')) return 'log';
  return roles.includes('log.debug') && debug && isComposed(call.args[0]?.value) ? 'debug' : undefined;
}

/** A line in a branch whose level or text says that something went wrong: the branch is the one for errors, whatever its condition is called. */
function tellsOfFailure(call: Call, fn: FunctionModel): boolean {
  const [first] = call.args;
  if (first === undefined || fn.body.some((statement) => statement.kind === 'expression' && statement.start <= call.start && call.end <= statement.end)) { return false; }
  return (call.callee.kind === 'member' && /^(?:error|exception|critical|fatal)$/.test(call.callee.property)) || saysFailure(first.value);
}

function reportOf(call: Call, fn: FunctionModel, messageId: MessageId): Report<MessageId> {
  return {
    at: { start: call.start, end: call.end },
    messageId,
    severity: messageId === 'debug' || messageId === 'idle' ? 'info' : 'warning',
    when: onEveryFastEvent(fn),
  };
}

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model } = context;
  if (!LINE_WORDS.test(model.source.text)) return {};
  const subscriptions = new Subscriptions(model);
  return {
    call(node: Call, site: Site): void {
      const fn = site.function;
      if (!fn) return;
      const messageId = kindOf(node, rolesOf(model, node, site), context.options.debug);
      if (messageId === undefined || !isUnguarded(model, fn, node) || tellsOfFailure(node, fn)) return;
      context.report(reportOf(node, fn, messageId !== 'debug' && subscriptions.isIdle(fn) ? 'idle' : messageId));
    },
  };
}

export const printPerTick = defineRule<MessageId, Options>({
  id: 'PRF004',
  name: 'print-per-tick',
  guardian: 'performance',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A print or log call that a tick or message handler reaches on every event.',
  messages: {
    print: 'Prints on every {event}: {path}. Each call formats and writes before the next {event} is read. Print every n-th {event} or on change.',
    log: 'Logs on every {event}: {path}. Each call formats a line before the next {event} is read. Log every n-th {event} or on change.',
    idle: 'Writes on every {event} once its feed is subscribed to, which nothing here does by default: {path}. Drop it, or write every n-th {event}.',
    debug: 'Formats a debug line on every {event}, shown or not: {path}. Pass the values instead of the text, or drop it.',
  },
  options,
  create,
});
