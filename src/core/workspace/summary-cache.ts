/**
 * What a check remembers of files that did not change: their summaries, in `.tickguard/cache`. Plain data, one line a
 * file, so that nothing but what is needed is parsed and a rewritten cache copies the lines of old.
 *
 * A remembered summary holds for the same path, the same answer of git (tracked or not) and the same content. That the
 * content is the same follows from an unchanged `stat`, or from git's id of the bytes. Everything else a summary hangs on
 * – the version, the bundle, the options, the day, every `tickguard.json` – is in the key, and the key names the file.
 */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import type { FileOutcome } from './analyse.ts';
import type { DiscoveredFile } from './discovery.ts';
import type { FileStamp } from './entries.ts';
import { CACHE_FOLDER, ensureCache, STATE_FOLDER, statePath } from './state.ts';
import { readSummary, spellsSecret, type SummaryText, writeSummary } from './summary-text.ts';

/** Raised with every change of the format or of `FileSummary`. */
const FORMAT = 3;
/**
 * A file that changed less than this before the check began is not known by its `stat`: it could change again within the
 * same clock tick. The coarsest tick in use is FAT's, two seconds (Microsoft, “File Times”).
 */
const MARGIN_MS = 2_000;
/** Other keys (another day, another pack) have a file of their own; the newest this many stay. */
const MOST_FILES = 4;
/** A larger cache costs more memory than a check may take. */
const MAX_BYTES = 256 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Temporary files older than this were left by a process that was killed. */
const LEFT_BEHIND_MS = 3_600_000;
/**
 * When the file is written again: reading 50 changed files takes about as long as writing 5,000 summaries does (0.1 s);
 * a file that only has a new `stat` takes a fortieth of that.
 */
const REWRITE_FROM = 2_000;
const CHANGED_COSTS = 40;

/** A bit beside those of `HOLDS`: the line is no summary but the reason why the file is not checked. */
const REASON = 1 << 15;

/**
 * `[path, tracked (0 no, 1 yes, 2 not known, 3 ignored and named, 4 ignored), blob id, [size, mtime, ctime, inode] or null, offset, length, length without
 * the functions, HOLDS or REASON]`. A line is a `SummaryText`.
 */
type IndexRow = readonly [string, number, string, readonly [number, number, number, number] | null, number, number, number, number];

interface Head {
  readonly format: number;
  readonly key: string;
  readonly home: string;
  /** When the check began that wrote it, and when it was written; ms since 1970 by this machine's clock. */
  readonly started: number;
  readonly written: number;
}

interface Loaded {
  readonly bytes: Buffer;
  readonly rows: ReadonlyMap<string, IndexRow>;
  /** A `stat` older than this tells one state of a file from another. */
  readonly trusted: number;
}

/** A file of this run: remembered as it was (`row`), or newly read. */
interface Entry {
  readonly file: DiscoveredFile;
  readonly blob: string;
  readonly row?: IndexRow;
  readonly value?: SummaryText | string;
}

export class SummaryCache {
  readonly #root: string;
  readonly #key: string;
  readonly #started: number;
  readonly #loaded: Loaded | undefined;
  readonly #hits = new Map<string, IndexRow>();
  readonly #entries = new Map<string, Entry>();
  /** What the next check saves by a new file, in fortieths of a file read. */
  #gain = 0;

  private constructor(root: string, key: string, started: number, loaded: Loaded | undefined) {
    this.#root = root;
    this.#key = key;
    this.#started = started;
    this.#loaded = loaded;
  }

  /**
   * Opens the cache of a root for one key; empty if there is none, or one that is broken, foreign or older. Never throws.
   * @param started when the check began, ms since 1970: before the first file was looked at.
   */
  static open(root: string, key: string, started: number): SummaryCache {
    return new SummaryCache(root, key, started, load(root, key));
  }

  /** Files that `recall` knows something of. */
  get hits(): number {
    return this.#hits.size;
  }

  /** Whether the file is as it was; `identify` gives git's id of its content where `stat` does not tell. */
  knows(file: DiscoveredFile, identify: (file: DiscoveredFile) => string | undefined): boolean {
    const loaded = this.#loaded;
    const row = loaded?.rows.get(file.path);
    if (loaded === undefined || row === undefined || row[1] !== trackedCode(file)) { return false; }
    if (file.blob === undefined && isUnchanged(row, file.stamp, loaded.trusted)) {
      this.#hit(file, row);
      return true;
    }
    if ((file.blob ?? identify(file)) !== row[2]) { return false; }
    if (file.blob === undefined) { this.#gain += 1; }
    this.#hit(file, row);
    return true;
  }

  #hit(file: DiscoveredFile, row: IndexRow): void {
    this.#hits.set(file.path, row);
    this.#entries.set(file.path, { file, blob: row[2], row });
  }

  /** What came of a file that `knows` knew. */
  recall(path: string): FileOutcome | undefined {
    const row = this.#hits.get(path);
    const loaded = this.#loaded;
    if (row === undefined || loaded === undefined) { return undefined; }
    const [offset, length, head, holds] = row.slice(4) as [number, number, number, number];
    const bytes = loaded.bytes.subarray(offset, offset + length);
    if (holds === REASON) { return { kind: 'skipped', reason: JSON.parse(bytes.toString('utf8', 0, head)) as string, incomplete: false }; }
    return { kind: 'read', summary: readSummary(path, { bytes, head, holds }), failed: [], secrets: [], lasting: true };
  }

  /** Remembers what came of a file that was read now, if the same content would give the same again. */
  keep(file: DiscoveredFile, outcome: FileOutcome): void {
    this.#gain += CHANGED_COSTS;
    this.#entries.delete(file.path);
    const { blob } = outcome;
    if (blob === undefined) { return; }
    if (outcome.kind === 'skipped') {
      if (!outcome.incomplete) { this.#entries.set(file.path, { file, blob, value: outcome.reason }); }
    } else if (outcome.lasting) {
      const value = outcome.text ?? writeSummary(outcome.summary);
      if (outcome.secrets.length === 0 || !spellsSecret(value, outcome.secrets)) { this.#entries.set(file.path, { file, blob, value }); }
    }
  }

  /**
   * Writes the cache if the next check gains by it, or `always`; files that were not looked at are forgotten.
   * @returns whether it was written; where it cannot be (no permission, a link in the way, a full disk) it is not.
   */
  async save(always = false): Promise<boolean> {
    if (this.#gain < REWRITE_FROM && !always) { return false; }
    try {
      if (isLink(statePath(this.#root)) || isLink(statePath(this.#root, CACHE_FOLDER))) { return false; }
      const folder = await ensureCache(this.#root);
      const home = homeOf(this.#root);
      const path = pathOf(this.#root, this.#key);
      if (home === undefined || isLink(path)) { return false; }
      const head: Head = { format: FORMAT, key: this.#key, home, started: this.#started, written: Date.now() };
      await writeFileAtomic(path, this.#chunks(head));
      await prune(folder);
      return true;
    } catch {
      return false;
    }
  }

  /** The head, a line a file, the index, and where the index is with a checksum of all before. */
  *#chunks(head: Head): Generator<Uint8Array> {
    let checksum = 0;
    const rows: IndexRow[] = [];
    const page = new Page();
    const flush = (): Uint8Array => {
      const bytes = page.take();
      checksum = crc32(bytes, checksum);
      return bytes;
    };
    page.add(line(head));
    for (const entry of this.#entries.values()) {
      const offset = page.written;
      const [head, holds] = this.#add(entry, page);
      rows.push([entry.file.path, trackedCode(entry.file), entry.blob, stampOf(entry), offset, page.written - offset - 1, head, holds]);
      if (page.written > MAX_BYTES) { throw new Error('The cache would be too large.'); }
      if (page.size >= CHUNK_BYTES) { yield flush(); }
    }
    const index = page.written;
    page.add(line(rows));
    yield flush();
    page.add(line({ index, checksum }));
    yield page.take();
  }

  /** Adds a file's line; its length without the functions, and what it holds. */
  #add({ row, value }: Entry, page: Page): readonly [head: number, holds: number] {
    if (row !== undefined && this.#loaded !== undefined) {
      page.add(this.#loaded.bytes.subarray(row[4], row[4] + row[5] + 1));
      return [row[6], row[7]];
    }
    const offset = page.written;
    if (typeof value !== 'object') {
      page.add(line(value ?? ''));
      return [page.written - offset - 1, REASON];
    }
    page.add(value.bytes);
    page.add('\n');
    return [value.head, value.holds];
  }
}

/** Bytes on their way to the file, in one piece of memory that is used again and again: a cold check is short of it. */
class Page {
  #bytes = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  size = 0;
  /** All bytes so far, those taken included. */
  written = 0;

  add(piece: string | Uint8Array): void {
    const length = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
    if (this.size + length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(this.size + length + CHUNK_BYTES);
      this.#bytes.copy(larger, 0, 0, this.size);
      this.#bytes = larger;
    }
    if (typeof piece === 'string') { this.#bytes.write(piece, this.size); } else { this.#bytes.set(piece, this.size); }
    this.size += length;
    this.written += length;
  }

  /** What was added since the last time; valid until something is added. */
  take(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.size);
    this.size = 0;
    return bytes;
  }
}

/** One name a key, so that other keys are never read. */
function pathOf(root: string, key: string): string {
  return statePath(root, CACHE_FOLDER, `summaries-${key.slice(0, 16)}.jsonl`);
}

const NAME = /^summaries-[0-9a-f]{16}\.jsonl$/;
const TEMPORARY = /^\.summaries-[0-9a-f]{16}\.jsonl\.\d{1,10}\.[0-9a-f]{12}\.tmp$/;

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** Whether a path is a symbolic link: state is not written through one. */
export function isLink(path: string): boolean {
  try { return lstatSync(path).isSymbolicLink(); } catch { return false; }
}

/**
 * What makes a cache this folder's own: where it stands and when the folder was made, to the nanosecond. A cache that came
 * with a repository, as a commit or in an archive, is somebody's word for what the files hold, and is not believed.
 */
export function homeOf(root: string): string | undefined {
  const folder = lstatSync(statePath(root, CACHE_FOLDER), { bigint: true });
  if (!folder.isDirectory() || folder.birthtimeNs <= 0n) { return undefined; }
  return [realpathSync(root), folder.dev, folder.ino, folder.birthtimeNs].join(' ');
}

function load(root: string, key: string): Loaded | undefined {
  try {
    if (isLink(join(root, STATE_FOLDER)) || isLink(statePath(root, CACHE_FOLDER))) { return undefined; }
    const path = pathOf(root, key);
    const stats = lstatSync(path);
    if (!stats.isFile() || stats.size > MAX_BYTES) { return undefined; }
    const bytes = readFileSync(path);
    const tail = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    const { index, checksum } = JSON.parse(bytes.toString('utf8', tail)) as { readonly index: number; readonly checksum: number };
    // Against damage by a full disk or a killed process; that nobody else wrote it is what `home` is for.
    if (crc32(bytes.subarray(0, tail)) !== checksum) { return undefined; }
    const head = JSON.parse(bytes.toString('utf8', 0, bytes.indexOf(10))) as Head;
    if (head.format !== FORMAT || head.key !== key || head.home !== homeOf(root)) { return undefined; }
    const rows = JSON.parse(bytes.toString('utf8', index, tail)) as readonly IndexRow[];
    // A file system whose clock is behind this machine's makes new files look old.
    const behind = Math.min(0, stats.mtimeMs - head.written);
    return { bytes, rows: new Map(rows.map((row) => [row[0], row])), trusted: head.started + behind - MARGIN_MS };
  } catch {
    return undefined;
  }
}

function trackedCode(file: DiscoveredFile): number {
  if (file.ignored !== undefined) { return file.ignored === 'named' ? 3 : 4; }
  return file.tracked === undefined ? 2 : Number(file.tracked);
}

function isUnchanged(row: IndexRow, stamp: FileStamp | undefined, trusted: number): boolean {
  const then = row[3];
  if (then === null || stamp === undefined) { return false; }
  const same = then[0] === stamp.size && then[1] === stamp.mtimeMs && then[2] === stamp.ctimeMs && then[3] === stamp.ino;
  return same && stamp.mtimeMs < trusted && stamp.ctimeMs < trusted;
}

/** The `stat` of the content: today's for a file of the disk, the one of old for what came from git's index. */
function stampOf({ file, row }: Entry): IndexRow[3] {
  if (file.blob !== undefined) { return row?.[3] ?? null; }
  return file.stamp === undefined ? null : [file.stamp.size, file.stamp.mtimeMs, file.stamp.ctimeMs, file.stamp.ino];
}

/** Removes the oldest caches of other keys, and what killed processes left. */
async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  const aged = await Promise.all(names.filter((name) => NAME.test(name) || TEMPORARY.test(name)).map(async (name) => {
    const path = join(folder, name);
    return { path, temporary: !NAME.test(name), mtime: await stat(path).then((found) => found.mtimeMs, () => 0) };
  }));
  const old = aged.filter(({ temporary }) => !temporary).sort((a, b) => b.mtime - a.mtime).slice(MOST_FILES);
  const left = aged.filter(({ temporary, mtime }) => temporary && mtime < Date.now() - LEFT_BEHIND_MS);
  await Promise.all([...old, ...left].map(({ path }) => rm(path, { force: true })));
}
