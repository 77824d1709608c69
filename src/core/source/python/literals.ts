/** Values of Python's literals, from their source form (Python language reference, 2.4 Literals). */
import type { Literal, Span } from '../model.ts';

/** The shape of a string literal in the text. */
export interface StringShape {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** An f-string or a template string: may hold expressions. */
  readonly interpolated: boolean;
  /** What stands between the quotes. */
  readonly content: Span;
}

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;

/** Reads prefix and quotes of the string literal at a span; an unterminated one runs to the end of the span. */
export function stringShape(text: string, span: Span): StringShape {
  let at = span.start;
  while (at < span.end && text.charCodeAt(at) !== SINGLE_QUOTE && text.charCodeAt(at) !== DOUBLE_QUOTE) at++;
  const prefix = text.slice(span.start, at).toLowerCase();
  const quote = text[at] ?? '';
  const triple = quote.repeat(3);
  const mark = quote !== '' && text.startsWith(triple, at) && at + 3 <= span.end ? triple : quote;
  const start = Math.min(at + mark.length, span.end);
  const closed = mark !== '' && span.end - mark.length >= start && text.startsWith(mark, span.end - mark.length);
  return {
    raw: prefix.includes('r'),
    bytes: prefix.includes('b'),
    interpolated: prefix.includes('f') || prefix.includes('t'),
    content: { start, end: closed ? span.end - mark.length : span.end },
  };
}

/** True for an f-string (or template string) that starts at an offset: its inside must be lowered too. */
export function isInterpolated(text: string, start: number): boolean {
  // A prefix has at most two letters: `rf"`, `Rb'`.
  for (let at = start; at < start + 3; at++) {
    const code = text.charCodeAt(at) | 32;
    if (code === 102 || code === 116) return true;
    if (text.charCodeAt(at) === SINGLE_QUOTE || text.charCodeAt(at) === DOUBLE_QUOTE) return false;
  }
  return false;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\n': '', '\r\n': '', '\r': '',
};
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r\n|[^])/g;

/** Replaces escape sequences. `\N{…}` stays as written: its table is larger than this program. */
export function unescape(text: string, bytes: boolean): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (sequence) => {
    const body = sequence.slice(1);
    const simple = SIMPLE_ESCAPES[body];
    if (simple !== undefined) return simple;
    const mark = body[0]!;
    if (mark === 'x' && body.length === 3) return String.fromCharCode(Number.parseInt(body.slice(1), 16));
    if (mark >= '0' && mark <= '7') return String.fromCharCode(Number.parseInt(body, 8));
    if ((mark === 'u' || mark === 'U') && body.length > 1 && !bytes) {
      const code = Number.parseInt(body.slice(1), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
    }
    return sequence;
  });
}

/** The value of a stretch of a string literal. */
export function stringValue(text: string, span: Span, shape: StringShape): string {
  const raw = text.slice(span.start, span.end);
  return shape.raw ? raw : unescape(raw, shape.bytes);
}

/** A string literal without expressions in it. */
export function stringLiteral(text: string, span: Span): Literal {
  const shape = stringShape(text, span);
  return {
    kind: 'literal',
    start: span.start,
    end: span.end,
    type: shape.bytes ? 'bytes' : 'string',
    value: stringValue(text, shape.content, shape),
    text: text.slice(span.start, span.end),
    content: shape.content,
  };
}

/** The value of a number, `undefined` for an imaginary one. Digits beyond a double's are kept in the literal's text. */
export function numberValue(text: string): number | undefined {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.startsWith('0x') || plain.startsWith('0o') || plain.startsWith('0b')) {
    // Python 2 writes long integers with an `L`.
    return Number(plain.endsWith('l') ? plain.slice(0, -1) : plain);
  }
  if (plain.endsWith('j')) return undefined;
  const digits = plain.endsWith('l') ? plain.slice(0, -1) : plain;
  // A leading zero made an octal number in Python 2 and is an error in Python 3, but for zero itself.
  return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
}
