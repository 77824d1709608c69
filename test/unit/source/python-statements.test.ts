import { describe, expect, test } from 'vitest';
import type { Stmt } from '../../../src/core/source/model.ts';
import { outline, read, sketch, slice } from './support.ts';

/** The statements of a text, which must parse. */
function statements(text: string): readonly Stmt[] {
  const model = read(text);
  expect(model.errors).toEqual([]);
  return model.body;
}

function linesOf(text: string): string {
  const model = read(text);
  expect(model.errors).toEqual([]);
  return outline(model).join('\n');
}

describe('every statement has its shape and its exact span', () => {
  test.each([
    ['a = b', 'assign ⟨a = b⟩ a | b'],
    ['a = b = c, d', 'assign ⟨a = b = c, d⟩ a | b | c, d'],
    ['a, *b = c', 'assign ⟨a, *b = c⟩ a, *b | c'],
    ['(a) = b', 'assign ⟨(a) = b⟩ a | b'],
    ['a: int', 'assign ⟨a: int⟩ a | int'],
    ['a: int = b', 'assign ⟨a: int = b⟩ a | int | b'],
    ['a.b[c] += d', 'assign ⟨a.b[c] += d⟩ a.b[c] | d'],
    ['a = yield b', 'assign ⟨a = yield b⟩ a | yield b'],
    ['a; b', 'expression ⟨a⟩ a\nexpression ⟨b⟩ b'],
    ['return', 'return ⟨return⟩'],
    ['return a, b', 'return ⟨return a, b⟩ a, b'],
    ['raise', 'raise ⟨raise⟩'],
    ['raise A(b) from c', 'raise ⟨raise A(b) from c⟩ A(b)'],
    ['del a, b[c]', 'unknownStatement ⟨del a, b[c]⟩ a | b[c]'],
    ['assert a, b', 'unknownStatement ⟨assert a, b⟩ a | b'],
    ['global a, b', 'unknownStatement ⟨global a, b⟩ a | b'],
    ['nonlocal a', 'unknownStatement ⟨nonlocal a⟩ a'],
    ['exec "a" in b', 'unknownStatement ⟨exec "a" in b⟩ "a" | b'],
    ['type A = list[b]', 'unknownStatement ⟨type A = list[b]⟩ A | list[b]'],
    ['pass', 'pass ⟨pass⟩'],
    ['while a: break', 'loop ⟨while a: break⟩ a\n  -\n    break ⟨break⟩'],
    ['for a in b: continue', 'loop ⟨for a in b: continue⟩ a | b\n  -\n    continue ⟨continue⟩'],
  ])('%s', (text, expected) => {
    expect(linesOf(text)).toBe(expected);
  });
});

describe('assignments', () => {
  test('name their operator, annotation and targets', () => {
    const [chain, annotated, augmented] = statements('a = b = c\nd: int = 1\ne **= 2\n');
    expect(chain).toMatchObject({ targets: [{ name: 'a' }, { name: 'b' }], value: { name: 'c' } });
    expect(chain).not.toHaveProperty('op');
    expect(annotated).toMatchObject({ targets: [{ name: 'd' }], annotation: { name: 'int' }, value: { value: 1 } });
    expect(augmented).toMatchObject({ targets: [{ name: 'e' }], op: '**=', value: { value: 2 } });
  });

  test('to an attribute of `type(x)` is no type alias', () => {
    const model = read('type(self, a).limit.per[0] = 5\ntype Limit = int\n');
    const [assign, alias] = model.body;
    if (assign?.kind !== 'assign') throw new Error('no assignment');
    expect(sketch(model, assign.targets[0]!)).toBe(
      'index⟨type(self, a).limit.per[0]⟩(member:per⟨type(self, a).limit.per⟩(member:limit⟨type(self, a).limit⟩('
      + 'call⟨type(self, a)⟩(name⟨type⟩ name⟨self⟩ name⟨a⟩))) literal:number=0⟨0⟩)',
    );
    expect(alias).toMatchObject({ kind: 'unknownStatement', syntax: 'type_alias_statement' });
  });
});

describe('types', () => {
  test.each([
    ['a: b | None | c', 'binary:|,|⟨b | None | c⟩(name⟨b⟩ literal:none=null⟨None⟩ name⟨c⟩)'],
    ['a: dict[b, list[c]]', 'index⟨dict[b, list[c]]⟩(name⟨dict⟩ name⟨b⟩ index⟨list[c]⟩(name⟨list⟩ name⟨c⟩))'],
    ['a: b.c', 'member:c⟨b.c⟩(name⟨b⟩)'],
    ['a: list[b] | c | d', 'binary:|,|⟨list[b] | c | d⟩(index⟨list[b]⟩(name⟨list⟩ name⟨b⟩) name⟨c⟩ name⟨d⟩)'],
    ['a: "B"', 'literal:string="B"⟨"B"⟩'],
  ])('%s', (text, expected) => {
    const model = read(text);
    const statement = model.body[0];
    if (statement?.kind !== 'assign') throw new Error('no assignment');
    expect(sketch(model, statement.annotation!)).toBe(expected);
  });
});

describe('compound statements', () => {
  test('if with elif branches is flat', () => {
    const text = 'if a:\n    b\nelif c:\n    d\nelif e: f\nelse:\n    g\n    # end\n\n# later\n';
    const [statement] = statements(text);
    expect(statement).toMatchObject({
      kind: 'if', start: 0, end: text.indexOf('g') + 1,
      branches: [{ test: { name: 'a' } }, { test: { name: 'c' } }, { test: { name: 'e' } }],
      else: [{ kind: 'expression', value: { name: 'g' } }],
    });
  });

  test('a range ends with the last statement, not with the comments behind it', () => {
    expect(linesOf('for a in b:\n    c\nelse:\n    d\n    # comment\n\nwhile e:\n    f\n    # comment\n')).toBe(
      'loop ⟨for a in b:…d⟩ a | b\n  -\n    expression ⟨c⟩ c\n  -\n    expression ⟨d⟩ d\n'
      + 'loop ⟨while e:…f⟩ e\n  -\n    expression ⟨f⟩ f',
    );
  });

  test('try with its handlers', () => {
    const text = 'try:\n    a\nexcept (B, C) as d:\n    e\nexcept F: g\nexcept:\n    h\nelse:\n    i\nfinally:\n    j\n';
    const model = read(text);
    const [statement] = model.body;
    if (statement?.kind !== 'try') throw new Error('no try');
    expect(statement.handlers.map((handler) => slice(model, handler))).toEqual(
      ['except (B, C) as d:\n    e', 'except F: g', 'except:\n    h'],
    );
    expect(statement.handlers.map((handler) => [handler.type && slice(model, handler.type), handler.name])).toEqual(
      [['(B, C)', 'd'], ['F', undefined], [undefined, undefined]],
    );
    expect([statement.body, statement.else, statement.finally].map((body) => body.map((inner) => slice(model, inner)))).toEqual(
      [['a'], ['i'], ['j']],
    );
    expect(statement.handlers.map((handler) => handler.body.map((inner) => slice(model, inner)))).toEqual([['e'], ['g'], ['h']]);
  });

  test('with and its targets', () => {
    const model = read('async def f():\n    async with a(b) as c, d, e as (g, h):\n        i\n    with (j as k, l): m\n');
    const [first, second] = model.functions[0]!.body;
    if (first?.kind !== 'with' || second?.kind !== 'with') throw new Error('no with');
    const shown = [...first.items, ...second.items].map((item) => [slice(model, item.value), item.target && slice(model, item.target)]);
    expect(shown).toEqual([['a(b)', 'c'], ['d', undefined], ['e', '(g, h)'], ['j', 'k'], ['l', undefined]]);
  });

  test('match with its cases', () => {
    const text = 'match a, b:\n    case -1 | C(d=e) if f:\n        g\n    case {"k": h, **r}: i\n    case [j, *_]: pass\n    case k.l: pass\n    case _: m\n';
    const model = read(text);
    expect(model.errors).toEqual([]);
    const [statement] = model.body;
    if (statement?.kind !== 'match') throw new Error('no match');
    expect(sketch(model, statement.subject)).toBe('collection:tuple⟨a, b⟩(name⟨a⟩ name⟨b⟩)');
    expect(statement.cases.map((branch) => slice(model, branch).split('\n')[0])).toEqual([
      'case -1 | C(d=e) if f:', 'case {"k": h, **r}: i', 'case [j, *_]: pass', 'case k.l: pass', 'case _: m',
    ]);
    expect(statement.cases.map((branch) => branch.body.map((inner) => slice(model, inner)).join())).toEqual(['g', 'i', 'pass', 'pass', 'm']);
    expect(sketch(model, statement.cases[0]!.guard!)).toBe('name⟨f⟩');
    expect(sketch(model, statement.cases[3]!.patterns[0]!)).toBe('member:l⟨k.l⟩(name⟨k⟩)');
    expect(sketch(model, statement.cases[4]!.patterns[0]!)).toBe('name⟨_⟩');
  });

  test('`print` of Python 2 is the call it became', () => {
    const model = read('print "a", b\nprint >>c, d\nprint("e")\n');
    expect(model.body.map((statement) => (statement.kind === 'expression' ? sketch(model, statement.value) : ''))).toEqual([
      'call⟨print "a", b⟩(name⟨print⟩ literal:string="a"⟨"a"⟩ name⟨b⟩)',
      'call:_,file=⟨print >>c, d⟩(name⟨print⟩ name⟨d⟩ name⟨c⟩)',
      'call⟨print("e")⟩(name⟨print⟩ literal:string="e"⟨"e"⟩)',
    ]);
  });
});

describe('comments', () => {
  test('have their text, their span and whether they own their line', () => {
    const text = '# first\r\na = 1  #second \n\tif_ = [ # third\n  # fourth\n]\ndef f():\n    b\n    #!last';
    const model = read(text);
    expect(model.comments.map((comment) => [slice(model, comment), comment.text, comment.ownLine])).toEqual([
      ['# first', 'first', true], ['#second ', 'second', false], ['# third', 'third', false], ['# fourth', 'fourth', true],
      ['#!last', '!last', true],
    ]);
  });

  test('inside a string are none', () => {
    expect(read('a = "# no"\nb = """\n# no\n"""\n').comments).toEqual([]);
  });
});
