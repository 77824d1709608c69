/**
 * Tickguard's own form: one JSON object a line, streamed. The fields are those of the events, in the words of docs/guides/replay.md;
 * of the names that stand beside each other below, any is read.
 */
import { wholeLines } from '../byte-source.ts';
import { Clock } from '../text/clock.ts';
import type { BarRange, Cash, EventBase, Fill, LedgerEvent, Mark, OrderState, Price } from '../event.ts';
import { ABSENT, isWord, JsonFields, NESTED, TEXT, WORD } from '../text/json-fields.ts';
import { centsOfBytes } from '../text/money-bytes.ts';
import { shown, type EventLists, type Reading } from '../reading.ts';

const FIELDS = {
  ts: ['ts', 'tsEvent', 'ts_event', 'time', 'timestamp'], kind: ['kind'], account: ['account'], currency: ['currency'],
  equity: ['equity'], balance: ['balance'], unrealized: ['unrealized'],
  instrument: ['instrument', 'symbol'], side: ['side'], quantity: ['quantity', 'qty'], price: ['price', 'px'], realized: ['realized'],
  costs: ['costs', 'commission'], id: ['id', 'tradeId'], order: ['order', 'orderId'], tag: ['tag'], strategy: ['strategy'], liquidation: ['liquidation'],
  state: ['state'], high: ['high'], low: ['low'], close: ['close'], what: ['what', 'reason'], amount: ['amount'],
} as const satisfies Record<string, readonly string[]>;
type Field = keyof typeof FIELDS;

const NAMES: readonly string[] = Object.values(FIELDS).flat();
/** The index of a field's first name among all names, and how many names it has: they stand one after the other. */
const PLACES = Object.fromEntries(Object.entries(FIELDS).map(([field, names]) => [field, { from: NAMES.indexOf(names[0]), to: NAMES.indexOf(names[0]) + names.length }])) as Readonly<Record<Field, { readonly from: number; readonly to: number }>>;
const EQUITY = Buffer.from('equity');

const WORKING = new Set(['working', 'submitted', 'accepted', 'partial', 'pending_cancel', 'pending_update', 'triggered']);
const DONE = new Set(['done', 'filled', 'canceled', 'cancelled', 'rejected', 'expired', 'denied']);
const MOVES = new Set(['deposit', 'withdrawal', 'payout', 'fee', 'reset']);
/** Kinds of the live stream that say nothing about money or orders. */
const PASSED = new Set(['position', 'latency', 'heartbeat', 'control']);
const PLAIN_DECIMAL = /^-?\d{1,30}(?:\.\d{1,30})?$/;

/** Reads a file's lines; `reading.problem` tells what ended it early. */
export async function* readJsonLines(pieces: AsyncIterable<Uint8Array>, reading: Reading): EventLists {
  const lines = new JsonLines(reading);
  for await (const block of wholeLines(pieces)) {
    if (block === undefined) {
      reading.problem ??= `${reading.name} row ${lines.row + 1}: this line does not end; write one object a line.`;
      return;
    }
    const events = lines.read(block);
    if (events.length > 0) yield events;
    if (reading.problem !== undefined) return;
  }
}

class JsonLines {
  row = 0;
  readonly #fields = new JsonFields(NAMES);
  readonly #clock: Clock;
  readonly #ids = new Set<string>();
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(private readonly reading: Reading) {
    this.#clock = new Clock(reading);
    // JSON has a decimal point, whatever the rest of the world writes.
    reading.mark = 'point';
    reading.markIsFixed = true;
  }

  read(block: Uint8Array): LedgerEvent[] {
    const events: LedgerEvent[] = [];
    this.#bytes = block;
    let next = 0;
    while (next < block.length && this.reading.problem === undefined) {
      this.row += 1;
      const from = next;
      const feed = block.indexOf(10, next);
      const to = feed < 0 ? block.length : feed;
      next = to + 1;
      if (to === from || (to === from + 1 && block[from] === 13)) continue;
      const event = this.#event(from, to);
      if (event !== undefined && this.reading.problem === undefined) events.push(event);
    }
    return events;
  }

  #event(from: number, to: number): LedgerEvent | undefined {
    const { reading, row } = this;
    if (!this.#fields.read(this.#bytes, from, to)) {
      return reading.refuse(row, 'this is no JSON object; write one whole object a line, like {"ts":"2026-03-02T14:30:00Z","kind":"equity","equity":"50000.00"}.');
    }
    const place = this.#place(PLACES.kind);
    // Nearly every line of a long file is a mark.
    const isMark = place >= 0 && isWord(this.#bytes, this.#fields.starts[place]!, this.#fields.ends[place]!, EQUITY);
    const kind = isMark ? 'equity' : this.#text('kind');
    if (kind === undefined) return reading.refuse(row, 'the object has no "kind"; it is one of equity, fill, order, price, bar and cash.');
    if (PASSED.has(kind)) return undefined;
    if (this.#place(PLACES.currency) >= 0 && !reading.currency(this.#text('currency') ?? '', row)) return undefined;
    if (this.#place(PLACES.account) >= 0 && !reading.account(this.#text('account'), row)) return undefined;
    const ts = this.#place(PLACES.ts);
    if (ts < 0) return reading.refuse(row, 'the object has no "ts"; write the time as "2026-03-02T14:30:00Z" or in ms or ns since 1970.');
    if (!this.#clock.readBytes(this.#bytes, this.#fields.starts[ts]!, this.#fields.ends[ts]!, row)) return reading.leaveOut();
    switch (kind) {
      case 'equity': return this.#mark();
      case 'fill': return this.#fill();
      case 'order': return this.#order();
      case 'price': return this.#price();
      case 'bar': return this.#bar();
      case 'cash': return this.#cash();
      default:
        reading.say(`Lines of kind “${shown(kind)}” are unknown and left out.`);
        return reading.leaveOut();
    }
  }

  #base(): EventBase {
    const { at, nanos } = this.#clock;
    return nanos === 0 ? { at, row: this.row } : { at, nanos, row: this.row };
  }

  #mark(): Mark | undefined {
    const balance = this.#cents('balance');
    const unrealized = this.#cents('unrealized');
    const written = this.#cents('equity');
    const equity = written ?? (balance === undefined || unrealized === undefined ? undefined : balance + unrealized);
    if (this.reading.problem !== undefined) return undefined;
    if (equity === undefined) {
      if (this.#place(PLACES.equity) >= 0 || (this.#place(PLACES.balance) >= 0 && this.#place(PLACES.unrealized) >= 0)) return this.reading.leaveOut();
      return this.reading.refuse(this.row, 'an equity line needs "equity", or "balance" and "unrealized".');
    }
    const { at, nanos } = this.#clock;
    return nanos === 0 ? { kind: 'mark', at, row: this.row, equity, balance } : { kind: 'mark', at, nanos, row: this.row, equity, balance };
  }

  #fill(): Fill | undefined {
    const { reading, row } = this;
    const instrument = this.#needed('instrument', 'fill');
    const side = this.#needed('side', 'fill')?.toLowerCase();
    const quantity = this.#decimal('quantity', 'fill');
    if (instrument === undefined || side === undefined || quantity === undefined) return reading.leaveOut();
    if (side !== 'buy' && side !== 'sell') return reading.refuse(row, `"side" is “${shown(side)}”; it is buy or sell.`);
    if (quantity.startsWith('-') || Number(quantity) === 0) return reading.refuse(row, `"quantity" is ${quantity}; it is more than nothing, and "side" says which way.`);
    const price = this.#place(PLACES.price) < 0 ? undefined : this.#decimal('price', 'fill');
    const id = this.#text('id');
    const [realized, costs, balance] = [this.#cents('realized'), this.#cents('costs'), this.#cents('balance')];
    if (reading.problem !== undefined) return undefined;
    if (id !== undefined && this.#ids.has(id)) {
      reading.notes.duplicates += 1;
      return undefined;
    }
    if (id !== undefined) this.#ids.add(id);
    const [order, tag, strategy] = [this.#text('order'), this.#text('tag'), this.#text('strategy')];
    return {
      kind: 'fill', ...this.#base(), instrument, side, quantity,
      ...(price === undefined ? {} : { price }), ...(realized === undefined ? {} : { realized }), ...(costs === undefined ? {} : { costs }),
      ...(balance === undefined ? {} : { balance }), ...(id === undefined ? {} : { id }), ...(order === undefined ? {} : { order }),
      ...(tag === undefined ? {} : { tag }), ...(strategy === undefined ? {} : { strategy }), ...(this.#text('liquidation') === 'true' ? { liquidation: true } : {}),
    };
  }

  #order(): OrderState | undefined {
    const order = this.#needed('order', 'order');
    const instrument = this.#needed('instrument', 'order');
    const written = this.#needed('state', 'order')?.toLowerCase();
    if (order === undefined || instrument === undefined || written === undefined) return this.reading.leaveOut();
    const state = WORKING.has(written) ? 'working' : DONE.has(written) ? 'done' : undefined;
    if (state === undefined) return this.reading.refuse(this.row, `"state" is “${shown(written)}”; it is working or done (or accepted, filled, canceled, rejected, expired).`);
    return { kind: 'order', ...this.#base(), order, instrument, state };
  }

  #price(): Price | undefined {
    const instrument = this.#needed('instrument', 'price');
    const price = this.#decimal('price', 'price');
    return instrument === undefined || price === undefined ? this.reading.leaveOut() : { kind: 'price', ...this.#base(), instrument, price };
  }

  #bar(): BarRange | undefined {
    const instrument = this.#needed('instrument', 'bar');
    const [high, low, close] = [this.#decimal('high', 'bar'), this.#decimal('low', 'bar'), this.#decimal('close', 'bar')];
    if (instrument === undefined || high === undefined || low === undefined || close === undefined) return this.reading.leaveOut();
    return { kind: 'bar', ...this.#base(), instrument, high, low, close };
  }

  #cash(): Cash | undefined {
    const { reading, row } = this;
    const what = this.#needed('what', 'cash')?.toLowerCase();
    if (what === undefined) return reading.leaveOut();
    if (!MOVES.has(what)) return reading.refuse(row, `"what" is “${shown(what)}”; it is deposit, withdrawal, payout, fee or reset.`);
    const amount = what === 'reset' ? 0 : this.#place(PLACES.amount) < 0 ? reading.refuse(row, 'a cash line needs "amount".') : this.#cents('amount');
    if (amount === undefined) return reading.leaveOut();
    if (amount < 0 && what !== 'fee') return reading.refuse(row, `"amount" of a ${what} is negative; write it positive, "what" says which way.`);
    return { kind: 'cash', ...this.#base(), what: what as Cash['what'], amount };
  }

  /** Index of the name under which a field stands in this line; -1 without one, and for `null`. */
  #place({ from, to }: { readonly from: number; readonly to: number }): number {
    const { kinds } = this.#fields;
    for (let place = from; place < to; place += 1) {
      const kind = kinds[place]!;
      if (kind !== ABSENT && !(kind === WORD && this.#isNull(place))) return place;
    }
    return -1;
  }

  #isNull(place: number): boolean {
    const from = this.#fields.starts[place]!;
    return this.#bytes[from] === 110 && this.#bytes[from + 1] === 117 && this.#fields.ends[place] === from + 4;
  }

  /** A field as text: of a text its characters, of anything else what is written. */
  #text(field: Field): string | undefined {
    const place = this.#place(PLACES[field]);
    if (place < 0) return undefined;
    const [from, to] = [this.#fields.starts[place]!, this.#fields.ends[place]!];
    const bytes = this.#bytes;
    if (this.#fields.kinds[place] === NESTED) return this.reading.refuse(this.row, `"${NAMES[place]!}" is an object or a list; write a text.`);
    let plain = true;
    for (let i = from; i < to && plain; i += 1) plain = bytes[i] !== 92 && bytes[i]! < 128;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
    if (plain) return text.toString('latin1');
    if (this.#fields.kinds[place] !== TEXT || !text.includes(92)) return text.toString('utf8');
    try {
      return JSON.parse(`"${text.toString('utf8')}"`) as string;
    } catch {
      return this.reading.refuse(this.row, `"${NAMES[place]!}" is no JSON text; a backslash in it is doubled.`);
    }
  }

  #needed(field: Field, kind: string): string | undefined {
    return this.#place(PLACES[field]) < 0 ? this.reading.refuse(this.row, `a ${kind} line needs "${FIELDS[field][0]}".`) : this.#text(field);
  }

  #cents(field: Field): number | undefined {
    const place = this.#place(PLACES[field]);
    if (place < 0) return undefined;
    return centsOfBytes(this.#bytes, this.#fields.starts[place]!, this.#fields.ends[place]!, this.reading, this.row, `"${NAMES[place]!}"`);
  }

  #decimal(field: Field, kind: string): string | undefined {
    const written = this.#needed(field, kind);
    if (written === undefined) return undefined;
    return PLAIN_DECIMAL.test(written) ? written : this.reading.decimal(written, this.row, `"${field}"`);
  }
}
