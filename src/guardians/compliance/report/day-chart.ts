/** Equity and floor by trade date, as a picture in a page: a bar from the lowest to the highest equity, the close, and the floor. */
import { moneyText } from '../packs/money.ts';
import type { DayRecord } from '../replay/report.ts';

const WIDTH = 960;
const HEIGHT = 260;
const MARGIN = { left: 70, right: 12, top: 12, bottom: 28 };
/** Days drawn at most; of more, every n-th stretch is drawn as its worst day. */
const MOST = 260;

/** The picture as SVG; empty for a ledger without days. */
export function chartSvg(all: readonly DayRecord[]): string {
  const days = thinned(all);
  if (days.length === 0) { return ''; }
  const levels = days.flatMap((day) => [day.highEquity, day.lowEquity, day.closeBalance, ...(day.floor === undefined ? [] : [day.floor])]);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const span = Math.max(high - low, 1);
  const step = (WIDTH - MARGIN.left - MARGIN.right) / days.length;
  const x = (index: number): number => MARGIN.left + step * (index + 0.5);
  const y = (level: number): number => MARGIN.top + (HEIGHT - MARGIN.top - MARGIN.bottom) * (1 - (level - low) / span);
  const n = (value: number): string => value.toFixed(1);
  const path = (points: readonly (readonly [number, number])[]): string => points.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${n(left)} ${n(top)}`).join('');
  const bars = days.map((day, index) => `<rect x="${n(x(index) - step * 0.35)}" y="${n(y(day.highEquity))}" width="${n(Math.max(step * 0.7, 1))}" height="${n(Math.max(y(day.lowEquity) - y(day.highEquity), 1))}" fill="var(--range)"/>`);
  const floors = days.flatMap((day, index) => (day.floor === undefined ? [] : [[x(index), y(day.floor)] as const]));
  const marks = [low, low + span / 2, high].map((level) => `<text x="${String(MARGIN.left - 6)}" y="${n(y(level) + 4)}" text-anchor="end">${moneyText(Math.round(level))}</text><line x1="${String(MARGIN.left)}" x2="${String(WIDTH - MARGIN.right)}" y1="${n(y(level))}" y2="${n(y(level))}" stroke="var(--line)"/>`);
  const [first, last] = [days[0], days.at(-1)];
  return `<svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="Equity and floor by trade date; the table of days below says the same">
${marks.join('')}${bars.join('')}
<path d="${path(days.map((day, index) => [x(index), y(day.closeBalance)] as const))}" fill="none" stroke="var(--equity)" stroke-width="1.5"/>
<path d="${path(floors)}" fill="none" stroke="var(--floor)" stroke-width="2"/>
<text x="${String(MARGIN.left)}" y="${String(HEIGHT - 8)}">${first?.tradeDate ?? ''}</text><text x="${String(WIDTH - MARGIN.right)}" y="${String(HEIGHT - 8)}" text-anchor="end">${last?.tradeDate ?? ''}</text>
<text x="${String(WIDTH / 2)}" y="${String(HEIGHT - 8)}" text-anchor="middle">bars: equity low to high; line: close; red: floor</text>
</svg>`;
}

function thinned(days: readonly DayRecord[]): readonly DayRecord[] {
  if (days.length <= MOST) { return days; }
  const size = Math.ceil(days.length / MOST);
  return Array.from({ length: Math.ceil(days.length / size) }, (_, group) => {
    const part = days.slice(group * size, (group + 1) * size);
    return part.reduce((worst, day) => ((day.room?.room ?? day.net) < (worst.room?.room ?? worst.net) ? day : worst));
  });
}
