/** Conditions that only hold after a loss, or while a position loses. */
import type { Expr, SourceModel, Span } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { functionsAround, heldAt, heldSide } from '../orders/around.ts';
import type { Held } from '../orders/around.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const LOST = list('loss losses lost losing loser losers');
const WON = list('win wins won winner winning profitable');
const RESULT = list('profit pnl pl result outcome unrealized upnl netprofit gain return');
const NO_RESULT = list('take factor target daily day stop tp sl max min limit total ratio allowed');

/** Words of an expression: names, keys and short texts in it. */
export function wordsIn(expr: Expr): ReadonlySet<string> {
  const words = new Set<string>();
  walkExpression(expr, (inner) => {
    const name = inner.kind === 'name' || inner.kind === 'member' ? lastName(inner) ?? '' : inner.kind === 'literal' && inner.type === 'string' ? String(inner.value) : '';
    if (name.length < 60) { for (const word of wordsOf(name)) { words.add(word); } }
  });
  return words;
}

export function some(words: Iterable<string>, set: ReadonlySet<string>): boolean {
  for (const word of words) { if (set.has(word)) { return true; } }
  return false;
}

/** The condition before a place that says a trade was, or is, lost. */
export function lossBefore(model: SourceModel, site: Site, at: Span): Expr | undefined {
  return heldAt(model, site, at).find((held) => (held.test.kind === 'boolean' ? held.test.operands.every((test) => saysLost({ test, taken: held.taken })) : saysLost(held)))?.test;
}

const NOW = list('close price bid ask last current');
const BEFORE = list('prev previous prior open entry avg average');

/** The condition before a place that says the price goes against what is held: long, and `bar.close < self.prev_close`. */
export function againstBefore(model: SourceModel, site: Site, at: Span): Expr | undefined {
  const side = heldSide(model, site, at);
  if (side !== 'long' && side !== 'short') { return undefined; }
  return heldAt(model, site, at).find(({ test, taken }) => {
    if (test.kind !== 'compare' || test.operands.length !== 2 || !taken) { return false; }
    const [left, right] = test.operands as readonly [Expr, Expr];
    const [op = ''] = test.ops;
    return op === (side === 'long' ? '<' : '>') && left.kind !== 'binary' && some(wordsIn(left), NOW) && !some(wordsIn(left), BEFORE) && some(wordsIn(right), BEFORE);
  })?.test;
}

/** Does a function around a place say it: `on_loss`, `afterLoss`, `Martingale`? */
export function isAfterLoss(model: SourceModel, site: Site): boolean {
  return functionsAround(model, site.function).some((name) => {
    const words = wordsOf(name);
    return words.includes('martingale') || (some(words, LOST) && !words.includes('stop') && !some(words, NO_RESULT) && !some(words, WON) && !words.includes('profit') && !words.includes('or'));
  });
}

function saysLost({ test, taken }: Held): boolean {
  if (test.kind === 'compare' && test.operands.length === 2) {
    const [left, right] = test.operands as readonly [Expr, Expr];
    const [op = ''] = test.ops;
    const words = wordsIn(left);
    if (some(words, NO_RESULT)) { return false; }
    if (some(words, LOST) && !some(words, RESULT)) { return taken && (op === '>' || op === '>=') || isNone(right) && (op === '!=') === taken && (op === '!=' || op === '=='); }
    if (!some(words, RESULT)) { return false; }
    if (op === '<' || op === '<=') { return taken && isAtMostZero(right); }
    if (op === '>' || op === '>=') { return !taken && isZero(right); }
    return (op === '==' || op === '===') && taken && some(wordsIn(right), LOST);
  }
  if (test.kind === 'boolean') { return false; }
  const words = wordsIn(test);
  if (some(words, NO_RESULT) || some(words, RESULT)) { return false; }
  return some(words, LOST) ? taken : !taken && some(words, WON);
}

function isZero(expr: Expr): boolean {
  return expr.kind === 'literal' && Number(expr.value) === 0 && expr.value !== null;
}

function isNone(expr: Expr): boolean {
  return isZero(expr);
}

function isAtMostZero(expr: Expr): boolean {
  if (isZero(expr)) { return true; }
  return expr.kind === 'unary' ? expr.op === '-' : expr.kind === 'literal' && typeof expr.value === 'number' && expr.value < 0;
}
