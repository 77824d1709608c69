/** “Accept as known”: writes one finding into the baseline, as the user asked. */
import { readFile } from 'node:fs/promises';
import type { Outcome } from '../core/outcome.ts';
import { extendBaseline, readBaseline } from '../core/rules/baseline.ts';
import { writeFileAtomic } from '../core/storage/atomic-file.ts';
import { baselinePath, ensureState } from '../core/workspace/state.ts';
import { findingOf } from './action-context.ts';
import type { Place } from './workspace.ts';

/**
 * Adds the finding to `.tickguard/baseline.json` of its root, which hides it from then on. Errors: the finding is gone;
 * the baseline on disk is broken, and is then left as it is. Throws what the file system throws.
 */
export async function acceptAsKnown(place: Place, fingerprint: string): Promise<Outcome<true>> {
  const { root } = place;
  if (root.loose) { return { ok: false, error: 'The file is in no opened folder, so there is no baseline to write to. Open its folder.' }; }
  const checked = findingOf(place, fingerprint);
  if (checked === undefined) { return { ok: false, error: 'The finding is gone: the text changed meanwhile. Nothing was written.' }; }
  const file = baselinePath(root.folder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') { return undefined; }
    throw error;
  });
  const known = text === undefined ? undefined : readBaseline(text);
  if (known?.ok === false) { return known; }
  await ensureState(root.folder);
  await writeFileAtomic(file, extendBaseline(known?.value, [checked.finding]));
  root.baselineChanged();
  return { ok: true, value: true };
}
