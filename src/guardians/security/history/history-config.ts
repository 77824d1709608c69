/** The settings by which a history is judged: those of today that lie nearest to a path, wherever its file may be gone. */
import type { Outcome } from '../../../core/outcome.ts';
import type { OperationContext } from '../../../core/operations/operation.ts';
import { CONFIG_FILE, ConfigSet } from '../../../core/workspace/config-file.ts';
import type { Contents } from '../../../core/workspace/contents.ts';
import { gitFiles } from '../../../core/workspace/git.ts';
import type { Repository } from './repository.ts';

/** The settings, and the text of every file they come from: what was read under others is read anew. */
export interface HistoryConfig {
  readonly set: ConfigSet;
  readonly texts: string;
}

/**
 * Reads the root's file and those of its folders, as far as git knows them or would take them in. A folder that is gone has none: the
 * nearest above it holds. Errors: a file that is broken.
 */
export async function historyConfig(repository: Repository, { rules, packs, signal }: OperationContext, contents: Contents): Promise<Outcome<HistoryConfig>> {
  const listed = repository.bare ? undefined : await gitFiles(repository.root, [], { signal, git: repository.git });
  const below = listed?.state === 'listed' ? listed.files.map(({ path }) => path).filter((path) => path.endsWith(`/${CONFIG_FILE}`)).sort() : [];
  const known = new Set([CONFIG_FILE, ...below]);
  const texts = new Map<string, string>();
  const read = (path: string): string | undefined => {
    const text = known.has(path) ? contents.policy(path) : undefined;
    if (text !== undefined) { texts.set(path, text); }
    return text;
  };
  const set = ConfigSet.load(repository.root, read, rules, packs, below);
  return set.ok ? { ok: true, value: { set: set.value, texts: JSON.stringify([...texts]) } } : set;
}
