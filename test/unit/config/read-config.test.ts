import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigEntry } from '../../../src/core/source/model.ts';
import { MAX_DEPTH } from '../../../src/core/source/config/entry-list.ts';
import { readConfig } from '../../../src/core/source/config/read-config.ts';
import { readDotenv } from '../../../src/core/source/config/read-dotenv.ts';
import { readJson } from '../../../src/core/source/config/read-json.ts';
import { readToml } from '../../../src/core/source/config/read-toml.ts';
import { readYaml } from '../../../src/core/source/config/read-yaml.ts';
import { Budget } from '../../../src/core/source/syntax/budget.ts';
import { runs } from '../../support/property-tests.ts';

const READERS = { yaml: readYaml, json: readJson, toml: readToml, dotenv: readDotenv };
type Format = keyof typeof READERS;

/** `path = value "text" [whole]` of every scalar. */
function scalars(format: Format, text: string): string[] {
  return READERS[format](text).entries.filter((entry) => entry.shape === 'scalar').map((entry) => `${entry.path.join('.')} = ${JSON.stringify(entry.value)} <${entry.text}>`);
}

function entry(format: Format, text: string, path: string): ConfigEntry {
  const found = READERS[format](text).entries.find((one) => one.path.join('.') === path);
  if (!found) throw new Error(`no entry ${path}`);
  return found;
}

const cut = (text: string, span: { start: number; end: number } | undefined) => (span ? text.slice(span.start, span.end) : undefined);

/** What every reading has to keep, whatever the text. */
function checkInvariants(text: string, read: ReturnType<typeof readYaml>): void {
  for (const span of [...read.errors, ...read.comments, ...read.entries, ...read.entries.map((one) => one.valueSpan), ...read.entries.flatMap((one) => one.keySpan ?? [])]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  for (const one of read.entries) {
    expect(one.path.length).toBeGreaterThan(0);
    expect(one.path.length).toBeLessThanOrEqual(MAX_DEPTH + 1);
    if (one.shape === 'scalar') {
      expect(one.value === null || ['string', 'number', 'boolean'].includes(typeof one.value)).toBe(true);
      expect(one.text).toBe(text.slice(one.valueSpan.start, one.valueSpan.end));
      if (typeof one.value === 'number') expect(Number.isFinite(one.value)).toBe(true);
    } else expect(one.value).toBeUndefined();
    expect(one.valueSpan.start).toBeGreaterThanOrEqual(one.start);
    expect(one.end).toBeGreaterThanOrEqual(one.valueSpan.start);
  }
}

describe('yaml', () => {
  test('keys, values and their exact places', () => {
    const text = 'risk:\n  max_dd_pct: 10.0  # of size\n  "cut off": \'16:59\'\n  tags: [a, "b"]\n';
    expect(scalars('yaml', text)).toEqual(['risk.max_dd_pct = 10 <10.0>', 'risk.cut off = "16:59" <16:59>', 'risk.tags.0 = "a" <a>', 'risk.tags.1 = "b" <b>']);
    const cutOff = entry('yaml', text, 'risk.cut off');
    expect([cut(text, cutOff), cut(text, cutOff.keySpan), cut(text, cutOff.valueSpan)]).toEqual(['"cut off": \'16:59\'', 'cut off', '16:59']);
    expect(entry('yaml', text, 'risk.tags.1').key).toBe('tags');
    expect(cut(text, entry('yaml', text, 'risk'))).toBe(text.trimEnd());
    expect(readYaml(text).comments).toEqual([{ start: 26, end: 35, text: 'of size', ownLine: false }]);
  });

  test('what YAML 1.1 would have changed stays as written', () => {
    expect(scalars('yaml', '%YAML 1.1\n---\na: 16:59\nb: 0900\nc: yes\nd: 1_000\ne: 0o17\nf: ~\ng: on\n')).toEqual([
      'a = "16:59" <16:59>', 'b = 900 <0900>', 'c = "yes" <yes>', 'd = "1_000" <1_000>', 'e = 15 <0o17>', 'f = null <~>', 'g = "on" <on>',
    ]);
  });

  test('numbers no double holds stay text', () => {
    expect(scalars('yaml', 'a: .inf\nb: .nan\nc: 1e999\n')).toEqual(['a = ".inf" <.inf>', 'b = ".nan" <.nan>', 'c = "1e999" <1e999>']);
  });

  test('anchors come in by alias and merge, own keys win, and say so', () => {
    const text = 'base: &base\n  dd: 10\n  cut: "16:59"\nlive:\n  <<: *base\n  dd: 4\ncopy: *base\n';
    expect(scalars('yaml', text)).toEqual([
      'base.dd = 10 <10>', 'base.cut = "16:59" <16:59>', 'live.dd = 4 <4>', 'live.cut = "16:59" <16:59>', 'copy.dd = 10 <10>', 'copy.cut = "16:59" <16:59>',
    ]);
    const merged = entry('yaml', text, 'live.cut');
    expect(cut(text, merged.alias)).toBe('*base');
    expect(merged.valueSpan).toEqual(entry('yaml', text, 'base.cut').valueSpan);
    expect(entry('yaml', text, 'live.dd').alias).toBeUndefined();
  });

  test('of several merged mappings the first wins', () => {
    const text = 'a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: [*a, *b]\n';
    expect(scalars('yaml', text).slice(-2)).toEqual(['c.x = 1 <1>', 'c.y = 3 <3>']);
  });

  test('merges of merges, the nearer first, and merges in a circle', () => {
    const text = 'a: &a {x: 1, y: 1, z: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\nd: &d {<<: *d, w: 4}\n';
    expect(scalars('yaml', text).slice(3)).toEqual(['b.y = 2 <2>', 'b.x = 1 <1>', 'b.z = 1 <1>', 'c.z = 3 <3>', 'c.y = 2 <2>', 'c.x = 1 <1>', 'd.w = 4 <4>']);
    expect(cut(text, entry('yaml', text, 'c.x').alias)).toBe('*b');
  });

  test('a billion laughs stay a few thousand', () => {
    const lines = ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
    for (let i = 1; i < 12; i += 1) lines.push(`a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`);
    const start = performance.now();
    const read = readYaml(lines.join('\n'));
    expect(read.entries.length).toBeLessThan(3000);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('an alias within its own anchor ends', () => {
    expect(readYaml('a: &a\n  b: *a\n').entries.length).toBeLessThan(2500);
  });

  test('several documents, duplicate keys, block text, tags, empty values', () => {
    const text = 'a: 1\na: 2\n---\ntext: |\n  one\n  two\nkey: !ENV ${X}\nempty:\n';
    expect(scalars('yaml', text)).toEqual(['a = 1 <1>', 'a = 2 <2>', 'text = "one\\ntwo\\n" <  one\n  two>', 'key = "${X}" <${X}>', 'empty = null <>']);
    expect(cut(text, entry('yaml', text, 'empty'))).toBe('empty:');
  });

  test('a line half-typed costs itself only', () => {
    const rest = '  cut: "16:59"\n  size: 50000\nother:\n  a: 1\n';
    for (const typed of ['da', 'dai: "', "dai: '16:", 'dai: [1, 2', 'dai: {a: 1', '"dai', '- dai', '*', '&', '? ']) {
      const text = `risk:\n  dd: 10\n  ${typed}\n${rest}`;
      const found = scalars('yaml', text);
      expect.soft(found, typed).toEqual(expect.arrayContaining(['risk.dd = 10 <10>', 'risk.cut = "16:59" <16:59>', 'risk.size = 50000 <50000>', 'other.a = 1 <1>']));
    }
  });

  test('half-typed lines are named as errors', () => {
    const text = 'a: 1\nb: "open\nc: 3\n';
    expect(readYaml(text).errors.map((span) => cut(text, span))).toEqual(['b: "open']);
  });

  test('comments stand even in broken text, and never within strings', () => {
    const text = '# own\na: "x # no"  # yes\nb: |\n  # no\nc: [1 # in flow\n';
    expect(readYaml(text).comments.map((comment) => [comment.text, comment.ownLine])).toEqual([['own', true], ['yes', false], ['in flow', false]]);
  });
});

describe('json', () => {
  test('comments, trailing commas, duplicates, places', () => {
    const text = '{\n  // limits\n  "risk": { "dd": 10.0, "dd": 4, "cut": "16:59" /* ET */, },\n  "list": [1, {"a": null}, true]\n}\n';
    expect(scalars('json', text)).toEqual(['risk.dd = 10 <10.0>', 'risk.dd = 4 <4>', 'risk.cut = "16:59" <16:59>', 'list.0 = 1 <1>', 'list.1.a = null <null>', 'list.2 = true <true>']);
    const found = entry('json', text, 'risk.cut');
    expect([cut(text, found), cut(text, found.keySpan), cut(text, found.valueSpan)]).toEqual(['"cut": "16:59"', 'cut', '16:59']);
    expect(cut(text, entry('json', text, 'list'))).toBe('"list": [1, {"a": null}, true]');
    const read = readJson(text);
    expect(read.errors).toEqual([]);
    expect(read.comments.map((comment) => [comment.text, comment.ownLine])).toEqual([['limits', true], ['ET', false]]);
  });

  test('half-typed text gives what is whole', () => {
    const whole = ['a = 1 <1>', 'c = 3 <3>'];
    for (const typed of ['"b": ', '"b"', '"b', 'b: ,', '"b": 16:59,', '"b": 07,', '"b": "x', '"b": ],', '"b" 2,', ',', '"b": tru,']) {
      expect.soft(scalars('json', `{ "a": 1,\n ${typed}\n "c": 3 }`), typed).toEqual(expect.arrayContaining(whole));
    }
  });

  test('a number that is none gives no entry', () => {
    const text = '{ "cut": 16:59, "b": 1 }';
    expect(scalars('json', text)).toEqual(['b = 1 <1>']);
    expect(readJson(text).errors.map((span) => cut(text, span))).toEqual(['16:59']);
  });

  test('an unclosed file closes at its end', () => {
    const text = '{ "a": { "b": [1, 2';
    expect(scalars('json', text)).toEqual(['a.b.0 = 1 <1>', 'a.b.1 = 2 <2>']);
    expect(cut(text, entry('json', text, 'a'))).toBe('"a": { "b": [1, 2');
  });

  test('escapes are read, and the text is as written', () => {
    expect(scalars('json', '{"a": "x\\n\\u0041"}')).toEqual(['a = "x\\nA" <x\\n\\u0041>']);
  });

  test('agrees with JSON.parse on any JSON value', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify({ root: value }, null, indent);
      const expected = new Map<string, unknown>();
      const open: [string[], unknown][] = [[['root'], (JSON.parse(text) as { root: unknown }).root]];
      for (let next = open.pop(); next; next = open.pop()) {
        const [path, one] = next;
        if (Array.isArray(one)) one.forEach((item, i) => open.push([[...path, String(i)], item]));
        else if (typeof one === 'object' && one !== null) for (const [key, item] of Object.entries(one)) open.push([[...path, key], item]);
        else expected.set(JSON.stringify(path), one);
      }
      const read = readJson(text);
      expect(read.errors).toEqual([]);
      const found = new Map(read.entries.filter((one) => one.shape === 'scalar').map((one) => [JSON.stringify(one.path.map(String)), one.value]));
      expect(found).toEqual(expected);
    }), { numRuns: runs(300) });
  });
});

describe('toml', () => {
  test('tables, dotted keys, arrays of tables, places', () => {
    const text = 'title = "T" # d\na.b = 1_000\n[risk.limits]\ndd = 10.0\ncut = 16:59:00\n[[acc]]\nid = "one"\n[acc.sub]\nz = 1\n[[acc]]\nid = \'two\'\nall = [{k = true}]\n';
    expect(scalars('toml', text)).toEqual([
      'title = "T" <T>', 'a.b = 1000 <1_000>', 'risk.limits.dd = 10 <10.0>', 'risk.limits.cut = "16:59:00" <16:59:00>',
      'acc.0.id = "one" <one>', 'acc.0.sub.z = 1 <1>', 'acc.1.id = "two" <two>', 'acc.1.all.0.k = true <true>',
    ]);
    const id = entry('toml', text, 'acc.1.id');
    expect([cut(text, id), cut(text, id.keySpan), cut(text, id.valueSpan)]).toEqual(["id = 'two'", 'id', 'two']);
    expect(cut(text, entry('toml', text, 'acc.0'))).toBe('[[acc]]\nid = "one"\n[acc.sub]\nz = 1');
    expect(readToml(text).comments).toEqual([{ start: 12, end: 15, text: 'd', ownLine: false }]);
  });

  test('what is broken or stands twice costs itself only', () => {
    for (const typed of ['b', 'b =', 'b = "x', "b = 'x", 'b = [1,', 'b = {a = 1', 'b = 16:59', 'b = """x', 'a = 2', '[tab', '[', '= 1', 'b = 1 2']) {
      const text = `a = 1\n${typed}\nc = 3\n[t]\nx = "16:59"\n`;
      expect.soft(scalars('toml', text).join('\n'), typed).toMatch(/^a = 1 <1>\n[\s\S]*t\.x = "16:59" <16:59>$/);
      expect.soft(readToml(text).entries.some((one) => one.key === 'c'), typed).toBe(true);
    }
  });

  test('multi-line strings', () => {
    const text = 'a = """\nx = "1"\n# no\n"""\nb = \'\'\'y\'\'\'\nbad =\n';
    expect(scalars('toml', text)).toEqual(['a = "x = \\"1\\"\\n# no\\n" <\nx = "1"\n# no\n>', 'b = "y" <y>']);
    expect(readToml(text).comments).toEqual([]);
  });

  test('reading by statement gives what reading at once gives', () => {
    const text = 'a.b = 1\n[t]\nx = [1,\n # c\n 2]\n[[u]]\ny = 1\n[u.v]\nz = 1\n[[u]]\ny = 2\n';
    const broken = readToml(`${text}[zz]\noops\n`);
    const known = broken.entries.filter((one) => one.path[0] !== 'zz');
    expect(known).toEqual(readToml(text).entries);
  });
});

describe('dotenv', () => {
  test('every form, with places', () => {
    const text = '# c\nexport A=1 # d\nB="x\\ny" # e\nC=\'single # no\'\nD=un#quoted # yes\nE="multi\nline"\nG: yaml\nH=\nexport = 5\r\nI=`b`\r\nJ=last';
    expect(scalars('dotenv', text)).toEqual([
      'A = "1" <1>', 'B = "x\\ny" <x\\ny>', 'C = "single # no" <single # no>', 'D = "un#quoted" <un#quoted>', 'E = "multi\\nline" <multi\nline>',
      'G = "yaml" <yaml>', 'H = "" <>', 'export = "5" <5>', 'I = "b" <b>', 'J = "last" <last>',
    ]);
    const a = entry('dotenv', text, 'A');
    expect([cut(text, a), cut(text, a.keySpan), cut(text, a.valueSpan)]).toEqual(['A=1', 'A', '1']);
    expect(cut(text, entry('dotenv', text, 'export'))).toBe('export = 5');
    expect(readDotenv(text).comments.map((comment) => comment.text)).toEqual(['c', 'd', 'e', 'yes']);
    expect(readDotenv(text).errors).toEqual([]);
  });

  test('broken lines are errors, the next line is read', () => {
    const text = 'A=1\nno equals sign\n=x\n1A=2\nB="a"b\nC="open\nD=4\n';
    expect(scalars('dotenv', text)).toEqual(['A = "1" <1>', 'B = "a" <a>', 'C = "open" <open>', 'D = "4" <4>']);
    expect(readDotenv(text).errors.map((span) => cut(text, span))).toEqual(['no equals sign', '=x', '1A=2', 'b', '"']);
  });

  test('a key block over several lines, padding and all, is one value', () => {
    const block = `-----BEGIN X-----\n${'Q'.repeat(20)}\nQw==\n-----END X-----`;
    expect(readDotenv(`K="${block}"\nL=1\n`).entries.map((one) => one.value)).toEqual([block, '1']);
  });

  test('an unquoted # with no space before it belongs to the value', () => {
    expect(scalars('dotenv', 'PASSWORD=ab#cd\nX= # nothing\n')).toEqual(['PASSWORD = "ab#cd" <ab#cd>', 'X = "" <>']);
  });
});

describe('hostile text', () => {
  const pieces = ['a', ': ', '=', '"', "'", '"""', "'''", '`', '[', ']', '{', '}', ',', '\n', '\r\n', '  ', '- ', '# ', '&x ', '*x', '<<: ', '|', '>', '\\', '!t ', '%', '---\n', '16:59', '0900', '1e9', 'true', '\u{1F511}', '\t', '\u0000', '\uFEFF', '\u2028', '? ', '//', '/*', '*/', '.', 'export ', '\u001F', '\u0002'];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

  for (const format of ['yaml', 'json', 'toml', 'dotenv'] as const) {
    test(`${format}: any text is read, every span is in it, and twice gives the same`, () => {
      fc.assert(fc.property(fc.oneof(text, fc.string({ unit: 'binary', maxLength: 60 })), (sample) => {
        const read = READERS[format](sample);
        checkInvariants(sample, read);
        expect(READERS[format](sample)).toEqual(read);
      }), { numRuns: runs(1500) });
    });

    test(`${format}: any cut of a good file is read`, () => {
      const good = {
        yaml: 'a: &x\n  b: "q"\n  c: [1, {d: e}]\nf:\n  <<: *x\n  g: |\n    t\n# c\n', json: '{"a": {"b": [1, "x", {"c": null}]}, /* k */ "d": "16:59"}',
        toml: 'a = 1\n[t]\nb = """x\ny"""\nc = [1, {d = 2}]\n[[u]]\ne.f = \'q\'\n', dotenv: 'export A="x\ny" # c\nB=1\nC=\'z\'\n',
      }[format];
      for (let length = 0; length <= good.length; length += 1) checkInvariants(good.slice(0, length), READERS[format](good.slice(0, length)));
    });
  }

  // Eight times the text may take eight times the work, not 64 times; counted in CPU time, because machines are shared.
  const growing: readonly (readonly [Format, string, (n: number) => string])[] = [
    ['json', '[[[', (n) => '['.repeat(n)], ['json', '{"a":', (n) => '{"a":'.repeat(n)], ['json', '[[[]]]', (n) => `${'['.repeat(n)}1${']'.repeat(n)}`],
    ['json', 'comments', (n) => '/*a*/ '.repeat(n)], ['json', 'bad numbers', (n) => `[${'1:2, '.repeat(n)}]`],
    ['yaml', '[[[', (n) => '['.repeat(n)], ['yaml', '- - -', (n) => '- '.repeat(n)], ['yaml', '{a:', (n) => '{a: '.repeat(n)], ['yaml', 'a: a:', (n) => 'a: '.repeat(n)],
    ['yaml', 'open quotes', (n) => '- "\n'.repeat(n)], ['yaml', 'indentation', (n) => `${' '.repeat(n)}a: 1`], ['yaml', 'comments', (n) => '# c\n'.repeat(n)],
    ['toml', '[[[', (n) => `a = ${'['.repeat(n)}`], ['toml', '[[[]]]', (n) => `a = ${'['.repeat(n)}${']'.repeat(n)}`], ['toml', 'dots', (n) => `a${'.a'.repeat(n)} = 1`],
    ['toml', 'open quotes', (n) => 'a = "\n'.repeat(n)], ['toml', 'long key', (n) => `[a]\n${'b'.repeat(n)}\n`],
    ['dotenv', 'escaped quotes', (n) => 'A: "\\"\n'.repeat(n)], ['dotenv', 'open quote', (n) => `A="${'x\n'.repeat(n)}`], ['dotenv', 'blanks', (n) => ' '.repeat(n)],
  ];
  for (const [format, name, make] of growing) {
    test(`${format}, ${name}: time grows with the text`, { timeout: 60_000 }, () => {
      const time = (n: number, runs: number): number => Math.min(...Array.from({ length: runs }, () => {
        const sample = make(n);
        const start = process.cpuUsage();
        const read = readConfig(format, { text: sample, lineStarts: [0], encoding: 'utf-8' });
        const taken = process.cpuUsage(start).user / 1000;
        checkInvariants(sample, { ...read, entries: read.entries.slice(0, 100), errors: read.errors.slice(0, 100) });
        return taken;
      }));
      const small = Math.max(time(2000, 3), 4);
      expect(time(16_000, 2) / small).toBeLessThan(40);
    });
  }

  test('nesting below the bound is reported', () => {
    expect(readJson(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`).errors).toHaveLength(1);
    expect(readYaml('['.repeat(20_000)).errors).toEqual([{ start: 0, end: 20_000 }]);
    expect(readToml(`a${'.a'.repeat(20_000)} = 1`).errors).toHaveLength(1);
  });

  test('what stands beside deep nesting is still read', () => {
    const text = `{"deep": ${'['.repeat(300)}${']'.repeat(300)}, "a": 1}`;
    expect(scalars('json', text)).toEqual(['a = 1 <1>']);
    expect(scalars('toml', `deep = ${'['.repeat(300)}${']'.repeat(300)}\na = 1\n`)).toEqual(['a = 1 <1>']);
  });
});

describe('a file that is data, or made to hurt', () => {
  const budget = (): Budget => new Budget(250);
  const reading = (format: Format, text: string): ReturnType<typeof readConfig> => readConfig(format, { text, lineStarts: [0], encoding: 'utf-8' }, budget());
  const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('');
  const LINES = 60_000;

  const slow: readonly (readonly [Format, string, string])[] = [
    ['yaml', 'a flat list', lines(LINES, (index) => `- item${index}\n`)], ['yaml', 'mappings', lines(LINES, (index) => `a${index}:\n  b: {c: [1, 2]}\n`)],
    ['yaml', 'anchors and aliases', lines(LINES, (index) => `k${index}: &a${index} {x: 1}\nl${index}: *a${index}\n`)], ['yaml', 'documents', lines(LINES, () => '---\na: 1\n')],
    ['yaml', 'one line', `[${lines(LINES, (index) => `{a: ${index}}, `)}1]`],
    ['json', 'a flat list', `[${lines(8 * LINES, () => '1,')}1]`], ['json', 'deep paths', `${'{"a":'.repeat(120)}[${lines(LINES, () => '1,')}1]${'}'.repeat(120)}`],
    ['toml', 'keys', lines(2 * LINES, (index) => `k${index} = ${index}\n`)], ['toml', 'tables', lines(LINES, (index) => `[[t]]\na${index} = 1\n`)], ['toml', 'one array', `a = [${lines(LINES, (index) => `${index}, `)}1]`],
  ];
  test.each(slow)('%s, %s: is given up in time, with nothing of it read', (format, _, text) => {
    const before = process.cpuUsage();
    const read = reading(format, text);
    const { user, system } = process.cpuUsage(before);
    expect(read).toMatchObject({ entries: [], comments: [] });
    expect(['time', 'size']).toContain(read.incomplete);
    // Composing YAML cannot be interrupted: it may take as long again.
    expect((user + system) / 1_000).toBeLessThan(3 * budget().ms);
  });

  test('without a budget the same file is read whole', () => {
    expect(readConfig('yaml', { text: lines(5_000, (index) => `- item${index}\n`), lineStarts: [0], encoding: 'utf-8' }).entries).toHaveLength(5_000);
  });

  const broken: readonly (readonly [Format, string, string])[] = [
    ['yaml', 'open brackets', '['.repeat(1_000_000)], ['yaml', 'lists in lists', '- '.repeat(500_000)], ['yaml', 'mappings in mappings', 'a: '.repeat(300_000)],
    ['yaml', 'keys in keys', '? '.repeat(500_000)], ['yaml', 'closing brackets', ']'.repeat(1_000_000)], ['yaml', 'directives', '%a\n'.repeat(300_000)],
    ['yaml', 'anchors', '&a '.repeat(300_000)], ['yaml', 'escapes', `a: "${'\\q'.repeat(500_000)}"`], ['json', 'open brackets', '['.repeat(1_000_000)], ['json', 'open objects', '{"a":'.repeat(200_000)],
    ['json', 'colons', `{${':'.repeat(1_000_000)}`], ['json', 'closing brackets', ']'.repeat(1_000_000)], ['toml', 'open brackets', `a = ${'['.repeat(200_000)}`],
    ['toml', 'dots', `a${'.a'.repeat(100_000)} = 1`], ['toml', 'open strings', lines(LINES, (index) => `a${index} = "x\n`)], ['dotenv', 'prose', lines(LINES, () => 'no entry at all\n')],
  ];
  test.each(broken)('%s, %s: is said to be broken', (format, _, text) => {
    const read = reading(format, text);
    expect(read).toMatchObject({ entries: [], comments: [], incomplete: 'syntax' });
    expect(read.errors.length).toBe(1);
  });

  test('a bomb of aliases is read within its budget of copies', () => {
    const bomb = `a0: &a0 [1, 1, 1]\n${lines(40, (index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]\n`)}end: 1\n`;
    const { entries, incomplete } = reading('yaml', bomb);
    expect(incomplete).toBeUndefined();
    expect(entries.length).toBeLessThan(4_000);
    expect(entries.some(({ alias, key }) => alias === undefined && key === 'end')).toBe(true);
  });

  test('reading TOML in parts gives what reading it at once gives', () => {
    // Long enough for several parts, with tables that go on from one into the next.
    const text = lines(3_000, (index) => (index % 40 === 0 ? `[[t]]\nname = "n${index}"\n[t.sub]\n` : `k${index} = ${index} # c\n`));
    const { entries, comments, errors } = readToml(text);
    expect(errors).toEqual([]);
    expect(comments).toHaveLength(3_000 - 75);
    expect(entries.filter(({ shape }) => shape === 'scalar')).toHaveLength(3_000);
    expect(entries.find(({ key }) => key === 'k2999')?.path).toEqual(['t', 74, 'sub', 'k2999']);
    const last = entries.find(({ path }) => path.join('.') === 't.74');
    expect(last?.end).toBe(text.lastIndexOf(' # c'));
  });
});
