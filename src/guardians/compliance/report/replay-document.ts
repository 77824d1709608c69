/** A replay as a document to hand on: what was judged by which rules, what was found, what was not checked, and the hashes of what was read. */
import { moneyText } from '../packs/money.ts';
import type { Incident } from '../replay/incident.ts';
import { momentText } from '../replay/clock-text.ts';
import type { ReplayReport } from '../operations/replay.ts';
import type { Block, ReportDocument } from './document.ts';
import { autopsyText, byWeight, consistencyText, DAY_COLUMNS, dayRow, payoutText, ruleWord, spanText, subjectText, tradesText, verdictText } from './words.ts';

/** Addresses that a page can open; an editor has them, a document that is handed on has none. */
export interface ReportLinks {
  /** A row of a ledger. */
  readonly row?: (file: string, row: number) => string;
  /** A line of code. */
  readonly line?: (file: string, line: number) => string;
}

/** The document. `tool` is the name and version of the program that made it. */
export function replayDocument(report: ReplayReport, tool: string, links: ReportLinks = {}): ReportDocument {
  const { result, zone, inputs, evidence, compared, stale } = report;
  const firm = result.books[0];
  // Of several files nobody can tell which one a row is of.
  const only = inputs.length === 1 ? inputs[0]?.file : undefined;
  const blocks: readonly Block[] = [
    { kind: 'text', text: verdictText(report), strong: true },
    { kind: 'table', columns: ['', ''], rows: [
      ['Account', subjectText(report)], ['Ledger', spanText(report)], ['Balance', `${moneyText(result.startBalance)} at the start, ${moneyText(result.balance)} at the end`],
      ...(firm?.nearest === undefined ? [] : [['Closest call', `${moneyText(firm.nearest.room)} of room at ${momentText(firm.nearest.at, zone)}`]]),
      ['Rules', `${report.pack}${stale === undefined ? '' : `. ${stale}`}`], ['Made', `${report.asOf} by ${tool}`],
    ] },
    ...(firm === undefined ? [] : [{ kind: 'chart', chart: { pieces: result.series, incidents: firm.incidents, zone, ...(only === undefined || links.row === undefined ? {} : { href: (one: Incident) => (one.row === undefined ? undefined : links.row?.(only, one.row)) }) } } as const]),
    { kind: 'heading', text: 'Findings' },
    ...incidentBlocks(report, only, links),
    ...(firm === undefined ? [] : [
      ...(firm.end === undefined ? [] : autopsyText(firm, report.origin).map((text) => ({ kind: 'text', text } as const))),
      ...(firm.consistency === undefined ? [] : [{ kind: 'text', text: consistencyText(firm.consistency) } as const]), ...(firm.payout === undefined ? [] : [{ kind: 'text', text: payoutText(firm.payout) } as const]),
    ]),
    ...(compared.length === 0 ? [] : [
      { kind: 'heading', text: 'Other packs' } as const,
      { kind: 'table', columns: ['Pack', 'Outcome', 'Closest call'], rows: compared.map(({ pack, book }) => [pack, book.end === undefined ? 'lives' : `lost on ${book.end.tradeDate}: ${book.end.message}`, book.nearest === undefined ? '' : moneyText(book.nearest.room)]) } as const,
    ]),
    { kind: 'heading', text: 'Days' },
    { kind: 'table', columns: [...DAY_COLUMNS], rows: (firm?.days ?? []).map((day) => [...dayRow(day)]) },
    ...noteBlocks(report),
    { kind: 'heading', text: 'What was not checked' },
    { kind: 'list', items: notCheckedOf(report) },
    { kind: 'heading', text: 'Evidence' },
    { kind: 'table', columns: ['Page', 'Address', 'Changed', 'Seen'], rows: evidence.map(({ title, url, dateModified, seen }) => [title, url, dateModified, seen]) },
    { kind: 'table', columns: ['Input', 'Format', 'Events', 'SHA-256'], rows: inputs.map(({ file, title, events, sha256 }) => [file, title, String(events), sha256]) },
  ];
  return { title: `Compliance report: ${report.account ?? report.title}`, blocks };
}

function incidentBlocks({ result, zone, origin }: ReplayReport, file: string | undefined, { row, line }: ReportLinks): readonly Block[] {
  const incidents = result.books.flatMap((book) => book.incidents).filter(({ outcome }) => outcome !== 'note').sort(byWeight);
  if (incidents.length === 0) { return [{ kind: 'text', text: 'None.' }]; }
  const more = result.books.reduce((sum, book) => sum + book.more, 0);
  return [
    { kind: 'table', columns: ['When', 'Outcome', 'Rule', 'What', 'Trades'], rows: incidents.map((one) => [
      file === undefined || row === undefined || one.row === undefined ? momentText(one.at, zone) : { text: momentText(one.at, zone), href: row(file, one.row) },
      one.outcome, ruleWord(one), one.message, tradesText(one, zone) ?? '',
    ]) },
    ...(origin === undefined || line === undefined ? [] : [{ kind: 'table', columns: ['', ''], rows: [['The line that traded', { text: `${origin.file}:${String(origin.line)}`, href: line(origin.file, origin.line) }]] } as const]),
    ...(more === 0 ? [] : [{ kind: 'text', text: `${String(more)} more were counted and are not listed.` } as const]),
  ];
}

function noteBlocks({ result, zone }: ReplayReport): readonly Block[] {
  const notes = result.books.flatMap((book) => book.incidents).filter(({ outcome }) => outcome === 'note');
  return notes.length === 0 ? [] : [{ kind: 'heading', text: 'Notes' }, { kind: 'table', columns: ['When', 'What'], rows: notes.map((one) => [momentText(one.at, zone), one.message]) }];
}

function notCheckedOf({ result, inputs }: ReplayReport): readonly string[] {
  const lines = [...result.notChecked, ...inputs.flatMap(({ file, said }) => said.map((line) => `${file}: ${line}`)), ...(result.books[0]?.assumed ?? []).map((line) => `Read strictly: ${line}`)];
  return lines.length === 0 ? ['Nothing that the rules speak of was left out.'] : lines;
}
