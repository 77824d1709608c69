/** A language client with nothing between it and the wire: JSON-RPC frames over the standard streams of a real server process. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project.ts';

export interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface LspDiagnostic {
  readonly range: LspRange;
  readonly severity: number;
  readonly code: string;
  readonly message: string;
  readonly source?: string;
  readonly codeDescription?: { readonly href: string };
  readonly relatedInformation?: readonly { readonly message: string; readonly location: { readonly uri: string; readonly range: LspRange } }[];
  readonly data?: unknown;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** One server process and the conversation with it. */
export class LspClient {
  readonly process: ChildProcessWithoutNullStreams;
  /** Everything the server said by itself, in order. */
  readonly notifications: Message[] = [];
  stderr = '';
  readonly #waiting = new Map<number, { done(value: unknown): void; fail(error: Error): void }>();
  readonly #answers = new Map<string, (params: unknown) => unknown>();
  #last = 0;
  #buffer = Buffer.alloc(0);

  /** @param command arguments of Node: the bundle and what it is told; the server over stdio by default. */
  constructor(command: readonly string[] = [join(projectRoot, 'dist', 'cli.cjs'), 'lsp', '--stdio'], cwd: string = projectRoot) {
    this.process = spawn(process.execPath, command, { cwd, stdio: 'pipe' });
    this.process.stdout.on('data', (chunk: Buffer) => { this.#receive(chunk); });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => { this.stderr += text; });
  }

  /** Answers a request of the server (`workspace/configuration`); unanswered ones get `null`. */
  onRequest(method: string, answer: (params: unknown) => unknown): void {
    this.#answers.set(method, answer);
  }

  /** Sends a request; rejects with the server's message on an error. */
  request<T>(method: string, params: unknown): Promise<T> {
    const id = ++this.#last;
    return new Promise<T>((done, fail) => {
      this.#waiting.set(id, { done: done as (value: unknown) => void, fail });
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Bytes as they are: for frames that no client should send. */
  raw(bytes: string): void {
    this.process.stdin.write(bytes);
  }

  /** Opens a folder. `pull` says whether the client asks for diagnostics itself. */
  async initialize(root: string, options: { readonly pull?: boolean; readonly capabilities?: Record<string, unknown> } = {}): Promise<unknown> {
    const uri = pathToFileURL(root).href;
    const pull = options.pull ?? true;
    const result = await this.request('initialize', {
      processId: process.pid, rootUri: uri, workspaceFolders: [{ uri, name: 'root' }],
      capabilities: {
        workspace: { workspaceFolders: true, configuration: false, ...(pull ? { diagnostics: { refreshSupport: true } } : {}) },
        textDocument: pull ? { diagnostic: { relatedDocumentSupport: true }, publishDiagnostics: {} } : { publishDiagnostics: { relatedInformation: true } },
        ...options.capabilities,
      },
    });
    this.notify('initialized', {});
    return result;
  }

  /** The document's findings, asked for. */
  async diagnostics(uri: string): Promise<readonly LspDiagnostic[]> {
    const report = await this.request<{ kind: string; items?: readonly LspDiagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
    if (report.items === undefined) { throw new Error(`expected a full report, got ${report.kind}`); }
    return report.items;
  }

  /** Says goodbye; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => { this.process.once('exit', done); });
    if (this.process.exitCode !== null) { return this.process.exitCode; }
    await this.request('shutdown', null);
    this.notify('exit', null);
    return ended;
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify(message), 'utf8');
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) { return; }
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, head).toString('latin1'))?.[1]);
      if (!Number.isInteger(length)) { throw new Error(`not a frame: ${this.#buffer.subarray(0, 200).toString('utf8')}`); }
      const end = head + 4 + length;
      if (this.#buffer.length < end) { return; }
      const message = JSON.parse(this.#buffer.subarray(head + 4, end).toString('utf8')) as Message;
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message);
    }
  }

  #take(message: Message): void {
    if (message.method !== undefined && message.id !== undefined) {
      const result = this.#answers.get(message.method)?.(message.params) ?? null;
      this.#send({ jsonrpc: '2.0', id: message.id, result });
      this.notifications.push(message);
    } else if (message.method !== undefined) {
      this.notifications.push(message);
    } else {
      const call = this.#waiting.get(message.id as number);
      this.#waiting.delete(message.id as number);
      if (message.error === undefined) { call?.done(message.result); } else { call?.fail(new Error(message.error.message)); }
    }
  }
}
