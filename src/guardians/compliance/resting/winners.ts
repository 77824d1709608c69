/** Closes before the weekend or the deadline that take winners only. */
import type { Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { bodiesOf, walkExpression } from '../../../core/source/walk.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import type { Closings } from './closing.ts';
import { saysFlatten } from './closing.ts';
import { lastName } from '../named.ts';
import { deadlineName, wordsOf } from '../words.ts';

/** A close that leaves the losers open when the day or the week ends. */
export interface WinnersClose {
  /** The comparison that lets winners through. */
  readonly at: Span;
  /** Where the end of the day or week is asked for. */
  readonly end: Span;
}

/** Every close of winners only that stands under a Friday or a deadline. */
export function winnersOnly(model: SourceModel, closings: Closings): readonly WinnersClose[] {
  const found: WinnersClose[] = [];
  for (const closing of closings.all()) {
    const fn = closing.function;
    if (fn === undefined || closing.closes.length === 0) { continue; }
    const all = closing.closes.map((close) => ({ close, tests: testsAround(fn.body, close.call) }));
    for (const { close, tests } of all) {
      const winner = tests.flatMap(({ test, holds }) => (holds ? gains(model, test, close.site) : [])).at(-1);
      const end = tests.find(({ test, holds }) => holds && saysEnd(model, test, close.site));
      const named = saysFriday(fn.name) || saysFlatten(fn.name);
      if (winner === undefined || (end === undefined && !named)) { continue; }
      // The rest is closed beside it, whatever it stands at.
      if (all.some((other) => other.close !== close && other.tests.flatMap(({ test, holds }) => (holds ? gains(model, test, other.close.site) : [])).length === 0)) { continue; }
      found.push({ at: winner, end: end === undefined ? fn.nameSpan : end.test });
    }
  }
  return found;
}

interface Test {
  readonly test: Expr;
  /** False in the `else`. */
  readonly holds: boolean;
}

/** The tests of the branches around a call, outermost first; early `continue` on a test counts as its opposite and is left out. */
function testsAround(body: readonly Stmt[], call: Span): readonly Test[] {
  const tests: Test[] = [];
  let block: readonly Stmt[] | undefined = body;
  for (let depth = 0; block !== undefined && depth < 200; depth++) {
    const inside: Stmt | undefined = block.find((statement) => statement.start <= call.start && call.end <= statement.end);
    if (inside === undefined) { return tests; }
    if (inside.kind === 'if') {
      const branch = inside.branches.find(({ body: inner }) => inner.some((statement) => statement.start <= call.start && call.end <= statement.end));
      if (branch !== undefined) { tests.push({ test: branch.test, holds: true }); }
    }
    block = bodiesOf(inside).find((inner) => inner.some((statement) => statement.start <= call.start && call.end <= statement.end));
  }
  return tests;
}

/** Comparisons that a gain passes and a loss does not, in a test that needs them: `profit > 0`. */
function gains(model: SourceModel, test: Expr, site: NameSite): readonly Span[] {
  const parts = test.kind === 'boolean' && test.op === 'and' ? test.operands : [test];
  return parts.flatMap((part): readonly Span[] => {
    if (part.kind !== 'compare' || part.operands.length !== 2) { return []; }
    const [left, right] = part.operands;
    if (left === undefined || right === undefined) { return []; }
    const [op] = part.ops;
    const [money, bound] = op === '>' || op === '>=' ? [left, right] : op === '<' || op === '<=' ? [right, left] : [undefined, undefined];
    if (money === undefined || bound?.kind !== 'literal' || bound.value !== 0) { return []; }
    return saysGain(model, money, site) ? [{ start: part.start, end: part.end }] : [];
  });
}

function saysGain(model: SourceModel, expr: Expr, site: NameSite): boolean {
  let gain = false;
  walkExpression(expr, (inner) => {
    const name = inner.kind === 'name' || inner.kind === 'member' ? lastName(inner) ?? '' : inner.kind === 'literal' && inner.type === 'string' ? String(inner.value) : '';
    const words = wordsOf(name);
    if (words.some((word) => word === 'daily' || word === 'total' || word === 'day' || word === 'take' || word === 'tp')) { return; }
    gain ||= words.some((word) => word === 'profit' || word === 'pnl' || word === 'pl' || word === 'upl' || word === 'upnl');
  });
  if (gain || expr.kind !== 'name') { return gain; }
  const value = definitionsOf(model, expr.name, site).find((definition) => definition.value !== undefined)?.value;
  return value !== undefined && value.kind !== 'name' && saysGain(model, value, site);
}

function saysFriday(name: string): boolean {
  return wordsOf(name).some((word) => word === 'friday' || word === 'weekend' || word === 'fri' || word === 'eod' || word === 'eow');
}

/** Does a test ask whether the day or the week ends? */
function saysEnd(model: SourceModel, test: Expr, site: NameSite): boolean {
  let end = false;
  walkExpression(test, (inner) => {
    if (inner.kind === 'compare') {
      const day = inner.operands.some((operand) => /day_?of_?week|weekday|\bdow\b|getDay|getUTCDay|DayOfWeek/.test(lastName(operand) ?? ''));
      const friday = inner.operands.some((operand) => (operand.kind === 'literal' && (operand.value === 5 || operand.value === 4)) || /FRIDAY/i.test(lastName(operand) ?? ''));
      end ||= day && friday;
    }
    if (inner.kind !== 'name' && inner.kind !== 'member') { return; }
    const name = lastName(inner) ?? '';
    end ||= saysFriday(name) || deadlineName(name) === 'flat' || deadlineName(name) === 'end';
    if (inner.kind === 'name' && !end) {
      const value = definitionsOf(model, inner.name, site).find((definition) => definition.value !== undefined && definition.function === site.function)?.value;
      if (value?.kind === 'compare') { end ||= value.operands.some((operand) => /day_?of_?week|weekday|getDay|DayOfWeek/.test(lastName(operand) ?? '')); }
    }
  });
  return end;
}
