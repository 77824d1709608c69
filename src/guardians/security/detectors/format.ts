/**
 * A format of keys as its parts: fixed text, one of some texts, a run of an alphabet. The same description gives the
 * expression that finds a key, samples for the tests, and values that only just miss it.
 */
import type { Random } from './detector.ts';
import { BASE62, BASE64, DIGITS, HEX, LOWER, LOWER_DIGITS, UPPER, UPPER_DIGITS, UPPER_HEX, URL_SAFE, chars, mixed, pick } from './random.ts';

/** `min` to `max` characters of an alphabet. */
export interface Run {
  readonly kind: 'run';
  readonly alphabet: string;
  readonly min: number;
  readonly max: number;
}

/** One of some fixed texts. */
export interface Choice {
  readonly kind: 'choice';
  readonly texts: readonly string[];
}

export type Part = string | Run | Choice;
export type Format = readonly Part[];

/** A run of exactly `min`, or of `min` to `max` characters. */
export function run(alphabet: string, min: number, max = min): Run {
  return { kind: 'run', alphabet, min, max };
}

/** One of the texts. */
export function oneOf(...texts: readonly string[]): Choice {
  return { kind: 'choice', texts };
}

/** The five groups of a UUID in small hex digits. */
export const UUID_PARTS: Format = [run(HEX, 8), '-', run(HEX, 4), '-', run(HEX, 4), '-', run(HEX, 4), '-', run(HEX, 12)];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The alphabet as the inside of a character class. */
function classOf(alphabet: string): string {
  const ranges: readonly (readonly [string, string])[] = [[DIGITS, '0-9'], [UPPER, 'A-Z'], [LOWER, 'a-z'], ['ABCDEF', 'A-F'], ['abcdef', 'a-f']];
  let rest = alphabet;
  let out = '';
  for (const [letters, range] of ranges) {
    if (!rest.includes(letters)) continue;
    rest = rest.replace(letters, '');
    out += range;
  }
  return out + escaped(rest);
}

function sourceOfPart(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (part.kind === 'choice') return `(?:${part.texts.map(escaped).join('|')})`;
  const count = part.min === part.max ? `{${part.min}}` : `{${part.min},${part.max}}`;
  return `[${classOf(part.alphabet)}]${count}`;
}

const isRun = (part: Part): part is Run => typeof part !== 'string' && part.kind === 'run';
/** Marks that a word-like value does not run on behind: nothing of the value may follow it. */
function endOf(format: Format): string {
  const last = format.at(-1) as Part;
  const more = isRun(last) ? ['-', '+', '/', '='].filter((mark) => last.alphabet.includes(mark)).map(escaped).join('') : '';
  return `(?![A-Za-z0-9_${more}])`;
}

/** The expression for the parts of a format, without its boundaries. */
export function sourceOf(format: Format): string {
  return format.map(sourceOfPart).join('');
}

/**
 * Sticky expression for any of the formats. A value does not begin inside a word, except behind an escaped line end or a
 * percent escape (`\nghp_…`, `%3Dghp_…`), and does not end inside one.
 */
export function patternOf(formats: readonly Format[]): RegExp {
  const start = beginsWord(formats) ? '(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt])|(?<=%[0-9A-F]{2}))' : '';
  const whole = formats.map((format) => sourceOf(format) + endOf(format));
  return new RegExp(`${start}(?:${whole.join('|')})`, 'y');
}

/** Expression for a whole value in any of the formats. */
export function shapeOf(formats: readonly Format[]): RegExp {
  return new RegExp(`^(?:${formats.map(sourceOf).join('|')})$`);
}

/** How many characters a value in any of the formats has at least and at most. */
export function lengthsOf(formats: readonly Format[]): { readonly min: number; readonly max: number } {
  const sum = (format: Format, least: boolean): number => format.reduce((length, part) => {
    if (isRun(part)) return length + (least ? part.min : part.max);
    const texts = textsOf(part).map((text) => text.length);
    return length + (least ? Math.min(...texts) : Math.max(...texts));
  }, 0);
  return { min: Math.min(...formats.map((format) => sum(format, true))), max: Math.max(...formats.map((format) => sum(format, false))) };
}

/** Whether values begin with a letter or digit, so that one in front of them would be part of the same word. */
export function beginsWord(formats: readonly Format[]): boolean {
  return formats.every(([first]) => first !== undefined && (isRun(first) || textsOf(first).every((text) => /^[A-Za-z0-9]/.test(text))));
}

const textsOf = (part: Part): readonly string[] => typeof part === 'string' ? [part] : part.kind === 'choice' ? part.texts : [];

/** The texts of fixed parts from `at` on, put together until they are long enough to be rare. */
function textsFrom(format: Format, at: number): readonly string[] {
  let texts: readonly string[] = [''];
  for (let i = at; i < format.length && !isRun(format[i] as Part) && (texts[0] as string).length < 8; i += 1) {
    texts = texts.flatMap((text) => textsOf(format[i] as Part).map((more) => text + more));
  }
  const next = format[at + 1];
  // Two or three letters stand everywhere; with the digit behind them they are rare.
  if ((texts[0] as string).length >= 4 || next === undefined || !isRun(next) || next.alphabet.length > 22) return texts;
  const more = new Set(next.alphabet.toLowerCase());
  return texts.flatMap((text) => [...more].map((char) => text + char));
}

/** Where the rarest fixed text of a format is: its beginning when that has four letters, else the longest. */
function rarest(format: Format): number {
  const lengths = format.map((part, i) => isRun(part) || (i > 0 && !isRun(format[i - 1] as Part)) ? 0 : Math.min(...textsFrom(format, i).map((text) => text.length)));
  return (lengths[0] as number) >= 3 ? 0 : lengths.indexOf(Math.max(...lengths));
}

/** Lower-case texts to look for, and how far ahead of them a value begins. */
export function keywordsOf(formats: readonly Format[]): { readonly keywords: readonly string[]; readonly before: number } {
  const keywords = new Set<string>();
  let before = 0;
  for (const format of formats) {
    const at = rarest(format);
    for (const text of textsFrom(format, at)) keywords.add(text.toLowerCase());
    const ahead = format.slice(0, at).reduce((sum, part) => sum + (isRun(part) ? part.max : Math.max(...textsOf(part).map((text) => text.length))), 0);
    before = Math.max(before, ahead);
  }
  return { keywords: [...keywords], before };
}

/** Random text of the alphabet as an issuer draws it: with a digit, a capital and a small letter where it has them. */
function drawn(random: Random, alphabet: string, length: number): string {
  const all = [DIGITS, UPPER, LOWER].every((letters) => alphabet.includes(letters));
  for (;;) {
    const text = all && length >= 3 ? mixed(random, alphabet, length) : chars(random, alphabet, length);
    const needs = length >= 8 && /[0-9]/.test(alphabet) && /[A-Za-z]/.test(alphabet);
    // Four x in a row are how people mask a value; an issuer draws them too, once in a million.
    if ((!needs || (/[0-9]/.test(text) && /[A-Za-z]/.test(text))) && !/x{3}|(.)\1{5}/i.test(text)) return text;
  }
}

/** A value in the format. Long ranges are drawn from their short end. */
export function sampleOf(format: Format, random: Random): string {
  return format.map((part) => {
    if (typeof part === 'string') return part;
    if (part.kind === 'choice') return pick(random, part.texts);
    return drawn(random, part.alphabet, part.min + Math.floor(random() * (Math.min(part.max, part.min + 40) - part.min + 1)));
  }).join('');
}

/** The longest run of a format: where its key is. */
function body(format: Format): number {
  let best = -1;
  format.forEach((part, i) => {
    if (isRun(part) && (best < 0 || part.min > (format[best] as Run).min)) best = i;
  });
  return best;
}

/** Writes a format with its body written by `write` and the rest drawn at its shortest. */
function withBody(format: Format, random: Random, write: (part: Run) => string): string {
  const at = body(format);
  return format.map((part, i) => {
    if (!isRun(part)) return pick(random, textsOf(part));
    return i === at ? write(part) : drawn(random, part.alphabet, part.min);
  }).join('');
}

/** A value one character too short in its body. */
export function shortOf(format: Format, random: Random): string {
  return withBody(format, random, (part) => drawn(random, part.alphabet, part.min - 1));
}

/** A value with a sign in its body that the alphabet does not have. */
export function foreignOf(format: Format, random: Random): string {
  return withBody(format, random, (part) => {
    const text = drawn(random, part.alphabet, part.min);
    const middle = text.length >> 1;
    const foreign = ['!', '~', '§'].find((sign) => !part.alphabet.includes(sign)) as string;
    return `${text.slice(0, middle)}${foreign}${text.slice(middle + 1)}`;
  });
}

/** What people write where such a value belongs: the same sign all through. */
export function placeholderOf(format: Format): string {
  const fill = (alphabet: string): string => alphabet.includes('x') ? 'x' : alphabet.includes('X') ? 'X' : '0';
  return format.map((part) => typeof part === 'string' ? part : part.kind === 'choice' ? part.texts[0] as string : fill(part.alphabet).repeat(part.min)).join('');
}

/** Whether a format begins with a run whose length is not fixed, so that a letter in front of it is part of it. */
export function beginsOpen(format: Format): boolean {
  const [first] = format;
  return first !== undefined && isRun(first) && first.max > first.min;
}

/** A digit and a letter: what words and numbers of the same length lack. Formats whose body has both ask for it. */
export function hasDigitAndLetter(formats: readonly Format[]): ((value: string) => boolean) | undefined {
  const asks = formats.every((format) => {
    const at = body(format);
    const part = format[at];
    return part !== undefined && isRun(part) && part.min >= 8 && /[0-9]/.test(part.alphabet) && /[A-Za-z]/.test(part.alphabet);
  });
  const openings = formats.flatMap((format) => format[0] === undefined ? [] : textsOf(format[0]));
  return asks ? (value) => {
    const rest = value.slice(openings.find((opening) => value.startsWith(opening))?.length ?? 0);
    return /[0-9]/.test(rest) && /[A-Za-z]/.test(rest);
  } : undefined;
}

const SPOKEN: ReadonlyMap<string, string> = new Map([
  [HEX, 'hex digits'], [UPPER_HEX, 'upper-case hex digits'], [DIGITS, 'digits'], [BASE62, 'letters and digits'], [LOWER_DIGITS, 'small letters and digits'],
  [UPPER_DIGITS, 'capitals and digits'], [BASE64, 'characters of base 64'], [URL_SAFE, 'url-safe characters'],
]);

/** A format as a reader would say it: `db-, 29 letters and digits`. */
export function inWords(format: Format): string {
  if (format === UUID_PARTS) return 'a UUID';
  return format.map((part) => {
    if (typeof part === 'string') return part;
    if (part.kind === 'choice') return part.texts.join(' or ');
    return `${part.min === part.max ? part.min : `${part.min}–${part.max}`} ${SPOKEN.get(part.alphabet) ?? 'characters'}`;
  }).join(', ');
}
