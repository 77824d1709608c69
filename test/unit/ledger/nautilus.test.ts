import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../../../src/guardians/compliance/ledger/event.ts';
import { ms, readLedger, readPath } from '../../support/ledger.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/ledgers/nautilus');
const START = ms('2026-03-02T14:30:00Z');
/** When the n-th tick of the back-test was, in milliseconds and nanoseconds: 30 s and 123 ns apart. */
const tick = (n: number): { at: number; nanos?: number } => ({ at: START + (n - 1) * 30_000, ...(n === 1 ? {} : { nanos: (n - 1) * 123 }) });

const fill = (n: number, order: number, side: Fill['side'], quantity: string, price: string, id: number, time: string): Omit<Fill, 'row'> => ({
  kind: 'fill', ...tick(n), instrument: 'ESH6.GLBX', side, quantity, price, costs: 205, id: `GLBX-1-00${id}`, order: `O-20260302-${time}-001-1-${order}`, strategy: 'Saw-1',
});
/** What the strategy of the back-test was filled at, in its order. */
const FILLS = [
  fill(3, 1, 'buy', '1', '6802.25', 1, '143100'), fill(6, 2, 'buy', '2', '6805.25', 2, '143230'), fill(12, 3, 'sell', '1', '6805.00', 3, '143530'),
  fill(20, 4, 'sell', '2', '6801.00', 4, '143930'), fill(30, 6, 'sell', '2', '6809.25', 5, '144430'), fill(41, 7, 'buy', '2', '6808.50', 6, '145000'),
];
const TAGS = ['tick-3', 'tick-6', 'tick-12', 'tick-20', 'tick-30', 'tick-41'];

describe('NautilusTrader’s reports of a back-test', () => {
  it.each([['fills.csv', 'NautilusTrader, fills report', 2], ['fills.parquet', 'NautilusTrader, fills report (Parquet)', 1]])('fills: %s', async (file, title, firstRow) => {
    const ledger = await readPath(join(FOLDER, file));
    expect(ledger.error).toBeUndefined();
    expect([ledger.format, ledger.title]).toEqual(['nautilus-fills', title]);
    expect(ledger.events).toEqual(FILLS.map((each, index) => ({ ...each, row: firstRow + index })));
    expect(ledger.notes).toEqual({ events: 6, duplicates: 0, unusable: 0, rounded: 0, said: [] });
  });

  it('order fills, with tags', async () => {
    const { format, events, notes, error } = await readPath(join(FOLDER, 'order-fills.csv'));
    expect(error).toBeUndefined();
    expect(format).toBe('nautilus-fills');
    expect(events).toEqual(FILLS.map((each, index) => ({ ...each, row: 2 + index, id: each.order, price: String(Number(each.price)).replace(/^(\d+)$/, '$1.0'), tag: `SAW, ${TAGS[index]!}` })));
    expect(notes?.said).toEqual(['A row is an order: what was filled in parts is one fill, at the average price and the last time.']);
  });

  it('positions: profit before commissions, which are taken at the end', async () => {
    const { format, events, notes, error } = await readPath(join(FOLDER, 'positions.csv'));
    expect(error).toBeUndefined();
    expect(format).toBe('nautilus-positions');
    const common = { kind: 'fill', instrument: 'ESH6.GLBX', strategy: 'Saw-1' };
    expect(events).toEqual([
      { ...common, ...tick(3), row: 2, side: 'buy', quantity: '3', price: '6804.25', order: 'O-20260302-143100-001-1-1' },
      { ...common, ...tick(20), row: 2, side: 'sell', quantity: '3', price: '6802.33333333333', order: 'O-20260302-143930-001-1-4', realized: -575, costs: 820 },
      { ...common, ...tick(30), row: 3, side: 'sell', quantity: '2', price: '6809.25', order: 'O-20260302-144430-001-1-6' },
      { ...common, ...tick(41), row: 3, side: 'buy', quantity: '2', price: '6808.5', order: 'O-20260302-145000-001-1-7', realized: 150, costs: 410 },
    ]);
    expect(notes?.said).toEqual(['A row is a position: its whole size is taken as bought and sold at once, at average prices; what was added and taken off between is not in the file.', 'All commissions of a position are taken at its end.']);
  });

  it('the account: a balance after every fill', async () => {
    const { format, events, notes, error } = await readPath(join(FOLDER, 'account.csv'));
    expect(error).toBeUndefined();
    expect(format).toBe('nautilus-account');
    const balances: readonly (readonly [number, number])[] = [
      [1, 5_000_000], [3, 4_999_795], [6, 4_999_590], [12, 4_999_460], [20, 4_998_605], [22, 4_998_605], [27, 4_998_605], [30, 4_998_400], [41, 4_998_345], [50, 4_998_345],
    ];
    expect(events).toEqual(balances.map(([n, cents], index) => ({ kind: 'mark', ...tick(n), row: 2 + index, equity: cents, balance: cents })));
    expect(notes?.said).toEqual(['The account report has balances after fills: open profit and loss is not in them, so between fills the equity is not known.']);
  });

  it('sorts fills by nanoseconds', async () => {
    const { events } = await readLedger('client_order_id,instrument_id,trade_id,order_side,last_qty,last_px,ts_event\nO-1,ES.X,T-1,BUY,1,1.5,1772461800000000002\nO-2,ES.X,T-2,SELL,1,1.5,1772461800000000001\n');
    expect(events.map((event) => event.kind === 'fill' && event.id)).toEqual(['T-2', 'T-1']);
  });

  it('refuses a second currency', async () => {
    const { error } = await readLedger(',total,locked,free,currency,account_id\n2026-03-02 14:30:00+00:00,1.00,0.00,1.00,USD,A-1\n2026-03-02 14:30:00+00:00,1.00,0.00,1.00,BTC,A-1\n');
    expect(error).toBe('ledger.csv row 3: an amount in BTC, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.');
  });

  it('asks for the index of an account report', async () => {
    const { error } = await readLedger('total,locked,free,currency\n1.00,0.00,1.00,USD\n');
    expect(error).toBe('ledger.csv: the account report has no column of times; write it with its index: report.to_csv(path).');
  });
});

describe('NautilusTrader’s Redis stream', () => {
  const resting = (order: string, n: number, state: 'working' | 'done'): object => ({ kind: 'order', ...tick(n), order, instrument: 'ESH6.GLBX', state });
  const flat = (n: number, cents: number): object => ({ kind: 'mark', ...tick(n), equity: cents, balance: cents });
  const CANCELLED = 'O-20260302-144030-001-1-5';
  const LEFT = 'O-20260302-145430-001-1-8';
  const tagged = FILLS.map((each, index) => ({ ...each, tag: `SAW, ${TAGS[index]!}` }));
  const SAID = ['States of the account while a position was open have no open profit and are left out; equity is known from PortfolioSnapshot and while nothing was open.'];

  it('flat dicts: fills, resting orders, and the balance while nothing is open', async () => {
    const { format, title, events, notes, error } = await readPath(join(FOLDER, 'redis.jsonl'));
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['nautilus-redis', 'NautilusTrader, Redis capture']);
    expect(events.map(({ row: _row, ...event }) => event)).toEqual([
      flat(1, 5_000_000), ...tagged.slice(0, 4), flat(20, 4_998_605), flat(22, 4_998_605), resting(CANCELLED, 22, 'working'), flat(27, 4_998_605), resting(CANCELLED, 27, 'done'),
      ...tagged.slice(4), flat(41, 4_998_345), flat(50, 4_998_345), resting(LEFT, 50, 'working'),
    ]);
    expect(notes).toEqual({ events: 15, duplicates: 0, unusable: 0, rounded: 0, said: SAID });
  });

  it('the Rust form: the same, and equity with open profit from the snapshots', async () => {
    const { format, events, error } = await readPath(join(FOLDER, 'redis-wrapped.jsonl'));
    expect(error).toBeUndefined();
    expect(format).toBe('nautilus-redis');
    const { events: old } = await readPath(join(FOLDER, 'redis.jsonl'));
    const bare = ({ row: _row, ...event }: (typeof events)[number]): object => event;
    const shots = events.filter((event) => event.kind === 'mark' && event.equity !== event.balance);
    expect(shots.map(bare)).toEqual([
      { kind: 'mark', at: START + 61_000, nanos: 702, equity: 4_998_545, balance: 4_999_795 },
      { kind: 'mark', at: START + 871_000, nanos: 4023, equity: 4_997_150, balance: 4_998_400 },
    ]);
    expect(events.filter((event) => !shots.includes(event)).map(bare)).toEqual(old.map(bare));
  });

  const order = { client_order_id: 'O-1', instrument_id: 'ES.X', strategy_id: 'S', account_id: 'A-1' };
  const filled = { ...order, type: 'OrderFilled', trade_id: 'T-1', order_side: 'SELL', last_qty: '1', last_px: '-37.63', commission: null, ts_event: 1_772_461_800_000_000_001n };
  const json = (value: object): string => JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `#${each}#` : each)).replaceAll('"#', '').replaceAll('#"', '');

  it('ends an order with its last part, counts a trade once, and keeps nanoseconds', async () => {
    const { events, notes, error } = await readLedger([
      json({ ...order, type: 'OrderInitialized', quantity: '3', tags: null }), json({ ...order, type: 'OrderAccepted', ts_event: 1_772_461_800_000_000_000n }), json(filled), json(filled),
      json({ ...order, type: 'OrderUpdated', quantity: '2' }), json({ ...filled, trade_id: 'T-2', ts_event: '2026-03-02T14:30:01.000000002Z' }), json({ topic: 'health:heartbeat', payload: '2026-03-02T14:30:00Z' }),
    ].join('\n'));
    expect(error).toBeUndefined();
    const base = { kind: 'fill', instrument: 'ES.X', side: 'sell', quantity: '1', price: '-37.63', order: 'O-1', strategy: 'S' };
    expect(events).toEqual([
      { kind: 'order', at: START, row: 2, order: 'O-1', instrument: 'ES.X', state: 'working' },
      { ...base, at: START, nanos: 1, row: 3, id: 'T-1' },
      { ...base, at: START + 1000, nanos: 2, row: 6, id: 'T-2' },
      { kind: 'order', at: START + 1000, nanos: 2, row: 6, order: 'O-1', instrument: 'ES.X', state: 'done' },
    ]);
    expect(notes?.duplicates).toBe(1);
  });

  it.each([
    ['{"topic":"a","payload":"x","encoding":"msgpack"}', 'ledger.csv row 1: the payload is msgpack; set encoding to "json" in the message bus’s configuration and capture again.'],
    [`${json(filled)}\n{"type":"OrderFilled"`, 'ledger.csv row 2: this is no JSON object; the line was cut off or is no message of a capture.'],
    [`${json(filled)}\n${json({ ...filled, account_id: 'A-2' })}`, 'ledger.csv row 2: this row is of account A-2, the ones before are of A-1; a ledger is of one account: keep the rows of one.'],
    [json({ ...filled, commission: '0.001 BTC' }), 'ledger.csv row 1: an amount in BTC, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.'],
  ])('refuses %s', async (contents, error) => {
    expect((await readLedger(contents)).error).toBe(error);
  });
});
