/** The key of a summary cache: everything a summary hangs on besides its own file. */
import { createHash } from 'node:crypto';
import { VERSION } from '../version.ts';

export interface CacheKeyParts {
  /** Identity of the running program: its version alone would not tell two builds apart. */
  readonly build: string;
  readonly asOf: string;
  readonly budgetMs: number;
  readonly only?: readonly string[];
  readonly account?: string;
  readonly pack?: string;
  readonly size?: number;
  /** Summaries hold what guard coverage asks for. */
  readonly coverage?: boolean;
  /** Path → text of every `tickguard.json` in force. */
  readonly configs: ReadonlyMap<string, string>;
}

/** 64 hex digits. */
export function cacheKey(parts: CacheKeyParts): string {
  const { build, asOf, budgetMs, only, account, pack, size, coverage, configs } = parts;
  const sorted = [...configs].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = [VERSION, build, asOf, budgetMs, only === undefined ? null : [...only].sort(), account ?? null, pack ?? null, size ?? null, coverage === true, sorted];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
