/** Guard coverage as every door shows it: order sites, what stands before each, and what fell since the baseline. */
import { createHash } from 'node:crypto';
import type { ProjectCoverage, SiteCoverage } from '../source/link/coverage.ts';
import { PROTECTION_KINDS, type ProtectionKind } from '../source/protections/kinds.ts';
import type { Range } from './finding.ts';

/** An order site that keeps its name through edits. */
export interface CoveredSite extends SiteCoverage {
  /** 16 hex digits of path, enclosing symbol, call and ordinal: moved lines change nothing. */
  readonly fingerprint: string;
}

/** How many sites have a guard of one kind. */
export interface KindTotal {
  /** On every way in. */
  readonly guarded: number;
  readonly some: number;
  readonly unresolved: number;
  /** Only when a switch is on that is not on by default. */
  readonly conditional: number;
  readonly sites: number;
}

/** A number that fell: a guard that an accepted site has lost, or a new site without one that others have. */
export interface CoverageFall {
  readonly reason: 'lost' | 'new';
  readonly fingerprint: string;
  readonly file: string;
  readonly range: Range;
  readonly kinds: readonly ProtectionKind[];
  /** One sentence that names the site and what to do. */
  readonly message: string;
}

export interface CoverageReport {
  /** By file and place. */
  readonly sites: readonly CoveredSite[];
  readonly totals: Readonly<Record<ProtectionKind, KindTotal>>;
  /** Order sites that no handler and no start of a program reaches. */
  readonly unreached: readonly CoveredSite[];
  /** Order sites in vendored and archived files. */
  readonly outside: number;
  /** A search met its bound: there may be more ways than told. */
  readonly truncated: boolean;
  /** `none`: the baseline holds no coverage; `ignored`: it was not asked for; `compared`: `fallen` says what came out. */
  readonly baseline: 'none' | 'ignored' | 'compared';
  readonly fallen: readonly CoverageFall[];
}

/** Names the sites, and counts what each kind has. `covers` chooses the files. */
export function coverageReport(project: ProjectCoverage, covers: (file: string) => boolean): Omit<CoverageReport, 'baseline' | 'fallen'> {
  const sites = named(project.sites.filter((site) => covers(site.file)));
  return {
    sites, totals: totalsOf(sites), unreached: named(project.unreached.filter((site) => covers(site.file))),
    outside: project.outside, truncated: project.truncated,
  };
}

function named(sites: readonly SiteCoverage[]): readonly CoveredSite[] {
  const seen = new Map<string, number>();
  return sites.map((site) => {
    const key = JSON.stringify(['coverage', site.file, symbolOf(site), site.name]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...site, fingerprint: createHash('sha256').update(key).update(String(ordinal)).digest('hex').slice(0, 16) };
  });
}

/** The function around the order, without positions in it: a line inserted above must not change the name. */
function symbolOf(site: SiteCoverage): string {
  return site.symbol.replace(/<lambda:\d+>/g, '<lambda>');
}

function totalsOf(sites: readonly CoveredSite[]): Readonly<Record<ProtectionKind, KindTotal>> {
  const count = (kind: ProtectionKind, state: string): number => sites.filter((site) => site.states[kind] === state).length;
  return Object.fromEntries(PROTECTION_KINDS.map((kind) => [kind, {
    guarded: count(kind, 'guarded'), some: count(kind, 'some'), unresolved: count(kind, 'unresolved'), conditional: count(kind, 'conditional'), sites: sites.length,
  }])) as Record<ProtectionKind, KindTotal>;
}

/** The switch that a guard of a kind hangs on; empty where none is known. */
export function switchOf(site: SiteCoverage, kind: ProtectionKind): string {
  return site.ways.flatMap((way) => way.proofs).find((proof) => proof.only !== undefined && proof.kinds.includes(kind))?.only ?? '';
}

/** Kinds that stand on every way in. */
export function guardsOf(site: SiteCoverage): readonly ProtectionKind[] {
  return PROTECTION_KINDS.filter((kind) => site.states[kind] === 'guarded');
}
