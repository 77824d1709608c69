import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { readSource } from '../../../src/core/source/source.ts';
import { decode, sourceOf } from '../../../src/core/source/text.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { LONG, outline, read, slice, spansOf, syntax } from './support.ts';
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
    expect(model.errors.map((error) => slice(model, error))).toEqual(['x = = 2']);
    expect(outline(model)[0]).toBe('import ⟨import os⟩');
  });

  test('names the stretch that is wrong and keeps the statements around it', () => {
    const model = read('def f():\n    one()\n    x = a )\n    two()\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual(['x = a )']);
    expect(callsOf(model)).toEqual(['one()', 'two()']);
  });

  test('a missing token is an error of its line', () => {
    const model = read('x = [a for b in c\n]\nfoo(x = 1\n)\nif : pass\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual(['if : pass']);
    expect(model.body.map((statement) => statement.kind).slice(0, 2)).toEqual(['assign', 'expression']);
  });

  test.each([
    ['an open bracket', 'x = [1, 2'],
    ['an open call', 'keep("lost",'],
    ['an open string', 'x = """never closed'],
    ['an open f-string', 'x = f"{a'],
    ['a closing bracket', ')'],
    ['a decorator', '@check(a'],
    ['half a heading', 'if x and'],
    ['half an import', 'from a import ('],
    ['two of them', 'x = [\ny = {'],
  ])('%s on a line costs that line, not the file', (_, line) => {
    const before = 'import os\n\nclass A(Base):\n    def f(self):\n        keep(1)\n';
    const after = '        keep(2)\n\n    def g(self, a=keep(3)):\n        if keep(4):\n            keep(5)\n        return keep(6)\n\ndef h():\n    keep(7)\n';
    const broken = line.split('\n').map((one) => `        ${one}\n`).join('');
    const model = read(before + broken + after);
    expect(callsOf(model).filter((call) => !call.includes('lost'))).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `keep(${n})`));
    expect(model.functions.map((fn) => fn.qualifiedName)).toEqual(['A.f', 'A.g', 'h']);
    expect(model.errors.map((error) => slice(model, error))).toEqual(line.split('\n'));
    expect(model.source.text).toBe(before + broken + after);
  });

  test('a line between a decorator and its function costs neither', () => {
    const model = read('class A(Base):\n    @deco(keep(1))\n    s = "abc\n    def k(self):\n        keep(2)\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual(['s = "abc']);
    expect(callsOf(model)).toEqual(['deco(keep(1))', 'keep(1)', 'keep(2)']);
  });

  test('a line inside brackets costs itself, not the brackets', () => {
    const model = read('x = {\n    "a": keep(1),\n    "b": 2),\n    "c": keep(3),\n}\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual(['"b": 2),']);
    expect(callsOf(model)).toEqual(['keep(1)', 'keep(3)']);
  });

  test('a line that was masked on suspicion is given back', () => {
    const model = read('class A(Base):\n    def f(self):\n        keep(1)\n\n    @deco\n    """Doc text\n    def k(self):\n        keep(2)\n\n    def m(self):\n        """Doc."""\n        keep(3)\n');
    expect(model.errors.map((error) => slice(model, error))).toEqual(['"""Doc text']);
    expect(model.functions.map((fn) => fn.decorators.length)).toEqual([0, 1, 0]);
  });

  test('a broken heading costs its function, not what stands below it', () => {
    const model = read('class A(Base):\n    def f(self):\n        keep(1)\n\n    def g(self, x=):\n        keep(2)\n\n    def h(self):\n        keep(3)\n');
    expect(callsOf(model)).toEqual(['keep(1)', 'keep(2)', 'keep(3)']);
    expect(model.functions.map((fn) => fn.qualifiedName)).toEqual(['A.f', 'A.h']);
    expect(model.functions[0]!.body).toHaveLength(1);
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

  test('the heading of a match and that of its first case are two', () => {
    const model = read('match a:\n    # why\n    case b:\n        c\n    case d:\n        e\n');
    expect(model.errors).toEqual([]);
    const broken = read('match a +\n  b:\n    case c:\n        d\n');
    expect(broken.errors.map((error) => slice(broken, error))).toEqual(['match a +']);
  });

  test('what cannot be mended keeps the complete statements inside the error', () => {
    const text = `import os\nkeep(1)\n${'f(\n'.repeat(40)}`;
    const model = read(text);
    expect(callsOf(model)[0]).toBe('keep(1)');
    expect(model.errors.length).toBeGreaterThan(0);
    for (const error of model.errors) expect(slice(model, error)).not.toContain('keep');
  });

  test('an unfinished string does not swallow what is known of the lines before it', () => {
    const model = read('a = 1\ndef f():\n    pass\ns = """never closed\nmore\n');
    expect(model.functions.map((fn) => fn.name)).toEqual(['f']);
    expect(model.errors.length).toBeGreaterThan(0);
  });
});

describe('never throws', { timeout: LONG ? 600_000 : 60_000 }, () => {
  test('on arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holds), { numRuns: LONG ? 4_000 : 150, seed: 11 });
  });

  test('on any order of Python\'s own pieces', () => {
    const piece = fc.constantFrom(
      'def ', 'class ', 'f', '(', ')', '[', ']', '{', '}', ':', '\n', '\n    ', '\n        ', '"', "'", '"""', 'f"{', '}"', '#', '\\', '\\\n', '=',
      ':=', '+', '**', '*', ',', '.', '@', 'lambda ', 'if ', 'elif ', 'else:', 'for ', 'in ', 'with ', 'as ', 'try:', 'except ', 'finally:',
      'match ', 'case ', 'import ', 'from ', 'print ', 'exec ', 'type ', 'yield ', 'await ', 'async ', 'not ', '1', '0x', '...', '😀', '\r', '\t', '\0',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), holds), { numRuns: LONG ? 4_000 : 200, seed: 12 });
  });

  test('on a real file with random bytes changed', () => {
    const bytes = Buffer.from(strategyText(70));
    const edit = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255), drop: fc.nat(30) });
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let changed = Buffer.from(bytes);
      for (const { at, to, drop } of edits) {
        changed[at % changed.length] = to;
        if (drop > 20) changed = Buffer.concat([changed.subarray(0, at % changed.length), changed.subarray((at + drop) % changed.length)]);
      }
      const decoded = decode(changed);
      if (decoded.ok) holds(decoded.source.text);
    }), { numRuns: LONG ? 2_000 : 60, seed: 13 });
  });
});
