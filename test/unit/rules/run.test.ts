import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Rule, RuleListener } from '../../../src/core/rules/rule.ts';
import { Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { badCalls, configOf, ruleOf, runOver, secretStrings } from './run-helper.ts';
import { runs } from '../../support/property-tests.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** A listener that reports one span with one message. */
function reporting(change: Partial<Rule>, report: Readonly<Record<string, unknown>>): Rule {
  return ruleOf({
    ...change,
    create: (context): RuleListener => ({ end() { context.report({ at: { start: 0, end: 3 }, messageId: 'found', data: { what: 'x' }, ...report }); } }),
  });
}

describe('the walk', () => {
  test('calls each listener once a node, start first and end last', () => {
    const heard: string[] = [];
    const listener: RuleListener = {
      start: () => { heard.push('start'); },
      end: () => { heard.push('end'); },
      function: (node) => { heard.push(`function ${node.qualifiedName}`); },
      class: (node) => { heard.push(`class ${node.name}`); },
      call: (node, site) => { heard.push(`call ${node.start} in ${site.function?.name ?? 'module'} of ${site.class?.name ?? 'none'}`); },
      compare: (node) => { heard.push(`compare ${node.ops.join(' ')}`); },
      literal: (node) => { heard.push(`literal ${node.text}`); },
      assign: (node) => { heard.push(`assign ${node.targets.length}`); },
      statement: (node) => { heard.push(`statement ${node.kind}`); },
    };
    runOver(syntax, 'class A:\n    def f(self):\n        x = y = g(1) < 2\n', [ruleOf({ create: () => listener })]);
    expect(heard).toEqual([
      'start', 'function A.f', 'class A', 'statement class', 'statement function', 'statement assign', 'assign 2', 'compare <',
      'call 42 in f of A', 'literal 1', 'literal 2', 'end',
    ]);
  });

  test('a configuration file gives its entries', () => {
    expect(runOver(syntax, 'a: 1\nbad: late\n', [badCalls], { path: 'x.yaml' }).short).toEqual(['TST001 2:6-2:10']);
  });

  test('findings come in source order with exact ranges', () => {
    expect(runOver(syntax, 'x = [bad(1), bad(\n  2)]\nbad()\n', [badCalls]).short).toEqual(['TST001 1:6-1:12', 'TST001 1:14-2:5', 'TST001 3:1-3:6']);
  });

  test('survives an expression of 20,000 terms', () => {
    expect(runOver(syntax, `x = ${Array.from({ length: 20_000 }, () => '"a"').join(' + ')} + bad()\n`, [badCalls]).short).toHaveLength(1);
  });

  test('notes the time of each rule', () => {
    const timing = new Map<string, number>();
    const slow = ruleOf({ id: 'TST009', create: () => ({ end() { const until = performance.now() + 5; while (performance.now() < until) { /* works */ } } }) });
    runOver(syntax, 'bad()\n', [badCalls, slow], { timing });
    expect([...timing.keys()].sort()).toEqual(['TST001', 'TST009']);
    expect(timing.get('TST009')).toBeGreaterThanOrEqual(5);
    expect(timing.get('TST001')).toBeLessThan(timing.get('TST009') as number);
  });
});

describe('which rules run', () => {
  const created = (change: Partial<Rule>, run: Parameters<typeof runOver>[3]): boolean => {
    let count = 0;
    runOver(syntax, 'x = 1\n', [ruleOf({ ...change, create: () => { count += 1; return {}; } })], run);
    return count === 1;
  };

  test('only those of the language', () => {
    expect(created({ languages: ['python'] }, { path: 'a.py' })).toBe(true);
    expect(created({ languages: ['python'] }, { path: 'a.toml' })).toBe(false);
  });

  test.each(['test', 'vendored', 'archived'] as const)('in %s files only those of everywhere', (role) => {
    expect(created({ scope: 'everywhere' }, { file: { role } })).toBe(true);
    expect(created({ scope: 'trading' }, { file: { role } })).toBe(false);
  });

  test('not those that are off', () => {
    expect(created({}, { config: configOf({ TST001: { severity: 'off' } }) })).toBe(false);
    expect(created({}, { config: configOf({ TST001: { severity: 'info' } }) })).toBe(true);
  });

  test('with their options, defaults filled in', () => {
    const seen: unknown[] = [];
    const rule = ruleOf({ options: z.strictObject({ most: z.number().default(3) }), create: (context) => { seen.push(context.options); return {}; } });
    runOver(syntax, '', [rule]);
    runOver(syntax, '', [rule], { config: configOf({ TST001: { options: { most: 7 } } }) });
    expect(seen).toEqual([{ most: 3 }, { most: 7 }]);
  });

  test('findings of trading rules hang on the file being trading code, beside their own condition', () => {
    const extending = { kind: 'extends', class: 'A', role: 'strategy' } as const;
    const [plain] = runOver(syntax, 'abc\n', [reporting({ scope: 'trading' }, {})]).findings;
    const [both] = runOver(syntax, 'abc\n', [reporting({ scope: 'trading' }, { when: extending })]).findings;
    const [free] = runOver(syntax, 'abc\n', [reporting({}, {})]).findings;
    expect(plain?.when).toEqual({ kind: 'trading' });
    expect(both?.when).toEqual({ kind: 'all', of: [{ kind: 'trading' }, extending] });
    expect(free?.when).toBeUndefined();
  });
});

describe('severity and gate', () => {
  const judged = (report: Readonly<Record<string, unknown>>, severity?: 'error' | 'warning' | 'info'): string => {
    const config = configOf(severity === undefined ? {} : { TST001: { severity } });
    const [one] = runOver(syntax, 'abc\n', [reporting({}, report)], { config }).findings;
    return `${one?.finding.severity} ${one?.finding.gate}`;
  };

  test('the user over the report over the rule', () => {
    expect(judged({})).toBe('error commit');
    expect(judged({ severity: 'warning' })).toBe('warning commit');
    expect(judged({ severity: 'warning' }, 'error')).toBe('error commit');
  });

  test('information stops nothing', () => { expect(judged({ severity: 'info' })).toBe('info none'); });

  test('a house limit warns at most, even when the user says error', () => {
    expect(judged({ layer: 'house' })).toBe('warning commit');
    expect(judged({ layer: 'house' }, 'error')).toBe('warning commit');
    expect(judged({ layer: 'house', severity: 'info' })).toBe('info none');
    expect(judged({ layer: 'firm' })).toBe('error commit');
  });

  test('a detector has a setting of its own', () => {
    const run = (settings: Parameters<typeof configOf>[0]): readonly string[] =>
      runOver(syntax, 'k = "sk-1234567"\n', [secretStrings], { config: configOf(settings) }).findings.map(({ finding }) => finding.severity);
    expect(run({ 'TST002/sk': { severity: 'warning' } })).toEqual(['warning']);
    expect(run({ TST002: { severity: 'info' } })).toEqual(['info']);
    expect(run({ 'TST002/sk': { severity: 'off' } })).toEqual([]);
  });
});

describe('a rule that breaks', () => {
  const boom = (where: keyof RuleListener | 'create'): Rule => ruleOf({
    id: 'TST005',
    create: (context) => {
      context.report({ at: { start: 0, end: 3 }, messageId: 'found', data: { what: 'early' } });
      const explode = (): never => { throw new TypeError('no such tick\nsecond line'); };
      return where === 'create' ? explode() : { [where]: explode };
    },
  });

  test.each(['create', 'start', 'call', 'statement', 'literal', 'function', 'end'] as const)('in %s gives one finding and leaves the others alone', (where) => {
    const ran = runOver(syntax, 'def f():\n    bad(1)\n    bad(2)\n', [boom(where), badCalls]);
    expect(ran.failed).toEqual([{ rule: 'TST005', error: 'TypeError: no such tick' }]);
    expect(ran.short).toEqual(['TKG001 1:1-1:1', 'TST001 2:5-2:11', 'TST001 3:5-3:11']);
    expect(ran.findings[0]?.finding).toMatchObject({
      severity: 'error', message: 'Rule TST005 broke on this file and found nothing here: TypeError: no such tick. The check is incomplete; please report it.',
    });
  });

  test('two broken rules are two findings', () => {
    const other = { ...boom('end'), id: 'TST006' };
    expect(runOver(syntax, 'x\n', [boom('start'), other]).failed.map(({ rule }) => rule)).toEqual(['TST005', 'TST006']);
    expect(runOver(syntax, 'x\n', [boom('start'), other]).short).toEqual(['TKG001 1:1-1:1', 'TKG001 1:1-1:1']);
  });

  test.each([
    ['a message it does not have', { messageId: 'lost' }, "it has no message 'lost'"],
    ['a message without its data', { data: {} }, 'Error: message needs {what}, and the report does not give it'],
  ])('by %s', (_, report, error) => {
    const ran = runOver(syntax, 'abc\n', [reporting({}, report)]);
    expect(ran.failed).toEqual([{ rule: 'TST001', error }]);
    expect(ran.short).toEqual(['TKG001 1:1-1:1']);
  });

  test('by options it does not accept', () => {
    const ran = runOver(syntax, 'bad()\n', [badCalls], { config: configOf({ TST001: { options: { unknown: 1 } } }) });
    expect(ran.failed.map(({ rule }) => rule)).toEqual(['TST001']);
  });

  test('cannot be silenced', () => {
    expect(runOver(syntax, '# tickguard: ignore-file[TKG001] noise\nx = 1\n', [boom('end')]).short).toEqual(['TKG001 1:1-1:1', 'TKG003 1:26-1:32']);
  });
});

describe('where nothing is reported', () => {
  test('inside what does not parse; text rules still are', () => {
    const text = 'bad(1)\ndef f(:\n  bad(\nx = 1\n';
    const inside = ruleOf({ id: 'TST003', create: (context) => ({ end() {
      for (const error of context.model.errors) {
        context.report({ at: error, messageId: 'found', data: { what: 'tree' } });
        context.report({ at: error, messageId: 'found', data: { what: 'text' }, textual: true, detector: 'text' });
      }
    } }) });
    const ran = runOver(syntax, text, [inside]);
    expect(ran.findings.length).toBeGreaterThan(0);
    expect(ran.findings.every(({ finding }) => finding.detector === 'text')).toBe(true);
  });

  test('a file over the limit says that it was only partly checked', () => {
    const ran = runOver(syntax, `x = "${'a'.repeat(2 * 1024 * 1024)}"\n`, [badCalls]);
    expect(ran.short).toEqual(['TKG004 1:1-1:1']);
    expect(ran.findings[0]?.finding).toMatchObject({ severity: 'info', gate: 'none' });
    expect(runOver(syntax, `x = "${'a'.repeat(2 * 1024 * 1024)}"\n`, [badCalls], { file: { role: 'vendored' } }).short).toEqual([]);
  });
});

describe('doubles', () => {
  test('one rule at one place is one finding, the most severe, with what both relate to', () => {
    const twice = ruleOf({ create: (context) => ({ end() {
      const at = { start: 0, end: 3 };
      context.report({ at, messageId: 'found', data: { what: 'mild' }, severity: 'info', related: [{ at: { start: 4, end: 5 }, message: 'here' }] });
      context.report({ at, messageId: 'found', data: { what: 'hard' }, related: [{ at: { start: 6, end: 7 }, message: 'there' }] });
    } }) });
    const { findings } = runOver(syntax, 'abc, d, e\n', [twice]);
    expect(findings.map(({ finding }) => [finding.message, finding.related.map(({ message }) => message)])).toEqual([['Found hard. Remove it.', ['there', 'here']]]);
  });

  test('other rules and other conditions stay apart', () => {
    const when = { kind: 'trading' } as const;
    const rules = [reporting({}, {}), reporting({ id: 'TST004' }, {}), reporting({ id: 'TST005' }, { when })];
    expect(runOver(syntax, 'abc\n', rules).short).toHaveLength(3);
  });
});

describe('an open document', () => {
  const shift = (by: number, gone: { start: number; end: number }) => ({
    source: sourceOf(`${'\n'.repeat(by)}bad(1)\nbad(2)\nbad(3)\n`),
    span: (span: { start: number; end: number }) => (span.start < gone.end && gone.start < span.end ? undefined : { start: span.start + by, end: span.end + by }),
  });

  test('findings move with the text, and leave where it is being typed', () => {
    expect(runOver(syntax, 'bad(1)\nbad(2)\nbad(3)\n', [badCalls], { map: shift(2, { start: 7, end: 13 }) }).short)
      .toEqual(['TST001 3:1-3:7', 'TST001 5:1-5:7']);
  });

  test('fixes move too; one with a lost edit is none, and a lost related place is left out', () => {
    const fixing = ruleOf({ create: (context) => ({ end() {
      const report = (at: number, edit: number): void => context.report({
        at: { start: at, end: at + 3 }, messageId: 'found', data: { what: 'x' },
        related: [{ at: { start: edit, end: edit + 1 }, message: 'see' }],
        fixes: [{ title: 'Mend', safe: true, edits: [{ start: at, end: at + 1, text: 'c' }, { start: edit, end: edit + 1, text: 'c' }] }],
      });
      report(0, 14);
      report(15, 7);
    } }) });
    const [first, second] = runOver(syntax, 'bad(1)\nbad(2)\nbad(3)\n', [fixing], { map: shift(1, { start: 7, end: 13 }) }).findings;
    expect(first?.fixes).toEqual([{ title: 'Mend', safe: true, edits: [{ start: 1, end: 2, text: 'c' }, { start: 15, end: 16, text: 'c' }] }]);
    expect(first?.finding.related).toHaveLength(1);
    expect(second?.fixes).toEqual([]);
    expect(second?.finding).toMatchObject({ fixable: false, related: [] });
  });
});

describe('secrets', () => {
  test('do not leave the engine in any field, whichever rule builds the finding', () => {
    const value = ['sk-', 'hunter', 'two'].join('');
    const echo = ruleOf({ id: 'TST007', messages: { found: '{what} again' }, create: (context) => ({
      call: (node) => {
        const text = context.model.source.text.slice(node.start, node.end);
        context.report({ at: node, messageId: 'found', data: { what: text }, related: [{ at: node, message: text }], evidence: { text } });
      },
    }) });
    const { findings } = runOver(syntax, `connect("${value}", retry=bad("${value}"))\n`, [secretStrings, echo, badCalls]);
    expect(findings.map(({ finding }) => finding.rule)).toEqual(['TST007', 'TST002', 'TST001', 'TST007', 'TST002']);
    expect(JSON.stringify(findings)).not.toContain('hunter');
    expect(findings[0]?.finding.snippet?.text).toBe('connect("<sk>", retry=bad("<sk>"))');
  });
});

describe('fingerprints through edits', () => {
  const code = ['import os', '', 'class Desk:', '    def on_tick(self):', '        bad(1)', '        bad(1)', '        call(key="sk-abcdefg", x=bad(2))', ''].join('\n');
  const prints = (text: string, path = 'a.py'): readonly string[] =>
    runOver(syntax, text, [badCalls, secretStrings], { path }).findings.map(({ finding }) => finding.fingerprint);

  test('four findings, four fingerprints', () => { expect(new Set(prints(code)).size).toBe(4); });

  test('property: lines inserted above or between do not change them', () => {
    const line = fc.constantFrom('', '# comment', 'x = 1', 'import sys');
    fc.assert(fc.property(fc.array(line, { maxLength: 5 }), fc.array(line, { maxLength: 3 }), (above, between) => {
      const lines = code.split('\n');
      const moved = [...above, ...lines.slice(0, 2), ...between, ...lines.slice(2, 4), ...between.map((text) => `        ${text}`), ...lines.slice(4)];
      expect(prints(moved.join('\n'))).toEqual(prints(code));
    }), { numRuns: runs(40) });
  });

  test('property: another indentation does not change them', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.boolean(), (width, windows) => {
      const moved = code.replace(/^ +/gm, (blanks) => ' '.repeat((blanks.length / 4) * width));
      expect(prints(windows ? moved.replaceAll('\n', '\r\n') : moved)).toEqual(prints(code));
    }), { numRuns: runs(20) });
  });

  test('property: another value of the secret does not change them', () => {
    fc.assert(fc.property(fc.stringMatching(/^sk-[a-zA-Z0-9+/=]{1,40}$/), (value) => {
      expect(prints(code.replace('sk-abcdefg', value))).toEqual(prints(code));
    }), { numRuns: runs(40) });
  });

  test('another file or function does', () => {
    expect(prints(code, 'b.py')).not.toEqual(prints(code));
    expect(prints(code.replace('on_tick', 'on_bar'))[0]).not.toBe(prints(code)[0]);
  });
});
