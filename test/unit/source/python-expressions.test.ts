import { describe, expect, test } from 'vitest';
import type { Expr, Literal } from '../../../src/core/source/model.ts';
import { read, sketchOf, slice } from './support.ts';

function expressionOf(text: string): Expr {
  const statement = read(text).body[0];
  if (statement?.kind !== 'expression') throw new Error(text);
  return statement.value;
}

describe('every construct has its shape and its exact span', () => {
  test.each([
    ['abc', 'name⟨abc⟩'],
    ['True', 'literal:boolean=true⟨True⟩'],
    ['None', 'literal:none=null⟨None⟩'],
    ['...', 'unknown:ellipsis⟨...⟩'],
    ['a.b.c', 'member:c⟨a.b.c⟩(member:b⟨a.b⟩(name⟨a⟩))'],
    ['None.x', 'member:x⟨None.x⟩(literal:none=null⟨None⟩)'],
    ['Nones.x', 'member:x⟨Nones.x⟩(name⟨Nones⟩)'],
    ['ä.b', 'member:b⟨ä.b⟩(name⟨ä⟩)'],
    ['a.b . c', 'member:c⟨a.b . c⟩(member:b⟨a.b⟩(name⟨a⟩))'],
    ['a[b, c]', 'index⟨a[b, c]⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['a[b:c:d]', 'index⟨a[b:c:d]⟩(name⟨a⟩ unknown:slice⟨b:c:d⟩(name⟨b⟩ name⟨c⟩ name⟨d⟩))'],
    ['f()', 'call⟨f()⟩(name⟨f⟩)'],
    ['f(a, *b, c=d, **e)', 'call:_,*,c=,**⟨f(a, *b, c=d, **e)⟩(name⟨f⟩ name⟨a⟩ name⟨b⟩ name⟨d⟩ name⟨e⟩)'],
    ['f(x for y in z)', 'call⟨f(x for y in z)⟩(name⟨f⟩ comprehension:generator⟨(x for y in z)⟩(name⟨x⟩ name⟨y⟩ name⟨z⟩))'],
    ['-a', 'unary:-⟨-a⟩(name⟨a⟩)'],
    ['not a', 'unary:not⟨not a⟩(name⟨a⟩)'],
    ['a + b - c * d', 'binary:+,-⟨a + b - c * d⟩(name⟨a⟩ name⟨b⟩ binary:*⟨c * d⟩(name⟨c⟩ name⟨d⟩))'],
    ['(a + b) - c', 'binary:+,-⟨(a + b) - c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['a - (b + c)', 'binary:-⟨a - (b + c)⟩(name⟨a⟩ binary:+⟨b + c⟩(name⟨b⟩ name⟨c⟩))'],
    ['(a + b) * c', 'binary:*⟨(a + b) * c⟩(binary:+⟨a + b⟩(name⟨a⟩ name⟨b⟩) name⟨c⟩)'],
    ['a ** b ** c', 'binary:**⟨a ** b ** c⟩(name⟨a⟩ binary:**⟨b ** c⟩(name⟨b⟩ name⟨c⟩))'],
    ['a // b % c @ d', 'binary://,%,@⟨a // b % c @ d⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩ name⟨d⟩)'],
    ['a | b & c << d', 'binary:|⟨a | b & c << d⟩(name⟨a⟩ binary:&⟨b & c << d⟩(name⟨b⟩ binary:<<⟨c << d⟩(name⟨c⟩ name⟨d⟩)))'],
    ['a ^ b ^ c', 'binary:^,^⟨a ^ b ^ c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['a <= b < c', 'compare:<=,<⟨a <= b < c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['a not in b', 'compare:not in⟨a not in b⟩(name⟨a⟩ name⟨b⟩)'],
    ['a is not b', 'compare:is not⟨a is not b⟩(name⟨a⟩ name⟨b⟩)'],
    ['a <> b', 'compare:!=⟨a <> b⟩(name⟨a⟩ name⟨b⟩)'],
    ['(a < b) < c', 'compare:<⟨(a < b) < c⟩(compare:<⟨a < b⟩(name⟨a⟩ name⟨b⟩) name⟨c⟩)'],
    ['a and b and c', 'boolean:and⟨a and b and c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['a or b and c', 'boolean:or⟨a or b and c⟩(name⟨a⟩ boolean:and⟨b and c⟩(name⟨b⟩ name⟨c⟩))'],
    ['a if b else c', 'conditional⟨a if b else c⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['lambda x, *y: z', 'lambda:x,y⟨lambda x, *y: z⟩'],
    ['[a, *b]', 'collection:list⟨[a, *b]⟩(name⟨a⟩ unknown:list_splat⟨*b⟩(name⟨b⟩))'],
    ['a, b', 'collection:tuple⟨a, b⟩(name⟨a⟩ name⟨b⟩)'],
    ['a,', 'collection:tuple⟨a,⟩(name⟨a⟩)'],
    ['(a, b)', 'collection:tuple⟨(a, b)⟩(name⟨a⟩ name⟨b⟩)'],
    ['()', 'collection:tuple⟨()⟩'],
    ['{a, b}', 'collection:set⟨{a, b}⟩(name⟨a⟩ name⟨b⟩)'],
    ['{a: b, **c}', 'collection:dict⟨{a: b, **c}⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['[a for b in c if d if e]', 'comprehension:list⟨[a for b in c if d if e]⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩ name⟨d⟩ name⟨e⟩)'],
    ['{a for b in c}', 'comprehension:set⟨{a for b in c}⟩(name⟨a⟩ name⟨b⟩ name⟨c⟩)'],
    ['{a: b for c, d in e}', 'comprehension:dict⟨{a: b for c, d in e}⟩(name⟨a⟩ name⟨b⟩ '
      + 'collection:tuple⟨c, d⟩(name⟨c⟩ name⟨d⟩) name⟨e⟩)'],
    ['await a', 'await⟨await a⟩(name⟨a⟩)'],
    ['(yield a)', 'unknown:yield⟨yield a⟩(name⟨a⟩)'],
    ['(yield from a)', 'unknown:yield_from⟨yield from a⟩(name⟨a⟩)'],
    ['(a := b)', 'unknown:named_expression⟨a := b⟩(name⟨a⟩ name⟨b⟩)'],
    ['((a))', 'name⟨a⟩'],
    ['f(# c\n  a)', 'call⟨f(# c\n  a)⟩(name⟨f⟩ name⟨a⟩)'],
    ['a + \\\n  b', 'binary:+⟨a + \\\n  b⟩(name⟨a⟩ name⟨b⟩)'],
  ])('%s', (text, expected) => {
    expect(sketchOf(text)).toBe(expected);
  });

  test.each([
    ['[*a(b)]', 'collection:list⟨[*a(b)]⟩(unknown:list_splat⟨*a(b)⟩(call⟨a(b)⟩(name⟨a⟩ name⟨b⟩)))'],
    ['f(c, *a.b())', 'call:_,*⟨f(c, *a.b())⟩(name⟨f⟩ name⟨c⟩ call⟨a.b()⟩(member:b⟨a.b⟩(name⟨a⟩)))'],
    ['[* a.b if c else d]', 'collection:list⟨[* a.b if c else d]⟩(unknown:list_splat⟨* a.b if c else d⟩'
      + '(conditional⟨a.b if c else d⟩(member:b⟨a.b⟩(name⟨a⟩) name⟨c⟩ name⟨d⟩)))'],
  ])('the star of %s belongs to everything behind it', (text, expected) => {
    expect(sketchOf(text)).toBe(expected);
  });
});

describe('arguments', () => {
  test('carry their own spans, names and stars', () => {
    const text = 'f(a, key=b, *c, **d)';
    const call = expressionOf(text);
    if (call.kind !== 'call') throw new Error('no call');
    expect(call.args.map((argument) => text.slice(argument.start, argument.end))).toEqual(['a', 'key=b', '*c', '**d']);
    expect(call.args.map((argument) => argument.name)).toEqual([undefined, 'key', undefined, undefined]);
    expect(call.args[1]!.nameSpan).toEqual({ start: 5, end: 8 });
    expect(call.args.map((argument) => argument.spread)).toEqual([undefined, undefined, '*', '**']);
  });

  test('of a member: the property has a span', () => {
    const member = expressionOf('risk .  limit');
    expect(member).toMatchObject({ kind: 'member', property: 'limit', propertySpan: { start: 8, end: 13 } });
  });

  test('of a dict: keys run beside the values, null for a spread', () => {
    const dict = expressionOf('{a: b, **c}');
    if (dict.kind !== 'collection') throw new Error('no dict');
    expect(dict.keys!.map((key) => (key?.kind === 'name' ? key.name : null))).toEqual(['a', null]);
    expect(dict.items).toHaveLength(2);
  });
});

describe('numbers', () => {
  test.each([
    ['50_000', 50_000], ['0x1F', 31], ['0o17', 15], ['0b101', 5], ['1e3', 1000], ['.5', 0.5], ['10L', 10], ['0777', 511], ['0', 0],
    ['2_000.50', 2000.5], ['123456789012345678901234567890', 123456789012345678901234567890],
  ])('%s', (text, value) => {
    expect(expressionOf(text)).toEqual({ kind: 'literal', start: 0, end: text.length, type: 'number', value, text });
  });

  test('an imaginary one has no value to calculate with', () => {
    expect(sketchOf('3j')).toBe('unknown:complex⟨3j⟩');
  });
});

describe('strings', () => {
  test.each([
    ["'16:59'", '16:59', 1, 6],
    ['"""a\nb"""', 'a\nb', 3, 6],
    ["r'\\d'", '\\d', 2, 4],
    ["u'x'", 'x', 2, 3],
    ["''", '', 1, 1],
    ["'\\x41\\u00e9\\U0001F600\\n\\101\\q\\''", 'Aé😀\nA\\q\'', 1, 31],
    ["'a\\\nb'", 'ab', 1, 5],
    ["'\\N{BULLET}'", '\\N{BULLET}', 1, 11],
  ])('%s', (text, value, start, end) => {
    expect(expressionOf(text)).toEqual({
      kind: 'literal', start: 0, end: text.length, type: 'string', value, text, content: { start, end },
    });
  });

  test('bytes', () => {
    expect(expressionOf("rb'a\\n'")).toMatchObject({ type: 'bytes', value: 'a\\n', content: { start: 3, end: 6 } });
    expect(expressionOf("b'\\x00\\u0041'")).toMatchObject({ type: 'bytes', value: '\0\\u0041' });
  });

  test('adjacent plain strings are one literal without one content', () => {
    const text = '("ab"\n \'cd\')';
    const literal = expressionOf(text) as Literal;
    expect(literal).toEqual({ kind: 'literal', start: 1, end: 11, type: 'string', value: 'abcd', text: '"ab"\n \'cd\'' });
    expect('content' in literal).toBe(false);
  });

  test('an f-string is a template of literals and expressions', () => {
    expect(sketchOf('f"a{b}c{{d}}{e.f}"')).toBe(
      'template⟨f"a{b}c{{d}}{e.f}"⟩(literal:string="a"⟨a⟩ name⟨b⟩ literal:string="c{d}"⟨c{{d}}⟩ member:f⟨e.f⟩(name⟨e⟩))',
    );
    expect(sketchOf("rf'\\d{a}'")).toBe("template⟨rf'\\d{a}'⟩(literal:string=\"\\\\d\"⟨\\d⟩ name⟨a⟩)");
    expect(sketchOf('f""')).toBe('template⟨f""⟩');
  });

  test('formats stay beside the expression', () => {
    expect(sketchOf('f"{a:02d}{b!r:>{c}}{d=}"')).toBe(
      'template⟨f"{a:02d}{b!r:>{c}}{d=}"⟩('
      + 'unknown:format⟨{a:02d}⟩(name⟨a⟩ literal:string=":02d"⟨:02d⟩) '
      + 'unknown:format⟨{b!r:>{c}}⟩(name⟨b⟩ literal:string="!r"⟨!r⟩ literal:string=":>{c}"⟨:>{c}⟩ name⟨c⟩) '
      + 'unknown:format⟨{d=}⟩(name⟨d⟩ literal:string="="⟨⟩))',
    );
    expect(sketchOf('f"{a:=10}{(b:=1)}"')).toBe(
      'template⟨f"{a:=10}{(b:=1)}"⟩(unknown:format⟨{a:=10}⟩(name⟨a⟩ literal:string=":=10"⟨:=10⟩) '
      + 'unknown:named_expression⟨b:=1⟩(name⟨b⟩ literal:number=1⟨1⟩))',
    );
  });

  test('adjacent strings with an f-string among them are one template', () => {
    expect(sketchOf('"a" f"b{c}" "d"')).toBe(
      'template⟨"a" f"b{c}" "d"⟩(literal:string="a"⟨"a"⟩ literal:string="b"⟨b⟩ name⟨c⟩ literal:string="d"⟨"d"⟩)',
    );
  });
});

test('offsets count UTF-16 units behind astral characters', () => {
  const model = read('x = "😀"; ünï = call(y)\n');
  const statement = model.body[1]!;
  if (statement.kind !== 'assign' || statement.value === undefined) throw new Error('no assignment');
  expect(statement).toMatchObject({ start: 10, end: 23 });
  expect(slice(model, statement.value)).toBe('call(y)');
  expect(slice(model, statement.targets[0]!)).toBe('ünï');
});

test('a chain of names read from the text is the one read from the tree', () => {
  for (const chain of ['a.b', 'self._values.append', 'np.float64.x_1', 'True_.x', 'None.x', 'print.end', 'a . b', 'é.b']) {
    const [clean] = read(`${chain}\n`).body;
    // With an error in the file, nothing is read from the text.
    const [broken] = read(`${chain}\nx = )\n`).body;
    expect(clean?.kind, chain).toBe('expression');
    expect(clean, chain).toEqual(broken);
  }
});
