/** What opens positions in a file: calls, and orders that a pure function hands back for somebody else to send. */
import type { Collection, Span, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { walkExpression, expressionsOf } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { entryOrders } from './orders.ts';

/** Something that opens a position. */
export interface Entry {
  /** What a message points at: the name that is called, the address an order is to go to. */
  readonly at: Span;
  readonly whole: Span;
  readonly site: Site;
}

/** Addresses of Tradovate that take an order that opens; a reducer names one beside the order. */
const ADDRESS = /^\/?(?:v1\/)?(?:order\/place(?:order|OSO|OCO)|orderStrategy\/startOrderStrategy)$/i;
const ADDRESS_WORDS = /order\/place|startOrderStrategy/i;

/** Everything of a file that opens positions, in source order. */
export function entriesOf(model: SourceModel): readonly Entry[] {
  const calls = entryOrders(model).map(({ node, site }): Entry => ({ at: { start: node.start, end: node.callee.end }, whole: node, site }));
  if (!isScript(model.language) || !ADDRESS_WORDS.test(model.source.text)) { return calls; }
  return [...calls, ...effectsOf(model)].sort((a, b) => a.at.start - b.at.start);
}

/** `return { state, effects: [{ url: 'order/placeorder', data }] }`: what gets it back sends it. */
function effectsOf(model: SourceModel): readonly Entry[] {
  const found: Entry[] = [];
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'return' || site.function === undefined) { continue; }
    for (const root of expressionsOf(node)) {
      walkExpression(root, (expr) => {
        const at = expr.kind === 'collection' ? addressOf(expr) : undefined;
        if (at !== undefined) { found.push({ at, whole: expr, site }); }
        return at === undefined;
      });
    }
  }
  return found;
}

function addressOf(object: Collection): Span | undefined {
  const index = (object.keys ?? []).findIndex((key) => key?.kind === 'literal' && key.value === 'url');
  const value = index < 0 ? undefined : object.items[index];
  return value?.kind === 'literal' && ADDRESS.test(String(value.value)) ? { start: value.start, end: value.end } : undefined;
}
