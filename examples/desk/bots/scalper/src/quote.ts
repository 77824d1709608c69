/** What the feed sends. */
import type WebSocket from 'ws';

export interface Quote {
  readonly bid: number;
  readonly ask: number;
}

export function quoteOf(data: WebSocket.RawData): Quote {
  return JSON.parse(data.toString()) as Quote;
}
