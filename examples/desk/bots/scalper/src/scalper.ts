/** Scalps the E-mini from a websocket feed, with one of each fault. `day-scalper.ts` is the same as it should be. */
import type WebSocket from 'ws';
import type { Broker } from './broker.ts';
import { isFlatTimeLocal } from './clock.ts';
import { type Quote, quoteOf } from './quote.ts';
import { LoudRisk } from './risk.ts';

/** Nothing else runs meanwhile, not even the next quote's arrival. */
function spin(milliseconds: number): void {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) { /* waits */ }
}

export class Scalper {
  private readonly risk = new LoudRisk();
  private last: Quote | undefined;

  constructor(private readonly feed: WebSocket, private readonly broker: Broker) {}

  start(): void {
    this.feed.on('message', this.onQuote.bind(this));
  }

  /** Every quote comes through here. */
  private async onQuote(data: WebSocket.RawData): Promise<void> {
    const quote = quoteOf(data);
    if (!this.risk.mayTrade(this.broker.account) || isFlatTimeLocal()) return this.flatten();
    spin(20);
    if (this.last !== undefined && quote.ask > this.last.ask) await this.enter(quote);
    this.last = quote;
  }

  /** Still working when the session ends, and filled by the next one. */
  private async enter(quote: Quote): Promise<void> {
    await this.broker.placeOrder({ symbol: 'ES', side: 'buy', type: 'limit', quantity: 1, price: quote.bid, timeInForce: 'GTC' });
  }

  private async flatten(): Promise<void> {
    await this.broker.closeAllPositions();
  }
}
