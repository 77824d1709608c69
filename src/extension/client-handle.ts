/** The running language client as the rest of the extension sees it; types only, so that nothing loads the client's code. */
import type { Disposable, LogOutputChannel } from 'vscode';
import type { Status } from '../shared/protocol.ts';
import type { SaidOnce } from './said-once.ts';

export interface ClientOptions {
  /** Absolute path of `server.cjs`. */
  readonly server: string;
  readonly output: LogOutputChannel;
  /** What earlier sessions of this workspace have said for good. */
  readonly saidOnce: SaidOnce;
  onStatus(status: Status): void;
  /** What `tickguard/coverage` answered last is old. */
  onCoverageChanged(): void;
  /** The server ended and is not started again. */
  onStopped(reason: string): void;
}

export interface ClientHandle extends Disposable {
  /** Asks the server; rejects with its sentence. */
  request<R>(method: string, params?: unknown): Promise<R>;
  /** Runs a command of the server. */
  execute<R>(command: string, argument: unknown): Promise<R>;
  /** Applies an edit as the protocol writes it; false if a document changed meanwhile. */
  applyEdit(edit: unknown): Promise<boolean>;
  stop(): Promise<void>;
}

/** What `client.cjs` exports. */
export interface ClientModule {
  startClient(options: ClientOptions): Promise<ClientHandle>;
}
