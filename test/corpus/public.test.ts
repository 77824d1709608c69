/**
 * Every finding in seven public bodies of strategy code against the table of a reader: a finding nobody has read, and one
 * that is gone, fail. After a change on purpose: TICKGUARD_CORPUS=update npx vitest run --project corpus, then read
 * each finding marked “unread” in its source and say right, wrong or debatable, and why, in test/corpus/verdicts.json.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import type { Body } from './bodies.ts';
import { bodies, pinned } from './bodies.ts';
import type { Found } from './verdicts.ts';
import { keyOf, precision, readTable, writeTable } from './verdicts.ts';

interface Report {
  readonly summary: { readonly files: number; readonly incomplete: boolean; readonly durationMs: number };
  readonly findings: readonly Found[];
}

const HOW = 'Read it, then run TICKGUARD_CORPUS=update npx vitest run --project corpus and judge it in test/corpus/verdicts.json.';
const reports = new Map<string, Report>();
const seconds = new Map<string, number>();

/** Two at a time: as many as the slowest machine we test on has cores. */
async function checkAll(all: readonly Body[]): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const began = performance.now();
      const { code, out, err } = await cli(['check', '.', '--format', 'json', '--as-of', '2026-11-22', '--all'], { cwd: body.folder });
      seconds.set(body.name, (performance.now() - began) / 1000);
      if (code !== 0 && code !== 1) { throw new Error(`check ended with ${code} on ${body.name}: ${err}`); }
      reports.set(body.name, JSON.parse(out) as Report);
    }
  };
  await Promise.all([worker(), worker()]);
}

beforeAll(async () => {
  await checkAll(await bodies());
  if (process.env['TICKGUARD_CORPUS'] === 'update') {
    writeTable(new Map([...reports].map(([name, report]) => [name, report.findings])), readTable());
  }
});

describe.each(pinned())('$name $version', ({ name }) => {
  test('is read to its end', () => {
    const report = reports.get(name);
    expect(report?.summary.incomplete).toBe(false);
    expect(report?.summary.files).toBeGreaterThan(5);
    expect(report?.findings.filter(({ rule }) => rule === 'TKG001')).toEqual([]);
  });

  test('has the findings that were read, and no others', () => {
    const found = (reports.get(name)?.findings ?? []).map((one) => ({ key: keyOf(name, one), message: one.message }));
    const known = readTable().filter(({ body }) => body === name);
    const keys = new Set(known.map((one) => keyOf(name, one)));
    const fresh = found.filter(({ key }) => !keys.has(key)).map(({ key, message }) => `${key}  ${message}`);
    const gone = [...keys].filter((key) => !found.some((one) => one.key === key));
    expect(fresh, `Nobody has read these. ${HOW}`).toEqual([]);
    expect(gone, `These were found before. ${HOW}`).toEqual([]);
  });
});

describe('the table', () => {
  test('gives a verdict and a reason for every finding', () => {
    const table = readTable();
    expect(new Set(table.map((one) => keyOf(one.body, one))).size).toBe(table.length);
    expect(table.filter((one) => !['right', 'wrong', 'debatable'].includes(one.verdict) || one.why.length < 20).map((one) => keyOf(one.body, one))).toEqual([]);
  });

  test('has severities as they are today', () => {
    const today = new Map([...reports].flatMap(([name, report]) => report.findings.map((one): [string, string] => [keyOf(name, one), one.severity])));
    expect(readTable().filter((one) => today.get(keyOf(one.body, one)) !== one.severity).map((one) => keyOf(one.body, one))).toEqual([]);
  });

  test('has nine right of ten errors and warnings', () => {
    const { right, debatable, all, hundredths } = precision(readTable());
    const times = [...seconds].map(([name, time]) => `${name} ${time.toFixed(1)} s`).join(', ');
    console.log(`corpus: ${right} right and ${debatable} debatable of ${all} errors and warnings, ${hundredths} % (a debatable one is half); ${times}`);
    expect(all).toBeGreaterThan(5);
    expect(hundredths).toBeGreaterThanOrEqual(90);
  });
});
