import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import { beforeAll, describe, expect, test } from 'vitest';
import { Cursor, type CursorFunctions } from '../../../src/core/source/syntax/cursor.ts';
import { bigStrategy, plainModule } from '../../bench/python-code.ts';

type Step = readonly [depth: number, type: number, field: number, missing: boolean, start: number, end: number];

interface Walker {
  readonly nodeTypeId: number;
  readonly currentFieldId: number;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** Every node of a tree in walking order, as one walker sees it. */
function steps(cursor: Walker): Step[] {
  const out: Step[] = [];
  let depth = 0;
  for (;;) {
    out.push([depth, cursor.nodeTypeId, cursor.currentFieldId, cursor.nodeIsMissing, cursor.startIndex, cursor.endIndex]);
    if (cursor.gotoFirstChild()) { depth++; continue; }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) { return out; }
      depth--;
    }
  }
}

describe('Cursor', () => {
  const library = {};
  const parser = { current: undefined as Parser | undefined };
  beforeAll(async () => {
    await Parser.init(library);
    parser.current = new Parser();
    parser.current.setLanguage(await Language.load(createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm')));
  });

  test.each([
    ['a strategy', bigStrategy(400)],
    ['a module', plainModule(3)],
    ['astral characters', 'x = "𝄞𝄞"  # 𝄞\ny = x\n'],
    ['errors and missing nodes', 'def f(a, b:\n    print("x"\nclass :\n  y = (1,\n'],
    ['nothing', ''],
    ['a long chain', `x = ${'a + '.repeat(5_000)}a\n`],
  ])('sees what the library\'s own cursor sees: %s', (_name, text) => {
    const tree = parser.current?.parse(text);
    if (tree === undefined || tree === null) { throw new Error('no tree'); }
    try {
      const theirs = tree.walk();
      const expected = steps(theirs);
      theirs.delete();
      const ours = new Cursor(tree, library as CursorFunctions);
      const seen = steps(ours);
      ours.close();
      expect(seen.length).toBe(expected.length);
      expect(seen).toEqual(expected);
    } finally {
      tree.delete();
    }
  });
});
