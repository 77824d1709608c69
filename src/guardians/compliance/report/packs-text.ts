/** Rule packs as text: the list, one of them, or what two of them say differently. */
import type { PacksReport } from '../operations/packs.ts';
import { packText } from './pack-text.ts';

/** Whatever was asked for. */
export function packsText({ packs, pack, diff }: PacksReport): string {
  if (pack !== undefined) { return packText(pack, packs[0]?.stale); }
  if (diff !== undefined) { return diffText(diff); }
  const rows = packs.map(({ id, title, effective, seen, stale }) => [id, title, `${effective.from === 'unknown' ? '' : `from ${effective.from}`}${effective.to === null ? '' : ` to ${effective.to}`}`.trim(), `read ${seen}`, stale === undefined ? '' : '!']);
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const old = packs.flatMap(({ id, stale }) => (stale === undefined ? [] : [`! ${id}: ${stale}`]));
  return [...rows.map((row) => row.map((cell, column) => cell.padEnd(width(column))).join('  ').trimEnd()), ...(old.length === 0 ? [] : ['', ...old]), ''].join('\n');
}

function diffText({ first, second, fields, lines, days, notCompared }: NonNullable<PacksReport['diff']>): string {
  const shown = fields.map(({ field, first: a, second: b }) => `  ${field}: ${a ?? '–'} → ${b ?? '–'}`);
  return [
    `${first} → ${second}: ${String(fields.length)} ${fields.length === 1 ? 'field differs' : 'fields differ'}`, ...shown,
    ...(lines === undefined ? [] : ['', `Lines here that only one of them speaks of: ${String(lines.length)}`, ...lines.map(({ file, line, rule, only, message }) => `  ${only === 'first' ? first : second}  ${file}:${String(line)}  ${rule}  ${message}`)]),
    ...(days === undefined ? [] : ['', `Ledger days they judge differently: ${String(days.length)}`, ...days.map(({ account, tradeDate, first: a, second: b }) => `  ${account}  ${tradeDate}  ${a} → ${b}`)]),
    ...(notCompared.length === 0 ? [] : ['', ...notCompared]), '',
  ].join('\n');
}
