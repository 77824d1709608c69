/**
 * An operation is written once; the terminal, the language server, the palette, agents and the docs take it from here.
 * `input` is a flat zod object: each field is an option of the command line, an argument of the tool, a field of the form.
 */
import type { z } from 'zod';
import type { Rule } from '../rules/rule.ts';
import type { Outcome } from '../outcome.ts';
import type { StartThread } from '../workspace/scan/threads.ts';

export type Door = 'cli' | 'lsp' | 'mcp' | 'palette';

/** A rule pack as an operation knows it; the packs themselves live with their guardian. */
export interface PackInfo {
  /** `apex-4.0-intraday`. */
  readonly id: string;
  readonly title: string;
  /** Account sizes the firm sells, in whole currency units. */
  readonly sizes: readonly number[];
  /** The pack's limits are percentages: it holds at every size. */
  readonly anySize: boolean;
}

/** A stream of bytes in and one out; `write` settles when more may be written. */
export interface Streams {
  readonly input: AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
}

export interface OperationContext {
  /** Folder the operation was called in, absolute. */
  readonly cwd: string;
  readonly rules: readonly Rule[];
  readonly operations: readonly Operation[];
  readonly packs: readonly PackInfo[];
  /** The day it speaks of, `YYYY-MM-DD`. */
  readonly today: string;
  /** Identity of the running program, for a door that lets a check remember what it read; absent in every other. */
  readonly build?: () => string | undefined;
  /** How another thread is started that reads for a check; absent in a door that has none. */
  readonly startThread?: StartThread;
  readonly signal: AbortSignal;
  /** Standard input and output, for an operation that filters a stream; only a terminal has them. */
  readonly streams?: Streams;
  /** Progress for people; shown on a terminal only. */
  progress(text: string): void;
}

export interface Operation<I = unknown, R = unknown> {
  /** `check`, `data.inspect`: also the command's name. */
  readonly id: string;
  readonly summary: string;
  /** Words under which people look for it (`help WORD`, palette). */
  readonly words: readonly string[];
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<R>;
  readonly doors: readonly Door[];
  /** Runs user code or writes outside `.tickguard`: refused in an untrusted workspace. */
  readonly needsTrust: boolean;
  /** Its answer as a table for people, for operations whose answer is something to read; `color`: with a terminal's marks. */
  text?(report: R, color: boolean): string;
  run(input: I, context: OperationContext): Promise<Outcome<R>>;
}

export function defineOperation<I, R>(operation: Operation<I, R>): Operation {
  return operation as unknown as Operation;
}
