/** Objects out of git's store, by id: sizes and contents, by one process each for any number of them. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { BlobReader } from '../../../core/workspace/blobs.ts';
import { MAX_FILE_BYTES } from '../../../core/workspace/entries.ts';
import { HISTORY_SAFE, type Repository } from './repository.ts';

/** A content, the size of one too large to be read, or `missing`: git does not have it or cannot read it. */
export type StoredObject = Buffer | number | 'missing';

/** Contents that are asked for again are mostly the last ones: a file's state before a commit is its state after another. */
const KEPT_BYTES = 24 * 1024 * 1024;

/** Reads objects of one repository; `close` ends its processes. */
export class ObjectStore {
  readonly #repository: Repository;
  #contents: BlobReader | undefined;
  #sizes: SizeReader | undefined;
  readonly #kept = new Map<string, Buffer>();
  #keptBytes = 0;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /**
   * One object's content; any longer than `MAX_FILE_BYTES` is given as its size alone.
   * @param small it is no longer, as its patch shows: git is asked once instead of twice.
   */
  async read(id: string, small = false): Promise<StoredObject> {
    const known = this.#kept.get(id);
    if (known !== undefined) { return known; }
    if (small) { return await this.#content(id) ?? 'missing'; }
    const size = await this.size(id);
    if (size === undefined) { return 'missing'; }
    if (size > MAX_FILE_BYTES) { return size; }
    return await this.#content(id) ?? 'missing';
  }

  /** Size in bytes; undefined where git does not have it. */
  async size(id: string): Promise<number | undefined> {
    if (this.#sizes === undefined || this.#sizes.ended) { this.#sizes = new SizeReader(this.#repository); }
    return await this.#sizes.ask(id);
  }

  close(): void {
    this.#contents?.close();
    this.#sizes?.close();
  }

  async #content(id: string): Promise<Buffer | undefined> {
    const { git, root, env } = this.#repository;
    // A damaged object ends the process that was asked for it.
    if (this.#contents === undefined || this.#contents.ended) { this.#contents = new BlobReader(git, HISTORY_SAFE, root, env); }
    const content = (await this.#contents.read([id])).get(id);
    if (content !== undefined) { this.#keep(id, content); }
    return content;
  }

  #keep(id: string, content: Buffer): void {
    this.#kept.set(id, content);
    this.#keptBytes += content.length;
    for (const [old, bytes] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES) { return; }
      this.#kept.delete(old);
      this.#keptBytes -= bytes.length;
    }
  }
}

/** `git cat-file --batch-check`: one question a line, one answer a line. */
class SizeReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: Interface;
  readonly #waiting: ((size: number | undefined) => void)[] = [];
  ended = false;

  constructor({ git, root, env }: Repository) {
    this.#child = spawn(git, [...HISTORY_SAFE, 'cat-file', '--batch-check=%(objectname) %(objectsize)'], { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', () => { this.#end(); });
    this.#child.on('close', () => { this.#end(); });
    this.#answers = createInterface({ input: this.#child.stdout });
    this.#answers.on('line', (line) => {
      const size = Number(line.split(' ')[1]);
      this.#waiting.shift()?.(Number.isInteger(size) ? size : undefined);
    });
  }

  ask(id: string): Promise<number | undefined> {
    return new Promise((done) => {
      if (this.ended) { done(undefined); return; }
      this.#waiting.push(done);
      this.#child.stdin.write(`${id}\n`);
    });
  }

  close(): void {
    this.#end();
    this.#answers.close();
    this.#child.stdin.end();
    this.#child.kill();
  }

  #end(): void {
    this.ended = true;
    for (const done of this.#waiting.splice(0)) { done(undefined); }
  }
}
