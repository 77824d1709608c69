/** Constants and the operations on them, as Python defines them. */
import {
  addDecimals, compareDecimals, decimalOf, decimalText, divideDecimals, floorDivideDecimals, moduloDecimals, multiplyDecimals,
  negateDecimal, parseDecimal, powerDecimals, type Decimal,
} from '../decimal.ts';
import type { Expr, Literal, Span } from '../model.ts';
import type { NameSite } from './bindings.ts';

/** Same shape as `Folded`. */
export interface Constant {
  readonly value: string | number | boolean | null;
  readonly exact?: string;
  readonly numeric?: 'integer' | 'float' | 'decimal';
  readonly origins: readonly Span[];
  /** Only the truth of it is known, not the value: `read() or 5`. */
  readonly truthOnly?: true;
}

/** How an expression is folded: at once, or from others; `combine` may answer with a further step. */
export type Step =
  | { readonly kind: 'done'; readonly value: Constant | undefined }
  | {
    readonly kind: 'combine';
    readonly operands: readonly { readonly expr: Expr; readonly site: NameSite }[];
    combine(results: readonly (Constant | undefined)[]): Constant | Step | undefined;
  };

const MAX_ORIGINS = 64;
const MAX_TEXT = 1_000_000;

/** Origins of several parts, in order, at most 64. */
export function originsOf(parts: readonly Constant[]): readonly Span[] {
  const spans: Span[] = [];
  for (const part of parts) {
    for (const span of part.origins) { if (spans.length < MAX_ORIGINS) { spans.push(span); } }
  }
  return spans;
}

/** A literal as a constant; undefined for bytes and complex numbers. */
export function literalConstant(literal: Literal): Constant | undefined {
  const origins = [{ start: literal.start, end: literal.end }];
  switch (literal.type) {
    case 'string':
      return { value: String(literal.value), origins };
    case 'boolean':
      return { value: literal.value === true, origins };
    case 'none':
      return { value: null, origins };
    case 'number': {
      const exact = parseDecimal(literal.text);
      const integer = /^(?:0[xXoObB])?[0-9a-fA-F_]+$/.test(literal.text) && !/^[0-9_]+[eE]/.test(literal.text);
      return exact === undefined ? undefined : numberConstant(exact, integer ? 'integer' : 'float', origins);
    }
    case 'bytes':
      return undefined;
  }
}

/** A number as a constant. */
export function numberConstant(exact: Decimal, numeric: 'integer' | 'float' | 'decimal', origins: readonly Span[]): Constant {
  const text = decimalText(exact);
  return { value: Number(text), exact: text, numeric, origins };
}

/** The exact value of a number, or of `True` and `False` as 1 and 0. */
export function exactOf(constant: Constant): Decimal | undefined {
  if (constant.truthOnly === true) { return undefined; }
  if (typeof constant.value === 'boolean') { return decimalOf(constant.value ? 1n : 0n); }
  return constant.exact === undefined ? undefined : parseDecimal(constant.exact);
}

/** Python's truth: false for `None`, `False`, 0 and the empty string. */
export function truthOf(constant: Constant): boolean {
  return constant.value !== null && constant.value !== false && constant.value !== 0 && constant.value !== '';
}

/** Text of a constant as `str()` gives it; undefined where a float's form would have to be guessed. */
export function textOf(constant: Constant): string | undefined {
  if (constant.truthOnly === true) { return undefined; }
  if (typeof constant.value === 'string') { return constant.value; }
  if (constant.value === null) { return 'None'; }
  if (typeof constant.value === 'boolean') { return constant.value ? 'True' : 'False'; }
  if (constant.exact === undefined) { return undefined; }
  return constant.numeric === 'float' && !constant.exact.includes('.') ? `${constant.exact}.0` : constant.exact;
}

/** `a op b`; undefined where Python would raise or the answer has no exact form. */
export function binary(op: string, a: Constant, b: Constant): Constant | undefined {
  if (typeof a.value === 'string') { return textBinary(op, a, b); }
  if (op === '*' && typeof b.value === 'string') { return textBinary(op, b, a); }
  const left = exactOf(a);
  const right = exactOf(b);
  if (left === undefined || right === undefined) { return undefined; }
  const exact = arithmetic(op, left, right);
  if (exact === undefined) { return op === '/' ? inexactQuotient(a, b) : undefined; }
  return numberConstant(exact, numericOf(op, a, b, exact), originsOf([a, b]));
}

function arithmetic(op: string, a: Decimal, b: Decimal): Decimal | undefined {
  switch (op) {
    case '+': return addDecimals(a, b);
    case '-': return addDecimals(a, negateDecimal(b));
    case '*': return multiplyDecimals(a, b);
    case '/': return divideDecimals(a, b);
    case '//': return floorDivideDecimals(a, b);
    case '%': return moduloDecimals(a, b);
    case '**': return powerDecimals(a, b);
    default: return undefined;
  }
}

function numericOf(op: string, a: Constant, b: Constant, exact: Decimal): 'integer' | 'float' | 'decimal' {
  if (a.numeric === 'decimal' || b.numeric === 'decimal') { return 'decimal'; }
  const whole = a.numeric !== 'float' && b.numeric !== 'float' && op !== '/';
  return whole && exact.exponent >= 0 ? 'integer' : 'float';
}

/** 1 / 3 is a constant too, but only its nearest float is known. */
function inexactQuotient(a: Constant, b: Constant): Constant | undefined {
  const quotient = Number(a.value) / Number(b.value);
  return Number.isFinite(quotient) ? { value: quotient, numeric: 'float', origins: originsOf([a, b]) } : undefined;
}

function textBinary(op: string, text: Constant, other: Constant): Constant | undefined {
  const origins = originsOf([text, other]);
  const value = String(text.value);
  if (op === '+' && typeof other.value === 'string') { return bounded(value + other.value, origins); }
  if (op === '%') { return formatted(value, other, origins); }
  if (op !== '*' || typeof other.value !== 'number' || other.numeric !== 'integer') { return undefined; }
  const length = value.length * Math.max(0, other.value);
  return length > MAX_TEXT ? undefined : { value: value.repeat(Math.max(0, other.value)), origins };
}

function bounded(value: string, origins: readonly Span[]): Constant | undefined {
  return value.length > MAX_TEXT ? undefined : { value, origins };
}

/** `'%s' % value` with one plain place. */
function formatted(format: string, value: Constant, origins: readonly Span[]): Constant | undefined {
  const parts = format.split('%s');
  const text = textOf(value);
  return parts.length === 2 && !format.replace('%s', '').includes('%') && text !== undefined
    ? bounded(parts.join(text), origins) : undefined;
}

/** `-a`, `+a`, `not a`. */
export function unary(op: string, a: Constant): Constant | undefined {
  if (op === 'not') { return { value: !truthOf(a), origins: a.origins }; }
  const exact = exactOf(a);
  if (exact === undefined || (op !== '-' && op !== '+')) { return undefined; }
  return numberConstant(op === '-' ? negateDecimal(exact) : exact, a.numeric ?? 'integer', a.origins);
}

/** One comparison of two constants; undefined where it depends on more than their values. */
export function compare(op: string, a: Constant, b: Constant): boolean | undefined {
  if (a.truthOnly === true || b.truthOnly === true) { return undefined; }
  const left = exactOf(a);
  const right = exactOf(b);
  if (left !== undefined && right !== undefined) { return ordered(op, compareDecimals(left, right)); }
  if (op === 'is') { return a.value === b.value; }
  if (op === 'is not') { return a.value !== b.value; }
  if (typeof a.value === 'string' && typeof b.value === 'string') {
    if (op === 'in') { return b.value.includes(a.value); }
    if (op === 'not in') { return !b.value.includes(a.value); }
    return ordered(op, a.value === b.value ? 0 : a.value < b.value ? -1 : 1);
  }
  if (left === undefined && a.exact === undefined && typeof a.value === 'number') { return undefined; }
  return op === '==' ? false : op === '!=' ? true : undefined;
}

function ordered(op: string, sign: number): boolean | undefined {
  switch (op) {
    case '==': case 'is': return sign === 0;
    case '!=': case 'is not': return sign !== 0;
    case '<': return sign < 0;
    case '<=': return sign <= 0;
    case '>': return sign > 0;
    case '>=': return sign >= 0;
    default: return undefined;
  }
}
