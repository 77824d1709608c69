/**
 * The baseline `.tickguard/baseline.json`: findings accepted on a day, so that only new ones count. Meant to be
 * committed: one entry a line, each line ending alike and sorted by fingerprint, so that two branches merge; no line
 * numbers, no time, no secret.
 */
import * as z from 'zod';
import type { Finding } from '../findings/finding.ts';
import type { Outcome } from '../outcome.ts';
import { PROTECTION_KINDS } from '../source/protections/kinds.ts';
import { COVERAGE_KEY, type CoverageEntry } from './coverage-baseline.ts';
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
  /** Accepted order sites with their guards, by fingerprint. */
  readonly coverage: ReadonlyMap<string, CoverageEntry>;
}

/** The only format so far. */
const SCHEMA = 1;

/** A check with these is incomplete or a comment is wrong: nothing to get used to. */
const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['TKG001', 'TKG002', 'TKG003']);

const coverageSchema = z.strictObject({ file: z.string(), name: z.string(), guards: z.array(z.enum(PROTECTION_KINDS)) });
const entrySchema = z.strictObject({ rule: z.string(), file: z.string(), message: z.string().optional() });
const FINGERPRINT = /^[0-9a-f]{16}$/;

/**
 * Reads a baseline. The file is one object: fingerprint → `{ rule, file, message? }`, `coverage:` and fingerprint →
 * `{ file, name, guards }`, and `"schema": 1` as the last line.
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
  const coverage = new Map<string, CoverageEntry>();
  for (const [fingerprint, value] of Object.entries(rest)) {
    if (fingerprint.startsWith(COVERAGE_KEY)) {
      const site = coverageSchema.safeParse(value);
      const id = fingerprint.slice(COVERAGE_KEY.length);
      if (!FINGERPRINT.test(id) || !site.success) { return broken(`has an entry "${fingerprint}" that is not { file, name, guards } under ${COVERAGE_KEY} and 16 hex digits`); }
      coverage.set(id, { fingerprint: id, ...site.data });
      continue;
    }
    const entry = entrySchema.safeParse(value);
    if (!FINGERPRINT.test(fingerprint) || !entry.success) {
      return broken(`has an entry "${fingerprint}" that is not { rule, file, message } under 16 hex digits`);
    }
    const { rule, file: path, message } = entry.data;
    entries.set(fingerprint, { fingerprint, rule, file: path, ...(message === undefined ? {} : { message }) });
  }
  return { ok: true, value: { entries, coverage } };
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
  return serialise([...(baseline?.entries.values() ?? []), ...added], baseline?.coverage.values());
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
  return { text: serialise([...baseline.entries.values()].filter((entry) => !gone.has(entry.fingerprint)), baseline.coverage.values()), removed };
}

/**
 * Adds order sites with the guards they have today, and takes out those of files that were looked at and are gone. Sites
 * of other files stay.
 */
export function acceptCoverage(baseline: Baseline | undefined, sites: readonly CoverageEntry[], wasChecked: (file: string) => boolean): string {
  const kept = [...(baseline?.coverage.values() ?? [])].filter((entry) => !wasChecked(entry.file));
  return serialise([...(baseline?.entries.values() ?? [])], [...kept, ...sites]);
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

function serialise(entries: readonly BaselineEntry[], coverage: Iterable<CoverageEntry> = []): string {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const sorted = [...byFingerprint.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const lines = sorted.map(({ fingerprint, rule, file, message }) => {
    const value = { rule, file, ...(message === undefined ? {} : { message }) };
    return `${JSON.stringify(fingerprint)}: ${JSON.stringify(value)},\n`;
  });
  const sites = [...new Map([...coverage].map((entry) => [entry.fingerprint, entry])).values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  for (const { fingerprint, file, name, guards } of sites) { lines.push(`${JSON.stringify(COVERAGE_KEY + fingerprint)}: ${JSON.stringify({ file, name, guards })},\n`); }
  return `{\n${lines.join('')}"schema": ${SCHEMA}\n}\n`;
}

function broken(what: string): Outcome<never> {
  return { ok: false, error: `.tickguard/baseline.json ${what}. Mend it, or write it anew with: tickguard check --baseline accept` };
}
