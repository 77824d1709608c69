/** The detectors of `tickguard.json` over a text: their keywords in one pass, their patterns around them alone. */
import type { CustomDetector, DetectorProblem } from '../../../core/workspace/custom-detector.ts';
import { isDocumented } from '../detectors/documented.ts';
import { DETECTOR_NAMES } from '../detectors/table.ts';
import type { SecretHit } from '../scan/candidate.ts';
import { KeywordIndex } from '../scan/keywords.ts';
import { isPlaceholder } from '../scan/value.ts';
import { LONGEST, patternProblem } from './pattern.ts';

/** Detectors ready to run. */
interface Compiled {
  readonly index: KeywordIndex;
  /** By the keyword's position in the index. */
  readonly rows: readonly { readonly row: CustomDetector; readonly length: number; readonly pattern: RegExp }[];
}

/** Lists that stand in a configuration are compiled once for all of its files. */
const compiled = new WeakMap<readonly CustomDetector[], Compiled>();

/** A value ends where letters and digits do: a key inside a longer word is none. */
export const patternOf = ({ pattern }: CustomDetector): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`, 'g');

function compile(detectors: readonly CustomDetector[]): Compiled {
  const known = compiled.get(detectors);
  if (known) { return known; }
  const rows = detectors.flatMap((row) => {
    const pattern = patternOf(row);
    return row.keywords.map((word) => ({ row, word: word.toLowerCase(), length: word.length, pattern }));
  });
  const made: Compiled = { index: new KeywordIndex(rows.map(({ word }) => word)), rows };
  compiled.set(detectors, made);
  return made;
}

/** What the detectors find, in the order of the text for each. Linear: a stretch is searched twice at the most. */
export function customHits(text: string, detectors: readonly CustomDetector[]): readonly SecretHit[] {
  if (detectors.length === 0) { return []; }
  const { index, rows } = compile(detectors);
  const hits: SecretHit[] = [];
  const searched = new Map<CustomDetector, number>();
  // Stretches overlap and go forward: what begins before the end of the last value was found already.
  const ends = new Map<CustomDetector, number>();
  index.scan(text, (id, at) => {
    const { row, length, pattern } = rows[id] as Compiled['rows'][number];
    const done = searched.get(row) ?? 0;
    // Twice the longest value: the next keyword begins where this stretch ends.
    const to = Math.min(text.length, at + length + 2 * LONGEST);
    if (at + length + LONGEST <= done) { return; }
    const from = Math.max(0, at - LONGEST);
    searched.set(row, to);
    // One character more on either side, for the edges.
    const start = Math.max(0, from - 1);
    for (const match of text.slice(start, to + 1).matchAll(pattern)) {
      const [value] = match;
      const span = { start: start + match.index, end: start + match.index + value.length };
      if (value === '' || span.start < (ends.get(row) ?? 0)) { continue; }
      ends.set(row, span.end);
      if (!isPlaceholder(value) && !isDocumented(value)) { hits.push({ detector: row.name, span, confidence: row.confidence ?? 'medium' }); }
    }
  });
  return hits;
}

/** What is wrong with the detectors of a file, beyond their form. */
export function customProblems(detectors: readonly CustomDetector[]): readonly DetectorProblem[] {
  return detectors.flatMap((row, index) => {
    const problem = (key: keyof CustomDetector, what: string, item?: number): readonly DetectorProblem[] => [{ index, key, what, ...(item === undefined ? {} : { item }) }];
    if (DETECTOR_NAMES.includes(row.name)) { return problem('name', `Tickguard has a detector called "${row.name}"; choose another name`); }
    if (detectors.findIndex(({ name }) => name === row.name) < index) { return problem('name', `the detector "${row.name}" stands twice; keep one`); }
    const fault = patternProblem(row.pattern, row.keywords.map((word) => word.toLowerCase()));
    if (fault !== undefined) { return problem('pattern', `the pattern of "${row.name}" is refused: ${fault}`); }
    const finds = (value: string): boolean => customHits(value, [row]).some(({ span }) => span.start === 0 && span.end === value.length);
    const missed = row.examples.findIndex((value) => !finds(value));
    if (missed >= 0) { return problem('examples', `"${row.name}" does not find this example whole; mend the pattern or the example`, missed); }
    const taken = (row.nearMisses ?? []).findIndex((value) => customHits(value, [row]).length > 0);
    return taken >= 0 ? problem('nearMisses', `"${row.name}" finds a value in this near miss; narrow the pattern`, taken) : [];
  });
}
