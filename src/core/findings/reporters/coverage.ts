/** Guard coverage on a terminal and in JSON. One line an order site, what lacks most first; then a line a kind. */
import { kindName, PROTECTION_KINDS, type ProtectionKind } from '../../source/protections/kinds.ts';
import { guardsOf, switchOf, type CoveredSite, type CoverageReport } from '../coverage.ts';
import type { Range } from '../finding.ts';
import { visible } from './words.ts';

/** Paints a text; as in the text report. */
type Paint = (style: 'red' | 'yellow' | 'cyan' | 'dim' | 'bold', text: string) => string;

/** Sites without a way that are named. */
const UNREACHED = 10;

export interface CoverageTextOptions {
  readonly paint: Paint;
  /** The ways and the guards under each site. */
  readonly ways: boolean;
}

/** The coverage section of the text report, without a line break at its end. */
export function coverageText(report: CoverageReport, { paint, ways }: CoverageTextOptions): string {
  const { sites } = report;
  if (sites.length === 0) {
    return ['Guard coverage: no call that opens a position was found.', ...leftOut(report)].join('\n');
  }
  const sorted = [...sites].sort((a, b) => guardsOf(a).length - guardsOf(b).length);
  const width = Math.min(60, Math.max(...sorted.map((site) => placeOf(site).length)));
  const rows = sorted.flatMap((site) => [rowOf(site, width, paint), ...(ways ? waysOf(site, paint) : [])]);
  return [
    paint('bold', `Guard coverage of ${sites.length} order ${sites.length === 1 ? 'site' : 'sites'}`),
    ...rows, '', ...totals(report), ...leftOut(report), '', ...verdict(report, paint), `Next: ${paint('bold', next(report, ways))}`,
  ].join('\n');
}

function placeOf(site: CoveredSite): string {
  return visible(`${site.file}:${site.range.line} ${site.name}`);
}

function rowOf(site: CoveredSite, width: number, paint: Paint): string {
  const cells = PROTECTION_KINDS.map((kind) => cell(site, kind, paint));
  return `${placeOf(site).padEnd(width)}  ${cells.join('  ')}`;
}

/** `drawdown ✓`, `size –`, `news ?`, `kill switch (on 1 of 2 ways)`. */
function cell(site: CoveredSite, kind: ProtectionKind, paint: Paint): string {
  const name = kindName(kind);
  switch (site.states[kind]) {
    case 'guarded': return `${name} ✓`;
    case 'missing': return paint('red', `${name} –`);
    case 'unresolved': return paint('yellow', `${name} ?`);
    case 'conditional': return paint('yellow', `${name} (only when ${visible(switchOf(site, kind))})`);
    case 'some': {
      const count = site.ways.filter((way) => way.kinds.includes(kind)).length;
      return paint('yellow', `${name} (on ${count} of ${site.ways.length} ways)`);
    }
  }
}

/** A line a way, then its calls and its guards. */
function waysOf(site: CoveredSite, paint: Paint): readonly string[] {
  return site.ways.flatMap((way) => [
    `    ${paint('dim', 'way')} ${visible(way.handler)} (${way.entry === 'none' ? 'nothing calls it' : way.entry}): ${way.kinds.length === 0 ? 'no guard' : way.kinds.map(kindName).join(', ')}`,
    ...way.steps.slice(0, -1).map((step) => `      ${paint('dim', '→')} ${visible(step.file)}:${step.range.line}  ${visible(step.text)}`),
    ...way.proofs.map((proof) => `      ${paint('dim', proof.only === undefined ? '✓' : '~')} ${visible(proof.file)}:${proof.range.line}  ${proof.kinds.map(kindName).join(', ')}: ${visible(proof.text)}${proof.by === undefined ? '' : ` → ${visible(proof.by)}`}${proof.only === undefined ? '' : `, only when ${visible(proof.only)}`}`),
  ]);
}

function totals(report: CoverageReport): readonly string[] {
  return PROTECTION_KINDS.map((kind) => {
    const { guarded, some, unresolved, conditional, sites } = report.totals[kind];
    const more = [...(some > 0 ? [`${some} on some ways only`] : []), ...(unresolved > 0 ? [`${unresolved} unresolved`] : []), ...(conditional > 0 ? [`${conditional} behind a switch`] : [])];
    return `  ${kindName(kind).padEnd(12)} ${guarded} of ${sites} ${sites === 1 ? 'site' : 'sites'}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
  });
}

function leftOut({ unreached, outside, truncated }: CoverageReport): readonly string[] {
  return [
    ...(unreached.length > 0 ? [`Not counted: ${unreached.length} that no way from a handler, a route or the start of a program was found to:`] : []),
    ...unreached.slice(0, UNREACHED).map((site) => `  ${placeOf(site)}`),
    ...(unreached.length > UNREACHED ? [`  … and ${unreached.length - UNREACHED} more`] : []),
    ...(outside > 0 ? [`Not counted: ${outside} in vendored and archived files.`] : []),
    'Exits, reductions and tests are left out.',
    ...(truncated ? ['There are more ways into some sites than were followed.'] : []),
  ];
}

function verdict({ baseline, fallen }: CoverageReport, paint: Paint): readonly string[] {
  if (fallen.length > 0) { return fallen.map((fall) => paint('red', `Fell: ${visible(fall.message)}`)); }
  if (baseline === 'compared') { return ['No number fell against the baseline.']; }
  return baseline === 'none' ? ['The baseline holds no coverage yet, so nothing can fall.'] : [];
}

function next({ baseline, fallen }: CoverageReport, ways: boolean): string {
  if (!ways && (fallen.length > 0 || baseline !== 'none')) { return 'tickguard check --coverage --all'; }
  return 'tickguard check --coverage --baseline accept';
}

// ------------------------------------------------------------------------- JSON

/** The `coverage` object of the JSON report. */
export function coverageJson(report: CoverageReport): Record<string, unknown> {
  return {
    sites: report.sites.map(siteJson),
    totals: report.totals,
    unreached: report.unreached.map(siteJson),
    outside: report.outside,
    truncated: report.truncated,
    baseline: report.baseline,
    fallen: report.fallen.map(({ range, ...fall }) => ({ ...fall, ...positions(range) })),
  };
}

function siteJson(site: CoveredSite): Record<string, unknown> {
  return {
    file: site.file, ...positions(site.range), name: site.name, symbol: site.symbol, fingerprint: site.fingerprint, guards: site.states,
    ways: site.ways.map((way) => ({
      entry: way.entry, handler: way.handler, guards: way.kinds, unresolved: way.unresolved, conditional: way.conditional,
      steps: way.steps.map((step) => ({ file: step.file, ...positions(step.range), text: step.text })),
      proofs: way.proofs.map((proof) => ({ guards: proof.kinds, file: proof.file, ...positions(proof.range), text: proof.text, ...(proof.by === undefined ? {} : { by: proof.by }), ...(proof.only === undefined ? {} : { onlyWhen: proof.only }) })),
    })),
  };
}

function positions(range: Range): Record<string, number> {
  return { line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn };
}
