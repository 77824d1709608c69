import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readLedger, readPath, utf16 } from '../../support/ledger.ts';

const KNOWN = 'Known are Tickguard’s JSON lines, a CSV of equity (a time and an equity column), Tradovate (Performance, Orders, Position History, Fills), MetaTrader 5 (deals, as HTML or CSV), '
  + 'NinjaTrader 8 (executions), NautilusTrader (reports of fills, order fills, positions and the account; Redis capture), and Parquet of any of these tables.';
const EQUITY = 'time,equity\n1772461800,50000.00\n';
const FILLS = 'client_order_id,instrument_id,trade_id,order_side,last_qty,last_px,ts_event\n';
/** A gzip file long enough that its end lies beyond what is looked at first. */
const LONG = gzipSync(EQUITY + Array.from({ length: 30_000 }, (_, i) => `${1_772_461_800 + i * 7},${50_000 + ((i * 7919) % 10_007) / 100}\n`).join(''));

describe('what is no ledger is refused with one sentence', () => {
  it.each<readonly [string, string | Uint8Array, string]>([
    ['an empty file', '', 'ledger.csv: the file is empty.'],
    ['blanks', ' \n\r\n\t', 'ledger.csv: the file is empty.'],
    ['a header alone', 'time,equity\n', 'ledger.csv: nothing stands below its header; export it once more, with a longer range of dates.'],
    ['a header of fills alone', FILLS, 'ledger.csv: nothing stands below its header; export it once more, with a longer range of dates.'],
    ['no row that can be used', 'time,equity\n1772461800,NaN\n1772461800,None\n', 'ledger.csv: none of its 2 rows can be used; their times or amounts are missing.'],
    ['other columns', 'Open,High,Low,Close,Volume\n1,2,3,4,5\n', `ledger.csv: its first columns are “Open”, “High”, “Low”, “Close”, …, as in no known ledger. ${KNOWN}`],
    ['one column', 'hello\nworld\n', `ledger.csv: its first columns are “hello”, as in no known ledger. ${KNOWN}`],
    ['a list of JSON', '[{"ts":1}]', 'ledger.csv: it is one JSON list; write one object a line, without brackets and commas around them.'],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0000\u0000'), 'ledger.csv: it is a ZIP archive or an Excel workbook; save the sheet as CSV (from MetaTrader: the report as HTML).'],
    ['binary', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)), `ledger.csv: it is binary. ${KNOWN}`],
    ['zeros at its end', Buffer.concat([Buffer.from(FILLS + 'O-1,ES,T-1,BUY,1,6800,1772461800\n'.repeat(3000)), Buffer.alloc(70_001)]), 'ledger.csv row 3002: it has 1 of 7 columns; the file was cut off there: export it once more.'],
    ['UTF-16 that ends in half a character', Buffer.concat([Buffer.from(FILLS + 'O-1,ES,T-1,BUY,1,6800,1772461800\n'.repeat(3000), 'utf16le'), Buffer.from('x')]), 'ledger.csv: its text cannot be decoded to its end; export it once more.'],
    ['a page that is no report', utf16('<html><body><p>Hello</p></body></html>'), 'ledger.csv: this page has no table of deals (Time, Deal, Symbol, Type, Direction, …); in MetaTrader 5, set to English, save the report of the history or of the tester as HTML.'],
    ['a last row that was cut off', `${EQUITY}1772461801`, 'ledger.csv row 3: it has 1 of 2 columns; the file was cut off there: export it once more.'],
    ['a fill that was cut off', `${FILLS}O-1,ES,T-1,BUY,1\n`, 'ledger.csv row 2: it has 5 of 7 columns; the file was cut off there: export it once more.'],
    ['thousands without quotation marks', `${EQUITY}1772461801,50,000.00\n`, 'ledger.csv row 3: it has 3 columns, the header has 2; a number with commas needs quotation marks.'],
    ['text for money', `${EQUITY}1772461801,much\n`, 'ledger.csv row 3: “much” in equity is no number.'],
    ['a decimal comma after points', 'time;equity\n1772461800;50000.25\n1772461801;"50000,25"\n', 'ledger.csv: “50000.25” has a decimal point and “50000,25” a decimal comma; write all numbers in one way.'],
    ['a comma that could be both', 'time;equity\n1772461800;50,000\n', 'ledger.csv: “50,000” can be read with thousands or with a decimal comma, and no other number decides; say --decimals point or --decimals comma.'],
    ['more money than there is', `${EQUITY}1772461801,99999999999999999\n`, 'ledger.csv row 3: “99999999999999999” in equity is more money than can be counted exactly.'],
    ['a time that is none', `${EQUITY}soon,1\n`, 'ledger.csv row 3: “soon” is no time; write it as 2026-03-02T14:30:00Z, as 2026-03-02 09:30:00 with a clock named by --tz, or as s, ms, µs or ns since 1970.'],
    ['a time without a zone', 'time,equity\n03/25/2026 09:30:12,1\n', 'ledger.csv row 2: “03/25/2026 09:30:12” has no zone; name the clock with --tz America/New_York (or America/New_York+7h for a server that is 7 h ahead of New York).'],
    ['a second currency', 'time,equity,currency\n1772461800,1,USD\n1772461800,1,EUR\n', 'ledger.csv row 3: an amount in EUR, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.'],
    ['an amount with a foreign sign', `${EQUITY}1772461801,€5\n`, 'ledger.csv row 3: an amount in EUR, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.'],
    ['a second account', 'time,account,equity\n1772461800,PA-1,1\n1772461800,PA-2,1\n', 'ledger.csv row 3: this row is of account PA-2, the ones before are of PA-1; a ledger is of one account: keep the rows of one.'],
    ['a damaged gzip', Buffer.concat([gzipSync(EQUITY).subarray(0, 14), Buffer.from('damage damage')]), 'ledger.csv: the gzip file is damaged; copy it once more.'],
    ['a gzip that was cut off', gzipSync(EQUITY).subarray(0, -12), 'ledger.csv: the gzip file was cut off; copy it once more.'],
    ['a long gzip that was cut off', LONG.subarray(0, -12), 'ledger.csv: the gzip file was cut off; copy it once more.'],
    ['a line without an end', Buffer.concat([Buffer.from('{"ts":1,"kind":"equity","equity":1}\n{"x":"'), Buffer.alloc(9 << 20, 120)]), 'ledger.csv row 2: this line does not end; write one object a line.'],
  ])('%s', async (_name, contents, error) => {
    expect((await readLedger(contents)).error).toBe(error);
  });

  it('a far row of a long file by its number', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${1_772_461_800 + i},50000.00\n`);
    rows[55_554] = 'broken,1\n';
    const { error, events } = await readLedger(`time,equity\n${rows.join('')}`);
    expect(error?.startsWith('ledger.csv row 55556: “broken” is no time;')).toBe(true);
    expect(events.length).toBe(55_554);
  });

  it('a file that is not there, a folder, and a device', async () => {
    expect((await readPath('/dev/null')).error).toBe('null: it is a pipe or a device; save what it gives to a file.');
    const folder = mkdtempSync(join(tmpdir(), 'tickguard-ledger-'));
    expect((await readPath(join(folder, 'none.csv'))).error).toBe('none.csv: there is no such file.');
    expect((await readPath(folder)).error).toMatch(/^tickguard-ledger-\w+: it is a folder; name a file in it\.$/);
    rmSync(folder, { recursive: true });
  });
});
