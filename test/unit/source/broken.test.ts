import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { readSource } from '../../../src/core/source/source.ts';
import { decode, sourceOf } from '../../../src/core/source/text.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { outline, read, slice, spansOf, syntax } from './support.ts';
import { strategyText } from './strategy-sample.ts';

/** What must hold of the model of any text at all. */
function holds(text: string): void {
  const model = readSource('any.py', sourceOf(text), syntax, { budgetMs: 20_000 });
  for (const span of spansOf(model)) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  walkModule(model, {
    statement: (statement) => {
      if (statement.kind === 'function') expect(model.functions[statement.function]).toBeDefined();
      if (statement.kind === 'class') expect(model.classes[statement.class]).toBeDefined();
      if (statement.kind === 'import') for (const index of statement.imports) expect(model.imports[index]).toBeDefined();
    },
    expression: (expr) => { if (expr.kind === 'name') expect(text.slice(expr.start, expr.end)).toBe(expr.name); },
  });
  const names = [...model.functions, ...model.classes].map((item) => item.qualifiedName);
  expect(new Set(names).size).toBe(names.length);
  expect(model.errors).toEqual(model.errors.toSorted((a, b) => a.start - b.start || a.end - b.end));
  expect(syntax.liveTrees).toBe(0);
}

function callsOf(model: SourceModel): string[] {
  const calls: string[] = [];
  walkModule(model, { expression: (expr) => { if (expr.kind === 'call') calls.push(slice(model, expr)); } });
  return calls;
}

describe('a file with syntax errors', () => {
  test('is lowered outside of them', () => {
    const model = read('import os\n\ndef before(a):\n    return a + 1\n\nx = = 2\n\ndef after(b):\n    print(b)\n');
    expect(model.functions.map((fn) => fn.name)).toEqual(['before', 'after']);
    expect(model.errors.map((error) => slice(model, error))).toEqual(['=']);
    expect(outline(model)[0]).toBe('import ⟨import os⟩');
  });

  test('names the stretch that is wrong and keeps the statements around it', () => {
    const model = read('def f():\n    one()\n    x = a )\n    two()\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual([')']);
    expect(callsOf(model)).toEqual(['one()', 'two()']);
  });

  test('a missing token is an error without text', () => {
    const model = read('x = [a for b in c\n]\nfoo(x = 1\n)\nif : pass\n');
    expect(model.errors).toEqual([{ start: 34, end: 34 }]);
  });

  test.each([
    ['x =\nkeep(1)\n', 'x ='],
    ['self.\nkeep(1)\n', 'self.'],
    ['x = a or # why\nkeep(1)\n', 'x = a or # why'],
    ['if a and\n  b:\n    keep(1)\n', 'if a and'],
    ['def f(a) ->\n  b:\n    keep(1)\n', 'def f(a) ->'],
    ['x = f"{a}" +\nkeep(1)\n', 'x = f"{a}" +'],
  ])('a line break the grammar lets pass is an error: %j', (text, error) => {
    const model = read(text);
    expect(model.errors.map((span) => slice(model, span))).toEqual([error]);
  });

  test.each([
    'x = (\n  1)\n', 'x = 1 + \\\n  2\n', 'x = 1 + \\\r\n  2\r\n', 'x = """\n(["\\""""\n', "x = f'''{\n a['b']}\n{{'''\n",
    'x = f"{a:{\n b}}" # (\n', 'def f(a,\n  b) -> (\n  c):\n\n  # [\n    pass\n', 'x = "\\\n"\n', 'if a: # x(\n  b\nelse: # {\n  c\n',
    '@a(\n)\n@b\ndef f(): pass\n', 'x = rb"\\\\" "(" \\\n ")"\n', 'x = f"{a["b"]}" \\\n "c"\n',
  ])('a line break Python allows is none: %j', (text) => {
    expect(read(text).errors).toEqual([]);
  });

  test('complete statements inside a large error are kept, the rest of it is the error', () => {
    const text = 'import os\nclass C(\n    def f(self):\n        keep(1)\n        return 2\n\n    def g(self):\n        keep(2)\n';
    const model = read(text);
    expect(callsOf(model)).toEqual(['keep(1)', 'keep(2)']);
    for (const error of model.errors) expect(slice(model, error)).not.toContain('keep');
    expect(model.errors[0]!.start).toBeLessThanOrEqual(text.indexOf('C('));
  });

  test('an unfinished string does not swallow what is known of the lines before it', () => {
    const model = read('a = 1\ndef f():\n    pass\ns = """never closed\nmore\n');
    expect(model.functions.map((fn) => fn.name)).toEqual(['f']);
    expect(model.errors.length).toBeGreaterThan(0);
  });
});

describe('never throws', () => {
  test('on arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holds), { numRuns: 400, seed: 11 });
  });

  test('on any order of Python\'s own pieces', () => {
    const piece = fc.constantFrom(
      'def ', 'class ', 'f', '(', ')', '[', ']', '{', '}', ':', '\n', '\n    ', '\n        ', '"', "'", '"""', 'f"{', '}"', '#', '\\', '\\\n', '=',
      ':=', '+', '**', '*', ',', '.', '@', 'lambda ', 'if ', 'elif ', 'else:', 'for ', 'in ', 'with ', 'as ', 'try:', 'except ', 'finally:',
      'match ', 'case ', 'import ', 'from ', 'print ', 'exec ', 'type ', 'yield ', 'await ', 'async ', 'not ', '1', '0x', '...', '😀', '\r', '\t', '\0',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), holds), { numRuns: 600, seed: 12 });
  });

  test('on a real file with random bytes changed', () => {
    const bytes = Buffer.from(strategyText(120));
    const edit = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255), drop: fc.nat(30) });
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let changed = Buffer.from(bytes);
      for (const { at, to, drop } of edits) {
        changed[at % changed.length] = to;
        if (drop > 20) changed = Buffer.concat([changed.subarray(0, at % changed.length), changed.subarray((at + drop) % changed.length)]);
      }
      const decoded = decode(changed);
      if (decoded.ok) holds(decoded.source.text);
    }), { numRuns: 300, seed: 13 });
  });
});
