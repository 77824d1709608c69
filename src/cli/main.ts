#!/usr/bin/env node
/** The process of the terminal door, and the threads it starts: the only place that ends a process. */
import { createInterface } from 'node:readline/promises';
import { isMainThread } from 'node:worker_threads';
import { maskText } from '../engine.ts';
import { run } from './run.ts';
import { serveScan } from './scan-thread.ts';
import { type Terminal, wantsColor, wantsProgress } from './terminal.ts';

/** What a shell reports for a program stopped by Ctrl-C: 128 + SIGINT. */
const INTERRUPTED = 130;
const FAILED = 2;

const interrupt = new AbortController();
if (isMainThread) { start(process.argv.slice(2)); } else { void serveScan(); }

function start(args: readonly string[]): void {
  process.once('SIGINT', () => {
    interrupt.abort();
    process.exit(INTERRUPTED);
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that went away (`tickguard check | head`) is no error of ours.
    if (error.code === 'EPIPE') { process.exit(process.exitCode ?? 0); }
    process.stderr.write(`tickguard: The output could not be written (${error.code ?? error.message}). Make room, or write it elsewhere.\n`);
    process.exit(FAILED);
  });
  // Node would end with 1, which means findings here.
  process.once('uncaughtException', (error) => { void broken(error); });
  run(args, processTerminal(args.includes('--no-color'))).then(leave, broken);
}

/** Says that the fault is ours, with what a report of it needs. */
function broken(error: unknown): Promise<void> {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`tickguard: An error of Tickguard itself; please report it with this text.\n${maskText(text)}\n`);
  return leave(FAILED);
}

/** Waits until everything written has gone out, also into a pipe, then ends; undefined means the command goes on. */
async function leave(code: number | undefined): Promise<void> {
  if (code === undefined) { return; }
  process.exitCode = code;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => { stream.write('', () => { done(); }); });
}

function processTerminal(noColor: boolean): Terminal {
  const showsProgress = wantsProgress(process.env, process.stderr.isTTY);
  let shown = 0;
  let width = 0;
  const progressDone = (): void => {
    if (width > 0) { process.stderr.write(`\r${' '.repeat(width)}\r`); }
    width = 0;
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    signal: interrupt.signal,
    color: wantsColor(process.env, process.stdout.isTTY, noColor),
    width: process.stdout.isTTY ? process.stdout.columns : 0,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    out(text) { progressDone(); process.stdout.write(text); },
    err(text) { progressDone(); process.stderr.write(maskText(text)); },
    progress(text) {
      const now = performance.now();
      if (!showsProgress || now - shown < 100) { return; }
      shown = now;
      process.stderr.write(`\r${text.padEnd(width)}`);
      width = text.length;
    },
    progressDone,
    streams: { input: process.stdin, write: writeBytes },
    readInput,
    ask,
  };
}

/** Settles once the bytes are taken: a slow reader slows down what is read. */
function writeBytes(bytes: Uint8Array): Promise<void> {
  return new Promise((done) => { if (process.stdout.write(bytes)) { done(); } else { process.stdout.once('drain', done); } });
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) { chunks.push(chunk as Buffer); }
  return Buffer.concat(chunks);
}

async function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Closed input (Ctrl-D) answers nothing; Ctrl-C while asking ends like anywhere else.
  lines.once('SIGINT', () => { process.exit(INTERRUPTED); });
  try {
    return await Promise.race([
      lines.question(question),
      new Promise<undefined>((done) => { lines.once('close', () => { done(undefined); }); }),
    ]);
  } finally {
    lines.close();
  }
}
