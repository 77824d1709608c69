/** Names, constants, guards and roles of TypeScript and JavaScript. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/core/source/fold.ts';
import { guardsAt } from '../../../src/core/source/guards.ts';
import { instanceClass } from '../../../src/core/source/meaning/classes.ts';
import { qualifiedName } from '../../../src/core/source/meaning/qualified.ts';
import { rolesOf } from '../../../src/core/source/roles.ts';
import { definitionsOf } from '../../../src/core/source/scope.ts';
import { expression, functionNamed, read, spanOf } from './read.ts';

describe('names', () => {
  test.each([
    ["import ccxt from 'ccxt';\nnew ccxt.binance();", 'ccxt.binance', 'ccxt.default.binance'],
    ["import * as ccxt from 'ccxt';\nccxt.pro();", 'ccxt.pro', 'ccxt.pro'],
    ["const ws = require('ws');\nws.connect();", 'ws.connect', 'ws.connect'],
    ["const { DateTime: D } = require('luxon');\nD.now();", 'D.now', 'luxon.DateTime.now'],
    ["import { readFile } from 'node:fs/promises';\nreadFile(x);", 'readFile', 'fs/promises.readFile'],
    ["import { Risk } from '../core/risk';\nnew Risk();", 'Risk', '..core/risk.Risk'],
    ['console.log(x);', 'console.log', 'globals.console.log'],
    ['const log = console.log;\nlog(x);', 'log', 'globals.console.log'],
    ['const { log } = console;\nlog(x);', 'log', 'globals.console.log'],
    ['function f(console) { console.log(1); }', 'console.log', undefined],
    ['print(x);', 'print', undefined],
  ])('%s', (text, part, expected) => {
    const model = read(text, 'a.ts');
    const { expr, site } = expression(model, part, part === 'log' ? 1 : 0);
    expect(qualifiedName(model, expr, site)).toBe(expected);
  });

  test('an assignment goes to the variable that is there, a declaration makes one', () => {
    const model = read('let last = 0;\nfunction onTick(t) {\n  let own = 1;\n  last = t.time;\n  (() => { own = 2; })();\n  use(last, own);\n}\n', 'a.js');
    const fn = functionNamed(model, 'onTick');
    expect(definitionsOf(model, 'last', { function: fn }).map((one) => one.function?.name)).toEqual([undefined, 'onTick']);
    expect(definitionsOf(model, 'own', { function: fn })).toHaveLength(2);
    expect(definitionsOf(model, 'last', {})).toHaveLength(2);
  });

  test('parameters and variables that are taken apart', () => {
    const model = read('function f({ price, size: [first] }, [a = 1], ...rest) {\n  const { x: { y = 2 }, ...others } = price;\n  use(price, first, a, rest, y, others);\n}\n', 'a.ts');
    const fn = functionNamed(model, 'f');
    for (const name of ['price', 'first', 'a', 'rest', 'y', 'others']) { expect([name, definitionsOf(model, name, { function: fn }).length]).toEqual([name, 1]); }
  });

  test('the class of a receiver', () => {
    const model = read('class Risk {}\nclass Bot {\n  #own = new Risk();\n  constructor(private typed: Risk, readonly any) { this.made = new Risk(); }\n'
      + '  f = () => { use(this.#own, this.typed, this.made, this.any); };\n  g() { later(() => this, function () { return this; }); }\n}\n', 'a.ts');
    const classOf = (text: string, nth = 0): string | undefined => {
      const { expr, site } = expression(model, text, nth);
      return instanceClass(model, expr, site)?.name;
    };
    expect(['this.#own', 'this.typed', 'this.any'].map((text) => classOf(text))).toEqual(['Risk', 'Risk', undefined]);
    expect(classOf('this.made', 1)).toBe('Risk');
    const selves = Array.from({ length: 7 }, (_, i) => { try { return classOf('this', i); } catch { return 'none'; } });
    expect(selves.slice(-2)).toEqual(['Bot', undefined]);
  });
});

describe('constants', () => {
  test.each([
    ['const x = 5 * 1_000;\nuse(x);', 'x', 5000],
    ["const x = 'a' + 'b';\nuse(x);", 'x', 'ab'],
    ['const x = `a${1}b`;\nuse(x);', 'x', 'a1b'],
    ['const c = { risk: { max: 5 } };\nuse(c.risk.max);', 'c.risk.max', 5],
    ["const c = Object.freeze({ max: 5 } as const);\nuse(c['max'], c.max);", 'c.max', 5],
    ['enum Side { Buy = 1, Sell = -1 }\nuse(Side.Sell);', 'Side.Sell', -1],
    ['class A { static max = 7; }\nuse(A.max);', 'A.max', 7],
    ['class A { max = 7; f() { use(this.max); } }', 'this.max', 7],
    ['class A { constructor() { this.max = 7; } f() { use(this.max); } }', 'this.max', 7],
    ['const x = null ?? 5;\nuse(x);', 'x', 5],
    ['const x = 0 ?? 5;\nuse(x);', 'x', 0],
    ['const x = 0 || 5;\nuse(x);', 'x', 5],
    ["import Decimal from 'decimal.js';\nconst x = new Decimal('0.1');\nuse(x);", 'x', 0.1],
    ['const x = Math.min(5, 3);\nuse(x);', 'x', 3],
    // ------------------------------------------------------------ not constant
    ['const x = process.env.MAX ?? 5;\nuse(x);', 'x', undefined],
    ['const x = Number(process.env.MAX || 5);\nuse(x);', 'x', undefined],
    ['let x = 5;\nfunction f() { x = 6; }\nuse(x);', 'x', undefined],
    ['let x = 5;\nif ((x = read())) {}\nuse(x);', 'x', undefined],
    ['const c = { max: 5 };\nc.max = 6;\nuse(c.max);', 'c.max', undefined],
    ['const c = { max: 5 };\nc.max *= 2;\nuse(c.max);', 'c.max', undefined],
    ['const c = { ...base, max: 5, ...other };\nuse(c.max);', 'c.max', undefined],
    ['const c = load({ max: 5 });\nuse(c.max);', 'c.max', undefined],
    ['class A { max = 7; f() { this.max = 8; use(this.max); } }', 'this.max', undefined],
  ])('%s', (text, part, expected) => {
    const model = read(text, 'a.ts');
    let nth = 0;
    for (; ; nth++) { try { expression(model, part, nth + 1); } catch { break; } }
    const { expr, site } = expression(model, part, nth);
    expect(fold(model, expr, site)?.value).toBe(expected);
  });
});

describe('roles', () => {
  test.each([
    ["import ccxt from 'ccxt';\nclass B { ex = new ccxt.binance(); f() { this.ex.createOrder(a); } }", 'this.ex.createOrder(a)', ['order.submit', 'http']],
    ['function f(exchange) { exchange.createMarketOrder(a); }', 'exchange.createMarketOrder(a)', ['order.submit']],
    ["import winston from 'winston';\nconst logger = winston.createLogger({});\nlogger.info(x);", 'logger.info(x)', ['log', 'log.info']],
    ["import pino from 'pino';\nconst say = pino();\nsay.debug(x);", 'say.debug(x)', ['log.debug']],
    ["import axios from 'axios';\naxios.get(x);", 'axios.get(x)', ['http']],
    ["import fs from 'fs';\nfs.writeFileSync(x);", 'fs.writeFileSync(x)', ['file']],
    ['process.stdout.write(x);', 'process.stdout.write(x)', ['print']],
    ['process.exit(1);', 'process.exit(1)', ['exit']],
    ['Date.now();', 'Date.now()', ['clock.epoch']],
    ["import { DateTime } from 'luxon';\nDateTime.now();", 'DateTime.now()', ['clock.local']],
    ['class A { log() {} f() { this.log(x); } }', 'this.log(x)', []],
  ])('%s', (text, part, expected) => {
    const model = read(text, 'a.ts');
    const { expr, site } = expression(model, part);
    expect(expr.kind === 'call' && rolesOf(model, expr, site)).toEqual(expected);
  });
});

describe('guards', () => {
  const kinds = (body: string, rest = ''): readonly string[] => {
    const model = read(`class Bot {\n  ${rest}\n  onTick(tick) {\n${body}\n  }\n}\n`, 'a.ts');
    return guardsAt(model, functionNamed(model, 'onTick'), spanOf(model, 'print(1)')).map((guard) => guard.kind);
  };

  test.each([
    ['nothing', 'print(1);', '', []],
    ['a counter', 'if (++this.n % 500 === 0) print(1);', '', ['modulo']],
    ['a counter that leaves', 'this.n++;\nif (this.n % 500 !== 0) return;\nprint(1);', '', ['modulo']],
    ['a throttle', 'if (Date.now() - this.last > 5000) { this.last = Date.now(); print(1); }', '', ['throttle']],
    ['a throttle that leaves', 'const now = Date.now();\nif (now - this.last < 5000) return;\nthis.last = now;\nprint(1);', '', ['throttle']],
    ['a new bar', 'if (tick.barTime !== this.lastBar) { this.lastBar = tick.barTime; print(1); }', '', ['new-bar']],
    ['an error', 'try { f(); } catch (e) { print(1); }', '', ['error']],
    ['an error of a type', 'if (tick instanceof Error) print(1);', '', ['error']],
    ['a signal', 'if (this.signal === "buy") print(1);', '', ['signal']],
    ['off', 'if (this.verbose) print(1);', 'verbose = false;', ['flag-off']],
    ['off, by an and', 'DEBUG && print(1);', '', ['signal']],
    ['once', 'if (!this.seen) { this.seen = true; print(1); }', 'seen = false;', ['once']],
    ['seen before', 'if (this.seen.has(tick.id)) return;\nthis.seen.add(tick.id);\nprint(1);', 'seen = new Set();', ['early-return']],
    ['a switch', 'switch (tick.type) { case "order": print(1); break; default: f(); }', '', ['signal']],
    ['data is there', 'if (tick == null) return;\nprint(1);', '', []],
    ['data is there, by truth', 'if (!tick) return;\nprint(1);', '', []],
    ['a window that is full', 'if (this.prices.length < 20) return;\nprint(1);', '', []],
    ['a window that fills', 'if (this.prices.length < 20) print(1);', '', ['warm-up']],
    ['the hours after a cut-off', 'if (new Date().getHours() >= 16) print(1);', '', []],
    ['a loss limit', 'if (this.loss >= this.maxLoss) { print(1); return; }', '', []],
  ])('%s', (_name, body, rest, expected) => {
    expect(kinds(body, rest)).toEqual(expected);
  });
});
