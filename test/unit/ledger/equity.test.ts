import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ms, readLedger, utf16 } from '../../support/ledger.ts';

const AT = ms('2026-03-02T14:30:00Z');

describe('a series of equity as CSV', () => {
  it('reads times, equity and balance to the cent', async () => {
    const { format, title, events, notes, error } = await readLedger('timestamp,balance,equity\n2026-03-02T14:30:00Z,50000.00,49987.50\n2026-03-02T14:30:00.000000123Z,50000,-12.5\n');
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['equity-csv', 'Equity, CSV']);
    expect(events).toEqual([
      { kind: 'mark', at: AT, row: 2, equity: 4_998_750, balance: 5_000_000 },
      { kind: 'mark', at: AT, nanos: 123, row: 3, equity: -1250, balance: 5_000_000 },
    ]);
    expect(notes).toEqual({ events: 2, duplicates: 0, unusable: 0, rounded: 0, said: [] });
  });

  it.each([
    ['ts_event,net_liq'], ['time,NetLiq'], ['Date,Account Value'], ['ts,total_equity'], ['ts_init,Equity'], ['<DATE>,<EQUITY>'], ['"Time","Equity"'], ['\uFEFFtimestamp,equity'], ['datetime,portfolio value'], [',nav'],
  ])('knows the columns of %s', async (header) => {
    const { events, error } = await readLedger(`${header}\n1772461800000000000,50000.25\n`);
    expect(error).toBeUndefined();
    expect(events).toEqual([{ kind: 'mark', at: AT, row: 2, equity: 5_000_025, balance: undefined }]);
  });

  it('adds open profit to a balance, and says where there is neither', async () => {
    const open = await readLedger('time,balance,unrealized\n1772461800,50000,-12.50\n1772461801,50000,\n');
    expect(open.events).toEqual([{ kind: 'mark', at: AT, row: 2, equity: 4_998_750, balance: 5_000_000 }]);
    expect(open.notes).toEqual({ events: 1, duplicates: 0, unusable: 1, rounded: 0, said: [] });
    const balance = await readLedger('time,balance\n1772461800,50000\n');
    expect(balance.events).toEqual([{ kind: 'mark', at: AT, row: 2, equity: 5_000_000, balance: 5_000_000 }]);
    expect(balance.notes?.said).toEqual(['There is no equity column: the balance is taken for the equity, so open profit and loss are not seen.']);
  });

  it('reads what MetaTrader’s tester saves of its graph: UTF-16, tabs, server time', async () => {
    const { events } = await readLedger(utf16('<DATE>\t<BALANCE>\t<EQUITY>\t<DEPOSIT LOAD>\r\n2026.03.02 16:30\t50000.00\t49987.50\t1.2\r\n'), { tz: 'America/New_York+7h' });
    expect(events).toEqual([{ kind: 'mark', at: AT, row: 2, equity: 4_998_750, balance: 5_000_000 }]);
  });

  it('puts dates and times of day together', async () => {
    const { events, error } = await readLedger('Date,Time,Equity\n02/03/2026,09:30:00,50000.00\n25/03/2026,9:30,50001.00\n', { tz: 'America/New_York' });
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { kind: 'mark', at: AT, row: 2, equity: 5_000_000, balance: undefined }, { kind: 'mark', at: ms('2026-03-25T13:30:00Z'), row: 3, equity: 5_000_100, balance: undefined },
    ]);
    const whole = await readLedger('date,time,equity\n2026-03-02,2026-03-02T14:30:00Z,1\n');
    expect(whole.events).toEqual([{ kind: 'mark', at: AT, row: 2, equity: 100, balance: undefined }]);
  });

  it('takes a decimal comma where the file proves it, and thousands in quotation marks', async () => {
    const comma = await readLedger('time;equity\n1772461800;50.012,35\n1772461801;1.234\n');
    expect(comma.events.map((event) => event.kind === 'mark' && event.equity)).toEqual([5_001_235, 123_400]);
    const point = await readLedger('time,equity,note\n1772461800,"50,012.35","a ""b"", c"\n1772461801,$(12.00),\n');
    expect(point.events.map((event) => event.kind === 'mark' && event.equity)).toEqual([5_001_235, -1200]);
    const told = await readLedger('time;equity\n1772461800;1,234\n', { decimals: 'comma' });
    expect(told.events.map((event) => event.kind === 'mark' && event.equity)).toEqual([123]);
  });

  it('counts what is rounded and what is unusable, and passes blank lines', async () => {
    const { events, notes } = await readLedger('time,equity\n1772461800,50000.125\n\n1772461801,NaN\nNaT,1\n1772461802,\n1772461803,5.000\n,\n');
    expect(events.map((event) => [event.row, event.kind === 'mark' && event.equity])).toEqual([[2, 5_000_013], [7, 500]]);
    expect(notes).toEqual({ events: 2, duplicates: 0, unusable: 4, rounded: 1, said: [] });
  });

  it('takes the order of day and month from the whole file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `03/0${1 + (i % 9)}/2026 09:30:00,50000.00\n`).join('');
    const { events, error } = await readLedger(`date,equity\n${rows}31/03/2026 09:30:00,50001.00\n`, { tz: 'UTC' });
    expect(error).toBeUndefined();
    expect(events.length).toBe(20_001);
    expect(events[0]!.at).toBe(ms('2026-01-03T09:30:00Z'));
    expect(events.at(-1)!.at).toBe(ms('2026-03-31T09:30:00Z'));
  });

  it('reads gzip, UTF-16 in both orders, carriage returns alone, and Excel’s first line', async () => {
    const text = 'time,equity\n1772461800,50000.25\n';
    const plain = await readLedger(text);
    const big = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    for (const contents of [gzipSync(text), utf16(text), big, text.replaceAll('\n', '\r'), text.trimEnd(), text.replaceAll('\n', '\r\n')]) {
      const { events, error, sha256 } = await readLedger(contents, { name: 'x' });
      expect(error).toBeUndefined();
      expect(events).toEqual(plain.events);
      expect(sha256).toBe(createHash('sha256').update(contents).digest('hex'));
    }
    const excel = await readLedger(`sep=,\n${text}`);
    expect(excel.events).toEqual([{ kind: 'mark', at: AT, row: 3, equity: 5_000_025, balance: undefined }]);
  });

  it('gives the same events when it is read a second time', async () => {
    const { openLedger } = await import('../../../src/guardians/compliance/ledger/open-ledger.ts');
    const { mkdtempSync, writeFileSync, rmSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/tickguard-ledger-');
    writeFileSync(`${folder}/a.csv`, 'time,equity\n1772461800,50000.255\n');
    const opened = await openLedger(`${folder}/a.csv`, { currency: 'USD' });
    if (!opened.ok) throw new Error(opened.error);
    const { notes } = opened.value;
    for (let turn = 0; turn < 2; turn += 1) {
      const lists = [];
      for await (const batch of opened.value.batches(new AbortController().signal)) lists.push(batch);
      expect(lists).toEqual([{ ok: true, value: [{ kind: 'mark', at: AT, row: 2, equity: 5_000_026, balance: undefined }] }]);
      expect(notes).toEqual({ events: 1, duplicates: 0, unusable: 0, rounded: 1, said: [] });
    }
    const stopped = new AbortController();
    stopped.abort();
    const lists = [];
    for await (const batch of opened.value.batches(stopped.signal)) lists.push(batch);
    expect(lists).toEqual([{ ok: false, error: 'a.csv: the reading was stopped.' }]);
    rmSync(folder, { recursive: true });
  });
});
