/** The bot's connection to its broker. */

export interface Account {
  /** Closed trades only, in dollars. */
  readonly balance: number;
  /** What the open position would bring now, in dollars. */
  readonly openProfit: number;
}

export interface OrderRequest {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly type: 'market' | 'limit';
  readonly quantity: number;
  readonly price?: number;
  readonly timeInForce?: 'DAY' | 'GTC';
}

/** Sends requests; the desk's gateway answers them. */
export class Broker {
  account: Account = { balance: 50_000, openProfit: 0 };

  constructor(private readonly url: string) {}

  async placeOrder(request: OrderRequest): Promise<void> {
    await fetch(`${this.url}/orders`, { method: 'POST', body: JSON.stringify(request), signal: AbortSignal.timeout(2_000) });
  }

  async cancelAllOrders(): Promise<void> {
    await fetch(`${this.url}/orders`, { method: 'DELETE', signal: AbortSignal.timeout(2_000) });
  }

  async closeAllPositions(): Promise<void> {
    await fetch(`${this.url}/positions`, { method: 'DELETE', signal: AbortSignal.timeout(2_000) });
  }
}
