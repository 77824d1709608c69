/** Credentials wrapped in base 64, one level deep: in a Kubernetes manifest, a header, a settings file of a container. */
import type { Span } from '../../../core/source/model.ts';
import type { ShapeDetector } from '../detectors/detector.ts';

/** `-----BEGIN` in base 64, as far as what follows has no part in it. */
export const WRAPPED_PEM = 'LS0tLS1CRUdJT';

/** The longest wrapping that is opened, in characters: a private key of 16,384 bits fits. */
const MAX_WRAPPING = 20_000;
const RUN = /[A-Za-z0-9+/_-]{12,20000}={0,2}/y;

/** Base 64 of what a text of this beginning begins with: six bits a character, what a later letter takes part in is left out. */
function base64Beginning(text: string): string {
  return Buffer.from(text).toString('base64').slice(0, Math.floor((text.length * 8) / 6));
}

/** How the beginnings of a row look in base 64. Short ones, and those whose beginning is not fixed, would stand anywhere. */
export function wrappedBeginning(row: ShapeDetector): readonly string[] {
  if (row.before > 0) return [];
  const spellings = row.keywords.flatMap((word) => {
    const upper = row.pattern.source.includes(word.toUpperCase()) ? [word.toUpperCase()] : [];
    const published = row.prefix.toLowerCase().startsWith(word) ? [row.prefix.slice(0, word.length)] : [];
    return [...new Set([word, ...upper, ...published])];
  });
  return spellings.map(base64Beginning).filter((word) => word.length >= 5);
}

/** The text behind base 64 that begins at the offset, where it is one line or more of plain text. */
export function unwrappedAt(text: string, at: number): { readonly text: string; readonly span: Span } | undefined {
  // In the middle of other base 64 the groups of four begin elsewhere.
  if (/[A-Za-z0-9+/_-]/.test(text.charAt(at - 1))) return undefined;
  RUN.lastIndex = at;
  const run = RUN.exec(text)?.[0];
  if (run === undefined || run.length > MAX_WRAPPING) return undefined;
  const plain = Buffer.from(run, 'base64').toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(plain) ? { text: plain, span: { start: at, end: at + run.length } } : undefined;
}

/** The text behind a value that is base 64 as a whole; undefined where it is none or holds no plain text of use. */
export function unwrapped(value: string): string | undefined {
  if (value.length < 16 || value.length > MAX_WRAPPING || value.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  const plain = Buffer.from(value, 'base64').toString('latin1').trim();
  return plain.length >= 8 && /^[\t\n\r\x20-\x7e]+$/.test(plain) ? plain : undefined;
}
