/** APX022: a guard before an order, or a limit, that is gone or weaker than at an earlier revision. */
import * as z from 'zod';
import { inWords } from '../../../core/rules/coverage-baseline.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Report, RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { LostGuard, Since } from '../../../core/rules/since.ts';
import { PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { kindName } from '../../../core/source/protections/kinds.ts';
import { offsetAt } from '../../../core/source/text.ts';
import type { SourceText } from '../../../core/source/model.ts';
import { weakerLimits } from '../change/weaker-limits.ts';
import { isPolicy } from '../limits/policy.ts';

type Message = 'gone' | 'some' | 'conditional' | 'looser';

/** Longest piece of code, and longest path, in a message: both are in the evidence, whole. */
const MAX_SHOWN = 40;

function create({ model, since, report }: RuleContext<Message, unknown>): RuleListener {
  if (since === undefined) { return {}; }
  return {
    end(): void {
      for (const guards of bySite(since.lost)) { report(reportOf(guards, since, model.source)); }
      // What was agreed in tickguard.json is the account's own, and its history is in the file's.
      if (isPolicy(model.path)) { return; }
      for (const { at, name, was, now } of weakerLimits(since.before, model)) {
        report({ at, messageId: 'looser', data: { name, was, now, revision: since.revision }, evidence: { was, now, revision: since.revision } });
      }
    },
  };
}

/** Guards of one order together: what is wrong there is told once. */
function bySite(lost: readonly LostGuard[]): readonly (readonly LostGuard[])[] {
  const sites = new Map<string, LostGuard[]>();
  for (const guard of lost) {
    const key = `${guard.at.line}:${guard.at.column}`;
    sites.set(key, [...(sites.get(key) ?? []), guard]);
  }
  return [...sites.values()];
}

const WORST: readonly LostGuard['now'][] = ['missing', 'some', 'conditional'];

/** What is worst at one order, with the guards it holds for. */
function reportOf(guards: readonly LostGuard[], { revision }: Since, source: SourceText): Report<Message> {
  const worst = WORST.find((state) => guards.some((guard) => guard.now === state));
  const told = guards.filter((guard) => guard.now === worst);
  const { at, order, now, only, was } = told[0]!;
  const names = told.map((guard) => kindName(guard.kind));
  return {
    at: { start: offsetAt(source, at.line, at.column), end: offsetAt(source, at.endLine, at.endColumn) },
    messageId: now === 'missing' ? 'gone' : now,
    data: {
      order, guards: `${inWords(names)} ${names.length === 1 ? 'guard' : 'guards'}`, revision, only: only ?? 'a switch that is off by default is on',
      place: was === undefined ? '' : ` (${was.file.length <= MAX_SHOWN ? was.file : `…${was.file.slice(1 - MAX_SHOWN)}`}:${was.line}, ${shortened(was.text)})`,
    },
    evidence: {
      guards: guards.map((guard) => `${guard.kind} ${guard.now}`).join(', '), revision,
      was: guards.flatMap((guard) => (guard.was === undefined ? [] : [`${guard.kind} ${guard.was.file}:${guard.was.line} ${guard.was.text}`])).join('; '),
    },
  };
}

function shortened(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
}

export const weakerGuard = defineRule<Message, unknown>({
  id: 'APX022',
  name: 'weaker-guard',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'slow',
  needsBase: true,
  summary: 'A guard before an order, or a limit, that is gone or weaker than at an earlier revision.',
  messages: {
    gone: '{order} has lost its {guards} since {revision}{place}. Put back what is missing, or say why it is not needed.',
    some: '{order} has its {guards} on some ways only since {revision}{place}. Ask it on every way.',
    conditional: '{order} has its {guards} only when {only} since {revision}{place}. Turn it on, or take the switch out.',
    looser: '{name} was {was} at {revision} and is {now} now: it allows more. Put it back, or say why it is not needed.',
  },
  options: z.strictObject({}),
  create,
});
