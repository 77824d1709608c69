/** Runs `tickguard history` in a repository and gives its report. */
import { expect } from 'vitest';
import { cli, type CliRun } from './cli.ts';

export interface Place { readonly commit: string; readonly author: string; readonly email: string; readonly date: string; readonly subject: string; readonly path: string; readonly line?: number; readonly change: 'added' | 'removed' }
export interface Secret {
  readonly id: string; readonly detector: string; readonly severity: string; readonly preview: string; readonly rotate: string; readonly first: Place; readonly last: Place;
  readonly paths: readonly string[]; readonly head: readonly { readonly path: string; readonly line: number }[]; readonly staged: boolean; readonly suppressed?: string; readonly commits: number;
}
export interface History {
  readonly code: number | null;
  readonly run: CliRun;
  readonly summary: { readonly secrets: number; readonly total: number; readonly read: number; readonly remembered: number; readonly verdict: string; readonly shallow: boolean };
  readonly secrets: readonly Secret[];
  readonly unread: readonly { readonly commit: string; readonly path: string; readonly reason: string; readonly incomplete: boolean }[];
  readonly broken: readonly { readonly commit: string; readonly detail: string }[];
  readonly submodules: readonly string[];
  readonly purge: readonly string[];
}

/** The report as JSON. */
export async function history(cwd: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<History> {
  const run = await cli(['history', '--format', 'json', ...args], { cwd, env });
  expect(run.out, run.err).not.toBe('');
  return { ...(JSON.parse(run.out) as Omit<History, 'code' | 'run'>), code: run.code, run };
}
