/**
 * What a change did to the guards before orders: the project as it is beside the project as it was. Findings of rules that judge a change
 * (`needsBase`) come from here; nothing else of a check hangs on it.
 */
import type { Outcome } from '../outcome.ts';
import { lostGuards } from '../rules/lost-guards.ts';
import type { LostGuard, Since } from '../rules/since.ts';
import type { SourceModel } from '../source/model.ts';
import { asksLess } from '../source/protections/asked-less.ts';
import type { Contents } from '../workspace/contents.ts';
import type { GitRevision } from '../workspace/git-revision.ts';
import type { GitIndex } from '../workspace/git-index.ts';
import { indexContents, isPolicy } from '../workspace/index-contents.ts';
import type { Project } from '../workspace/project.ts';

/** A session over other contents of the same root, without cache or baseline. */
export type OpenBeside = (contents: Contents) => Promise<Outcome<Project>>;

/**
 * Tells a project what changed since a revision, and lets it decide the changed files anew. The project must have been scanned.
 * @param open opens a project as this one was opened.
 */
export async function compareWithBase(project: Project, revision: GitRevision, open: OpenBeside): Promise<Outcome<undefined>> {
  return await beside(project.root, revision.tree, open, async (past) => {
    await project.cover();
    const lost = lostGuards(past.coverage(), project.coverage(), revision.changed);
    await project.compare(changesOf(revision, lost, await past.models(pathsOf(revision, lost))));
    return undefined;
  });
}

/**
 * The same for what is staged, without reading the whole project twice: of the files that change alone, then and now. Where one of them holds an
 * order and asks less than it did, the whole project is asked: what is missing may stand in a file that does not change. A guard that an order in
 * an unchanged file loses by a change elsewhere is not seen here.
 */
export async function compareStaged(project: Project, revision: GitRevision, open: OpenBeside): Promise<Outcome<undefined>> {
  const changed = new Map([...revision.changed].filter(([path]) => project.has(path)));
  if (changed.size === 0) { return { ok: true, value: undefined }; }
  const suspect = await beside(project.root, only(revision.tree, new Set(changed.values())), open, async (past) => {
    const models = await past.models([...changed.values()]);
    const now = await project.models([...changed.keys()]);
    const { sites, unreached } = past.coverage();
    const holders = new Set([...sites, ...unreached].map((site) => site.file));
    const less = [...changed].some(([path, then]) => {
      const [before, today] = [models.get(then), now.get(path)];
      return holders.has(then) && before !== undefined && today !== undefined && asksLess(before, today);
    });
    if (!less) { await project.compare(changesOf({ ...revision, changed }, new Map(), models)); }
    return less;
  });
  if (!suspect.ok) { return suspect; }
  return suspect.value ? await compareWithBase(project, revision, open) : { ok: true, value: undefined };
}

/** Opens other contents, reads them whole, and closes them again. */
async function beside<T>(root: string, tree: GitIndex, open: OpenBeside, use: (project: Project) => Promise<T>): Promise<Outcome<T>> {
  const opened = await open(await indexContents(root, tree));
  if (!opened.ok) { return opened; }
  try {
    await opened.value.scan();
    return { ok: true, value: await use(opened.value) };
  } finally {
    opened.value.dispose();
  }
}

/** A tree without files that are not asked for; what steers the check stays. */
function only(tree: GitIndex, paths: ReadonlySet<string>): GitIndex {
  return { ...tree, entries: tree.entries.filter(({ path }) => paths.has(path) || isPolicy(path)) };
}

/** Files as they were that a rule may want to see: what changed, and what lost a guard by a change elsewhere. */
function pathsOf({ changed }: GitRevision, lost: ReadonlyMap<string, readonly LostGuard[]>): readonly string[] {
  return [...new Set([...changed.values(), ...[...lost.keys()].map((path) => changed.get(path) ?? path)])];
}

function changesOf({ name, changed }: GitRevision, lost: ReadonlyMap<string, readonly LostGuard[]>, models: ReadonlyMap<string, SourceModel>): ReadonlyMap<string, Since> {
  const paths = new Set([...changed.keys(), ...lost.keys()]);
  return new Map([...paths].sort().flatMap((path): [string, Since][] => {
    const before = models.get(changed.get(path) ?? path);
    return before === undefined ? [] : [[path, { revision: name, before, lost: lost.get(path) ?? [] }]];
  }));
}
