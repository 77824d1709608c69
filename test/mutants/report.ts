/** Writes the table of a run into `test/corpus/mutants.md`, each section by its own run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project.ts';
import { tableOf, type Cell } from './cells.ts';

const page = join(projectRoot, 'test', 'corpus', 'mutants.md');

export interface Run {
  /** `packages`, or `repositories` for folders that were named. */
  readonly section: 'packages' | 'repositories';
  readonly seed: number;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Whose files carried the mutants, one sentence. */
  readonly carriers: string;
}

const HEAD = `# Mutants in code of other people

How well each rule finds what it is for, in code that nobody wrote for it. A mutant is a breach put into somebody's file at a
seeded place, in a seeded spelling. It is found when the rule points at exactly the marked range and no other finding of the
carrier comes, goes or changes. Before it the right twin is put into the same place: it has to be silent.

Made by \`TICKGUARD_MUTANTS=write TICKGUARD_LONG=1 npx vitest run --project mutants\`; with \`TICKGUARD_CARRIERS\` set to a folder of
checked-out MQL5 repositories the second table. The forms were written, and the rules mended, with these carriers at hand: the
figures say that a rule does not depend on the code around it, not that every spelling in the world is known.
`;

/** Replaces the run's section of the page and keeps the other one. */
export function writeRun(run: Run, cells: readonly Cell[]): void {
  const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const sections = (['packages', 'repositories'] as const).map((section) => {
    if (section !== run.section) { return new RegExp(`<!-- ${section} -->\\n[\\s\\S]*?<!-- end -->\\n`).exec(old)?.[0] ?? ''; }
    const title = section === 'packages' ? 'Packages and our own experts and settings' : 'MQL5 repositories';
    return `<!-- ${section} -->\n## ${title}\n\n${run.day}, seed ${run.seed}. ${run.carriers}\n\n${tableOf(cells)}\n<!-- end -->\n`;
  });
  writeFileSync(page, `${HEAD}\n${sections.filter((text) => text !== '').join('\n')}`);
}
