/** Orders that are sent by hand: a request to a broker's address for new orders. */
import { lastName } from '../meaning/annotations.ts';
import type { Call, Expr } from '../model.ts';

/** Calls that send something; `_post`, `apiRequest`, `fetchWithAuth` are wrappers of the same. */
const SENDS = /post|request|fetch|axios|call|send|invoke/i;
/** Names that make an address, open a page or declare a route. */
const OTHER = /^(?:get|on|use|route|router|subscribe|log|print|info|debug|warn|error|warning|startswith|endswith|includes|match|test|replace|join|append|add_api_route|mock\w*)$/i;

/**
 * Addresses that place an order: Tradovate `/order/placeorder` and `/order/placeOSO`, ProjectX `/api/Order/place`, Binance
 * `/api/v3/order` and `/fapi/v1/order`, Bybit `/v5/order/create`, Alpaca `/v2/orders` (documentation of each, 2026).
 */
const PLACES = /\/order\/(?:place[a-z]*|create|submit|new)$|\/(?:api|fapi|dapi)\/v\d\/order$|\/v\d\/orders$|\/orders\/(?:new|create|place)$/i;

/** Whether a call is such a request, and what it is called in a report: `POST /order/placeorder`. */
export function orderRequest(call: Call): string | undefined {
  const name = lastName(call.callee) ?? '';
  if (!SENDS.test(name) || OTHER.test(name)) { return undefined; }
  for (const { value } of call.args.slice(0, 3)) {
    const address = endOf(value);
    const found = address === undefined ? null : PLACES.exec(address.split(/[?#]/, 1)[0] ?? '');
    if (found === null || address === undefined) { continue; }
    // The same address answers `GET` with the orders there are.
    if (/\/v\d\/orders?$/i.test(address) && !posts(call, name)) { continue; }
    return `POST ${found[0]}`;
  }
  return undefined;
}

/** The last piece of text of an address: of `f"{base}/order/placeorder"`, `BASE + "/order/placeorder"`. */
function endOf(value: Expr): string | undefined {
  const last = value.kind === 'template' ? value.parts[value.parts.length - 1] : value.kind === 'binary' ? value.operands[value.operands.length - 1] : value;
  return last?.kind === 'literal' && typeof last.value === 'string' && last.value.length < 200 ? last.value : undefined;
}

function posts(call: Call, name: string): boolean {
  if (/post/i.test(name)) { return true; }
  return call.args.some(({ value }) => {
    if (value.kind === 'literal') { return String(value.value).toUpperCase() === 'POST'; }
    return value.kind === 'collection' && value.items.some((item) => item.kind === 'literal' && String(item.value).toUpperCase() === 'POST');
  });
}
