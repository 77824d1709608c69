/** Who made a commit, and when: read from the commit itself, so that no setting of the repository has a say. */
import { BlobReader } from '../../../core/workspace/blobs.ts';
import { HISTORY_SAFE, type Repository } from './repository.ts';

/** A commit as people speak of it. */
export interface CommitFacts {
  readonly id: string;
  readonly author: string;
  readonly email: string;
  /** ISO 8601 with the author's own offset: `2026-03-09T14:05:00+01:00`. */
  readonly date: string;
  /** First line of the message. */
  readonly subject: string;
}

export interface RawCommit extends CommitFacts {
  readonly parents: readonly string[];
  /** When it was committed, seconds since 1970. */
  readonly committed: number;
}

/** Reads commits by id. */
export class CommitReader {
  readonly #repository: Repository;
  #blobs: BlobReader | undefined;
  readonly #known = new Map<string, RawCommit>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** The commit; undefined where git does not have it, or it is none. */
  async read(id: string): Promise<RawCommit | undefined> {
    const known = this.#known.get(id);
    if (known !== undefined) { return known; }
    const { git, root, env } = this.#repository;
    if (this.#blobs === undefined || this.#blobs.ended) { this.#blobs = new BlobReader(git, HISTORY_SAFE, root, env); }
    const bytes = (await this.#blobs.read([id])).get(id);
    const commit = bytes === undefined ? undefined : parseCommit(id, bytes);
    if (commit !== undefined) { this.#known.set(id, commit); }
    return commit;
  }

  close(): void {
    this.#blobs?.close();
  }
}

/** `tree …`, `parent …`, `author NAME <MAIL> SECONDS ZONE`, …, an empty line, the message (git, Documentation/gitformat-commit). */
function parseCommit(id: string, bytes: Buffer): RawCommit | undefined {
  const end = bytes.indexOf('\n\n');
  const head = textOf(end < 0 ? bytes : bytes.subarray(0, end));
  if (!head.startsWith('tree ')) { return undefined; }
  const field = (name: string): string => head.split('\n').find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const author = personOf(field('author'));
  const message = end < 0 ? '' : textOf(bytes.subarray(end + 2));
  return {
    id, author: author.name, email: author.email, date: dateOf(author.seconds, author.zone),
    subject: message.split('\n', 1)[0]?.slice(0, 200) ?? '',
    parents: [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map((match) => match[1] as string),
    committed: personOf(field('committer')).seconds,
  };
}

/** UTF-8, or where it is not valid the old code page: names of authors come in any. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}

function personOf(line: string): { readonly name: string; readonly email: string; readonly seconds: number; readonly zone: string } {
  const open = line.lastIndexOf('<');
  const close = line.lastIndexOf('>');
  const [seconds = '0', zone = '+0000'] = line.slice(close + 1).trim().split(' ');
  return { name: line.slice(0, Math.max(open, 0)).trim(), email: open < 0 ? '' : line.slice(open + 1, Math.max(close, open + 1)), seconds: Number(seconds) || 0, zone };
}

/** A time in its own zone; one no calendar has (git takes any number) is the beginning of 1970. */
function dateOf(seconds: number, zone: string): string {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  const minutes = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  const local = new Date((seconds + minutes * 60) * 1000);
  const offset = match === null ? '+00:00' : `${match[1] ?? '+'}${match[2] ?? '00'}:${match[3] ?? '00'}`;
  return `${Number.isNaN(local.getTime()) ? '1970-01-01T00:00:00' : local.toISOString().slice(0, 19)}${offset}`;
}
