/** The engine's own findings as rules, and how a rule is looked up by what people type. */
import * as z from 'zod';
import { ANY_LANGUAGE } from '../source/languages.ts';
import { defineRule, type Rule } from './rule.ts';

const engine = {
  guardian: 'engine', languages: ANY_LANGUAGE, gate: 'none', since: '0.1.0', scope: 'everywhere', cost: 'fast',
  options: z.strictObject({}),
  // The engine reports these itself while it runs the other rules.
  create: () => ({}),
} as const;

/** A rule threw: its findings in this file are missing and the check is incomplete. Cannot be switched off. */
export const ruleFailed = defineRule({
  ...engine,
  id: 'TKG001',
  name: 'rule-failed',
  severity: 'error',
  summary: 'A rule broke on this file, so its findings are missing and the check is incomplete.',
  messages: { failed: 'Rule {rule} broke on this file and found nothing here: {error}. The check is incomplete; please report it.' },
});

/** A suppression comment that silences nothing any more. */
export const unusedSuppression = defineRule({
  ...engine,
  id: 'TKG002',
  name: 'unused-suppression',
  severity: 'info',
  summary: 'A suppression comment names a rule that reports nothing there.',
  messages: { unused: '{rule} reports nothing here, so this comment silences nothing. Remove it.' },
});

/** A suppression comment that cannot work as written. */
export const badSuppression = defineRule({
  ...engine,
  id: 'TKG003',
  name: 'bad-suppression',
  severity: 'warning',
  summary: 'A suppression comment lacks its reason, or names a rule that does not exist.',
  messages: {
    reason: '{rule} is not silenced: the comment gives no reason. Write why after the bracket.',
    rule: 'No rule is called {rule}{near}. Correct the id or remove it.',
    none: 'The comment names no rule. Write ignore[APX004] and the reason.',
    head: 'ignore-file counts only above the first line of code. Move it there, or write ignore.',
    fixed: '{rule} cannot be silenced by a comment. Mend what it names.',
  },
});

/** The parser gave up on a file: only rules that read plain text have run. */
export const partlyChecked = defineRule({
  ...engine,
  id: 'TKG004',
  name: 'partly-checked',
  severity: 'info',
  summary: 'A file was too large, too slow or too broken to parse: only text rules have looked at it.',
  messages: {
    size: 'Over 2 MB, nested too deep, or data of many entries: only text rules have looked at this file. Split it, or exclude it in tickguard.json.',
    time: 'Parsing ran out of time: only text rules have looked at this file. Split it, or exclude it in tickguard.json.',
    syntax: 'This file does not parse: only text rules have looked at it. Mend the syntax error, or exclude it in tickguard.json.',
  },
});

/** The engine's own rules; `engine.ts` puts them after those of the guardians. */
export const engineRules: readonly Rule[] = [ruleFailed, unusedSuppression, badSuppression, partlyChecked];

/** A rule as somebody named it: `APX004`, `apx004`, `late-cutoff`, `SEC001/binance-secret`. */
export interface NamedRule {
  readonly rule: Rule;
  readonly detector?: string;
}

/** Looks a rule up by id, name or `id/detector`, whatever the case. */
export function findRule(rules: readonly Rule[], text: string): NamedRule | undefined {
  const [head = '', detector, ...rest] = text.trim().toLowerCase().split('/');
  if (rest.length > 0) { return undefined; }
  const rule = rules.find((candidate) => candidate.id.toLowerCase() === head || candidate.name === head);
  if (rule === undefined) { return undefined; }
  if (detector === undefined) { return { rule }; }
  return rule.detectors?.includes(detector) === true ? { rule, detector } : undefined;
}

/** Everything a rule answers to: ids, names and `id/detector`. */
export function ruleNames(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule) => [rule.id, rule.name, ...(rule.detectors ?? []).map((detector) => `${rule.id}/${detector}`)]);
}

/** The nearest of `names` to a mistyped word, if it is near enough (a third of its letters, at least one, differ at most). */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), least);
    if (distance < least) { least = distance; best = name; }
  }
  return best;
}

/** Levenshtein distance by rows (Wagner and Fischer 1974); `limit` is returned when it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) { return limit; }
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, change));
    }
    row = next;
  }
  return Math.min(row[b.length] as number, limit);
}
