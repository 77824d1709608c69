import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PendingFinding } from '../../../src/core/rules/pending.ts';
import { runRules } from '../../../src/core/rules/run.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { type LargeOutcome, readLarge } from '../../../src/core/workspace/large-file.ts';
import { sampleSecret, securityRules } from '../../../src/guardians/security/index.ts';

const KB = 1024;
const SIZES = { window: 256 * KB, overlap: 32 * KB };
let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tickguard-large-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const rules = securityRules.filter(({ id }) => id === 'SEC001');
const look = (model: SourceModel): { findings: readonly PendingFinding[] } => ({
  findings: runRules({ model, file: { role: 'code' }, rules, config: { accounts: [], setting: () => ({ options: undefined }) }, asOf: '2026-11-22' }).findings,
});

function read(content: string | Buffer): LargeOutcome<unknown> {
  const file = join(folder, 'bot.log');
  writeFileSync(file, content);
  return readLarge('bot.log', file, look, SIZES);
}

/** Line, column and fingerprint of every finding. */
function places(outcome: LargeOutcome<unknown>): readonly (readonly [number, number])[] {
  if (outcome.kind !== 'read') { throw new Error(outcome.reason); }
  expect(new Set(outcome.findings.map(({ finding }) => finding.fingerprint)).size).toBe(outcome.findings.length);
  return outcome.findings.map(({ finding: { range } }) => [range.line, range.column]);
}

const filler = '2026-03-09 09:30:01 INFO tick ES 5123.25 größe 4 side buy\n';

describe('a file in windows', () => {
  test('findings have the lines and columns of the whole file, wherever a window ends', () => {
    // Every 50th line: some stand in the overlap of two windows, one may lie across the end of the first.
    const lines = Array.from({ length: Math.ceil((900 * KB) / Buffer.byteLength(filler)) }, (_, n) => (n % 200 === 199 ? `INFO größe api_key=${sampleSecret('generic-token', n)} live\n` : filler));
    const expected = lines.flatMap((line, n) => (line === filler ? [] : [[n + 1, 'INFO größe api_key='.length + 1]]));
    expect(expected.length).toBeGreaterThan(50);
    expect(places(read(lines.join('')))).toEqual(expected);
  });

  test.each([-40, -20, -6, 0, 3])('a credential %i bytes from the end of the first window is found once', (shift) => {
    for (const edge of [256 * KB, 224 * KB, 240 * KB]) {
      const before = 'é'.repeat((edge + shift) >> 1);
      const text = `${before}\napi_key=${sampleSecret('generic-token', 7)}\n${filler.repeat(2_000)}`;
      expect(places(read(text)), `${edge}`).toEqual([[2, 9]]);
    }
  });

  test('one line without an end', () => {
    const text = `${'abc def,'.repeat(100 * KB)} api_key="${sampleSecret('generic-token', 3)}" ${'x '.repeat(1_000)}`;
    expect(places(read(text))).toEqual([[1, 800 * KB + 11]]);
  });

  test('invalid UTF-8 is read on', () => {
    const text = Buffer.concat([Buffer.alloc(500 * KB, 0xff), Buffer.from(`\napi_key=${sampleSecret('generic-token', 4)}\n`)]);
    expect(places(read(text))).toEqual([[2, 9]]);
  });

  test('a binary file is left out, with a reason', () => {
    const outcome = read(Buffer.concat([Buffer.from('key\0'), Buffer.alloc(500 * KB, 97)]));
    expect(outcome).toEqual({ kind: 'skipped', reason: 'The file is binary, not text; nothing in it was checked.', incomplete: false });
  });

  test('what cannot be opened throws as the file system does', () => {
    expect(() => readLarge('gone.log', join(folder, 'gone.log'), look)).toThrow('ENOENT');
  });
});
