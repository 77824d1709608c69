/** Guard coverage of a project in memory, a line a site: `on_bar submit_order +drawdown ~size ?news`. */
import type { ProjectCoverage, SiteCoverage } from '../../../src/core/source/link/coverage.ts';
import { Linker } from '../../../src/core/source/link/linker.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import { PROTECTION_KINDS } from '../../../src/core/source/protections/kinds.ts';
import { read } from '../meaning/read.ts';

export type Files = Readonly<Record<string, string>>;

export function coverage(files: Files): ProjectCoverage {
  const linker = new Linker();
  for (const [path, text] of Object.entries(files)) {
    const model = read(text, path);
    if (model.errors.length > 0) { throw new Error(`${path} does not parse:\n${text}`); }
    linker.set(summarise(model, [], []));
  }
  return linker.coverage();
}

const MARKS = { guarded: '+', some: '~', unresolved: '?', conditional: '!', missing: '' } as const;

export function lineOf(site: SiteCoverage): string {
  const kinds = PROTECTION_KINDS.filter((kind) => site.states[kind] !== 'missing').map((kind) => `${MARKS[site.states[kind]]}${kind}`);
  return [site.symbol, site.name, ...kinds].join(' ');
}

/** Sites a handler reaches, then those nothing reaches with `dead` before them. */
export function sites(files: Files): readonly string[] {
  const { sites: reached, unreached } = coverage(files);
  return [...reached.map(lineOf), ...unreached.map((site) => `dead ${lineOf(site)}`)];
}
