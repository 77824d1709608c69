/** The rules' pages: there, complete, up to date, and their samples do what they say. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rulePage } from '../../src/core/operations/pages.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { Syntax } from '../../src/core/source/source.ts';
import { chooseAccounts } from '../../src/core/workspace/account-choice.ts';
import { createEngine } from '../../src/engine.ts';
import { fillSamples } from '../../src/guardians/security/index.ts';
import { checkInMemory } from './memory.ts';
import { headingsOf, type PageSample, samplesOf } from './page-samples.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const { rules, packs } = createEngine();
/** What happens in the engine, not in a file: their Bad sections show what is printed. */
const WITHOUT_SAMPLE: ReadonlySet<string> = new Set(['TKG001', 'TKG004']);

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** Findings of the rule in a sample, as text. */
function findingsOf(rule: Rule, sample: PageSample): readonly string[] {
  const nothing = { accounts: [], setting: () => ({ options: undefined }) };
  const config = sample.pack === undefined ? nothing : chooseAccounts(nothing, { pack: sample.pack });
  const files = Object.fromEntries(Object.entries(sample.files).map(([path, text]) => [path, fillSamples(text)]));
  const checked = checkInMemory(files, {
    // The engine's own rules speak about others, so those have to run.
    rules: rule.guardian === 'engine' ? rules : [rule], config, file: { role: 'code', tracked: sample.tracked },
    // One sample alone stands for a file of a strategy; several are linked, and must show it.
    trading: Object.keys(files).length > 1 ? 'decide' : 'assume',
    ...(sample.before === undefined ? {} : { before: sample.before }),
  }, syntax);
  return [...checked].flatMap(([path, { findings }]) => findings.filter(({ finding, suppressed }) => finding.rule === rule.id && suppressed === undefined)
    .map(({ finding }) => `${path}:${finding.range.line}: ${finding.message}`));
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = rulePage(id) ?? '';

  test('has its page with all sections in order', () => {
    expect(headingsOf(page)).toEqual(['## Why', '## Bad', '## Good', '## When not to use it']);
    for (const section of page.split(/^## .*$/m).slice(1)) { expect(section.trim().length).toBeGreaterThan(20); }
  });

  const samples = samplesOf(page);

  test('shows a bad sample, and a good one', () => {
    if (WITHOUT_SAMPLE.has(id)) {
      expect(samples.filter(({ section }) => section === '## Bad')).toEqual([]);
    } else {
      for (const section of ['## Bad', '## Good']) { expect(samples.some((sample) => sample.section === section), section).toBe(true); }
    }
  });

  for (const sample of samples) {
    if (sample.section === '## Bad') {
      test(`the bad sample in line ${sample.line} fires`, () => { expect(findingsOf(rule, sample)).not.toEqual([]); });
    } else if (sample.section === '## Good') {
      test(`the good sample in line ${sample.line} is silent`, () => { expect(findingsOf(rule, sample)).toEqual([]); });
    }
  }
});

describe('generated files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-docs-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const generate = (...args: readonly string[]): { readonly status: number | null; readonly output: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'generate.mjs'), ...args], { encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };

  test('are up to date', { timeout: 60_000 }, () => {
    const { status, output } = generate('--check');
    expect(output).toMatch(/^\d+ generated files are up to date\.\n$/);
    expect(status).toBe(0);
  });

  test('what is not is named, and mended without touching what people wrote', { timeout: 60_000 }, () => {
    for (const part of ['docs', 'schemas', 'python']) { cpSync(join(ROOT, part), join(folder, part), { recursive: true }); }
    const page = join(folder, 'docs', 'rules', 'TKG003.md');
    const right = readFileSync(page, 'utf8');
    writeFileSync(page, right.replace('| Severity | warning |', '| Severity | error |').replace('## Good', 'A new sentence.\n\n## Good'));
    writeFileSync(join(folder, 'docs', 'rules', 'TKG999.md'), '## Why\n');
    rmSync(join(folder, 'docs', 'rules', 'TKG004.md'));
    const checked = generate('--check', '--in', folder);
    expect(checked.status).toBe(1);
    expect(checked.output.trim().split('\n').sort()).toEqual([
      'docs/rules/TKG003.md is out of date: run npm run generate.',
      'docs/rules/TKG004.md has no “## Why” section: write the page from there on, the rest is generated.',
      'docs/rules/TKG999.md belongs to no rule: remove or rename it.',
    ]);
    expect(generate('--in', folder).output).toContain('wrote docs/rules/TKG003.md');
    expect(readFileSync(page, 'utf8')).toBe(right.replace('## Good', 'A new sentence.\n\n## Good'));
  });
});

describe('schemas/tickguard.schema.json', () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validate = ajv.compile(JSON.parse(readFileSync(join(ROOT, 'schemas', 'tickguard.schema.json'), 'utf8')) as object);

  test.each([
    [{}], [{ rules: { TKG002: 'off', 'bad-suppression': { severity: 'error' } } }], [{ overrides: [{ files: ['a/**'], rules: { SEC001: 'info' } }] }],
    [{ accounts: packs.map((pack) => ({ id: pack.id, pack: pack.id, size: 50_000, phase: 'evaluation' })), exclude: ['x'] }],
    [{ packs: ['packs/desk.tickguard-pack.json'], accounts: [{ id: 'a', pack: 'desk', size: 50_000, phase: 'evaluation' }] }],
    [{ rules: Object.fromEntries(rules.flatMap((rule) => [rule.id, rule.name, ...(rule.detectors ?? []).map((detector) => `${rule.id}/${detector}`)]).map((name) => [name, 'off'])) }],
  ])('accepts %.80j', (config) => { expect(validate(config), ajv.errorsText(validate.errors)).toBe(true); });

  test.each([
    [{ rules: { NOPE: 'off' } }], [{ rules: { TKG002: 'of' } }], [{ rules: { TKG002: { options: { no: 1 } } } }], [{ extra: 1 }],
    // Any name may be that of a pack of one's own; none at all is a mistake.
    [{ accounts: [{ id: 'a', pack: '', size: 50_000, phase: 'evaluation' }] }], [{ packs: [1] }], [{ overrides: [{ rules: {} }] }],
  ])('refuses %j', (config) => { expect(validate(config)).toBe(false); });
});
