/** The filter for Python's logging, run by a real Python. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CustomDetector } from '../../../src/core/workspace/custom-detector.ts';
import { customProblems } from '../../../src/guardians/security/custom/custom-scan.ts';
import { DETECTORS, sampleSecret } from '../../../src/guardians/security/detectors/table.ts';
import { pythonFilter } from '../../../src/guardians/security/redact/python-filter.ts';

const PYTHON = ['python3.11', 'python3'].find((name) => spawnSync(name, ['--version']).status === 0);

const OTHERS = { 'private-key': 'key', 'generic-password': 'db_password', 'generic-secret': 'client_secret', 'generic-token': 'api_key' } as const;

/** A detector of a desk's own, with an escape that only JavaScript knows. */
const OWN: CustomDetector = { name: 'acme-desk-key', title: 'Acme desk key', keywords: ['Acme_'], pattern: 'Acme_[\\w\\/]{2}\\-(?:[A-F\\q\\]"\']{8}|x{3})', examples: ['Acme_a/-AB]q"\'AA'] };

/** A sample of every detector under the name it is known by. */
function samples(): Readonly<Record<string, readonly [string, string]>> {
  const rows = DETECTORS.map((row) => [row.name, [row.kind === 'named' ? row.variables[0] ?? 'api_secret' : 'value', sampleSecret(row.name, 4)]] as const);
  return Object.fromEntries([...rows, ...Object.entries(OTHERS).map(([kind, name]) => [kind, [name, sampleSecret(kind, 4)]] as const)]);
}

test.skipIf(PYTHON === undefined)('masks messages, arguments, dicts, tracebacks, stacks and extra, and leaves the rest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-python-'));
  try {
    const path = join(folder, 'tickguard_redact.py');
    expect(customProblems([OWN])).toEqual([]);
    writeFileSync(path, pythonFilter([OWN]));
    const plain = ['tick 1.0825 at 10:00:00', 'token ETH listed, key rate 5.25 %', 'password required', 'password: required', 'api_key: missing', 'order 8f14e45fceea167a5a36dedd4bea2543 filled', 'https://api.x.io/v1/orders?symbol=ES', 'secret = None'];
    const run = spawnSync(PYTHON ?? '', ['-B', join(import.meta.dirname, '..', '..', 'python', 'redact_filter.py'), path], {
      input: JSON.stringify({ samples: { ...samples(), 'acme-desk-key': ['value', OWN.examples[0]], 'acme-desk-key short': ['value', 'Acme_b/-xxx'] }, env: sampleSecret('generic-secret', 77), plain }), encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const told = JSON.parse(run.stdout) as { readonly leaks: readonly unknown[]; readonly quiet: readonly unknown[]; readonly microseconds: number; readonly version: string };
    expect(told.leaks).toEqual([]);
    expect(told.quiet).toEqual([]);
    console.log(`Python ${told.version}: ${told.microseconds.toFixed(1)} µs a record without a secret`);
    // A record costs the logging module 5 to 10 µs; a machine at work is allowed ten times what an idle one takes.
    expect(told.microseconds).toBeLessThan(500);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
