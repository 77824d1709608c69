/** A print that comes and goes in risk.py changes what strategy.py shows, at once, with one parse an edit, also during a scan. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { contention } from '../support/machine.ts';
import { LspClient } from '../support/lsp-client.ts';
import { quantile, riskModule, writeWorkspace } from './workspaces.ts';

interface ServerCounters { readonly parses: number }
interface Status { readonly roots: readonly { readonly state: string }[] }

async function measure(root: string, edits: number, settled: boolean): Promise<{ readonly times: number[]; readonly parses: number }> {
  const client = new LspClient();
  const uri = (name: string): string => pathToFileURL(join(root, name)).href;
  try {
    await client.initialize(root);
    client.notify('textDocument/didOpen', { textDocument: { uri: uri('strategy.py'), languageId: 'python', version: 1, text: readFileSync(join(root, 'strategy.py'), 'utf8') } });
    client.notify('textDocument/didOpen', { textDocument: { uri: uri('risk.py'), languageId: 'python', version: 1, text: riskModule(false) } });
    while (settled && (await client.request<Status>('tickguard/status', null)).roots.some((each) => each.state !== 'ready')) {
      await new Promise((done) => setTimeout(done, 50));
    }
    const before = (await client.request<ServerCounters>('tickguard/counters', null)).parses;
    const times: number[] = [];
    for (let i = 0; i < edits; i++) {
      const printing = i % 2 === 0;
      const started = performance.now();
      client.notify('textDocument/didChange', { textDocument: { uri: uri('risk.py'), version: i + 2 }, contentChanges: [{ text: riskModule(printing) }] });
      const items = await client.diagnostics(uri('strategy.py'));
      times.push(performance.now() - started);
      expect(items.filter((item) => item.code === 'PRF004'), `edit ${i}`).toHaveLength(printing ? 1 : 0);
    }
    const after = (await client.request<ServerCounters>('tickguard/counters', null)).parses;
    return { times, parses: after - before };
  } finally {
    await client.stop();
  }
}

describe('across files', () => {
  const root = writeWorkspace(500);
  afterAll(() => { rmSync(root, { recursive: true, force: true }); });

  test('200 edits after the scan: 150 ms, one parse an edit', async () => {
    const { times, parses } = await measure(root, 200, true);
    console.log(`  settled: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms (limit 150), ${parses} parses for ${times.length} edits`);
    expect(parses).toBe(times.length);
    expect(quantile(times, 0.95)).toBeLessThanOrEqual(150);
  });

  test('edits while the scan runs: 150 ms', async () => {
    const before = contention();
    const { times } = await measure(root, 40, false);
    const busy = Math.max(before, contention());
    console.log(`  during the scan: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms (limit 150, machine shared ${busy.toFixed(1)} times)`);
    expect(quantile(times, 0.95)).toBeLessThanOrEqual(150 * busy);
  });
});
