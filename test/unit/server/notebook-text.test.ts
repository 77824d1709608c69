/** Places of an open notebook's text in its cells. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { NotebookText, type OpenCell, unescaped } from '../../../src/server/notebook-text.ts';
import { readNotebook } from '../../../src/core/source/embedded/notebook.ts';

const cell = (text: string, more: Partial<OpenCell> = {}): OpenCell => ({ uri: `cell:${text.length}`, version: 1, language: 'python', code: true, text, ...more });

/** The range that a text of a cell is written at. */
function written(notebook: NotebookText, cells: readonly OpenCell[], index: number, start: number, end: number): { start: { line: number; character: number }; end: { line: number; character: number } } {
  const document = TextDocument.create('x', 'python', 1, cells[index]!.text);
  const first = cells.slice(0, index).reduce((lines, { text }) => lines + (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).length, 0) + index * 4 + 4;
  const at = (offset: number): { line: number; character: number } => {
    const { line, character } = document.positionAt(offset);
    const before = cells[index]!.text.slice(document.offsetAt({ line, character: 0 }), offset);
    return { line: first + line, character: JSON.stringify(before).length - 1 + (character - before.length) };
  };
  expect(notebook.text.split('\n')[first - 1]).toBe(', "source": [');
  return { start: at(start), end: at(end) };
}

const line = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\t', 'é', '😀', ' ', '#'), maxLength: 12 });
const texts = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n')), { minLength: 1, maxLength: 4 });

describe('an open notebook', () => {
  test('is JSON, and every place of a cell is found again', () => {
    fc.assert(fc.property(texts, fc.nat(), fc.nat(), fc.nat(), (sources, which, from, length) => {
      const cells = sources.map((text, i) => cell(text, { uri: `cell:${i}` }));
      const notebook = new NotebookText(cells, 'python');
      expect(JSON.parse(notebook.text)).toMatchObject({ nbformat: 4, cells: sources.map((text) => ({ source: text.match(/[^\n]*\n|[^\n]+$/g) ?? [] })) });
      const index = which % cells.length;
      const { text } = cells[index]!;
      if (text === '') { return; }
      const document = TextDocument.create('x', 'python', 1, text);
      // Between the halves of a pair there is no place.
      const start = whole(text, from % text.length);
      const end = whole(text, Math.min(text.length, start + 1 + (length % text.length)));
      const range = { start: document.positionAt(start), end: document.positionAt(end) };
      // Behind the last line break there is no line to speak of.
      if (text.slice(0, end).endsWith('\n')) { return; }
      expect(notebook.toCell(written(notebook, cells, index, start, end))).toEqual({ cell: cells[index], range });
    }));
  });

  test('gives the reader its cells in order, and nothing of a cell in another language', () => {
    const notebook = new NotebookText([cell('a = 1\n'), cell('# Prose', { code: false, language: 'markdown' }), cell('SELECT 1', { language: 'sql' }), cell('b = "x\\n"')], 'python');
    expect(readNotebook(notebook.text).held.map(({ text }) => text)).toEqual(['a = 1\n', 'b = "x\\n"']);
  });

  test('tells an output at the last line of its cell', () => {
    const one = cell('x = 1\nprint(secret)  \n\n', { outputs: '[{"name":"stdout","output_type":"stream","text":["hush\\n"]}]' });
    const notebook = new NotebookText([one], 'python');
    const line = notebook.text.split('\n').findIndex((text) => text.includes('hush'));
    const range = { start: { line, character: 50 }, end: { line, character: 54 } };
    expect(notebook.isOutput(range)).toBe(true);
    expect(notebook.toCell(range)).toEqual({ cell: one, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 13 } } });
  });

  test('has places that belong to no cell', () => {
    expect(new NotebookText([cell('a = 1')], 'python').toCell({ start: { line: 0, character: 1 }, end: { line: 0, character: 5 } })).toBeUndefined();
  });
});

/** The offset, or the one before it in the middle of a pair. */
function whole(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code < 0xe000 ? offset - 1 : offset;
}

test('the text of an edit loses what JSON wrote it with', () => {
  expect(unescaped('a = \\"x\\"\\n')).toBe('a = "x"\n');
  expect(unescaped('a "broken')).toBeUndefined();
});
