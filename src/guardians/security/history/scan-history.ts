/** One scan of a history: commits not read before go through git's patches, what earlier scans found is taken over. */
import { textOf } from '../../../core/source/text.ts';
import type { Commits } from './commits.ts';
import { FileHistory, type Unread } from './file-history.ts';
import type { HistoryCache } from './history-cache.ts';
import type { Judge } from './judge.ts';
import type { Arrival, Ledger, LedgerEvent } from './ledger.ts';
import { ObjectStore } from './objects.ts';
import { patchesOf, stagedPatches, type StreamEvent } from './patch-stream.ts';
import type { Repository } from './repository.ts';

/** How often progress is written down: so much work at most is lost when the process is killed. */
const WRITE_EVERY_MS = 500;
const WRITE_EVERY_COMMITS = 500;

export interface HistoryScan {
  /** Commits read now, and commits known from earlier scans. */
  readonly read: number;
  readonly remembered: number;
  /** Bytes of patches that were looked at. */
  readonly patchBytes: number;
  readonly unread: readonly Unread[];
  /** Commits that git could not show, in a sentence each. */
  readonly broken: readonly { readonly commit: string; readonly detail: string }[];
  /** Paths of submodules: repositories of their own, which are not entered. */
  readonly submodules: readonly string[];
}

export interface ScanParts {
  readonly repository: Repository;
  readonly commits: Commits;
  readonly ledger: Ledger;
  readonly judge: Judge;
  readonly cache: HistoryCache;
  /** Environment with the index of the commit that is being made; undefined where staged content is not asked for. */
  readonly staged: NodeJS.ProcessEnv | undefined;
  readonly signal: AbortSignal;
  progress(text: string): void;
}

/** Reads the commits into the ledger. Throws `BrokenInstallation`. */
export async function scanHistory(parts: ScanParts): Promise<HistoryScan> {
  const objects = new ObjectStore(parts.repository);
  try {
    return await new Scan(parts, objects).run();
  } finally {
    objects.close();
  }
}

class Scan {
  readonly #parts: ScanParts;
  readonly #objects: ObjectStore;
  readonly #files: FileHistory;
  readonly #unread = new Map<string, Unread>();
  readonly #broken: { commit: string; detail: string }[] = [];
  readonly #submodules = new Set<string>();
  readonly #damaged = new Set<string>();
  #patchBytes = 0;
  /** What has not been written to the cache yet. */
  #pending: { commits: string[]; events: LedgerEvent[]; unread: Unread[] } = { commits: [], events: [], unread: [] };
  #written = performance.now();

  constructor(parts: ScanParts, objects: ObjectStore) {
    this.#parts = parts;
    this.#objects = objects;
    this.#files = new FileHistory({
      objects, judge: parts.judge, ledger: parts.ledger, complete: parts.commits.closed && parts.commits.missing.length === 0,
      unread: (one) => {
        if (this.#unread.has(`${one.commit} ${one.path}`)) { return; }
        this.#unread.set(`${one.commit} ${one.path}`, one);
        if (one.incomplete) { this.#damaged.add(one.commit); } else { this.#pending.unread.push(one); }
      },
    });
  }

  async run(): Promise<HistoryScan> {
    const { commits, cache, repository, staged, signal } = this.#parts;
    await this.#recall();
    const fresh = commits.ids.filter((id) => !cache.has(id));
    await this.#read(patchesOf(repository, fresh, signal), fresh.length);
    if (staged !== undefined && !signal.aborted) { for await (const event of stagedPatches(repository, staged, signal)) { await this.#take(event); } }
    return {
      read: fresh.length, remembered: commits.ids.length - fresh.length, patchBytes: this.#patchBytes,
      unread: [...this.#unread.values()], broken: this.#broken, submodules: [...this.#submodules].sort(),
    };
  }

  /** Takes over what is remembered of the commits asked for; values are read again where they stood. */
  async #recall(): Promise<void> {
    const { cache, ledger, commits } = this.#parts;
    if (cache.done.size === 0) { return; }
    const asked = new Set(commits.ids);
    for (const one of cache.unread) { if (asked.has(one.commit)) { this.#unread.set(`${one.commit} ${one.path}`, one); } }
    for (const event of cache.events) {
      if (!asked.has(event.commit)) { continue; }
      ledger.recall(event, event.kind === 'added' ? await this.#valueOf(event) : undefined);
    }
  }

  async #valueOf({ blob, span, secret }: Arrival): Promise<string | undefined> {
    const content = await this.#objects.read(blob);
    const decoded = Buffer.isBuffer(content) ? textOf(content) : undefined;
    const value = decoded?.ok === true ? decoded.source.text.slice(span.start, span.end) : undefined;
    return value !== undefined && this.#parts.ledger.idOf(value) === secret ? value : undefined;
  }

  /** The commit a patch belongs to is done when the next one begins. */
  async #read(events: AsyncGenerator<StreamEvent>, total: number): Promise<void> {
    let open: string | undefined;
    let count = 0;
    for await (const event of events) {
      if (this.#parts.signal.aborted) { break; }
      if (event.kind === 'commit' && event.id !== open) {
        this.#finish(open);
        open = event.id;
        count += 1;
        if (count % 64 === 0) { this.#parts.progress(`Read ${count} of ${total} commits`); }
      }
      await this.#take(event);
    }
    if (!this.#parts.signal.aborted) { this.#finish(open); }
    this.#write();
  }

  async #take(event: StreamEvent): Promise<void> {
    if (event.kind === 'submodule') { this.#submodules.add(event.path); return; }
    if (event.kind === 'broken') { this.#broken.push({ commit: event.id, detail: event.detail }); this.#damaged.add(event.id); return; }
    if (event.kind === 'commit') { return; }
    if (event.kind === 'file') { this.#patchBytes += event.patch.text.length + event.patch.removed.length; }
    const found = event.kind === 'file' ? await this.#files.take(event.patch) : await this.#files.takeWhole(event.change);
    this.#pending.events.push(...found);
  }

  #finish(id: string | undefined): void {
    if (id === undefined) { return; }
    // One with something missing is read anew each time: it may have been mended.
    if (!this.#damaged.has(id)) { this.#pending.commits.push(id); }
    if (this.#pending.commits.length >= WRITE_EVERY_COMMITS || performance.now() - this.#written > WRITE_EVERY_MS) { this.#write(); }
  }

  #write(): void {
    const done = new Set(this.#pending.commits);
    this.#parts.cache.add(this.#pending.commits, this.#pending.events.filter(({ commit }) => done.has(commit)), this.#pending.unread.filter(({ commit }) => done.has(commit)));
    this.#pending = { commits: [], events: this.#pending.events.filter(({ commit }) => !done.has(commit)), unread: this.#pending.unread.filter(({ commit }) => !done.has(commit)) };
    this.#written = performance.now();
  }
}
