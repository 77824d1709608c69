/** The table of right and wrong: every finding in the public bodies, read by a person, with what they thought of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project.ts';

/** Where the table is kept. */
export const tablePath = join(projectRoot, 'test', 'corpus', 'verdicts.json');

/** A finding as `check --format json` prints it; the part that is compared. */
export interface Found {
  readonly rule: string;
  readonly detector?: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A finding that was read. `unread` is what an update writes for a new one; the test fails until it is replaced. */
export interface Verdict extends Found {
  readonly body: string;
  readonly verdict: 'right' | 'wrong' | 'debatable' | 'unread';
  readonly why: string;
}

/** What makes two findings the same: the place and what was found there. Bodies are pinned, so lines do not move. */
export function keyOf(body: string, found: Found): string {
  return `${body} ${found.file}:${found.line}:${found.column} ${found.rule}${found.detector === undefined ? '' : `/${found.detector}`}`;
}

/** Reads the table. */
export function readTable(): readonly Verdict[] {
  return JSON.parse(readFileSync(tablePath, 'utf8')) as readonly Verdict[];
}

/** Writes the findings of today: known ones keep their verdict, new ones are unread, vanished ones go. */
export function writeTable(found: ReadonlyMap<string, readonly Found[]>, known: readonly Verdict[]): void {
  const verdicts = new Map(known.map((one) => [keyOf(one.body, one), one]));
  const rows = [...found].flatMap(([body, findings]) => findings.map(({ rule, detector, severity, file, line, column, message }): Verdict => {
    const old = verdicts.get(keyOf(body, { rule, ...(detector === undefined ? {} : { detector }), severity, file, line, column, message }));
    return { body, file, line, column, rule, ...(detector === undefined ? {} : { detector }), severity, message, verdict: old?.verdict ?? 'unread', why: old?.why ?? '' };
  }));
  const order = (a: Verdict, b: Verdict): number => compare(a.body, b.body) || compare(a.file, b.file) || a.line - b.line || a.column - b.column;
  writeFileSync(tablePath, `${JSON.stringify(rows.sort(order), undefined, 2)}\n`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Right findings among errors and warnings, in hundredths; a debatable one counts as half. */
export function precision(table: readonly Verdict[]): { readonly hundredths: number; readonly right: number; readonly debatable: number; readonly all: number } {
  const heavy = table.filter((one) => one.severity !== 'info');
  const right = heavy.filter((one) => one.verdict === 'right').length;
  const debatable = heavy.filter((one) => one.verdict === 'debatable').length;
  return { right, debatable, all: heavy.length, hundredths: heavy.length === 0 ? 100 : Math.floor(((2 * right + debatable) * 50) / heavy.length) };
}
