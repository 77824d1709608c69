/** Builders of Python's strings: plain, interpolated, and adjacent ones. */
import type { Expr, Literal, Template, UnknownExpr } from '../model.ts';
import type { Frame } from '../syntax/table.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { stringLiteral, stringShape, stringValue } from './literals.ts';
import { childrenOfKind, exprsOf, isExpr, tokenOf, unknownOf } from '../syntax/parts.ts';
import type { Part } from '../syntax/parts.ts';

type F = Frame<Part>;

/** A plain string is a literal; one with an `f` before it is a template even without expressions. */
export function buildString(frame: F, context: Definitions): Expr {
  const shape = stringShape(context.text, frame);
  if (!shape.interpolated) return stringLiteral(context.text, frame);
  const parts: Expr[] = [];
  for (const { value } of frame.children) {
    if (isExpr(value)) parts.push(value);
    if (value.kind !== 'content') continue;
    const written = stringValue(context.text, value, shape);
    parts.push({
      kind: 'literal', start: value.start, end: value.end, type: shape.bytes ? 'bytes' : 'string',
      value: written.replaceAll('{{', '{').replaceAll('}}', '}'),
      text: context.text.slice(value.start, value.end),
      content: { start: value.start, end: value.end },
    });
  }
  return { kind: 'template', start: frame.start, end: frame.end, parts };
}

export function buildContent(frame: F): Part {
  return { kind: 'content', start: frame.start, end: frame.end };
}

/**
 * `{x}` is its expression. With a format (`{x:.2f}`, `{x!r}`, `{x=}`) it is unknown with syntax `format`: the expression,
 * the format as written in literals (`:.2f`, `!r`, `=`), and the expressions inside the format.
 */
export function buildInterpolation(frame: F, context: Definitions): Part {
  const written = exprsOf(frame)[0];
  if (written === undefined) return unknownOf(frame);
  const formats: Expr[] = [];
  let value = written;
  if (isBareWalrus(written, frame, context.text)) {
    value = written.parts[0]!;
    formats.push(formatLiteral(context.text.slice(value.end, written.end), value.end, written.end));
  }
  if (tokenOf(frame, '=') !== undefined) formats.push(formatLiteral('=', value.end, value.end));
  for (const format of childrenOfKind(frame, 'format')) {
    formats.push(formatLiteral(context.text.slice(format.start, format.end), format.start, format.end), ...format.parts);
  }
  if (formats.length === 0) return value;
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'format', parts: [value, ...formats] };
}

/** `{x:=10}` formats `x` with `=10`; only in brackets would it assign. */
function isBareWalrus(value: Expr, frame: F, text: string): value is UnknownExpr {
  return value.kind === 'unknown' && value.syntax === 'named_expression' && !text.slice(frame.start, value.start).includes('(');
}

function formatLiteral(text: string, start: number, end: number): Literal {
  return { kind: 'literal', start, end, type: 'string', value: text, text };
}

export function buildFormat(frame: F): Part {
  return { kind: 'format', start: frame.start, end: frame.end, parts: exprsOf(frame) };
}

/** `"a" "b"`: one literal if all of it is plain, else one template. */
export function buildConcatenated(frame: F, context: Definitions): Part {
  const pieces = exprsOf(frame);
  const first = pieces[0];
  if (first === undefined) return unknownOf(frame);
  const plain = pieces.every((piece) => piece.kind === 'literal') ? (pieces as Literal[]) : undefined;
  if (plain !== undefined) {
    return {
      kind: 'literal', start: frame.start, end: frame.end, type: plain[0]!.type,
      value: plain.map((piece) => String(piece.value)).join(''),
      text: context.text.slice(frame.start, frame.end),
    };
  }
  const parts: Expr[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'template') parts.push(piece);
    else for (const part of piece.parts) parts.push(part);
  }
  const template: Template = { kind: 'template', start: frame.start, end: frame.end, parts };
  return template;
}

