/** A key looked for in every file below a folder, whatever git or settings say of it. */
import { createReadStream, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Form, FormSearch } from './needle-forms.ts';

/** What a file is: settings of an environment, a log, or anything else. */
export type FileKind = 'env' | 'log' | 'file';

export interface FileSearch {
  readonly looked: Readonly<Record<FileKind, number>>;
  readonly found: readonly { readonly path: string; readonly kind: FileKind; readonly form: Form['name'] }[];
  /** Files and folders that could not be read: nobody knows what is in them. */
  readonly unread: readonly { readonly path: string; readonly kind: FileKind }[];
}

const LOG = /(?:^|\/)logs?\/|\.(?:log|out|err|trace|jsonl)(?:\.\d{1,4})?$/i;
const ENV = /(?:^|\/)(?:\.env[^/]{0,60}|[^/]{1,100}\.env|\.envrc)$/i;

/** Looks into every file; git's own folder is looked at by its objects. Links are not followed, pipes not opened. */
export async function searchFiles(root: string, forms: readonly Form[], signal: AbortSignal): Promise<FileSearch> {
  const looked = { env: 0, log: 0, file: 0 };
  const found: { path: string; kind: FileKind; form: Form['name'] }[] = [];
  const unread: { path: string; kind: FileKind }[] = [];
  const open = [''];
  for (let path = open.pop(); path !== undefined && !signal.aborted; path = open.pop()) {
    const kind: FileKind = ENV.test(path) ? 'env' : LOG.test(path) ? 'log' : 'file';
    try {
      const stats = lstatSync(join(root, path));
      if (stats.isDirectory()) {
        for (const name of readdirSync(join(root, path))) { if (name !== '.git') { open.push(path === '' ? name : `${path}/${name}`); } }
        continue;
      }
      if (!stats.isFile()) { continue; }
      looked[kind] += 1;
      const form = await searchFile(join(root, path), forms);
      if (form !== undefined) { found.push({ path, kind, form }); }
    } catch {
      unread.push({ path: path === '' ? '.' : path, kind });
    }
  }
  return { looked, found: found.sort((a, b) => (a.path < b.path ? -1 : 1)), unread };
}

async function searchFile(path: string, forms: readonly Form[]): Promise<Form['name'] | undefined> {
  const search = new FormSearch(forms);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    search.push(piece as Buffer);
    if (search.found !== undefined) { break; }
  }
  return search.found;
}
