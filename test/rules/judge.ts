/** Runs one test case of a rule and says what is not as expected, one sentence each. */
import { isDeepStrictEqual } from 'node:util';
import type { Range } from '../../src/core/findings/finding.ts';
import type { PendingFinding } from '../../src/core/rules/pending.ts';
import { MESSAGE_LIMIT } from '../../src/core/rules/message.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { readSource, type Syntax } from '../../src/core/source/source.ts';
import { rangeOf, sourceOf } from '../../src/core/source/text.ts';
import type { CaseInput, ExpectedFinding, InvalidCase } from './cases.ts';
import { checkInMemory } from './memory.ts';
import { type Marked, unmark } from './markers.ts';

/** A finding with the id of its message, which findings themselves do not carry. */
interface Found {
  readonly file: string;
  readonly messageId: string;
  readonly message: string;
  readonly pending: PendingFinding;
}

/** Problems of a case that must be silent; a finding that a comment silences counts as silent. */
export function judgeValid(rule: Rule, one: CaseInput, syntax: Syntax): readonly string[] {
  const { found, failed } = run(rule, one, filesOf(one), syntax);
  return [...failed, ...found.filter(({ pending }) => pending.suppressed === undefined).map((finding) => `not silent: ${describe(finding)}`)];
}

/** Problems of a case that must give exactly its findings, and their fixes exactly its output. */
export function judgeInvalid(rule: Rule, one: InvalidCase, syntax: Syntax): readonly string[] {
  const files = filesOf(one);
  const { found, failed } = run(rule, one, files, syntax);
  const problems = [...failed];
  if (found.length !== one.findings.length) {
    problems.push(`${found.length} findings instead of ${one.findings.length}:${found.map((finding) => `\n  ${describe(finding)}`).join('')}`);
  }
  const places = expectedPlaces(one, files, problems);
  found.slice(0, one.findings.length).forEach((finding, index) => {
    problems.push(...compare(finding, one.findings[index] as ExpectedFinding, places[index]).map((problem) => `finding ${index + 1} (${describe(finding)}): ${problem}`));
  });
  if (rule.fixable !== true && found.some(({ pending }) => pending.fixes.length > 0)) { problems.push('a finding has a fix, and the rule does not say fixable'); }
  return [...problems, ...fixProblems(one, files, found, syntax)];
}

function filesOf(one: CaseInput): ReadonlyMap<string, Marked> {
  const files = one.files ?? { [one.path ?? 'strategy.py']: one.code ?? '' };
  return new Map(Object.entries(files).map(([path, text]) => [path, unmark(text)]));
}

/** First of the private-use characters: one in front of a message tells which message it is. */
const FIRST_TAG = 0xe000;

function run(rule: Rule, one: CaseInput, files: ReadonlyMap<string, Marked>, syntax: Syntax): { found: readonly Found[]; failed: readonly string[] } {
  const ids = Object.keys(rule.messages);
  const tagged: Rule = { ...rule, messages: Object.fromEntries(ids.map((id, index) => [id, String.fromCharCode(FIRST_TAG + index) + rule.messages[id]])) };
  const checked = checkInMemory(Object.fromEntries([...files].map(([path, { text }]) => [path, text])), {
    rules: [tagged],
    config: {
      accounts: one.accounts ?? [],
      setting: (id) => (id === rule.id ? { options: one.options, ...(one.configured === undefined ? {} : { severity: one.configured }) } : { options: undefined }),
    },
    file: { role: one.role ?? 'code', ...(one.tracked === undefined ? {} : { tracked: one.tracked }) },
    trading: one.trading ?? (one.files === undefined ? 'assume' : 'decide'),
    ...(one.asOf === undefined ? {} : { asOf: one.asOf }),
    ...(one.before === undefined ? {} : { before: typeof one.before === 'string' ? { [one.path ?? 'strategy.py']: one.before } : one.before }),
  }, syntax);
  const found = [...checked].flatMap(([file, { findings }]) => findings.filter(({ finding }) => finding.rule === rule.id).map((pending): Found => {
    const { message } = pending.finding;
    return { file, pending, messageId: ids[message.charCodeAt(0) - FIRST_TAG] ?? '?', message: message.slice(1) };
  }));
  return { found, failed: [...checked.values()].flatMap(({ failed }) => failed.map((error) => `the rule broke: ${error}`)) };
}

/** Where each expected finding must be: the marks in file order, or `at`. */
function expectedPlaces(one: InvalidCase, files: ReadonlyMap<string, Marked>, problems: string[]): readonly { file: string; range: Range }[] {
  const marks = [...files].flatMap(([file, { text, spans }]) => spans.map((span) => ({ file, range: rangeOf(sourceOf(text), span) })));
  if (marks.length > 0) {
    if (marks.length !== one.findings.length) { problems.push(`${marks.length} marks for ${one.findings.length} findings`); }
    return marks;
  }
  return one.findings.flatMap((expected) => {
    const file = expected.file ?? ([...files.keys()][0] as string);
    const text = files.get(file)?.text ?? '';
    if (typeof expected.at !== 'string') { return expected.at === undefined ? [] : [{ file, range: expected.at }]; }
    const start = text.indexOf(expected.at);
    if (start === -1 || text.indexOf(expected.at, start + 1) !== -1) {
      problems.push(`${JSON.stringify(expected.at)} must occur once in ${file}`);
      return [{ file, range: { line: 0, column: 0, endLine: 0, endColumn: 0 } }];
    }
    return [{ file, range: rangeOf(sourceOf(text), { start, end: start + expected.at.length }) }];
  });
}

function compare(found: Found, expected: ExpectedFinding, place: { file: string; range: Range } | undefined): readonly string[] {
  const { finding, suppressed } = found.pending;
  const problems: string[] = [];
  if (place !== undefined && (place.file !== found.file || !isDeepStrictEqual(place.range, finding.range))) {
    problems.push(`expected at ${place.file} ${placeText(place.range)}`);
  }
  if (expected.messageId !== undefined && expected.messageId !== found.messageId) { problems.push(`messageId is '${found.messageId}', not '${expected.messageId}'`); }
  if (expected.message !== undefined && !matches(found.message, expected.message)) { problems.push(`message is not ${String(expected.message)}`); }
  for (const key of ['severity', 'gate', 'layer', 'account', 'detector'] as const) {
    if (expected[key] !== undefined && expected[key] !== finding[key]) { problems.push(`${key} is ${String(finding[key])}, not ${expected[key]}`); }
  }
  for (const [key, value] of Object.entries(expected.evidence ?? {})) {
    if (finding.evidence?.[key] !== value) { problems.push(`evidence ${key} is ${String(finding.evidence?.[key])}, not ${value}`); }
  }
  if (expected.related !== undefined) { problems.push(...relatedProblems(found, expected.related)); }
  if ((expected.suppressed ?? false) !== (suppressed !== undefined)) { problems.push(suppressed === undefined ? 'is not suppressed' : 'is suppressed'); }
  return [...problems, ...ownProblems(found)];
}

function relatedProblems(found: Found, expected: readonly (string | RegExp)[]): readonly string[] {
  const related = found.pending.finding.related.map((step) => `${step.file}:${step.range.line} ${step.message}`);
  const same = related.length === expected.length && related.every((step, index) => matches(step, expected[index] as string | RegExp));
  return same ? [] : [`related is ${JSON.stringify(related)}`];
}

/** What holds for every message: short, filled, and sure of itself. */
function ownProblems({ message }: Found): readonly string[] {
  return [
    ...(message.length >= MESSAGE_LIMIT || message.endsWith('…') ? [`the message has ${message.length} characters; ${MESSAGE_LIMIT} is the limit`] : []),
    ...(/\{[A-Za-z]\w*\}/.test(message) ? ['the message has an empty placeholder'] : []),
    ...(/\bmay\b/.test(message) ? ['the message says "may"'] : []),
  ];
}

// -------------------------------------------------------------------- fixes

function fixProblems(one: InvalidCase, files: ReadonlyMap<string, Marked>, found: readonly Found[], syntax: Syntax): readonly string[] {
  const fixable = found.filter(({ pending }) => pending.fixes.length > 0 && pending.suppressed === undefined);
  if (fixable.length === 0) { return one.output === undefined ? [] : ['expects an output, but no finding has a fix']; }
  const output = typeof one.output === 'string' ? { [[...files.keys()][0] as string]: one.output } : one.output ?? {};
  const problems: string[] = [];
  for (const file of new Set([...fixable.map((finding) => finding.file), ...Object.keys(output)])) {
    const text = files.get(file)?.text ?? '';
    const fixed = applyFirstFixes(text, fixable.filter((finding) => finding.file === file));
    if (typeof fixed !== 'string') { problems.push(...fixed); continue; }
    if (output[file] === undefined) { problems.push(`has a fix, and no output of ${file} is asserted; it is:\n${fixed}`); continue; }
    if (fixed === text) { problems.push(`the fix does not change ${file}`); }
    if (fixed !== output[file]) { problems.push(`the output of ${file} is:\n${fixed}\ninstead of:\n${output[file]}`); }
    const errors = (code: string): number => readSource(file, sourceOf(code), syntax, { budgetMs: 5_000 }).errors.length;
    if (errors(fixed) > errors(text)) { problems.push(`after the fix ${file} does not parse:\n${fixed}`); }
  }
  return problems;
}

function applyFirstFixes(text: string, found: readonly Found[]): string | readonly string[] {
  const edits = found.flatMap(({ pending }) => pending.fixes[0]?.edits ?? []);
  const unique = [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()].sort((a, b) => b.start - a.start || b.end - a.end);
  let fixed = text;
  let limit = Infinity;
  for (const edit of unique) {
    if (edit.end > limit || edit.start > edit.end || edit.start < 0 || edit.end > text.length) { return [`an edit ${JSON.stringify(edit)} overlaps another or lies outside of the text`]; }
    fixed = fixed.slice(0, edit.start) + edit.text + fixed.slice(edit.end);
    limit = edit.start;
  }
  return fixed;
}

function matches(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : expected.test(text);
}

function placeText({ line, column, endLine, endColumn }: Range): string {
  return `${line}:${column}-${endLine}:${endColumn}`;
}

function describe({ file, messageId, message, pending }: Found): string {
  return `${file} ${placeText(pending.finding.range)} ${messageId}: ${message}`;
}
