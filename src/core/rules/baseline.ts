/**
 * The baseline `.tickguard/baseline.json`: findings accepted on a day, so that only new ones count. Meant to be
 * committed: one entry a line, each line ending alike and sorted by fingerprint, so that two branches merge; no line
 * numbers, no time, no secret.
 */
import * as z from 'zod';
import type { Finding } from '../findings/finding.ts';
import type { Outcome } from '../operations/operation.ts';
import type { PendingFinding } from './pending.ts';

/** One accepted finding. `message` is for the people who review the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly message?: string;
}

export interface Baseline {
  /** By fingerprint. */
  readonly entries: ReadonlyMap<string, BaselineEntry>;
}

/** The only format so far. */
const SCHEMA = 1;

/** A check with these is incomplete or a comment is wrong: nothing to get used to. */
const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['TKG001', 'TKG002', 'TKG003']);

const entrySchema = z.strictObject({ rule: z.string(), file: z.string(), message: z.string().optional() });
const FINGERPRINT = /^[0-9a-f]{16}$/;

/**
 * Reads a baseline. The file is one object: fingerprint → `{ rule, file, message? }`, and `"schema": 1` as the last line.
 * Errors: no JSON (conflict markers are named), another schema, an entry of another shape.
 */
export function readBaseline(text: string): Outcome<Baseline> {
  if (/^(?:<{7}|={7}|>{7})/m.test(text)) { return broken('holds merge conflict markers. Keep the lines of both sides'); }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return broken(`is not JSON (${(error as Error).message})`);
  }
  const file = z.record(z.string(), z.unknown()).safeParse(parsed);
  if (!file.success) { return broken('is not an object of fingerprints'); }
  const { schema, ...rest } = file.data;
  if (schema !== SCHEMA) { return broken(`has schema ${JSON.stringify(schema ?? null)}, and this Tickguard reads ${SCHEMA}`); }
  const entries = new Map<string, BaselineEntry>();
  for (const [fingerprint, value] of Object.entries(rest)) {
    const entry = entrySchema.safeParse(value);
    if (!FINGERPRINT.test(fingerprint) || !entry.success) {
      return broken(`has an entry "${fingerprint}" that is not { rule, file, message } under 16 hex digits`);
    }
    const { rule, file: path, message } = entry.data;
    entries.set(fingerprint, { fingerprint, rule, file: path, ...(message === undefined ? {} : { message }) });
  }
  return { ok: true, value: { entries } };
}

/** The text of a baseline that accepts these findings; the same findings in any order give the same bytes. */
export function writeBaseline(findings: readonly Finding[]): string {
  const accepted = findings.filter((finding) => !NEVER_ACCEPTED.has(finding.rule));
  return serialise(accepted.map(({ fingerprint, rule, file, message }) => ({ fingerprint, rule, file, message })));
}

/** Adds findings to what is accepted already. */
export function extendBaseline(baseline: Baseline | undefined, findings: readonly Finding[]): string {
  const added = findings.filter((finding) => !NEVER_ACCEPTED.has(finding.rule))
    .map(({ fingerprint, rule, file, message }) => ({ fingerprint, rule, file, message }));
  return serialise([...(baseline?.entries.values() ?? []), ...added]);
}

/**
 * The baseline without entries that no finding answers to any more. Entries of files or rules that were not part of the
 * check stay: nobody knows about them.
 */
export function pruneBaseline(
  baseline: Baseline, findings: readonly Finding[], wasChecked: (entry: BaselineEntry) => boolean,
): { readonly text: string; readonly removed: readonly BaselineEntry[] } {
  const alive = new Set(findings.map((finding) => finding.fingerprint));
  const removed = [...baseline.entries.values()].filter((entry) => !alive.has(entry.fingerprint) && wasChecked(entry));
  const gone = new Set(removed.map((entry) => entry.fingerprint));
  return { text: serialise([...baseline.entries.values()].filter((entry) => !gone.has(entry.fingerprint))), removed };
}

/** Marks the findings the baseline accepts; one that a comment silences stays the comment's. */
export function applyBaseline(findings: readonly PendingFinding[], baseline: Baseline | undefined): readonly PendingFinding[] {
  if (baseline === undefined || baseline.entries.size === 0) { return findings; }
  return findings.map((pending) => {
    const { fingerprint, rule } = pending.finding;
    const accepted = pending.suppressed === undefined && baseline.entries.has(fingerprint);
    return accepted && !NEVER_ACCEPTED.has(rule) ? { ...pending, suppressed: { by: 'baseline' } } : pending;
  });
}

function serialise(entries: readonly BaselineEntry[]): string {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const sorted = [...byFingerprint.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const lines = sorted.map(({ fingerprint, rule, file, message }) => {
    const value = { rule, file, ...(message === undefined ? {} : { message }) };
    return `${JSON.stringify(fingerprint)}: ${JSON.stringify(value)},\n`;
  });
  return `{\n${lines.join('')}"schema": ${SCHEMA}\n}\n`;
}

function broken(what: string): Outcome<never> {
  return { ok: false, error: `.tickguard/baseline.json ${what}. Mend it, or write it anew with: tickguard check --baseline accept` };
}
