/** Typing in an open script: what stands around a half-typed statement stays what it is. */
import { afterEach, describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { read, syntax } from './support.ts';

const BASE = `export class TickBot extends Bot {
  private risk = new Risk();

  async onTick(tick: Tick) {
    one(1);

    if (two(2)) {
      three(3);
    }
    await this.risk.check(four(4));
  }

  later = () => five(5);
}

const tail = () => six(6);
`;
const CALLS = ['one(1)', 'two(2)', 'three(3)', 'four(4)', 'five(5)', 'six(6)'];

const open: SourceDocument[] = [];
afterEach(() => {
  for (const document of open.splice(0)) document.dispose();
  expect(syntax.liveTrees).toBe(0);
});

function visibleCalls(document: SourceDocument): readonly string[] {
  const calls: string[] = [];
  walkModule(document.model, {
    expression: (expr) => {
      const real = expr.kind === 'call' ? document.mapSpan(expr) : undefined;
      if (real !== undefined) calls.push(document.source.text.slice(real.start, real.end));
    },
  });
  return calls;
}

describe('typing in a script', () => {
  test.each([
    'const x = max(1, (2 + 3', 'if (total > (1', 'const names = ["a", "b"', 'const note = "open (', 'const text = `open ${', 'this.', 'for (const x of ', 'return {',
    'switch (x) { case ', 'while (true) {', 'items.map((x) => {', 'const { a, b', 'new ', 'await ', 'x = y ? ', 'function f(', 'class A {', '/* ', '// ', '<',
  ])('%s', (statement) => {
    const document = new SourceDocument('bot.ts', BASE, syntax, { budgetMs: 20_000 });
    open.push(document);
    const at = BASE.indexOf('    one(1);') + '    one(1);\n'.length;
    const shown = (typed: string): string => `${BASE.slice(0, at)}${typed}\n${BASE.slice(at)}`;
    document.update(shown(''));
    const lost = new Set<string>();
    for (let i = 1; i <= statement.length; i++) {
      document.update(shown(statement.slice(0, i)));
      const calls = visibleCalls(document);
      for (const call of CALLS) if (!calls.includes(call)) lost.add(call);
    }
    expect([...lost]).toEqual([]);
    document.update(shown(''));
    expect(document.dirty).toEqual([]);
    expect(document.model.functions).toEqual(read(document.source.text, 'bot.ts').functions);
  });
});
