/** Small ledgers for tests: events at New York times, and replays of a pack. */
import { deadlineInstant } from '../../../src/core/time/session.ts';
import type { AccountLimits } from '../../../src/core/workspace/config.ts';
import type { Cash, Fill, LedgerEvent, Mark, OrderState } from '../../../src/guardians/compliance/ledger/event.ts';
import { findPack } from '../../../src/guardians/compliance/packs/packs.ts';
import type { Incident } from '../../../src/guardians/compliance/replay/incident.ts';
import type { Closes, Instruments } from '../../../src/guardians/compliance/replay/instruments.ts';
import { calendarCloses } from '../../../src/guardians/compliance/replay/terms.ts';
import { type Product, productOf } from '../../../src/core/time/products.ts';
import { TradingCalendar } from '../../../src/core/time/calendar.ts';
import { Replay } from '../../../src/guardians/compliance/replay/replay.ts';
import type { BookReport, ReplayResult } from '../../../src/guardians/compliance/replay/report.ts';
import { ownRulebook, type RuledAccount, rulebookOf } from '../../../src/guardians/compliance/replay/rulebook.ts';

/** `2026-03-02 16:58:59.999` on New York's clocks. */
export function at(moment: string): number {
  const [date = '', time = '00:00:00'] = moment.split(' ');
  const [clock = '', ms = '0'] = time.split('.');
  const [hour = '0', minute = '0', second = '0'] = clock.split(':');
  return deadlineInstant(date, `${hour}:${minute}`) + Number(second) * 1000 + Number(ms.padEnd(3, '0'));
}

let row = 1;
const next = (): number => { row += 1; return row; };

export const mark = (moment: string, equity: number, balance?: number): Mark => ({
  kind: 'mark', at: at(moment), row: next(), equity: Math.round(equity * 100), balance: balance === undefined ? undefined : Math.round(balance * 100),
});
export const fill = (moment: string, side: 'buy' | 'sell', quantity: string, instrument: string, more: Partial<Fill> = {}): Fill => ({
  kind: 'fill', at: at(moment), row: next(), side, quantity, instrument, ...more,
});
export const cash = (moment: string, what: Cash['what'], amount = 0): Cash => ({ kind: 'cash', at: at(moment), row: next(), what, amount: Math.round(amount * 100) });
export const order = (moment: string, id: string, instrument: string, state: OrderState['state'] = 'working'): OrderState => ({ kind: 'order', at: at(moment), row: next(), order: id, instrument, state });

/** ES and NQ with their micros, EURUSD lots. */
export const instruments: Instruments = (name) => {
  const known: Record<string, ReturnType<Instruments>> = {
    ES: { root: 'ES', future: true, micro: false, pointValue: '50', currency: 'USD' }, MES: { root: 'ES', future: true, micro: true, pointValue: '5', currency: 'USD' },
    GC: { root: 'GC', future: true, micro: false, pointValue: '100', currency: 'USD' },
    NQ: { root: 'NQ', future: true, micro: false, pointValue: '20', currency: 'USD' }, EURUSD: { root: 'EURUSD', future: false, micro: false, pointValue: '100000', currency: 'USD' },
  };
  return known[name];
};
/** The calendar's own. */
const calendar = new TradingCalendar();
export const closes: Closes = calendarCloses(calendar);
const { holidays } = calendar.rule(productOf('ESZ6') as Product);

export interface Case { readonly pack: string; readonly limits?: AccountLimits; readonly account?: Partial<RuledAccount>; readonly startBalance?: number; readonly startPeak?: number }

/** A replay of a 50K account. */
export function replayed(of: Case, events: readonly LedgerEvent[]): ReplayResult {
  const pack = findPack(of.pack);
  if (pack === undefined) { throw new Error(`no pack ${of.pack}`); }
  const firm = rulebookOf(pack, { size: 50_000, phase: 'evaluation', ...of.account });
  const own = ownRulebook(firm, of.limits);
  const replay = new Replay({
    rulebooks: own === undefined ? [firm] : [firm, own], instruments, closes, ...(firm.exchangeDays && holidays !== undefined ? { holidays } : {}),
    ...(of.startBalance === undefined ? {} : { startBalance: of.startBalance * 100 }), ...(of.startPeak === undefined ? {} : { startPeak: of.startPeak * 100 }),
  });
  replay.feed(events);
  return replay.finish();
}

/** What the firm's rules said. */
export const firmOf = (result: ReplayResult): BookReport => result.books[0] as BookReport;
/** `kind outcome` of the incidents but notes, in order. */
export const told = (result: ReplayResult): readonly string[] => firmOf(result).incidents.filter((one) => one.outcome !== 'note').map((one: Incident) => `${one.kind} ${one.outcome}`);
