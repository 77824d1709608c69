import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fingerprints, normalise, symbolAt } from '../../../src/core/findings/fingerprint.ts';
import type { ConfigEntry, FunctionModel, SourceModel } from '../../../src/core/source/model.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

const IDENTITY = { rule: 'SEC001', detector: 'x', path: 'a.py', symbol: 'f', snippet: 'x = 1' };

function model(change: Partial<SourceModel>): SourceModel {
  return {
    path: 'a.py', language: 'python', source: sourceOf(''), body: [], functions: [], classes: [], imports: [], comments: [],
    entries: [], errors: [], ...change,
  };
}

function fn(qualifiedName: string, start: number, end: number): FunctionModel {
  return {
    index: 0, name: qualifiedName, nameSpan: { start, end }, qualifiedName, async: false, generator: false, parameters: [],
    decorators: [], body: [], start, end,
  };
}

function entry(path: readonly (string | number)[], start: number, end: number): ConfigEntry {
  return { path, key: String(path.at(-1)), shape: 'scalar', text: '', valueSpan: { start, end }, start, end };
}

describe('Fingerprints', () => {
  test('are 16 hex digits and the same in every run', () => {
    const one = new Fingerprints().next(IDENTITY);
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(new Fingerprints().next(IDENTITY)).toBe(one);
  });

  test.each(['rule', 'detector', 'path', 'symbol', 'snippet'] as const)('differ by %s', (part) => {
    expect(new Fingerprints().next({ ...IDENTITY, [part]: 'other' })).not.toBe(new Fingerprints().next(IDENTITY));
  });

  test('count equal findings, in order', () => {
    const prints = new Fingerprints();
    const [first, second] = [prints.next(IDENTITY), prints.next(IDENTITY)];
    expect(first).toBe(new Fingerprints().next(IDENTITY));
    expect(second).not.toBe(first);
  });

  test('parts cannot run into each other', () => {
    expect(new Fingerprints().next({ ...IDENTITY, path: 'a', symbol: 'bc' }))
      .not.toBe(new Fingerprints().next({ ...IDENTITY, path: 'ab', symbol: 'c' }));
  });
});

describe('normalise', () => {
  test('property: indentation and line breaks do not count', () => {
    const word = fc.constantFrom('if', 'now.hour', '>=', '16', 'and', ':', 'flatten()');
    const blank = fc.constantFrom(' ', '  ', '\n', '\r\n    ', '\t');
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.array(blank, { minLength: 12, maxLength: 12 }), (words, blanks) => {
      const loose = words.map((part, index) => (blanks[index] ?? ' ') + part).join('');
      expect(normalise(loose, { start: 0, end: loose.length }, [])).toBe(words.join(' '));
    }));
  });

  test('property: the value of a secret does not count', () => {
    const text = (value: string): string => `connect(key="${value}", retry=3)`;
    const print = (value: string): string => {
      const start = text('').indexOf('""') + 1;
      return normalise(text(value), { start: 0, end: text(value).length }, [{ at: { start, end: start + value.length }, kind: 'api-key' }]);
    };
    fc.assert(fc.property(fc.string({ minLength: 1 }), (value) => { expect(print(value)).toBe('connect(key="<api-key>", retry=3)'); }));
  });
});

describe('symbolAt', () => {
  test('is the innermost function or class', () => {
    const code = model({ functions: [fn('Desk.on_tick', 10, 100), fn('Desk.on_tick.<locals>.check', 40, 80)] });
    expect(symbolAt(code, { start: 50, end: 60 })).toBe('Desk.on_tick.<locals>.check');
    expect(symbolAt(code, { start: 12, end: 60 })).toBe('Desk.on_tick');
    expect(symbolAt(code, { start: 0, end: 5 })).toBe('');
  });

  test('leaves out the position of a lambda', () => {
    expect(symbolAt(model({ functions: [fn('f.<locals>.<lambda:3>', 0, 10)] }), { start: 1, end: 2 })).toBe('f.<locals>.<lambda>');
  });

  test('is the key path of a configuration entry, without list positions', () => {
    const config = model({ entries: [entry(['accounts'], 0, 90), entry(['accounts', 3], 10, 90), entry(['accounts', 3, 'size'], 20, 30)] });
    expect(symbolAt(config, { start: 26, end: 30 })).toBe('accounts.[].size');
  });

  test('property: is the deepest entry around the place, of equals the later one, however entries overlap', () => {
    const spans = fc.array(fc.record({ start: fc.nat(40), length: fc.nat(12), depth: fc.integer({ min: 1, max: 3 }) }), { maxLength: 25 });
    fc.assert(fc.property(spans, fc.nat(55), (drawn, at) => {
      const entries = drawn.map(({ start, length, depth }, index) => entry([...Array<string>(depth - 1).fill('x'), `e${index}`], start, start + length));
      const around = entries.filter(({ start, end }) => start <= at && at < end);
      const deepest = Math.max(...around.map(({ path }) => path.length));
      const expected = around.filter(({ path }) => path.length === deepest).at(-1)?.path.join('.') ?? '';
      fc.pre(entries.length > 0);
      expect(symbolAt(model({ entries }), { start: at, end: at + 1 })).toBe(expected);
    }));
  });

  test('property: is the smallest declaration around the span, however deep they nest', () => {
    // Brackets that match are declarations in each other and side by side.
    const text = fc.array(fc.constantFrom('(', ')', '.'), { maxLength: 40 });
    fc.assert(fc.property(text, fc.nat(40), fc.nat(6), (marks, at, length) => {
      const open: number[] = [];
      const functions: FunctionModel[] = [];
      marks.forEach((mark, index) => {
        if (mark === '(') { open.push(index); }
        const start = mark === ')' ? open.pop() : undefined;
        if (start !== undefined) { functions.push(fn(`f${start}`, start, index + 1)); }
      });
      const span = { start: at, end: at + length + 1 };
      const around = functions.filter(({ start, end }) => start <= span.start && span.end <= end);
      const smallest = around.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
      expect(symbolAt(model({ functions }), span)).toBe(smallest?.qualifiedName ?? '');
    }));
  });
});
