/**
 * `tickguard/coverage`: order sites with their guards, for the view. Worked out when it is asked for, and never else: a
 * change is told to a client that has asked since the last one, once things have settled.
 */
import type { Connection } from 'vscode-languageserver';
import { coverageOfProject } from '../core/operations/coverage.ts';
import { type CoverageAnswer, METHODS } from '../shared/protocol.ts';
import type { Workspace } from './workspace.ts';

/** Nobody reads a list that changes at each key. */
const SETTLE_MS = 400;

export class CoverageFeed {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #timer: NodeJS.Timeout | undefined;
  /** A client shows what it was told, and wants to hear when that is old. */
  #watched = false;
  #ended = false;

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
    connection.onRequest(METHODS.coverage, () => this.current());
  }

  async current(): Promise<CoverageAnswer> {
    this.#watched = true;
    const roots = [];
    for (const root of this.#workspace.roots().filter((one) => !one.loose)) {
      await root.ready;
      const { project } = root;
      if (project === undefined) { continue; }
      await project.cover();
      roots.push({ uri: root.uri, name: root.name, scanning: root.state !== 'ready', report: coverageOfProject(project, 'use', () => true) });
    }
    return { roots };
  }

  /** Something changed. */
  changed(): void {
    if (!this.#watched || this.#timer !== undefined) { return; }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#watched || this.#ended) { return; }
      this.#watched = false;
      void this.#connection.sendNotification(METHODS.coverageChanged);
    }, SETTLE_MS);
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}
