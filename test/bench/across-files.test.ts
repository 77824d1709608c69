/** A print that comes and goes in the risk file changes what the handler's file shows, at once, with one parse an edit, also during a scan. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { slowness } from '../support/machine.ts';
import { LspClient } from '../support/lsp-client.ts';
import { type BenchLanguage, LANGUAGES } from './languages.ts';
import { quantile, writeWorkspace } from './workspaces.ts';

const FILES = 500;
const LIMIT_MS = 150;
/** A scan leaves time for some 30 to 100 edits. */
const MOST_SESSIONS = 6;

interface ServerCounters { readonly parses: number }
interface Status { readonly roots: readonly { readonly state: string }[] }

interface Measured {
  readonly times: readonly number[];
  /** From the first edit to the last one. */
  readonly parses: number;
  /** From the start of the process until everything was read, without those of the edits. */
  readonly others: number;
}

class Session {
  readonly #client = new LspClient();
  readonly #root: string;
  readonly #language: BenchLanguage;
  #version = 1;

  constructor(root: string, language: BenchLanguage) {
    this.#root = root;
    this.#language = language;
  }

  /** @param settled edits after the scan; else before its end, as many as there is time for. */
  async measure(edits: number, settled: boolean): Promise<Measured> {
    const { handler: [handler], risk } = this.#language.linked;
    try {
      await this.#client.initialize(this.#root);
      for (const path of [handler, risk]) { this.#open(path); }
      for (const path of [handler, risk]) { await this.#client.diagnostics(this.#uri(path)); }
      if (settled) { await this.#ready(); } else { await this.#linked(); }
      const before = await this.#parses();
      const times: number[] = [];
      for (let i = 0; i < edits && (settled || !await this.#isReady()); i++) {
        const printing = i % 2 === 0;
        const started = performance.now();
        this.#edit(printing);
        const found = await this.#found();
        times.push(performance.now() - started);
        expect(found, `edit ${i}`).toBe(printing ? 1 : 0);
      }
      const after = await this.#parses();
      await this.#ready();
      return { times, parses: after - before, others: await this.#parses() - (this.#version - 1) };
    } finally {
      await this.#client.stop();
    }
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.#root, path)).href;
  }

  #open(path: string): void {
    this.#client.notify('textDocument/didOpen', { textDocument: { uri: this.#uri(path), languageId: this.#language.id, version: 1, text: readFileSync(join(this.#root, path), 'utf8') } });
  }

  #edit(printing: boolean): void {
    const { risk, riskText } = this.#language.linked;
    this.#client.notify('textDocument/didChange', { textDocument: { uri: this.#uri(risk), version: ++this.#version }, contentChanges: [{ text: riskText(printing) }] });
  }

  /** Prints that the handler's file shows. */
  async #found(): Promise<number> {
    const items = await this.#client.diagnostics(this.#uri(this.#language.linked.handler[0]));
    return items.filter((item) => item.code === 'PRF004').length;
  }

  /** Waits until the scan has read what stands between the two files: nobody can know the way before. */
  async #linked(): Promise<void> {
    this.#edit(true);
    while (await this.#found() === 0) { await new Promise((done) => setTimeout(done, 20)); }
    this.#edit(false);
    await this.#found();
  }

  async #parses(): Promise<number> {
    return (await this.#client.request<ServerCounters>('tickguard/counters', null)).parses;
  }

  async #isReady(): Promise<boolean> {
    return (await this.#client.request<Status>('tickguard/status', null)).roots.every(({ state }) => state === 'ready');
  }

  async #ready(): Promise<void> {
    while (!await this.#isReady()) { await new Promise((done) => setTimeout(done, 50)); }
  }
}

const shown = (times: readonly number[]): string => `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms (limit ${LIMIT_MS}`;

describe.each(LANGUAGES.map((language) => [language.name, language] as const))('across files of %s', (name, language) => {
  const root = writeWorkspace(FILES, language);
  afterAll(() => { rmSync(root, { recursive: true, force: true }); });

  test('200 edits after the scan: 150 ms, one parse an edit', async () => {
    const { times, parses } = await new Session(root, language).measure(200, true);
    console.log(`  ${name}, settled: ${shown(times)}), ${parses} parses for ${times.length} edits`);
    expect(parses).toBe(times.length);
    expect(quantile(times, 0.95)).toBeLessThanOrEqual(LIMIT_MS);
  });

  test('200 edits while the scan runs: 150 ms, one parse an edit', async () => {
    const before = slowness();
    const times: number[] = [];
    let sessions = 0;
    while (times.length < 200 && sessions < MOST_SESSIONS) {
      sessions++;
      const measured = await new Session(root, language).measure(200 - times.length, false);
      times.push(...measured.times);
      // The scan may have come to a file before it was opened.
      expect(measured.others).toBeGreaterThanOrEqual(FILES);
      expect(measured.others).toBeLessThanOrEqual(FILES + 2);
    }
    const busy = Math.max(before, slowness());
    console.log(`  ${name}, during ${sessions} scans: ${shown(times)}, machine shared ${busy.toFixed(1)} times), ${times.length} edits`);
    expect(times.length).toBeGreaterThanOrEqual(100);
    expect(quantile(times, 0.95)).toBeLessThanOrEqual(LIMIT_MS * busy);
  });
});
