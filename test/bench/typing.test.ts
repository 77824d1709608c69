/**
 * Typing in a 2,000-line program, through the real server: every edit is answered in time, and no half-typed statement
 * takes away what is known of the others.
 */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Edit, Language, Parser, type Tree } from 'web-tree-sitter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slownessOfStarts } from '../support/machine.ts';
import { LspClient, type LspDiagnostic } from '../support/lsp-client.ts';
import { type BenchLanguage, LANGUAGES } from './languages.ts';
import { type Applied, apply, script, type TypedEdit } from './typed-edits.ts';
import { quantile, writeFiles } from './workspaces.ts';

/** Rule, message and the code a finding is shown under; the same finding twice counts twice. */
function identities(items: readonly LspDiagnostic[], text: string): readonly string[] {
  const lines = text.split('\n');
  const counts = new Map<string, number>();
  return items.map(({ code, message, range: { start, end } }) => {
    const shown = lines.slice(start.line, end.line + 1).map((line, at) => line.slice(at === 0 ? start.character : 0, start.line + at === end.line ? end.character : undefined));
    const name = `${code} ${message} ${shown.join('\n')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return `${name} ${counts.get(name)}`;
  });
}

/** The floor: the grammar alone, told of each edit. */
class Reparse {
  readonly times: number[] = [];
  unparsable = 0;
  readonly #parser = new Parser();
  readonly #mask: (text: string) => string;
  #tree: Tree | null;

  private constructor(language: Language, text: string, mask: (text: string) => string) {
    this.#mask = mask;
    this.#parser.setLanguage(language);
    this.#tree = this.#parser.parse(mask(text));
    expect(this.#tree?.rootNode.hasError, 'the code parses before anybody types').toBe(false);
  }

  static async of({ grammar, mask = (text) => text }: BenchLanguage, text: string): Promise<Reparse> {
    await Parser.init();
    return new Reparse(await Language.load(createRequire(import.meta.url).resolve(grammar)), text, mask);
  }

  /** Masking is no part of the floor: a bare grammar would not do it. */
  take(edit: TypedEdit, next: Applied): void {
    if (this.#tree === null) { throw new Error('no tree'); }
    const text = this.#mask(next.text);
    const position = { row: edit.line, column: edit.from };
    const started = performance.now();
    this.#tree.edit(new Edit({
      startIndex: next.start, oldEndIndex: next.end, newEndIndex: next.start + edit.text.length, startPosition: position,
      oldEndPosition: { row: edit.line, column: edit.to },
      newEndPosition: edit.text === '\n' ? { row: edit.line + 1, column: 0 } : { row: edit.line, column: edit.from + edit.text.length },
    }));
    const parsed = this.#parser.parse(text, this.#tree);
    this.times.push(performance.now() - started);
    this.#tree.delete();
    this.#tree = parsed;
    if (parsed?.rootNode.hasError === true) { this.unparsable++; }
  }

  end(): void {
    this.#tree?.delete();
    this.#parser.delete();
  }
}

/** The findings of a document once it was read: the first reading of a process is the slowest, and a busy machine may not get through in time. */
async function opened(client: LspClient, uri: string, language: BenchLanguage, text: string): Promise<readonly LspDiagnostic[]> {
  for (let attempt = 0; ; attempt++) {
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: language.id, version: 1, text } });
    const items = await client.diagnostics(uri);
    if (attempt === 9 || !items.some(({ code }) => code === 'TKG004')) { return items; }
    client.notify('textDocument/didClose', { textDocument: { uri } });
  }
}

describe.each(LANGUAGES.map((language) => [language.name, language] as const))('typing in %s', (_name, language) => {
  let text = language.big.text(2_000);
  const root = writeFiles([[language.big.path, text]]);
  const uri = pathToFileURL(join(root, language.big.path)).href;
  let client: LspClient;
  beforeAll(async () => {
    client = new LspClient();
    await client.initialize(root);
  });
  afterAll(async () => {
    await client.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('200 edits, 60 of them unparsable', async () => {
    const items = await opened(client, uri, language, text);
    const before = identities(items, text);
    expect(before.length, before.join("\n")).toBeGreaterThanOrEqual(8);

    const floor = await Reparse.of(language, text);
    const busy = slownessOfStarts();
    const answers: number[] = [];
    for (const edit of script(text, language.big)) {
      const next = apply(text, edit);
      floor.take(edit, next);
      text = next.text;
      const sent = performance.now();
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: answers.length + 2 },
        contentChanges: [{ range: { start: { line: edit.line, character: edit.from }, end: { line: edit.line, character: edit.to } }, text: edit.text }],
      });
      const shown = await client.diagnostics(uri);
      answers.push(performance.now() - sent);
      expect(identities(shown, text), `after ${JSON.stringify(edit)}`).toEqual(expect.arrayContaining([...before]));
    }
    floor.end();
    const p95 = quantile(answers, 0.95);
    const parse = quantile(floor.times, 0.95);
    const goal = Math.max(50, 8 * parse);
    const limit = Math.max(goal, language.held.typingMs ?? 0) * Math.max(busy, slownessOfStarts());
    const rules = new Set(items.map(({ code }) => code));
    console.log(`  ${language.name}: edit to diagnostics p50 ${quantile(answers, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; re-parse p95 ${parse.toFixed(1)} ms; goal ${goal.toFixed(0)} ms, held ${limit.toFixed(0)}; ${floor.unparsable} of ${answers.length} edits left it unparsable; ${before.length} findings of ${rules.size} rules stayed`);
    expect(answers).toHaveLength(200);
    expect(floor.unparsable).toBeGreaterThanOrEqual(60);
    expect(p95).toBeLessThanOrEqual(limit);
  });
});
