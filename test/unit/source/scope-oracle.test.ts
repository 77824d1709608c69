/**
 * Names to the places that give them their value, against the scope manager of typescript-eslint: on TypeScript and
 * JavaScript that packages ship, a name must mean definitions of its own variable and of no other.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseForESLint } from '@typescript-eslint/parser';
import { expect, test } from 'vitest';
import type { Expr, SourceModel } from '../../../src/core/source/model.ts';
import { definitionsOf, type NameSite } from '../../../src/core/source/scope.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { read } from './support.ts';
import { filesUnder } from '../../support/package-files.ts';

const long = process.env['TICKGUARD_LONG'] === '1';
/** Packages with sources in them, and how many files of each are read. */
const SOURCES: readonly (readonly [string, RegExp, number])[] = [
  ['zod/src', /\.ts$/, 40], ['ajv/lib', /\.ts$/, 60], ['@azure/msal-browser/src', /\.ts$/, 40], ['@azure/msal-common/src', /\.ts$/, 30], ['cheerio/src', /\.ts$/, 20],
  ['eslint/lib', /\.js$/, 60], ['yaml/dist', /\.js$/, 30], ['mocha/lib', /\.m?js$/, 30],
];
const LARGEST = 120_000;

/** Where an identifier stands → the variable it is, as a number. */
function variablesOf(text: string, path: string): { readonly at: ReadonlyMap<number, number>; readonly uses: ReadonlySet<number>; readonly imports: ReadonlySet<number> } {
  const { scopeManager } = parseForESLint(text, { range: true, loc: false, comment: false, tokens: false, ecmaFeatures: { jsx: /x$|js$/.test(path) }, jsDocParsingMode: 'none', sourceType: 'module' });
  const at = new Map<number, number>();
  const imports = new Set<number>();
  const uses = new Set<number>();
  let count = 0;
  for (const scope of scopeManager.scopes) {
    for (const variable of scope.variables) {
      // A class names itself inside and outside; a name without a place is one of the language.
      const places = [...variable.identifiers.map((one) => one.range[0]), ...variable.references.map((one) => one.identifier.range[0])];
      if (variable.identifiers.length === 0) continue;
      const known = variable.identifiers.map((one) => at.get(one.range[0])).find((one) => one !== undefined);
      const id = known ?? count++;
      for (const place of places) at.set(place, id);
      // What stands in a type is no value, and a place that declares is no use.
      const types = variable.defs.every((one) => one.type === 'Type');
      const declared = new Set(variable.identifiers.map((one) => one.range[0]));
      for (const { identifier: { range: [place] }, isTypeReference } of variable.references) if (!types && !isTypeReference && !declared.has(place)) uses.add(place);
      // The model gives an import or a `catch` the place of its clause, and takes `const x = require(…)` for an import.
      if (variable.defs.some((one) => one.type === 'ImportBinding' || one.type === 'CatchClause' || /\b(?:require|import)\s*\(/.test(text.slice(...one.node.range)))) imports.add(id);
    }
  }
  return { at, uses, imports };
}

interface Tally { references: number; readonly mixed: string[]; readonly missed: string[] }

function compare(model: SourceModel, { at: theirs, uses, imports }: ReturnType<typeof variablesOf>, path: string, tally: Tally): void {
  const line = (offset: number): number => model.source.text.slice(0, offset).split('\n').length;
  walkModule(model, {
    expression: (expr: Expr, site: NameSite) => {
      if (expr.kind !== 'name') return;
      const variable = theirs.get(expr.start);
      if (variable === undefined || !uses.has(expr.start)) return;
      tally.references++;
      const meant = definitionsOf(model, expr.name, site, expr.start).map(({ target, imported, parameter, statement }) => (imported === undefined && statement?.kind !== 'try' ? theirs.get(parameter?.rest === undefined ? target.start : target.start + '...'.length) : imports.has(variable) ? variable : undefined));
      const ids = meant.filter((one) => one !== undefined);
      if (ids.some((one) => one !== variable)) tally.mixed.push(`${path}:${line(expr.start)} ${expr.name}`);
      else if (!ids.includes(variable)) tally.missed.push(`${path}:${line(expr.start)} ${expr.name}`);
    },
  });
}

test('a name means its own variable', () => {
  const tally: Tally = { references: 0, mixed: [], missed: [] };
  let files = 0;
  for (const [folder, wanted, most] of SOURCES) {
    for (const path of filesUnder(realpathSync(join('node_modules', folder)), wanted, long ? most : Math.ceil(most / 8), LARGEST)) {
      const text = readFileSync(path, 'utf8');
      let theirs: ReturnType<typeof variablesOf>;
      try { theirs = variablesOf(text, path); } catch { continue; }
      files++;
      compare(read(text, path.split(sep).slice(-2).join('/')), theirs, path.split(`node_modules${sep}`).at(-1) ?? path, tally);
    }
  }
  const { references, mixed, missed } = tally;
  process.stdout.write(`${files} files, ${references} names; ${mixed.length} mean another variable as well, ${missed.length} miss their own\n`);
  expect(mixed.slice(0, 20)).toEqual([]);
  expect(missed.slice(0, 20)).toEqual([]);
  expect(files).toBeGreaterThanOrEqual(long ? 200 : 25);
}, 300_000);

/** Forms that packages seldom ship: blocks that stand alone, with every kind of declaration, and what shares one block. */
const FORMS: Readonly<Record<string, string>> = {
  'a block over the function': 'function f(a) { const x = 1; { const x = 2; a(x); } a(x); }',
  'blocks one after the other': 'function f(a) { { let x = 1; a(x); x = 2; } { let x = 3; a(x); } { a(1); } }',
  'blocks in blocks': 'function f(a) { const x = 0; { const x = 1; { const x = 2; a(x); } a(x); { a(x); } } a(x); }',
  'a block in a branch and in a loop': 'function f(a) { for (const x of a) { { const x = 1; a(x); } a(x); } if (a) { const x = 2; { const x = 3; a(x); } a(x); } }',
  'a block of the file': 'const x = 1; { const x = 2; log(x); function y() { return x; } y(); } log(x);',
  'functions and classes of a block': 'function y() {} class Z {} function f(a) { { function y() {} class Z {} a(y, new Z()); } a(y, new Z()); }',
  'what is used before its block declares it': 'function f(a) { const x = 1; { const g = () => x; const x = 2; a(g); } a(x); }',
  'a closure over a block': 'function f(a) { const x = 1; { const x = 2; a(() => x); } a(() => x); }',
  'a var of a block': 'function f(a) { { var x = 1; const y = 2; a(y); } a(x); }',
  'patterns of a block': 'function f(a) { const { x, y: [z] } = a; { const { x, ...z } = a; a(x, z); } a(x, z); }',
  'cases share one block': 'function f(a) { const x = 0; switch (a) { case 1: let x = 1; a(x); break; case 2: x = 2; a(x); } a(x); }',
  'cases with blocks': 'function f(a) { switch (a) { case 1: { const x = 1; a(x); break; } case 2: { const x = 2; a(x); } default: { const x = 3; a(x); } } }',
  'a label': 'function f(a) { const x = 1; done: { const x = 2; if (a(x)) break done; } a(x); }',
  'static blocks': 'const x = 1; class C { static y = x; static { const x = 2; log(x); { const x = 3; log(x); } } static { log(x); } }',
  'a function in a static block': 'class C { static { const x = 2; C.go = () => x; } }',
  'a catch that takes apart': 'function f(a) { const m = 1; try { a(); } catch ({ message: m }) { a(m); } a(m); }',
  'a try': 'function f(a) { const x = 1; try { const x = 2; a(x); } finally { const x = 3; a(x); } a(x); }',
  'defaults that use parameters': 'function f(a, b = a, { c = b, d: [e = c] } = {}) { return [a, b, c, e]; } const g = (a, h = () => a) => h(a);',
  'a method with a default': 'const a = 1; class C { m(a, b = a) { return b; } } const o = { m(a, b = a.b) { return b; } };',
  'the own name of a function': 'const g = function f(n) { return f(n - 1); }; g(1); use(function h() { return h; });',
  'an own name behind a parameter': 'use(function f(f) { return f; }); use(function f() { const f = 1; return f; }); const f = 2; use(f);',
  'the own name of a class': 'const A = class B { m() { return B; } }; const B = 1; use(A, B);',
  'a generator': 'function* f(a, b = a) { const x = yield a; { const x = yield* b; a(x); } a(x); }',
};

test.each(Object.entries(FORMS))('%s', (name, text) => {
  const tally: Tally = { references: 0, mixed: [], missed: [] };
  const model = read(text, 'bot.js');
  expect(model.errors).toEqual([]);
  compare(model, variablesOf(text, 'bot.js'), name, tally);
  expect({ mixed: tally.mixed, missed: tally.missed }).toEqual({ mixed: [], missed: [] });
  expect(tally.references).toBeGreaterThan(1);
});
