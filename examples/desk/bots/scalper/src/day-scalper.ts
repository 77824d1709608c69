/** Scalps the E-mini from a websocket feed: the twin of `scalper.ts`, as it should be. */
import type WebSocket from 'ws';
import type { Broker } from './broker.ts';
import { isFlatTime } from './clock.ts';
import { type Quote, quoteOf } from './quote.ts';
import { QuietRisk } from './risk.ts';

export class DayScalper {
  private readonly risk = new QuietRisk();
  private last: Quote | undefined;
  private halted = false;
  private pausedUntil = 0;

  constructor(private readonly feed: WebSocket, private readonly broker: Broker) {}

  start(): void {
    this.feed.on('message', this.onQuote.bind(this));
    setInterval(() => void this.risk.flush(), 60_000);
  }

  /** Every quote comes through here; none of them waits. */
  private async onQuote(data: WebSocket.RawData): Promise<void> {
    const quote = quoteOf(data);
    if (this.halted || Date.now() < this.pausedUntil) return;
    if (!this.risk.mayTrade(this.broker.account) || isFlatTime()) {
      this.halted = true;
      return this.flatten();
    }
    if (this.last !== undefined && quote.ask > this.last.ask) await this.enter(quote);
    this.last = quote;
  }

  /** Gone with the session; and the next one at the earliest in 20 ms. */
  private async enter(quote: Quote): Promise<void> {
    this.pausedUntil = Date.now() + 20;
    await this.broker.placeOrder({ symbol: 'ES', side: 'buy', type: 'limit', quantity: 1, price: quote.bid, timeInForce: 'DAY' });
  }

  /** First what is working, then what is open. */
  private async flatten(): Promise<void> {
    await this.broker.cancelAllOrders();
    await this.broker.closeAllPositions();
  }
}
