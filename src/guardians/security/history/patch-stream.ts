/** The patches of many commits out of one run of git after another, past commits that git cannot read. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type PatchEvent, PatchReader } from './patch-reader.ts';
import { SUBMODULE_MODE } from './patch.ts';
import { ask, HISTORY_SAFE, type Repository } from './repository.ts';

/**
 * What of a commit is shown: each added line of an ordinary commit, of a merge the lines that no parent has. Names stay as they
 * are: a moved file is new under its new name, because what a value means hangs on the file it is in.
 */
const SHOWN: readonly string[] = [
  '-p', '--cc', '-U3', '--no-renames', '--full-index', '--no-color', '--no-ext-diff', '--no-textconv', '--src-prefix=a/', '--dst-prefix=b/',
  '--ignore-submodules=none', '--submodule=short', '--no-relative', '-O/dev/null',
];

/** What comes of a run over commits; `broken` is a commit whose patch git cannot make: its files come as `whole`. */
export type StreamEvent = PatchEvent
  | { readonly kind: 'whole'; readonly change: RawChange }
  | { readonly kind: 'broken'; readonly id: string; readonly detail: string };

/** A file of a commit without its patch. */
export interface RawChange {
  readonly commit: string;
  readonly path: string;
  readonly before: readonly string[];
  readonly parents: number;
  readonly after: string | undefined;
  /** What was there before is not known: the tree of a parent is missing. */
  readonly blind?: boolean;
}

/** The patches of the commits, in their order. Ends early, without an error, when the signal says so. */
export async function* patchesOf(repository: Repository, ids: readonly string[], signal: AbortSignal): AsyncGenerator<StreamEvent> {
  let next = 0;
  while (next < ids.length && !signal.aborted) {
    const seen = { count: 0 };
    const end = { code: 0 as number | null, error: '' };
    for await (const event of runDiffTree(repository, ids, next, signal, end)) {
      if (event.kind === 'commit') { seen.count += 1; }
      yield event;
    }
    if (end.code === 0 || signal.aborted) { return; }
    // The last commit that was named is either whole or the one that broke; then the next one broke before it was named.
    const last = next + seen.count - 1;
    // It is read once more: of a run that broke the end of the last file is not known.
    const again: End = { code: 0, error: '' };
    if (last >= next) { yield* runDiffTree(repository, ids.slice(last, last + 1), 0, signal, again); }
    const whole = last >= next && again.code === 0;
    const bad = whole ? last + 1 : Math.max(last, next);
    const id = ids[bad];
    if (id === undefined || signal.aborted) { return; }
    yield { kind: 'broken', id, detail: firstLine(end.error) };
    yield* wholeChanges(repository, id);
    next = bad + 1;
  }
}

/** The patch of what is staged. */
export async function* stagedPatches(repository: Repository, env: NodeJS.ProcessEnv, signal: AbortSignal): AsyncGenerator<PatchEvent> {
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', ...SHOWN, repository.head ?? repository.emptyTree, '--'];
  yield* read(spawnGit({ ...repository, env }, args, signal), new PatchReader(STAGED), { code: 0, error: '' });
}

/** Stands for the commit that is not made yet. */
export const STAGED = 'staged';

interface End { code: number | null; error: string }

function runDiffTree(repository: Repository, ids: readonly string[], from: number, signal: AbortSignal, end: End): AsyncGenerator<PatchEvent> {
  // Where the index says that a file of the working tree is the content, git reads the file: only what is stored counts here.
  const env = { ...repository.env, GIT_INDEX_FILE: join(repository.home, 'tickguard-no-index') };
  const child = spawnGit({ ...repository, env }, ['diff-tree', '--stdin', '--always', '--root', '-r', ...SHOWN], signal);
  // Without a copy of the list, however long it is.
  Readable.from(chunksOf(ids, from), { objectMode: false }).pipe(child.stdin);
  return read(child, new PatchReader(), end);
}

function* chunksOf(ids: readonly string[], from: number): Generator<string> {
  for (let at = from; at < ids.length; at += 500) { yield `${ids.slice(at, at + 500).join('\n')}\n`; }
}

function spawnGit({ git, root, env }: Repository, args: readonly string[], signal: AbortSignal): ReturnType<typeof spawn> & { readonly stdin: NodeJS.WritableStream; readonly stdout: Readable; readonly stderr: Readable } {
  const child = spawn(git, [...HISTORY_SAFE, ...args], { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, signal });
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  return child;
}

async function* read(child: ReturnType<typeof spawnGit>, reader: PatchReader, end: End): AsyncGenerator<PatchEvent> {
  child.stderr.on('data', (chunk: Buffer) => { if (end.error.length < 65_536) { end.error += chunk.toString('utf8'); } });
  const closed = new Promise<number | null>((done) => { child.once('close', done); child.once('error', () => { done(null); }); });
  try {
    for await (const chunk of child.stdout) { yield* reader.push(chunk as Buffer); }
    end.code = await closed;
    // What a broken run leaves half is read again.
    if (end.code === 0) { yield* reader.end(); }
  } catch (error) {
    // Stopped: the stream is destroyed with its process.
    end.code = null;
    end.error ||= String(error);
  } finally {
    child.kill();
  }
}

/** The files of a commit by their ids alone; of one whose own tree is missing nothing can be said. */
async function* wholeChanges(repository: Repository, id: string): AsyncGenerator<StreamEvent> {
  yield { kind: 'commit', id };
  const run = await ask(repository, ['diff-tree', '--root', '-r', '-m', '--first-parent', '--no-renames', '--raw', '-z', '--no-abbrev', '--no-commit-id', id]);
  if (run.code !== 0) { yield* everyFile(repository, id); return; }
  const fields = run.out.toString('utf8').split('\0');
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode, before = '', after = ''] = (fields[at] ?? '').split(' ');
    const path = fields[at + 1];
    if (path === undefined || mode === undefined || mode === SUBMODULE_MODE) { continue; }
    yield { kind: 'whole', change: { commit: id, path, before: isNone(before) ? [] : [before], parents: 1, after: isNone(after) ? undefined : after } };
  }
}

/** All that a commit holds, where its parent's tree is missing. */
async function* everyFile(repository: Repository, id: string): AsyncGenerator<StreamEvent> {
  const run = await ask(repository, ['ls-tree', '-r', '-z', '--full-tree', id]);
  for (const record of run.out.toString('utf8').split('\0')) {
    const [, type, after] = record.slice(0, Math.max(0, record.indexOf('\t'))).split(' ');
    if (type === 'blob' && after !== undefined) { yield { kind: 'whole', change: { commit: id, path: record.slice(record.indexOf('\t') + 1), before: [], parents: 1, after, blind: true } }; }
  }
}

function isNone(id: string): boolean {
  return id === '' || /^0+$/.test(id);
}

function firstLine(error: string): string {
  return error.split('\n').find((line) => /^(?:fatal|error)/.test(line))?.trim() ?? 'git stopped';
}
