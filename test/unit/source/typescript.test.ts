import { describe, expect, test } from 'vitest';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { outline, read, sketch, slice, spansOf } from './support.ts';

function ts(text: string, path = 'bot.ts'): SourceModel {
  const model = read(text, path);
  expect(model.errors).toEqual([]);
  return model;
}

function shape(text: string): string {
  const model = ts(text);
  const statement = model.body[0]!;
  if (statement.kind !== 'expression') throw new Error(`no expression: ${statement.kind}`);
  return sketch(model, statement.value);
}

describe('expressions', () => {
  test.each([
    ['a?.b', 'member:b⟨a?.b⟩(name⟨a⟩)'],
    ['this.risk.check(1, ...xs)', 'call:_,*⟨this.risk.check(1, ...xs)⟩(member:check⟨this.risk.check⟩(member:risk⟨this.risk⟩(name⟨this⟩)) literal:number=1⟨1⟩ name⟨xs⟩)'],
    ['new Bot(a)', 'call⟨new Bot(a)⟩(name⟨Bot⟩ name⟨a⟩)'],
    ['new Bot', 'call⟨new Bot⟩(name⟨Bot⟩)'],
    ['a === b', 'compare:==⟨a === b⟩(name⟨a⟩ name⟨b⟩)'],
    ['a !== null', 'compare:!=⟨a !== null⟩(name⟨a⟩ literal:none=null⟨null⟩)'],
    ['!a && b && c', 'boolean:and⟨!a && b && c⟩(unary:not⟨!a⟩(name⟨a⟩) name⟨b⟩ name⟨c⟩)'],
    ['a ?? 5', 'boolean:or⟨a ?? 5⟩(name⟨a⟩ literal:number=5⟨5⟩)'],
    ['a + b - c * d', 'binary:+,-⟨a + b - c * d⟩(name⟨a⟩ name⟨b⟩ binary:*⟨c * d⟩(name⟨c⟩ name⟨d⟩))'],
    ['a ? b : c', 'conditional⟨a ? b : c⟩(name⟨b⟩ name⟨a⟩ name⟨c⟩)'],
    ['(a as Bot).b!.c', 'member:c⟨(a as Bot).b!.c⟩(member:b⟨(a as Bot).b⟩(name⟨a⟩))'],
    ['x satisfies T', 'name⟨x⟩'],
    ['<T>x', 'name⟨x⟩'],
    ['`a`', 'literal:string="a"⟨`a`⟩'],
    ['`a${b}c\\n`', 'template⟨`a${b}c\\n`⟩(literal:string="a"⟨a⟩ name⟨b⟩ literal:string="c\\n"⟨c\\n⟩)'],
    ['a[b]', 'index⟨a[b]⟩(name⟨a⟩ name⟨b⟩)'],
    ['await f<T>(x)', 'await⟨await f<T>(x)⟩(call⟨f<T>(x)⟩(name⟨f⟩ name⟨x⟩))'],
    ['super.check()', 'call⟨super.check()⟩(member:check⟨super.check⟩(name⟨super⟩))'],
    ['f(undefined)', 'call⟨f(undefined)⟩(name⟨f⟩ literal:none=null⟨undefined⟩)'],
    ['f({ a, b: 1, [c]: 2, ...d })', 'call⟨f({ a, b: 1, [c]: 2, ...d })⟩(name⟨f⟩ collection:dict⟨{ a, b: 1, [c]: 2, ...d }⟩(literal:string="a"⟨a⟩ name⟨a⟩ literal:string="b"⟨b⟩ literal:number=1⟨1⟩ name⟨c⟩ literal:number=2⟨2⟩ name⟨d⟩))'],
    ['f(a = 1)', 'call⟨f(a = 1)⟩(name⟨f⟩ unknown:named_expression⟨a = 1⟩(name⟨a⟩ literal:number=1⟨1⟩))'],
    ['f(0x1_0, 1e3, 10n)', 'call⟨f(0x1_0, 1e3, 10n)⟩(name⟨f⟩ literal:number=16⟨0x1_0⟩ literal:number=1000⟨1e3⟩ literal:number=10⟨10n⟩)'],
  ])('%s', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  test('a concatenation of 20,000 terms, calls and conditions nested as deep', () => {
    const sum = Array.from({ length: 20_000 }, (_, i) => `a${i}`).join(' + ');
    const model = ts(`const x = ${sum};`);
    const value = model.body[0]!.kind === 'assign' ? model.body[0].value : undefined;
    expect(value?.kind === 'binary' && value.operands.length).toBe(20_000);
    expect(spansOf(ts(`const y = ${'f('.repeat(5_000)}${')'.repeat(5_000)};`)).length).toBeGreaterThan(10_000);
    const chain = Array.from({ length: 5_000 }, (_, i) => `if (a === ${i}) { f(); }`).join(' else ');
    const branches = ts(chain).body[0]!;
    expect(branches.kind === 'if' && branches.branches.length).toBe(5_000);
  });
});

describe('statements and declarations', () => {
  test('a bot', () => {
    const model = ts(`import { Risk } from './risk';
export default class Bot extends Base<T> implements Runner {
  private risk = new Risk();
  static limit = 5;
  onTick = async (tick: Tick) => { this.risk.check(tick); };
  @log() get open(): number { return 1; }
  constructor(private readonly ex: Exchange, size = 1) { super(); }
  *run() { while (true) { yield this.ex; } }
}
const stop = () => done(), start = function () {};
`);
    expect(outline(model)).toEqual([
      "import ⟨import { Risk } from './risk';⟩",
      'class ⟨class Bot extends Base<T> implements Runner {…}⟩',
      '  Bot Base | Runner',
      '    assign ⟨private risk = new Risk()⟩ risk | new Risk()',
      '    assign ⟨static limit = 5⟩ limit | 5',
      '    function ⟨onTick = async (tick: Tick) => { this.risk.check(tick); }⟩',
      '      Bot.onTick Tick',
      '        expression ⟨this.risk.check(tick);⟩ this.risk.check(tick)',
      '    function ⟨@log() get open(): number { return 1; }⟩',
      '      Bot.open log() | number',
      '        return ⟨return 1;⟩ 1',
      '    function ⟨constructor(private readonly ex: Exchange, size = 1) { super(); }⟩',
      '      Bot.constructor Exchange | 1',
      '        assign ⟨ex: Exchange⟩ ex | ex',
      '        expression ⟨super();⟩ super()',
      '    function ⟨*run() { while (true) { yield this.ex; } }⟩',
      '      Bot.run',
      '        loop ⟨while (true) { yield this.ex; }⟩ true',
      '          -',
      '            expression ⟨yield this.ex;⟩ yield this.ex',
      'function ⟨const stop = () => done()⟩',
      '  stop',
      '    return ⟨done()⟩ done()',
      'function ⟨start = function () {};⟩',
      '  start',
    ]);
    expect(model.functions.map((fn) => [fn.qualifiedName, fn.async, fn.generator, fn.accessor])).toEqual([
      ['Bot.onTick', true, false, undefined], ['Bot.open', false, false, 'get'], ['Bot.constructor', false, false, undefined],
      ['Bot.run', false, true, undefined], ['stop', false, false, undefined], ['start', false, false, undefined],
    ]);
    expect(model.exports).toEqual([{ name: 'default', local: 'Bot' }]);
  });

  test('control flow', () => {
    expect(outline(ts(`for (let i = 0; i < n; i++) f(i);
for (const [k, v] of xs) { g(k); }
for (;;) { h(); }
do { a(); } while (b);
switch (x) { case 1: case 2: c(); break; default: d(); }
if (a) b(); else if (c) { d(); } else e();
try { f(); } catch (err) { g(err); } finally { h(); }
throw new Error('x');
n++;
a.b += 2;
let u: string;
const { p, q: r = 1, ...rest } = o;
`))).toEqual([
      'loop ⟨for (let i = 0; i < n; i++) f(i);⟩ i | 0; i < n',
      '  -', '    assign ⟨i++⟩ i | ++', '    expression ⟨f(i);⟩ f(i)',
      'loop ⟨for (const [k, v] of xs) { g(k); }⟩ [k, v] | xs', '  -', '    expression ⟨g(k);⟩ g(k)',
      'loop ⟨for (;;) { h(); }⟩ for', '  -', '    expression ⟨h();⟩ h()',
      'loop ⟨do { a(); } while (b);⟩ b', '  -', '    expression ⟨a();⟩ a()',
      'match ⟨switch (x) { case 1: case 2: c(); break; default: d(); }⟩ x | 1 | 2 | default',
      '  -', '    expression ⟨c();⟩ c()', '  -', '    expression ⟨d();⟩ d()',
      'if ⟨if (a) b(); else if (c) { d(); } else e();⟩ a | c',
      '  -', '    expression ⟨b();⟩ b()', '  -', '    expression ⟨d();⟩ d()', '  -', '    expression ⟨e();⟩ e()',
      'try ⟨try { f(); } catch (err) { g(err); } finally { h(); }⟩',
      '  -', '    expression ⟨f();⟩ f()', '  -', '    expression ⟨g(err);⟩ g(err)', '  -', '    expression ⟨h();⟩ h()',
      "raise ⟨throw new Error('x');⟩ new Error('x')",
      'assign ⟨n++;⟩ n | ++',
      'assign ⟨a.b += 2;⟩ a.b | 2',
      'assign ⟨let u: string;⟩ u | string',
      'assign ⟨const { p, q: r = 1, ...rest } = o;⟩ { p, q: r = 1, ...rest } | o',
    ]);
  });

  test.each([
    ["import a, { b as c, type D } from './x/y.js'", [[1, 'x/y.js', 'default', 'a', false], [1, 'x/y.js', 'b', 'c', false], [1, 'x/y.js', 'D', 'D', true]]],
    ["import * as ns from '../../lib'", [[3, 'lib', undefined, 'ns', false]]],
    ["import type { T } from 'node:events'", [[0, 'events', 'T', 'T', true]]],
    ["import './side'", [[1, 'side', undefined, '', false]]],
    ["export { a as b } from '.'", [[1, '', 'a', 'b', false]]],
    ["export * from './all'", [[1, 'all', '*', '*', false]]],
    ["const ws = require('ws')", [[0, 'ws', undefined, 'ws', false]]],
    ["const { a, b: c } = require('./r')", [[1, 'r', 'a', 'a', false], [1, 'r', 'b', 'c', false]]],
    ["const m = (await import('./dyn')).default", [[1, 'dyn', 'default', 'm', false]]],
    ["import q = require('./q')", [[1, 'q', undefined, 'q', false]]],
  ])('%s', (text, expected) => {
    expect(ts(text).imports.map((one) => [one.level, one.module, one.name, one.alias, one.typeOnly])).toEqual(expected);
  });

  test('a class inside an expression is visited once, behind its statement', () => {
    const model = ts('module.exports = class Bot { run() { go(); } };\nconst mix = (b) => class extends b { stop() { halt(); } };');
    expect(model.classes.map((cls) => cls.name)).toEqual(['Bot', '<class>']);
    const calls: string[] = [];
    walkModule(model, { expression: (expr) => { if (expr.kind === 'call') calls.push(slice(model, expr)); } });
    expect(calls.sort()).toEqual(['go()', 'halt()']);
  });

  test('methods of object literals are functions without a class, wherever they stand', () => {
    const model = ts('class A { map = { run() { go(); }, get x() { return 1; } }; stop() {} }');
    expect(model.functions.map((fn) => [fn.qualifiedName, fn.class, fn.ownThis])).toEqual([
      ['A.<lambda:1>', undefined, true], ['A.<lambda:2>', undefined, true], ['A.stop', 0, undefined],
    ]);
  });

  test('elements, and JavaScript by the same reader', () => {
    const model = ts('const view = <Chart data={load(x)}>{items.map((i) => <b>{i}</b>)}</Chart>;', 'view.jsx');
    expect(model.language).toBe('javascript');
    const calls: string[] = [];
    walkModule(model, { expression: (expr) => { if (expr.kind === 'call') calls.push(slice(model, expr.callee)); } });
    expect(calls).toEqual(['load', 'items.map']);
  });

  test('what stands around an error is kept', () => {
    const model = read('class Bot {\n  a() { one(); }\n  b() { this.; }\n  c() { two(); }\n}\nfunction d() { three(); }\n', 'bot.ts');
    expect(model.errors.length).toBeGreaterThan(0);
    expect(model.functions.map((fn) => fn.qualifiedName)).toEqual(['Bot.a', 'Bot.b', 'Bot.c', 'd']);
  });

  test('comments without their marks', () => {
    expect(ts('// a\nf(); /* b */\n/**\n * c\n * d\n */\n').comments.map((one) => [one.text, one.ownLine])).toEqual([['a', true], ['b', false], ['c\nd', true]]);
  });
});
