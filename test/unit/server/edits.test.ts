import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix } from '../../../src/core/findings/finding.ts';
import { clientFeatures } from '../../../src/server/client.ts';
import { fixEdits, insertionEdit, joinFixes } from '../../../src/server/edits.ts';

const fix = (...edits: readonly (readonly [number, number, string])[]): Fix => ({
  title: 'fix', safe: true, edits: edits.map(([start, end, text]) => ({ start, end, text })),
});
const client = (snippets: boolean) => clientFeatures({
  processId: null, rootUri: null,
  capabilities: { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: snippets } } },
});

describe('joining fixes', () => {
  test('keeps the first of two that touch, and whole fixes only', () => {
    expect(joinFixes([fix([4, 6, 'a']), fix([6, 8, 'b'], [20, 21, 'c']), fix([10, 12, 'd'])]))
      .toEqual([{ start: 4, end: 6, text: 'a' }, { start: 10, end: 12, text: 'd' }]);
  });

  test('two insertions at one place would change their order: one is left', () => {
    expect(joinFixes([fix([4, 4, 'a']), fix([4, 4, 'b'])])).toEqual([{ start: 4, end: 4, text: 'a' }]);
  });

  test('the result never overlaps and is sorted', () => {
    const edit = fc.tuple(fc.nat(50), fc.nat(5)).map(([start, length]) => [start, start + length, 'x'] as const);
    fc.assert(fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 1 })), (all) => {
      const joined = joinFixes(all.map((edits) => fix(...edits)));
      joined.slice(1).forEach((next, index) => { expect(next.start).toBeGreaterThan(joined[index]?.end ?? -1); });
      expect(joined.length > 0).toBe(all.length > 0);
    }), { seed: 3 });
  });
});

test('offsets become places behind characters of two UTF-16 units and CRLF', () => {
  const document = TextDocument.create('file:///a.py', 'python', 7, 'x = "🦉"\r\ny = 1\r\n');
  const at = document.getText().indexOf('1');
  expect(fixEdits(document, fix([at, at + 1, '2']))).toEqual([
    { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } }, newText: '2' },
  ]);
});

describe('an insertion with a reason', () => {
  const document = TextDocument.create('file:///a.py', 'python', 7, 'x = 1\n');
  const text = '# tickguard: ignore[SEC001/a] $5 \\ {is} right\n';
  const insertion = { offset: 0, text, reason: { start: 30, end: text.length - 1 } };

  test('is a snippet whose special characters are escaped', () => {
    const edit = insertionEdit(client(true), document, document.positionAt(insertion.offset), insertion);
    expect(JSON.stringify(edit)).toContain(JSON.stringify('# tickguard: ignore[SEC001/a] ${1:\\$5 \\\\ {is\\} right}\n').slice(1, -1));
  });

  test('is plain text for a client without snippets', () => {
    expect(insertionEdit(client(false), document, document.positionAt(insertion.offset), insertion)).toEqual({
      documentChanges: [{
        textDocument: { uri: 'file:///a.py', version: 7 },
        edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text }],
      }],
    });
  });
});
