/** Limits that instructions state in words: `- **Max daily loss**: $2,500`, `| Max drawdown | 5% |`, “flatten by 16:59 ET”. */
import type { ConfigEntry, Span } from '../model.ts';

/** A point of a list or a row of a table: what it speaks of, and a number, amount or time of day right behind it. */
const POINT = /^\s{0,20}(?:(?:[-*+]|\d{1,3}[.)])\s{1,4}|\|\s{0,20})?(?:\[[ xX]\] )?([*_`]{0,3}[A-Za-z][A-Za-z0-9_ /()%-]{2,60}[*_`]{0,3}\s{0,20})(?::[*_`]{0,3}|=|\||—|–)\s{0,20}[*_`]{0,3}(?:(?:max|at most|up to|<=|≤)\s{1,3})?((?:[$€]\s?)?\d[\d,._]{0,15}(?:\s?%|\s?[kK](?![a-z])|\s?USD\b)?|\d{1,2}:\d\d)/;
/** A sentence that orders to be flat, and within reach of it the time by which. */
const FLAT = /\b(?:flat|flatten|flattened|close all|close every|close out|exit all)\b/i;
const BY = /\b(?:by|before|at|until) {1,3}[*_`]{0,3}(\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:ET|EST|EDT|CT|CST|CDT|UTC|New York))?)/i;
const REACH = 90;
/** A line that says what not to do, or what is not so, states no limit. */
const DENIED = /\b(?:not|don['’]?t|never|instead of|no longer|used to|was|previously|deprecated|example|e\.g\.)\b/i;
const TIME = /^\d{1,2}:\d\d/;

/** The entries a line of prose states; `offset` is where the line begins. Their paths are the caller's to give. */
export function statedIn(line: string, offset: number): Omit<ConfigEntry, 'path'>[] {
  if (line.length > 400 || !/\d/.test(line)) return [];
  const flat = FLAT.exec(line)?.index;
  const by = flat === undefined ? null : BY.exec(line.slice(flat, flat + REACH).split('. ')[0] ?? '');
  if (flat !== undefined && by?.[1] !== undefined && !DENIED.test(line)) {
    const at = offset + flat + by.index + by[0].length - by[1].length;
    return [entryOf('flat_by', { start: offset + flat, end: offset + flat + 4 }, by[1], at)];
  }
  const point = POINT.exec(line);
  const [all, key, value] = point ?? [];
  if (all === undefined || key === undefined || value === undefined || DENIED.test(line)) return [];
  // A time of day may be cut after its hour by the alternative for numbers.
  const at = all.length - value.length;
  const time = TIME.exec(line.slice(at, at + 5))?.[0];
  const name = key.replace(/[*_`]{1,3}/g, (marks) => (marks === '_' ? '_' : '')).replace(/\([^()]{0,60}\)/, '').trim();
  const start = offset + line.indexOf(key.trim());
  return [entryOf(name, { start, end: start + key.trim().length }, time ?? value, offset + at)];
}

function entryOf(key: string, keySpan: Span, text: string, at: number): Omit<ConfigEntry, 'path'> {
  const valueSpan = { start: at, end: at + text.length };
  return { key, keySpan, shape: 'scalar', value: text, text, valueSpan, start: Math.min(keySpan.start, at), end: valueSpan.end };
}
