/** Contents out of git's object store, by `git cat-file --batch`: one process for any number of them. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Largest answer to `cat-file` that is no content: `<id> missing`, `<id> blob <size>`. */
const MAX_HEAD = 512;

/** A question that waits for its answer. */
interface Waiting {
  readonly id: string;
  done(content: Buffer | undefined): void;
}

/** Reads blobs by id. One object for one check; `close` ends its process. */
export class BlobReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #size = 0;
  /** Size of the content that is being received, its line break not counted. */
  #awaited: number | undefined;
  #ended = false;

  /** @param args options of git that come before the command. */
  constructor(git: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    this.#child = spawn(git, [...args, 'cat-file', '--batch'], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    this.#child.stdout.on('data', (chunk: Buffer) => { this.#receive(chunk); });
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', () => { this.#end(); });
    this.#child.on('close', () => { this.#end(); });
  }

  /** Contents by id; one that git does not have, or cannot read, is missing from the answer. */
  async read(ids: Iterable<string>): Promise<ReadonlyMap<string, Buffer>> {
    const wanted = [...new Set(ids)];
    const found = new Map<string, Buffer>();
    if (this.#ended || wanted.length === 0) { return found; }
    const answers = wanted.map((id) => new Promise<void>((next) => {
      this.#waiting.push({ id, done: (content) => { if (content !== undefined) { found.set(id, content); } next(); } });
    }));
    this.#child.stdin.write(`${wanted.join('\n')}\n`);
    await Promise.all(answers);
    return found;
  }

  /** The process is gone (a damaged object ends it): nothing more can be read, and another reader has to take over. */
  get ended(): boolean {
    return this.#ended;
  }

  close(): void {
    this.#end();
    this.#child.stdin.end();
    this.#child.kill();
  }

  #end(): void {
    this.#ended = true;
    for (const { done } of this.#waiting.splice(0)) { done(undefined); }
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joined only when something is whole: a content of 10 MB comes in 160 pieces.
    while (this.#waiting.length > 0 && this.#size >= (this.#awaited === undefined ? 1 : this.#awaited + 1)) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      const rest = this.#awaited === undefined ? this.#head(bytes) : this.#content(bytes, this.#awaited);
      this.#chunks = [rest ?? bytes];
      this.#size = this.#chunks[0]!.length;
      if (rest === undefined) { return; }
    }
  }

  /** Takes the line before a content; undefined while it is not whole. */
  #head(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(10);
    if (end < 0) {
      if (bytes.length > MAX_HEAD) { this.close(); }
      return undefined;
    }
    const [, type, size] = bytes.toString('latin1', 0, end).split(' ');
    if (size === undefined || type === 'missing') { this.#waiting.shift()?.done(undefined); } else { this.#awaited = Number(size); }
    return bytes.subarray(end + 1);
  }

  #content(bytes: Buffer, size: number): Buffer {
    this.#awaited = undefined;
    // A copy: a part of the chunk would keep all of it.
    this.#waiting.shift()?.done(Buffer.from(bytes.subarray(0, size)));
    return bytes.subarray(size + 1);
  }
}
