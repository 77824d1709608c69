/** What must hold for every ledger: where a file is cut into pieces and in which order its rows stand makes no difference. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asUtf8, type LedgerEncoding } from '../../../src/guardians/compliance/ledger/byte-source.ts';
import { Clock } from '../../../src/guardians/compliance/ledger/text/clock.ts';
import { rowsOf } from '../../../src/guardians/compliance/ledger/text/csv.ts';
import type { LedgerEvent } from '../../../src/guardians/compliance/ledger/event.ts';
import { equityColumns, equityMarks, readEquityCsv } from '../../../src/guardians/compliance/ledger/readers/equity.ts';
import { readJsonLines } from '../../../src/guardians/compliance/ledger/readers/jsonl.ts';
import { readRedisCapture } from '../../../src/guardians/compliance/ledger/readers/nautilus-redis.ts';
import { Reading, type EventLists } from '../../../src/guardians/compliance/ledger/reading.ts';
import { Columns } from '../../../src/guardians/compliance/ledger/table.ts';
import { tableReader } from '../../../src/guardians/compliance/ledger/recognise.ts';
import { readLedger, zone } from '../../support/ledger.ts';
import { runs } from '../../support/property-tests.ts';

const fresh = (): Reading => new Reading('ledger', { currency: 'USD', zone: zone('America/New_York') });

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** Events, notes and the sentence of a reading. */
async function outcome(read: (reading: Reading) => EventLists): Promise<unknown> {
  const reading = fresh();
  const events: LedgerEvent[] = [];
  for await (const list of read(reading)) events.push(...list);
  return { events, notes: reading.notes, problem: reading.problem };
}

const money = fc.oneof(fc.integer({ min: -9_999_999, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)), fc.constantFrom('NaN', '', '50000.125', '"1,234.50"', '$5', '1e3', '7'));
const time = fc.oneof(fc.integer({ min: 1.7e12, max: 1.8e12 }).map((at) => new Date(at).toISOString()), fc.integer({ min: 1.7e12, max: 1.8e12 }).map((at) => `${at}123456`), fc.constantFrom('2026-03-08 02:30:00', 'NaT', '2026.03.02 09:30'));
const note = fc.constantFrom('', 'x', 'ü€', '"a ""quoted"" note"', ' ');
const equityRow = fc.tuple(time, money, note, money).map((cells) => cells.join(','));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const HEADER = 'time,equity,note,balance';

describe('the pieces of a file', () => {
  const columns = new Columns(HEADER.split(','));
  const at = equityColumns(columns)!;
  const equity = (pieces: AsyncIterable<Uint8Array>) => (reading: Reading) => readEquityCsv(pieces, ',', 1, at, columns, new Clock(reading), reading);

  it('make no difference to a series of equity, in any encoding and with any line ends', async () => {
    const encode = (text: string, encoding: LedgerEncoding): Buffer => {
      const marked = `\uFEFF${text}`;
      return encoding === 'utf-8' ? Buffer.from(marked) : encoding === 'utf-16le' ? Buffer.from(marked, 'utf16le') : Buffer.from(marked, 'utf16le').swap16();
    };
    await fc.assert(fc.asyncProperty(fc.array(equityRow, { maxLength: 12 }), sizes, fc.constantFrom<LedgerEncoding>('utf-8', 'utf-16le', 'utf-16be'), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), async (rows, cut, encoding, end, ended) => {
      const text = [HEADER, ...rows].join(end) + (ended ? end : '');
      const whole = await outcome(equity(asUtf8(inPieces(Buffer.from([HEADER, ...rows].join('\n')), [1 << 20]), 'utf-8', false)));
      expect(await outcome(equity(asUtf8(inPieces(encode(text, encoding), cut), encoding, end === '\r')))).toEqual(whole);
    }), { numRuns: runs(150) });
  });

  it('make no difference to JSON lines', async () => {
    const line = fc.oneof(
      fc.record({ ts: time, kind: fc.constant('equity'), equity: fc.integer(), note: fc.string({ maxLength: 4 }) }).map((value) => JSON.stringify(value)),
      fc.record({ kind: fc.constant('fill'), id: fc.constantFrom('a', 'b', 'ü'), instrument: fc.constant('MES'), side: fc.constantFrom('buy', 'sell'), qty: fc.constantFrom(1, '2.5'), ts: fc.constant(1_772_461_800_000) }).map((value) => JSON.stringify(value, null, 1).replaceAll('\n', ' ')),
      fc.constantFrom('', '{"kind":"heartbeat"}', '{"ts":1,"kind":"other"}', '{broken'),
    );
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 10 }), sizes, async (lines, cut) => {
      const bytes = Buffer.from(lines.join('\n'));
      const whole = await outcome((reading) => readJsonLines(inPieces(bytes, [1 << 20]), reading));
      expect(await outcome((reading) => readJsonLines(inPieces(bytes, cut), reading))).toEqual(whole);
    }), { numRuns: runs(150) });
  });

  it('make no difference to a Redis capture', async () => {
    const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/ledgers/nautilus/redis-wrapped.jsonl'));
    const whole = await outcome((reading) => readRedisCapture(inPieces(bytes, [1 << 20]), reading));
    for (const cut of [[997], [64, 1, 4099]]) expect(await outcome((reading) => readRedisCapture(inPieces(bytes, cut), reading))).toEqual(whole);
  });

  it('are read from bytes as the rows of a table are', async () => {
    await fc.assert(fc.asyncProperty(fc.array(equityRow, { maxLength: 12 }), async (rows) => {
      const text = [HEADER, ...rows].join('\n');
      const byBytes = await outcome(equity(inPieces(Buffer.from(text), [1 << 20])));
      const byRows = await outcome(async function* (reading) {
        yield equityMarks(rowsOf(text, ',').slice(1), at, columns, new Clock(reading), reading);
      });
      expect(byBytes).toEqual(byRows);
    }), { numRuns: runs(200) });
  });
});

describe('the order of the rows', () => {
  /** Fills of a day, each with a time of its own. */
  const fills = fc.uniqueArray(fc.integer({ min: 0, max: 23_399 }), { minLength: 1, maxLength: 12 });
  const clock = (second: number): string => new Date(Date.UTC(2026, 2, 25, 9, 30, second)).toISOString().slice(11, 19);

  const FORMS: readonly (readonly [string, string, (second: number) => string])[] = [
    ['Tradovate, Performance', 'symbol,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp', (n) => `MES,${2 * n + 1},${2 * n + 2},1,6800.00,6801.00,$5.00,03/25/2026 ${clock(n)},03/26/2026 ${clock(n)}`],
    ['NinjaTrader', 'Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,Account,Connection,', (n) => `ES 12-26,Buy,1,6800.00,3/25/2026 ${clock(n)},x${n},Entry,1 L,o,Entry,$0.52,1,PA-1,Live,`],
    ['MetaTrader', 'Time;Deal;Symbol;Type;Direction;Volume;Price;Order;Commission;Swap;Profit;Balance;Comment', (n) => `2026.03.25 ${clock(n)};${n + 1};EURUSD;${n % 5 === 0 ? 'balance' : 'buy'};in;0.10;1.08;1;-1.00;0.00;5.00;100.00;`],
    ['NautilusTrader', 'client_order_id,instrument_id,trade_id,order_side,last_qty,last_px,commission,ts_event', (n) => `O-${n},ES.X,T-${n},BUY,1,6800.00,2.05 USD,2026-03-25 ${clock(n)}.000000001+00:00`],
  ];

  it.each(FORMS)('makes no difference: %s', (_name, header, rowOf) => {
    const delimiter = header.includes(';') ? ';' : ',';
    const columns = new Columns(header.split(delimiter));
    const read = (seconds: readonly number[]): unknown => {
      const reading = fresh();
      const rows = rowsOf(seconds.map(rowOf).join('\n'), delimiter, 2);
      const events = tableReader(columns)!.read(columns, rows, reading);
      return { events: events.map(({ row: _row, ...event }) => event), notes: reading.notes, problem: reading.problem };
    };
    fc.assert(fc.property(fills.chain((seconds) => fc.tuple(fc.constant(seconds), fc.shuffledSubarray(seconds, { minLength: seconds.length }))), ([seconds, shuffled]) => {
      expect(read(shuffled)).toEqual(read(seconds));
    }), { numRuns: runs(60) });
  });
});

describe('damaged files', () => {
  const folder = join(import.meta.dirname, '../../fixtures/ledgers');
  const FILES = ['nautilus/fills.csv', 'nautilus/redis.jsonl', 'parquet/int64.parquet', 'parquet/decimal-ns.parquet', 'parquet/pandas.parquet'];

  it.each(FILES)('give events or one sentence, and never more: %s', async (file) => {
    const bytes = readFileSync(join(folder, file));
    const damage = fc.record({ at: fc.nat(bytes.length - 1), keep: fc.boolean(), byte: fc.nat(255) });
    await fc.assert(fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (marks) => {
      let broken = Buffer.from(bytes);
      for (const { at, keep, byte } of marks) {
        if (keep) broken[at % broken.length] = byte;
        else broken = broken.subarray(0, Math.max(1, at));
      }
      const { events, error } = await readLedger(broken, { name: 'x', tz: 'UTC' });
      if (error === undefined) expect(events.length).toBeGreaterThan(0);
      else expect(error).toMatch(/^x(?: row \d+)?: .*\.$/s);
    }), { numRuns: runs(60) });
  });
});
