/** A key looked for in every object that a repository has, those that nothing leads to any more included. */
import { spawn } from 'node:child_process';
import { ask, HISTORY_SAFE, lines, type Repository } from '../history/repository.ts';
import { type Form, FormSearch } from './needle-forms.ts';

export interface ObjectSearch {
  readonly looked: number;
  readonly found: readonly { readonly id: string; readonly type: string; readonly form: Form['name'] }[];
  /** git stopped before its last object. */
  readonly incomplete: string | undefined;
}

/** Reads all objects once, in the order they are stored. Memory is bounded whatever their size. */
export async function searchObjects(repository: Repository, forms: readonly Form[], signal: AbortSignal): Promise<ObjectSearch> {
  const { git, root, env } = repository;
  const child = spawn(git, [...HISTORY_SAFE, 'cat-file', '--batch-all-objects', '--unordered', '--buffer', '--batch'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, signal });
  let error = '';
  child.stderr.on('data', (chunk: Buffer) => { if (error.length < 10_000) { error += chunk.toString('utf8'); } });
  const closed = new Promise<number | null>((done) => { child.once('close', done); child.once('error', () => { done(null); }); });
  const reader = new ObjectStream(forms);
  try {
    for await (const chunk of child.stdout) { reader.push(chunk as Buffer); }
  } catch (problem) {
    error ||= String(problem);
  }
  const code = await closed;
  const stopped = code === 0 && error === '' ? undefined : error.split('\n').find((line) => line !== '')?.trim() ?? 'git stopped';
  return { looked: reader.count, found: reader.found, incomplete: stopped };
}

/** Takes `<id> <type> <size>`, a line break, the content and another line break apart, however they are cut. */
class ObjectStream {
  readonly #forms: readonly Form[];
  readonly found: { id: string; type: string; form: Form['name'] }[] = [];
  count = 0;
  #head = Buffer.alloc(0);
  #open: { readonly id: string; readonly type: string; left: number; readonly search: FormSearch } | undefined;

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) { rest = this.#open === undefined ? this.#takeHead(rest) : this.#takeContent(rest); }
  }

  #takeHead(bytes: Buffer): Buffer {
    const joined = Buffer.concat([this.#head, bytes]);
    const end = joined.indexOf(10);
    if (end < 0) { this.#head = joined; return Buffer.alloc(0); }
    this.#head = Buffer.alloc(0);
    const [id = '', type = '', size] = joined.toString('latin1', 0, end).split(' ');
    // An object that is named and not there has no content.
    if (size !== undefined && /^\d+$/.test(size)) {
      this.count += 1;
      this.#open = { id, type, left: Number(size) + 1, search: new FormSearch(this.#forms) };
    }
    return joined.subarray(end + 1);
  }

  #takeContent(bytes: Buffer): Buffer {
    const open = this.#open;
    if (open === undefined) { return bytes; }
    const part = bytes.subarray(0, open.left);
    open.search.push(part);
    open.left -= part.length;
    if (open.left === 0) {
      // A tree holds names only; its ids are bytes that spell nothing.
      if (open.search.found !== undefined) { this.found.push({ id: open.id, type: open.type, form: open.search.found }); }
      this.#open = undefined;
    }
    return bytes.subarray(part.length);
  }
}

/** Commits that brought an object, the newest first, and under which path; none where only the store has it. */
export async function leadsTo(repository: Repository, id: string): Promise<readonly { readonly commit: string; readonly path: string }[]> {
  const run = await ask(repository, ['log', '--all', '--reflog', '-m', '--raw', '-z', '--no-abbrev', '--no-renames', '--format=%x01%H', `--find-object=${id}`]);
  return run.out.toString('utf8').split('\u0001').flatMap((part) => {
    const [commit = '', ...fields] = part.split('\0');
    return fields.flatMap((field, index) => (field.trim().startsWith(':') && field.trim().split(' ')[3] === id && fields[index + 1] !== undefined ? [{ commit: commit.trim(), path: fields[index + 1] as string }] : []));
  });
}

/** Remote-tracking branches that hold a commit, and since when this clone has known it of one of them. */
export async function pushedSince(repository: Repository, commit: string): Promise<{ readonly refs: readonly string[]; readonly since: string | undefined }> {
  const refs = lines((await ask(repository, ['for-each-ref', '--format=%(refname:short)', `--contains=${commit}`, 'refs/remotes/'])).out).filter((ref) => !ref.endsWith('/HEAD'));
  let since: string | undefined;
  for (const ref of refs.slice(0, 20)) {
    const log = await ask(repository, ['log', '--walk-reflogs', '--date=iso-strict', '--format=%H %gd', `refs/remotes/${ref}`, '--']);
    // The newest entry comes first; the last one that has the commit is the oldest.
    for (const line of lines(log.out)) {
      const [id = '', entry = ''] = line.split(' ');
      if ((await ask(repository, ['merge-base', '--is-ancestor', commit, id])).code !== 0) { break; }
      const date = /@\{([^{}]{10,40})\}/.exec(entry)?.[1];
      if (date !== undefined && (since === undefined || Date.parse(date) < Date.parse(since))) { since = date; }
    }
  }
  return { refs, since };
}
