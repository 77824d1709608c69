/** From what the ledger holds to the report: commits get their authors, and the checked-out commit is asked what it still has. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { Baseline } from '../../../core/rules/baseline.ts';
import { lineIndexAt, textOf } from '../../../core/source/text.ts';
import { type CommitFacts, CommitReader } from './commit-facts.ts';
import type { Ledger, LedgerEvent } from './ledger.ts';
import { ObjectStore } from './objects.ts';
import { STAGED } from './patch-stream.ts';
import type { HistoryPlace, HistorySecret } from './report.ts';
import { ask, type Repository } from './repository.ts';
import { isGeneric, wordingOf } from './wording.ts';

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const DAY_MS = 86_400_000;

export interface ConcludeParts {
  readonly repository: Repository;
  readonly ledger: Ledger;
  /** In the order of the scan: parents first. */
  readonly order: readonly string[];
  readonly baseline: Baseline | undefined;
  /** The day of the report, `YYYY-MM-DD`. */
  readonly today: string;
}

/** One entry a secret: those HEAD still has first, then by severity and age. */
export async function secretsOf(parts: ConcludeParts): Promise<readonly HistorySecret[]> {
  const bySecret = new Map<string, LedgerEvent[]>();
  const position = new Map(parts.order.map((id, index) => [id, index]));
  const at = ({ commit }: LedgerEvent): number => position.get(commit) ?? Infinity;
  // What is about to be taken out is still there.
  const events = parts.ledger.events.filter(({ kind, commit }) => kind === 'added' || commit !== STAGED);
  for (const event of events.sort((a, b) => compare(at(a), at(b)))) {
    const known = bySecret.get(event.secret);
    if (known === undefined) { bySecret.set(event.secret, [event]); } else { known.push(event); }
  }
  const head = await headPlaces(parts);
  const reader = new CommitReader(parts.repository);
  try {
    const secrets: HistorySecret[] = [];
    for (const [id, own] of bySecret) {
      const secret = await secretOf(id, own, head.get(id) ?? [], parts, reader);
      if (secret !== undefined) { secrets.push(secret); }
    }
    return secrets.sort((a, b) => Number(b.head.length > 0) - Number(a.head.length > 0)
      || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || compareText(a.first.date, b.first.date)
      // Ids hang on a folder's salt: two reports of one history are to have one order.
      || compareText(a.first.path, b.first.path) || (a.first.line ?? 0) - (b.first.line ?? 0) || compareText(a.id, b.id));
  } finally {
    reader.close();
  }
}

async function secretOf(id: string, events: readonly LedgerEvent[], head: HistorySecret['head'], { baseline, today }: ConcludeParts, reader: CommitReader): Promise<HistorySecret | undefined> {
  const arrivals = events.filter((event) => event.kind === 'added');
  // A departure alone: the range begins after the commit that brought it.
  const [first] = arrivals;
  const last = events.at(-1);
  if (first === undefined || last === undefined) { return undefined; }
  const open = arrivals.filter(({ suppressed }) => !suppressed);
  const counted = open.filter(({ fingerprint }) => baseline?.entries.has(fingerprint) !== true);
  const suppressed = open.length === 0 ? 'comment' : counted.length === 0 ? 'baseline' : undefined;
  const told = [...counted, ...open, ...arrivals].find(({ detector }) => !isGeneric(detector)) ?? counted[0] ?? first;
  const { title, opens, rotate, provider } = wordingOf(told.detector, told.evidence);
  const confidence = told.evidence['confidence'];
  const place = await placeOf(first, reader);
  return {
    id, detector: told.detector, title, severity: told.severity, opens, rotate, preview: told.preview,
    ...(provider === undefined ? {} : { provider }), ...(confidence === undefined ? {} : { confidence }),
    first: place, last: await placeOf(last, reader),
    paths: [...new Set(events.map(({ path }) => path))].sort(), commits: new Set(events.map(({ commit }) => commit)).size,
    head, staged: arrivals.some(({ commit }) => commit === STAGED),
    ageDays: place.date === '' ? 0 : Math.max(0, Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(place.date)) / DAY_MS)),
    ...(suppressed === undefined ? {} : { suppressed }), fingerprint: told.fingerprint, evidence: told.evidence,
  };
}

async function placeOf(event: LedgerEvent, reader: CommitReader): Promise<HistoryPlace> {
  const facts: CommitFacts | undefined = event.commit === STAGED ? undefined : await reader.read(event.commit);
  return {
    commit: event.commit, author: facts?.author ?? '', email: facts?.email ?? '', date: facts?.date ?? '', subject: facts?.subject ?? '',
    path: event.path, ...(event.kind === 'added' ? { line: event.line } : {}), change: event.kind,
  };
}

/** Where the checked-out commit holds which secret: in files that once held it, and a file it was moved to held it when it came. */
async function headPlaces({ repository, ledger }: ConcludeParts): Promise<ReadonlyMap<string, HistorySecret['head']>> {
  const places = new Map<string, { path: string; line: number }[]>();
  const { paths } = ledger;
  if (repository.head === undefined || paths.size === 0) { return places; }
  const listed = await ask(repository, ['ls-tree', '-r', '-z', '--full-tree', repository.head]);
  const objects = new ObjectStore(repository);
  try {
    for (const record of splitZero(listed.out)) {
      const tab = record.indexOf(9);
      const path = nameOf(record.subarray(tab + 1));
      if (!paths.has(path)) { continue; }
      const blob = record.toString('latin1', 0, tab).split(' ')[2] ?? '';
      const content = await objects.read(blob);
      const decoded = Buffer.isBuffer(content) ? textOf(content) : undefined;
      if (decoded?.ok !== true) { continue; }
      for (const secret of ledger.secretsOf(path)) {
        const offset = ledger.find(secret, decoded.source.text);
        if (offset < 0) { continue; }
        places.set(secret, [...places.get(secret) ?? [], { path, line: lineIndexAt(decoded.source, offset) + 1 }]);
      }
    }
  } finally {
    objects.close();
  }
  return places;
}

function* splitZero(bytes: Buffer): Generator<Buffer> {
  let from = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
    yield bytes.subarray(from, end);
    from = end + 1;
  }
}

/** A path as the patch has it: UTF-8, or byte by byte. */
function nameOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
