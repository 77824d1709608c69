/** A replay for the terminal: how it ended, what broke, the closest call, the days that mattered. */
import { moneyText } from '../packs/money.ts';
import { momentText } from '../replay/clock-text.ts';
import type { Incident } from '../replay/incident.ts';
import type { BookReport, DayRecord } from '../replay/report.ts';
import type { ReplayReport } from '../operations/replay.ts';
import { autopsyText, byWeight, consistencyText, DAY_COLUMNS, dayRow, inputText, payoutText, ruleWord, spanText, subjectText, tradesText, verdictText } from './words.ts';

/** Incidents shown without `all`. */
const SHOWN = 8;
/** Days shown without `all`. */
const DAYS = 10;

type Style = 'red' | 'yellow' | 'dim' | 'bold';
const SGR: Readonly<Record<Style, string>> = { red: '31;1', yellow: '33;1', dim: '2', bold: '1' };

/** The text, ending with a line break. */
export function replayText(report: ReplayReport, { color, all }: { readonly color: boolean; readonly all: boolean }): string {
  const paint = (style: Style, text: string): string => (color ? `\u001b[${SGR[style]}m${text}\u001b[0m` : text);
  const { result, zone, inputs } = report;
  const firm = result.books[0];
  const days = all ? firm?.days ?? [] : worstDays(firm?.days ?? []);
  const sections = [
    [paint('bold', subjectText(report)), `${spanText(report)}; ${counts(report)}`, ...inputs.map(inputText)],
    [paint(report.verdict === 'kept' ? 'bold' : 'red', verdictText(report)), ...incidentLines(report, all, paint)],
    standing(firm, zone),
    days.length === 0 ? [] : [...table([DAY_COLUMNS, ...days.map(dayRow)], paint), ...(firm !== undefined && firm.days.length > days.length ? [paint('dim', `${String(firm.days.length - days.length)} more days; --all shows every one.`)] : [])],
    report.compared.map(({ pack, book }) => comparedLine(pack, book)),
    notes(report),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function counts({ result, inputs }: ReplayReport): string {
  const days = result.books[0]?.days.length ?? 0;
  const parts = [[days, 'trading day'], [result.fills, 'fill'], [result.marks, 'mark']] as const;
  return `${parts.map(([number, word]) => `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`).join(', ')} in ${String(inputs.length)} ${inputs.length === 1 ? 'file' : 'files'}`;
}

function incidentLines(report: ReplayReport, all: boolean, paint: (style: Style, text: string) => string): readonly string[] {
  const { books } = report.result;
  const incidents = books.flatMap((book) => book.incidents).filter((one) => all || one.outcome !== 'note').sort(byWeight);
  const shown = all ? incidents : incidents.slice(0, SHOWN);
  const more = incidents.length - shown.length + books.reduce((sum, book) => sum + book.more, 0);
  const notes = all ? 0 : books.reduce((sum, book) => sum + book.incidents.filter((one) => one.outcome === 'note').length, 0);
  return [
    ...shown.flatMap((one) => incidentText(one, report, paint)),
    ...(more > 0 ? [paint('dim', `${String(more)} more; --all shows every one that is kept.`)] : []),
    ...(notes > 0 ? [paint('dim', `${String(notes)} ${notes === 1 ? 'note' : 'notes'} about positions that did not change for 30 minutes; --all shows them.`)] : []),
  ];
}

function incidentText(one: Incident, { result: { books }, zone, origin }: ReplayReport, paint: (style: Style, text: string) => string): readonly string[] {
  const label = paint(one.outcome === 'warning' ? 'yellow' : one.outcome === 'note' ? 'dim' : 'red', one.outcome.padEnd(9));
  const place = one.row === undefined ? '' : ` (row ${String(one.row)})`;
  const trades = tradesText(one, zone);
  const after = books.filter((book) => book.end === one).flatMap((book) => autopsyText(book, origin));
  return [`${label} ${momentText(one.at, zone)}  ${ruleWord(one)}: ${one.message}${place}`, ...(trades === undefined ? [] : [paint('dim', `          ${trades}`)]), ...after.map((line) => `          ${line}`)];
}

function standing(firm: BookReport | undefined, zone: string): readonly string[] {
  if (firm === undefined) { return []; }
  const { nearest, floor, peak, consistency, payout } = firm;
  return [
    ...(nearest === undefined ? [] : [`Closest call: ${moneyText(nearest.room)} of room at ${momentText(nearest.at, zone)} (equity ${moneyText(nearest.equity)}, floor ${moneyText(nearest.floor)}, row ${String(nearest.row)}).`]),
    ...(floor === undefined || peak === undefined ? [] : [`Where the ledger ends: floor ${moneyText(floor)}, high-water mark ${moneyText(peak)}.`]),
    ...(consistency === undefined ? [] : [consistencyText(consistency)]), ...(payout === undefined ? [] : [payoutText(payout)]),
  ];
}

/** The days with the least room or the largest loss, in the order of their dates. */
function worstDays(days: readonly DayRecord[]): readonly DayRecord[] {
  if (days.length <= DAYS) { return days; }
  const ranked = [...days].sort((a, b) => (a.room?.room ?? a.net) - (b.room?.room ?? b.net)).slice(0, DAYS);
  return days.filter((day) => ranked.includes(day));
}

function comparedLine(pack: string, book: BookReport): string {
  const broken = book.incidents.filter(({ outcome }) => outcome === 'violation' || outcome === 'paused').length;
  const { end, nearest } = book;
  const how = end === undefined ? `lives${nearest === undefined ? '' : `, ${moneyText(nearest.room)} of room at the closest`}` : `lost on ${end.tradeDate}: ${end.message}`;
  return `${pack}: ${how}${broken === 0 ? '' : `; ${String(broken)} ${broken === 1 ? 'rule' : 'rules'} broken or paused`}`;
}

function notes({ result, inputs, stale }: ReplayReport): readonly string[] {
  return [
    ...result.notChecked.map((line) => `Not judged: ${line}`), ...inputs.flatMap(({ said }) => said.map((line) => `Ledger: ${line}`)),
    ...(result.books[0]?.assumed ?? []).map((line) => `Read strictly: ${line}`), ...(stale === undefined ? [] : [stale]),
  ];
}

/** Columns side by side, numbers to the right. */
function table(rows: readonly (readonly string[])[], paint: (style: Style, text: string) => string): readonly string[] {
  const kept = (rows[0] ?? []).map((_, column) => column).filter((column) => rows.slice(1).some((row) => row[column] !== ''));
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  return rows.map((row, index) => {
    const line = kept.map((column) => (column === 0 || column === row.length - 1 ? (row[column] ?? '').padEnd(width(column)) : (row[column] ?? '').padStart(width(column)))).join('  ').trimEnd();
    return index === 0 ? paint('bold', line) : line;
  });
}
