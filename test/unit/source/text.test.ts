import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { languageOf } from '../../../src/core/source/languages.ts';
import { decode, lineEnd, lineIndexAt, nameIn, offsetAt, positionAt, rangeOf, readText, slice, sourceOf } from '../../../src/core/source/text.ts';
import { runs } from '../../support/property-tests.ts';

function textOf(bytes: Uint8Array): string {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  return `${decoded.source.encoding}:${decoded.source.text}`;
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
}

describe('decode', () => {
  const text = 'x = "Überhöht 😀"\r\n';

  test.each([
    ['UTF-8', Buffer.from(text), `utf-8:${text}`],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), `utf-8:${text}`],
    ['UTF-16 little endian with a mark', utf16(`\ufeff${text}`, true), `utf-16le:${text}`],
    ['UTF-16 big endian with a mark', utf16(`\ufeff${text}`, false), `utf-16be:${text}`],
    ['UTF-16 little endian without a mark', utf16(text, true), `utf-16le:${text}`],
    ['UTF-16 big endian without a mark', utf16(text, false), `utf-16be:${text}`],
    ['8-bit Western', Buffer.from('// Größe 5\xa0€'.replace('€', ''), 'latin1'), 'latin1:// Größe 5\xa0'],
    ['an empty file', new Uint8Array(0), 'utf-8:'],
  ])('reads %s', (_, bytes, expected) => {
    expect(textOf(bytes)).toBe(expected);
  });

  test.each([
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])],
    ['zero bytes in text', Buffer.from('abc\0def\0')],
    ['an odd number of bytes with zeros', Buffer.from([65, 0, 66, 0, 67])],
    ['noise without a zero byte', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 255 + 1))],
  ])('refuses %s with one sentence', (_, bytes) => {
    expect(decode(bytes)).toEqual({ ok: false, reason: 'The file is binary, not text; nothing in it was checked.' });
  });

  test('never throws and gives back what was written', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { decode(bytes); }), { numRuns: runs(300), seed: 1 });
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (written) => {
      fc.pre(!written.includes('\0') && written.isWellFormed() && !written.startsWith('\ufeff'));
      expect(textOf(Buffer.from(written))).toBe(`utf-8:${written}`);
      expect(textOf(utf16(`\ufeff${written}`, false))).toMatch(/^utf-16be:|^$/);
    }), { numRuns: runs(300), seed: 2 });
  });
});

describe('positions', () => {
  const source = sourceOf('ab\r\nc😀d\re\n\nf');

  test('line breaks are \\n, \\r\\n and a lone \\r', () => {
    expect(source.lineStarts).toEqual([0, 4, 9, 11, 12]);
    expect([0, 1, 2, 3, 4].map((index) => lineEnd(source, index))).toEqual([2, 8, 10, 11, 13]);
  });

  test('columns count UTF-16 units from 1', () => {
    expect(positionAt(source, 0)).toEqual({ line: 1, column: 1 });
    expect(positionAt(source, 7)).toEqual({ line: 2, column: 4 });
    expect(positionAt(source, 12)).toEqual({ line: 5, column: 1 });
    expect(positionAt(source, 99)).toEqual({ line: 5, column: 2 });
    expect(rangeOf(source, { start: 1, end: 7 })).toEqual({ line: 1, column: 2, endLine: 2, endColumn: 4 });
    expect(slice(source, { start: 4, end: 8 })).toBe('c😀d');
  });

  test('offsets beyond a line or the text are clamped', () => {
    expect(offsetAt(source, 2, 4)).toBe(7);
    expect(offsetAt(source, 1, 50)).toBe(2);
    expect(offsetAt(source, 0, 5)).toBe(0);
    expect(offsetAt(source, 9, 1)).toBe(13);
  });

  test('offset and position are each other\'s inverse', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '😀', ' '), { maxLength: 30 }), (pieces) => {
      const some = sourceOf(pieces.join(''));
      for (let offset = 0; offset <= some.text.length; offset++) {
        const { line, column } = positionAt(some, offset);
        expect(lineIndexAt(some, offset)).toBe(line - 1);
        // Inside a line break there is no place to point at: the end of the line stands for it.
        const inBreak = offset > lineEnd(some, line - 1);
        expect(offsetAt(some, line, column)).toBe(inBreak ? lineEnd(some, line - 1) : offset);
      }
    }), { numRuns: runs(200), seed: 3 });
  });
});

test.each([
  ['a/b.py', 'python'], ['stub.PYI', 'python'], ['c.yml', 'yaml'], ['c.yaml', 'yaml'], ['d.json', 'json'], ['d.jsonc', 'json'],
  ['n.ipynb', 'notebook'], ['pyproject.toml', 'toml'], ['.env', 'dotenv'], ['x/.env.production', 'dotenv'], ['live.env', 'dotenv'],
  ['a\\b\\c.py', 'python'], ['Makefile', 'text'], ['a.mq5', 'mql5'], ['Include/b.MQH', 'mql5'], ['old.mq4', 'mql5'], ['a.cpp', 'text'], ['py', 'text'], ['.py.bak', 'text'], ['toString.constructor', 'text'],
])('the language of %s is %s', (path, language) => {
  expect(languageOf(path)).toBe(language);
});

test('a file is read as its bytes are decoded, whatever is in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-text-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const path = join(folder, 'file');
  const same = (bytes: Uint8Array): void => {
    writeFileSync(path, bytes);
    expect(readText(path)).toEqual(decode(bytes));
  };
  const text = 'a = "é"\r\nb\n';
  for (const bytes of [
    Buffer.from(''), Buffer.from(text), Buffer.from(`\uFEFF${text}`), Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le'), Buffer.from('\uFFFD'),
    Buffer.from('\uFEFF\uFEFFx'), Buffer.from(`${'x'.repeat(9_000)}\0`), Buffer.from([0xff, 0xfe, 0x41, 0]), Buffer.from([0, 1, 2, 3]),
  ]) { same(bytes); }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), same), { seed: 3, numRuns: runs(300) });
  expect(() => readText(join(folder, 'missing'))).toThrow(/ENOENT/);
});

test('a name is what stands there, short or long', () => {
  const text = 'ab.a_name_longer_than_a_window = "ünïcode_also_longer"';
  expect([nameIn(text, 0, 2), nameIn(text, 3, 30), nameIn(text, 34, 53)]).toEqual([text.slice(0, 2), text.slice(3, 30), text.slice(34, 53)]);
});
