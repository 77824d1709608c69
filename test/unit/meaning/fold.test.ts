import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals, compareDecimals, decimalText, divideDecimals, floorDivideDecimals, moduloDecimals, multiplyDecimals, parseDecimal, roundDecimal,
} from '../../../src/core/source/decimal.ts';
import { fold, type Folded } from '../../../src/core/source/fold.ts';
import { expression, read } from './read.ts';
import { runs } from '../../support/property-tests.ts';

function folded(text: string, expr: string, nth = 0): Folded | undefined {
  const model = read(text);
  const found = expression(model, expr, nth);
  return fold(model, found.expr, found.site);
}

describe('fold', () => {
  test.each([
    ['x = 50_000', '50_000', '50000'],
    ['x = 0.1 + 0.2', '0.1 + 0.2', '0.3'],
    ['x = 10 - 4 - 3', '10 - 4 - 3', '3'],
    ['x = 2 ** 3 ** 2', '2 ** 3 ** 2', '512'],
    ['x = -5 // 2', '-5 // 2', '-3'],
    ['x = -5 % 3', '-5 % 3', '1'],
    ['x = 1 / 8', '1 / 8', '0.125'],
    ['x = 0x10 + 1', '0x10 + 1', '17'],
    ['x = 1e-3', '1e-3', '0.001'],
    ['from decimal import Decimal\nx = Decimal("0.10") * 50_000', 'Decimal("0.10") * 50_000', '5000'],
    ['x = float("2.5") + int("3")', 'float("2.5") + int("3")', '5.5'],
    ['x = round(2.5)', 'round(2.5)', '2'],
    ['x = min(3, 2, 5)', 'min(3, 2, 5)', '2'],
    ['x = 5 if False else 7', '5 if False else 7', '7'],
    ['SIZE = 50_000\nPCT = 4\nLIMIT = SIZE * PCT / 100\nuse(LIMIT)', 'LIMIT', '2000'],
  ])('%s', (text, expr, exact) => {
    expect(folded(text, expr, text.endsWith('use(LIMIT)') ? 1 : 0)?.exact).toBe(exact);
  });

  test.each([
    ['"16:" + "59"', '16:59'], ['"%s:59" % 16', '16:59'], ['f"{16}:{59}"', '16:59'], ['"ab" * 2', 'abab'],
  ])('%s', (expr, value) => {
    expect(folded(`x = ${expr}`, expr)?.value).toBe(value);
  });

  test.each([
    ['a parameter default', 'def f(limit=0.1):\n    return limit', 'limit', '0.1'],
    ['a class attribute', 'class C:\n    limit = 5\n    def f(self):\n        return self.limit', 'self.limit', '5'],
    ['a constructor assignment', 'class C:\n    def __init__(self):\n        self.limit = 5\n    def f(self):\n        return self.limit', 'self.limit', '5'],
    ['a constructor parameter', 'class C:\n    def __init__(self, limit=7):\n        self.limit = limit\n    def f(self):\n        return self.limit', 'self.limit', '7'],
    ['a class by name', 'class C:\n    LIMIT = 5\nuse(C.LIMIT)', 'C.LIMIT', '5'],
    ['a base class of the file', 'class B:\n    limit = 5\nclass C(B):\n    def f(self):\n        return self.limit', 'self.limit', '5'],
    ['a dataclass field', 'from dataclasses import field\nclass Cfg:\n    dd: float = field(default=4.0)\ndef f(c: Cfg):\n    return c.dd', 'c.dd', '4'],
    ['a table', 'LIMITS = {"dd": 10, "x": 2}\nuse(LIMITS["dd"])', 'LIMITS["dd"]', '10'],
  ])('%s', (_title, text, expr, exact) => {
    const nth = text.split(expr).length - 2 > 0 && expr.startsWith('self') ? (text.match(new RegExp(expr.replace('.', '\\.'), 'g'))!.length - 1) : 0;
    expect(folded(text, expr, nth)?.exact).toBe(exact);
  });

  test('a configuration default through the strategy, by annotation and by what the framework keeps', () => {
    const text = [
      'from nautilus_trader.config import StrategyConfig',
      'from nautilus_trader.trading.strategy import Strategy',
      'class Cfg(StrategyConfig, frozen=True):',
      '    max_dd: float = 10.0',
      'class S(Strategy):',
      '    def __init__(self, config: Cfg) -> None:',
      '        super().__init__(config)',
      '        self.limit = config.max_dd',
      '    def f(self):',
      '        return self.config.max_dd + self.limit',
    ].join('\n');
    expect(folded(text, 'self.config.max_dd')?.exact).toBe('10');
    expect(folded(text, 'self.limit', 1)?.exact).toBe('10');
    expect(folded(text, 'self.config.max_dd + self.limit')?.exact).toBe('20');
  });

  test('origins lead from the use to the line the value was written on', () => {
    const model = read('A = 5\nB = A\nuse(B)');
    const found = expression(model, 'B', 1);
    const origins = fold(model, found.expr, found.site)!.origins.map((span) => model.source.text.slice(span.start, span.end));
    expect(origins).toEqual(['B', 'A', '5']);
    expect(fold(model, found.expr, found.site)!.origins.at(-1)).toEqual({ start: 4, end: 5 });
  });

  test.each([
    ['an environment variable', 'import os\nuse(os.getenv("X", "5"))', 'os.getenv("X", "5")'],
    ['an environment variable or a number, as a number', 'import os\nuse(float(os.getenv("X") or 5))', 'float(os.getenv("X") or 5)'],
    ['an environment variable or a number, times two', 'import os\nuse((os.getenv("X") or 5) * 2)', '(os.getenv("X") or 5) * 2'],
    ['two assignments', 'A = 5\nA = 6\nuse(A)', 'A', 2],
    ['an augmented one', 'A = 5\nA += 1\nuse(A)', 'A', 2],
    ['state of an object', 'class C:\n    limit = 5\n    def f(self):\n        self.limit = 6\n    def g(self):\n        return self.limit', 'self.limit', 1],
    ['state written through another name of self', 'class C:\n    def __init__(self):\n        self.seen = 0\n    def f(self):\n        state = self\n        state.seen += 1\n        return state.seen', 'state.seen', 1],
    ['state written in a closure through another name of self', 'class C:\n    limit = 5\n    def f(self):\n        me = self\n        def g():\n            me.limit = 6\n        return g\n    def h(self):\n        return self.limit', 'self.limit'],
    ['a changed table', 'T = {"a": 1}\nT["a"] = 2\nuse(T["a"])', 'T["a"]', 1],
    ['a cycle', 'A = B\nB = A\nuse(A)', 'A', 2],
    ['an attribute of itself', 'class C:\n    def __init__(self):\n        self.x = self.x\n    def f(self):\n        return self.x', 'self.x', 2],
    ['a parameter without default', 'def f(x):\n    return x + 1', 'x + 1'],
    ['a loop variable', 'for x in y:\n    use(x)', 'x', 1],
    ['division by zero', 'x = 1 / 0', '1 / 0'],
    ['a complex number', 'x = 1j', '1j'],
    ['a global another function sets', 'A = 5\ndef f():\n    global A\n    A = 6\ndef g():\n    return A', 'A', 3],
  ])('not a constant: %s', (_title, text, expr, nth = 0) => {
    expect(folded(text, expr, nth)).toBeUndefined();
  });

  test('an attribute of a script is state where another name of this writes it', () => {
    const model = read('class C {\n  seen = 0;\n  f() {\n    const that = this;\n    setTimeout(function () { that.seen = 6; });\n  }\n  g() { return this.seen; }\n}\n', 'bot.ts');
    const { expr, site } = expression(model, 'this.seen');
    expect(fold(model, expr, site)).toBeUndefined();
  });

  test('what an object of another class is given under such a name changes nothing here', () => {
    expect(folded('class C:\n    limit = 5\n    def f(self, other):\n        me = other\n        me.limit = 6\n        them = self\n        return self.limit', 'self.limit')?.exact).toBe('5');
  });

  test('1 / 3 has a value and no exact text', () => {
    expect(folded('x = 1 / 3', '1 / 3')).toMatchObject({ value: 1 / 3 });
    expect(folded('x = 1 / 3', '1 / 3')?.exact).toBeUndefined();
  });

  test('20,000 terms and 5,000 nested parentheses fold without deep calls', () => {
    const sum = Array.from({ length: 20_000 }, () => '1').join(' + ');
    expect(folded(`x = ${sum}`, sum)?.exact).toBe('20000');
    const nested = `${'-('.repeat(2_000)}1${')'.repeat(2_000)}`;
    expect(folded(`x = ${nested}`, nested)?.exact).toBe('1');
  });
});

describe('decimals', () => {
  const integer = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
  const decimal = fc.tuple(integer, fc.integer({ min: -12, max: 6 })).map(([c, e]) => parseDecimal(`${c}e${e}`)!);

  test('text and number are one: parse(text(x)) = x', () => {
    fc.assert(fc.property(decimal, (a) => { expect(parseDecimal(decimalText(a))).toEqual(a); }), { numRuns: runs(500) });
  });

  test('a + b - b = a, and (a × b) / b = a', () => {
    fc.assert(fc.property(decimal, decimal, (a, b) => {
      expect(addDecimals(addDecimals(a, b)!, { ...b, coefficient: -b.coefficient })).toEqual(a);
      if (b.coefficient !== 0n) { expect(divideDecimals(multiplyDecimals(a, b)!, b)).toEqual(a); }
    }), { numRuns: runs(500) });
  });

  test('floor division and remainder as Python: a = q × b + r, r between 0 and b', () => {
    fc.assert(fc.property(decimal, decimal.filter((b) => b.coefficient !== 0n), (a, b) => {
      const quotient = floorDivideDecimals(a, b)!;
      const rest = moduloDecimals(a, b)!;
      expect(addDecimals(multiplyDecimals(quotient, b)!, rest)).toEqual(a);
      const zero = parseDecimal('0')!;
      if (b.coefficient > 0n) { expect(compareDecimals(rest, zero)).not.toBe(-1); expect(compareDecimals(rest, b)).toBe(-1); }
      else { expect(compareDecimals(rest, zero)).not.toBe(1); expect(compareDecimals(rest, b)).toBe(1); }
    }), { numRuns: runs(500) });
  });

  test('order agrees with whole numbers', () => {
    fc.assert(fc.property(integer, integer, (a, b) => {
      expect(compareDecimals(parseDecimal(`${a}`)!, parseDecimal(`${b}`)!)).toBe(a === b ? 0 : a < b ? -1 : 1);
    }));
  });

  test('rounds halves to even', () => {
    expect(['0.5', '1.5', '2.5', '-0.5', '-1.5', '2.51'].map((text) => decimalText(roundDecimal(parseDecimal(text)!, 0)))).toEqual(['0', '2', '2', '0', '-2', '3']);
  });

  test.each(['', '-', '1.2.3', 'abc', '1e99999', '0xZZ', '--1', 'NaN', 'Infinity'])('%j is no number', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});
