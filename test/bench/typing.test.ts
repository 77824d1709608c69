/**
 * Typing in a 2,000-line strategy, through the real server: every edit is answered in time, and no half-typed statement
 * takes away what is known of the others.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Edit, Language, Parser } from 'web-tree-sitter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LspClient, type LspDiagnostic } from '../support/lsp-client.ts';
import { bigStrategy, quantile } from './workspaces.ts';

interface TypedEdit { readonly line: number; readonly from: number; readonly to: number; readonly text: string }

/** Statements typed character by character into method bodies, wherever a method begins; then removed again at once. */
function script(text: string): TypedEdit[] {
  const lines = text.split('\n');
  const places = lines.flatMap((line, index) => (line.startsWith('        total = 0.0') ? [index] : []));
  const typed = ['        x = max(1, (2 + 3)', '        if total > (1', '        names = ["a", "b"', '        note = "open ('];
  const edits: TypedEdit[] = [];
  for (let i = 0; edits.length < 200; i++) {
    const line = places[(i * 7) % places.length];
    const statement = typed[i % typed.length];
    if (line === undefined || statement === undefined) { throw new Error('no place to type'); }
    // A new line first, then the statement in pieces of two characters, then away with it.
    edits.push({ line, from: 0, to: 0, text: '\n' });
    for (let at = 0; at < statement.length; at += 2) { edits.push({ line, from: at, to: at, text: statement.slice(at, at + 2) }); }
    edits.push({ line, from: 0, to: statement.length, text: '' });
  }
  return edits.slice(0, 200);
}

function apply(text: string, edit: TypedEdit): { readonly text: string; readonly start: number; readonly end: number } {
  let start = 0;
  for (let line = 0; line < edit.line; line++) { start = text.indexOf('\n', start) + 1; }
  const from = start + edit.from;
  const to = start + edit.to;
  return { text: text.slice(0, from) + edit.text + text.slice(to), start: from, end: to };
}

const identity = (item: LspDiagnostic): string => `${item.code} ${item.message}`;

describe('typing', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickguard-typing-'));
  const path = join(root, 'long.py');
  const uri = pathToFileURL(path).href;
  const client = new LspClient();
  let text = bigStrategy(2_000);
  beforeAll(async () => {
    writeFileSync(path, text);
    await client.initialize(root);
  });
  afterAll(async () => {
    await client.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('200 edits, 60 of them unparsable', async () => {
    const require = createRequire(import.meta.url);
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));

    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    const before = (await client.diagnostics(uri)).map(identity).sort();
    expect(before.length).toBeGreaterThanOrEqual(8);

    let tree = parser.parse(text);
    const answers: number[] = [];
    const parses: number[] = [];
    let unparsable = 0;
    let version = 1;
    for (const edit of script(text)) {
      const next = apply(text, edit);
      if (tree === null) { throw new Error('no tree'); }
      const position = { row: edit.line, column: edit.from };
      const started = performance.now();
      tree.edit(new Edit({
        startIndex: next.start, oldEndIndex: next.end, newEndIndex: next.start + edit.text.length, startPosition: position,
        oldEndPosition: { row: edit.line, column: edit.to },
        newEndPosition: edit.text === '\n' ? { row: edit.line + 1, column: 0 } : { row: edit.line, column: edit.from + edit.text.length },
      }));
      const parsed = parser.parse(next.text, tree);
      parses.push(performance.now() - started);
      tree.delete();
      tree = parsed;
      if (parsed?.rootNode.hasError === true) { unparsable++; }
      text = next.text;

      const sent = performance.now();
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: { line: edit.line, character: edit.from }, end: { line: edit.line, character: edit.to } }, text: edit.text }],
      });
      const items = await client.diagnostics(uri);
      answers.push(performance.now() - sent);
      expect(items.map(identity).sort(), `after ${JSON.stringify(edit)}`).toEqual(expect.arrayContaining(before));
    }
    tree?.delete();
    const p95 = quantile(answers, 0.95);
    const floor = quantile(parses, 0.95);
    const limit = Math.max(50, 8 * floor);
    console.log(`  edit to diagnostics: p50 ${quantile(answers, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; re-parse p95 ${floor.toFixed(1)} ms; limit ${limit.toFixed(0)} ms; ${unparsable} of ${answers.length} edits left it unparsable`);
    expect(unparsable).toBeGreaterThanOrEqual(60);
    expect(p95).toBeLessThanOrEqual(limit);
  });
});
