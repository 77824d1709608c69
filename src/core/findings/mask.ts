/**
 * Masking by span: what is secret leaves the engine as its kind (`<binance-secret>`), never as itself.
 * Every snippet, message, evidence and fingerprint goes through here before a finding exists.
 */
import type { SourceText, Span } from '../source/model.ts';
import { lineEnd as endOfLine, lineIndexAt } from '../source/text.ts';
import { countUpTo } from './layers.ts';
import { type Secret, SecretValues } from './secret-values.ts';

export type { Secret } from './secret-values.ts';

/** One line of source for people: secrets masked; `start` and `end` say where the finding is in `text`. */
export interface Snippet {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longest snippet, in UTF-16 units: a minified line is shown around the finding only. */
const SNIPPET_WIDTH = 160;
/** How much of a line is looked at on each side of the finding: a file may be one line of 2 MB. */
const SNIPPET_REACH = 1_000;

/**
 * A run of characters that could be a key: long, of one alphabet, letters and digits mixed.
 * The threshold of 20 is the shortest key of the providers we know (AWS access key ids have 20 characters).
 */
const TOKEN = /[A-Za-z0-9+/=_-]{20,}/g;

/** What a token that no rule has named is shown as. */
const UNNAMED = 'token';

/**
 * Sorted, disjoint secrets out of overlapping ones; the kind of the first one wins.
 */
export function mergeSecrets(secrets: readonly Secret[]): readonly Secret[] {
  const sorted = [...secrets].filter((secret) => secret.at.end > secret.at.start)
    .sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end);
  const merged: Secret[] = [];
  for (const secret of sorted) {
    const last = merged.at(-1);
    if (last === undefined || secret.at.start >= last.at.end) {
      merged.push(secret);
    } else if (secret.at.end > last.at.end) {
      merged[merged.length - 1] = { kind: last.kind, at: { start: last.at.start, end: secret.at.end } };
    }
  }
  return merged;
}

/** Those of sorted, disjoint secrets (from `mergeSecrets`) that reach into a span. */
export function secretsIn(merged: readonly Secret[], span: Span): readonly Secret[] {
  const first = countUpTo(merged.length, (index) => (merged[index] as Secret).at.end <= span.start);
  const last = countUpTo(merged.length, (index) => (merged[index] as Secret).at.start < span.end);
  return merged.slice(first, Math.max(first, last));
}

/**
 * The text of a span with every secret replaced by `<kind>`, also one that only reaches into the span.
 * `secrets` are offsets into the same text as `span`, in any order.
 */
export function maskSpan(text: string, span: Span, secrets: readonly Secret[]): string {
  const parts: string[] = [];
  let from = span.start;
  for (const { at, kind } of mergeSecrets(secrets.filter((secret) => secret.at.end > span.start && secret.at.start < span.end))) {
    if (at.end <= from || at.start >= span.end) { continue; }
    if (at.start > from) { parts.push(maskTokens(text.slice(from, at.start))); }
    parts.push(`<${kind}>`);
    from = Math.min(at.end, span.end);
  }
  if (from < span.end) { parts.push(maskTokens(text.slice(from, span.end))); }
  return parts.join('');
}

/**
 * The finding's first line, masked, without indentation, at most 160 units wide, with the place of the finding in it.
 * `at` and `secrets` are offsets into the source, the secrets sorted and disjoint (from `mergeSecrets`); copies of `values`
 * are masked wherever they stand in the line.
 */
export function snippetOf(source: SourceText, at: Span, secrets: readonly Secret[], values: SecretValues = SecretValues.none): Snippet {
  const { text } = source;
  const index = lineIndexAt(source, at.start);
  const lineStart = tokenEdge(text, Math.max(source.lineStarts[index] as number, at.start - SNIPPET_REACH), -1);
  const lineEnd = tokenEdge(text, Math.min(endOfLine(source, index), at.start + SNIPPET_REACH), 1);
  const end = Math.max(at.start, Math.min(at.end, lineEnd));
  const line = { start: lineStart, end: lineEnd };
  const known = secretsOfLine(text, line, [...secretsIn(secrets, line), ...copiesIn(text, line, values)]);
  const before = widen(maskSpan(text, { start: lineStart, end: cut(at.start, known, 'start') }, known)).trimStart();
  const inside = widen(maskSpan(text, { start: cut(at.start, known, 'start'), end: cut(end, known, 'end') }, known));
  const after = widen(maskSpan(text, { start: cut(end, known, 'end'), end: lineEnd }, known)).trimEnd();
  return narrow(before, inside, after);
}

/** Replaces what looks like a key by `<token>`, for text that no rule has looked at. */
export function maskTokens(text: string): string {
  return text.replace(TOKEN, (token) => (looksSecret(token) ? `<${UNNAMED}>` : token));
}

/** Replaces every occurrence of a known secret's value in free text (messages, evidence), whoever wrote it there. */
export function scrub(text: string, values: SecretValues): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, kind } of mergeSecrets(values.placesIn(text))) {
    parts.push(text.slice(from, at.start), `<${kind}>`);
    from = at.end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

/** One unbroken run of 12 with letters and digits mixed: paths, dates and identifiers are made of shorter or purer ones. */
function looksSecret(token: string): boolean {
  return token.split(/[^A-Za-z0-9]/).some((run) => run.length >= 12
    && run.replace(/[^0-9]/g, '').length >= 2 && run.replace(/[^A-Za-z]/g, '').length >= 2);
}

/** Copies of known values that no rule has reported: the same key in a comment. */
function copiesIn(text: string, line: Span, values: SecretValues): readonly Secret[] {
  return values.placesIn(text.slice(line.start, line.end))
    .map(({ at, kind }) => ({ kind, at: { start: line.start + at.start, end: line.start + at.end } }));
}

/** Named secrets of a line plus what looks like one, so that a cut through the line cannot split a token. */
function secretsOfLine(text: string, line: Span, secrets: readonly Secret[]): readonly Secret[] {
  const tokens: Secret[] = [];
  for (const match of text.slice(line.start, line.end).matchAll(TOKEN)) {
    const start = line.start + match.index;
    if (looksSecret(match[0])) { tokens.push({ at: { start, end: start + match[0].length }, kind: UNNAMED }); }
  }
  const named = secrets.filter(({ at }) => at.start < line.end && at.end > line.start);
  const free = tokens.filter(({ at }) => !named.some((secret) => secret.at.start < at.end && secret.at.end > at.start));
  return mergeSecrets([...named, ...free]);
}

/** Moves a boundary out of the secret it falls into: to its start or to its end. */
function cut(offset: number, secrets: readonly Secret[], to: 'start' | 'end'): number {
  const hit = secrets.find(({ at }) => at.start < offset && offset < at.end);
  return hit === undefined ? offset : hit.at[to];
}

/** Moves the edge of a window out of the token it would cut: half a key could be too short to be known for one. */
function tokenEdge(text: string, offset: number, step: 1 | -1): number {
  let edge = offset;
  const end = offset + step * SNIPPET_REACH;
  const inToken = (): boolean => edge > 0 && edge < text.length && /^[A-Za-z0-9+/=_-]{2}$/.test(text.slice(edge - 1, edge + 1));
  while (edge !== end && inToken()) { edge += step; }
  return edge;
}

/** Tabs and other control characters take one column, so that a mark under the line stands right. */
function widen(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ');
}

/** Cuts a long line down to the finding and some of its surroundings. */
function narrow(before: string, inside: string, after: string): Snippet {
  const shown = inside.length > SNIPPET_WIDTH ? `${inside.slice(0, SNIPPET_WIDTH - 1)}…` : inside;
  const room = SNIPPET_WIDTH - shown.length;
  const left = before.length > room / 2 ? Math.max(Math.floor(room / 2), room - after.length) : before.length;
  const head = before.length > left ? `…${before.slice(before.length - Math.max(left - 1, 0))}` : before;
  const rest = Math.max(room - head.length, 0);
  const tail = after.length > rest ? `${after.slice(0, Math.max(rest - 1, 0))}…` : after;
  return { text: head + shown + tail, start: head.length, end: head.length + shown.length };
}
