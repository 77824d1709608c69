/**
 * NautilusTrader's messages, saved from its Redis stream one JSON object a line: the entry of the stream (`topic`, `type`, `payload`), or the
 * payload alone. Two forms are read: the flat dicts of the Python releases (`{"type":"OrderFilled",…}`) and the Rust stream, which wraps an
 * event by its variant (`{"Filled":{…}}`). Their order is that of the stream.
 */
import { wholeLines } from '../byte-source.ts';
import { Clock } from '../text/clock.ts';
import type { EventBase, LedgerEvent } from '../event.ts';
import { itemsOf, objectOf, parseJsonText, textOf, type JsonText } from '../text/json-text.ts';
import { addQuantities, isNoQuantity, negateQuantity } from '../text/quantity.ts';
import type { EventLists, Reading } from '../reading.ts';

type Body = { readonly [name: string]: JsonText };

export const NAUTILUS_REDIS = { format: 'nautilus-redis', title: 'NautilusTrader, Redis capture' } as const;

/** Names of order events in the Rust stream, without `Order` before them. */
const VARIANT = /^(?:Initialized|Denied|Emulated|Released|Submitted|Accepted|Rejected|Canceled|Expired|Triggered|PendingUpdate|PendingCancel|ModifyRejected|CancelRejected|Updated|Filled)$/;
const POSITION = /^Position(?:Opened|Changed|Closed|Adjusted)$/;
const KNOWN_TYPE = /^(?:Order[A-Z][A-Za-z]{2,20}|Position[A-Z][a-z]{2,12}|PositionEvent|AccountState|PortfolioSnapshot|OrderEventAny)$/;
const ENDED = new Set(['Canceled', 'Expired', 'Rejected', 'Denied']);

/** Whether the first line of a file is one of these messages. */
export function looksLikeRedisCapture(start: string): boolean {
  const line = start.slice(0, 1 << 15).split('\n', 1)[0] ?? '';
  const entry = objectOf(parseJsonText(line));
  if (entry === undefined || 'kind' in entry) return false;
  return ('topic' in entry && 'payload' in entry) || KNOWN_TYPE.test(textOf(entry['type'])) || Object.keys(entry).some((name) => VARIANT.test(name) || POSITION.test(name)) || 'total_equity' in entry;
}

/** Reads a capture's lines. */
export async function* readRedisCapture(pieces: AsyncIterable<Uint8Array>, reading: Reading): EventLists {
  const messages = new Messages(reading);
  let row = 0;
  for await (const block of wholeLines(pieces)) {
    if (block === undefined) {
      reading.problem ??= `${reading.name} row ${row + 1}: this line does not end; write one message a line.`;
      return;
    }
    const events: LedgerEvent[] = [];
    const lines = Buffer.from(block.buffer, block.byteOffset, block.length).toString('utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) {
      row += 1;
      if (line.trim() !== '' && reading.problem === undefined) messages.read(line, row, events);
    }
    if (events.length > 0) yield events;
    if (reading.problem !== undefined) return;
  }
}

interface OpenOrder {
  /** What was ordered; empty where the capture began after the order. */
  quantity: string;
  filled: string;
  readonly tag: string;
  working: boolean;
}

class Messages {
  readonly #clock: Clock;
  readonly #orders = new Map<string, OpenOrder>();
  /** Signed size of each position that is open. */
  readonly #positions = new Map<string, string>();
  readonly #trades = new Set<string>();

  constructor(private readonly reading: Reading) {
    this.#clock = new Clock(reading);
  }

  read(line: string, row: number, events: LedgerEvent[]): void {
    const { reading } = this;
    const entry = objectOf(parseJsonText(line));
    if (entry === undefined) { reading.refuse(row, 'this is no JSON object; the line was cut off or is no message of a capture.'); return; }
    const payload = entry['payload'];
    if (payload !== undefined && textOf(entry['encoding']) === 'msgpack') {
      reading.refuse(row, 'the payload is msgpack; set encoding to "json" in the message bus’s configuration and capture again.');
      return;
    }
    // A heartbeat is a time alone.
    const inner = payload === undefined ? entry : typeof payload === 'string' ? parseJsonText(payload) : payload;
    const message = objectOf(inner);
    if (message === undefined) return;
    const wrapped = Object.keys(message).length === 1 ? Object.entries(message)[0]! : undefined;
    const variant = wrapped !== undefined && (VARIANT.test(wrapped[0]) || POSITION.test(wrapped[0])) ? wrapped[0] : undefined;
    const body = variant === undefined ? message : objectOf(wrapped![1]) ?? message;
    const name = variant ?? (textOf(body['type']) || textOf(entry['type']) || ('total_equity' in body ? 'PortfolioSnapshot' : ''));
    this.#message(name.startsWith('Order') ? name.slice(5) : name, body, row, events);
  }

  #message(name: string, body: Body, row: number, events: LedgerEvent[]): void {
    if (!this.reading.account(textOf(body['account_id']), row)) return;
    if (POSITION.test(name)) { this.#position(body); return; }
    if (name === 'Initialized') {
      const tags = itemsOf(body['tags']).map(textOf).join(', ');
      this.#orders.set(textOf(body['client_order_id']), { quantity: textOf(body['quantity']), filled: '0', tag: tags || textOf(body['tags']), working: false });
      return;
    }
    if (name === 'Updated') {
      const order = this.#orders.get(textOf(body['client_order_id']));
      if (order !== undefined && textOf(body['quantity']) !== '') order.quantity = textOf(body['quantity']);
      return;
    }
    const wanted = name === 'AccountState' || name === 'PortfolioSnapshot' || name === 'Filled' || name === 'Accepted' || ENDED.has(name);
    if (!wanted) return;
    if (!this.#clock.read(textOf(body['ts_event']), row)) { this.reading.leaveOut(); return; }
    const base: EventBase = this.#clock.nanos === 0 ? { at: this.#clock.at, row } : { at: this.#clock.at, nanos: this.#clock.nanos, row };
    if (name === 'AccountState') this.#account(base, body, events);
    else if (name === 'PortfolioSnapshot') this.#snapshot(base, body, events);
    else if (name === 'Filled') this.#filled(base, body, events);
    else this.#order(base, body, name === 'Accepted', events);
  }

  #position(body: Body): void {
    const id = textOf(body['position_id']) || textOf(body['instrument_id']);
    const side = textOf(body['side']).toUpperCase();
    const quantity = textOf(body['quantity']);
    if (id === '' || quantity === '') return;
    if (side === 'FLAT' || isNoQuantity(quantity)) this.#positions.delete(id);
    else this.#positions.set(id, side === 'SHORT' ? negateQuantity(quantity) : quantity);
  }

  /** A balance is the equity where nothing is open; with open positions a state tells nothing of it. */
  #account(base: EventBase, body: Body, events: LedgerEvent[]): void {
    if (this.#positions.size > 0) {
      this.reading.say('States of the account while a position was open have no open profit and are left out; equity is known from PortfolioSnapshot and while nothing was open.');
      return;
    }
    const total = this.#amount(itemsOf(body['balances']), base.row);
    if (total === undefined) this.reading.leaveOut();
    else events.push({ kind: 'mark', ...base, equity: total, balance: total });
  }

  #snapshot(base: EventBase, body: Body, events: LedgerEvent[]): void {
    const written = body['total_equity'];
    const equity = this.#amount(Array.isArray(written) ? itemsOf(written) : objectOf(written) ? Object.values(objectOf(written)!) : [written ?? null], base.row);
    const balance = this.#amount(itemsOf(body['balances']), base.row);
    if (equity === undefined) this.reading.leaveOut();
    else events.push({ kind: 'mark', ...base, equity, balance });
  }

  /** Cents of the only amount in a list; amounts in another currency than the account's end the reading. */
  #amount(items: readonly JsonText[], row: number): number | undefined {
    let cents: number | undefined;
    for (const item of items) {
      const object = objectOf(item);
      const currency = textOf(object?.['currency']);
      if (currency !== '' && !this.reading.currency(currency, row)) return undefined;
      cents = this.reading.centsIfAny(textOf(object === undefined ? item : object['total'] ?? object['amount']), row, 'a balance') ?? cents;
    }
    return cents;
  }

  #filled(base: EventBase, body: Body, events: LedgerEvent[]): void {
    const { reading } = this;
    const [instrument, trade, order] = [textOf(body['instrument_id']), textOf(body['trade_id']), textOf(body['client_order_id'])];
    const side = textOf(body['order_side']).toLowerCase();
    const quantity = reading.decimal(textOf(body['last_qty']), base.row, 'last_qty');
    const price = reading.decimal(textOf(body['last_px']), base.row, 'last_px');
    const costs = reading.centsIfAny(textOf(body['commission']), base.row, 'commission');
    if (quantity === undefined || price === undefined || (side !== 'buy' && side !== 'sell')) { reading.leaveOut(); return; }
    const key = `${instrument} ${trade}`;
    if (trade !== '' && this.#trades.has(key)) { reading.notes.duplicates += 1; return; }
    this.#trades.add(key);
    const known = this.#orders.get(order);
    const strategy = textOf(body['strategy_id']);
    events.push({
      kind: 'fill', ...base, instrument, side, quantity, price, ...(costs === undefined ? {} : { costs }), ...(trade === '' ? {} : { id: trade }),
      ...(order === '' ? {} : { order }), ...(known === undefined || known.tag === '' ? {} : { tag: known.tag }), ...(strategy === '' ? {} : { strategy }),
    });
    const position = textOf(body['position_id']) || instrument;
    const size = addQuantities(this.#positions.get(position) ?? '0', side === 'buy' ? quantity : negateQuantity(quantity));
    if (isNoQuantity(size)) this.#positions.delete(position);
    else this.#positions.set(position, size);
    if (known === undefined || known.quantity === '') return;
    known.filled = addQuantities(known.filled, quantity);
    if (isNoQuantity(addQuantities(known.quantity, negateQuantity(known.filled)))) this.#done(base, order, instrument, known, events);
  }

  #order(base: EventBase, body: Body, accepted: boolean, events: LedgerEvent[]): void {
    const [order, instrument] = [textOf(body['client_order_id']), textOf(body['instrument_id'])];
    const known = this.#orders.get(order) ?? { quantity: '', filled: '0', tag: '', working: false };
    if (!accepted) {
      // The capture may have begun while the order worked already.
      this.#done(base, order, instrument, { ...known, working: known.working || !this.#orders.has(order) }, events);
      return;
    }
    if (known.working) return;
    known.working = true;
    this.#orders.set(order, known);
    events.push({ kind: 'order', ...base, order, instrument, state: 'working' });
  }

  #done(base: EventBase, order: string, instrument: string, known: OpenOrder, events: LedgerEvent[]): void {
    this.#orders.delete(order);
    if (known.working) events.push({ kind: 'order', ...base, order, instrument, state: 'done' });
  }
}
