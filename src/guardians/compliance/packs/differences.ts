/** What two packs say differently, field by field. */
import type { Pack } from './pack-schema.ts';

/** A field and what each pack has there; undefined where it has nothing. */
export interface FieldDifference {
  /** `phases.evaluation.drawdown.kind`. */
  readonly field: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** Fields in the order of the packs, without name, evidence and dates, which always differ. */
export function differencesBetween(first: Pack, second: Pack): readonly FieldDifference[] {
  const [a, b] = [leaves(first), leaves(second)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((field) => a.get(field) !== b.get(field)).map((field) => ({ field, first: a.get(field), second: b.get(field) }));
}

const NAMES: ReadonlySet<string> = new Set(['id', 'title', 'evidence', 'plan', 'firm']);

function leaves(pack: Pack): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (value === null) { found.set(path, 'none'); return; }
    if (typeof value !== 'object') { found.set(path, String(value)); return; }
    // A short list of plain values is one thing to read: the sizes, the vendors, the caps of payouts.
    if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) { found.set(path, value.join(', ')); return; }
    for (const [key, entry] of Object.entries(value)) { walk(entry, path === '' ? key : `${path}.${key}`); }
  };
  for (const [key, value] of Object.entries(pack)) { if (!NAMES.has(key)) { walk(value, key); } }
  return found;
}
