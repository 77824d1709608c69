/** Writing a file whole or not at all. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Text (written as UTF-8), bytes, or pieces one after another. */
export type FileData = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes `data` (text as UTF-8, or pieces one after another) to `path`, whole or not at all: a temporary file in the same folder, flushed to the disk,
 * then renamed over the old one. A reader sees the old bytes or the new, never a part, and a crash leaves the old.
 * A symbolic link is written through; the permissions of an existing file are kept; a device or a pipe (`/dev/null`) is
 * written to and stays what it is. The folder must exist, unless `folders` asks for it to be made. Throws the file system's error (with its `code`), with the temporary file removed.
 */
export async function writeFileAtomic(path: string, data: FileData, options: { readonly folders?: boolean } = {}): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  if (options.folders === true) await mkdir(folder, { recursive: true });
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile() && !found.isDirectory()) return await writeThrough(target, data);
  const mode = found === undefined ? undefined : found.mode & 0o7777;
  const temporary = join(folder, `.${basename(target)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // `wx`: a file that is already there under this name is somebody else's, and not followed.
    const handle = await open(temporary, 'wx', mode ?? 0o666);
    try {
      await writeAll(handle, data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The mode given to `open` is cut by the umask.
    if (mode !== undefined) await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** On an open file each call goes on where the last one ended. */
async function writeAll(handle: FileHandle, data: FileData): Promise<void> {
  for await (const piece of typeof data === 'string' || data instanceof Uint8Array ? [data] : data) await handle.writeFile(piece);
}

/** What is no file cannot be replaced by one: whoever may write to `/dev` would lose the device. */
async function writeThrough(target: string, data: FileData): Promise<void> {
  const handle = await open(target, 'w');
  try {
    await writeAll(handle, data);
  } finally {
    await handle.close();
  }
}

/** Makes the rename itself last; some systems cannot open a folder, and the file is whole without it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
