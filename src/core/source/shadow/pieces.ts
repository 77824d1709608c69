/**
 * The pieces of a file that break one by one: a simple statement, the heading of a compound one (`def f(x):`, `elif y:`),
 * a decorator. What is being typed is a piece; the body under a heading is not.
 */
import type { Comment, SourceModel, Span, Stmt } from '../model.ts';
import type { Reach } from './change.ts';
import { bodiesOf } from '../walk.ts';

/** The smallest span that covers every piece a change of `[start, end)` reaches, the change included. */
export function hullOf(model: SourceModel, change: Span, reach: Reach): Span {
  const hull = coverOf(model, change, change, reach);
  if (hull.start < change.start || hull.end > change.end) return hull;
  // `x = 1 +`: the blank between belongs to nobody, the sign to the statement.
  const { text } = model.source;
  const start = reach.left ? skipBlanksBack(text, change.start) : change.start;
  const end = reach.right ? skipBlanks(text, change.end) : change.end;
  return coverOf(model, change, { start, end }, reach);
}

/** The hull of a span and of every piece `around` it touches. */
function coverOf(model: SourceModel, span: Span, around: Span, reach: Reach): Span {
  const { start, end } = around;
  const touches = (piece: Span): boolean => (
    (piece.start < end || (piece.start === end && reach.right)) && (piece.end > start || (piece.end === start && reach.left))
  );
  const hull = { start: span.start, end: span.end };
  visitPieces(model, touches, (piece) => {
    hull.start = Math.min(hull.start, piece.start);
    hull.end = Math.max(hull.end, piece.end);
  });
  return hull;
}

/** Visits the pieces that fulfil a condition; a statement that does not fulfil it is not looked into. */
export function visitPieces(model: SourceModel, wanted: (span: Span) => boolean, visit: (piece: Span) => void): void {
  const pending: (readonly Stmt[])[] = [model.body];
  for (let body = pending.pop(); body !== undefined; body = pending.pop()) {
    for (const statement of body) {
      if (!wanted(statement)) continue;
      const bodies = suitesOf(model, statement);
      for (const piece of headingsOf(model, statement, bodies)) {
        if (wanted(piece)) visit(piece);
      }
      for (const suite of bodies) pending.push(suite);
    }
  }
}

/** The bodies of a statement, those of functions and classes included. */
function suitesOf(model: SourceModel, statement: Stmt): readonly (readonly Stmt[])[] {
  const definition = definitionOf(model, statement);
  if (definition === undefined) return bodiesOf(statement);
  return definition.body.length === 0 ? [] : [definition.body];
}

function definitionOf(model: SourceModel, statement: Stmt): SourceModel['functions'][number] | SourceModel['classes'][number] | undefined {
  if (statement.kind === 'function') return model.functions[statement.function];
  return statement.kind === 'class' ? model.classes[statement.class] : undefined;
}

/** What of a statement is not its bodies: all of a simple one. */
function headingsOf(model: SourceModel, statement: Stmt, bodies: readonly (readonly Stmt[])[]): Span[] {
  const pieces: Span[] = [];
  if (bodies.length === 0) return [statement];
  const definition = definitionOf(model, statement);
  let from = statement.start;
  for (const decorator of definition?.decorators ?? []) {
    addGap(model, from, decorator.end, pieces);
    from = decorator.end;
  }
  if (definition !== undefined) from = definition.start;
  for (const body of bodies) {
    // `match x:` and the `case y:` below it are two headings.
    const start = statement.kind === 'match' ? statement.cases.find((branch) => branch.body === body)?.start : undefined;
    if (start !== undefined) addGap(model, from, start, pieces);
    addGap(model, start ?? from, body[0]!.start, pieces);
    from = body.at(-1)!.end;
  }
  addGap(model, from, statement.end, pieces);
  return pieces;
}

/** Adds what stands between two offsets, but for blanks and comments around it. */
function addGap(model: SourceModel, from: number, to: number, pieces: Span[]): void {
  const { source: { text }, comments } = model;
  let start = skipWhite(text, from, to);
  for (let comment = commentAt(comments, start); comment !== undefined && start < to; comment = commentAt(comments, start)) {
    start = skipWhite(text, comment.end, to);
  }
  let end = skipWhiteBack(text, to, start);
  for (let comment = commentAt(comments, end - 1); comment !== undefined && end > start; comment = commentAt(comments, end - 1)) {
    end = skipWhiteBack(text, comment.start, start);
  }
  if (end > start) pieces.push({ start, end });
}

/** The comment that covers an offset. */
function commentAt(comments: readonly Comment[], offset: number): Comment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  return comment !== undefined && comment.start <= offset ? comment : undefined;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\f';
}

function isWhite(char: string | undefined): boolean {
  return isBlank(char) || char === '\n' || char === '\r';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text[at])) at++;
  return at;
}

function skipBlanksBack(text: string, from: number): number {
  let at = from;
  while (at > 0 && isBlank(text[at - 1])) at--;
  return at;
}

function skipWhite(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && isWhite(text[at])) at++;
  return at;
}

function skipWhiteBack(text: string, from: number, limit: number): number {
  let at = from;
  while (at > limit && isWhite(text[at - 1])) at--;
  return at;
}

/** The whole lines a change stands on: what is being typed in a file without statements. */
export function linesOf(text: string, change: Span): Span {
  const start = change.start === 0 ? 0 : text.lastIndexOf('\n', change.start - 1) + 1;
  const next = text.indexOf('\n', change.end);
  return { start, end: next < 0 ? text.length : next };
}
