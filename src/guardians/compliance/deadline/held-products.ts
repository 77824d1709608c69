/** The products of an account, as a deadline needs them. */
import { TradingCalendar } from '../../../core/time/calendar.ts';
import { productOf } from '../../../core/time/products.ts';
import type { Product } from '../../../core/time/products.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import type { Schedule } from './proof.ts';

/** Calendars of accounts by what their file says of trading days: what they computed is kept, and goes with the account. */
const calendars = new WeakMap<AccountConfig, TradingCalendar>();
const NOBODYS = new TradingCalendar();

/** Products of an account that are known, each once. Prop firms sell futures: `BTC` in an account is the future. */
export function productsOf(account: AccountConfig | undefined): readonly Product[] {
  const known = (account?.products ?? []).flatMap((symbol) => productOf(symbol) ?? productOf(`/${symbol}`) ?? []);
  return known.filter((product, at) => known.findIndex(({ root }) => root === product.root) === at);
}

/** The trading days an account is held to. */
export function scheduleOf(account: AccountConfig | undefined, deadline: Schedule['deadline']): Schedule {
  return { calendar: calendarOf(account), products: productsOf(account), deadline };
}

function calendarOf(account: AccountConfig | undefined): TradingCalendar {
  if (account === undefined) { return NOBODYS; }
  const calendar = calendars.get(account) ?? new TradingCalendar(account.calendars);
  calendars.set(account, calendar);
  return calendar;
}
