/** Which guards the orders of a project have lost since an earlier revision. */
import { coverageReport, guardsOf, switchOf, type CoveredSite } from '../findings/coverage.ts';
import type { ProjectCoverage } from '../source/link/coverage.ts';
import { coverageEntry, fallenSince } from './coverage-baseline.ts';
import type { LostGuard } from './since.ts';

/**
 * Guards that stood on every way to an order then and do not now, by today's file. An order is the same one by its file, its function and the call;
 * one that is new, or gone, has lost nothing. A check that stands there and cannot be followed is not called lost.
 * @param names today's path of a file that differs → its path then.
 */
export function lostGuards(then: ProjectCoverage, now: ProjectCoverage, names: ReadonlyMap<string, string>): ReadonlyMap<string, readonly LostGuard[]> {
  const today = new Map([...names].map(([path, old]) => [old, path]));
  const before = sitesOf({ ...then, sites: then.sites.map((site) => ({ ...site, file: today.get(site.file) ?? site.file })) });
  const after = sitesOf(now);
  const sites = new Map(after.map((site) => [site.fingerprint, site]));
  const found = new Map<string, LostGuard[]>();
  for (const fall of fallenSince(before.map(coverageEntry), after)) {
    const site = sites.get(fall.fingerprint);
    if (fall.reason !== 'lost' || site === undefined) { continue; }
    const past = before.find((one) => one.fingerprint === site.fingerprint)
      ?? before.find((one) => one.file === site.file && one.name === site.name && fall.kinds.every((kind) => guardsOf(one).includes(kind)));
    for (const kind of fall.kinds) {
      const state = site.states[kind];
      if (state !== 'missing' && state !== 'some' && state !== 'conditional') { continue; }
      const proof = past?.ways.flatMap((way) => way.proofs).find((one) => one.kinds.includes(kind));
      const only = switchOf(site, kind);
      found.set(site.file, [...(found.get(site.file) ?? []), {
        at: site.range, order: site.name, kind, now: state, ...(state === 'conditional' && only !== '' ? { only } : {}),
        ...(proof === undefined ? {} : { was: { file: today.get(proof.file) ?? proof.file, line: proof.range.line, text: proof.text } }),
      }]);
    }
  }
  return found;
}

function sitesOf(coverage: ProjectCoverage): readonly CoveredSite[] {
  return coverageReport(coverage, () => true).sites;
}
