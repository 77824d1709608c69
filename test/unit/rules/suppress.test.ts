import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../../src/core/source/source.ts';
import { badCalls, configOf, ruleOf, runOver, secretStrings } from './run-helper.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const RULES = [badCalls, secretStrings];

function run(text: string, path = 'a.py'): readonly string[] { return runOver(syntax, text, RULES, { path }).short; }

describe('a comment beside a line', () => {
  test('silences that line and no other', () => {
    expect(run('bad()  # tickguard: ignore[TST001] measured\nbad()\n')).toEqual(['-TST001 1:1-1:6', 'TST001 2:1-2:6']);
  });

  test.each([
    '#tickguard:ignore[TST001] measured', '# tickguard: ignore[ TST001 ,TST002 ]: measured', '# tickguard: ignore[tst001] — measured',
    '# noqa: E501 # tickguard: ignore[TST001] measured', '# tickguard: ignore[test-rule] measured',
  ])('may be written %s', (comment) => { expect(run(`bad()  ${comment}\n`)[0]).toBe('-TST001 1:1-1:6'); });

  test('behind the last line of a statement speaks of all of it', () => {
    expect(run('x = call(\n    bad(),\n    1,\n)  # tickguard: ignore[TST001] measured\n')).toEqual(['-TST001 2:5-2:10']);
  });

  test('in the middle of a statement speaks of its line only', () => {
    expect(run('x = call(\n    bad(),\n    1,  # tickguard: ignore[TST001] measured\n    bad(),\n)\n')).toEqual(['TST001 2:5-2:10', 'TST001 4:5-4:10']);
  });

  test('behind a head does not speak of the body', () => {
    expect(run('if bad() and (\n        bad()):  # tickguard: ignore[TST001] measured\n    bad()\n'))
      .toEqual(['-TST001 1:4-1:9', '-TST001 2:9-2:14', 'TST001 3:5-3:10']);
  });
});

describe('a comment on the line before', () => {
  test('silences the next line', () => {
    expect(run('# tickguard: ignore[TST001] measured\nbad()\nbad()\n')).toEqual(['-TST001 2:1-2:6', 'TST001 3:1-3:6']);
  });

  test('silences a whole statement of several lines', () => {
    expect(run('# tickguard: ignore[TST001] measured\nx = call(\n    1,\n    bad(),\n)\nbad()\n')).toEqual(['-TST001 4:5-4:10', 'TST001 6:1-6:6']);
  });

  test('of a compound statement only the head', () => {
    expect(run('# tickguard: ignore[TST001] measured\ndef f(x=bad(),\n      y=bad()):\n    bad()\n'))
      .toEqual(['-TST001 2:9-2:14', '-TST001 3:9-3:14', 'TST001 4:5-4:10']);
  });

  test('looks through other comments, not through an empty line', () => {
    expect(run('# tickguard: ignore[TST001] measured\n# why it is so\nbad()\n')).toEqual(['-TST001 3:1-3:6']);
    expect(run('# tickguard: ignore[TST001] measured\n\nbad()\n')).toEqual(['TST001 3:1-3:6']);
  });

  test('as the last line of a file silences nothing', () => {
    expect(runOver(syntax, 'x = 1\n# tickguard: ignore[TST001] measured', RULES).suppressions).toHaveLength(1);
  });
});

describe('other languages', () => {
  test.each([
    ['x.yaml', 'a: 1\nbad: 2  # tickguard: ignore[TST001] measured\n', '-TST001 2:6-2:7'],
    ['x.yaml', '# tickguard: ignore[TST001] measured\nbad: 2\n', '-TST001 2:6-2:7'],
    ['x.toml', '# tickguard: ignore[TST001] measured\nbad = 2\n', '-TST001 2:7-2:8'],
    ['x.json', '{\n  // tickguard: ignore[TST001] measured\n  "bad": 2\n}\n', '-TST001 3:10-3:11'],
    ['x.json', '{\n  "bad": 2 /* tickguard: ignore[TST001] measured */\n}\n', '-TST001 2:10-2:11'],
    ['.env', '# tickguard: ignore[TST001] measured\nbad=2\n', '-TST001 2:5-2:6'],
  ])('%s: %j', (path, text, expected) => { expect(run(text, path)).toEqual([expected]); });
});

describe('ignore-file', () => {
  test('silences the file from above the first line of code, also below the docstring', () => {
    expect(run('#!/usr/bin/env python\n"""Desk."""\n# tickguard: ignore-file[TST001] generated\nimport os\nbad()\n')).toEqual(['-TST001 5:1-5:6']);
    expect(run('# tickguard: ignore-file[TST001] generated\na: 1\nbad: 2\n', 'x.yaml')).toEqual(['-TST001 3:6-3:7']);
  });

  test('further down is a finding and silences nothing', () => {
    expect(run('import os\n# tickguard: ignore-file[TST001] generated\nbad()\n')).toEqual(['TKG003 2:3-2:43', 'TST001 3:1-3:6']);
  });
});

describe('detectors', () => {
  test('one detector, the whole rule, or another one', () => {
    const line = (id: string): readonly string[] => run(`k = "sk-1234567"  # tickguard: ignore[${id}] a sandbox key\n`);
    expect(line('TST002/sk')).toEqual(['-TST002 1:6-1:16']);
    expect(line('TST002')).toEqual(['-TST002 1:6-1:16']);
    expect(line('TST002/other')).toEqual(['TST002 1:6-1:16']);
  });
});

describe('comments that cannot work', () => {
  const messages = (text: string): readonly string[] =>
    runOver(syntax, text, RULES).findings.filter(({ finding }) => finding.rule === 'TKG003').map(({ finding }) => `${finding.range.column}-${finding.range.endColumn} ${finding.message}`);

  test('without a reason nothing is silenced', () => {
    for (const tail of ['', ' ', ' --', ': …']) {
      expect(run(`bad()  # tickguard: ignore[TST001]${tail}\n`)).toEqual(['TST001 1:1-1:6', 'TKG003 1:28-1:34']);
    }
    expect(messages('bad()  # tickguard: ignore[TST001]\n')).toEqual(['28-34 TST001 is not silenced: the comment gives no reason. Write why after the bracket.']);
  });

  test('an unknown rule is named with the nearest one, and the others still count', () => {
    const text = 'bad()  # tickguard: ignore[TST01, TST001, QQQ999] measured\n';
    expect(messages(text)).toEqual([
      '28-33 No rule is called TST01; the nearest is TST001. Correct the id or remove it.',
      '43-49 No rule is called QQQ999. Correct the id or remove it.',
    ]);
    expect(run(text)[0]).toBe('-TST001 1:1-1:6');
  });

  test.each(['ignore reason', 'ignore[] reason', 'ignore[TST001', 'ignore[ , ] reason'])('%s names no rule', (directive) => {
    expect(messages(`x = 1  # tickguard: ${directive}\n`)).toEqual([`10-${10 + 'tickguard: '.length + directive.length} The comment names no rule. Write ignore[APX004] and the reason.`]);
  });

  test('the engine itself cannot be silenced', () => {
    expect(messages('x = 1  # tickguard: ignore[TKG002] no\n')).toEqual(['28-34 TKG002 cannot be silenced by a comment. Mend what it names.']);
  });

  test('other words about tickguard are none of its business', () => {
    for (const text of ['# see tickguard: ignore is nice', '# mytickguard: ignore[X] y', '# tickguard found this', 's = "# tickguard: ignore[TST001]"']) {
      expect(run(`${text}\nx = 1\n`).filter((line) => line.includes('TKG'))).toEqual([]);
    }
  });

  test('in vendored code they are not the user\'s to mend', () => {
    const ran = runOver(syntax, 'bad()  # tickguard: ignore[NOPE01] x\nx = 1  # tickguard: ignore[TST001] y\n', RULES, { file: { role: 'vendored' } });
    expect(ran.short).toEqual(['TST001 1:1-1:6']);
    expect(ran.suppressions).toEqual([]);
  });

  test('can be switched off', () => {
    const config = configOf({ TKG003: { severity: 'off' }, TKG002: { severity: 'off' } });
    const ran = runOver(syntax, 'x = 1  # tickguard: ignore[TST001, NOPE01] y\n', RULES, { config });
    expect(ran.short).toEqual([]);
    expect(ran.suppressions).toEqual([]);
  });
});

describe('unused suppressions', () => {
  test('are prepared for each id, used or not, with the place of the id', () => {
    const ran = runOver(syntax, 'bad()  # tickguard: ignore[TST001, TST002/sk] measured\n', RULES);
    expect(ran.suppressions.map(({ rules, reason, unused }) => [rules, reason, unused.rule, unused.severity, unused.range.column, unused.message])).toEqual([
      [['TST001'], 'measured', 'TKG002', 'info', 28, 'TST001 reports nothing here, so this comment silences nothing. Remove it.'],
      [['TST002/sk'], 'measured', 'TKG002', 'info', 36, 'TST002/sk reports nothing here, so this comment silences nothing. Remove it.'],
    ]);
    expect(ran.findings[0]?.suppressed).toEqual({ by: 'comment', suppression: 0 });
  });

  test('a rule that did not run leaves its comment alone', () => {
    const text = 'bad()  # tickguard: ignore[TST001, TST002] measured\n';
    const only = runOver(syntax, text, [badCalls], { known: RULES });
    expect(only.short).toEqual(['-TST001 1:1-1:6']);
    expect(only.suppressions.map(({ rules }) => rules)).toEqual([['TST001']]);
    const off = runOver(syntax, text, RULES, { config: configOf({ TST001: { severity: 'off' } }) });
    expect(off.suppressions.map(({ rules }) => rules)).toEqual([['TST002']]);
    const detectorOff = runOver(syntax, 'x = 1  # tickguard: ignore[TST002/sk] y\n', RULES, { config: configOf({ 'TST002/sk': { severity: 'off' } }) });
    expect(detectorOff.suppressions).toEqual([]);
  });

  test('a rule that broke leaves its comment alone', () => {
    const broken = ruleOf({ create: () => ({ end() { throw new Error('no'); } }) });
    expect(runOver(syntax, 'x = 1  # tickguard: ignore[TST001] y\n', [broken]).suppressions).toEqual([]);
  });
});
