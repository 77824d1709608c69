import { describe, expect, it } from 'vitest';
import { ms, readLedger } from '../../support/ledger.ts';

const HEADER = 'Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,Account,Connection,';
const NY = { tz: 'America/New_York' } as const;

describe('NinjaTrader 8, executions', () => {
  it('reads the American form: the newest on top, a comma at the end, an id once', async () => {
    const { format, title, events, notes, error } = await readLedger([
      HEADER,
      'MNQ 12-26,BuyToCover,1,21010.25,9/16/2026 10:02:00 AM,x4,Exit,-,o4,Stop1,$0.52,1,PA-1,Rithmic,',
      'MNQ 12-26,SellShort,1,21000.00,9/16/2026 10:00:00 AM,x3,Entry,1 S,o3,Short,$0.52,1,PA-1,Rithmic,',
      'MNQ 12-26,Sell,2,21005.75,9/16/2026 9:31:02 AM,x2,X,-,o2,Target1,$1.04,1,PA-1,Rithmic,',
      'MNQ 12-26,Buy,2,21000.25,9/16/2026 9:31:02 AM,x1,E,2 L,o1,Entry,$1.04,1,PA-1,Rithmic,',
      'MNQ 12-26,Buy,2,21000.25,9/16/2026 9:31:02 AM,x1,E,2 L,o1,Entry,$1.04,1,PA-1,Rithmic,',
    ].join('\r\n'), NY);
    expect(error).toBeUndefined();
    expect([format, title]).toEqual(['ninjatrader-executions', 'NinjaTrader 8, executions']);
    expect(events).toEqual([
      { kind: 'fill', at: ms('2026-09-16T13:31:02Z'), row: 5, instrument: 'MNQ 12-26', side: 'buy', quantity: '2', price: '21000.25', costs: 104, id: 'x1', order: 'o1', tag: 'Entry' },
      { kind: 'fill', at: ms('2026-09-16T13:31:02Z'), row: 4, instrument: 'MNQ 12-26', side: 'sell', quantity: '2', price: '21005.75', costs: 104, id: 'x2', order: 'o2', tag: 'Target1' },
      { kind: 'fill', at: ms('2026-09-16T14:00:00Z'), row: 3, instrument: 'MNQ 12-26', side: 'sell', quantity: '1', price: '21000.00', costs: 52, id: 'x3', order: 'o3', tag: 'Short' },
      { kind: 'fill', at: ms('2026-09-16T14:02:00Z'), row: 2, instrument: 'MNQ 12-26', side: 'buy', quantity: '1', price: '21010.25', costs: 52, id: 'x4', order: 'o4', tag: 'Stop1' },
    ]);
    expect(notes).toEqual({ events: 4, duplicates: 1, unusable: 0, rounded: 0, said: [] });
  });

  it.each([
    ['French', 'MNQ 12-26;Buy;2;21000,25;16/09/2026 15:31:02;x1;Entry;2 L;o1;Entry;1 250,50 $;1;PA-1;Rithmic;', 'Europe/Paris', 125_050],
    ['German', 'MNQ 12-26;Buy;2;21000,25;16.09.2026 15:31:02;x1;Entry;2 L;o1;Entry;1.250,50 $;1;PA-1;Rithmic;', 'Europe/Berlin', 125_050],
    ['English in Britain', 'MNQ 12-26;Buy;2;21000.25;16/09/2026 14:31:02;x1;Entry;2 L;o1;Entry;1,250.50;1;PA-1;Rithmic;', 'Europe/London', 125_050],
  ])('reads the %s form', async (_name, row, tz, costs) => {
    const { events, error } = await readLedger(`${HEADER.replaceAll(',', ';')}\n${row}\n`, { tz });
    expect(error).toBeUndefined();
    expect(events).toEqual([{ kind: 'fill', at: ms('2026-09-16T13:31:02Z'), row: 2, instrument: 'MNQ 12-26', side: 'buy', quantity: '2', price: '21000.25', costs, id: 'x1', order: 'o1', tag: 'Entry' }]);
  });

  it('says that no commission is set, and keeps every fill without an id', async () => {
    const { events, notes } = await readLedger(`${HEADER}\n${'ES 12-26,Buy,1,6800.00,2026-09-16 09:31:02,,Entry,1 L,,,$0.00,1,Sim101,Live,\n'.repeat(2)}`, NY);
    expect(events.length).toBe(2);
    expect(notes?.said).toEqual(['Every commission is 0.00: no commission template is set for this account, so results are before costs.']);
  });

  it.each([
    ['ES 12-26,Buy,1,6800.00,3/2/2026 9:30:00 AM,x1,Entry,1 L,o1,Entry,$0.00,1,PA-1,Live,', 'ledger.csv row 2: “3/2/2026 9:30:00 AM” may be month/day or day/month, and no date in the file decides; write dates as 2026-03-02.'],
    ['ES 12-26,Hold,1,6800.00,3/20/2026 9:30:00 AM,x1,Entry,1 L,o1,Entry,$0.00,1,PA-1,Live,', 'ledger.csv row 2: “Hold” in Action is none of Buy, Sell, BuyToCover and SellShort.'],
    ['ES 12-26,Buy,0,6800.00,3/20/2026 9:30:00 AM,x1,Entry,1 L,o1,Entry,$0.00,1,PA-1,Live,', 'ledger.csv row 2: the quantity in “Quantity” is 0; it is more than nothing in every fill.'],
    ['ES 12-26,Buy,1,6800.00,3/20/2026 9:30:00 AM,x1,Entry,1 L,o1,Entry,"0,52 €",1,PA-1,Live,', 'ledger.csv: “6800.00” has a decimal point and “0,52 €” a decimal comma; write all numbers in one way.'],
  ])('refuses %s', async (row, error) => {
    expect((await readLedger(`${HEADER}\n${row}\n`, NY)).error).toBe(error);
  });
});
