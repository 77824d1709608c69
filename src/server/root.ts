/** One root of the workspace: its engine session, its configuration's state, and the scan in the background. */
import { statSync } from 'node:fs';
import type { CheckedFinding } from '../core/findings/result.ts';
import type { Trace } from '../core/source/link/linker.ts';
import { type ChangedPaths, Project } from '../core/workspace/project.ts';
import type { Engine } from '../engine.ts';
import { type ConfigProblem, problemOf } from './config-problem.ts';
import { pathIn } from './paths.ts';

/** Parse budget of one file in ms: over it only the text rules run, so that typing never waits longer. */
const PARSE_BUDGET_MS = 200;

/** Changes of files that decide anew about all of them, wherever they lie. */
const DECIDES_ALL = /(?:^|\/)(?:tickguard\.json|\.gitignore)$/;

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
  #reload: NodeJS.Timeout | undefined;
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

  findings(path: string): readonly CheckedFinding[] {
    return this.#project?.findings(path) ?? [];
  }

  traces(path: string): readonly Trace[] {
    return this.#project?.traces(path) ?? [];
  }

  get project(): Project | undefined {
    return this.#project;
  }

  /** The new text of an open document. */
  update(path: string, text: string): void {
    this.#apply(path, (project) => project.changeDocument(path, text));
  }

  save(path: string): void {
    this.#apply(path, (project) => project.saveDocument(path));
    if (DECIDES_ALL.test(path)) { this.reloadSoon(); }
  }

  /** Gives the file back to the disk. */
  close(path: string): void {
    this.#later(path, (project) => project.closeDocument(path));
  }

  /** Files on disk changed; `path` is relative to the root. */
  fileEvent(path: string, kind: 'created' | 'changed' | 'deleted'): void {
    if (path === '.tickguard/baseline.json' || path === '.tickguard') { this.baselineChanged(); return; }
    if (DECIDES_ALL.test(path) || path === '.git/index') { this.reloadSoon(); return; }
    if (path === '' || path.startsWith('.git/') || path.startsWith('.tickguard/')) { return; }
    if (kind === 'deleted') {
      const gone = this.files().filter((file) => file === path || file.startsWith(`${path}/`));
      for (const file of gone) { this.#apply(file, (project) => project.fileDeleted(file)); }
      return;
    }
    if (kind === 'created' && isFolder(`${this.folder}/${path}`)) { this.reloadSoon(); return; }
    this.#later(path, (project) => project.fileChanged(path));
  }

  /** The baseline was written: what it hides changes, and nothing is checked again. */
  baselineChanged(): void {
    const outcome = this.#project?.reloadBaseline();
    if (outcome === undefined) { return; }
    if (!outcome.ok) { this.#options.events.log(`${this.name}: ${outcome.error}`); return; }
    this.#options.events.changed(this, outcome.value);
  }

  /** Reads the configuration, the baseline and git's list again; several calls within 100 ms are one. */
  reloadSoon(): void {
    if (this.#reload !== undefined || this.#closed) { return; }
    this.#reload = setTimeout(() => {
      this.#reload = undefined;
      this.#queue = this.#queue.then(() => this.#reloadNow());
    }, 100);
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
    clearTimeout(this.#reload);
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
      let outcome = await Project.open(options);
      this.problem = outcome.ok ? undefined : problemOf(this.folder, outcome.error);
      this.#onDefaults = !outcome.ok;
      // A broken policy file must not switch the guard off while it is being mended.
      if (!outcome.ok) {
        events.log(`${this.name}: ${outcome.error} Checking with the defaults meanwhile.`);
        outcome = await Project.open({ ...options, ignoreConfig: true });
      }
      if (!outcome.ok) { this.#fail(`${this.name} could not be opened: ${outcome.error}`); return; }
      if (this.#closed) { outcome.value.dispose(); return; }
      this.#project = outcome.value;
      // Asked again: documents may have been opened or edited meanwhile.
      for (const { path, text } of events.documents(this)) { this.#project.changeDocument(path, text); }
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
    this.#reportFailures(project);
    this.#setState('ready');
    events.changed(this, { paths: [], others: true });
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
      if (!outcome.ok) { events.log(`${this.name}: ${outcome.error} The last good configuration stays in force.`); }
      events.changed(this, outcome.ok ? outcome.value : { paths: ['tickguard.json'], others: false });
      this.#setState('ready');
    } catch (error) {
      this.#fail(`${this.name} could not be read again: ${sentence(error)}`);
    }
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

  #reportFailures(project: Project): void {
    for (const [path, failures] of project.failedRules) {
      for (const { rule, error } of failures) { this.#options.events.log(`${this.name}: rule ${rule} failed in ${path}: ${error}`); }
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

/** A thrown value as one line. */
export function sentence(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** The path of `file` in the root, if the root is the one for it. */
export function pathInRoot(root: Root, file: string): string | undefined {
  return pathIn(root.folder, file);
}
