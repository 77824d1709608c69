/**
 * Numbers as platforms write them, to plain decimals: `$(1,234.50)`, `1 234,50 €`, `-2.40 USD`, `5.0e4`. No float is ever made of
 * them: cents come from the digits. Which of comma and point is the decimal one is proved by the file (`NumberProof`).
 */

/** Which character stands before the decimals. */
export type DecimalMark = 'point' | 'comma';

/** A number that was read: plain decimal text (`-1234.50`, no exponent), and the currency where its sign or code stands beside it. */
export interface ReadNumber {
  readonly text: string;
  readonly currency?: string;
}

/** `unusable`: the program that wrote it had no number (`NaN`, `None`, nothing). Undefined: text that is no number. */
export type NumberReading = ReadNumber | 'unusable' | undefined;

const NOTHING = new Set(['', 'nan', '-nan', 'none', 'null', 'nat', '<na>', 'n/a', '#n/a', 'na', 'inf', '-inf', '+inf', 'infinity', '-infinity', '-', '--', '—']);
/** What a sign before or after an amount says; `$` is the sign of many dollars and says nothing. */
const SIGNS = new Map<string, string | undefined>([['$', undefined], ['€', 'EUR'], ['£', 'GBP'], ['¥', undefined], ['₣', 'CHF'], ['₮', 'USDT']]);
/** What most cells are: nothing has to be taken off, whichever mark the file has. */
const PLAIN = /^-?[1-9]\d{0,15}$/;
const PLAIN_POINT = /^-?(?:0|[1-9]\d{0,15})\.\d{1,15}$/;
const ZERO_TEXT = /^-[0.]+$/;
const HEAD = /^[A-Z]{3,5}(?![A-Za-z])/;
const CODE = /^[A-Z]{3,5}$/;
const DIGITS = /^\d+$/;
const EXPONENT = /^[+-]?\d{1,3}$/;
/** Longest number and largest power of ten that anybody means. */
const MOST_CHARS = 60;
const MOST_EXPONENT = 40;

/** Reads one number with a decimal point or a decimal comma; blanks, apostrophes and the other mark may stand between thousands. */
export function readNumber(written: string, mark: DecimalMark): NumberReading {
  if (PLAIN.test(written) || (mark === 'point' && PLAIN_POINT.test(written) && !ZERO_TEXT.test(written))) return { text: written };
  const trimmed = written.trim();
  if (NOTHING.has(trimmed.toLowerCase())) return 'unusable';
  if (trimmed.length > MOST_CHARS) return undefined;
  const bare = undress(trimmed);
  if (bare === undefined) return undefined;
  const [digits, exponent, more] = bare.core.split(/[eE]/);
  if (more !== undefined || (exponent !== undefined && !EXPONENT.test(exponent))) return undefined;
  const plain = ungroup(digits ?? '', mark);
  if (plain === undefined) return undefined;
  const moved = exponent === undefined ? plain : shift(plain, Number(exponent));
  if (moved === undefined) return undefined;
  const text = bare.negative && !isZero(moved) ? `-${moved}` : moved;
  return bare.currency === undefined ? { text } : { text, currency: bare.currency };
}

/** Takes off sign, brackets and currency, in whatever order they stand around the digits. */
function undress(text: string): { core: string; negative: boolean; currency: string | undefined } | undefined {
  let core = text;
  let negative = false;
  let currency: string | undefined;
  for (let turn = 0; turn < 8; turn += 1) {
    const first = core[0] ?? '';
    const last = core[core.length - 1] ?? '';
    if (first === '(' && last === ')') { negative = !negative; core = core.slice(1, -1).trim(); }
    else if (first === '-' || first === '\u2212') { negative = !negative; core = core.slice(1).trim(); }
    else if (first === '+') core = core.slice(1).trim();
    else if (SIGNS.has(first)) { currency ??= SIGNS.get(first); core = core.slice(1).trim(); }
    else if (SIGNS.has(last)) { currency ??= SIGNS.get(last); core = core.slice(0, -1).trim(); }
    else if (last === '-' && core.length > 1) { negative = !negative; core = core.slice(0, -1).trim(); }
    else if (isDigit(first) && isDigit(last)) return { core, negative, currency };
    else {
      const [head, tail] = [HEAD.exec(core)?.[0], tailOf(core)];
      if (head !== undefined) { currency ??= head; core = core.slice(head.length).trim(); }
      else if (CODE.test(tail)) { currency ??= tail; core = core.slice(0, -tail.length).trim(); }
      else return { core, negative, currency };
    }
  }
  return undefined;
}

/** The letters a text ends with. */
function tailOf(text: string): string {
  let from = text.length;
  while (from > 0 && isLetter(text.charCodeAt(from - 1))) from -= 1;
  return text.slice(from);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\u00A0' || char === '\u202F' || char === '\u2009' || char === "'" || char === '\u2019' || char === '_';
}

/** Digits with a decimal point and without separators of thousands; undefined where those stand in other places than before every third digit. */
function ungroup(text: string, mark: DecimalMark): string | undefined {
  const decimal = mark === 'point' ? '.' : ',';
  const parts = text.split(decimal);
  if (parts.length > 2) return undefined;
  const whole = parts[0]!;
  const fraction = parts[1] ?? '';
  if (fraction !== '' && !DIGITS.test(fraction)) return undefined;
  const groups: string[] = [''];
  let separator = '';
  for (const char of whole) {
    if (char >= '0' && char <= '9') groups[groups.length - 1] += char;
    else if (char === (mark === 'point' ? ',' : '.') || isBlank(char)) {
      if (separator !== '' && separator !== char) return undefined;
      separator = char;
      groups.push('');
    } else return undefined;
  }
  const [head = '', ...rest] = groups;
  if (rest.length > 0 && (head.length === 0 || head.length > 3 || rest.some((group) => group.length !== 3))) return undefined;
  const digits = groups.join('');
  if (digits === '' && fraction === '') return undefined;
  return `${withoutZeros(digits)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A whole number without the zeros before it; `0` for nothing but zeros, and for nothing. */
function withoutZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits[from] === '0') from += 1;
  return digits.slice(from) || '0';
}

/** A plain decimal times a power of ten. */
function shift(plain: string, exponent: number): string | undefined {
  if (Math.abs(exponent) > MOST_EXPONENT) return undefined;
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const short = withoutZeros(left);
  return right === '' ? short : `${short}.${right}`;
}

function isZero(plain: string): boolean {
  for (const char of plain) if (char !== '0' && char !== '.') return false;
  return true;
}

/** Cents of a plain decimal, to the nearest (half a cent away from zero); `exact` is false where parts of a cent were dropped. */
export function centsOfDecimal(plain: string): { readonly cents: number; readonly exact: boolean } | undefined {
  const negative = plain.charCodeAt(0) === 45;
  const point = plain.indexOf('.');
  const end = point < 0 ? plain.length : point;
  // Past the end of the text a digit is NaN, which counts as none.
  const digit = (place: number): number => (point < 0 ? 0 : plain.charCodeAt(point + place) - 48 || 0);
  const cents = Number(plain.slice(negative ? 1 : 0, end)) * 100 + digit(1) * 10 + digit(2) + (digit(3) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(cents)) return undefined;
  let exact = true;
  for (let at = end + 3; at < plain.length && exact; at += 1) exact = plain.charCodeAt(at) === 48;
  return { cents: negative ? -cents + 0 : cents, exact };
}

/** A float's digits end here; what a program prints beyond is noise of its arithmetic (`4396.900000000001`). */
const FLOAT_DIGITS = 15;

/** A price or a quantity as it was meant: without the tail that binary arithmetic leaves, and without zeros at the end of such a number. */
export function withoutFloatNoise(plain: string): string {
  const digits = withoutZeros(plain.replace('-', '').replace('.', ''));
  if (digits.length <= FLOAT_DIGITS || !plain.includes('.')) return plain;
  const rounded = Number(plain).toPrecision(FLOAT_DIGITS);
  if (rounded.includes('e') || !rounded.includes('.')) return rounded.includes('e') ? plain : rounded;
  let end = rounded.length;
  while (rounded[end - 1] === '0') end -= 1;
  return rounded.slice(0, rounded[end - 1] === '.' ? end - 1 : end);
}

/** What the numbers of a file prove about their decimal mark. */
export class NumberProof {
  #point: string | undefined;
  #comma: string | undefined;
  /** `1,234`: thousands, or a decimal comma. */
  #eitherComma: string | undefined;

  /** Looks at one number. */
  see(written: string): void {
    const text = written.trim();
    const commas = count(text, ',');
    const points = count(text, '.');
    if (commas === 0 && points === 0) return;
    if (commas > 0 && points > 0) {
      if (text.lastIndexOf('.') > text.lastIndexOf(',')) this.#point ??= text;
      else this.#comma ??= text;
    } else if (commas > 1) this.#point ??= text;
    else if (points > 1) this.#comma ??= text;
    else if (points === 1) { if (!couldBeThousands(text, '.')) this.#point ??= text; }
    else if (couldBeThousands(text, ',')) this.#eitherComma ??= text;
    else this.#comma ??= text;
  }

  /** The mark that is proved; the point where nothing speaks for a comma; a sentence where the file can be read both ways. */
  decide(): { readonly mark: DecimalMark } | { readonly doubt: string } {
    if (this.#point !== undefined && this.#comma !== undefined) {
      return { doubt: `“${this.#point}” has a decimal point and “${this.#comma}” a decimal comma; write all numbers in one way.` };
    }
    if (this.#point !== undefined) return { mark: 'point' };
    if (this.#comma !== undefined) return { mark: 'comma' };
    if (this.#eitherComma !== undefined) {
      return { doubt: `“${this.#eitherComma}” can be read with thousands or with a decimal comma, and no other number decides; say --decimals point or --decimals comma.` };
    }
    return { mark: 'point' };
  }
}

function count(text: string, char: string): number {
  let found = 0;
  for (const each of text) if (each === char) found += 1;
  return found;
}

/** Whether the only mark of a number may separate thousands: one to three digits before it, the first not zero, and exactly three after it. */
function couldBeThousands(text: string, mark: string): boolean {
  const at = text.indexOf(mark);
  let before = 0;
  while (before < at && isDigit(text[at - 1 - before])) before += 1;
  let after = 0;
  while (isDigit(text[at + 1 + after])) after += 1;
  const blankBefore = at > before && isBlank(text[at - 1 - before]!);
  return after === 3 && before >= 1 && before <= 3 && text[at - before] !== '0' && !blankBefore;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}
