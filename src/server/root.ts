/** One root of the workspace: its engine session, its configuration's state, and the scan in the background. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedFinding } from '../core/findings/result.ts';
import type { Trace } from '../core/source/link/linker.ts';
import { BrokenInstallation } from '../core/workspace/parsers.ts';
import { type ChangedPaths, Project } from '../core/workspace/project.ts';
import { type Engine, maskText } from '../engine.ts';
import { type ConfigProblem, problemOf } from './config-problem.ts';

/** Changes on disk that come together are answered together. */
const SETTLE_MS = 100;

/** Parse budget of one file in ms: over it only the text rules run, so that typing never waits longer. */
const PARSE_BUDGET_MS = 200;

/** The policy files, wherever they lie: they decide anew about every file. */
const POLICY = /(?:^|\/)tickguard\.json$|\.tickguard-pack\.json$/;
/** Ignore files: they decide which files there are, open ones included. */
const IGNORES = /(?:^|\/)\.gitignore$|^\.git\/info\/exclude$/;
/** git's list of what it tracks. */
const INDEX = '.git/index';

/** What a change on disk asks for; each includes those before it. */
const WORK = ['list', 'admit', 'reload'] as const;
type Work = (typeof WORK)[number];

export interface RootEvents {
  /** Findings may have changed: in `paths` for sure, with `others` anywhere. */
  changed(root: Root, change: ChangedPaths): void;
  /** The state, the counts or the accounts changed. */
  status(root: Root): void;
  log(message: string): void;
  /** Documents of the root that are open in the editor, with their current text. */
  documents(root: Root): readonly { readonly path: string; readonly text: string }[];
}

export interface RootOptions {
  readonly uri: string;
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  /** Path of a single file outside every opened folder: nothing around it is read. */
  readonly only: string | undefined;
  readonly engine: Engine;
  readonly events: RootEvents;
}

export type RootState = 'opening' | 'scanning' | 'ready' | 'failed';

export class Root {
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly loose: boolean;
  state: RootState = 'opening';
  done = 0;
  total = 0;
  /** Why the configuration could not be used. */
  problem: ConfigProblem | undefined;
  /** Settled as soon as open documents can be answered; the scan goes on behind it. */
  ready: Promise<void>;

  readonly #options: RootOptions;
  #project: Project | undefined;
  #onDefaults = false;
  #scan = new AbortController();
  #queue: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #due: Work | undefined;
  /** Whether a check would look at an open document, by path. */
  readonly #admitted = new Map<string, Promise<boolean>>();
  #closed = false;

  constructor(options: RootOptions) {
    this.#options = options;
    this.uri = options.uri;
    this.name = options.name;
    this.folder = options.folder;
    this.loose = options.only !== undefined;
    this.ready = this.#open();
  }

  /** Files known, relative to the root. */
  files(): readonly string[] {
    return this.#project?.files() ?? [];
  }

  /** The known spelling of a path: where case counts for nothing an editor may open a file by another one. */
  spelled(path: string): string {
    return this.#project?.spelled(path) ?? path;
  }

  findings(path: string): readonly CheckedFinding[] {
    return this.#project?.findings(path) ?? [];
  }

  traces(path: string): readonly Trace[] {
    return this.#project?.traces(path) ?? [];
  }

  get project(): Project | undefined {
    return this.#project;
  }

  /** What is wrong with the policy files, one entry a file. */
  problems(): readonly ConfigProblem[] {
    const below = (this.#project?.skipped ?? []).filter((skip) => POLICY.test(skip.file)).map((skip) => problemOf(this.folder, skip.reason));
    return this.problem === undefined ? below : [this.problem, ...below];
  }

  /** Settles once it is known whether a check would look at the document; its first text is then taken. */
  admit(path: string): Promise<boolean> {
    let admitted = this.#admitted.get(path);
    if (admitted === undefined) {
      admitted = this.#admitNow(path);
      this.#admitted.set(path, admitted);
    }
    return admitted;
  }

  /** The new text of an open document; of one that is still to be admitted the newest is taken then. */
  update(path: string, text: string): void {
    if (this.#project?.has(path) !== true) { void this.admit(path); return; }
    this.#apply(path, (project) => project.changeDocument(path, text));
  }

  save(path: string): void {
    this.#apply(path, (project) => project.saveDocument(path));
    if (POLICY.test(path)) { this.#soon('reload'); }
  }

  /** Gives the file back to the disk. */
  close(path: string): void {
    this.#admitted.delete(path);
    this.#later(path, (project) => project.closeDocument(path));
  }

  /** Files on disk changed; `path` is relative to the root. */
  fileEvent(path: string, kind: 'created' | 'changed' | 'deleted'): void {
    if (path === '.tickguard/baseline.json' || path === '.tickguard') { this.baselineChanged(); return; }
    if (POLICY.test(path)) { this.#soon('reload'); return; }
    if (IGNORES.test(path)) { this.#soon('admit'); return; }
    if (path === INDEX) { this.#soon('list'); return; }
    if (path === '' || path.startsWith('.git/') || path.startsWith('.tickguard/')) { return; }
    if (kind === 'deleted') {
      const gone = this.files().filter((file) => file === path || file.startsWith(`${path}/`));
      for (const file of gone) { this.#apply(file, (project) => project.fileDeleted(file)); }
      return;
    }
    if (kind === 'created' && isFolder(join(this.folder, path))) { this.#soon('list'); return; }
    this.#later(path, (project) => project.fileChanged(path));
  }

  /** The baseline was written: what it hides changes, and nothing is checked again. */
  baselineChanged(): void {
    const outcome = this.#project?.reloadBaseline();
    if (outcome === undefined) { return; }
    if (!outcome.ok) { this.#options.events.log(`${this.name}: ${outcome.error}`); return; }
    this.#options.events.changed(this, outcome.value);
  }

  /** Starts over, as after a change of the day or of a broken configuration. */
  reopen(): void {
    this.#queue = this.#queue.then(() => {
      this.ready = this.#open();
      return this.ready;
    });
  }

  /** Ends the scan and frees every live tree. */
  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#scan.abort();
    this.#project?.dispose();
    this.#project = undefined;
  }

  async #open(): Promise<void> {
    const { engine, events, only } = this.#options;
    this.#scan.abort();
    this.#project?.dispose();
    this.#project = undefined;
    this.#setState('opening');
    const options = {
      root: this.folder, rules: engine.rules, packs: engine.packs, budgetMs: PARSE_BUDGET_MS,
      asOf: new Date().toISOString().slice(0, 10),
      ...(only === undefined ? {} : { paths: [only] }),
    };
    try {
      const first = await Project.open(options);
      // A broken policy file must not switch the guard off while it is being mended.
      const outcome = first.ok ? first : await Project.open({ ...options, ignoreConfig: true });
      if (!outcome.ok) { this.#fail(`${this.name} could not be opened: ${outcome.error}`); return; }
      this.problem = first.ok ? undefined : problemOf(this.folder, first.error);
      this.#onDefaults = !first.ok;
      if (!first.ok) { events.log(`${this.name}: ${first.error} Checking with the defaults meanwhile.`); }
      if (this.#closed) { outcome.value.dispose(); return; }
      this.#project = outcome.value;
      await this.#admitAll(this.#project);
      void this.#scanAll(this.#project);
      events.changed(this, { paths: [], others: true });
    } catch (error) {
      this.#fail(`${this.name} could not be opened: ${sentence(error)}`);
    }
  }

  async #scanAll(project: Project): Promise<void> {
    const { events } = this.#options;
    if (this.loose) { this.#setState('ready'); return; }
    const { signal } = (this.#scan = new AbortController());
    const started = performance.now();
    let told = started;
    this.#setState('scanning');
    try {
      await project.scan({
        signal,
        progress: (done, total) => {
          this.done = done;
          this.total = total;
          if (performance.now() - told < 500) { return; }
          told = performance.now();
          events.changed(this, { paths: [], others: true });
          events.status(this);
        },
      });
    } catch (error) {
      this.#fail(`The scan of ${this.name} failed: ${sentence(error)}`);
      return;
    }
    if (signal.aborted) { return; }
    events.log(`${this.name}: ${this.total} files checked in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    this.#reportGaps(project);
    this.#setState('ready');
    events.changed(this, { paths: [], others: true });
  }

  async #admitNow(path: string): Promise<boolean> {
    await this.ready;
    const project = this.#project;
    if (project === undefined) { return false; }
    const covers = this.loose || await project.covers(path).catch(() => true);
    if (covers) { await project.prepare(path); }
    // Edited meanwhile: the newest text counts.
    const document = this.#options.events.documents(this).find((candidate) => candidate.path === path);
    if (covers && document !== undefined && project === this.#project) { this.#apply(path, () => project.changeDocument(path, document.text)); }
    return covers;
  }

  /** Takes the open documents that a check would look at into a new session, or again after the policy changed. */
  async #admitAll(project: Project): Promise<void> {
    this.#admitted.clear();
    for (const { path } of this.#options.events.documents(this)) {
      const covers = this.loose || await project.covers(path).catch(() => true);
      if (covers) { await project.prepare(path); }
      this.#admitted.set(path, Promise.resolve(covers));
      const document = this.#options.events.documents(this).find((candidate) => candidate.path === path);
      if (covers && document !== undefined) { project.changeDocument(path, document.text); }
    }
  }

  /** Several calls within 100 ms are one. */
  #soon(work: Work): void {
    if (this.#closed) { return; }
    this.#due = this.#due !== undefined && WORK.indexOf(this.#due) > WORK.indexOf(work) ? this.#due : work;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const due = this.#due;
      this.#due = undefined;
      this.#queue = this.#queue.then(() => (due === 'reload' ? this.#reloadNow() : this.#listNow(due === 'admit')));
    }, SETTLE_MS);
  }

  async #reloadNow(): Promise<void> {
    const { events } = this.#options;
    await this.ready;
    const project = this.#project;
    if (project === undefined || this.#onDefaults) {
      this.ready = this.#open();
      await this.ready;
      return;
    }
    try {
      this.#setState('scanning');
      const outcome = await project.reload();
      this.problem = outcome.ok ? undefined : problemOf(this.folder, outcome.error);
      if (outcome.ok) { await this.#readmit(project); } else { events.log(`${this.name}: ${outcome.error} The last good configuration stays in force.`); }
      events.changed(this, outcome.ok ? outcome.value : { paths: ['tickguard.json'], others: false });
      this.#setState('ready');
    } catch (error) {
      this.#fail(`${this.name} could not be read again: ${sentence(error)}`);
    }
  }

  /** Lists the files again; with `admit` an open document may have become one that a check would not look at. */
  async #listNow(admit: boolean): Promise<void> {
    await this.ready;
    const project = this.#project;
    if (project === undefined) { return; }
    try {
      const change = await project.rediscover();
      if (admit) { await this.#readmit(project); }
      if (admit || change.paths.length > 0) { this.#options.events.changed(this, { paths: change.paths, others: true }); }
    } catch (error) {
      this.#options.events.log(`${this.name}: listing its files failed: ${sentence(error)}`);
    }
  }

  /** Documents that are excluded or ignored now are let go; those that no longer are, are taken. */
  async #readmit(project: Project): Promise<void> {
    for (const { path } of this.#options.events.documents(this)) { await project.closeDocument(path); }
    await this.#admitAll(project);
  }

  /** Runs a synchronous change; before the session is open there is nothing to change yet. */
  #apply(path: string, change: (project: Project) => ChangedPaths): void {
    if (this.#project === undefined) { return; }
    try {
      this.#options.events.changed(this, change(this.#project));
    } catch (error) {
      this.#options.events.log(`${this.name}: checking ${path} failed: ${sentence(error)}`);
    }
  }

  #later(path: string, change: (project: Project) => Promise<ChangedPaths>): void {
    this.#queue = this.#queue.then(async () => {
      await this.ready;
      if (this.#project === undefined) { return; }
      try {
        this.#options.events.changed(this, await change(this.#project));
      } catch (error) {
        this.#options.events.log(`${this.name}: checking ${path} failed: ${sentence(error)}`);
      }
    });
  }

  /** What the scan could not check, for the log. */
  #reportGaps(project: Project): void {
    const { log } = this.#options.events;
    for (const [path, failures] of project.failedRules) {
      for (const { rule, error } of failures) { log(`${this.name}: rule ${rule} failed in ${path}: ${error}`); }
    }
    for (const { file, reason, incomplete } of project.skipped) {
      if (incomplete) { log(`${this.name}: ${file} was not checked: ${reason}`); }
    }
  }

  #fail(message: string): void {
    this.#options.events.log(message);
    this.problem = { path: 'tickguard.json', message, line: 1, column: 1 };
    this.#setState('failed');
  }

  #setState(state: RootState): void {
    this.state = state;
    this.#options.events.status(this);
  }
}

/** A thrown value as text for the log: what is a sentence for the user stays one. */
export function sentence(error: unknown): string {
  if (error instanceof BrokenInstallation) { return error.message; }
  return maskText(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}
