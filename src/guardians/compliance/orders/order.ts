/** One order as the rules about orders see it, whatever platform it is sent to. */
import type { Call, Expr, Span } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';

/** Whose interface the order is written for. */
export type Platform = 'metatrader' | 'metatrader-python' | 'nautilus' | 'exchange' | 'shares' | 'ib' | 'http' | 'backtrader' | 'lumibot';

/** What an order says about its stop. */
export type Stop =
  /** Nothing, or nothing in so many words (`0`, `None`). */
  | { readonly state: 'none' }
  /** A stop, or a value that may be one. */
  | { readonly state: 'given' }
  /** What the caller of the function hands in. */
  | { readonly state: 'parameter'; readonly name: string }
  /** Part of the order is made where nobody looks. */
  | { readonly state: 'unseen' };

/** A call that sends an order, or makes one to be sent. */
export interface Order {
  readonly platform: Platform;
  readonly call: Call;
  /** Where a finding about it stands: the called name. */
  readonly at: Span;
  readonly site: Site;
  /** Undefined where a value tells. */
  readonly side: 'buy' | 'sell' | undefined;
  readonly kind: 'market' | 'limit' | 'stop' | undefined;
  /** What tells the side, the size and the instrument, where an expression does. */
  readonly sideBy: Expr | undefined;
  readonly size: Expr | undefined;
  readonly symbol: Expr | undefined;
  readonly stop: Stop;
  readonly target: Expr | undefined;
  /** Names the order, or what is made of it, is given. */
  readonly names: readonly string[];
}

/** A way to name an order in a message: `market buy`, `sell limit`, `market order`. */
export function orderText({ side, kind }: Order): string {
  if (kind === 'market') { return side === undefined ? 'market order' : `market ${side}`; }
  if (kind === undefined) { return side === undefined ? 'order' : `${side} order`; }
  return side === undefined ? `${kind} order` : `${side} ${kind}`;
}
