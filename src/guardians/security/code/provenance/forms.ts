/** Putting values together: one after the other, or one of several. Both are bounded, so that no text of a program is too much. */
import type { Expr } from '../../../../core/source/model.ts';
import { isWorse, type Form, type Hole, type Origin, type Piece, type Purpose, type Value } from './value.ts';

/** Most forms a value is followed in, most pieces a form keeps, and most characters of one constant piece. */
const MAX_FORMS = 8;
const MAX_PIECES = 120;
const MAX_TEXT = 50_000;
const MAX_LABEL = 40;

/** A value of no text at all. */
export const NOTHING: Value = { forms: [[]] };

/** A constant. */
export function text(content: string): Value {
  return content === '' ? NOTHING : { forms: [[content]] };
}

/** A value that is one hole. */
export function hole(origin: Origin, expr: Expr, label?: string): Value {
  return { forms: [[holeAt(origin, expr, label)]] };
}

/** A hole, named by its source text unless a better name is known. */
export function holeAt(origin: Origin, expr: Expr, label?: string): Hole {
  return { origin, at: { start: expr.start, end: expr.end }, label: label ?? labelOf(expr), expr };
}

/** How people call an expression: its names, without what is handed to it, because a text in there is nobody's business. */
export function labelOf(expr: Expr, depth = 0): string {
  const inner = (part: Expr): string => (depth > 6 ? '…' : labelOf(part, depth + 1));
  switch (expr.kind) {
    case 'name': return shortened(expr.name);
    case 'member': return shortened(`${inner(expr.object)}.${expr.property}`);
    case 'call': return shortened(`${inner(expr.callee)}()`);
    case 'index': return shortened(`${inner(expr.object)}[…]`);
    case 'await': return inner(expr.operand);
    default: return depth === 0 ? 'a value' : '…';
  }
}

function shortened(written: string): string {
  return written.length > MAX_LABEL ? `${written.slice(0, MAX_LABEL - 1)}…` : written;
}

/** One value after the other. */
export function concat(values: readonly Value[]): Value {
  let forms: Form[] = [[]];
  for (const value of values) {
    const next = forms.length * value.forms.length > MAX_FORMS ? [worstForm(value.forms)] : value.forms;
    forms = forms.flatMap((form) => next.map((added) => append(form, added)));
  }
  return { forms };
}

function append(form: Form, added: Form): Form {
  if (added.length === 0 || form.length >= MAX_PIECES) { return form; }
  const joined: Piece[] = [...form];
  for (const piece of added) {
    const last = joined[joined.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') { joined[joined.length - 1] = (last + piece).slice(0, MAX_TEXT); } else { joined.push(piece); }
  }
  return joined.slice(0, MAX_PIECES);
}

/** One of several values; of too many, those that say most against it. */
export function oneOf(values: readonly Value[]): Value {
  const forms: Form[] = [];
  const seen = new Set<unknown>();
  for (const form of values.flatMap((value) => value.forms)) {
    const key = form.length === 1 ? form[0] : form;
    if (!seen.has(key)) { seen.add(key); forms.push(form); }
  }
  if (forms.length === 0) { return NOTHING; }
  return { forms: forms.length <= MAX_FORMS ? forms : [...forms].sort((one, other) => rank(other) - rank(one)).slice(0, MAX_FORMS) };
}

const RANKS: readonly Origin[] = ['plain', 'unknown', 'computed', 'parameter', 'operator', 'user'];

function rank(form: Form): number {
  let worst = -1;
  for (const piece of form) { if (typeof piece !== 'string') { worst = Math.max(worst, RANKS.indexOf(piece.origin)); } }
  return worst;
}

function worstForm(forms: readonly Form[]): Form {
  return forms.reduce((worst, form) => (rank(form) > rank(worst) ? form : worst));
}

/** The same value, every hole of it changed. */
export function mapHoles(value: Value, change: (hole: Hole) => Hole): Value {
  return { forms: value.forms.map((form) => form.map((piece) => (typeof piece === 'string' ? piece : change(piece)))) };
}

/** The same value, quoted or escaped for some purposes. */
export function cleanedFor(value: Value, purposes: readonly Purpose[]): Value {
  return mapHoles(value, (one) => ({ ...one, cleaned: new Set([...(one.cleaned ?? []), ...purposes]) }));
}

/** The worst hole of a value as a value of its own, wherever the text around it went: an item of a list, a field. */
export function within(value: Value, expr: Expr): Value {
  let worst: Hole | undefined;
  for (const piece of value.forms.flat()) {
    if (typeof piece !== 'string' && (worst === undefined || isWorse(piece.origin, worst.origin))) { worst = piece; }
  }
  return worst === undefined ? hole('plain', expr) : { forms: [[worst]] };
}
