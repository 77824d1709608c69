/** Instruments and closes from the tables of products and calendars. */
import { productOf } from '../../../core/time/products.ts';
import type { TradingCalendar } from '../../../core/time/calendar.ts';
import type { Closes, Instruments, InstrumentTerms } from './instruments.ts';
import { pointValueOf } from './point-values.ts';

/** `EUR/USD.SIM`: NautilusTrader's spelling of a pair, whose quantity is in units of the base currency. */
const UNITS = /^[A-Z]{3,5}\/([A-Z]{3,5})(?:\.|$)/;

/**
 * What is known of an instrument by its name in a ledger. `pointValues` are the user's own (`XYZ` → `12.5`), by name or root; they win.
 * Lots of spot currencies and of metals have no point value here: brokers' lots differ, and their ledgers bring the profit along.
 */
export function instrumentTerms(currency: string, pointValues: Readonly<Record<string, string>> = {}): Instruments {
  return (name) => {
    const product = productOf(name);
    const own = pointValues[name] ?? (product === undefined ? undefined : pointValues[product.root]);
    if (product === undefined) { return own === undefined ? undefined : { root: name, future: false, micro: false, pointValue: own }; }
    const { root, kind, microOf } = product;
    const base: InstrumentTerms = { root: microOf ?? root, future: kind === 'future', micro: microOf !== undefined };
    const quote = UNITS.exec(name)?.[1];
    const known = own ?? (kind === 'future' ? (currency === 'USD' ? pointValueOf(root) : undefined) : kind === 'equity' || quote === currency ? '1' : undefined);
    return { ...base, ...(known === undefined ? {} : { pointValue: known, currency }) };
  };
}

/** Early closes, and halts of holidays, of a calendar's products. */
export function calendarCloses(calendar: TradingCalendar): Closes {
  return {
    earlyCloses(root, date) {
      const product = productOf(root);
      return product === undefined ? [] : calendar.sessionsOf(product, date).flatMap((session) => (session.early ? session.intervals.at(-1)?.to ?? [] : []));
    },
  };
}
