/** Putting hooks in and taking them out again; what was there before stays as it was, byte for byte. */
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { writeFileAtomic } from '../../../core/storage/atomic-file.ts';
import { exists, hookState, readHook } from './place.ts';
import { type HookName, hookScript, installedSince, isOurs, KEPT } from './script.ts';

/** What was done with one hook. */
export interface HookChange {
  readonly hook: HookName;
  readonly did: 'installed' | 'renewed' | 'unchanged' | 'restored' | 'removed' | 'absent';
}

/** Puts a hook in. Errors, one sentence: one is there besides one that is kept, or the folder cannot be written. */
export async function installHook(folder: string, hook: HookName, program: readonly string[], now: string): Promise<Outcome<HookChange>> {
  const path = join(folder, hook);
  const before = readHook(path);
  const ours = before !== undefined && isOurs(before);
  const text = hookScript({ hook, program, since: (ours ? installedSince(before) : undefined) ?? now });
  if (ours && before === Buffer.from(text).toString('latin1') && hookState(folder, hook).state === 'installed') { return { ok: true, value: { hook, did: 'unchanged' } }; }
  const moves = before !== undefined && !ours;
  if (moves && exists(`${path}${KEPT}`)) {
    return { ok: false, error: `Both ${path} and ${path}${KEPT} are there, and neither is ours. Keep the one that should run, delete the other, and install again.` };
  }
  try {
    mkdirSync(folder, { recursive: true });
    if (moves) { renameSync(path, `${path}${KEPT}`); }
    try {
      await writeFileAtomic(path, text);
      chmodSync(path, 0o755);
    } catch (error) {
      if (moves) { renameSync(`${path}${KEPT}`, path); }
      throw error;
    }
  } catch (error) {
    return { ok: false, error: `${path} could not be written (${codeOf(error)}). Make the folder writable and install again.` };
  }
  return { ok: true, value: { hook, did: ours ? 'renewed' : 'installed' } };
}

/** Takes a hook out and puts back what was there. Errors, one sentence: somebody else's hook stands there now, or it cannot be written. */
export function uninstallHook(folder: string, hook: HookName): Outcome<HookChange> {
  const path = join(folder, hook);
  const text = readHook(path);
  const kept = exists(`${path}${KEPT}`);
  if (text !== undefined && !isOurs(text)) {
    if (!kept) { return { ok: true, value: { hook, did: 'absent' } }; }
    return { ok: false, error: `${path} was replaced after Tickguard's was installed, and ${path}${KEPT} is the one from before. Keep one of them and delete the other.` };
  }
  try {
    if (kept) {
      renameSync(`${path}${KEPT}`, path);
      return { ok: true, value: { hook, did: 'restored' } };
    }
    if (text === undefined) { return { ok: true, value: { hook, did: 'absent' } }; }
    rmSync(path);
  } catch (error) {
    return { ok: false, error: `${path} could not be changed (${codeOf(error)}). Make the folder writable and try again.` };
  }
  return { ok: true, value: { hook, did: 'removed' } };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
