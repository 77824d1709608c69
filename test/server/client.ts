/** A language client with nothing between it and the wire: frames, ids and messages made by hand. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const serverFile = join(projectRoot, 'dist', 'server.cjs');
export const cliFile = join(projectRoot, 'dist', 'cli.cjs');

/** The two ways to start the server over standard streams. */
export const STARTS = {
  'dist/server.cjs': [serverFile, '--stdio'],
  'tickguard lsp': [cliFile, 'lsp'],
} as const;

export interface Message {
  readonly jsonrpc?: string;
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Place { readonly line: number; readonly character: number }
export interface Span { readonly start: Place; readonly end: Place }

export interface Diagnostic {
  readonly range: Span;
  readonly severity: number;
  readonly code: string;
  readonly codeDescription?: { readonly href: string };
  readonly source: string;
  readonly message: string;
  readonly relatedInformation?: readonly { readonly location: { readonly uri: string; readonly range: Span }; readonly message: string }[];
  readonly data?: { readonly fingerprint: string; readonly rule: string };
}

export interface Report {
  readonly kind: 'full' | 'unchanged';
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

export interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
  readonly data?: unknown;
}

export interface Edit { readonly range: Span; readonly newText?: string; readonly snippet?: { readonly value: string } }
export interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly Edit[]>>;
  readonly documentChanges?: readonly { readonly textDocument: { readonly uri: string; readonly version: number }; readonly edits: readonly Edit[] }[];
}

/** Capabilities of a client that pulls, as VS Code has them. */
export const PULLING = {
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
  workspace: {
    diagnostics: { refreshSupport: true }, workspaceFolders: true, workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  general: { positionEncodings: ['utf-16'] },
} as const;

/** Capabilities of a client that only shows what is published. */
export const PLAIN = { textDocument: { publishDiagnostics: { relatedInformation: true } } } as const;

const ANSWER_MS = 20_000;

export class RawClient {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything the server sent that was no answer, in order. */
  readonly received: Message[] = [];
  /** Settles with the exit code, or the signal that ended it. */
  readonly exit: Promise<number | string>;
  stderr = '';
  readonly #answers = new Map<number, (message: Message) => void>();
  #listeners: (() => void)[] = [];
  #buffer = Buffer.alloc(0);
  #id = 0;
  /** Answers to requests of the server, by method; `null` for the rest. */
  readonly replies = new Map<string, unknown>();

  constructor(args: readonly string[] = STARTS['dist/server.cjs'], cwd: string = tmpdir(), env: Readonly<Record<string, string>> = {}) {
    if (!existsSync(serverFile)) { throw new Error(`${serverFile} is missing: run "npm run build" first.`); }
    this.child = spawn(process.execPath, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.exit = new Promise((resolve) => { this.child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')); });
    this.child.stdout.on('data', (data: Buffer) => this.#read(data));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => { this.stderr += text; });
    this.child.stdin.on('error', () => { /* the server may end before it has read everything */ });
  }

  /** Bytes as they are, for messages no client should send. */
  raw(text: string): void {
    this.child.stdin.write(text);
  }

  notify(method: string, params?: unknown): void {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  async request<R>(method: string, params?: unknown): Promise<R> {
    const answer = await this.ask(method, params).answer;
    if (answer.error !== undefined) { throw new Error(`${method}: ${answer.error.code} ${answer.error.message}`); }
    return answer.result as R;
  }

  /** A request whose id is known, for cancelling; the answer may be an error. */
  ask(method: string, params?: unknown): { readonly id: number; readonly answer: Promise<Message> } {
    this.#id += 1;
    const id = this.#id;
    const answer = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method} within ${ANSWER_MS} ms\n${this.stderr}`)), ANSWER_MS);
      this.#answers.set(id, (message) => { clearTimeout(timer); resolve(message); });
    });
    this.#send({ jsonrpc: '2.0', id, method, params });
    return { id, answer };
  }

  /** `initialize` and `initialized` on a folder; what the server answered. */
  async open(folder: string | undefined, capabilities: object = PULLING, initializationOptions: unknown = undefined): Promise<{ readonly capabilities: Record<string, unknown>; readonly serverInfo: { readonly name: string; readonly version: string } }> {
    const folders = folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: 'desk' }];
    const answer = await this.request<Awaited<ReturnType<RawClient['open']>>>('initialize', {
      processId: process.pid, rootUri: folders?.[0]?.uri ?? null, workspaceFolders: folders, capabilities, initializationOptions,
    });
    this.notify('initialized', {});
    return answer;
  }

  didOpen(uri: string, text: string, version = 1, languageId = 'python'): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  didChange(uri: string, version: number, changes: readonly { readonly range?: Span; readonly text: string }[]): void {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
  }

  pull(uri: string, previousResultId?: string): Promise<Report> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) });
  }

  /** Pulls until the report is as wanted; throws with the last one seen. */
  async pullUntil(uri: string, wanted: (items: readonly Diagnostic[]) => boolean, timeout = 15_000): Promise<readonly Diagnostic[]> {
    const end = Date.now() + timeout;
    for (;;) {
      const { items } = await this.pull(uri);
      if (wanted(items)) { return items; }
      if (Date.now() > end) { throw new Error(`not as wanted within ${timeout} ms: ${JSON.stringify(items.map((item) => [item.code, item.range.start.line, item.message]))}`); }
      await new Promise((next) => { setTimeout(next, 30); });
    }
  }

  /** The first message of the server that fits, from `from` on. */
  async heard(fits: (message: Message) => boolean, from = 0, timeout = 15_000): Promise<Message> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = this.received.slice(from).find(fits);
      if (found !== undefined) { return found; }
      const left = end - Date.now();
      if (left <= 0) { throw new Error(`nothing fitting within ${timeout} ms; heard ${this.received.slice(from).map((message) => message.method).join(', ')}\n${this.stderr}`); }
      await new Promise<void>((next) => { this.#listeners.push(next); setTimeout(next, Math.min(left, 250)); });
    }
  }

  /** Diagnostics published for a document, the newest, once they are as wanted. */
  async published(uri: string, wanted: (items: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    const of = (message: Message): readonly Diagnostic[] | undefined => {
      const params = message.params as { uri: string; diagnostics: readonly Diagnostic[] };
      return message.method === 'textDocument/publishDiagnostics' && params.uri === uri ? params.diagnostics : undefined;
    };
    await this.heard(() => {
      const newest = [...this.received].reverse().map(of).find((items) => items !== undefined);
      return newest !== undefined && wanted(newest);
    });
    return [...this.received].reverse().map(of).find((items) => items !== undefined) ?? [];
  }

  /** How often the server asked or told `method` since `from`. */
  count(method: string, from = 0): number {
    return this.received.slice(from).filter((message) => message.method === method).length;
  }

  /** `shutdown`, `exit`, and the exit code. */
  async close(): Promise<number | string> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await this.request('shutdown');
      this.notify('exit');
    }
    return this.exit;
  }

  /** Ends the process whatever state it is in; for the end of a test. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  #send(message: unknown): void {
    const body = JSON.stringify(message);
    this.raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) { return; }
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, head).toString('ascii'))?.[1]);
      if (Number.isNaN(length)) { throw new Error(`no frame: ${this.#buffer.subarray(0, 200).toString('utf8')}`); }
      if (this.#buffer.length < head + 4 + length) { return; }
      const body = this.#buffer.subarray(head + 4, head + 4 + length).toString('utf8');
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#take(JSON.parse(body) as Message);
    }
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      const answer = this.#answers.get(Number(message.id));
      this.#answers.delete(Number(message.id));
      answer?.(message);
    } else {
      this.received.push(message);
      if (message.id !== undefined) { this.#send({ jsonrpc: '2.0', id: message.id, result: this.replies.get(message.method) ?? null }); }
    }
    for (const listener of this.#listeners.splice(0)) { listener(); }
  }
}

/** A folder of its own with these files, removed by `dispose`. */
export function makeFolder(files: Readonly<Record<string, string>>): { readonly root: string; uri(path: string): string; write(path: string, text: string): void; dispose(): void } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-server-')));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) { write(path, text); }
  return {
    root, write,
    uri: (path) => pathToFileURL(join(root, path)).href,
    dispose: () => { rmSync(root, { recursive: true, force: true }); },
  };
}

/** The range of the first (or `nth`) occurrence of a piece of text, in UTF-16 units. */
export function rangeOf(text: string, piece: string, nth = 1): Span {
  let at = -1;
  for (let found = 0; found < nth; found += 1) { at = text.indexOf(piece, at + 1); }
  if (at < 0) { throw new Error(`"${piece}" is not in the text`); }
  const place = (offset: number): Place => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return { start: place(at), end: place(at + piece.length) };
}

/** The text after the edits of one document, applied from the end. */
export function applied(text: string, edits: readonly Edit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
  const offset = ({ line, character }: Place): number => (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((now, edit) => now.slice(0, offset(edit.range.start)) + (edit.newText ?? '') + now.slice(offset(edit.range.end)), text);
}
