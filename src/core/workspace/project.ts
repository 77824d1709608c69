/**
 * The incremental session over one root: discover → read → rules → summary → link → findings.
 *
 * One file in, one summary out: text and trees of closed files are dropped at once, an open document keeps one tree.
 * An edit replaces one summary; other files are decided again from their summaries and never read again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult, CheckedFinding, SkippedFile } from '../findings/result.ts';
import type { Outcome } from '../outcome.ts';
import type { Baseline } from '../rules/baseline.ts';
import type { CoverageEntry } from '../rules/coverage-baseline.ts';
import type { Since } from '../rules/since.ts';
import type { FileSummary } from '../source/link/summary.ts';
import type { SourceModel, SourceText, Span } from '../source/model.ts';
import type { AccountConfig } from './config.ts';
import type { DiscoveredFile } from './discovery.ts';
import { applyBaseline } from '../rules/baseline.ts';
import { SourceDocument } from '../source/document.ts';
import type { ProjectCoverage } from '../source/link/coverage.ts';
import type { SettingChain } from '../source/link/setting-chain.ts';
import type { UnreadKey } from '../source/link/setting-verdicts.ts';
import { Linker, type Trace } from '../source/link/linker.ts';
import type { Syntax } from '../source/source.ts';
import { analyse, type FileOutcome } from './analyse.ts';
import { type Contents, diskContents } from './contents.ts';
import { discover, fileRole } from './discovery.ts';
import { OutsideIncludes } from './outside-includes.ts';
import { BrokenInstallation, startParsers } from './parsers.ts';
import { cleanRelative, HERE, isAbsolutePath, relativePath, Spellings, spelledAsOnDisk } from './paths.ts';
import { byPlace, checked } from './checked.ts';
import { loadBaseline, loadConfig, type LoadedConfig } from './policy.ts';
import type { ProjectOptions } from './project-options.ts';
import { Scan, type ScanHost } from './scan/scan.ts';

/** Somebody who typed this recently is still typing: a scan then takes one file at a time and rests in between. */
const TYPING_MS = 300;

/** What one change touched: `paths` for sure; with `others`, findings of any file may have changed. */
export interface ChangedPaths {
  readonly paths: readonly string[];
  readonly others: boolean;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  progress?(done: number, total: number): void;
}

export class Project {
  readonly root: string;
  readonly #options: ProjectOptions;
  readonly #contents: Contents;
  readonly #syntax: Syntax;
  readonly #scan: Scan;
  /** Whether a scan has read every file at least once. */
  #whole = false;
  readonly #linker = new Linker({ isPartial: () => !this.#whole });
  readonly #documents = new Map<string, SourceDocument>();
  #baseline: Baseline | undefined;
  #files = new Map<string, DiscoveredFile>();
  #spellings: Spellings | undefined;
  #includes: OutsideIncludes | undefined;
  #discoverySkips: readonly SkippedFile[] = [];
  readonly #skipped = new Map<string, SkippedFile>();
  readonly #failed = new Map<string, readonly { readonly rule: string; readonly error: string }[]>();
  #durationMs = 0;
  /** Settled once every file was read for guard coverage; undefined while nobody has asked for it. */
  #covered: Promise<void> | undefined;
  /** When a document was last changed in an editor, `performance.now()`. */
  #edited = Number.NEGATIVE_INFINITY;

  private constructor(options: ProjectOptions, syntax: Syntax, contents: Contents, config: LoadedConfig, baseline: Baseline | undefined) {
    this.root = options.root;
    this.#options = options;
    this.#syntax = syntax;
    this.#contents = contents;
    this.#scan = new Scan(options, contents, syntax, config);
    this.#baseline = baseline;
    this.#covered = options.coverage === true ? Promise.resolve() : undefined;
  }

  /**
   * Opens a root: reads `tickguard.json` and the baseline, finds the files, loads the grammars. Reads no source yet.
   * Errors: a broken `tickguard.json` or baseline, an unknown account or pack, a path that does not exist, a damaged
   * installation.
   */
  static async open(options: ProjectOptions): Promise<Outcome<Project>> {
    const contents = options.contents ?? diskContents(options.root);
    const config = loadConfig(options, contents);
    if (!config.ok) { return config; }
    const baseline = loadBaseline(options, contents);
    if (!baseline.ok) { return baseline; }
    try {
      const project = new Project(options, await startParsers(options.wasmFolder), contents, config.value, baseline.value);
      await project.#discover();
      return { ok: true, value: project };
    } catch (error) {
      if (error instanceof BrokenInstallation) { return { ok: false, error: error.message }; }
      throw error;
    }
  }

  get counters(): { readonly parses: number; readonly liveTrees: number } {
    return { parses: this.#syntax.parses, liveTrees: this.#syntax.liveTrees };
  }

  /** Rules that broke while running, by file: the check is incomplete (exit 2). */
  get failedRules(): ReadonlyMap<string, readonly { readonly rule: string; readonly error: string }[]> {
    return this.#failed;
  }

  /** Paths of all known files, relative to the root, sorted. */
  files(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  /** The spelling by which a file is known; a path of no known file stays as it is. */
  spelled(path: string): string {
    if (!(this.#options.pathRules ?? HERE).ignoresCase || this.#files.has(path)) { return path; }
    return (this.#spellings ??= new Spellings(this.#files.keys(), this.#options.pathRules ?? HERE)).of(path);
  }

  /** Whether a file is known: discovered, or open. */
  has(path: string): boolean {
    return this.#files.has(path);
  }

  /**
   * Whether a check of the root would look at a file: false for one that is ignored or excluded, so that editor and
   * terminal agree. A file that is not on disk yet counts unless it is excluded.
   */
  async covers(path: string): Promise<boolean> {
    if (this.#files.has(path)) { return true; }
    if (this.#scan.config.set.excluded(path)) { return false; }
    const { files } = await discover(this.root, [path], { exclude: this.#scan.config.set.exclude, named: false });
    return files.some((file) => file.path === path) || !existsSync(join(this.root, path));
  }

  /** Files that could not be checked, and broken policy files below the root. */
  get skipped(): readonly SkippedFile[] {
    return [...this.#discoverySkips, ...this.#configProblems(), ...this.#skipped.values()];
  }

  /** Reads every discovered file that is not open; gives way to other work every few milliseconds. */
  async scan(options: ScanOptions = {}): Promise<void> {
    const started = performance.now();
    const host: ScanHost = {
      wants: (file) => !this.#documents.has(file.path) && this.#files.has(file.path),
      take: (file, outcome) => { this.#take(file.path, outcome); },
      typing: () => performance.now() - this.#edited < TYPING_MS,
    };
    const progress = (done: number): void => { options.progress?.(done, this.#files.size); };
    await this.#scan.run([...this.#files.values()], host, { progress, ...(options.signal === undefined ? {} : { signal: options.signal }) });
    if (options.signal?.aborted !== true) { await this.#bringIncludes(); }
    // Of single files nobody knows what the others read.
    const { paths } = this.#options;
    if (options.signal?.aborted !== true) { this.#whole = paths === undefined || paths.length === 0 || paths.includes('.'); }
    this.#durationMs += performance.now() - started;
  }

  /**
   * Loads the grammar a document takes, if no file of its language was known before. To be awaited before a file that is
   * not known (`has`) is opened. Throws `BrokenInstallation` where the grammar is damaged.
   */
  async prepare(path: string): Promise<void> {
    await this.#scan.load([path]);
  }

  /** Takes over a document from an editor: its buffer wins over the disk until it is closed. */
  openDocument(path: string, text: string): ChangedPaths {
    this.#documents.get(path)?.dispose();
    this.#spellings = undefined;
    const document = new SourceDocument(path, text, this.#syntax, { budgetMs: this.#options.budgetMs });
    this.#documents.set(path, document);
    if (!this.#files.has(path)) { this.#files.set(path, this.#describe(path, text.length)); }
    return this.#analyseDocument(path, document);
  }

  /** The whole new text of an open document; only the changed part is parsed again. */
  changeDocument(path: string, text: string): ChangedPaths {
    const document = this.#documents.get(path);
    if (document === undefined) { return this.openDocument(path, text); }
    this.#edited = performance.now();
    document.update(text);
    return this.#analyseDocument(path, document);
  }

  /** A saved document is taken as it stands, half-typed statements included: editor and terminal then agree. */
  saveDocument(path: string): ChangedPaths {
    const document = this.#documents.get(path);
    if (document === undefined) { return { paths: [], others: false }; }
    document.settle();
    return this.#analyseDocument(path, document);
  }

  /** Gives the file back to the disk. */
  async closeDocument(path: string): Promise<ChangedPaths> {
    this.#documents.get(path)?.dispose();
    this.#documents.delete(path);
    return this.fileChanged(path);
  }

  /** A file was written or created on disk; ignored while it is open. */
  async fileChanged(path: string): Promise<ChangedPaths> {
    if (this.#documents.has(path)) { return { paths: [], others: await this.#bringIncludes([path]) }; }
    const found = await discover(this.root, [path], { exclude: this.#scan.config.set.exclude, named: false });
    const file = found.files.find((candidate) => candidate.path === path);
    if (file === undefined) { return this.fileDeleted(path); }
    await this.prepare(path);
    this.#files.set(path, file);
    this.#spellings = undefined;
    const change = this.#take(path, this.#scan.read(file));
    return await this.#bringIncludes([path]) ? { ...change, others: true } : change;
  }

  /** A file is gone. */
  fileDeleted(path: string): ChangedPaths {
    this.#files.delete(path);
    this.#spellings = undefined;
    this.#skipped.delete(path);
    this.#failed.delete(path);
    return { paths: [path], others: this.#linker.delete(path) };
  }

  /** Reads `tickguard.json`, the baseline and git's list again and decides everything anew. */
  async reload(): Promise<Outcome<ChangedPaths>> {
    const config = loadConfig(this.#options, this.#contents);
    if (!config.ok) { return config; }
    const baseline = loadBaseline(this.#options, this.#contents);
    if (!baseline.ok) { return baseline; }
    this.#scan.config = config.value;
    this.#baseline = baseline.value;
    this.#includes?.forget();
    this.#includes = undefined;
    const before = new Set(this.#files.keys());
    await this.#discover();
    for (const path of this.#documents.keys()) { before.delete(path); }
    for (const path of this.#files.keys()) { before.delete(path); }
    for (const path of before) { this.fileDeleted(path); }
    for (const [path, document] of this.#documents) { this.#analyseDocument(path, document); }
    await this.scan();
    return { ok: true, value: { paths: this.files(), others: true } };
  }

  /** Asks the folders and git again: only files that came, went, or are tracked otherwise than before are read. */
  async rediscover(): Promise<ChangedPaths> {
    const before = this.#files;
    await this.#discover();
    const changed: string[] = [];
    for (const [path, file] of this.#files) {
      const known = before.get(path);
      if (known !== undefined && known.tracked === file.tracked && known.ignored === file.ignored && known.role === file.role) { continue; }
      const document = this.#documents.get(path);
      if (document === undefined) { this.#take(path, this.#scan.read(file)); } else { this.#analyseDocument(path, document); }
      changed.push(path);
    }
    for (const path of before.keys()) {
      if (!this.#files.has(path)) { this.fileDeleted(path); changed.push(path); }
    }
    return { paths: changed, others: changed.length > 0 };
  }

  /** Reads the baseline again: nothing is checked anew, only what it hides changes. */
  reloadBaseline(): Outcome<ChangedPaths> {
    const baseline = loadBaseline(this.#options, this.#contents);
    if (!baseline.ok) { return baseline; }
    this.#baseline = baseline.value;
    return { ok: true, value: { paths: [], others: true } };
  }

  /** Every account that `tickguard.json` names. */
  accounts(): readonly AccountConfig[] {
    return this.#scan.config.set.accounts();
  }

  /** Findings of one file, decided now: suppressed and baselined ones are marked, not left out. */
  findings(path: string): readonly CheckedFinding[] {
    return applyBaseline(this.#linker.decide(path), this.#baseline).map(checked);
  }

  /** Calls in this file through which a handler reaches a finding in another file. */
  traces(path: string): readonly Trace[] {
    return this.#linker.traces(path);
  }

  /** The way of the setting at a place, 1-based in UTF-16 units; `word` is the name under the cursor. */
  settingAt(path: string, line: number, column: number, word: string): SettingChain | undefined {
    return this.#linker.settingAt(path, line, column, word);
  }

  /** The key of a file of settings at a place, if it is proven that no program reads it. */
  unreadAt(path: string, line: number, column: number): UnreadKey | undefined {
    return this.#linker.unreadAt(path, line, column);
  }

  /** The accounts that a file is checked by. */
  accountsOf(path: string): readonly AccountConfig[] {
    return this.#scan.configOf(path).accounts;
  }

  /** Order sites of the whole root, and the protections before each; as of the files read with `coverage` or since `cover`. */
  coverage(): ProjectCoverage {
    return this.#linker.coverage();
  }

  /** Reads every file for guard coverage, unless that was done; from here on edits keep it up to date. */
  cover(): Promise<void> {
    this.#scan.covered = true;
    this.#covered ??= this.#readAgain();
    return this.#covered;
  }

  async #readAgain(): Promise<void> {
    // After the field is set: every file that is read from here on is read for it.
    await Promise.resolve();
    for (const [path, document] of this.#documents) { this.#analyseDocument(path, document); }
    await this.scan();
  }

  /** Order sites the baseline holds, with the guards each had; undefined where it holds none or is not used. */
  acceptedCoverage(): readonly CoverageEntry[] | undefined {
    const accepted = [...(this.#baseline?.coverage.values() ?? [])];
    return accepted.length === 0 ? undefined : accepted;
  }

  /** The current text of an open document. */
  document(path: string): SourceText | undefined {
    return this.#documents.get(path)?.source;
  }

  /** What was read of an open document; may lag behind its text while a statement is being typed. */
  model(path: string): SourceModel | undefined {
    return this.#documents.get(path)?.model;
  }

  /** Everything found so far, sorted by file and place; with `covers`, findings of these files alone. */
  result(covers: (path: string) => boolean = () => true): CheckResult {
    const findings = this.#linker.files().filter(covers).flatMap((path) => this.findings(path));
    findings.sort((a, b) => byPlace(a.finding, b.finding));
    return {
      root: this.root, findings, skipped: this.skipped, files: this.#files.size, durationMs: this.#durationMs,
      ...(this.#scan.timing === undefined ? {} : { timing: Object.fromEntries(this.#scan.timing) }),
    };
  }

  /** Deletes every live tree and lets go of the files. */
  dispose(): void {
    for (const document of this.#documents.values()) { document.dispose(); }
    this.#documents.clear();
    this.#contents.dispose();
  }

  /** A broken `tickguard.json` in a subfolder: its files are checked by the nearest good one, and the check is incomplete. */
  #configProblems(): readonly SkippedFile[] {
    return this.#scan.config.set.problems.map((problem) => ({ file: problem.slice(0, problem.indexOf(':')), reason: problem, incomplete: true }));
  }

  async #discover(): Promise<void> {
    const { files, skipped } = await this.#contents.discover((this.#options.paths ?? []).map((path) => this.#relative(path)), this.#scan.config.set.exclude);
    // A check that runs once loads what its scan takes: with a cache that is little, and other threads start meanwhile.
    if (this.#options.cache === undefined && this.#options.threads === undefined) { await this.#scan.load(files.map((file) => file.path)); }
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#spellings = undefined;
    for (const [path, document] of this.#documents) {
      if (!this.#files.has(path)) { this.#files.set(path, this.#describe(path, document.source.text.length)); }
    }
    this.#discoverySkips = skipped;
  }

  #relative(path: string): string {
    const inside = isAbsolutePath(path, (this.#options.pathRules ?? HERE)) ? relativePath(this.root, path, (this.#options.pathRules ?? HERE)) : cleanRelative(path, (this.#options.pathRules ?? HERE));
    return spelledAsOnDisk(this.root, inside, (this.#options.pathRules ?? HERE));
  }

  #describe(path: string, bytes: number): DiscoveredFile {
    return { path, absolute: join(this.root, path), bytes, role: fileRole(path) };
  }

  /** Reads the files outside the project that includes lead to; see `OutsideIncludes`. */
  #bringIncludes(paths?: readonly string[]): Promise<boolean> {
    this.#includes ??= new OutsideIncludes({ ...this.#options, named: this.#scan.config.set.includes(), linker: this.#linker, syntax: this.#syntax });
    return this.#includes.bring(paths);
  }

  /** Models of files, by path, read anew and not kept. */
  models(paths: readonly string[]): Promise<ReadonlyMap<string, SourceModel>> {
    return this.#scan.models(paths.flatMap((path) => this.#files.get(path) ?? []));
  }

  /** Decides files anew with what changed in them since another revision, by path; only rules that judge a change say more then. */
  async compare(changes: ReadonlyMap<string, Since>): Promise<void> {
    const options = this.#scan.analyseOptions();
    const judging = { ...options, rules: options.rules.filter((rule) => rule.needsBase === true), coverage: false };
    for (const [path, model] of await this.models([...changes.keys()])) {
      const [file, config, since] = [this.#files.get(path), this.#scan.configOf(path), changes.get(path)!];
      // Of most changes they say nothing, and then what was decided stands.
      if (analyse(model, file, config, judging, { since }).summary.findings.length === 0) { continue; }
      const { summary, failed, secrets } = analyse(model, file, config, options, { since });
      this.#take(path, { kind: 'read', summary, failed, secrets, lasting: false });
    }
  }

  /** Writes down what this scan learned, for the next one. */
  remember(): Promise<boolean> {
    return this.#scan.remember();
  }

  #take(path: string, outcome: FileOutcome): ChangedPaths {
    if (outcome.kind === 'skipped') { return this.#skip(path, outcome.reason, outcome.incomplete); }
    this.#skipped.delete(path);
    if (outcome.failed.length > 0) { this.#failed.set(path, outcome.failed); } else { this.#failed.delete(path); }
    return this.#link(outcome.summary);
  }

  #link(summary: FileSummary): ChangedPaths {
    const change = this.#linker.set(summary);
    return { paths: [summary.path], others: change.interfaceChanged || change.findingsChanged };
  }

  #skip(path: string, reason: string, incomplete: boolean): ChangedPaths {
    this.#skipped.set(path, { file: path, reason, incomplete });
    return { paths: [path], others: this.#linker.delete(path) };
  }

  #analyseDocument(path: string, document: SourceDocument): ChangedPaths {
    const map = { source: document.source, span: (span: Span) => document.mapSpan(span) };
    const { summary, failed } = analyse(document.model, this.#files.get(path), this.#scan.configOf(path), this.#scan.analyseOptions(), { map });
    return this.#take(path, { kind: 'read', summary, failed, secrets: [], lasting: false });
  }
}
