/**
 * The coverage part of `.tickguard/baseline.json`: order sites and the guards each had on the day it was accepted. One
 * line a site, under `coverage:` and its fingerprint, so that two branches merge.
 */
import { guardsOf, type CoverageFall, type CoveredSite } from '../findings/coverage.ts';
import { kindName, PROTECTION_KINDS, type ProtectionKind } from '../source/protections/kinds.ts';

/** One accepted order site. */
export interface CoverageEntry {
  readonly fingerprint: string;
  readonly file: string;
  /** `submit_order`. */
  readonly name: string;
  readonly guards: readonly ProtectionKind[];
}

/** Before the fingerprint in the file. */
export const COVERAGE_KEY = 'coverage:';

export function coverageEntry({ fingerprint, file, name, ...site }: CoveredSite): CoverageEntry {
  return { fingerprint, file, name, guards: guardsOf({ fingerprint, file, name, ...site } as CoveredSite) };
}

/**
 * What fell: a guard that a known site has lost, and a new site without a guard that another one has. Sites that went
 * away never count. A site that is new where one of the same call went away in the same file is that one, moved.
 */
export function fallenSince(accepted: readonly CoverageEntry[], sites: readonly CoveredSite[]): readonly CoverageFall[] {
  const before = matched(accepted, sites);
  const known = PROTECTION_KINDS.filter((kind) => accepted.some((entry) => entry.guards.includes(kind)));
  return sites.flatMap((site): CoverageFall[] => {
    const entry = before.get(site.fingerprint);
    const has = guardsOf(site);
    const kinds = (entry?.guards ?? known).filter((kind) => !has.includes(kind));
    if (kinds.length === 0) { return []; }
    const reason = entry === undefined ? 'new' : 'lost';
    return [{ reason, fingerprint: site.fingerprint, file: site.file, range: site.range, kinds, message: sentence(reason, site, kinds, accepted) }];
  });
}

/** Entries by the fingerprint their site has today. */
function matched(accepted: readonly CoverageEntry[], sites: readonly CoveredSite[]): ReadonlyMap<string, CoverageEntry> {
  const entries = new Map(accepted.map((entry) => [entry.fingerprint, entry]));
  const today = new Set(sites.map((site) => site.fingerprint));
  const gone = accepted.filter((entry) => !today.has(entry.fingerprint));
  const found = new Map<string, CoverageEntry>();
  for (const site of sites) {
    const entry = entries.get(site.fingerprint);
    if (entry !== undefined) { found.set(site.fingerprint, entry); continue; }
    const moved = gone.findIndex((one) => one.file === site.file && one.name === site.name);
    if (moved >= 0) { found.set(site.fingerprint, gone.splice(moved, 1)[0]!); }
  }
  return found;
}

function sentence(reason: CoverageFall['reason'], site: CoveredSite, kinds: readonly ProtectionKind[], accepted: readonly CoverageEntry[]): string {
  const place = `${site.file}:${site.range.line}`;
  const names = inWords(kinds.map(kindName));
  if (reason === 'lost') {
    const partly = kinds.filter((kind) => site.states[kind] === 'some').map(kindName);
    const still = partly.length === 0 ? '' : ` (${inWords(partly)} still on some ways in)`;
    return `${place} ${site.name} has lost its ${names} guard${kinds.length === 1 ? '' : 's'}${still}. Put ${kinds.length === 1 ? 'it' : 'them'} back, or accept: tickguard check --coverage --baseline accept`;
  }
  const [first] = kinds;
  const count = accepted.filter((entry) => first !== undefined && entry.guards.includes(first)).length;
  return `${place} ${site.name} is new and has no ${names} guard; ${count} of ${accepted.length} accepted ${accepted.length === 1 ? 'site has' : 'sites have'} ${first === undefined ? 'one' : `one for ${kindName(first)}`}. Add it, or accept: tickguard check --coverage --baseline accept`;
}

/** `drawdown, size and news`. */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
