/**
 * Reads the files of a scan on several threads, this one included. Each takes the next file that nobody has taken; what
 * came of them is handed out in order. What a thread took and did not send before it died is read here, one after another,
 * so that nothing is lost and nothing is said that a scan on one thread would not say.
 */
import type { FileOutcome } from '../analyse.ts';
import type { DiscoveredFile } from '../discovery.ts';
import type { Pace } from './pace.ts';
import { outcomesOf, type Part, type Share } from './parts.ts';
import type { FileReader, ReadFile } from './reader.ts';

/** Another thread that reads. */
export interface ScanThread {
  /** Ends it at once. */
  stop(): void;
}

export interface ThreadEvents {
  part(part: Part): void;
  /** It ended, done or not. */
  ended(): void;
}

/** How a door starts a thread that does `readShare`; throws where it cannot be started. */
export type StartThread = (share: Share, events: ThreadEvents) => ScanThread;

export interface ThreadedOptions {
  readonly files: readonly DiscoveredFile[];
  /** What the other threads are told; its `files` are those here. */
  readonly share: Share;
  /** How many others. */
  readonly others: number;
  readonly start: StartThread;
  /** For the share of this thread. */
  readonly read: ReadFile;
  readonly pace: Pace;
  readonly signal?: AbortSignal;
}

export class ThreadedReader implements FileReader {
  readonly #options: ThreadedOptions;
  readonly #live = new Set<ScanThread>();
  /** What came of files that were not asked for yet. */
  readonly #outcomes = new Map<DiscoveredFile, FileOutcome>();
  /** Wakes who waits for other threads. */
  #wake: () => void = () => undefined;

  constructor(options: ThreadedOptions) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#stirred);
    for (let count = 0; count < options.others; count++) {
      if (!this.#start()) { break; }
    }
  }

  /** How many other threads are at work. */
  get live(): number {
    return this.#live.size;
  }

  async read(file: DiscoveredFile): Promise<FileOutcome | undefined> {
    const { read, pace, signal } = this.#options;
    while (signal?.aborted !== true) {
      const outcome = this.#outcomes.get(file);
      if (outcome !== undefined) {
        this.#outcomes.delete(file);
        return outcome;
      }
      const mine = this.#take();
      if (mine !== undefined) {
        this.#outcomes.set(mine, read(mine));
        await pace.due();
      } else if (this.#live.size > 0) {
        await new Promise<void>((wake) => { this.#wake = wake; });
      } else { return read(file); }
    }
    return undefined;
  }

  close(): void {
    this.#options.signal?.removeEventListener('abort', this.#stirred);
    for (const thread of this.#live) { thread.stop(); }
    this.#live.clear();
  }

  readonly #stirred = (): void => { this.#wake(); };

  #take(): DiscoveredFile | undefined {
    const { files, share } = this.#options;
    // Counted up past the end only once by each thread, so that the number stays small.
    return Atomics.load(share.next, 0) < files.length ? files[Atomics.add(share.next, 0, 1)] : undefined;
  }

  #start(): boolean {
    const { start, share, files } = this.#options;
    const ended = (): void => {
      if (thread !== undefined) { this.#live.delete(thread); }
      this.#wake();
    };
    let thread: ScanThread | undefined;
    try {
      thread = start(share, {
        part: (part) => {
          for (const [file, outcome] of outcomesOf(part, files)) { this.#outcomes.set(file, outcome); }
          if (part.last) { ended(); } else { this.#wake(); }
        },
        ended,
      });
    } catch {
      // No room for another thread: those there are read on.
      return false;
    }
    this.#live.add(thread);
    return true;
  }
}
