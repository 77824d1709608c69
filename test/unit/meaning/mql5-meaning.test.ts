/** What MQL5 code means: names without `this`, constants, guards, roles. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/core/source/fold.ts';
import { guardsAt } from '../../../src/core/source/guards.ts';
import { qualifiedName } from '../../../src/core/source/meaning/qualified.ts';
import { rolesOf } from '../../../src/core/source/roles.ts';
import { definitionsOf } from '../../../src/core/source/scope.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { expression, read, spanOf } from './read.ts';

const mql = (text: string): SourceModel => read(text, 'ea.mq5');

/** The value of the argument of `Alert(…)`. */
function used(text: string): unknown {
  const model = mql(text);
  const call = expressionOf(model, 'Alert(');
  if (call.expr.kind !== 'call') { throw new Error('no call'); }
  return fold(model, call.expr.args[0]!.value, call.site)?.value;
}

function expressionOf(model: SourceModel, start: string): ReturnType<typeof expression> {
  const at = model.source.text.lastIndexOf(start);
  const end = model.source.text.indexOf(';', at);
  return expression(model, model.source.text.slice(at, end));
}

function guards(body: string, before = ''): readonly string[] {
  const model = mql(`${before}\nvoid OnTick() {\n${body}\n}`);
  expect(model.errors).toEqual([]);
  const fn = model.functions.find((one) => one.name === 'OnTick')!;
  return guardsAt(model, fn, spanOf(model, 'Print("x")')).map((guard) => guard.kind);
}

function roles(text: string, call: string): readonly string[] {
  const model = mql(text);
  const { expr, site } = expression(model, call);
  if (expr.kind !== 'call') { throw new Error('no call'); }
  return rolesOf(model, expr, site);
}

describe('names', () => {
  test('a name is the function\'s, then the class\'s, then the file\'s', () => {
    const model = mql('int a = 1; int b = 1; int c = 1;\nclass C { int a; int b; void M(); };\nvoid C::M() { int a; Alert(a); Alert(b); Alert(c); }');
    const at = (text: string): string => {
      const { expr, site } = expression(model, text);
      const argument = expr.kind === 'call' ? expr.args[0]!.value : expr;
      const found = argument.kind === 'name' ? definitionsOf(model, argument.name, site)[0] : undefined;
      return found?.function?.name ?? found?.class?.name ?? 'file';
    };
    expect([at('Alert(a)'), at('Alert(b)'), at('Alert(c)')]).toEqual(['M', 'C', 'file']);
  });

  test('a member of a base class of the file', () => {
    const model = mql('class A { protected: int m_x; };\nclass B : public A { void M() { Alert(m_x); } };');
    const { site } = expression(model, 'Alert(m_x)');
    expect(definitionsOf(model, 'm_x', site)[0]?.class?.name).toBe('A');
  });

  test('the platform\'s names, unless the file makes its own', () => {
    const model = mql('void f() { Print(1); }');
    const call = expression(model, 'Print');
    expect(qualifiedName(model, call.expr, call.site)).toBe('mql5.Print');
    const own = mql('void Print(int x) {} void f() { Print(1); }');
    const shadowed = expression(own, 'Print');
    expect(qualifiedName(own, shadowed.expr, shadowed.site)).toBeUndefined();
  });
});

describe('constants', () => {
  test.each([
    ['an input', 'input double Max = 5.5; void f() { Alert(Max); }', 5.5],
    ['a macro', '#define MAX 10.0\nvoid f() { Alert(MAX); }', 10],
    ['a macro made of others', '#define A 2\n#define B (A*3+1)\nvoid f() { Alert(B); }', 7],
    ['a negative macro', '#define A (-2.5)\nvoid f() { Alert(A); }', -2.5],
    ['a constant', 'const int K = 3; void f() { Alert(K * 2); }', 6],
    ['a variable of the file that nothing assigns', 'double g = 4; void f() { Alert(g); }', 4],
    ['a member that the constructor sets', 'class C { double m; public: C() { m = 5; } void M() { Alert(m); } };', 5],
    ['a member in the constructor\'s list', 'class C { double m; public: C() : m(5) {} void M() { Alert(m); } };', 5],
    ['text', 'void f() { Alert("a" "b"); }', 'ab'],
    ['a cast', 'input int N = 5; void f() { Alert((double)N); }', 5],
    ['an enumeration\'s value', 'enum E { A = 4 }; void f() { Alert(A); }', 4],
  ])('%s', (_name, text, value) => { expect(used(text)).toBe(value); });

  test.each([
    ['a variable that a function assigns', 'double g = 4; void f() { Alert(g); } void h() { g = 5; }'],
    ['a local that is counted', 'void f() { int n = 0; n++; Alert(n); }'],
    ['a local counted inside an expression', 'void f() { int n = 0; if (++n > 3) return; Alert(n); }'],
    ['a local assigned in a condition', 'void f() { int h = 0; if ((h = iMA(1)) < 0) return; Alert(h); }'],
    ['a local handed over by reference', 'void f() { double v = 0; Fill(v); Alert(v); }'],
    ['a local handed to the platform to fill', 'void f() { double v = 0; SymbolInfoDouble("x", 1, v); Alert(v); }'],
    ['a member that a method assigns', 'class C { double m; public: C() : m(5) {} void M() { Alert(m); } void N() { m = 6; } };'],
    ['a date', "void f() { Alert(D'2026.01.01'); }"],
    ['a macro with code in it', '#define A foo(1)\nvoid f() { Alert(A); }'],
  ])('unknown: %s', (_name, text) => { expect(used(text)).toBeUndefined(); });

  test('a value printed or handed over by value stays known', () => {
    expect(used('void Alert(double v) {} void f() { double v = 3; Print(v); Alert(v); }')).toBe(3);
  });
});

describe('guards', () => {
  test.each([
    ['a new bar, static', 'static datetime last; datetime t = iTime(_Symbol, PERIOD_M5, 0); if (t == last) return; last = t; Print("x");', '', ['new-bar']],
    ['a new bar, asked directly', 'static datetime last = 0; if (iTime(_Symbol, 0, 0) == last) return; last = iTime(_Symbol, 0, 0); Print("x");', '', ['new-bar']],
    ['a new bar, a variable of the file', 'datetime t = iTime(_Symbol, 0, 0); if (t != g_lastBar) { g_lastBar = t; Print("x"); }', 'datetime g_lastBar = 0;', ['new-bar']],
    ['a function that says new bar', 'if (!IsNewBar()) return; Print("x");', '', ['new-bar']],
    ['a function of the file that says new bar', 'if (IsNewBar()) { Print("x"); }', 'bool IsNewBar() { return true; }', ['new-bar']],
    ['a counter', 'static int n = 0; n++; if (n % 500 == 0) Print("x");', '', ['modulo']],
    ['a counter inside the condition', 'static int n = 0; if (++n % 500 != 0) return; Print("x");', '', ['modulo']],
    ['a throttle', 'static uint last = 0; if (GetTickCount() - last < 1000) return; last = GetTickCount(); Print("x");', '', ['throttle']],
    ['an input that is off', 'if (Verbose) Print("x");', 'input bool Verbose = false;', ['flag-off']],
    ['once', 'static bool done = false; if (!done) { done = true; Print("x"); }', '', ['once']],
    ['an order that failed', 'if (!OrderSend(request, result)) Print("x");', '', ['error']],
    ['an order that was sent', 'if (trade.Buy(0.1)) Print("x");', 'CTrade trade;', ['signal']],
    ['data is missing', 'if (CopyBuffer(h, 0, 0, 3, buffer) < 3) { Print("x"); return; }', '', ['error']],
    ['data is missing, told by a variable', 'int copied = CopyRates(_Symbol, 0, 0, 4, rates); if (copied <= 0) Print("x");', '', ['error']],
    ['a loop that tries again', 'int copied = CopyRates(_Symbol, 0, 0, 4, rates); while (copied < 0 && !IsStopped()) { Print("x"); copied = CopyRates(_Symbol, 0, 0, 4, rates); }', '', ['error']],
    ['a handle is invalid', 'if (h == INVALID_HANDLE) { Print("x"); return; }', '', ['error']],
    ['a case', 'switch (state) { case 1: Print("x"); break; }', '', ['signal']],
  ])('%s', (_name, body, before, kinds) => { expect(guards(body, before)).toEqual(kinds); });

  test.each([
    ['nothing', 'Print("x");', ''],
    ['an input that is on', 'if (Verbose) Print("x");', 'input bool Verbose = true;'],
    ['data is there', 'MqlTick tick; if (tick.bid > 0) Print("x");', ''],
    ['the last case', 'switch (state) { default: Print("x"); }', ''],
    ['data was copied', 'if (CopyBuffer(h, 0, 0, 3, buffer) < 3) return; Print("x");', ''],
    ['bars are there', 'if (Bars(_Symbol, _Period) < 100) return; Print("x");', ''],
    ['trading is allowed', 'if (!TerminalInfoInteger(TERMINAL_TRADE_ALLOWED)) return; Print("x");', ''],
    ['a tick was read', 'MqlTick tick; if (!SymbolInfoTick(_Symbol, tick)) return; Print("x");', ''],
    ['a loop that just runs', 'int i = 0; while (i < 3) { i++; Print("x"); }', ''],
    ['after a loop', 'for (int i = 0; i < 3; i++) { Work(i); } Print("x");', ''],
  ])('none: %s', (_name, body, before) => { expect(guards(body, before)).toEqual([]); });
});

describe('roles', () => {
  test.each([
    ['print', 'void f() { Print("x"); }', 'Print("x")', ['print']],
    ['a message', 'void f() { Alert("x"); }', 'Alert("x")', ['print', 'notify']],
    ['order', 'void f() { OrderSend(a, b); }', 'OrderSend(a, b)', ['order.submit']],
    ['a trade object of the file', 'CTrade trade; void f() { trade.Buy(1); }', 'trade.Buy(1)', ['order.submit']],
    ['a local trade object', 'void f() { CTrade t; t.PositionClose(1); }', 't.PositionClose(1)', ['order.close']],
    ['a member', 'class C { CTrade m; void M() { m.Sell(1); } };', 'm.Sell(1)', ['order.submit']],
    ['a member, out of the class', 'class C { CTrade m; void M(); }; void C::M() { m.Sell(1); }', 'm.Sell(1)', ['order.submit']],
    ['a member by this', 'class C { CTrade m; void M() { this.m.Sell(1); } };', 'this.m.Sell(1)', ['order.submit']],
    ['a pointer', 'CTrade *p; void f() { p = new CTrade(); p.OrderDelete(1); }', 'p.OrderDelete(1)', ['order.cancel']],
    ['a parameter', 'void f(CTrade &t) { t.PositionModify(1, 2, 3); }', 't.PositionModify(1, 2, 3)', ['order.modify']],
    ['a class derived from it', 'class CMy : public CTrade {}; CMy my; void f() { my.Buy(1); }', 'my.Buy(1)', ['order.submit']],
    ['an inherited member nobody sees', '#include "base.mqh"\nclass C : public CBase { void M() { m_trade.Buy(1); } };', 'm_trade.Buy(1)', ['order.submit']],
    ['server time', 'void f() { TimeCurrent(); }', 'TimeCurrent()', ['clock.server']],
    ['universal time', 'void f() { TimeGMT(); }', 'TimeGMT()', ['clock.utc']],
    ['the computer\'s time', 'void f() { TimeLocal(); }', 'TimeLocal()', ['clock.local']],
  ])('%s', (_name, text, call, wanted) => { expect(roles(text, call)).toEqual(wanted); });

  test('a function of the file is its own, whatever its name', () => {
    expect(roles('bool OrderSend(int a) { return true; } void f() { OrderSend(1); }', 'OrderSend(1)')).toEqual([]);
    expect(roles('class CTrade { public: bool Buy(int x) { return true; } }; CTrade trade; void f() { trade.Buy(1); }', 'trade.Buy(1)')).toEqual([]);
  });
});
