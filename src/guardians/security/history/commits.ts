/** Which commits are looked at, parents before children, however damaged the repository is. */
import type { Outcome } from '../../../core/outcome.ts';
import { failure } from '../../../core/workspace/git.ts';
import { CommitReader } from './commit-facts.ts';
import { ask, lines, type Repository } from './repository.ts';

/** What of the history is asked for. */
export interface Selection {
  /** Revisions and ranges as git takes them; empty: everything that `refs`, or any reference, leads to. */
  readonly range: readonly string[];
  /** Branches, tags, or patterns with `*`; empty: all references. */
  readonly refs: readonly string[];
  /** A date as git takes it. */
  readonly since?: string;
  /** Also what only the reflog still leads to: amended, rebased and dropped commits. */
  readonly reflog: boolean;
  /** Also the entries of the stash. */
  readonly stashes: boolean;
  /** Without what a remote-tracking reference has. */
  readonly notPushed: boolean;
  /** Without what this remote's tracking references have. */
  readonly notOn?: string;
}

export interface Commits {
  /** Ids, parents before children, else by date. */
  readonly ids: readonly string[];
  /** Every parent of each commit is there as well, as far as the repository has it. */
  readonly closed: boolean;
  /** Commits that a parent or a reference names and the repository does not have. */
  readonly missing: readonly string[];
}

/** Lists the commits. Errors, one sentence each: a range or date that git does not know. */
export async function listCommits(repository: Repository, selection: Selection, signal?: AbortSignal): Promise<Outcome<Commits>> {
  const wrong = wrongRevision(selection);
  if (wrong !== undefined) { return { ok: false, error: wrong }; }
  const closed = selection.range.length === 0 && selection.since === undefined && !selection.notPushed && selection.notOn === undefined;
  const tips = await tipsOf(repository, selection);
  if (!tips.ok) { return tips; }
  const args = [
    'rev-list', '--date-order', '--reverse', '--stdin',
    ...(selection.since === undefined ? [] : [`--since=${selection.since}`]),
    ...(selection.reflog ? ['--reflog'] : []),
  ];
  const hidden = selection.notPushed || selection.notOn !== undefined ? await refsBelow(repository, selection.notPushed ? 'refs/remotes/' : `refs/remotes/${selection.notOn ?? ''}/`) : [];
  const input = [...tips.value, ...hidden.map((id) => `^${id}`), ''].join('\n');
  if (input === '\n' || input === '') { return { ok: true, value: { ids: [], closed, missing: [] } }; }
  const run = await ask(repository, args, { input, ...(signal === undefined ? {} : { signal }) });
  if (run.code === 0) { return { ok: true, value: { ids: lines(run.out), closed, missing: [] } }; }
  const { detail } = failure(run);
  if (selection.range.length > 0) { return { ok: false, error: `git cannot list the commits of ${selection.range.join(' ')} (${detail}). Check the range, or the repository with: git fsck` }; }
  if (signal?.aborted === true) { return { ok: false, error: 'The scan was stopped before its end.' }; }
  const { ids, missing } = await ownWalk(repository, [...tips.value]);
  return { ok: true, value: { ids, closed, missing } };
}

/** An option would be taken for one by git. */
function wrongRevision({ range, refs, since }: Selection): string | undefined {
  const bad = [...range, ...refs].find((one) => one.startsWith('-') || /[\u0000-\u001f]/.test(one));
  if (bad !== undefined) { return `${JSON.stringify(bad)} is no revision. Name commits, branches or a range, as main, HEAD~20.. or v1.0..main.`; }
  return since !== undefined && !/\d|day|week|month|year|yesterday/.test(since) ? `--since ${since} is no date. Write it as 2026-03-09 or "2 weeks ago".` : undefined;
}

/** Ids, or ranges of ids, to begin from. */
async function tipsOf(repository: Repository, selection: Selection): Promise<Outcome<readonly string[]>> {
  if (selection.range.length > 0) { return await resolved(repository, selection.range); }
  const plain = selection.refs.filter((ref) => !ref.includes('*'));
  const named = plain.length === 0 ? { ok: true as const, value: [] } : await resolved(repository, plain);
  if (!named.ok) { return named; }
  const patterns = selection.refs.filter((ref) => ref.includes('*'));
  const matched = await refsLike(repository, patterns);
  const empty = patterns.length > 0 && matched.length === 0 ? patterns[0] : undefined;
  if (empty !== undefined) { return { ok: false, error: `No reference matches ${empty}. "git for-each-ref" lists them.` }; }
  const [all, checkedOut, stashes] = await Promise.all([
    selection.refs.length > 0 ? [] : refsBelow(repository, 'refs/', selection.stashes),
    selection.refs.length > 0 ? [] : heads(repository),
    selection.stashes ? stashEntries(repository) : [],
  ]);
  return { ok: true, value: [...new Set([...named.value, ...matched, ...all, ...checkedOut, ...stashes])] };
}

/** Revisions and ranges as ids, `^` in front of what is left out. */
async function resolved(repository: Repository, revisions: readonly string[]): Promise<Outcome<readonly string[]>> {
  const ids: string[] = [];
  for (const revision of revisions) {
    const run = await ask(repository, ['rev-parse', '--revs-only', '--end-of-options', revision, '--']);
    const found = lines(run.out).filter((line) => /^\^?[0-9a-f]{40,64}$/.test(line));
    if (run.code !== 0 || found.length === 0) {
      return { ok: false, error: `There is no ${revision} in this repository. Name commits, branches or a range, as main, HEAD~20.. or v1.0..main.` };
    }
    ids.push(...found);
  }
  return { ok: true, value: ids };
}

/** Commits that references lead to, tags followed; one that leads to no commit, or to nothing, is left out here and met by the walk. */
async function refsBelow(repository: Repository, prefix: string, stash = true): Promise<readonly string[]> {
  const run = await ask(repository, ['for-each-ref', '--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)', prefix]);
  return lines(run.out).flatMap((line) => {
    const [type, id = '', ...more] = line.split(' ');
    if (!stash && line.endsWith(' refs/stash')) { return []; }
    if (type === 'commit') { return [id]; }
    return more[0] === 'commit' && more[1] !== undefined ? [more[1]] : [];
  });
}

/** What is checked out, in every working tree: a detached one has no reference. */
async function heads(repository: Repository): Promise<readonly string[]> {
  const run = await ask(repository, ['worktree', 'list', '--porcelain']);
  const found = lines(run.out).flatMap((line) => (/^HEAD [0-9a-f]{40,64}$/.test(line) && !/^HEAD 0+$/.test(line) ? [line.slice(5)] : []));
  return repository.head === undefined ? found : [repository.head, ...found];
}

async function refsLike(repository: Repository, patterns: readonly string[]): Promise<readonly string[]> {
  const asked = patterns.flatMap((pattern) => (pattern.startsWith('refs/') ? [pattern] : [`refs/heads/${pattern}`, `refs/tags/${pattern}`, `refs/remotes/${pattern}`]));
  if (asked.length === 0) { return []; }
  const run = await ask(repository, ['for-each-ref', '--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname)', ...asked]);
  return lines(run.out).flatMap((line) => {
    const [type, id = '', inner, target] = line.split(' ');
    return type === 'commit' ? [id] : inner === 'commit' && target !== undefined ? [target] : [];
  });
}

/** The stash keeps its older entries in the reflog of one reference. */
async function stashEntries(repository: Repository): Promise<readonly string[]> {
  const run = await ask(repository, ['rev-list', '--walk-reflogs', '--ignore-missing', 'refs/stash', '--']);
  return run.code === 0 ? lines(run.out) : [];
}

/** The same order by reading the commits one after another, where git stops at the first one that is missing. */
async function ownWalk(repository: Repository, tips: readonly string[]): Promise<{ readonly ids: readonly string[]; readonly missing: readonly string[] }> {
  const reader = new CommitReader(repository);
  const parents = new Map<string, readonly string[]>();
  const missing: string[] = [];
  const dates = new Map<string, number>();
  try {
    const open = [...tips];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (parents.has(id) || missing.includes(id)) { continue; }
      const commit = await reader.read(id);
      if (commit === undefined) { missing.push(id); continue; }
      parents.set(id, commit.parents);
      dates.set(id, commit.committed);
      open.push(...commit.parents);
    }
  } finally {
    reader.close();
  }
  return { ids: parentsFirst(parents, dates), missing };
}

/** Topological order; among commits that are free to come, the older one first. */
function parentsFirst(parents: ReadonlyMap<string, readonly string[]>, dates: ReadonlyMap<string, number>): readonly string[] {
  const ordered: string[] = [];
  const done = new Set<string>();
  for (const start of [...parents.keys()].sort((a, b) => (dates.get(a) ?? 0) - (dates.get(b) ?? 0))) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const waits = done.has(id) ? [] : (parents.get(id) ?? []).filter((parent) => parents.has(parent) && !done.has(parent));
      if (waits.length > 0) { stack.push(...waits); continue; }
      stack.pop();
      if (!done.has(id)) { done.add(id); ordered.push(id); }
    }
  }
  return ordered;
}
