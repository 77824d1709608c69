import { describe, expect, test } from 'vitest';
import { engineRules } from '../../../src/core/rules/registry.ts';
import { Syntax } from '../../../src/core/source/source.ts';
import { badCalls, runOver, secretStrings } from '../rules/run-helper.ts';
import { byCost, rootCauses } from '../../../src/core/findings/ranking.ts';
import { report } from '../../../src/core/findings/reporters/report.ts';
import { REPORT_FORMATS, type ReportOptions } from '../../../src/core/findings/reporters/options.ts';
import { finding, result } from './samples.ts';

const PLAIN: ReportOptions = { color: false, width: 0, version: '0.1.0' };

describe('ranking', () => {
  test('error before warning, firm before house, earlier gate first, then guardian and place', () => {
    const list = [
      finding({ fingerprint: 'info', severity: 'info' }),
      finding({ fingerprint: 'slow', guardian: 'performance' }),
      finding({ fingerprint: 'house', severity: 'warning', layer: 'house', gate: 'commit' }),
      finding({ fingerprint: 'firm', severity: 'warning', layer: 'firm' }),
      finding({ fingerprint: 'leak', guardian: 'security', gate: 'commit' }),
      finding({ fingerprint: 'later', range: { line: 50, column: 1, endLine: 50, endColumn: 2 } }),
      finding({ fingerprint: 'rule' }),
    ];
    expect(list.sort(byCost).map((one) => one.fingerprint)).toEqual(['leak', 'rule', 'later', 'slow', 'firm', 'house', 'info']);
  });

  test('one rule in one file is one root cause; a named cause joins files', () => {
    const at = (line: number): { range: { line: number; column: number; endLine: number; endColumn: number } } =>
      ({ range: { line, column: 1, endLine: line, endColumn: 9 } });
    const causes = rootCauses([
      finding({ ...at(9) }), finding({ ...at(3) }), finding({ file: 'other.py' }),
      finding({ rule: 'PRF004', file: 'x.py', evidence: { cause: 'risk.py:9' } }), finding({ rule: 'PRF004', file: 'y.py', evidence: { cause: 'risk.py:9' } }),
      finding({ rule: 'SEC001', detector: 'a', ...at(7) }), finding({ rule: 'SEC001', detector: 'b', ...at(8) }), finding({ rule: 'ENV001', ...at(8) }),
    ]);
    expect(causes.map(({ finding: one, others }) => `${one.rule} ${one.file}:${one.range.line} +${others.length}`).sort()).toEqual([
      'APX004 other.py:41 +0', 'APX004 src/strategy.py:3 +1', 'ENV001 src/strategy.py:8 +1', 'PRF004 x.py:41 +1', 'SEC001 src/strategy.py:7 +0',
    ]);
  });
});

describe('text', () => {
  test('shows the finding with its line and path, counts, what was left out, and the next command', () => {
    const checked = result([
      finding({
        snippet: { text: 'if now.hour >= 16:', start: 3, end: 17 },
        related: [{ file: 'src/base.py', range: { line: 12, column: 5, endLine: 12, endColumn: 9 }, message: 'on_quote_tick calls check' }],
      }),
      finding({ range: { line: 60, column: 1, endLine: 60, endColumn: 5 } }),
      finding({ rule: 'SEC001', detector: 'binance-secret', guardian: 'security', severity: 'warning', file: 'keys.py' }),
    ]);
    const text = report('text', {
      ...checked,
      findings: [...checked.findings, { finding: finding({ rule: 'PRF004' }), fixes: [], suppressed: 'comment' }],
      skipped: [
        { file: 'a.bin', reason: 'It is binary.', incomplete: false }, { file: 'b.bin', reason: 'It is binary.', incomplete: false },
        { file: 'big.csv', reason: 'It has 52 MB.', incomplete: false }, { file: 'vast.csv', reason: 'It has 99 MB.', incomplete: false },
      ],
    }, PLAIN);
    expect(text).toBe([
      'error    src/strategy.py:41:12  APX004  This flattens at 17:55 ET, 56 min late. Use a clock with daylight saving.',
      '         │ if now.hour >= 16:',
      '         │    ^^^^^^^^^^^^^^',
      '         → src/base.py:12:5  on_quote_tick calls check',
      '         + 1 more of this: line 60',
      '',
      'warning  keys.py:41:12  SEC001/binance-secret  This flattens at 17:55 ET, 56 min late. Use a clock with daylight saving.',
      '',
      '2 errors, 1 warning (1 silenced by comments): 14 files, 412 ms.',
      '  compliance      2  APX004 ×2',
      '  security        1  SEC001 ×1',
      '  not checked: a.bin and 1 more: It is binary.',
      '  not checked: big.csv and 1 more: It has 52 MB.',
      '',
      'Next: tickguard explain APX004',
      '',
    ].join('\n'));
  });

  test('says what else stands at the place, and in which files', () => {
    const more = (...others: Parameters<typeof finding>[0][]): string | undefined =>
      /\+ .*/.exec(report('text', result([finding(), ...others.map((one) => finding(one))]), PLAIN))?.[0];
    expect(more({ rule: 'SEC001', detector: 'private-key' })).toBe('+ 1 more of this: SEC001/private-key in line 41');
    expect(more({ evidence: { cause: 'x' } })).toBe('+ 1 more of this: line 41');
  });

  test('nothing found is one line', () => {
    expect(report('text', result([]), PLAIN)).toBe('Nothing to report: 14 files, 412 ms.\n');
  });

  test('shows five root causes and says how to see the rest', () => {
    const many = Array.from({ length: 7 }, (_, index) => finding({ file: `f${index}.py` }));
    const text = report('text', result(many), PLAIN);
    expect(text.match(/^error {4}f\d\.py/gm)).toHaveLength(5);
    expect(text).toContain('2 more root causes: tickguard check --all\n');
    const all = report('text', result(many), { ...PLAIN, all: true });
    expect(all.match(/^error {4}f\d\.py/gm)).toHaveLength(7);
    expect(all).not.toContain('--all');
  });

  test('wraps at the width of the terminal, headline and frame', () => {
    const long = finding({ message: 'word '.repeat(39).trim(), snippet: { text: 'x'.repeat(150), start: 120, end: 140 } });
    const lines = report('text', result([long]), { ...PLAIN, width: 60 }).split('\n');
    for (const line of lines) { expect(line.length).toBeLessThanOrEqual(60); }
    expect(lines.some((line) => /^ {9}│ +\^{20}$/.test(line))).toBe(true);
  });

  test('colours only when asked, and then resets each', () => {
    const plain = report('text', result([finding()]), PLAIN);
    const colored = report('text', result([finding()]), { ...PLAIN, color: true });
    expect(plain).not.toContain('\u001b');
    expect(colored.replace(/\u001b\[[0-9;]+m/g, '')).toBe(plain);
    expect(colored.split('\u001b[0m').length - 1).toBe((colored.match(/\[(?:31;1|33;1|36|2|1)m/g) ?? []).length);
  });

  test('no escape sequence of a file name or a message reaches the terminal', () => {
    const text = report('text', result([finding({ file: 'a\u001b[2Jb\u202e.py', message: 'x\u0007\u009by' })]), PLAIN);
    expect(text).toContain('a [2Jb .py:41:12  APX004  x  y');
  });

  test('an incomplete check says so', () => {
    const text = report('text', result([], { skipped: [{ file: 'b.py', reason: 'No permission to read it.', incomplete: true }] }), PLAIN);
    expect(text).toContain('The check is incomplete');
  });

  test('prints the time per rule, the slowest first', () => {
    const text = report('text', result([], { timing: { SEC001: 30, PRF004: 90.04 } }), PLAIN);
    expect(text).toContain('Rule             ms     share\nPRF004         90.0    75.0 %\nSEC001         30.0    25.0 %\n');
  });
});

describe('json', () => {
  test('is one document with 1-based places, counts and no silenced finding', () => {
    const checked = result([finding({ evidence: { zone: 'America/New_York' } })]);
    const text = report('json', { ...checked, findings: [...checked.findings, { finding: finding(), fixes: [], suppressed: 'baseline' }] }, PLAIN);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      schema: 1,
      tool: { name: 'tickguard', version: '0.1.0' },
      summary: {
        files: 14, findings: 1, errors: 1, warnings: 0, infos: 0, suppressed: { comment: 0, baseline: 1 }, skipped: 0, incomplete: false, durationMs: 412,
      },
      findings: [{
        rule: 'APX004', name: 'late-cutoff', guardian: 'compliance', severity: 'error', gate: 'deploy',
        message: 'This flattens at 17:55 ET, 56 min late. Use a clock with daylight saving.', file: 'src/strategy.py',
        line: 41, column: 12, endLine: 41, endColumn: 28, related: [], fixable: false, fingerprint: '00112233445566aa',
        docs: 'https://example.test/APX004.md', evidence: { zone: 'America/New_York' },
      }],
      skipped: [],
    });
  });
});

describe('github', () => {
  test('escapes what would end a property or a command', () => {
    const text = report('github', result([finding({ file: 'a,b:c%.py', message: '100 %\nlate: now, here' })]), { ...PLAIN, prefix: 'desk' });
    expect(text).toBe('::error file=desk/a%2Cb%3Ac%25.py,line=41,endLine=41,col=12,endColumn=28,title=APX004 late-cutoff::100 %25%0Alate: now, here\n');
  });

  test('gives no columns over several lines, and the steps of a path in the message', () => {
    const text = report('github', result([finding({
      severity: 'info', range: { line: 3, column: 5, endLine: 4, endColumn: 2 },
      related: [{ file: 'base.py', range: { line: 12, column: 5, endLine: 12, endColumn: 9 }, message: 'calls check' }],
    })]), PLAIN);
    expect(text).toMatch(/^::notice file=src\/strategy\.py,line=3,endLine=4,title=APX004 late-cutoff::.*%0Abase\.py:12 calls check\n$/);
  });

  test('the costliest come first, and an unreadable file is an error', () => {
    const text = report('github', result([finding({ severity: 'warning' }), finding({ file: 'z.py' })], {
      skipped: [{ file: 'b.py', reason: 'No permission.', incomplete: true }, { file: 'a.bin', reason: 'Binary.', incomplete: false }],
    }), PLAIN);
    expect(text.split('\n').map((line) => line.split(',')[0])).toEqual([
      '::error file=z.py', '::warning file=src/strategy.py', '::error file=b.py', '',
    ]);
  });
});

test('every format ends with a line break', () => {
  for (const format of REPORT_FORMATS) { expect(report(format, result([finding()]), PLAIN)).toMatch(/[^\n]\n$/); }
});

test('no format shows a secret, whichever rule reports its line', async () => {
  const value = ['sk-', 'dont', 'show', 'me'].join('');
  const code = `client = bad("${value}", other(bad("${value}")))  # ${value}\n`;
  const { findings } = runOver(await Syntax.create(), code, [secretStrings, badCalls]);
  expect(findings.map(({ finding }) => finding.rule).sort()).toEqual(['TST001', 'TST001', 'TST002', 'TST002']);
  const checked = result(findings.map(({ finding: one }) => one));
  for (const format of REPORT_FORMATS) {
    for (const all of [false, true]) {
      const text = report(format, checked, { ...PLAIN, all, rules: [...engineRules, secretStrings, badCalls] });
      expect(text, format).not.toContain(value);
      expect(text).toContain('TST002');
    }
  }
});
