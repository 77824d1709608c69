import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyBaseline, type Baseline, extendBaseline, pruneBaseline, readBaseline, writeBaseline } from '../../../src/core/rules/baseline.ts';
import type { PendingFinding } from '../../../src/core/rules/pending.ts';
import { finding } from '../findings/samples.ts';

const A = finding({ fingerprint: 'aaaaaaaaaaaaaaaa', file: 'a.py', message: 'Late by 56 min.' });
const B = finding({ fingerprint: 'bbbbbbbbbbbbbbbb', file: 'b.py', rule: 'SEC001' });

function read(text: string): Baseline {
  const outcome = readBaseline(text);
  if (!outcome.ok) { throw new Error(outcome.error); }
  return outcome.value;
}

function pending(one = A): PendingFinding { return { finding: one, fixes: [] }; }

test('one entry a line, sorted, every entry line ending alike, no place and no time', () => {
  expect(writeBaseline([B, A])).toBe([
    '{',
    '"aaaaaaaaaaaaaaaa": {"rule":"APX004","file":"a.py","message":"Late by 56 min."},',
    `"bbbbbbbbbbbbbbbb": {"rule":"SEC001","file":"b.py","message":${JSON.stringify(B.message)}},`,
    '"schema": 1',
    '}',
    '',
  ].join('\n'));
});

test('property: written in any order and read again, it is the same', () => {
  const print = fc.stringMatching(/^[0-9a-f]{16}$/);
  const one = fc.record({ fingerprint: print, file: fc.string(), message: fc.string() }).map((change) => finding(change));
  const list = fc.uniqueArray(one, { selector: (entry) => entry.fingerprint });
  fc.assert(fc.property(list, (findings) => {
    const text = writeBaseline(findings);
    expect(writeBaseline([...findings].reverse())).toBe(text);
    const baseline = read(text);
    expect([...baseline.entries.keys()]).toEqual(findings.map((entry) => entry.fingerprint).sort());
    for (const entry of findings) { expect(baseline.entries.get(entry.fingerprint)).toMatchObject({ file: entry.file, message: entry.message }); }
  }));
});

test('two branches that each add an entry merge line by line', () => {
  const base = writeBaseline([A]).split('\n');
  for (const text of [writeBaseline([A, B]), writeBaseline([])]) {
    const lines = new Set(text.split('\n'));
    const changed = [...base.filter((line) => !lines.has(line)), ...[...lines].filter((line) => !base.includes(line))];
    expect(changed).toHaveLength(1);
  }
});

describe('readBaseline', () => {
  test.each([
    ['{', 'is not JSON'], ['[]', 'is not an object'], ['{"schema": 2}', 'has schema 2'], ['{}', 'has schema null'],
    ['{"xyz": {"rule": "A", "file": "b"}, "schema": 1}', 'entry "xyz"'],
    ['{"aaaaaaaaaaaaaaaa": {"rule": "A"}, "schema": 1}', 'entry "aaaaaaaaaaaaaaaa"'],
    ['{\n<<<<<<< HEAD\n"schema": 1\n}', 'merge conflict'],
  ])('%j: one sentence, with what to do', (text, part) => {
    const outcome = readBaseline(text);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) { return; }
    expect(outcome.error).toContain(part);
    expect(outcome.error).toMatch(/^\.tickguard\/baseline\.json .*tickguard check --baseline accept/);
  });

  test('the same entry from both sides of a merge is one entry', () => {
    const line = '"aaaaaaaaaaaaaaaa": {"rule":"APX004","file":"a.py"},';
    expect(read(`{\n${line}\n${line}\n"schema": 1\n}`).entries.size).toBe(1);
  });
});

describe('applyBaseline', () => {
  test('marks what is accepted and nothing else', () => {
    const marked = applyBaseline([pending(A), pending(B)], read(writeBaseline([A])));
    expect(marked.map((one) => one.suppressed)).toEqual([{ by: 'baseline' }, undefined]);
  });

  test('a comment keeps its finding, so that it is not called unused', () => {
    const silenced: PendingFinding = { ...pending(A), suppressed: { by: 'comment', suppression: 0 } };
    expect(applyBaseline([silenced], read(writeBaseline([A])))).toEqual([silenced]);
  });

  test('a failed rule is never accepted', () => {
    const failed = finding({ rule: 'TKG001' });
    expect(writeBaseline([failed])).toBe('{\n"schema": 1\n}\n');
    const forged = read(`{"${failed.fingerprint}": {"rule": "TKG001", "file": "a.py"}, "schema": 1}`);
    expect(applyBaseline([pending(failed)], forged)[0]?.suppressed).toBeUndefined();
  });

  test('without a baseline nothing changes', () => {
    const list = [pending(A)];
    expect(applyBaseline(list, undefined)).toBe(list);
  });
});

test('prune drops what is gone, and keeps what was not looked at', () => {
  const baseline = read(writeBaseline([A, B]));
  const all = pruneBaseline(baseline, [B], () => true);
  expect(all.removed.map((entry) => entry.file)).toEqual(['a.py']);
  expect(all.text).toBe(writeBaseline([B]));
  expect(pruneBaseline(baseline, [], (entry) => entry.file !== 'a.py').text).toBe(writeBaseline([A]));
});

test('extend adds to what is accepted', () => {
  expect(extendBaseline(read(writeBaseline([A])), [B])).toBe(writeBaseline([A, B]));
  expect(extendBaseline(undefined, [B])).toBe(writeBaseline([B]));
});
