import { describe, expect, test } from 'vitest';
import type { FunctionModel } from '../../../src/core/source/model.ts';
import { read, sketch, slice } from './support.ts';

function functionIn(text: string, index = 0): FunctionModel {
  const model = read(text);
  expect(model.errors).toEqual([]);
  return model.functions[index]!;
}

describe('functions', () => {
  test('have exact spans: the statement covers the decorators, the function starts at `async`', () => {
    const text = '@cache\n@app.route("/x")\nasync def late(self) -> bool:\n    """Doc."""\n    return True\n    # end\n\n';
    const model = read(text);
    const [statement] = model.body;
    const [fn] = model.functions;
    expect(statement).toEqual({ kind: 'function', start: 0, end: text.indexOf('True') + 4, function: 0 });
    expect(fn).toMatchObject({ start: text.indexOf('async'), end: text.indexOf('True') + 4, async: true, generator: false, name: 'late' });
    expect(slice(model, fn!.nameSpan)).toBe('late');
    expect(slice(model, fn!.returns!)).toBe('bool');
    expect(fn!.decorators.map((decorator) => slice(model, decorator))).toEqual(['cache', 'app.route("/x")']);
    expect(fn!.body.map((inner) => slice(model, inner))).toEqual(['"""Doc."""', 'return True']);
  });

  test('parameters of every form', () => {
    const text = 'def f(a, /, b: int, c=1, d: str = "x", *args: int, e, **kwargs): pass\ndef g(a, *, b): pass\n';
    const model = read(text);
    const shown = model.functions[0]!.parameters.map((parameter) => [
      slice(model, parameter), parameter.name, parameter.rest ?? '',
      parameter.annotation === undefined ? '' : slice(model, parameter.annotation),
      parameter.default === undefined ? '' : slice(model, parameter.default),
    ]);
    expect(shown).toEqual([
      ['a', 'a', '', '', ''], ['b: int', 'b', '', 'int', ''], ['c=1', 'c', '', '', '1'], ['d: str = "x"', 'd', '', 'str', '"x"'],
      ['*args: int', 'args', '*', 'int', ''], ['e', 'e', '', '', ''], ['**kwargs', 'kwargs', '**', '', ''],
    ]);
    expect(model.functions[1]!.parameters.map((parameter) => parameter.name)).toEqual(['a', 'b']);
  });

  test('a function that yields is a generator, one around it is not', () => {
    const model = read('def outer():\n    def inner():\n        x = yield 1\n    def other():\n        yield from x\n    lambda: (yield)\n');
    expect(model.functions.map((fn) => [fn.name, fn.generator])).toEqual([
      ['outer', false], ['inner', true], ['other', true], ['', true],
    ]);
  });

  test('a lambda has one return with the span of its expression', () => {
    const model = read('a = lambda x, y=1: x + y');
    expect(model.functions[0]).toMatchObject({
      name: '', start: 4, end: 24, nameSpan: { start: 4, end: 10 }, body: [{ kind: 'return', start: 19, end: 24 }],
    });
    expect(model.functions[0]!.parameters.map((parameter) => slice(model, parameter))).toEqual(['x', 'y=1']);
  });

  test('are numbered in source order, outer before inner', () => {
    const model = read('def a():\n    def b(): pass\n    lambda: 1\nclass C:\n    def d(self): pass\n');
    expect(model.functions.map((fn) => [fn.index, fn.name, fn.outer, fn.class])).toEqual([
      [0, 'a', undefined, undefined], [1, 'b', 0, undefined], [2, '', 0, undefined], [3, 'd', undefined, 0],
    ]);
  });

  test('a lambda in a default belongs to the function around the definition', () => {
    const model = read('def a(f=lambda: 1):\n    def b(g: X = lambda: 2): lambda: 3\n');
    expect(model.functions.map((fn) => [fn.name, fn.outer])).toEqual([['a', undefined], ['', undefined], ['b', 0], ['', 0], ['', 2]]);
  });
});

describe('qualified names', () => {
  test('say where a definition stands and are unique', () => {
    const model = read([
      'def f(): pass',
      'def f():',
      '    def inner(): pass',
      '    class Local:',
      '        def method(self): lambda: 0',
      'class Strategy:',
      '    @property',
      '    def room(self): pass',
      '    @room.setter',
      '    def room(self, value): pass',
      '    class Config:',
      '        def check(self): pass',
      '    key = lambda self: 1',
      'lambda: 1',
      '(lambda: 2, lambda: 3)',
      'class Strategy: pass',
    ].join('\n'));
    expect(model.functions.map((fn) => fn.qualifiedName)).toEqual([
      'f', 'f#2', 'f#2.<locals>.inner', 'f#2.<locals>.Local.method', 'f#2.<locals>.Local.method.<locals>.<lambda:1>',
      'Strategy.room', 'Strategy.room#2', 'Strategy.Config.check', 'Strategy.<lambda:1>',
      '<lambda:1>', '<lambda:2>', '<lambda:3>',
    ]);
    expect(model.classes.map((cls) => cls.qualifiedName)).toEqual([
      'f#2.<locals>.Local', 'Strategy', 'Strategy.Config', 'Strategy#2',
    ]);
    const names = [...model.functions, ...model.classes].map((item) => item.qualifiedName);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('classes', () => {
  test('have bases, keywords, decorators, methods and attributes', () => {
    const text = '@final\nclass Breakout(Strategy, mixins.Log[int], metaclass=Meta, **kw):\n    limit: int = 5\n    name = "x"\n\n'
      + '    def on_start(self): pass\n    if True:\n        def on_stop(self): pass\n    # end\n';
    const model = read(text);
    const [cls] = model.classes;
    expect(model.body[0]).toEqual({ kind: 'class', start: 0, end: text.lastIndexOf('pass') + 4, class: 0 });
    expect(cls).toMatchObject({ index: 0, name: 'Breakout', start: 7, end: text.lastIndexOf('pass') + 4, methods: [0, 1] });
    expect(slice(model, cls!.nameSpan)).toBe('Breakout');
    expect(cls!.bases.map((base) => slice(model, base))).toEqual(['Strategy', 'mixins.Log[int]']);
    expect(cls!.keywords.map((keyword) => [keyword.name, keyword.spread, slice(model, keyword)])).toEqual([
      ['metaclass', undefined, 'metaclass=Meta'], [undefined, '**', '**kw'],
    ]);
    expect(cls!.decorators.map((decorator) => slice(model, decorator))).toEqual(['final']);
    expect(cls!.body.map((statement) => statement.kind)).toEqual(['assign', 'assign', 'function', 'if']);
    expect(model.functions.map((fn) => [fn.name, fn.class])).toEqual([['on_start', 0], ['on_stop', 0]]);
  });

  test('know the class and function around them', () => {
    const model = read('class A:\n    class B:\n        pass\n    def f(self):\n        class C: pass\n');
    expect(model.classes.map((cls) => [cls.name, cls.outerClass, cls.outerFunction])).toEqual([
      ['A', undefined, undefined], ['B', 0, undefined], ['C', undefined, 0],
    ]);
  });

  test('type parameters do not disturb', () => {
    const model = read('class Box[T: int](Base):\n    def get[U](self, x: U) -> T: ...\n');
    expect(model.errors).toEqual([]);
    expect(model.classes[0]!.bases.map((base) => slice(model, base))).toEqual(['Base']);
    expect(functionIn('def get[U](self, x: U) -> T: ...\n').parameters.map((parameter) => parameter.name)).toEqual(['self', 'x']);
  });
});

describe('imports', () => {
  test('of every form', () => {
    const text = 'import a.b, c as d, e . f as g\nfrom h import i, j as k\nfrom .l.m import (n, o as p,)\nfrom .. import q\nfrom r import *\n'
      + 'from __future__ import annotations\n';
    const model = read(text);
    expect(model.errors).toEqual([]);
    expect(model.imports.map((item) => [slice(model, item), item.module, item.level, item.name, item.alias])).toEqual([
      ['a.b', 'a.b', 0, undefined, 'a'], ['c as d', 'c', 0, undefined, 'd'], ['e . f as g', 'e.f', 0, undefined, 'g'],
      ['i', 'h', 0, 'i', 'i'], ['j as k', 'h', 0, 'j', 'k'],
      ['n', '.l.m', 1, 'n', 'n'], ['o as p', '.l.m', 1, 'o', 'p'], ['q', '..', 2, 'q', 'q'], ['*', 'r', 0, '*', '*'],
      ['annotations', '__future__', 0, 'annotations', 'annotations'],
    ]);
    expect(model.body.map((statement) => (statement.kind === 'import' ? statement.imports : []))).toEqual([[0, 1, 2], [3, 4], [5, 6], [7], [8], [9]]);
    expect(model.body.map((statement) => slice(model, statement))).toEqual(text.trimEnd().split('\n'));
  });

  test('inside a function know it', () => {
    const model = read('import a\ndef f():\n    import b\n    class C:\n        import c\n');
    expect(model.imports.map((item) => item.function)).toEqual([undefined, 0, 0]);
  });

  test('under TYPE_CHECKING are for types only, in its branch and nowhere else', () => {
    const model = read([
      'import a', 'if TYPE_CHECKING:', '    import b', '    if x:', '        from c import d', 'else:', '    import e',
      'if typing.TYPE_CHECKING: import f', 'import g', 'if DEBUG:', '    import h', 'elif TYPE_CHECKING:', '    import i',
    ].join('\n'));
    expect(model.imports.filter((item) => item.typeOnly).map((item) => item.module)).toEqual(['b', 'c', 'f', 'i']);
    expect(model.imports.filter((item) => !item.typeOnly).map((item) => item.module)).toEqual(['a', 'e', 'g', 'h']);
  });
});

test('a decorator is an expression like any other', () => {
  const model = read('@app.command(name="x", retries=3)\ndef f(): pass\n');
  expect(sketch(model, model.functions[0]!.decorators[0]!)).toBe(
    'call:name=,retries=⟨app.command(name="x", retries=3)⟩(member:command⟨app.command⟩(name⟨app⟩) literal:string="x"⟨"x"⟩ literal:number=3⟨3⟩)',
  );
});
