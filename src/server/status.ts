/** `tickguard/status`: what the status item shows, for clients that ask for it. */
import type { Connection } from 'vscode-languageserver';
import type { Engine } from '../engine.ts';
import { type AccountStatus, type Counts, METHODS, type RootStatus, type Status } from '../shared/protocol.ts';
import type { ClientFeatures } from './client.ts';
import { nextFlat } from './deadline.ts';
import type { Reports } from './diagnostics.ts';
import type { Root } from './root.ts';
import type { Workspace } from './workspace.ts';

/** Counting again waits this long after a change: nobody reads a number that changes at each key. */
const SETTLE_MS = 150;
/** In a large workspace it waits this many times as long as the last count took, so that it stays in the background. */
const SHARE = 10;
/** Longest stretch of counting between two turns of the event loop. */
const SLICE_MS = 10;
const MINUTE_MS = 60_000;

export interface StatusOptions {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly reports: Reports;
}

export class StatusFeed {
  readonly #options: StatusOptions;
  #timer: NodeJS.Timeout | undefined;
  readonly #minute: NodeJS.Timeout | undefined;
  #last = '';
  #tookMs = 0;
  #ended = false;
  #day = today();

  constructor(options: StatusOptions) {
    this.#options = options;
    options.connection.onRequest(METHODS.status, () => this.current());
    // The minutes to flat run down without any edit; a new day may move deadlines and daylight saving.
    this.#minute = setInterval(() => this.#everyMinute(), MINUTE_MS);
    this.#minute.unref();
  }

  /** Something changed; told once things have settled, and only if it makes a difference. */
  changed(): void {
    if (this.#options.client.options.status !== true || this.#timer !== undefined) { return; }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, Math.max(SETTLE_MS, SHARE * this.#tookMs));
  }

  async current(): Promise<Status> {
    const roots: RootStatus[] = [];
    for (const root of this.#options.workspace.roots()) { roots.push(await this.#statusOf(root)); }
    return { roots };
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    clearInterval(this.#minute);
  }

  async #tell(): Promise<void> {
    const started = performance.now();
    const status = await this.current();
    this.#tookMs = performance.now() - started;
    const text = JSON.stringify(status);
    if (text === this.#last || this.#ended) { return; }
    this.#last = text;
    await this.#options.connection.sendNotification(METHODS.status, status);
  }

  #everyMinute(): void {
    if (today() !== this.#day) {
      this.#day = today();
      for (const root of this.#options.workspace.roots()) { root.reopen(); }
    }
    this.changed();
  }

  async #statusOf(root: Root): Promise<RootStatus> {
    const counts = { error: 0, warning: 0, info: 0 };
    let hidden = 0;
    let slice = performance.now();
    for (const path of root.files()) {
      const report = this.#options.reports.of(root, path);
      add(counts, report.counts);
      hidden += report.hidden;
      if (performance.now() - slice > SLICE_MS) {
        await new Promise((next) => setImmediate(next));
        slice = performance.now();
      }
    }
    return {
      uri: root.uri, name: root.name, state: root.state, done: root.done, total: root.total, counts, hidden,
      accounts: this.#accounts(root),
      ...(root.problem === undefined ? {} : { problem: root.problem.message }),
    };
  }

  #accounts(root: Root): readonly AccountStatus[] {
    const now = Date.now();
    return (root.project?.accounts() ?? []).map((account) => {
      const deadline = this.#options.engine.deadline(account);
      const { id, pack, size, phase } = account;
      if (deadline === undefined) { return { id, pack, size, phase }; }
      const { minutes, time, closes } = nextFlat(now, { time: deadline.time, zone: deadline.zone }, account);
      return { id, pack, size, phase, flatBy: time, zone: deadline.zone, minutesToFlat: minutes, ...(closes === undefined ? {} : { closes }) };
    });
  }
}

function add(total: { error: number; warning: number; info: number }, some: Counts): void {
  total.error += some.error;
  total.warning += some.warning;
  total.info += some.info;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
