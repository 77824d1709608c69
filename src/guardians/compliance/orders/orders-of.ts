/** All orders of a file, worked out once for every rule that asks. */
import type { Call, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import { indexOf } from '../file-index.ts';
import { assignedNames } from '../resting/orders.ts';
import { sentBy } from './brokers.ts';
import { flowOf } from './flow.ts';
import { mqlOrders } from './metatrader.ts';
import type { Order } from './order.ts';

/** What a file sends. */
export interface Orders {
  /** Entries and exits, in source order. */
  readonly all: readonly Order[];
  /** Orders that are stops by their kind. */
  readonly stops: readonly { readonly call: Call; readonly site: Site }[];
}

/** Words without one of which no file sends an order that can be read here. */
export const ORDER_WORDS = /order|\.(?:Buy|Sell)\w{0,5}\s?\(|PositionOpen|self\.(?:buy|sell)\s?\(|market_?(?:buy|sell)/i;

const remembered = new ModelFact<Orders>();

export function ordersOf(model: SourceModel): Orders {
  let known = remembered.get(model);
  if (known === undefined) {
    known = model.language === 'mql5' ? { all: mqlOrders(model), stops: [] } : written(model);
    remembered.set(model, known);
  }
  return known;
}

function written(model: SourceModel): Orders {
  const flow = flowOf(model);
  let names: ReturnType<typeof assignedNames> | undefined;
  const all: Order[] = [];
  const stops: { readonly call: Call; readonly site: Site }[] = [];
  for (const { node, site } of indexOf(model).calls) {
    const sent = sentBy(model, node, site, flow);
    if (sent === undefined) { continue; }
    if ('protects' in sent) { stops.push({ call: sent.protects, site }); continue; }
    names ??= assignedNames(model);
    all.push({ ...sent.order, names: [...sent.order.names, ...(names.get(node) ?? [])] });
  }
  return { all, stops };
}
