/** Effects: calls whose result a generator yields to whoever runs it, `yield buy({ quantity })`. The runner does what they say. */
import { methodRoles } from '../frameworks/tables.ts';
import type { Call, Expr, SourceModel } from '../model.ts';
import type { NameSite } from './bindings.ts';
import { ModelFact } from './per-model.ts';

/** Longest stretch between `yield` and the call behind it. */
const MAX_BETWEEN = 40;
const YIELD_BEFORE = /(?:^|[^\w$.])yield[ \t]{0,8}(?:\*|from[ \t]|await[ \t])?\s{0,16}$/;
/** A file that says one of these is about markets: a shop's `buy` is none of ours. */
const MARKET = /strateg|candle|ticker|order_?book|\btick\b|runPolicy|\bbacktest/i;
/** Keys of what an order is made of. */
const ORDER_KEY = /^(?:quantity|qty|amount|size|contracts|lots|symbol|pair|side|instrument|order_?type|limit_?price)$/i;

const aboutMarkets = new ModelFact<boolean>();

/** True for a call right behind `yield`, in a generator. */
export function isYielded(model: SourceModel, call: Call, site: NameSite): boolean {
  if (site.function?.generator !== true) { return false; }
  return YIELD_BEFORE.test(model.source.text.slice(Math.max(0, call.start - MAX_BETWEEN), call.start));
}

/**
 * Roles of a function that is called by its bare name, where a generator yields what it gives: those that methods of the name have
 * on any object. A plain `buy` counts where the file or the argument speaks of orders.
 */
export function yieldedRoles(model: SourceModel, call: Call, site: NameSite, name: string): readonly string[] | undefined {
  if (!isYielded(model, call, site)) { return undefined; }
  const effect = methodRoles('yielded', name);
  if (effect === undefined) { return methodRoles('any-receiver', name); }
  return isAboutMarkets(model) || call.args.some(({ value }) => isOrder(value)) ? effect : undefined;
}

function isAboutMarkets(model: SourceModel): boolean {
  let known = aboutMarkets.get(model);
  if (known === undefined) {
    known = MARKET.test(model.source.text);
    aboutMarkets.set(model, known);
  }
  return known;
}

function isOrder(value: Expr): boolean {
  return value.kind === 'collection' && value.keys?.some((key) => key?.kind === 'literal' && ORDER_KEY.test(String(key.value))) === true;
}
