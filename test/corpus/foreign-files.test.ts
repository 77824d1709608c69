/** The table of foreign files: its percentages are counted here, so that the page beside it cannot claim others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.ts';

interface Finding {
  readonly line: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly verdict: 'right' | 'wrong' | 'debatable';
  /** Told when the file was read for the first time. */
  readonly first: boolean;
  /** `found` and `gone`: the file was checked again; `unread`: it was not. */
  readonly now: 'found' | 'gone' | 'unread';
  readonly why: string;
}
interface Read { readonly repository: string; readonly author: string; readonly path: string; readonly language: string; readonly findings: readonly Finding[] }
interface Sampled { readonly repository: string; readonly path: string; readonly language: string; readonly missed: readonly { readonly line: number; readonly rule: string }[] }
interface Table { readonly repositories: Readonly<Record<string, string>>; readonly files: readonly Read[]; readonly sample: readonly Sampled[] }

const folder = join(projectRoot, 'test', 'corpus');
const table = JSON.parse(readFileSync(join(folder, 'foreign-files.json'), 'utf8')) as Table;
const page = readFileSync(join(folder, 'README.md'), 'utf8');
/** A run's record is one kind of file, met a hundred times in one repository; it is counted apart. */
const RECORD = /(?:^|\/)reports\/.*\.json$/;

const told = (files: readonly Read[], keep: (one: Finding) => boolean): readonly Finding[] => files.flatMap((file) => file.findings.filter(keep));

/** `right / wrong / debatable`, and right in whole hundredths of all, a debatable one as half. */
function rate(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length;
  const [right, wrong, debatable] = [count('right'), count('wrong'), count('debatable')];
  return `${right} / ${wrong} / ${debatable} | ${Math.floor(((2 * right + debatable) * 50) / findings.length)} %`;
}

const code = table.files.filter((file) => !RECORD.test(file.path));
const now = (one: Finding): boolean => one.now !== 'gone';
const live = code.filter((file) => file.findings.some(now));

describe('foreign files', () => {
  test('are many, of many authors, in every language', () => {
    expect(live.length).toBeGreaterThanOrEqual(40);
    expect(new Set(live.map((file) => file.author)).size).toBeGreaterThanOrEqual(15);
    expect([...new Set(live.map((file) => file.language))]).toEqual(expect.arrayContaining(['Python', 'MQL5', 'TypeScript', 'JavaScript']));
    expect(new Set(live.map((file) => `${file.repository} ${file.path}`)).size).toBe(live.length);
  });

  test('have a repository at a commit, and a reason for every verdict', () => {
    for (const file of [...table.files, ...table.sample]) { expect(table.repositories[file.repository], file.repository).toMatch(/^[0-9a-f]{12}$/); }
    expect(told(table.files, (one) => one.why.length < 20 || one.line < 1)).toEqual([]);
  });

  test('have nine right of ten errors and warnings', () => {
    const findings = told(code, now);
    const right = findings.filter((one) => one.verdict === 'right').length + findings.filter((one) => one.verdict === 'debatable').length / 2;
    expect(right / findings.length).toBeGreaterThanOrEqual(0.9);
  });

  test('are counted on the page as they are', () => {
    const rules = ['SEC001', 'ENV001', 'APX001', 'APX002', 'APX005', 'APX007', 'PRF003', 'PRF004', 'LKA001'];
    const rows = [
      `| all | ${rate(told(code, (one) => one.first))} | ${rate(told(code, now))} |`,
      ...rules.map((rule) => `| ${rule} | ${rate(told(code, (one) => one.first && one.rule === rule))} | ${rate(told(code, (one) => now(one) && one.rule === rule))} |`),
    ];
    for (const row of rows) { expect(page).toContain(row); }
    expect(page).toContain(`${live.length} files of ${new Set(live.map((file) => file.author)).size} authors`);
    expect(page).toContain(`${told(code, (one) => one.now === 'unread').length} of these findings stand in repositories that were not checked again`);
    expect(page).toContain(`${table.sample.length} files were drawn`);
  });
});
