/**
 * Reads the patches of `git diff-tree --stdin --always -p --cc`: the id of a commit on a line of its own, then its files
 * (git, "Generating patch text with -p" and "Combined diff format"). Bytes come in pieces of any size; memory is bounded by
 * one file's patch, which git itself bounds by `core.bigFileThreshold`.
 */
import { ByteList } from './byte-list.ts';
import { type FilePatch, SUBMODULE_MODE, unquotePath } from './patch.ts';

const FEED = 10;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const BACKSLASH = 92;

/** What comes of the stream, in its order. */
export type PatchEvent =
  | { readonly kind: 'commit'; readonly id: string }
  | { readonly kind: 'file'; readonly patch: FilePatch }
  | { readonly kind: 'submodule'; readonly path: string };

/** A file whose patch is being read. */
interface OpenFile {
  path: string;
  before: readonly string[];
  parents: number;
  after: string | undefined;
  opaque: boolean;
  submodule: boolean;
  created: boolean;
}

export class PatchReader {
  #rest: Buffer | undefined;
  #commit: string;
  #file: OpenFile | undefined;
  /** Parents the patch compares with: prefix columns of each line. */
  #columns = 1;
  /** Lines still to come in the hunk, of each parent and of the result. */
  #left: number[] = [];
  /** Of the file's patch so far: lines after the commit, which of them are new, and lines that are gone. */
  readonly #kept = new ByteList();
  readonly #added = new ByteList();
  readonly #removed = new ByteList();
  #events: PatchEvent[] = [];

  /** @param commit name of the commit where the stream does not say it: `git diff-index` has none. */
  constructor(commit = '') {
    this.#commit = commit;
  }

  /** What is complete with these bytes. */
  push(chunk: Buffer): readonly PatchEvent[] {
    let bytes = chunk;
    if (this.#rest !== undefined) { bytes = Buffer.concat([this.#rest, chunk]); }
    let from = 0;
    for (let feed = bytes.indexOf(FEED); feed >= 0; feed = bytes.indexOf(FEED, from)) {
      this.#take(bytes, from, feed);
      from = feed + 1;
    }
    // A copy: the rest of a line must not keep the whole chunk alive.
    this.#rest = from === bytes.length ? undefined : Buffer.from(bytes.subarray(from));
    return this.#given();
  }

  /** What is complete at the end of the stream. */
  end(): readonly PatchEvent[] {
    if (this.#rest !== undefined) { this.#take(this.#rest, 0, this.#rest.length); this.#rest = undefined; }
    this.#finishFile();
    return this.#given();
  }

  #given(): readonly PatchEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #take(bytes: Buffer, from: number, end: number): void {
    if (this.#inHunk()) { this.#hunkLine(bytes, from, end); return; }
    const first = bytes[from];
    // Hunk lines of the kind “\ No newline at end of file” follow the last counted one.
    if (first === BACKSLASH) { return; }
    this.#head(bytes.toString('latin1', from, end));
  }

  #inHunk(): boolean {
    for (let i = 0; i < this.#left.length; i += 1) { if ((this.#left[i] as number) > 0) { return true; } }
    return false;
  }

  /** A line of a hunk: a column a parent, then the text. Without any column (`diff.suppressBlankEmpty`) it is an empty line all have. */
  #hunkLine(bytes: Buffer, from: number, end: number): void {
    if (bytes[from] === BACKSLASH) { return; }
    const left = this.#left;
    const columns = end === from ? 0 : this.#columns;
    let added = columns > 0;
    let gone = false;
    for (let i = from; i < from + columns; i += 1) {
      if (bytes[i] === MINUS) { gone = true; }
      if (bytes[i] !== PLUS) { added = false; }
    }
    for (let i = 0; i < this.#columns; i += 1) {
      const mark = columns === 0 ? SPACE : bytes[from + i];
      if (gone ? mark === MINUS : mark !== PLUS) { left[i] = (left[i] as number) - 1; }
    }
    const begin = from + columns;
    // The last line of a stream may have no line break.
    const behind = Math.min(end + 1, bytes.length);
    if (gone) { this.#removed.add(bytes, begin, behind); return; }
    left[this.#columns] = (left[this.#columns] as number) - 1;
    this.#kept.add(bytes, begin, behind);
    this.#added.push(added ? 1 : 0);
  }

  #head(line: string): void {
    if (line.startsWith('@@')) { this.#hunk(line); return; }
    if (line.startsWith('diff --')) { this.#startFile(line); return; }
    if (line.length >= 40 && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(line)) {
      this.#finishFile();
      this.#commit = line;
      this.#events.push({ kind: 'commit', id: line });
      return;
    }
    const file = this.#file;
    if (file === undefined) { return; }
    if (line.startsWith('index ')) { this.#ids(file, line); } else if (line.startsWith('new file mode ') || line.startsWith('mode ')) {
      file.submodule ||= line.endsWith(SUBMODULE_MODE);
    } else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) { file.opaque = true; } else if (line.startsWith('+++ ')) {
      const path = afterPrefix(line.slice(4));
      if (path !== undefined) { file.path = path; }
    }
  }

  /** `diff --git a/PATH b/PATH` and `diff --cc PATH`; without renames both paths are one. */
  #startFile(line: string): void {
    this.#finishFile();
    const combined = /^diff --(?:cc|combined) (.*)$/s.exec(line);
    const both = line.slice('diff --git '.length);
    // `a/X b/X`: each half is as long as the other.
    const path = combined === null ? afterPrefix(both.slice((both.length + 1) / 2)) ?? '' : unquotePath(utf8(combined[1] as string));
    this.#columns = 1;
    this.#left = [];
    this.#file = { path, before: [], parents: 1, after: undefined, opaque: false, submodule: false, created: false };
  }

  /** `index OLD..NEW MODE`, of a merge `index OLD,OLD..NEW`. */
  #ids(file: OpenFile, line: string): void {
    const match = /^index ([0-9a-f,]+)\.\.([0-9a-f]+)(?: ([0-7]{6}))?$/.exec(line);
    if (match === null) { return; }
    const [, before = '', after = '', mode] = match;
    const old = before.split(',');
    file.created = old.every(isNone);
    file.parents = old.length;
    file.before = old.filter((id) => !isNone(id));
    file.after = isNone(after) ? undefined : after;
    file.submodule ||= mode === SUBMODULE_MODE;
  }

  /** `@@ -1,2 +3,4 @@`, of a merge `@@@ -1,2 -1,3 +3,4 @@@`: a count that is not written is 1. */
  #hunk(line: string): void {
    const plain = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (plain !== null) {
      this.#columns = 1;
      this.#left = [Number(plain[1] ?? 1), Number(plain[2] ?? 1)];
      return;
    }
    const ranges = [...line.slice(0, line.indexOf(' @@', 2)).matchAll(/[-+](\d+)(?:,(\d+))?/g)];
    this.#columns = Math.max(1, ranges.length - 1);
    this.#left = ranges.map((range) => (range[2] === undefined ? 1 : Number(range[2])));
  }

  #finishFile(): void {
    const file = this.#file;
    this.#file = undefined;
    this.#left = [];
    const text = this.#kept.take();
    const added = this.#added.take();
    const removed = this.#removed.take();
    if (file === undefined) { return; }
    const { path, before, parents, after, opaque } = file;
    if (file.submodule) { this.#events.push({ kind: 'submodule', path }); return; }
    if (before.length === 0 && after === undefined) { return; }
    this.#events.push({
      kind: 'file',
      patch: { commit: this.#commit, path, before, parents, after, opaque, whole: file.created && !opaque, text, added, removed },
    });
  }
}

/** The path of a `---` or `+++` line; undefined for `/dev/null`. Git puts a tab behind one with blanks. */
function afterPrefix(written: string): string | undefined {
  const name = written.replace(/\t$/, '');
  if (name === '/dev/null') { return undefined; }
  return (name.startsWith('"') ? unquotePath(name) : utf8(name)).slice(2);
}

/** Heads are read byte by byte; a plain name is UTF-8. */
function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

function isNone(id: string): boolean {
  return /^0+$/.test(id);
}
