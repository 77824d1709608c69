/** Scalps the E-mini from a websocket feed. */
import WebSocket from 'ws';
import { Broker } from './broker.ts';
import { isFlatTime, isFlatTimeLocal } from './clock.ts';
import { RiskMonitor } from './risk.ts';

interface Quote {
  readonly bid: number;
  readonly ask: number;
}

/** Wrong: nothing else runs meanwhile, not even the next quote's arrival. */
function spin(milliseconds: number): void {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) { /* waits */ }
}

/** Right: others run meanwhile, and whoever waits for it goes on later. */
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Scalper {
  private readonly risk = new RiskMonitor();
  private last: Quote | undefined;

  constructor(private readonly feed: WebSocket, private readonly broker: Broker) {}

  start(): void {
    this.feed.on('message', this.onQuote.bind(this));
    setInterval(() => void this.risk.flush(), 60_000);
  }

  /** Every quote comes through here. */
  private async onQuote(data: WebSocket.RawData): Promise<void> {
    const quote = JSON.parse(data.toString()) as Quote;
    if (!this.risk.mayTrade(this.broker.account) || !this.risk.mayTradeQuietly(this.broker.account)) return this.flatten();
    if (isFlatTimeLocal() || isFlatTime(new Date())) return this.flatten();
    spin(20);
    if (this.last !== undefined && quote.ask > this.last.ask) await this.enter(quote);
    this.last = quote;
  }

  /** Wrong: still working when the session ends, and filled by the next one. */
  private async enter(quote: Quote): Promise<void> {
    await this.broker.placeOrder({ symbol: 'ES', side: 'buy', type: 'limit', quantity: 1, price: quote.bid, timeInForce: 'GTC' });
  }

  /** Right: gone with the session. */
  async enterForToday(quote: Quote): Promise<void> {
    await this.broker.placeOrder({ symbol: 'ES', side: 'buy', type: 'limit', quantity: 1, price: quote.bid, timeInForce: 'DAY' });
  }

  private async flatten(): Promise<void> {
    await this.broker.cancelAllOrders();
    await pause(100);
    await this.broker.closeAllPositions();
  }
}

new Scalper(new WebSocket(process.env.FEED_URL ?? 'ws://127.0.0.1:7600'), new Broker('http://127.0.0.1:7601')).start();
