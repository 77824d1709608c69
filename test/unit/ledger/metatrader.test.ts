import { describe, expect, it } from 'vitest';
import { ms, readLedger, utf16 } from '../../support/ledger.ts';

const SERVER = { tz: 'America/New_York+7h' } as const;
const COLUMNS = ['Time', 'Deal', 'Symbol', 'Type', 'Direction', 'Volume', 'Price', 'Order', 'Commission', 'Fee', 'Swap', 'Profit', 'Balance', 'Comment'];
/** A month of one account: the deposit it began with, a trade kept overnight, a reversal, a correction, a payout, a later deposit. */
const DEALS = [
  ['2026.03.02 01:00:00', '1', '', 'balance', '', '', '', '', '0.00', '0.00', '0.00', '100 000.00', '100 000.00', 'Initial deposit'],
  ['2026.03.02 16:30:12', '2', 'EURUSD', 'buy', 'in', '0.50', '1.08512', '7', '-1.50', '0.00', '0.00', '0.00', '99 998.50', 'saw'],
  ['2026.03.03 16:31:00', '3', 'EURUSD', 'sell', 'in/out', '1.00', '1.08400', '8', '-3.00', '-0.10', '-2.35', '-56.00', '99 937.05', '[sl 1.08400]'],
  ['2026.03.03 16:40:00', '4', 'EURUSD', 'buy', 'out', '0.50', '1.08300', '9', '0.00', '0.00', '0.75', '50.00', '99 987.80', ''],
  ['2026.03.04 00:00:00', '5', '', 'correction', '', '', '', '', '0.00', '0.00', '0.00', '0.20', '99 988.00', ''],
  ['2026.03.05 00:00:00', '6', '', 'commission daily', '', '', '', '', '0.00', '0.00', '0.00', '-4.00', '99 984.00', ''],
  ['2026.03.06 00:00:00', '7', '', 'balance', '', '', '', '', '0.00', '0.00', '0.00', '-1 500.00', '98 484.00', 'Payout #12'],
  ['2026.03.06 00:00:00', '8', '', 'credit', '', '', '', '', '0.00', '0.00', '0.00', '500.00', '98 484.00', 'bonus'],
  ['2026.03.09 00:00:00', '9', '', 'balance', '', '', '', '', '0.00', '0.00', '0.00', '-100.00', '98 384.00', 'W/D'],
];
const TOTALS = ['', '', '', '', '', '', '', '', '-4.50', '-0.10', '-1.60', '98 990.20', '98 384.00', ''];

const EVENTS = (firstRow: number): object[] => [
  { kind: 'mark', at: ms('2026-03-01T23:00:00Z'), row: firstRow, equity: 10_000_000, balance: 10_000_000 },
  { kind: 'fill', at: ms('2026-03-02T14:30:12Z'), row: firstRow + 1, instrument: 'EURUSD', side: 'buy', quantity: '0.50', price: '1.08512', realized: 0, costs: 150, balance: 9_999_850, id: '2', order: '7', tag: 'saw' },
  { kind: 'fill', at: ms('2026-03-03T14:31:00Z'), row: firstRow + 2, instrument: 'EURUSD', side: 'sell', quantity: '1.00', price: '1.08400', realized: -5600, costs: 545, balance: 9_993_705, id: '3', order: '8', tag: '[sl 1.08400]' },
  { kind: 'fill', at: ms('2026-03-03T14:40:00Z'), row: firstRow + 3, instrument: 'EURUSD', side: 'buy', quantity: '0.50', price: '1.08300', realized: 5000, costs: -75, balance: 9_998_780, id: '4', order: '9' },
  { kind: 'cash', at: ms('2026-03-03T22:00:00Z'), row: firstRow + 4, what: 'fee', amount: -20 },
  { kind: 'cash', at: ms('2026-03-04T22:00:00Z'), row: firstRow + 5, what: 'fee', amount: 400 },
  { kind: 'cash', at: ms('2026-03-05T22:00:00Z'), row: firstRow + 6, what: 'payout', amount: 150_000 },
  { kind: 'cash', at: ms('2026-03-05T22:00:00Z'), row: firstRow + 7, what: 'deposit', amount: 50_000 },
  { kind: 'cash', at: ms('2026-03-08T21:00:00Z'), row: firstRow + 8, what: 'withdrawal', amount: 10_000 },
];
const SAID = ['Deals have no equity: open profit and loss between them is not in the file.', 'The first deposit, 100,000, is taken for what the account began with.'];

const csv = (rows: readonly (readonly string[])[]): string => [COLUMNS, ...rows].map((cells) => cells.join(';')).join('\r\n');
const tr = (cells: readonly string[]): string => `<tr align="right">${cells.map((cell) => `<td nowrap>${cell.replaceAll(' ', '&nbsp;')}</td>`).join('')}</tr>\n`;
const page = (rows: readonly (readonly string[])[], end = '</table>\n</div></body></html>\n', account = '12345678&nbsp;(USD,&nbsp;Desk-Server,&nbsp;real,&nbsp;Hedge)'): string =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<html><head><title>Report</title></head>\n<body><div align="center">\n<table cellspacing="1">\n`
  + `<tr align="left"><th colspan="4">Account:</th><th colspan="10"><b>${account}</b></th></tr>\n<tr><th colspan="14"><div><b>Positions</b></div></th></tr>\n`
  + `<tr bgcolor="#E5F0FC"><td><b>Time</b></td><td><b>Position</b></td><td><b>Symbol</b></td><td><b>Type</b></td></tr>\n${tr(['2026.03.02 16:30:12', '2', 'EURUSD', 'buy'])}`
  + `<tr><th colspan="14"><div style="font: 10pt Tahoma"><b>Deals</b></div></th></tr>\n<tr bgcolor="#E5F0FC">${COLUMNS.map((name) => `<td nowrap><b>${name}</b></td>`).join('')}</tr>\n`
  + `${rows.map(tr).join('')}${tr(TOTALS)}<tr align="left"><td><b>Balance:</b></td><td colspan="2">98&nbsp;384.00</td></tr>\n${end}`;
/** The line of the first deal in `page`. */
const FIRST = 11;

describe('MetaTrader 5', () => {
  it.each([['UTF-8', (text: string) => Buffer.from(text)], ['UTF-16', utf16]])('reads deals from CSV in %s', async (_name, encode) => {
    const { format, title, events, notes, error } = await readLedger(encode(csv([...DEALS, TOTALS])), SERVER);
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['mt5-csv', 'MetaTrader 5, deals (CSV)']);
    expect(events).toEqual(EVENTS(2));
    expect(notes).toEqual({ events: 9, duplicates: 0, unusable: 0, rounded: 0, said: SAID });
  });

  it.each([['UTF-8', (text: string) => Buffer.from(text)], ['UTF-16', utf16]])('reads the deals of an HTML report in %s', async (_name, encode) => {
    const { format, title, events, notes, error } = await readLedger(encode(page(DEALS)), { ...SERVER, name: 'ReportHistory.html' });
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['mt5-html', 'MetaTrader 5, report (HTML)']);
    expect(events).toEqual(EVENTS(FIRST));
    expect(notes).toEqual({ events: 9, duplicates: 0, unusable: 0, rounded: 0, said: SAID });
  });

  it('reads cells over several columns, entities, and line breaks in a cell', async () => {
    const deposit = '<tr><td>2026.03.02 01:00:00</td><td>1</td><td></td><td>balance</td><td colspan="4"></td><td>0.00</td><td>0.00</td><td>0.00</td><td>1&#160;000.00</td><td>1 000.00</td><td>A &amp; B<br>&lt;c&gt;</td></tr>\n';
    const trade = tr(['2026.03.02 16:30:12', '2', 'EURUSD', 'buy', 'in', '0.50', '1.08512', '7', '0.00', '0.00', '0.00', '0.00', '1 000.00', 'A &amp; B&#x41;']);
    const { events, error } = await readLedger(page([]).replace(tr(TOTALS), deposit + trade + tr(TOTALS)), SERVER);
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { kind: 'mark', at: ms('2026-03-01T23:00:00Z'), row: FIRST, equity: 100_000, balance: 100_000 },
      { kind: 'fill', at: ms('2026-03-02T14:30:12Z'), row: FIRST + 1, instrument: 'EURUSD', side: 'buy', quantity: '0.50', price: '1.08512', realized: 0, costs: 0, balance: 100_000, id: '2', order: '7', tag: 'A & BA' },
    ]);
  });

  it('reads the numbers of a terminal with decimal commas', async () => {
    const rows = DEALS.map((cells) => cells.map((cell, index) => (index >= 5 && index <= 12 ? cell.replace('.', ',') : cell)));
    const { events, error } = await readLedger(csv(rows), SERVER);
    expect(error).toBeUndefined();
    expect(events).toEqual(EVENTS(2));
  });

  it('takes a deposit for the beginning only where nothing came before it', async () => {
    const turned = await readLedger(csv([...DEALS].reverse()), SERVER);
    expect(turned.events).toEqual(EVENTS(2).map((event, index) => ({ ...event, row: 10 - index })));
    const late = await readLedger(csv([DEALS[1]!, ['2026.03.02 17:00:00', '5', ...DEALS[0]!.slice(2)]]), SERVER);
    expect(late.events.map((event) => event.kind)).toEqual(['fill', 'cash']);
    expect(late.notes?.said).toEqual(SAID.slice(0, 1));
  });

  it.each([
    ['a report that was cut off', page(DEALS, '').slice(0, -500), 'ReportHistory.html row 18: the page ends within its table; the file was cut off there: save the report once more.'],
    ['another currency', page(DEALS, undefined, '12345678&nbsp;(EUR,&nbsp;Desk-Server,&nbsp;real,&nbsp;Hedge)'), 'ReportHistory.html row 5: an amount in EUR, in a ledger in USD; a ledger has one currency: keep the rows of one, or name it with --currency.'],
    ['a page without deals', '<html><body><table><tr><td>Time</td></tr></table></body></html>', 'ReportHistory.html: this page has no table of deals (Time, Deal, Symbol, Type, Direction, …); in MetaTrader 5, set to English, save the report of the history or of the tester as HTML.'],
    ['a type in another language', page([['2026.03.02 01:00:00', '1', '', 'Saldo', '', '', '', '', '', '', '', '5.00', '5.00', '']]), 'ReportHistory.html row 11: “saldo” is no type of deal that is known; set MetaTrader’s language to English and save the report once more.'],
    ['a row that was cut off', csv([DEALS[0]!, DEALS[1]!.slice(0, 6)]), 'ReportHistory.html row 3: it has 6 of 14 columns; the file was cut off there: export it once more.'],
    ['a row that was cut off in its first cell', `${csv([DEALS[0]!])}\r\n2026.0`, 'ReportHistory.html row 3: it has 1 of 14 columns; the file was cut off there: export it once more.'],
    ['no deals', page([]), 'ReportHistory.html: nothing stands below its header; export it once more, with a longer range of dates.'],
  ])('refuses %s', async (_name, contents, error) => {
    expect((await readLedger(contents, { ...SERVER, name: 'ReportHistory.html' })).error).toBe(error);
  });
});
