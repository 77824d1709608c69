/** Equity, high-water mark and floor as a picture in a page, with what broke marked on it; below it the room that was left. */
import { moneyText } from '../packs/money.ts';
import { dateText, momentText } from '../replay/clock-text.ts';
import type { Incident } from '../replay/incident.ts';
import type { Piece } from '../replay/series.ts';

const WIDTH = 960;
const MARGIN = { left: 74, right: 12 };
const EQUITY = { top: 14, height: 240 };
const ROOM = { top: 290, height: 70 };
const HEIGHT = 392;
/** Dates named below the picture. */
const DATES = 6;

/** What is drawn. */
export interface EquityChart {
  readonly pieces: readonly Readonly<Piece>[];
  readonly incidents: readonly Incident[];
  readonly zone: string;
  /** Address of the row that made an incident, where a page can open it. */
  readonly href?: (incident: Incident) => string | undefined;
}

/** The picture as SVG; empty for a ledger without equity. The tables of the page say the same in words. */
export function equityChart({ pieces, incidents, zone, href }: EquityChart): string {
  if (pieces.length === 0) { return ''; }
  const levels = pieces.flatMap((piece) => [piece.low, piece.high, piece.floor ?? piece.low, piece.peak ?? piece.high]);
  const rooms = pieces.flatMap((piece) => (piece.floor === undefined ? [] : [piece.low - piece.floor]));
  const equity = scale(Math.min(...levels), Math.max(...levels), EQUITY);
  const room = scale(Math.min(0, ...rooms), Math.max(1, ...rooms), ROOM);
  const step = (WIDTH - MARGIN.left - MARGIN.right) / pieces.length;
  const x = (index: number): number => MARGIN.left + step * (index + 0.5);
  const line = (of: (piece: Readonly<Piece>) => number | undefined, y: (level: number) => number): string => pathOf(pieces.flatMap((piece, index) => {
    const level = of(piece);
    return level === undefined ? [] : [[x(index), y(level)] as const];
  }));
  const band = `${pathOf(pieces.map((piece, index) => [x(index), equity(piece.high)] as const))}${pathOf(pieces.map((piece, index) => [x(index), equity(piece.low)] as const).reverse()).replace('M', 'L')}Z`;
  const marks = incidents.flatMap((incident) => markOf(incident, pieces, { x, y: equity, zone, ...(href === undefined ? {} : { href }) }));
  return `<svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="Equity, high-water mark and floor, and the room between equity and floor; the tables of this page say the same">
${grid(Math.min(...levels), Math.max(...levels), equity)}
<path d="${band}" class="range"/>
<path d="${line((piece) => piece.peak, equity)}" class="peak"/>
<path d="${line((piece) => piece.last, equity)}" class="equity"/>
<path d="${line((piece) => piece.floor, equity)}" class="floor"/>
${marks.join('\n')}
${rooms.length === 0 ? '' : `${grid(0, Math.max(1, ...rooms), room)}<path d="${line((piece) => (piece.floor === undefined ? undefined : piece.low - piece.floor), room)}" class="equity"/><text x="${String(MARGIN.left)}" y="${String(ROOM.top - 8)}">Room to the floor</text>`}
${dates(pieces, x, zone)}
</svg>
<p class="legend"><span class="key equity-key"></span>equity <span class="key range-key"></span>lowest to highest <span class="key peak-key"></span>high-water mark <span class="key floor-key"></span>floor <span class="key mark-key"></span>what broke</p>`;
}

function scale(low: number, high: number, { top, height }: { readonly top: number; readonly height: number }): (level: number) => number {
  const span = Math.max(high - low, 1);
  return (level) => top + height * (1 - (level - low) / span);
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${left.toFixed(1)} ${top.toFixed(1)}`).join('');
}

function grid(low: number, high: number, y: (level: number) => number): string {
  return [low, (low + high) / 2, high].map((level) => `<line x1="${String(MARGIN.left)}" x2="${String(WIDTH - MARGIN.right)}" y1="${y(level).toFixed(1)}" y2="${y(level).toFixed(1)}" class="grid"/><text x="${String(MARGIN.left - 6)}" y="${(y(level) + 4).toFixed(1)}" text-anchor="end">${moneyText(Math.round(level / 100) * 100)}</text>`).join('');
}

/** A breach as a dot with its sentence, and a link to its row where there is one. */
function markOf(incident: Incident, pieces: readonly Readonly<Piece>[], { x, y, zone, href }: { readonly x: (index: number) => number; readonly y: (level: number) => number; readonly zone: string; readonly href?: EquityChart['href'] }): readonly string[] {
  if (incident.outcome === 'note') { return []; }
  const after = pieces.findIndex((piece) => piece.to >= incident.at);
  const index = after < 0 ? pieces.length - 1 : after;
  const piece = pieces[index];
  if (piece === undefined) { return []; }
  const level = incident.kind === 'floor' || incident.kind === 'floor-touched' ? incident.value ?? piece.low : piece.last;
  const dot = `<circle cx="${x(index).toFixed(1)}" cy="${y(level).toFixed(1)}" r="5" class="mark ${incident.outcome}"><title>${escaped(`${momentText(incident.at, zone)} ${incident.outcome}: ${incident.message}`)}</title></circle>`;
  const address = href?.(incident);
  return [address === undefined ? dot : `<a href="${escaped(address)}">${dot}</a>`];
}

function dates(pieces: readonly Readonly<Piece>[], x: (index: number) => number, zone: string): string {
  const count = Math.min(DATES, pieces.length);
  const places = Array.from({ length: count }, (_, place) => (count === 1 ? 0 : Math.round((place * (pieces.length - 1)) / (count - 1))));
  return places.map((index, place) => `<text x="${x(index).toFixed(1)}" y="${String(HEIGHT - 6)}" text-anchor="${place === 0 ? 'start' : place === count - 1 ? 'end' : 'middle'}">${dateText(pieces[index]?.from ?? 0, zone)}</text>`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
