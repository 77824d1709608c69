/**
 * What a value is made of: the text that stands in the program, and between it the holes that something else fills.
 *
 * `"SELECT * FROM bars WHERE symbol = '" + symbol + "'"` is three pieces, the second a hole. Where a value may be one of
 * several (two branches, two assignments) each of them is a form of its own.
 */
import type { Expr, Span } from '../../../../core/source/model.ts';

/**
 * Where what fills a hole comes from, the weakest proof first.
 *
 * - `plain`: whatever it is, it carries no syntax: a number, a date, a hash, one of a list that was checked;
 * - `unknown`: this file cannot tell; nobody may be warned of it;
 * - `computed`: the program worked it out while it ran: a call's result, a row, what a file or a peer sent;
 * - `parameter`: the caller hands it in, and no call of this file says what it is;
 * - `operator`: whoever starts the program wrote it: arguments, environment, standard input;
 * - `user`: somebody else sent it: a request, a chat message, the address of a page.
 */
export type Origin = 'plain' | 'unknown' | 'computed' | 'parameter' | 'operator' | 'user';

/** What a cleaned value may be put into without harm. */
export type Purpose = 'sql' | 'shell' | 'path' | 'html' | 'url' | 'code';

/** A place in a text that something fills which is not written in the program. */
export interface Hole {
  readonly origin: Origin;
  /** What fills it, where it enters: `request.args`, the parameter, the call. */
  readonly at: Span;
  /** How people call it: `request.args`, `symbol`; at most 40 characters. */
  readonly label: string;
  /** Purposes it was quoted or escaped for. */
  readonly cleaned?: ReadonlySet<Purpose>;
  readonly expr: Expr;
}

/** Constant text, or a hole. Texts that follow each other are one piece. */
export type Piece = string | Hole;

/** One form of a value, in order. A value that is no text is one hole; a constant is one text or, if empty, no piece. */
export type Form = readonly Piece[];

/** Every form a value may take; at least one. */
export interface Value {
  readonly forms: readonly Form[];
}

const STRENGTH: Readonly<Record<Origin, number>> = { plain: 0, unknown: 1, computed: 2, parameter: 3, operator: 4, user: 5 };

/** True where the first origin says more against a value than the second. */
export function isWorse(one: Origin, other: Origin): boolean {
  return STRENGTH[one] > STRENGTH[other];
}

/** The holes of a form. */
export function holesOf(form: Form): readonly Hole[] {
  return form.filter((piece) => typeof piece !== 'string');
}

/** The hole that says most against a value, of those that pass; undefined where none does, as for every constant. */
export function worstHole(value: Value, passes: (hole: Hole, form: Form) => boolean = () => true): Hole | undefined {
  let worst: Hole | undefined;
  for (const form of value.forms) {
    for (const piece of form) {
      if (typeof piece === 'string' || !passes(piece, form)) { continue; }
      if (worst === undefined || isWorse(piece.origin, worst.origin)) { worst = piece; }
    }
  }
  return worst;
}

/** True where every form is text of the program. */
export function isConstant(value: Value): boolean {
  return value.forms.every((form) => form.every((piece) => typeof piece === 'string'));
}

/** The text of a value with one form and no hole. */
export function constantText(value: Value): string | undefined {
  const [form, ...others] = value.forms;
  if (form === undefined || others.length > 0) { return undefined; }
  return form.length === 0 ? '' : form.length === 1 && typeof form[0] === 'string' ? form[0] : undefined;
}

/** True for a form that is put together: constant text beside a hole, or two holes. */
export function isBuilt(form: Form): boolean {
  return form.length > 1;
}
