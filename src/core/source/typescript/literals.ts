/** Values of JavaScript's literals, from their source form (ECMA-262, 12.9 Literals), and chains of plain names. */
import type { Expr, Literal, Span } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { nameIn } from '../text.ts';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0', '\n': '', '\r\n': '', '\r': '', '\u2028': '', '\u2029': '',
};
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,8}\}|\r\n|[^])/g;

/** Replaces escape sequences; a broken one stays as written. */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (sequence) => {
    const body = sequence.slice(1);
    const simple = SIMPLE_ESCAPES[body];
    if (simple !== undefined) return simple;
    if ((body[0] !== 'x' && body[0] !== 'u') || body.length === 1) return body;
    const code = Number.parseInt(body[1] === '{' ? body.slice(2, -1) : body.slice(1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
  });
}

/** A string in quotes or backticks without expressions in it; an unterminated one runs to the end of its span. */
export function stringLiteral(text: string, span: Span): Literal {
  const quote = text[span.start];
  const closed = span.end - span.start >= 2 && text[span.end - 1] === quote;
  const content = { start: span.start + 1, end: closed ? span.end - 1 : span.end };
  return {
    kind: 'literal', start: span.start, end: span.end, type: 'string', value: unescape(text.slice(content.start, content.end)),
    text: text.slice(span.start, span.end), content,
  };
}

/** A name that stands for its own text: the key of `{ size: 1 }`. */
export function keyLiteral(text: string, span: Span): Literal {
  const value = nameIn(text, span.start, span.end);
  return {
    kind: 'literal', start: span.start, end: span.end, type: 'string', value, text: value,
    content: { start: span.start, end: span.end },
  };
}

/** The text between two expressions of a template. */
export function templatePiece(text: string, start: number, end: number): Literal {
  const written = text.slice(start, end);
  return { kind: 'literal', start, end, type: 'string', value: unescape(written), text: written, content: { start, end } };
}

/** The value of a number; a big integer as the nearest double, its digits are kept in the literal's text. */
export function numberValue(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.startsWith('0x')) return Number(plain.endsWith('n') ? plain.slice(0, -1) : plain);
  const digits = plain.endsWith('n') ? plain.slice(0, -1) : plain;
  // A leading zero made an octal number before strict mode.
  return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
}

const NAME_START = /[A-Za-z_$]/;
/** Words at the start of a member chain that are no names. */
const NO_NAME = /^(?:null|true|false|undefined|import|new)(?![A-Za-z0-9_$])/;
const DOT = 46;
const UNDERSCORE = 95;
const DOLLAR = 36;

/**
 * A chain of plain names (`this.risk.check`). It is read from the text: the names and dots under such nodes are a fifth
 * of a file's tree, and each costs four questions to the parser.
 */
export function isDotted(text: string, start: number, end: number): boolean {
  if (!NAME_START.test(text[start] ?? '')) return false;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    const plain = code === DOT || code === UNDERSCORE || code === DOLLAR
      || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (!plain) return false;
  }
  return !NO_NAME.test(text.slice(start, Math.min(end, start + 10)));
}

/** The names of a dotted chain, each a member of those before it. */
export function chainOf(context: Definitions, at: Span): Expr {
  const { text } = context;
  let from = at.start;
  let chain: Expr | undefined;
  while (from < at.end) {
    const dot = text.indexOf('.', from);
    const end = dot < 0 || dot > at.end ? at.end : dot;
    const name = context.name(from, end);
    chain = chain === undefined
      ? { kind: 'name', start: from, end, name }
      : { kind: 'member', start: at.start, end, object: chain, property: name, propertySpan: { start: from, end } };
    from = end + 1;
  }
  return chain ?? { kind: 'unknown', start: at.start, end: at.end, syntax: 'missing', parts: [] };
}
