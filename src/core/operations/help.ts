/** `help WORD`: which commands and rules a word belongs to. */
import * as z from 'zod';
import { nearest } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { foldWord, GUARDIAN_GROUPS, type GuardianGroup } from './guardian-words.ts';
import type { Outcome } from '../outcome.ts';
import { defineOperation, type Operation, type OperationContext } from './operation.ts';

const helpInput = z.object({
  words: z.array(z.string()).default([]).meta({ positional: true, value: 'word', description: 'What you look for: secrets, drawdown, OnTick; without one, everything there is' }),
});

/** What `help` is asked. */
export type HelpInput = z.output<typeof helpInput>;

/** What a word leads to. */
export interface HelpReport {
  /** As asked; `''` for everything. */
  readonly word: string;
  /** Guardians the word belongs to, and whether they have rules or commands in this version. */
  readonly guardians: readonly { readonly title: string; readonly present: boolean }[];
  readonly operations: readonly { readonly id: string; readonly summary: string }[];
  readonly rules: readonly { readonly id: string; readonly name: string; readonly summary: string }[];
}

const helpOutput: z.ZodType<HelpReport> = z.object({
  word: z.string(),
  guardians: z.array(z.object({ title: z.string(), present: z.boolean() })),
  operations: z.array(z.object({ id: z.string(), summary: z.string() })),
  rules: z.array(z.object({ id: z.string(), name: z.string(), summary: z.string() })),
});

/** The `help` operation. Error: a word that leads nowhere, with the nearest that does. */
export const helpOperation = defineOperation<HelpInput, HelpReport>({
  id: 'help',
  summary: 'Find the commands and rules for a word',
  words: ['help', 'find', 'search'],
  input: helpInput as unknown as z.ZodType<HelpInput>,
  output: helpOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  run: (input, context) => Promise.resolve(help(input, context)),
});

function help(input: HelpInput, context: OperationContext): Outcome<HelpReport> {
  const word = input.words.join(' ').trim();
  const folded = foldWord(word);
  if (folded === '') { return { ok: true, value: answer('', GUARDIAN_GROUPS, context.operations, context.rules) }; }
  const groups = GUARDIAN_GROUPS.filter((group) => group.words.some((trigger) => foldWord(trigger) === folded));
  const operations = context.operations.filter((operation) => groups.some((group) => serves(operation, group)) || speaksOf(operation, folded));
  const rules = context.rules.filter((rule) => groups.some((group) => group.guardians.includes(rule.guardian)) || mentions(rule, folded));
  if (groups.length + operations.length + rules.length === 0) { return { ok: false, error: nowhere(word, context) }; }
  return { ok: true, value: answer(word, groups, operations, rules) };
}

function answer(
  word: string, groups: readonly GuardianGroup[], operations: readonly Operation[], rules: readonly Rule[],
): HelpReport {
  return {
    word,
    guardians: groups.map((group) => ({
      title: group.title,
      present: rules.some((rule) => group.guardians.includes(rule.guardian)) || operations.some((operation) => serves(operation, group)),
    })),
    operations: operations.map(({ id, summary }) => ({ id, summary })),
    rules: rules.map(({ id, name, summary }) => ({ id, name, summary })),
  };
}

/** A command that names one word of a guardian is found under all of them. */
function serves(operation: Operation, group: GuardianGroup): boolean {
  const words = new Set(operation.words.map(foldWord));
  return group.words.some((word) => words.has(foldWord(word)));
}

function speaksOf(operation: Operation, folded: string): boolean {
  return foldWord(operation.id) === folded || operation.words.some((word) => foldWord(word) === folded) || holds(operation.summary, folded);
}

function mentions(rule: Rule, folded: string): boolean {
  return [rule.id, rule.name, ...(rule.detectors ?? [])].some((name) => foldWord(name) === folded)
    || [rule.name, rule.summary, ...(rule.detectors ?? [])].some((text) => holds(text, folded));
}

/** Whether a text has the word, or a longer one that begins with it (`print` finds `printing`). */
function holds(text: string, folded: string): boolean {
  return folded.length >= 3 && text.split(/[\s,;:.()/“”-]+/).some((word) => foldWord(word).startsWith(folded));
}

function nowhere(word: string, context: OperationContext): string {
  const known = [
    ...GUARDIAN_GROUPS.flatMap((group) => group.words), ...context.operations.map(({ id }) => id),
    ...context.rules.flatMap((rule) => [rule.id, rule.name]),
  ];
  const near = nearest(word, known);
  return `No command or rule speaks of "${word}". ${near === undefined ? '"tickguard help" lists them all.' : `Did you mean ${near}?`}`;
}
