/** The terminal a command talks to: its streams, its width, whether it shows colours and progress. */

import type { Streams } from '../core/operations/operation.ts';

/** What a command may use of the process; tests hand in their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Interrupted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly color: boolean;
  /** Columns of standard output; 0, which never wraps, where it is no terminal. */
  readonly width: number;
  /** A person can be asked: standard input and output are terminals. */
  readonly interactive: boolean;
  /** Writes to standard output; kept in order and flushed before the process ends. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Shows one changing line on standard error where that is a terminal, else nothing. */
  progress(text: string): void;
  /** Takes the progress line away. */
  progressDone(): void;
  /** Standard input and output as bytes: in as they come, out with the pace of who reads. */
  readonly streams: Streams;
  /** Whole standard input as bytes. */
  readInput(): Promise<Uint8Array>;
  /** One line typed by the person, without the line end; undefined when input ended. */
  ask(question: string): Promise<string | undefined>;
}

/**
 * Colour: never with `--no-color`, a non-empty NO_COLOR (no-color.org) or TERM=dumb; always with FORCE_COLOR other
 * than 0; else where standard output is a terminal, or in GitHub Actions, whose log shows colours.
 */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean, noColor: boolean): boolean {
  if (noColor || (env['NO_COLOR'] ?? '') !== '') { return false; }
  const force = env['FORCE_COLOR'];
  if (force !== undefined) { return force !== '0' && force !== 'false'; }
  if (env['TERM'] === 'dumb') { return false; }
  return isTerminal || env['GITHUB_ACTIONS'] === 'true';
}

/** Progress is for a person who looks on: a terminal that is not a build machine's. */
export function wantsProgress(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  return isTerminal && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb';
}
