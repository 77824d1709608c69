/** Rule packs of a workspace: named by `tickguard.json`, checked like those that come along, used wherever an account is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigSet } from '../../../src/core/workspace/config-file.ts';
import { limitsFor } from '../../../src/guardians/compliance/accounts.ts';
import { complianceRules, rulePacks } from '../../../src/guardians/compliance/index.ts';
import { listPacks } from '../../../src/guardians/compliance/packs/packs.ts';

const folder = join(import.meta.dirname, '../../../src/guardians/compliance/packs');
const own = JSON.parse(readFileSync(join(folder, 'topstep.json'), 'utf8')) as Record<string, unknown>;
const FILE = 'packs/desk.tickguard-pack.json';
const config = (more: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ packs: [FILE], accounts: [{ id: 'a', pack: 'desk', size: 50_000, phase: 'evaluation' }], ...more });

function load(files: Readonly<Record<string, string>>) {
  return ConfigSet.load('/root', (path) => files[path], complianceRules, rulePacks);
}

const packText = (change: (pack: Record<string, unknown>) => void = () => undefined): string => {
  const pack = { ...structuredClone(own), id: 'desk' };
  change(pack);
  return `// Our own desk.\n${JSON.stringify({ $schema: './x.json', ...pack }, undefined, 2)}`;
};

describe('a pack of the workspace', () => {
  test('gives an account its limits', () => {
    const set = load({ 'tickguard.json': config(), [FILE]: packText() });
    if (!set.ok) { throw new Error(set.error); }
    expect(set.value.packs().map(({ id, sizes, anySize }) => [id, sizes, anySize])).toEqual([['desk', [50_000, 100_000, 150_000], false]]);
    expect(limitsFor(set.value.accounts(), listPacks())[0]).toMatchObject({ account: 'a', layer: 'firm', drawdown: { cents: 200_000, kind: 'eod-trailing' }, deadline: { time: '15:10', zone: 'America/Chicago' } });
  });

  test('lies beside the file that names it', () => {
    const set = load({ 'tickguard.json': '{}', 'desk/tickguard.json': config(), [`desk/${FILE}`]: packText() });
    if (!set.ok) { throw new Error(set.error); }
    set.value.forFile('desk/a.py');
    expect([set.value.problems, set.value.packs().length]).toEqual([[], 1]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a file that is not there', {}, `tickguard.json:1:11: packs[0] is "${FILE}": there is no such file, or it cannot be read (and 1 more mistake).`],
    ['no JSON', { [FILE]: '{\n"id": }' }, `tickguard.json:1:11: packs[0] is "${FILE}": line 2 is no JSON (ValueExpected) (and 1 more mistake).`],
    ['an id that is taken', { [FILE]: packText((pack) => { pack['id'] = 'topstep'; }) }, `tickguard.json:1:11: packs[0] is "${FILE}": its id "topstep" is taken by another pack; give it its own (and 1 more mistake).`],
    ['a contradiction', { [FILE]: packText((pack) => { (pack['session'] as Record<string, unknown>)['overnight'] = true; }) }, `tickguard.json:1:11: packs[0] is "${FILE}": session.flatBy asks to be flat by 15:10 where overnight positions are allowed (and 1 more mistake).`],
    ['an unknown field', { [FILE]: packText((pack) => { pack['sise'] = 1; }) }, `tickguard.json:1:11: packs[0] is "${FILE}": the file Unrecognized key: "sise" (and 1 more mistake).`],
  ])('%s is refused with the place', (_, files, sentence) => {
    const set = load({ 'tickguard.json': config(), ...files });
    expect(set.ok ? 'taken' : set.error).toBe(sentence);
  });

  test.each(['../desk.tickguard-pack.json', '/etc/desk.tickguard-pack.json', 'C:\\desk.tickguard-pack.json', 'desk.json'])('%s is no place for one', (path) => {
    const set = load({ 'tickguard.json': config({ packs: [path] }) });
    expect(set.ok ? 'taken' : set.error).toMatch(/^tickguard\.json:1:11: packs\[0\] is /);
  });
});
