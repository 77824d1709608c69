/** What the features share: output, state of the server, and the one way to it. */
import { createRequire } from 'node:module';
import { EventEmitter, type ExtensionContext, type LogOutputChannel, Uri } from 'vscode';
import { METHODS, type Status } from '../shared/protocol.ts';
import type { ClientHandle, ClientModule } from './client-handle.ts';
import { SaidOnce } from './said-once.ts';
import { settings } from './settings.ts';

/** Where the server stands; `waiting` until there is something to guard. */
export type ServerState =
  | { readonly kind: 'disabled' | 'waiting' | 'starting' }
  | { readonly kind: 'running'; readonly status: Status | undefined }
  | { readonly kind: 'stopped'; readonly reason: string };

export class Ctx {
  readonly extension: ExtensionContext;
  readonly output: LogOutputChannel;
  #state: ServerState;
  #client: ClientHandle | undefined;
  #starting: Promise<void> | undefined;
  readonly #changed = new EventEmitter<ServerState>();
  /** Fires with each new state. */
  readonly onState = this.#changed.event;
  readonly #saidOnce: SaidOnce;
  readonly #coverage = new EventEmitter<void>();
  /** Fires when the order sites or their guards may be others than the server told last. */
  readonly onCoverage = this.#coverage.event;

  constructor(extension: ExtensionContext, output: LogOutputChannel) {
    this.extension = extension;
    this.output = output;
    this.#saidOnce = new SaidOnce(extension.workspaceState);
    this.#state = { kind: settings.enable ? 'waiting' : 'disabled' };
    extension.subscriptions.push(output, this.#changed, this.#coverage, { dispose: () => this.#client?.dispose() });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The client while the server runs. */
  get client(): ClientHandle | undefined {
    return this.#state.kind === 'running' ? this.#client : undefined;
  }

  /** A path inside the extension. */
  asset(...parts: readonly string[]): Uri {
    return Uri.joinPath(this.extension.extensionUri, ...parts);
  }

  /** Settles when the server runs, starting it if need be; rejects with why it does not. */
  async ready(): Promise<void> {
    await this.start();
    if (this.#state.kind === 'stopped') { throw new Error(this.#state.reason); }
    if (this.#state.kind === 'disabled') { throw new Error('Tickguard is switched off by the setting tickguard.enable.'); }
  }

  /** Loads the client and starts the server, once. A failure becomes the state. */
  start(): Promise<void> {
    if (!settings.enable) { this.#set({ kind: 'disabled' }); return Promise.resolve(); }
    this.#starting ??= this.#startNow();
    return this.#starting;
  }

  /** Ends the server and starts it again; several calls at once are one. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#starting;
    this.#starting = undefined;
    const client = this.#client;
    this.#client = undefined;
    this.#set({ kind: settings.enable ? 'waiting' : 'disabled' });
    await client?.stop().catch((error: unknown) => this.output.warn(`The server did not stop cleanly: ${String(error)}`));
    client?.dispose();
  }

  async #startNow(): Promise<void> {
    this.#set({ kind: 'starting' });
    try {
      // A bundle of its own: half a megabyte that an editor without trading code never loads.
      const { startClient } = createRequire(__filename)('./client.cjs') as ClientModule;
      const client = await startClient({
        server: this.asset('dist', 'server.cjs').fsPath,
        output: this.output,
        saidOnce: this.#saidOnce,
        onStatus: (status) => this.#set({ kind: 'running', status }),
        onCoverageChanged: () => this.#coverage.fire(),
        onStopped: (reason) => this.#set({ kind: 'stopped', reason }),
      });
      this.#client = client;
      this.#set({ kind: 'running', status: await client.request<Status>(METHODS.status) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.output.error(`The server could not be started: ${reason}`);
      this.#set({ kind: 'stopped', reason });
    }
  }

  #set(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
