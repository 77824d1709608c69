/**
 * Reads the files of a session: asks the cache, then reads what it does not know, on this thread or on several, and hands
 * over what came of each file, in order. What is handed over is the same either way.
 */
import type { Rule } from '../../rules/rule.ts';
import { grammarsOf } from '../../source/code-languages.ts';
import type { SourceModel, SourceText } from '../../source/model.ts';
import { readSource, type Syntax } from '../../source/source.ts';
import { chooseAccounts } from '../account-choice.ts';
import { analyseFile, type AnalyseOptions, type FileOutcome } from '../analyse.ts';
import { cacheKey } from '../cache-key.ts';
import type { FileConfig } from '../config-file.ts';
import type { Contents } from '../contents.ts';
import type { DiscoveredFile } from '../discovery.ts';
import { MAX_FILE_BYTES } from '../entries.ts';
import { loadGrammars } from '../parsers.ts';
import type { LoadedConfig } from '../policy.ts';
import type { ProjectOptions } from '../project-options.ts';
import { SummaryCache } from '../summary-cache.ts';
import { keepHeapSmall } from './heap.ts';
import { Pace } from './pace.ts';
import { threadsFor } from './parallel.ts';
import type { Share } from './parts.ts';
import { processors } from './processors.ts';
import { type FileReader, serialReader } from './reader.ts';
import { ThreadedReader } from './threads.ts';

/**
 * Fewer files are not worth a folder that appears. For 100 files a warm check took 0.4 s instead of 1.6 s on a busy machine
 * (`test/bench/warm-check.test.ts`): from there on most of what is left is the start of the program.
 */
export const CACHE_FROM_FILES = 100;

export interface ScanOptions {
  readonly signal?: AbortSignal;
  progress?(done: number): void;
}

/** Who a scan reads for. */
export interface ScanHost {
  /** Whether a file is to be read: known, and not open. */
  wants(file: DiscoveredFile): boolean;
  /** What came of a file. */
  take(file: DiscoveredFile, outcome: FileOutcome): void;
  /** Whether somebody is typing right now. */
  typing(): boolean;
}

export class Scan {
  /** The policy in force. */
  config: LoadedConfig;
  /** Files are read for guard coverage, too. */
  covered: boolean;
  /** Time per rule in ms, filled when `TICKGUARD_TIMING=1`. */
  readonly timing: Map<string, number> | undefined;

  readonly #options: ProjectOptions;
  readonly #contents: Contents;
  readonly #syntax: Syntax;
  readonly #rules: readonly Rule[];
  /** When the session began, ms since 1970: before any file was looked at. */
  readonly #started: number;
  #cache: SummaryCache | undefined;

  constructor(options: ProjectOptions, contents: Contents, syntax: Syntax, config: LoadedConfig) {
    this.#options = options;
    this.#contents = contents;
    this.#syntax = syntax;
    this.config = config;
    this.covered = options.coverage === true;
    this.timing = process.env['TICKGUARD_TIMING'] === '1' ? new Map() : undefined;
    this.#rules = options.only === undefined ? options.rules : options.rules.filter((rule) => options.only?.includes(rule.id));
    this.#started = options.cache?.now?.() ?? Date.now();
  }

  /** Reads every file that the host wants; gives way to other work every few milliseconds. */
  async run(files: readonly DiscoveredFile[], host: ScanHost, options: ScanOptions): Promise<void> {
    this.#readPolicies(files);
    this.#cache = this.#openCache(files);
    const unread = files.filter((file) => host.wants(file) && this.#cache?.knows(file, (one) => this.#contents.identify(one)) !== true);
    keepHeapSmall(unread.length);
    const pace = new Pace(() => host.typing());
    const reader = this.#readerOf(unread, pace, options.signal);
    try {
      await this.load(unread.map((file) => file.path));
      let done = 0;
      for (const file of files) {
        if (options.signal?.aborted === true) { break; }
        if (host.wants(file)) { await this.#bring(file, reader, host); }
        options.progress?.(++done);
        await pace.due();
      }
    } finally {
      reader.close();
    }
  }

  async #bring(file: DiscoveredFile, reader: FileReader, host: ScanHost): Promise<void> {
    const known = this.#cache?.recall(file.path);
    const outcome = known ?? await reader.read(file);
    // Waiting for it took a while: it may have been opened or deleted.
    if (outcome === undefined || !host.wants(file)) { return; }
    if (known === undefined) { this.#cache?.keep(file, outcome); }
    host.take(file, outcome);
  }

  /** Reads one file of the disk now. */
  read(file: DiscoveredFile): FileOutcome {
    const outcome = this.#analyse(file);
    this.#cache?.keep(file, outcome);
    return outcome;
  }

  /** Models of files as they are, by path; what cannot be read is missing. */
  async models(files: readonly DiscoveredFile[]): Promise<ReadonlyMap<string, SourceModel>> {
    await this.load(files.map((file) => file.path));
    await this.#contents.fetch(files);
    return new Map(files.flatMap((file): [string, SourceModel][] => {
      const source = this.#sourceOf(file);
      return source === undefined ? [] : [[file.path, readSource(file.path, source, this.#syntax, { budgetMs: this.#options.budgetMs })]];
    }));
  }

  #sourceOf(file: DiscoveredFile): SourceText | undefined {
    if (file.bytes > MAX_FILE_BYTES) { return undefined; }
    try {
      const { decoded } = this.#contents.read(file, false);
      return decoded.ok ? decoded.source : undefined;
    } catch {
      // The scan has said so.
      return undefined;
    }
  }

  /** Loads the grammars that files take, by their paths. Throws `BrokenInstallation`. */
  load(paths: Iterable<string>): Promise<void> {
    return loadGrammars(this.#syntax, grammarsOf(paths), this.#options.wasmFolder);
  }

  /** What holds for a file. */
  configOf(path: string): FileConfig {
    return chooseAccounts(this.config.set.forFile(path), this.#options);
  }

  analyseOptions(): AnalyseOptions {
    const { rules, asOf, budgetMs } = this.#options;
    return { rules: this.#rules, known: rules, asOf, budgetMs, coverage: this.covered, ...(this.timing === undefined ? {} : { timing: this.timing }) };
  }

  /** Writes down what was read, for the next check; see `SummaryCache.save`. */
  async remember(): Promise<boolean> {
    return await this.#cache?.save(this.#options.cache?.always) ?? false;
  }

  #analyse(file: DiscoveredFile): FileOutcome {
    return analyseFile(file, () => this.#contents.read(file, this.#cache !== undefined), this.#syntax, () => this.configOf(file.path), this.analyseOptions());
  }

  /** Starts other threads where that is worth it. */
  #readerOf(files: readonly DiscoveredFile[], pace: Pace, signal: AbortSignal | undefined): FileReader {
    const { threads } = this.#options;
    const count = threads === undefined || !this.#contents.onDisk || this.timing !== undefined ? 1
      : (threads.count ?? threadsFor)(files.length, threads.most, processors);
    const read = (file: DiscoveredFile): FileOutcome => this.#analyse(file);
    if (threads === undefined || count < 2) { return serialReader(files, this.#contents, read); }
    return new ThreadedReader({ files, share: this.#shareOf(files), others: count - 1, start: threads.start, read, pace, ...(signal === undefined ? {} : { signal }) });
  }

  #shareOf(files: readonly DiscoveredFile[]): Share {
    const { root, asOf, budgetMs, only, wasmFolder } = this.#options;
    return {
      next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
      files: JSON.stringify(files.map(({ stamp: _unused, ...file }) => file)),
      root, asOf, budgetMs, policies: this.config.texts, coverage: this.covered, identified: this.#cache !== undefined,
      ...this.#choice(), ...(only === undefined ? {} : { only }), ...(wasmFolder === undefined ? {} : { wasmFolder }),
    };
  }

  #choice(): Pick<ProjectOptions, 'account' | 'pack' | 'size'> {
    const { account, pack, size } = this.#options;
    return { ...(account === undefined ? {} : { account }), ...(pack === undefined ? {} : { pack }), ...(size === undefined ? {} : { size }) };
  }

  /** Reads every `tickguard.json` on the way, and so tells the broken ones: for the cache's key, and for other threads. */
  #readPolicies(files: readonly DiscoveredFile[]): void {
    if (this.#options.cache === undefined && this.#options.threads === undefined) { return; }
    for (const file of files) { this.config.set.forFile(file.path); }
  }

  #openCache(files: readonly DiscoveredFile[]): SummaryCache | undefined {
    const { cache, root, asOf, budgetMs, only } = this.#options;
    if (cache === undefined || (files.length < CACHE_FROM_FILES && cache.always !== true) || this.timing !== undefined) { return undefined; }
    const build = cache.build();
    if (build === undefined) { return undefined; }
    const key = cacheKey({ build, asOf, budgetMs, configs: this.config.texts, coverage: this.covered, ...this.#choice(), ...(only === undefined ? {} : { only }) });
    return SummaryCache.open(root, key, this.#started);
  }
}
