/** Values of MQL5's literals from their source form (MQL5 reference, Language Basics: Data Types). */
import type { Expr, Literal, Span } from '../model.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v', 0: '\0' };
const ESCAPE = /\\(?:x[0-9a-fA-F]{1,4}|[^])/g;

/** A string literal; an unclosed one runs to the end of its span. */
export function stringLiteral(text: string, span: Span): Literal {
  const start = text.indexOf('"', span.start) + 1;
  const closed = span.end > start && text[span.end - 1] === '"';
  const content = { start, end: closed ? span.end - 1 : span.end };
  return {
    kind: 'literal', start: span.start, end: span.end, type: 'string', value: unescape(text.slice(content.start, content.end)),
    text: text.slice(span.start, span.end), content,
  };
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (sequence) => {
    const mark = sequence[1]!;
    if (mark === 'x' && sequence.length > 2) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
    return ESCAPES[mark] ?? mark;
  });
}

const DECIMAL = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const HEX = /^0[xX][0-9a-fA-F]+$/;

/**
 * A number: `10`, `1e-5`, `.5f`, `10L`, `0xFF`, also with the sign the grammar takes in. The text leaves the suffix out,
 * so that it is a number everywhere. A colour or a date is no number to compare with a limit: it comes as unknown.
 */
export function numberLiteral(text: string, span: Span): Expr {
  const raw = text.slice(span.start, span.end);
  const mark = raw[0];
  if (mark === 'D' || mark === 'C') {
    return { kind: 'unknown', start: span.start, end: span.end, syntax: mark === 'D' ? 'date' : 'color', parts: [] };
  }
  if (mark === '-' || mark === '+') {
    const operand = numberLiteral(text, { start: span.start + 1, end: span.end });
    return { kind: 'unary', start: span.start, end: span.end, op: mark, operand };
  }
  const plain = HEX.test(raw) ? raw : raw.replace(/[fFlLuU]{1,3}$/, '');
  if (!HEX.test(plain) && !DECIMAL.test(plain)) return { kind: 'unknown', start: span.start, end: span.end, syntax: 'number', parts: [] };
  return { kind: 'literal', start: span.start, end: span.end, type: 'number', value: Number(plain), text: plain };
}
