/** Providers whose keys have no beginning of their own: a name and a shape together make the proof. */
import { rowsShapedAs } from '../detectors/by-shape.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import type { Candidate } from './candidate.ts';
import { isPlaceholder } from './value.ts';
import { termsOf } from './words.ts';

const any = (terms: ReadonlySet<string>, words: readonly string[]): boolean => words.some((word) => terms.has(word));

/** Whether the name itself names the row's vendor, or the row asks for none. */
function isNamedIn(own: ReadonlySet<string>, { vendors, vendorsInName = [] }: NamedDetector): boolean {
  return vendors.length + vendorsInName.length === 0 || any(own, vendors) || any(own, vendorsInName);
}

/**
 * The provider whose key this is, by name and shape. A vendor in the name itself says more than one around it: in an `.env`
 * a neighbour's vendor stands around every name.
 */
export function namedDetectorOf(candidate: Candidate): string | undefined {
  const { value, name } = candidate;
  if (candidate.loose === true) return undefined;
  const shaped = rowsShapedAs(value);
  if (shaped.length === 0) return undefined;
  const own = termsOf(name);
  const rows = shaped.filter((row) => any(own, row.roles) && !any(own, row.not));
  if (rows.length === 0 || isPlaceholder(value)) return undefined;
  const inName = rows.find((row) => isNamedIn(own, row));
  if (inName) return inName.name;
  const around = termsOf(candidate.around);
  return rows.find((row) => any(around, row.vendors))?.name;
}

/** Whether name and shape are those of a row, whatever the order of its signs says. */
export function isShapedAsNamed({ value, name, loose }: Candidate): boolean {
  if (loose === true) return false;
  const own = termsOf(name);
  return rowsShapedAs(value).some((row) => any(own, row.roles) && !any(own, row.not) && row.vendors.length + (row.vendorsInName?.length ?? 0) > 0 && isNamedIn(own, row));
}
