/**
 * What a scan of the history remembers in `.tickguard/cache`: commits that were read, and what came of them. Written as it
 * goes, a line at a time, so that a scan that was stopped or killed goes on where it was. A line that is torn or damaged is
 * as if it had never been written. No value of a secret is in it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, lstatSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { VERSION } from '../../../core/version.ts';
import { CACHE_FOLDER, ensureCache, STATE_FOLDER, statePath } from '../../../core/workspace/state.ts';
import { homeOf, isLink } from '../../../core/workspace/summary-cache.ts';
import type { Unread } from './file-history.ts';
import type { LedgerEvent } from './ledger.ts';

/** Raised with every change of the format or of what it says. */
const FORMAT = 1;
/** A larger one is made anew: it would take more memory than a scan may. */
const MAX_BYTES = 256 * 1024 * 1024;
const SALT_BYTES = 32;
const SALT_FILE = 'history.salt';

type Line =
  | { readonly format: number; readonly key: string; readonly home: string }
  /** Ids of commits, joined, as base 64 of their bytes; `size` bytes each. */
  | { readonly done: string; readonly size: number }
  | { readonly event: LedgerEvent }
  | { readonly unread: Unread };

/** What hangs on nothing but itself: the program, its options, the settings in force. */
export function historyKey(build: string, settings: string): string {
  return createHash('sha256').update(JSON.stringify([VERSION, build, settings])).digest('hex');
}

/** What earlier scans found, and where this one writes. */
export class HistoryCache {
  readonly done = new Set<string>();
  readonly events: LedgerEvent[] = [];
  readonly unread: Unread[] = [];
  #file: number | undefined;

  private constructor(file: number | undefined) {
    this.#file = file;
  }

  /**
   * Opens the cache of a root; without one that can be trusted and written nothing is remembered. Never throws.
   * @param write a scan that sees only part of the history must not say that a commit is done.
   */
  static async open(root: string, key: string, write: boolean): Promise<HistoryCache> {
    try {
      if (isLink(join(root, STATE_FOLDER)) || isLink(statePath(root, CACHE_FOLDER))) { return new HistoryCache(undefined); }
      await ensureCache(root);
      const home = homeOf(root);
      const path = statePath(root, CACHE_FOLDER, 'history.jsonl');
      if (home === undefined || isLink(path)) { return new HistoryCache(undefined); }
      const head = { format: FORMAT, key, home };
      const lines = readLines(path, head);
      if (lines === undefined && write) { writeFileSync(path, encode(head)); }
      const cache = new HistoryCache(write ? openSync(path, 'a') : undefined);
      for (const line of lines ?? []) { cache.#take(line); }
      return cache;
    } catch {
      return new HistoryCache(undefined);
    }
  }

  /** A cache that is none, for a door that lets nothing be remembered. */
  static none(): HistoryCache {
    return new HistoryCache(undefined);
  }

  /** Whether a commit was read by an earlier scan. */
  has(id: string): boolean {
    return this.done.has(keyOf(id));
  }

  /** Remembers commits and what came of them, in one write. */
  add(commits: readonly string[], events: readonly LedgerEvent[], unread: readonly Unread[]): void {
    if (this.#file === undefined || commits.length === 0) { return; }
    const size = (commits[0] as string).length / 2;
    // What was found stands before the word that nothing else is there.
    const lines: Line[] = [...events.map((event) => ({ event })), ...unread.map((one) => ({ unread: one })), { done: Buffer.from(commits.join(''), 'hex').toString('base64'), size }];
    try { appendFileSync(this.#file, lines.map(encode).join('')); } catch { this.close(); }
  }

  close(): void {
    if (this.#file !== undefined) { closeSync(this.#file); }
    this.#file = undefined;
  }

  #take(line: Line): void {
    if ('event' in line) { this.events.push(line.event); } else if ('unread' in line) { this.unread.push(line.unread); } else if ('done' in line) {
      const bytes = Buffer.from(line.done, 'base64');
      for (let at = 0; at + line.size <= bytes.length; at += line.size) { this.done.add(bytes.toString('latin1', at, at + line.size)); }
    }
  }
}

/** A commit's id in half the memory. */
function keyOf(id: string): string {
  return Buffer.from(id, 'hex').toString('latin1');
}

function encode(line: Line): string {
  const text = JSON.stringify(line);
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

/** The lines behind the head; undefined where there is no cache, or it is another program's, another folder's or too large. */
function readLines(path: string, head: { readonly key: string; readonly home: string }): readonly Line[] | undefined {
  let bytes: Buffer;
  try {
    if (lstatSync(path).size > MAX_BYTES) { return undefined; }
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const lines: Line[] = [];
  let sound = 0;
  for (let feed = bytes.indexOf(10); feed >= 0; feed = bytes.indexOf(10, sound)) {
    const line = decode(bytes.toString('utf8', sound, feed));
    if (line === undefined) { break; }
    lines.push(line);
    sound = feed + 1;
  }
  const [first, ...rest] = lines;
  if (first === undefined || !('format' in first) || first.format !== FORMAT || first.key !== head.key || first.home !== head.home) { return undefined; }
  // What a killed process left of a line goes, so that the next one begins at its own beginning.
  if (sound < bytes.length) { truncateSync(path, sound); }
  return rest;
}

function decode(text: string): Line | undefined {
  const body = text.slice(9);
  if (text[8] !== ' ' || crc32(body).toString(16).padStart(8, '0') !== text.slice(0, 8)) { return undefined; }
  try { return JSON.parse(body) as Line; } catch { return undefined; }
}

/**
 * The salt of a root's hashes: made once, kept where git does not see it, so that a secret has the same name in every report
 * of this folder and in none of another. Where it cannot be kept it holds for this run.
 */
export async function saltOf(root: string, keep: boolean): Promise<Buffer> {
  const fresh = randomBytes(SALT_BYTES);
  if (!keep) { return fresh; }
  try {
    if (isLink(join(root, STATE_FOLDER)) || isLink(statePath(root, CACHE_FOLDER))) { return fresh; }
    await ensureCache(root);
    const path = statePath(root, CACHE_FOLDER, SALT_FILE);
    if (isLink(path)) { return fresh; }
    try { writeFileSync(path, fresh, { flag: 'wx', mode: 0o600 }); } catch { /* there is one */ }
    const kept = readFileSync(path);
    return kept.length === SALT_BYTES ? kept : fresh;
  } catch {
    return fresh;
  }
}
