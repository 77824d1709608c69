import { describe, expect, it } from 'vitest';
import { ms, readLedger } from '../../support/ledger.ts';

const NY = { tz: 'America/New_York' } as const;
const PERFORMANCE = 'symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp,duration';
const HISTORY = 'Position ID,Timestamp,Trade Date,Net Pos,Net Price,Bought,Avg. Buy,Sold,Avg. Sell,Account,Contract,Product,Product Description,_priceFormat,_priceFormatType,_tickSize,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,P/L,Currency,Bought Timestamp,Sold Timestamp';
const ORDERS = 'orderId,Account,Order ID,B/S,Contract,Product,Product Description,avgPrice,filledQty,Fill Time,lastCommandId,Status,_priceFormat,_priceFormatType,_tickSize,spreadDefinitionId,Version ID,Timestamp,Date,Quantity,Text,Type,Limit Price,Stop Price,decimalLimit,decimalStop,Filled Qty,Avg Fill Price,decimalFillAvg,Venue,Notional Value,Currency';
const FILLS = '_id,_orderId,_contractId,_timestamp,_tradeDate,_action,_qty,_price,_active,_accountId,Fill ID,Order ID,Timestamp,Date,Account,B/S,Quantity,Price,_priceFormat,_priceFormatType,_tickSize,Contract,Product,Product Description,commission';
const NO_FEES = 'This export has no fees: its profits are before costs.';
const CLOSED = 'It has closed trades only: a position that is still open, and what a trade was at its worst, are not in it.';

describe('Tradovate, Performance', () => {
  it('makes two fills of a pair, the later one with the profit', async () => {
    const { format, title, events, notes, error } = await readLedger([
      PERFORMANCE,
      'MESM6,-2,0,0.25,1002,1001,2,6801.00,6805.25,$42.50,03/02/2026 09:40:00,03/02/2026 09:31:05,8min 55sec',
      'MESM6,-2,0,0.25,1003,1004,5,6800.00,6784.00,"$(1,200.00)",03/03/2026 09:30:00,03/03/2026 09:45:10,15min 10sec',
      '',
    ].join('\n'), NY);
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['tradovate-performance', 'Tradovate, Performance']);
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-03-02T14:31:05Z'), row: 2, instrument: 'MESM6', side: 'sell', quantity: '2', price: '6805.25', id: '1001' },
      { kind: 'fill', at: ms('2026-03-02T14:40:00Z'), row: 2, instrument: 'MESM6', side: 'buy', quantity: '2', price: '6801.00', realized: 4250, id: '1002' },
      { kind: 'fill', at: ms('2026-03-03T14:30:00Z'), row: 3, instrument: 'MESM6', side: 'buy', quantity: '5', price: '6800.00', id: '1003' },
      { kind: 'fill', at: ms('2026-03-03T14:45:10Z'), row: 3, instrument: 'MESM6', side: 'sell', quantity: '5', price: '6784.00', realized: -120_000, id: '1004' },
    ]);
    expect(notes).toEqual({ events: 4, duplicates: 0, unusable: 0, rounded: 0, said: [NO_FEES, CLOSED] });
  });

  it('puts a fill together that was paired several times, and leaves a pair out that comes twice', async () => {
    const { events, notes } = await readLedger([
      PERFORMANCE,
      'NQZ6,-2,0,0.25,2002,2001,1,20990.00,21000.00,$200.00,10/05/2026 09:40:00,10/05/2026 09:30:00,10min',
      'NQZ6,-2,0,0.25,2003,2001,2,21010.00,21000.00,$(400.00),10/05/2026 09:45:00,10/05/2026 09:30:00,15min',
      'NQZ6,-2,0,0.25,2002,2001,1,20990.00,21000.00,$200.00,10/05/2026 09:40:00,10/05/2026 09:30:00,10min',
      '',
    ].join('\r\n'), NY);
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-10-05T13:30:00Z'), row: 2, instrument: 'NQZ6', side: 'sell', quantity: '3', price: '21000.00', id: '2001' },
      { kind: 'fill', at: ms('2026-10-05T13:40:00Z'), row: 2, instrument: 'NQZ6', side: 'buy', quantity: '1', price: '20990.00', realized: 20_000, id: '2002' },
      { kind: 'fill', at: ms('2026-10-05T13:45:00Z'), row: 3, instrument: 'NQZ6', side: 'buy', quantity: '2', price: '21010.00', realized: -40_000, id: '2003' },
    ]);
    expect(notes?.duplicates).toBe(1);
  });

  it('tells the order of a second by the ids, whatever their length', async () => {
    const { events } = await readLedger(`${PERFORMANCE}\nMES,-2,0,0.25,1000,999,1,6800.00,6801.00,$5.00,03/02/2026 09:30:00,03/02/2026 09:30:00,0sec\n`, NY);
    expect(events.map((event) => event.kind === 'fill' && [event.side, event.realized])).toEqual([['sell', undefined], ['buy', 500]]);
  });

  it('reads TradingView’s: milliseconds, fewer columns, no ids, names without a dash', async () => {
    const { events, error } = await readLedger('symbol,priceFormat,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp,duration\nCLK0,1,1,10.00,-37.63,-47630,1587394800000,1587409200000,4h\n');
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { kind: 'fill', at: 1_587_394_800_000, row: 2, instrument: 'CLK0', side: 'buy', quantity: '1', price: '10.00' },
      { kind: 'fill', at: 1_587_409_200_000, row: 2, instrument: 'CLK0', side: 'sell', quantity: '1', price: '-37.63', realized: -4_763_000 },
    ]);
  });

  it('asks for the clock', async () => {
    const { error } = await readLedger(`${PERFORMANCE}\nMES,-2,0,0.25,1,2,1,6800.00,6801.00,$5.00,03/02/2026 09:30:12,03/02/2026 09:31:00,48sec\n`);
    expect(error).toBe('ledger.csv row 2: “03/02/2026 09:30:12” has no zone; name the clock with --tz America/New_York (or America/New_York+7h for a server that is 7 h ahead of New York).');
  });
});

describe('Tradovate, Position History', () => {
  it('reads pairs with account and currency, the newest on top, empty rows between', async () => {
    const { format, events, notes, error } = await readLedger([
      HISTORY,
      '9,04/09/2026 17:14:44,2026-04-09,0,,1,21010.00,1,21000.00,PA-1,MNQM6,MNQ,Micro,-2,0,0.25,33,31,32,1,21010.00,21000.00,-20.00,USD,04/09/2026 11:00:00,04/09/2026 11:30:00',
      ',,,,,,,,,,,,,,,,,,,,,,,,,',
      '8,04/09/2026 17:14:44,2026-04-09,0,,2,21000.00,2,21005.00,PA-1,MNQM6,MNQ,Micro,-2,0,0.25,13,11,12,2,21000.00,21005.00,20.00,USD,04/09/2026 09:30:00,04/09/2026 09:40:00',
    ].join('\n'), NY);
    expect(error).toBeUndefined();
    expect(format).toBe('tradovate-position-history');
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-04-09T13:30:00Z'), row: 4, instrument: 'MNQM6', side: 'buy', quantity: '2', price: '21000.00', id: '11' },
      { kind: 'fill', at: ms('2026-04-09T13:40:00Z'), row: 4, instrument: 'MNQM6', side: 'sell', quantity: '2', price: '21005.00', realized: 2000, id: '12' },
      { kind: 'fill', at: ms('2026-04-09T15:00:00Z'), row: 2, instrument: 'MNQM6', side: 'buy', quantity: '1', price: '21010.00', id: '31' },
      { kind: 'fill', at: ms('2026-04-09T15:30:00Z'), row: 2, instrument: 'MNQM6', side: 'sell', quantity: '1', price: '21000.00', realized: -2000, id: '32' },
    ]);
    expect(notes).toEqual({ events: 4, duplicates: 0, unusable: 0, rounded: 0, said: [NO_FEES, CLOSED] });
  });
});

describe('Tradovate, Orders', () => {
  const row = (id: number, side: string, price: string, quantity: string, fill: string, status: string, changed: string, text = 'Chart'): string =>
    `${id},PA-1,${id}, ${side},MESM6,MES,Micro E-mini S&P 500,${price},${quantity},${fill},${id}, ${status},-2,0,0.25,,${id},${changed},3/2/26,2,${text}, Market,,,,,${quantity},${price},${price},,"68,000.00",USD`;

  it('makes a fill of every order that was filled, and says when a resting one worked', async () => {
    const { format, events, notes, error } = await readLedger([
      ORDERS,
      row(101, 'Buy', '6800.25', '2', '03/02/2026 09:30:00', 'Filled', '03/02/2026 09:30:00'),
      row(102, 'Sell', '6805.0', '1', '03/02/2026 09:36:34', 'Filled', '03/02/2026 09:30:01'),
      row(103, 'Sell', '', '', '', 'Canceled', '03/02/2026 09:35:02'),
      row(104, 'Sell', '4396.900000000001', '1', '03/02/2026 16:59:01', 'Filled', '03/02/2026 16:59:01', 'AutoLiq'),
      `"${row(105, 'Buy', '6800', '', '', 'Working', '03/02/2026 17:00:00').replaceAll('"', '""')}"`,
    ].join('\n'), NY);
    expect(error).toBeUndefined();
    expect(format).toBe('tradovate-orders');
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-03-02T14:30:00Z'), row: 2, instrument: 'MESM6', side: 'buy', quantity: '2', price: '6800.25', id: '101', order: '101', tag: 'Chart' },
      { kind: 'order', at: ms('2026-03-02T14:30:01Z'), row: 3, order: '102', instrument: 'MESM6', state: 'working' },
      { kind: 'fill', at: ms('2026-03-02T14:36:34Z'), row: 3, instrument: 'MESM6', side: 'sell', quantity: '1', price: '6805.0', id: '102', order: '102', tag: 'Chart' },
      { kind: 'order', at: ms('2026-03-02T14:36:34Z'), row: 3, order: '102', instrument: 'MESM6', state: 'done' },
      { kind: 'fill', at: ms('2026-03-02T21:59:01Z'), row: 5, instrument: 'MESM6', side: 'sell', quantity: '1', price: '4396.9', id: '104', order: '104', tag: 'AutoLiq', liquidation: true },
      { kind: 'order', at: ms('2026-03-02T22:00:00Z'), row: 6, order: '105', instrument: 'MESM6', state: 'working' },
    ]);
    expect(notes?.said).toEqual(['This export has no fees.', 'Of orders that were cancelled this export does not tell since when they worked; they are left out.']);
  });
});

describe('Tradovate, Fills', () => {
  it('takes the time in UTC and the commission', async () => {
    const { format, events, notes, error } = await readLedger([
      FILLS,
      '902,82,4399654,2026-09-14 14:36:34.443Z,2026-09-14,1,2,4396.900000000001,true,1000001,902,82,09/14/2026 10:36:34,9/14/26,PA-1, Sell,2,4396.9,-1,0,0.1,MGCZ6,MGC,E-Micro Gold,1.6',
      '901,81,4399654,2026-09-14 14:30:00.700Z,2026-09-14,0,2,4390.0,true,1000001,901,81,09/14/2026 10:30:00,9/14/26,PA-1, Buy,2,4390.0,-1,0,0.1,MGCZ6,MGC,E-Micro Gold,1.605',
      '901,81,4399654,2026-09-14 14:30:00.700Z,2026-09-14,0,2,4390.0,true,1000001,901,81,09/14/2026 10:30:00,9/14/26,PA-1, Buy,2,4390.0,-1,0,0.1,MGCZ6,MGC,E-Micro Gold,1.6',
    ].join('\n'));
    expect(error).toBeUndefined();
    expect(format).toBe('tradovate-fills');
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-09-14T14:30:00.700Z'), row: 3, instrument: 'MGCZ6', side: 'buy', quantity: '2', price: '4390.0', costs: 161, id: '901', order: '81' },
      { kind: 'fill', at: ms('2026-09-14T14:36:34.443Z'), row: 2, instrument: 'MGCZ6', side: 'sell', quantity: '2', price: '4396.9', costs: 160, id: '902', order: '82' },
    ]);
    expect(notes).toEqual({ events: 2, duplicates: 1, unusable: 0, rounded: 1, said: ['“commission” is taken for all costs of a fill; whether exchange fees are in it the export does not tell.'] });
  });
});
