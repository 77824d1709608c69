import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigSet, configSchema, parseConfig } from '../../../src/core/workspace/config-file.ts';
import { globMatcher, globProblem } from '../../../src/core/workspace/globs.ts';
import { runs } from '../../support/property-tests.ts';

const rules = [
  { id: 'APX004', name: 'late-cutoff', options: z.strictObject({ bufferMinutes: z.number().optional() }) },
  { id: 'SEC001', name: 'hardcoded-secret', options: z.strictObject({}), detectors: ['binance-secret'] },
];
const packs = [{ id: 'apex-4.0-intraday', sizes: [25000, 50000] }, { id: 'ftmo-2step', sizes: [10000], anySize: true }];
const parse = (text: string, file = 'tickguard.json') => parseConfig(text, file, rules, packs);
const errorOf = (text: string): string => {
  const outcome = parse(text);
  return outcome.ok ? 'no error' : outcome.error;
};
const account = '{ "id": "apex-1", "pack": "apex-4.0-intraday", "size": 50000, "phase": "evaluation" }';

describe('a good file', () => {
  test('comments, trailing commas and defaults', () => {
    const outcome = parse(`{
      // the desk
      "$schema": "./x.json",
      "accounts": [${account},],
      "rules": { "late-cutoff": "warning", "SEC001/binance-secret": "off" },
      "overrides": [{ "files": ["research/**"], "rules": { "APX004": { "severity": "info", "options": { "bufferMinutes": 5 } } } }],
    }`, 'bots/tickguard.json');
    expect(outcome).toEqual({
      ok: true,
      value: {
        folder: 'bots',
        accounts: [{ id: 'apex-1', pack: 'apex-4.0-intraday', size: 50000, phase: 'evaluation', products: [], code: ['**'] }],
        rules: { APX004: 'warning', 'SEC001/binance-secret': 'off' },
        overrides: [{ files: ['research/**'], rules: { APX004: { severity: 'info', options: { bufferMinutes: 5 } } } }],
        exclude: [], includes: [], packs: [], detectors: [],
      },
    });
  });

  test('trading days of the workspace\'s own hold for its accounts', () => {
    const calendars = { ES: { closed: ['2026-12-25'], earlyCloses: { '2026-11-27': '13:15' } }, BTC: { zone: 'America/Chicago' }, 'us-equities': { closed: ['2026-12-24'] } };
    const outcome = parse(JSON.stringify({ accounts: [JSON.parse(account)], calendars }));
    expect(outcome.ok && [outcome.value.calendars, outcome.value.accounts[0]?.calendars]).toEqual([calendars, calendars]);
    const set = ConfigSet.load('/r', (path) => (path === 'tickguard.json' ? JSON.stringify({ calendars }) : path === 'b/tickguard.json' ? '{}' : undefined), rules, packs);
    expect(set.ok && [set.value.calendars('a.py'), set.value.calendars('b/a.py')]).toEqual([calendars, {}]);
  });

  test('an empty object, and one with a byte order mark', () => {
    expect(parse('{}').ok).toBe(true);
    expect(parse('\uFEFF{}').ok).toBe(true);
  });

  test('the exported schema takes the same files as the reader', () => {
    const validate = new Ajv({ strict: false }).compile(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as object);
    for (const text of ['{}', `{"accounts":[${account}]}`, '{"rules":{"APX004":"off"}}', '{"overrides":[{"files":["a"],"rules":{}}]}']) expect(validate(JSON.parse(text)), text).toBe(true);
    for (const text of ['[]', '{"a":1}', '{"accounts":{}}', '{"rules":{"APX004":"loud"}}', '{"accounts":[{"id":"x"}]}']) expect(validate(JSON.parse(text)), text).toBe(false);
  });
});

describe('mistakes are one sentence with a place', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['broken JSON', '{\n  "rules": {\n    "APX004" "off"\n  }\n}', 'tickguard.json:3:14: broken JSON: a colon is missing after the key.'],
    ['an unclosed brace', '{ "rules": {', 'tickguard.json:1:13: broken JSON: a closing } is missing (and 1 more mistake).'],
    ['an empty file', '  \n', 'tickguard.json:1:1: the file is empty; write {} for the defaults or run tickguard init.'],
    ['a list', '[]', 'tickguard.json:1:1: the file is a list: an object in { } is expected.'],
    ['a key mistyped', '{\n  "exlude": []\n}', 'tickguard.json:2:3: unknown key "exlude"; did you mean "exclude"?'],
    ['a key nobody knows', '{ "zzz": 1 }', 'tickguard.json:1:3: unknown key "zzz"; known here: $schema, accounts, rules, overrides, exclude, packs, detectors, calendars, mql5.'],
    ['a key of an account', `{ "accounts": [${account.replace('"size"', '"sise"')}] }`, 'tickguard.json:1:16: accounts[0].size is missing: a number is expected, such as 50000 (and 1 more mistake).'],
    ['a limit', `{ "accounts": [${account.replace(' }', ', "limits": { "maxDrawDown": 5 } }')}] }`, 'tickguard.json:1:113: unknown key "maxDrawDown" in accounts[0].limits; did you mean "maxDrawdown"?'],
    ['a wrong type', `{ "accounts": [${account.replace('50000', '"50K"')}] }`, 'tickguard.json:1:71: accounts[0].size is "50K": a number is expected, such as 50000.'],
    ['a phase', `{ "accounts": [${account.replace('evaluation', 'combine')}] }`, 'tickguard.json:1:87: accounts[0].phase is "combine": one of "evaluation", "funded", "live" is expected.'],
    ['a size', `{ "accounts": [${account.replace('50000', '200000')}] }`, 'tickguard.json:1:71: apex-4.0-intraday has no account of size 200000; it has 25000, 50000.'],
    ['a pack', `{ "accounts": [${account.replace('apex-4.0-intraday', 'apex-4.0-intrady')}] }`, 'tickguard.json:1:42: unknown pack "apex-4.0-intrady"; did you mean "apex-4.0-intraday"?'],
    ['an account twice', `{ "accounts": [${account}, ${account}] }`, 'tickguard.json:1:111: the account id "apex-1" stands twice; give each account its own.'],
    ['a rule', '{ "rules": { "APX040": "off" } }', 'tickguard.json:1:14: unknown rule "APX040"; did you mean "APX004"?'],
    ['a detector', '{ "rules": { "SEC001/binance": "off" } }', 'tickguard.json:1:14: unknown rule "SEC001/binance"; known are SEC001/binance-secret.'],
    ['a severity', '{ "rules": { "APX004": "loud" } }', 'tickguard.json:1:24: rules.APX004 is "loud": one of "error", "warning", "info", "off", or { "severity": …, "options": … } is expected.'],
    ['an option', '{ "rules": { "APX004": { "options": { "buffer": 1 } } } }', 'tickguard.json:1:39: APX004 has no option "buffer"; tickguard explain APX004 lists its options.'],
    ['an option\'s type', '{ "rules": { "APX004": { "options": { "bufferMinutes": "x" } } } }', 'tickguard.json:1:56: rules.APX004.options.bufferMinutes does not fit: Invalid input: expected number, received string.'],
    ['a rule of an override', '{ "overrides": [{ "files": ["a"], "rules": { "NOPE": "off" } }] }', 'tickguard.json:1:46: unknown rule "NOPE"; known are APX004, SEC001.'],
    ['a glob', '{ "exclude": ["../x"] }', 'tickguard.json:1:15: exclude[0] is "../x": a glob must not lead out of the folder of tickguard.json.'],
    ['a key twice', '{ "exclude": [],\n  "exclude": [] }', 'tickguard.json:2:3: the key "exclude" stands twice; keep one of them.'],
    ['a product nobody knows', '{"calendars":{"FOO":{}}}', 'tickguard.json:1:15: calendars.FOO: there is no product "FOO"; write its root, such as "ES", or its family: equity-index, currencies, rates, metals-energy, grains, livestock, crypto-futures, us-equities, spot-currencies, spot-metals, crypto.'],
    ['a contract for a product', '{"calendars":{"MESZ6":{}}}', 'tickguard.json:1:15: calendars.MESZ6: there is no product "MESZ6"; write its root, such as "MES", or its family: equity-index, currencies, rates, metals-energy, grains, livestock, crypto-futures, us-equities, spot-currencies, spot-metals, crypto.'],
    ['a date that does not exist', '{"calendars":{"ES":{"closed":["2026-13-24"]}}}', 'tickguard.json:1:31: calendars.ES.closed[0] is "2026-13-24": a date is expected, such as "2026-12-25".'],
    ['the date of an early close', '{"calendars":{"ES":{"earlyCloses":{"2026-02-30":"13:00"}}}}', 'tickguard.json:1:36: calendars.ES.earlyCloses has "2026-02-30": a date is expected, such as "2026-11-27".'],
    ['the time of an early close', '{"calendars":{"ES":{"earlyCloses":{"2026-02-20":"25:00"}}}}', 'tickguard.json:1:49: calendars.ES.earlyCloses.2026-02-20 is "25:00": a time of day is expected, such as "13:15".'],
    ['a zone', '{"calendars":{"ES":{"zone":"Mars"}}}', 'tickguard.json:1:28: calendars.ES.zone is "Mars": a zone is expected, such as "America/New_York".'],
    ['a key of a calendar', '{"calendars":{"ES":{"close":[]}}}', 'tickguard.json:1:21: unknown key "close" in calendars.ES; did you mean "closed"?'],
    ['a date of which two things are said', '{"calendars":{"ES":{"closed":["2026-02-20"],"earlyCloses":{"2026-02-20":"13:00"}}}}', 'tickguard.json:1:60: calendars.ES.earlyCloses has 2026-02-20, which stands in closed as well; keep one of them.'],
    ['a list of calendars', '{"calendars":[]}', 'tickguard.json:1:14: calendars is a list: an object is expected, such as { "ES": { "closed": ["2026-12-25"] } }.'],
    ['a time', `{ "accounts": [${account.replace(' }', ', "limits": { "flatBy": "4:59 pm" } }')}] }`, 'tickguard.json:1:123: accounts[0].limits.flatBy is "4:59 pm": a time of day is expected, such as "16:50".'],
    ['parts of a cent', `{ "accounts": [${account.replace(' }', ', "limits": { "dailyLoss": 0.001 } }')}] }`, 'tickguard.json:1:126: accounts[0].limits.dailyLoss is 0.001: an amount with at most two decimals is expected.'],
    ['percent', `{ "accounts": [${account.replace(' }', ', "limits": { "maxDrawdownPercent": 400 } }')}] }`, 'tickguard.json:1:135: accounts[0].limits.maxDrawdownPercent is 400: percent are expected, at most 100.'],
    ['nesting', '['.repeat(5000), 'tickguard.json:1:1: the file is nested more than 64 levels deep; write plain accounts, rules and overrides.'],
  ];
  for (const [name, text, expected] of cases) test(name, () => expect(errorOf(text)).toBe(expected));

  test('any text gives a configuration or one sentence', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"accounts"', '"rules"', ':', ',', '"x"', '1', 'null', '//', '\n', '"', '\\', 'é', '"__proto__"', '"constructor"');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')), (text) => {
      const outcome = parse(text);
      if (!outcome.ok) expect(outcome.error).toMatch(/^tickguard\.json:\d+:\d+: .+[.?]$/);
    }), { numRuns: runs(1000) });
  });
});

describe('ConfigSet', () => {
  const load = (files: Readonly<Record<string, string>>, known: readonly string[] = []) => {
    const outcome = ConfigSet.load('/', (path) => files[path], rules, packs, known);
    if (!outcome.ok) throw new Error(outcome.error);
    return outcome.value;
  };

  test('without a file there are no accounts and no settings', () => {
    const set = load({});
    expect(set.forFile('a/b.py').accounts).toEqual([]);
    expect(set.forFile('a/b.py').setting('APX004')).toEqual({ options: undefined });
    expect(set.exclude).toEqual([]);
  });

  test('overrides are laid over rules, later over earlier, options and severity apart', () => {
    const set = load({ 'tickguard.json': `{
      "rules": { "APX004": { "severity": "error", "options": { "bufferMinutes": 1 } } },
      "overrides": [
        { "files": ["research/**", "!research/live/**"], "rules": { "APX004": "info" } },
        { "files": ["**/old_*.py"], "rules": { "late-cutoff": { "options": { "bufferMinutes": 9 } } } }
      ] }` });
    const setting = (path: string) => set.forFile(path).setting('APX004');
    expect(setting('a.py')).toEqual({ severity: 'error', options: { bufferMinutes: 1 } });
    expect(setting('research/a.py')).toEqual({ severity: 'info', options: { bufferMinutes: 1 } });
    expect(setting('research/live/a.py')).toEqual({ severity: 'error', options: { bufferMinutes: 1 } });
    expect(setting('research/old_a.py')).toEqual({ severity: 'info', options: { bufferMinutes: 9 } });
    expect(set.forFile('a.py').setting('toString')).toEqual({ options: undefined });
  });

  test('accounts by their code globs', () => {
    const two = `{ "accounts": [${account.replace(' }', ', "code": ["bots/apex"] }')}, ${account.replace('apex-1', 'apex-2').replace(' }', ', "code": ["bots/**/*.py"] }')}] }`;
    const ids = (path: string) => load({ 'tickguard.json': two }).forFile(path).accounts.map((one) => one.id);
    expect([ids('bots/apex/a.py'), ids('bots/apex/a.yaml'), ids('bots/b.py'), ids('c.py')]).toEqual([['apex-1', 'apex-2'], ['apex-1'], ['apex-2'], []]);
  });

  test('the nearest file holds whole, its globs relative to its folder', () => {
    const files = {
      'tickguard.json': '{ "rules": { "APX004": "off", "SEC001": "info" } }',
      'bots/tickguard.json': `{ "accounts": [${account.replace(' }', ', "code": ["live/**"] }')}], "exclude": ["tmp"] }`,
      'bots/deep/er/tickguard.json': '{ "rules": { "APX004": "info" } }',
    };
    const set = load(files);
    expect(set.forFile('a.py').setting('APX004').severity).toBe('off');
    expect(set.forFile('bots/live/a.py').accounts.map((one) => one.id)).toEqual(['apex-1']);
    expect(set.forFile('bots/a.py').accounts).toEqual([]);
    expect(set.forFile('bots/a.py').setting('SEC001').severity).toBeUndefined();
    expect(set.forFile('bots/deep/er/most/a.py').setting('APX004').severity).toBe('info');
    expect(set.forFile('bots/deep/a.py').setting('APX004').severity).toBeUndefined();
    expect([set.excluded('bots/tmp/a.py'), set.excluded('tmp/a.py')]).toEqual([true, false]);
    expect(set.accounts().map((one) => one.id)).toEqual(['apex-1']);
  });

  test('a broken file below is a problem of its own; with the list of files it is an error at once', () => {
    const files = { 'tickguard.json': '{ "rules": { "APX004": "off" } }', 'bots/tickguard.json': '{ "ruls": {} }' };
    const set = load(files);
    expect(set.forFile('bots/a.py').setting('APX004').severity).toBe('off');
    expect(set.forFile('bots/b.py').setting('APX004').severity).toBe('off');
    expect(set.problems).toEqual(['bots/tickguard.json:1:3: unknown key "ruls"; did you mean "rules"?']);
    expect(() => load(files, ['bots/a.py', 'bots/tickguard.json'])).toThrow('bots/tickguard.json:1:3');
    expect(() => load({ 'tickguard.json': '{' })).toThrow('tickguard.json:1:2: broken JSON: a closing } is missing.');
  });

  test('each file is read once', () => {
    let reads = 0;
    const outcome = ConfigSet.load('/', () => { reads += 1; return undefined; }, rules, packs);
    if (!outcome.ok) throw new Error(outcome.error);
    for (let i = 0; i < 100; i += 1) outcome.value.forFile(`a/b/f${i}.py`);
    expect(reads).toBe(3);
  });
});

describe('globs', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['**', ['a', 'a/b', '.env', 'a/.b/c'], []],
    ['*.py', ['a.py', '.a.py'], ['b/a.py', 'a.pyi']],
    ['**/*.py', ['a.py', 'b/a.py'], ['a.ts']],
    ['strategies', ['strategies/a.py', 'strategies/b/c.py', 'strategies'], ['my/strategies/a.py', 'strategies2/a.py']],
    ['./src/', ['src/a'], ['a/src/b']],
    ['{a,b}/*.y?ml', ['a/x.yaml', 'b/x.yxml'], ['c/x.yaml', 'a/x.yml']],
    ['c++/(old)|x/[ab].py', ['c++/(old)|x/a.py'], ['ccc/old/a.py', 'c++/(old)|x/c.py']],
  ];
  for (const [glob, yes, no] of cases) {
    test(glob, () => {
      const matches = globMatcher([glob]);
      expect(yes.filter((path) => !matches(path))).toEqual([]);
      expect(no.filter(matches)).toEqual([]);
    });
  }

  test('globs that would be slow or lead out are refused', () => {
    for (const glob of ['', '!', '/a', 'C:\\a', '../a', 'a/../b', '*a*b*c*d', '**/a/**/b/**/c/**', 'a'.repeat(501)]) expect(globProblem(glob), glob).toMatch(/^a (?:name in a )?glob /);
    for (const glob of ['**', 'a/**/b/**/c*d*e*', '!x', '.', 'a.b/c']) expect(globProblem(glob), glob).toBeUndefined();
  });

  test('matching takes time in proportion, on names made to be slow', () => {
    const start = performance.now();
    for (const glob of ['*a*a*a', '**/a/**/a/**/b', '{a,a,a,a}*{a,a}*{a,a}*', '?*?*?*', '((a+)+)+']) {
      const matches = globMatcher([glob]);
      matches(`${'a'.repeat(250)}b`);
      matches(`${'a/'.repeat(120)}c`);
    }
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
