/** Variables of one name in several blocks: each call goes to its own. */
import { expect, test } from 'vitest';
import { bindingsOf } from '../../../src/core/source/meaning/bindings.ts';
import { definitionsOf } from '../../../src/core/source/scope.ts';
import { read } from '../meaning/read.ts';

/** The line on which the variable is declared that the n-th use `seen(x)` means, one entry a use. */
function declared(code: string, path = 'bot.ts'): readonly (readonly number[])[] {
  const model = read(code, path);
  expect(model.errors).toEqual([]);
  expect(bindingsOf(model)).toBeDefined();
  const line = (offset: number): number => code.slice(0, offset).split('\n').length;
  const fn = model.functions.find(({ name }) => name === 'run');
  const site = fn === undefined ? {} : { function: fn };
  return [...code.matchAll(/seen\(x\)/g)].map(({ index }) => definitionsOf(model, 'x', site, index + 'seen('.length).map(({ target }) => line(target.start)));
}

test.each([
  ['two branches', 'function run(a) {\n  if (a) {\n    const x = 1; seen(x);\n  } else {\n    const x = 2; seen(x);\n  }\n}', [[3], [5]]],
  ['an inner block over the function', 'function run(a) {\n  let x = 1;\n  if (a) {\n    let x = 2; seen(x);\n  }\n  seen(x);\n}', [[4], [2]]],
  ['an assignment inside a block', 'function run(a) {\n  let x = 1;\n  if (a) {\n    x = 2; seen(x);\n  }\n}', [[2, 4]]],
  ['loops', 'function run(a) {\n  for (const x of a) {\n    seen(x);\n  }\n  for (const x of a) {\n    seen(x);\n  }\n}', [[2], [5]]],
  ['a parameter behind a block', 'function run(x) {\n  if (x) {\n    const x = 2; seen(x);\n  }\n  seen(x);\n}', [[3], [1]]],
  ['a var belongs to the function', 'function run(a) {\n  if (a) {\n    var x = 1;\n  }\n  seen(x);\n}', [[3]]],
  ['a catch', 'function run(a) {\n  const x = 1;\n  try {\n    a();\n  } catch (x) {\n    seen(x);\n  }\n  seen(x);\n}', [[5], [2]]],
  ['the file behind a block', 'const x = 0;\nfunction run(a) {\n  if (a) {\n    const x = 2; seen(x);\n  }\n  seen(x);\n}', [[4], [1]]],
  ['cases of a switch', 'function run(a) {\n  switch (a) {\n    case 1: {\n      const x = 1; seen(x); break;\n    }\n    case 2: {\n      const x = 2; seen(x);\n    }\n  }\n}', [[4], [7]]],
])('%s', (_name, code, lines) => {
  expect(declared(code)).toEqual(lines);
});
