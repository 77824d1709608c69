import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import type { Span } from '../../../src/core/source/model.ts';
import { PARSE_LIMIT } from '../../../src/core/source/source.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { strategyText } from './strategy-sample.ts';
import { LONG, randomFrom, read, spansOf, syntax } from './support.ts';

const open: SourceDocument[] = [];

function documentOf(text: string, path = 'strategy.py', budgetMs = 20_000): SourceDocument {
  const document = new SourceDocument(path, text, syntax, { budgetMs });
  open.push(document);
  return document;
}

afterEach(() => {
  for (const document of open.splice(0)) document.dispose();
  expect(syntax.liveTrees).toBe(0);
});

function dirtyOf(document: SourceDocument): string[] {
  return document.dirty.map((span) => document.source.text.slice(span.start, span.end));
}

/** The calls of the model as they stand on the screen. */
function visibleCalls(document: SourceDocument): string[] {
  const calls: string[] = [];
  walkModule(document.model, {
    expression: (expr) => {
      const real = expr.kind === 'call' ? document.mapSpan(expr) : undefined;
      if (real !== undefined) calls.push(document.source.text.slice(real.start, real.end));
    },
  });
  return calls;
}

const BASE = `class Guard(Strategy):
    limit = float("0.1")

    @check("a")
    @check("b")
    def on_tick(self, tick=default("c")):
        # first
        one(1)

        if two(2):
            three(3)
        elif four(4):
            five(
                5,
            )
        else:
            six(6)
        return seven(7)


    def later(self): eight(8)
`;

describe('a text that parses', () => {
  test('has the model a fresh reading gives, after every edit', () => {
    const document = documentOf(BASE);
    expect(document.model).toEqual(read(BASE));
    for (const text of [`x = 1\n${BASE}`, BASE.replace('one(1)', 'one(1, 2)'), `${BASE}y = 2\n`, '', BASE]) {
      document.update(text);
      expect(document.dirty).toEqual([]);
      expect(document.model).toEqual(read(text));
      expect(document.source.text).toBe(text);
    }
  });

  test('costs one parse an edit, and none for no edit', () => {
    const document = documentOf(BASE);
    const parses = syntax.parses;
    document.update(`${BASE}\n`);
    document.update(`${BASE}\n`);
    document.settle();
    expect(syntax.parses - parses).toBe(1);
  });

  test('maps spans to themselves', () => {
    const document = documentOf(BASE);
    expect(document.mapSpan({ start: 3, end: 9 })).toEqual({ start: 3, end: 9 });
  });
});

describe('while something is typed that does not parse, only that is dirty', () => {
  const at = (before: string, typed: string, replaced = ''): string => {
    const index = BASE.indexOf(before) + before.length;
    return BASE.slice(0, index) + typed + BASE.slice(index + replaced.length);
  };

  test.each([
    ['a new line between statements', at('one(1)\n', '        foo(\n'), ['        foo(\n'], 0],
    ['a new line behind a statement', at('one(1)', '\n        foo('), ['        foo(\n'], 0],
    ['a new line on a blank line', at('one(1)\n', '        x = '), ['        x = '], 0],
    ['a new line below a heading and its comment', at('# first\n', '        foo(\n'), ['        foo(\n'], 0],
    ['a new line at the top', `import (\n${BASE}`, ['import (\n'], 0],
    ['a new line at the end', `${BASE}x = `, ['x = '], 0],
    ['a member of the next line', at('one(1)\n\n', '        self.\n'), ['        self.\n'], 0],
    ['a statement', at('one(', '2, ('), ['one(2, (1)'], 1],
    ['a statement of several lines', at('5,', ' ('), ['five(\n                5, (\n            )'], 1],
    ['an argument deleted to the bracket', at('        one(', '', '1)'), ['one('], 1],
    ['the heading of a method', at('def on_tick(self', ', (', ''), ['def on_tick(self, (, tick=default("c")):'], 1],
    ['the heading of a class', at('class Guard(', '('), ['class Guard((Strategy):'], 0],
    ['a decorator', at('@check("b"', '', ')'), ['@check("b"'], 1],
    ['a condition', at('if two(2)', ' and', ''), ['if two(2) and:'], 1],
    ['the condition of an elif', at('elif four(4)', ' +', ''), ['elif four(4) +:'], 1],
    ['the else', at('        else', ' if', ''), ['else if:'], 0],
    ['one line with heading and body: the heading', at('def later(self', ', ', '):'), ['def later(self, '], 0],
    ['one line with heading and body: the body', at('eight(8', '', ')'), ['eight(8'], 1],
    ['an unclosed string', at('limit = float(', "'"), ["limit = float('\"0.1\")"], 1],
    ['a docstring begun above everything', `"""${BASE}`, ['"""class Guard(Strategy):'], 0],
    ['two statements replaced', at('        one', 'x(((', '(1)\n\n        if two'), ['onex((((2):'], 2],
  ])('%s', (_, text, dirty, hidden) => {
    const document = documentOf(BASE);
    const before = visibleCalls(document);
    document.update(text);
    expect(dirtyOf(document)).toEqual(dirty);
    expect(document.source.text).toBe(text);
    expect(document.model.source.text).toBe(BASE);
    const after = visibleCalls(document);
    expect(before.filter((call) => !after.includes(call))).toHaveLength(hidden);
    // As soon as it parses again, nothing is dirty.
    document.update(BASE);
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read(BASE));
  });

  test('a new line behind the last statement leaves that alone, and so does a line behind the new one', () => {
    const document = documentOf('a(1)');
    document.update('a(1)\nx = (');
    expect(dirtyOf(document)).toEqual(['\nx = (']);
    expect(visibleCalls(document)).toEqual(['a(1)']);
    const other = documentOf('a(1)\nb(2)\n');
    other.update('a(1)\nfoo(\nb(2)\n');
    other.update('a(1)\nfoo(\nc(3)\nb(2)\n');
    expect(dirtyOf(other)).toEqual(['foo(\n']);
    expect(visibleCalls(other)).toEqual(['a(1)', 'c(3)', 'b(2)']);
  });

  test('spans before it stay, spans behind it move, spans across it are unknown', () => {
    const document = documentOf('a(1)\nb(2)\nc(3)\n');
    document.update('a(1)\nb(2((\nc(3)\n');
    expect(document.mapSpan({ start: 0, end: 4 })).toEqual({ start: 0, end: 4 });
    expect(document.mapSpan({ start: 5, end: 9 })).toBeUndefined();
    expect(document.mapSpan({ start: 7, end: 8 })).toBeUndefined();
    expect(document.mapSpan({ start: 10, end: 14 })).toEqual({ start: 11, end: 15 });
    expect(document.mapSpan({ start: 0, end: 14 })).toBeUndefined();
  });

  test('typing goes on in the same region, letter by letter, until it parses', () => {
    const document = documentOf('a(1)\n\nb(2)\n');
    const typed = 'x = [c(3), {4: (5';
    for (let length = 1; length <= typed.length; length++) {
      document.update(`a(1)\n${typed.slice(0, length)}\nb(2)\n`);
      expect(visibleCalls(document)).toEqual(expect.arrayContaining(['a(1)', 'b(2)']));
      if (length > 3) expect(dirtyOf(document)).toEqual([typed.slice(0, length)]);
    }
    document.update(`a(1)\n${typed})}]\nb(2)\n`);
    expect(document.dirty).toEqual([]);
    expect(visibleCalls(document)).toEqual(['a(1)', 'c(3)', 'b(2)']);
  });
});

describe('edits elsewhere while a statement is dirty', () => {
  test('go into the model', () => {
    const document = documentOf('a(1)\nb(2)\nc(3)\n');
    document.update('a(1)\nb(2((\nc(3)\n');
    document.update('a(1)\nb(2((\nc(3, 4)\nd(5)\n');
    expect(dirtyOf(document)).toEqual(['b(2((']);
    expect(visibleCalls(document)).toEqual(['a(1)', 'c(3, 4)', 'd(5)']);
    document.update('n(0)\na(1)\nb(2((\nc(3, 4)\nd(5)\n');
    expect(visibleCalls(document)).toEqual(['n(0)', 'a(1)', 'c(3, 4)', 'd(5)']);
    document.update('n(0)\na(1)\nb(2)\nc(3, 4)\nd(5)\n');
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read('n(0)\na(1)\nb(2)\nc(3, 4)\nd(5)\n'));
  });

  test('become dirty beside it if they do not parse either, and are mended one by one', () => {
    const document = documentOf('a(1)\nb(2)\nc(3)\nd(4)\n');
    document.update('a(1)\nb(2((\nc(3)\nd(4)\n');
    document.update('a(1)\nb(2((\nc(3)\nd(4))\n');
    expect(dirtyOf(document)).toEqual(['b(2((', 'd(4))']);
    expect(visibleCalls(document)).toEqual(['a(1)', 'c(3)']);
    document.update('a(1)\nb(22)\nc(3)\nd(4))\n');
    expect(dirtyOf(document)).toEqual(['d(4))']);
    expect(visibleCalls(document)).toEqual(['a(1)', 'b(22)', 'c(3)']);
    document.update('a(1)\nb(22)\nc(3)\nd(44)\n');
    expect(visibleCalls(document)).toEqual(['a(1)', 'b(22)', 'c(3)', 'd(44)']);
  });

  test('two that only parse together are accepted together', () => {
    const document = documentOf('a(1)\nb(2)\n');
    document.update('a(1)\nb(2)\n)\n');
    expect(dirtyOf(document)).toEqual([')\n']);
    document.update('z(a(1)\nb(2)\n)\n');
    expect(document.dirty.length).toBeGreaterThan(0);
    document.update('z(a(1),\nb(2),\n)\n');
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read('z(a(1),\nb(2),\n)\n'));
  });
});

describe('settle', () => {
  test('forgets what stood there before: the model is that of the text on the screen, read around its errors', () => {
    const document = documentOf(BASE);
    const broken = BASE.replace('one(1)', 'one(1').replace('seven(7)', 'seven(7, 7)');
    document.update(broken);
    expect(document.model.source.text).not.toBe(broken);
    document.settle();
    expect(document.model).toEqual(read(broken));
    expect(document.model.source).toBe(document.source);
    expect(dirtyOf(document)).toEqual(['one(1']);
    expect(visibleCalls(document)).toContain('seven(7, 7)');
    document.update(BASE);
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read(BASE));
  });

  test('a document that was opened broken is followed like any other', () => {
    const text = 'a(1)\nx = [2, 3\nb(2)\nc(3)\n';
    const document = documentOf(text);
    expect(document.model).toEqual(read(text));
    expect(dirtyOf(document)).toEqual(['x = [2, 3']);
    document.update(document.source.text.replace('a(1)', 'a(1, 1)'));
    expect(dirtyOf(document)).toEqual(['x = [2, 3']);
    expect(visibleCalls(document)).toEqual(['a(1, 1)', 'b(2)', 'c(3)']);
    expect(document.model.source.text).toBe(document.source.text);
    document.update(document.source.text.replace('b(2)', 'b(2))))'));
    expect(dirtyOf(document)).toEqual(['x = [2, 3', 'b(2))))']);
    document.update(document.source.text.replace('b(2))))', 'b(2)').replace('3\n', '3]\n'));
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read(document.source.text));
  });

  test('errors that cannot be masked are accepted once, and no more of them', () => {
    const text = `a(1)\n${'b(\n'.repeat(300)}`;
    const document = documentOf(text);
    expect(document.model.errors.length).toBeGreaterThan(0);
    document.update(text.replace('a(1)', 'a(1, 1)'));
    expect(visibleCalls(document)).toContain('a(1, 1)');
  });
});

describe('other languages and limits', () => {
  test('a configuration keeps its entries while a line of it is broken', () => {
    const document = documentOf('{\n  "limit": 0.1,\n  "flat": "16:00"\n}\n', 'risk.json');
    const entries = document.model.entries;
    expect(entries.length).toBeGreaterThan(0);
    document.update('{\n  "limit": 0.1,\n  "flat": "16:00",\n  "x\n}\n');
    expect(document.model.entries).toEqual(entries);
    document.update('{\n  "limit": 0.1,\n  "flat": "16:00",\n  "x": 1\n}\n');
    expect(document.dirty).toEqual([]);
    expect(document.model).toEqual(read(document.source.text, 'risk.json'));
  });

  test('plain text is followed', () => {
    const document = documentOf('a', 'notes.txt');
    document.update('b (');
    expect(document.model.source.text).toBe('b (');
    expect(document.dirty).toEqual([]);
  });

  test('a text over the size limit has the text rules only, until it is shorter', () => {
    const document = documentOf(`${'#'.repeat(PARSE_LIMIT)}\n`);
    expect(document.model.incomplete).toBe('size');
    document.update(`${'#'.repeat(PARSE_LIMIT)}\n# more`);
    expect(document.model.incomplete).toBe('size');
    expect(document.model.source).toBe(document.source);
    document.update('a(1)\n');
    expect(document.model).toEqual(read('a(1)\n'));
    document.update(`a(1)\n${'#'.repeat(PARSE_LIMIT)}`);
    expect(document.model.incomplete).toBeUndefined();
    document.settle();
    expect(document.model.incomplete).toBe('size');
    expect(syntax.liveTrees).toBe(0);
  });

  test('a text over the time budget is not tried again on every key', () => {
    const document = documentOf(strategyText(4_000), 'slow.py', 0);
    expect(document.model.incomplete).toBe('time');
    const parses = syntax.parses;
    document.update('a(1)\n');
    expect(syntax.parses).toBe(parses);
    expect(document.model.source.text).toBe('a(1)\n');
  });

  test('a document has one tree', () => {
    const documents = [documentOf(BASE), documentOf('a(1)\n'), documentOf('{}', 'a.json')];
    expect(syntax.liveTrees).toBe(2);
    documents[0]!.update(BASE.replace('one(1)', 'one('));
    documents[1]!.update('a(2)\n');
    expect(syntax.liveTrees).toBe(2);
  });
});

describe('properties', () => {
  const PIECES = [
    '(', ')', '[', ']', '{', '}', '"', "'", '"""', ':', ',', '.', 'x', 'self.', '\n', '\n    ', '\n        ', '    ', ' ', '=', 'if x:', 'def f(a):',
    'foo(1)', '#', '\\', 'lambda', 'else:', '@d', 'f"{', '}"', '1', 'return', 'pass\n', 'class A:\n    y = 1\n', 'for a in b:', '😀', 'é', '\r\n', 'not in',
  ];

  function edited(text: string, random: () => number): string {
    const at = Math.floor(random() * (text.length + 1));
    const piece = PIECES[Math.floor(random() * PIECES.length)]!;
    const kind = random();
    if (kind < 0.55) return text.slice(0, at) + piece + text.slice(at);
    const drop = 1 + Math.floor(random() * (random() < 0.2 ? 60 : 4));
    return text.slice(0, at) + (kind < 0.85 ? '' : piece) + text.slice(at + drop);
  }

  /** Outside the dirty regions the screen shows the model's text, in order and without a gap. */
  function checkMapping(document: SourceDocument): void {
    const shadow = document.model.source.text;
    const real = document.source.text;
    let covered = 0;
    let last = -1;
    for (let offset = 0; offset < shadow.length; offset++) {
      const span = document.mapSpan({ start: offset, end: offset + 1 });
      if (span === undefined) continue;
      covered++;
      if (real[span.start] !== shadow[offset] || span.start <= last) throw new Error(`offset ${offset} is mapped to ${span.start}`);
      last = span.start;
    }
    expect(covered + document.dirty.reduce((sum, span) => sum + span.end - span.start, 0)).toBe(real.length);
    const texts = (span: Span | undefined, text: string): string => (span === undefined ? '' : text.slice(span.start, span.end));
    for (const span of spansOf(document.model)) {
      const mapped = document.mapSpan(span);
      if (mapped !== undefined && texts(mapped, real) !== texts(span, shadow)) throw new Error(`span ${span.start} has another text`);
    }
  }

  test.each(Array.from({ length: LONG ? 150 : 10 }, (_, i) => i + 1))('hold for random edits, seed %i', { timeout: 60_000 }, (seed) => {
    const random = randomFrom(seed);
    let text = strategyText(20 + Math.floor(random() * 60));
    const document = documentOf(text);
    const history: string[] = [];
    for (let step = 0; step < 40; step++) {
      history.push(text);
      // Taking edits back makes texts that parse again while others are dirty.
      text = random() < 0.25 && history.length > 1 ? history.splice(-2)[0]! : edited(text, random);
      document.update(text);
      expect(document.source.text).toBe(text);
      checkMapping(document);
      const fresh = read(text);
      if (fresh.errors.length === 0) {
        expect(document.dirty).toEqual([]);
        expect(isDeepStrictEqual(document.model, fresh)).toBe(true);
      }
      if (random() < 0.1) {
        document.settle();
        expect(document.source.text).toBe(text);
        checkMapping(document);
      }
    }
  });
});

describe('two hundred edits of a strategy of 2,000 lines', () => {
  /** Lines a person types, letter by letter; most states on the way do not parse. */
  const TYPED = ['self.submit(order, size=[1, 2])', 'limits = {"day": (500, "usd")}', 'self.room.', 'total = a if b else c(', 'print("late", file=err)'];

  test('no call outside the statement being typed disappears in any state', () => {
    const random = randomFrom(7);
    const lines = strategyText(2_000).split('\n');
    const document = documentOf(lines.join('\n'));
    const expected = new Map<string, number>();
    const count = (calls: readonly string[]): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1);
      return counts;
    };
    for (const [call, times] of count(visibleCalls(document))) expected.set(call, times);
    let edits = 0;
    let unparsable = 0;
    while (edits < 200) {
      const places = lines.flatMap((line, index) => (/^ {8}\S.*\)$/.test(line) ? [index] : []));
      const place = places[Math.floor(random() * places.length)]!;
      const typed = TYPED[Math.floor(random() * TYPED.length)]!;
      for (let length = 1; length <= typed.length && edits < 200; length += 2, edits++) {
        const state = [...lines.slice(0, place), `        ${typed.slice(0, length)}`, ...lines.slice(place)].join('\n');
        document.update(state);
        if (document.dirty.length > 0) unparsable++;
        const now = count(visibleCalls(document));
        const gone = [...expected].filter(([call, times]) => (now.get(call) ?? 0) < times);
        if (gone.length > 0) expect({ typed: typed.slice(0, length), place, gone }).toBeUndefined();
      }
      document.update(lines.join('\n'));
      expect(document.dirty).toEqual([]);
    }
    expect(unparsable).toBeGreaterThanOrEqual(60);
    expect(edits).toBe(200);
  }, 120_000);
});
