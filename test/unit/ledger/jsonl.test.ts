import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ms, readLedger } from '../../support/ledger.ts';

const AT = ms('2026-03-02T14:30:00Z');
const lines = (...objects: readonly (object | string)[]): string => objects.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
const ts = '2026-03-02T14:30:00.000Z';

describe('Tickguard’s JSON lines', () => {
  it('reads every kind', async () => {
    const { format, title, events, notes, error } = await readLedger(lines(
      { ts, kind: 'equity', balance: '50000.00', unrealized: '-12.50' },
      { ts: '1772461800000000123', kind: 'equity', equity: '49987.5' },
      { ts: 1772461800000, kind: 'fill', instrument: 'MESZ6', side: 'BUY', quantity: 2, price: '6800.25', realized: '-5.00', costs: '1.24', balance: '49995.00', id: 'f1', order: 'o1', tag: 'Entry "A"', strategy: 'saw', liquidation: true },
      { ts, kind: 'order', order: 'o1', instrument: 'MESZ6', state: 'working' },
      { ts, kind: 'order', order: 'o1', instrument: 'MESZ6', state: 'canceled' },
      { ts, kind: 'price', instrument: 'CLK0', price: '-37.63' },
      { ts, kind: 'bar', instrument: 'MESZ6', high: '6801', low: '6799.75', close: '6800.5' },
      { ts, kind: 'cash', what: 'payout', amount: '1500.00' },
      { ts, kind: 'cash', what: 'fee', amount: '-2.50' },
      { ts, kind: 'cash', what: 'reset' },
    ), { name: 'x.jsonl' });
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['tickguard-jsonl', 'Tickguard, JSON lines']);
    expect(events).toEqual([
      { kind: 'mark', at: AT, row: 1, equity: 4_998_750, balance: 5_000_000 },
      { kind: 'mark', at: AT, nanos: 123, row: 2, equity: 4_998_750, balance: undefined },
      { kind: 'fill', at: AT, row: 3, instrument: 'MESZ6', side: 'buy', quantity: '2', price: '6800.25', realized: -500, costs: 124, balance: 4_999_500, id: 'f1', order: 'o1', tag: 'Entry "A"', strategy: 'saw', liquidation: true },
      { kind: 'order', at: AT, row: 4, order: 'o1', instrument: 'MESZ6', state: 'working' },
      { kind: 'order', at: AT, row: 5, order: 'o1', instrument: 'MESZ6', state: 'done' },
      { kind: 'price', at: AT, row: 6, instrument: 'CLK0', price: '-37.63' },
      { kind: 'bar', at: AT, row: 7, instrument: 'MESZ6', high: '6801', low: '6799.75', close: '6800.5' },
      { kind: 'cash', at: AT, row: 8, what: 'payout', amount: 150_000 },
      { kind: 'cash', at: AT, row: 9, what: 'fee', amount: -250 },
      { kind: 'cash', at: AT, row: 10, what: 'reset', amount: 0 },
    ]);
    expect(notes).toEqual({ events: 10, duplicates: 0, unusable: 0, rounded: 0, said: [] });
  });

  it('reads other names of the same, blanks, nested values and the order of fields as they come', async () => {
    const { events, notes } = await readLedger(lines(
      '{ "kind" : "fill" , "extra":{"kind":"equity","list":[1,"}"]}, "qty":0.35,"px":1.0e1,"symbol":"EURUSD.r","side":"sell","orderId":7,"tradeId":"Übung\\n1","commission":null,"tsEvent":"1772461800000000000" }',
      '{"kind":"heartbeat","component":"x"}', '{"kind":"position"}', '',
      '{"ts":1772461800000,"kind":"equity","equity":NaN}', '{"ts":null,"kind":"equity","equity":50000.1}',
    ).replace('{"ts":null,', '{"timestamp":1772461800,"ts":null,'));
    expect(events).toEqual([
      { kind: 'fill', at: AT, row: 1, instrument: 'EURUSD.r', side: 'sell', quantity: '0.35', price: '10', id: 'Übung\n1', order: '7' },
      { kind: 'mark', at: AT, row: 6, equity: 5_000_010, balance: undefined },
    ]);
    expect(notes).toEqual({ events: 2, duplicates: 0, unusable: 1, rounded: 0, said: [] });
  });

  it('reads the example of the guide', async () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/replay.md'), 'utf8');
    const example = guide.split('```json\n')[1]!.split('```')[0]!;
    const { events, notes, error } = await readLedger(example);
    expect(error).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toEqual(['mark', 'mark', 'fill', 'fill', 'order', 'price', 'bar', 'cash']);
    expect(notes).toEqual({ events: 8, duplicates: 0, unusable: 0, rounded: 0, said: [] });
  });

  it('counts a fill once by its id, and all fills without', async () => {
    const fill = { ts, kind: 'fill', instrument: 'MES', side: 'buy', quantity: '1' };
    const { events, notes } = await readLedger(lines({ ...fill, id: 'a' }, { ...fill, id: 'a' }, fill, fill, { ...fill, id: 'b' }));
    expect(events.map(({ row }) => row)).toEqual([1, 3, 4, 5]);
    expect(notes?.duplicates).toBe(1);
  });

  it('says what kind it does not know', async () => {
    const { events, notes } = await readLedger(lines({ ts, kind: 'margin', amount: 1 }, { ts, kind: 'margin' }, { ts, kind: 'equity', equity: '1' }));
    expect(events.length).toBe(1);
    expect(notes).toEqual({ events: 1, duplicates: 0, unusable: 2, rounded: 0, said: ['Lines of kind “margin” are unknown and left out.'] });
  });

  const row = 'ledger.csv row 1:';
  it.each([
    ['{"ts":1}', `${row} the object has no "kind"; it is one of equity, fill, order, price, bar and cash.`],
    ['{"kind":"equity","equity":"1"}', `${row} the object has no "ts"; write the time as "2026-03-02T14:30:00Z" or in ms or ns since 1970.`],
    [{ ts, kind: 'equity', balance: '1' }, `${row} an equity line needs "equity", or "balance" and "unrealized".`],
    [{ ts, kind: 'fill', instrument: 'MES', side: 'long', quantity: 1 }, `${row} "side" is “long”; it is buy or sell.`],
    [{ ts, kind: 'fill', instrument: 'MES', side: 'buy', quantity: -1 }, `${row} "quantity" is -1; it is more than nothing, and "side" says which way.`],
    [{ ts, kind: 'fill', side: 'buy', quantity: 1 }, `${row} a fill line needs "instrument".`],
    [{ ts, kind: 'order', order: 'a', instrument: 'MES', state: 'open' }, `${row} "state" is “open”; it is working or done (or accepted, filled, canceled, rejected, expired).`],
    [{ ts, kind: 'cash', what: 'gift', amount: 1 }, `${row} "what" is “gift”; it is deposit, withdrawal, payout, fee or reset.`],
    [{ ts, kind: 'cash', what: 'deposit' }, `${row} a cash line needs "amount".`],
    [{ ts, kind: 'cash', what: 'payout', amount: -5 }, `${row} "amount" of a payout is negative; write it positive, "what" says which way.`],
    [{ ts, kind: 'equity', equity: 'much' }, `${row} “much” in "equity" is no number.`],
    [{ ts, kind: 'equity', equity: '1,5' }, `${row} “1,5” in "equity" is no number.`],
    [{ ts, kind: 'equity', equity: '5 EUR' }, `${row} an amount in EUR, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.`],
    [{ ts, kind: 'equity', equity: '5', currency: 'EUR' }, `${row} an amount in EUR, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.`],
    [{ ts, kind: 'fill', instrument: { a: 1 }, side: 'buy', quantity: 1 }, `${row} "instrument" is an object or a list; write a text.`],
    ['{"ts":"2026-03-02T14:30:00Z","kind":"equity"', `${row} this is no JSON object; write one whole object a line, like {"ts":"2026-03-02T14:30:00Z","kind":"equity","equity":"50000.00"}.`],
    ['{"ts":"2026-03-02T14:30:00Z","kind":"equity"}{}', `${row} this is no JSON object; write one whole object a line, like {"ts":"2026-03-02T14:30:00Z","kind":"equity","equity":"50000.00"}.`],
  ])('refuses %j', async (line, error) => {
    expect((await readLedger(lines(line))).error).toBe(error);
  });

  it('refuses the second account, after the rows before it', async () => {
    const { events, error } = await readLedger(lines({ ts, kind: 'equity', equity: '1', account: 'PA-1' }, { ts, kind: 'equity', equity: '1', account: 'PA-2' }));
    expect(events.length).toBe(1);
    expect(error).toBe('ledger.csv row 2: this row is of account PA-2, the ones before are of PA-1; a ledger is of one account: keep the rows of one.');
  });
});
