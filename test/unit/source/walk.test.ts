import { expect, test } from 'vitest';
import type { Expr } from '../../../src/core/source/model.ts';
import { bodiesOf, expressionsOf, walkExpression, walkModule } from '../../../src/core/source/walk.ts';
import { read, slice } from './support.ts';

const TEXT = `import a
@deco(one)
def f(x: hint = default) -> result:
    inner(two)
    def g():
        three
class C(Base, key=four):
    attribute = five
    def m(self):
        if six: seven
        return lambda y=eight: nine
`;

test('walkModule visits everything once, in source order, with the function and class around it', () => {
  const model = read(TEXT);
  const seen: string[] = [];
  walkModule(model, {
    statement: (statement, site) => seen.push(
      `${statement.kind} in ${site.class?.name ?? '-'}/${site.function === undefined ? '-' : site.function.name || 'lambda'}`,
    ),
    expression: (expr, site) => {
      if (expr.kind !== 'name') return;
      seen.push(`  ${expr.name} in ${site.class?.name ?? '-'}/${site.function === undefined ? '-' : site.function.name || 'lambda'} of ${site.statement.kind}`);
    },
  });
  expect(seen).toEqual([
    'import in -/-',
    'function in -/-',
    '  deco in -/- of function', '  one in -/- of function',
    '  hint in -/- of function', '  default in -/- of function', '  result in -/- of function',
    'expression in -/f', '  inner in -/f of expression', '  two in -/f of expression',
    'function in -/f',
    'expression in -/g', '  three in -/g of expression',
    'class in -/-', '  Base in -/- of class', '  four in -/- of class',
    'assign in C/-', '  attribute in C/- of assign', '  five in C/- of assign',
    'function in C/-',
    'if in C/m', '  six in C/m of if', 'expression in C/m', '  seven in C/m of expression',
    'return in C/m', '  eight in C/m of return',
    'return in C/lambda', '  nine in C/lambda of return',
  ]);
});

test('walkModule reaches every expression there is in the text', () => {
  const names = new Set('abcdefghijklmnopqrstuvwxyz');
  const model = read(
    'a = b\nfor c in d: e\nwith f as g: h\ntry: i\nexcept j: k\nfinally: l\nwhile m: n\nelse: o\n'
    + 'match p:\n  case q if r: s\nassert t\nx = [u for v in w]\n{y: z}\n',
  );
  walkModule(model, { expression: (expr) => { if (expr.kind === 'name') names.delete(expr.name); } });
  expect([...names]).toEqual([]);
});

test('walkExpression tells the parent and stops where it is told to', () => {
  const model = read('f(a.b, [c, d], e + g)');
  const root = expressionsOf(model.body[0]!)[0]!;
  const seen: string[] = [];
  walkExpression(root, (expr: Expr, parent) => {
    seen.push(`${parent === undefined ? '' : slice(model, parent)} > ${slice(model, expr)}`);
    return expr.kind === 'collection' ? false : undefined;
  });
  expect(seen).toEqual([
    ' > f(a.b, [c, d], e + g)', 'f(a.b, [c, d], e + g) > f', 'f(a.b, [c, d], e + g) > a.b', 'a.b > a',
    'f(a.b, [c, d], e + g) > [c, d]', 'f(a.b, [c, d], e + g) > e + g', 'e + g > e', 'e + g > g',
  ]);
});

test('bodiesOf leaves empty bodies out', () => {
  const model = read('if a: b\nelif c: d\ntry: e\nexcept: f\n');
  expect(model.body.map((statement) => bodiesOf(statement).map((body) => body.map((inner) => slice(model, inner)).join()))).toEqual([
    ['b', 'd'], ['e', 'f'],
  ]);
});
