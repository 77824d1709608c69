/** Cells of the table: one rule in one language, so many mutants, how many were found and where. */
import type { Carrier } from './carrier.ts';
import type { Form, MutantLanguage } from './form.ts';
import { judgeMutant, type Verdict } from './judge.ts';

export interface Cell {
  readonly rule: string;
  readonly language: MutantLanguage;
  readonly verdicts: readonly Verdict[];
}

/** Makes `count` mutants of a rule in a language, each form in turn; with `every`, none is left out, else the seed says with which form it begins. */
export async function runCell(rule: string, language: MutantLanguage, forms: readonly Form[], carriers: readonly Carrier[], seed: number, count: number, every = true): Promise<Cell> {
  const verdicts: Verdict[] = [];
  const from = every ? 0 : seed % forms.length;
  for (let index = from; index < (every ? Math.max(count, forms.length) : from + count); index++) {
    const verdict = await judgeMutant(rule, forms[index % forms.length] as Form, carriers, seed, index);
    if (verdict !== undefined) { verdicts.push(verdict); }
  }
  return { rule, language, verdicts };
}

export interface Figures {
  readonly made: number;
  readonly found: number;
  readonly exact: number;
  /** Mutants that changed a finding of the carrier. */
  readonly changed: number;
  readonly twins: number;
  /** Right twins that gave or changed a finding. */
  readonly loud: number;
}

export function figuresOf({ verdicts }: Cell): Figures {
  const count = (holds: (one: Verdict) => boolean): number => verdicts.filter(holds).length;
  return {
    made: verdicts.length, found: count((one) => one.found), exact: count((one) => one.exact), changed: count((one) => one.changed.length > 0),
    twins: count((one) => one.twin !== undefined), loud: count((one) => (one.twin?.length ?? 0) > 0),
  };
}

/** What is wrong in a cell, one text a mutant. */
export function problemsOf({ rule, language, verdicts }: Cell): readonly string[] {
  return verdicts.filter((one) => !one.exact || one.changed.length > 0 || (one.twin?.length ?? 0) > 0).map((one) => [
    `${rule} ${language}: ${one.form} in ${one.where}: ${one.exact ? 'found' : one.found ? 'found, not exactly' : 'MISSED'}`,
    ...(one.exact ? [] : one.told.map((text) => `  told: ${text}`)), ...one.changed.map((text) => `  changed: ${text}`), ...(one.twin ?? []).map((text) => `  twin: ${text}`),
    one.excerpt.split('\n').map((line) => `  | ${line}`).join('\n'),
  ].join('\n'));
}

/** The table as Markdown. */
export function tableOf(cells: readonly Cell[]): string {
  const rows = cells.map((cell) => {
    const { made, found, exact, changed, twins, loud } = figuresOf(cell);
    return `| ${cell.rule} | ${cell.language} | ${made} | ${found} | ${exact} | ${percent(exact, made)} | ${changed} | ${twins} | ${loud} |`;
  });
  return ['| rule | language | mutants | found | at the exact range | | other findings changed | right twins | of them not silent |', '|---|---|--:|--:|--:|--:|--:|--:|--:|', ...rows].join('\n');
}

function percent(part: number, all: number): string {
  return all === 0 ? '–' : `${Math.floor((part * 1000) / all) / 10} %`;
}
