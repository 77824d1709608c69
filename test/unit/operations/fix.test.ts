/** `--fix`: what is written, in which encoding, and what is left alone. Rules of our own make the fixes here. */
import { chmodSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Fix } from '../../../src/core/findings/finding.ts';
import { applyEdits, fixFiles } from '../../../src/core/operations/fix.ts';
import { engineRules } from '../../../src/core/rules/registry.ts';
import { defineRule, type Rule } from '../../../src/core/rules/rule.ts';
import { Project } from '../../../src/core/workspace/project.ts';

let root: string;
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-fix-'))); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

/** Reports each string `from` and offers to write `to` in its place. */
function replacing(id: string, from: string, to: string, options: { readonly safe?: boolean; readonly wider?: number } = {}): Rule {
  return defineRule({
    id, name: id.toLowerCase(), guardian: 'data', languages: ['python'], severity: 'warning', gate: 'none', since: '0.1.0',
    scope: 'everywhere', cost: 'fast', summary: 'A rule for this test.', options: z.strictObject({}), messages: { found: 'Found it.' },
    create: ({ report }) => ({
      literal(node) {
        if (node.value !== from || node.content === undefined) { return; }
        const wider = options.wider ?? 0;
        const fix: Fix = {
          title: `${from} to ${to}`, safe: options.safe ?? true,
          edits: [{ start: node.content.start - wider, end: node.content.end + wider, text: wider === 0 ? to : `"${to}"` }],
        };
        report({ at: node, messageId: 'found', fixes: [fix] });
      },
    }),
  });
}

async function fix(files: Readonly<Record<string, string | Uint8Array>>, rules: readonly Rule[]): ReturnType<typeof fixFiles> {
  for (const [name, content] of Object.entries(files)) { writeFileSync(join(root, name), content); }
  const opened = await Project.open({ root, rules: [...rules, ...engineRules], packs: [], asOf: '2026-03-09', budgetMs: 2_000 });
  if (!opened.ok) { throw new Error(opened.error); }
  try {
    await opened.value.scan();
    return await fixFiles(opened.value, opened.value.files());
  } finally {
    opened.value.dispose();
  }
}

const text = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('what is changed', () => {
  test('every safe fix of a file, in one write, and the rest byte for byte', async () => {
    const result = await fix({ 'a.py': 'x = "old"\r\ny = 1\ny = "old"  # é €\n', 'b.py': 'z = 1\n' }, [replacing('TST001', 'old', 'new')]);
    expect(result).toEqual({ ok: true, value: [{ file: 'a.py', changes: ['old to new', 'old to new'] }] });
    expect(text('a.py')).toBe('x = "new"\r\ny = 1\ny = "new"  # é €\n');
    expect(text('b.py')).toBe('z = 1\n');
    expect(readdirSync(root).sort()).toEqual(['a.py', 'b.py']);
  });

  test('a fix that makes the next one possible is followed to the end', async () => {
    const result = await fix({ 'a.py': 'x = "one"\n' }, [replacing('TST001', 'one', 'two'), replacing('TST002', 'two', 'three')]);
    expect(result).toEqual({ ok: true, value: [{ file: 'a.py', changes: ['one to two', 'two to three'] }] });
    expect(text('a.py')).toBe('x = "three"\n');
  });

  test('fixes that overlap are not mixed: the first wins', async () => {
    const result = await fix({ 'a.py': 'x = "old"\n' }, [replacing('TST001', 'old', 'first'), replacing('TST002', 'old', 'second', { wider: 1 })]);
    expect(result).toEqual({ ok: true, value: [{ file: 'a.py', changes: ['old to first'] }] });
    expect(text('a.py')).toBe('x = "first"\n');
  });

  test('two rules that quarrel come to an end', async () => {
    const result = await fix({ 'a.py': 'x = "a"\n' }, [replacing('TST001', 'a', 'b'), replacing('TST002', 'b', 'a')]);
    expect(result.ok && result.value[0]?.changes).toHaveLength(10);
    expect(text('a.py')).toBe('x = "a"\n');
  });
});

describe('what is left alone', () => {
  test('a fix that is not safe, and a finding that is silenced', async () => {
    const file = 'x = "odd"\ny = "old"  # tickguard: ignore[TST001] kept for the replay\n';
    const result = await fix({ 'a.py': file }, [replacing('TST001', 'old', 'new'), replacing('TST002', 'odd', 'even', { safe: false })]);
    expect(result).toEqual({ ok: true, value: [] });
    expect(text('a.py')).toBe(file);
  });

  test('a file that is gone meanwhile is named', async () => {
    writeFileSync(join(root, 'a.py'), 'x = "old"\n');
    const opened = await Project.open({ root, rules: [replacing('TST001', 'old', 'new')], packs: [], asOf: '2026-03-09', budgetMs: 2_000 });
    if (!opened.ok) { throw new Error(opened.error); }
    await opened.value.scan();
    rmSync(join(root, 'a.py'));
    expect(await fixFiles(opened.value, ['a.py'])).toEqual({ ok: false, error: 'a.py could not be read again (ENOENT); it is unchanged. Run the fix again.' });
    expect(readdirSync(root)).toEqual([]);
    opened.value.dispose();
  });
});

describe('encodings come back as they were', () => {
  const before = '# Größe\nx = "old"\n';
  const after = '# Größe\nx = "new"\n';
  const utf16 = (content: string, big: boolean): Buffer => {
    const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  test.each<[string, (content: string) => Buffer]>([
    ['UTF-8', (content) => Buffer.from(content)],
    ['UTF-8 with a byte order mark', (content) => Buffer.from(`\uFEFF${content}`)],
    ['UTF-16, little end first', (content) => utf16(content, false)],
    ['UTF-16, big end first', (content) => utf16(content, true)],
    ['8-bit Western', (content) => Buffer.from(content, 'latin1')],
  ])('%s', async (_name, encode) => {
    expect(await fix({ 'a.py': encode(before) }, [replacing('TST001', 'old', 'new')])).toMatchObject({ ok: true, value: [{ file: 'a.py' }] });
    expect(readFileSync(join(root, 'a.py'))).toEqual(encode(after));
  });

  test('8-bit characters of Windows-1252 keep their byte', async () => {
    const file = Buffer.concat([Buffer.from('# '), Buffer.from([0x80, 0x93, 0xfc]), Buffer.from('\nx = "old"\n')]);
    await fix({ 'a.py': file }, [replacing('TST001', 'old', 'new')]);
    expect(readFileSync(join(root, 'a.py'))).toEqual(Buffer.concat([Buffer.from('# '), Buffer.from([0x80, 0x93, 0xfc]), Buffer.from('\nx = "new"\n')]));
  });

  test('a character the encoding does not have: the file stays', async () => {
    const file = Buffer.from([...Buffer.from('# '), 0xfc, ...Buffer.from('\nx = "old"\n')]);
    expect(await fix({ 'a.py': file }, [replacing('TST001', 'old', '日')])).toEqual({ ok: true, value: [] });
    expect(readFileSync(join(root, 'a.py'))).toEqual(file);
  });

  test('the permissions stay', async () => {
    writeFileSync(join(root, 'a.py'), 'x = "old"\n');
    chmodSync(join(root, 'a.py'), 0o640);
    await fix({}, [replacing('TST001', 'old', 'new')]);
    expect(text('a.py')).toBe('x = "new"\n');
    expect(statSync(join(root, 'a.py')).mode & 0o777).toBe(0o640);
  });
});

test('applyEdits: edits in any order give the text with each stretch replaced', () => {
  const cases = fc.tuple(fc.string(), fc.array(fc.tuple(fc.nat(40), fc.nat(5), fc.string({ maxLength: 4 })), { maxLength: 6 }));
  fc.assert(fc.property(cases, ([source, raw]) => {
    let from = 0;
    const edits = raw.flatMap(([gap, length, replacement]) => {
      const start = from + gap;
      const end = start + length;
      from = end + 1;
      return end <= source.length ? [{ start, end, text: replacement }] : [];
    });
    let expected = source;
    for (const edit of [...edits].reverse()) { expected = expected.slice(0, edit.start) + edit.text + expected.slice(edit.end); }
    expect(applyEdits(source, [...edits].reverse())).toBe(expected);
  }), { seed: 20260309 });
});
