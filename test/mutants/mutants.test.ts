/**
 * Seeded mutants of every rule in code of other people: at least nineteen of twenty are found at the exact range, their right
 * twins are silent, and no other finding changes. `TICKGUARD_MUTANTS=write` writes the table of the long run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCarrier, type Carrier } from './carrier.ts';
import { figuresOf, problemsOf, runCell, tableOf, type Cell } from './cells.ts';
import { MUTANT_LANGUAGES } from './form.ts';
import { writeRun } from './report.ts';
import { carriersOf, repositories } from './sources.ts';
import { RULES } from './session.ts';
import { FEW, FORMS } from './table.ts';

const long = process.env['TICKGUARD_LONG'] === '1';
/** Change it to see other mutants; a failure names it. */
const SEED = Number(process.env['TICKGUARD_SEED'] ?? 20_261_122);
const COUNT = Number(process.env['TICKGUARD_COUNT'] ?? (long ? 60 : 24));
/** Of each rule about code; in the short run less than its forms, others with another seed. */
const A_FEW = Number(process.env['TICKGUARD_COUNT'] ?? (long ? 20 : 2));
/** Hundredths of the mutants that have to be found at their range, with nothing else changed. */
const ENOUGH = 95;

const cells: Cell[] = [];
const authors = new Map<string, ReadonlySet<string>>();
/** Named repositories are MQL5. */
const LANGUAGES = repositories === undefined ? MUTANT_LANGUAGES : (['mql5'] as const);

for (const language of LANGUAGES) {
  const rules = Object.entries(FORMS).filter(([, forms]) => forms.some((form) => form.language === language));
  if (rules.length === 0) { continue; }
  describe(language, () => {
    let carriers: readonly Carrier[] = [];
    beforeAll(async () => { carriers = await Promise.all((await carriersOf(language)).map(openCarrier)); }, 600_000);
    afterAll(() => { for (const carrier of carriers) { carrier.dispose(); } });

    test('has carriers of several authors', async () => {
      const sources = await carriersOf(language);
      authors.set(`${language} ${sources.length} carriers`, new Set(sources.map(({ author, name }) => (author === 'others' ? name : author))));
      expect(sources.length).toBeGreaterThanOrEqual(8);
      if (language === 'python' || language === 'script') { expect(new Set(sources.map(({ author }) => author)).size).toBeGreaterThanOrEqual(4); }
    });

    test.each(rules)('%s', async (rule, forms) => {
      const few = FEW.has(rule);
      const cell = await runCell(rule, language, forms.filter((form) => form.language === language), carriers, SEED, few ? A_FEW : COUNT, !few || long);
      cells.push(cell);
      const { made, exact } = figuresOf(cell);
      const sound = cell.verdicts.filter((one) => one.exact && one.changed.length === 0).length;
      const loud = cell.verdicts.filter((one) => (one.twin?.length ?? 0) > 0).length;
      const told = `seed ${SEED}\n${problemsOf(cell).join('\n')}`;
      if (process.env['TICKGUARD_VERBOSE'] === '1') { console.log(told); }
      expect(made, told).toBeGreaterThanOrEqual(few ? Math.min(20, A_FEW) : 20);
      expect(exact * 100, told).toBeGreaterThanOrEqual(made * ENOUGH);
      expect(sound * 100, told).toBeGreaterThanOrEqual(made * ENOUGH);
      expect((made - loud) * 100, told).toBeGreaterThanOrEqual(made * ENOUGH);
    }, 600_000);
  });
}

afterAll(() => {
  console.log(tableOf(cells));
  const without = RULES.filter(({ id }) => !id.startsWith('TKG') && FORMS[id] === undefined).map(({ id }) => id);
  if (without.length > 0) { console.log(`No forms of mutants yet: ${without.join(', ')}`); }
  if (process.env['TICKGUARD_MUTANTS'] !== 'write') { return; }
  const carriers = [...authors].map(([name, of]) => `${name} of ${[...of].join(', ')}`).join('; ');
  writeRun({ section: repositories === undefined ? 'packages' : 'repositories', seed: SEED, day: new Date().toISOString().slice(0, 10), carriers: `${carriers}.` }, cells);
});
