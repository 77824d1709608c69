/** What a rule's test case may say. Everything that is not here is refused, so a typo cannot pass for an assertion. */
import type { Gate, Layer, Range, Severity } from '../../src/core/findings/finding.ts';
import type { FileFacts } from '../../src/core/rules/rule.ts';
import type { AccountConfig } from '../../src/core/workspace/config.ts';

/** What is checked: one text, or several files that are linked. */
export interface CaseInput {
  /** Shown as the test's name; default: the first line of the text. */
  readonly name?: string;
  readonly code?: string;
  /** Path of `code`; its name decides the language. Default `strategy.py`. */
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** For a rule that judges a change: what `code` was at the revision `main`, or each of `files`. */
  readonly before?: string | Readonly<Record<string, string>>;
  readonly options?: unknown;
  /** The user's severity for the rule. */
  readonly configured?: Severity;
  readonly accounts?: readonly AccountConfig[];
  readonly role?: FileFacts['role'];
  readonly tracked?: boolean;
  readonly asOf?: string;
  /** Whether the files are trading code. Default: assumed for `code`, decided by the link step for `files`. */
  readonly trading?: 'assume' | 'decide';
}

/** Silent: no finding of the rule. */
export type ValidCase = CaseInput;

/** A finding, in source order, file by file. `messageId` or `message` must be there, and a place: a mark in the text or `at`. */
export interface ExpectedFinding {
  readonly messageId?: string;
  /** The whole message, or a pattern of it. */
  readonly message?: string | RegExp;
  /** Exact text of the range, which must occur once; or the range. Not where the text is marked. */
  readonly at?: string | Range;
  /** Needed when several files have findings and none is marked. */
  readonly file?: string;
  readonly severity?: Severity;
  readonly gate?: Gate;
  readonly layer?: Layer;
  readonly account?: string;
  readonly detector?: string;
  /** Related places in order, as `file:line message` or a pattern of that. */
  readonly related?: readonly (string | RegExp)[];
  /** These entries of the evidence, others may be there. */
  readonly evidence?: Readonly<Record<string, string>>;
  readonly suppressed?: boolean;
}

/** Fires: exactly these findings. `«…»` in the texts marks their ranges. */
export interface InvalidCase extends CaseInput {
  readonly findings: readonly ExpectedFinding[];
  /** The text after the first fix of every finding; of `files`, the changed ones. Required where there is a fix. */
  readonly output?: string | Readonly<Record<string, string>>;
}

export interface RuleCases {
  readonly valid: readonly (string | ValidCase)[];
  readonly invalid: readonly InvalidCase[];
}

const INPUT_KEYS = ['name', 'code', 'path', 'files', 'before', 'options', 'configured', 'accounts', 'role', 'tracked', 'asOf', 'trading'] as const satisfies readonly (keyof CaseInput)[];
const FINDING_KEYS = ['messageId', 'message', 'at', 'file', 'severity', 'gate', 'layer', 'account', 'detector', 'related', 'evidence', 'suppressed'] as const satisfies readonly (keyof ExpectedFinding)[];

/** What is wrong with the cases themselves, one sentence each: doubles, unknown properties, nothing asserted. */
export function caseProblems(cases: RuleCases, messages: readonly string[]): readonly string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const all = [...cases.valid.map((one) => ({ kind: 'valid', one: asCase(one) })), ...cases.invalid.map((one) => ({ kind: 'invalid', one }))];
  all.forEach(({ kind, one }, index) => {
    const label = `${kind} case ${nameOf(one)}`;
    problems.push(...inputProblems(label, one, kind === 'invalid'));
    const { name: _name, findings: _findings, output: _output, ...input } = one as InvalidCase;
    const key = JSON.stringify(input).replace(/[«»]/g, '');
    const before = seen.get(key);
    if (before !== undefined) { problems.push(`${label} (number ${index + 1}) is the same as ${before}`); }
    seen.set(key, label);
  });
  for (const one of cases.invalid) { problems.push(...expectationProblems(one, messages)); }
  return problems;
}

/** A valid case may be written as its text alone. */
export function asCase(one: string | ValidCase): ValidCase {
  return typeof one === 'string' ? { code: one } : one;
}

/** The name of a case: given, or its first line with something in it. */
export function nameOf(one: CaseInput): string {
  const text = one.code ?? Object.entries(one.files ?? {}).map(([path, code]) => `${path}: ${code.trim()}`).join(' ');
  return one.name ?? JSON.stringify(text.trim().split('\n', 1)[0]?.slice(0, 100));
}

function inputProblems(label: string, one: CaseInput, invalid: boolean): readonly string[] {
  const problems: string[] = [];
  const known: readonly string[] = invalid ? [...INPUT_KEYS, 'findings', 'output'] : INPUT_KEYS;
  for (const key of Object.keys(one)) { if (!known.includes(key)) { problems.push(`${label} has an unknown property ${key}`); } }
  if ((one.code === undefined) === (one.files === undefined)) { problems.push(`${label} must have either code or files`); }
  if (one.files !== undefined && one.path !== undefined) { problems.push(`${label} has files; they have paths already`); }
  const texts = [one.code ?? '', ...Object.values(one.files ?? {})];
  if (!invalid && texts.some((text) => /[«»]/.test(text))) { problems.push(`${label} marks a range but expects no finding`); }
  return problems;
}

function expectationProblems(one: InvalidCase, messages: readonly string[]): readonly string[] {
  const label = `invalid case ${nameOf(one)}`;
  const marked = [one.code ?? '', ...Object.values(one.files ?? {})].some((text) => text.includes('«'));
  const problems: string[] = [];
  if (one.findings.length === 0) { problems.push(`${label} expects no finding: it belongs to the valid ones`); }
  one.findings.forEach((expected, index) => {
    const what = `${label}, finding ${index + 1}`;
    const known: readonly string[] = FINDING_KEYS;
    for (const key of Object.keys(expected)) { if (!known.includes(key)) { problems.push(`${what} has an unknown property ${key}`); } }
    if (expected.messageId === undefined && expected.message === undefined) { problems.push(`${what} asserts no message`); }
    if (expected.messageId !== undefined && !messages.includes(expected.messageId)) { problems.push(`${what} names a message '${expected.messageId}' that the rule does not have`); }
    if (marked === (expected.at !== undefined)) { problems.push(marked ? `${what} has a place twice: a mark and at` : `${what} asserts no place`); }
  });
  return problems;
}
