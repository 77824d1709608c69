/** Notebooks and pages while they are being edited. */
import { beforeAll, describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const NOTEBOOK = `${JSON.stringify({ cells: [{ cell_type: 'code', source: ['a = 1\n', 'b = 2\n'] }, { cell_type: 'code', source: ['c = 3\n'] }], metadata: {}, nbformat: 4 }, undefined, 1)}\n`;
const PAGE = '# Desk\n\n```yaml\nmax_dd: 5\n```\n\n```python\nx = 1\n```\n';

describe.each([['n.ipynb', NOTEBOOK, 'b = 2', 'b = 25'], ['AGENTS.md', PAGE, 'max_dd: 5', 'max_dd: 55']])('%s', (path, text, from, to) => {
  test('an edit gives what reading the whole would give', () => {
    const document = new SourceDocument(path, text, syntax, { budgetMs: 2_000 });
    const after = text.replace(from, to);
    document.update(after);
    expect(document.model).toEqual(readSource(path, sourceOf(after), syntax, { budgetMs: 2_000 }));
    expect(document.dirty).toEqual([]);
    document.dispose();
    expect(syntax.liveTrees).toBe(0);
  });

  test('a statement that is being typed leaves the others in sight', () => {
    const document = new SourceDocument(path, text, syntax, { budgetMs: 2_000 });
    const before = document.model.body.length;
    document.update(text.replace(/([cx]) = (\d)/, '$1 = ('));
    expect(document.model.body.length).toBeGreaterThanOrEqual(before - 1);
    document.update(text);
    expect(document.model.body).toHaveLength(before);
    document.dispose();
    expect(syntax.liveTrees).toBe(0);
  });
});
