/** How long until an account has to be flat. */
import { TradingCalendar } from '../core/time/calendar.ts';
import type { FirmDeadline } from '../core/time/calendar.ts';
import { timeOf } from '../core/time/dates.ts';
import { productOf } from '../core/time/products.ts';
import { deadlineInstant, nextTradeDate, tradeDate } from '../core/time/session.ts';
import { wallTime } from '../core/time/zone.ts';
import type { AccountConfig } from '../core/workspace/config.ts';

const MINUTE_MS = 60_000;

/**
 * Whole minutes from `now` (an instant in ms) to the next time the clocks of `zone` show `time` (`HH:MM`) on a trade
 * date; between the deadline and the next session's start that is the next session's. Rounded down: the last minute is 0.
 */
export function minutesToFlat(now: number, time: string, zone: string): number {
  const today = tradeDate(now);
  const deadline = deadlineInstant(today, time, zone);
  const next = deadline > now ? deadline : deadlineInstant(nextTradeDate(today), time, zone);
  return Math.floor((next - now) / MINUTE_MS);
}

/** The next time an account has to be flat. */
export interface NextFlat {
  /** Whole minutes until then, rounded down. */
  readonly minutes: number;
  /** `HH:MM` on the clocks of the deadline's zone. */
  readonly time: string;
  /** The product that stops before the firm's deadline; absent where the firm's own time comes first. */
  readonly closes?: { readonly product: string; readonly early: boolean };
}

/**
 * The next time by which the first of an account's products has to be flat: the firm's deadline, or the close of a product where that
 * comes before it, today's early close included. Products nobody knows have no say; without any the firm's deadline holds alone.
 */
export function nextFlat(now: number, deadline: FirmDeadline, { products, calendars }: Pick<AccountConfig, 'products' | 'calendars'>): NextFlat {
  const calendar = new TradingCalendar(calendars);
  // Prop firms sell futures: `BTC` in an account is the future.
  const known = products.flatMap((symbol) => productOf(symbol) ?? productOf(`/${symbol}`) ?? []);
  const times = known.map((product) => ({ product: product.root, ...calendar.nextFlat(product, now, deadline) })).sort((a, b) => a.instant - b.instant);
  const [first] = times;
  if (first === undefined) return { minutes: minutesToFlat(now, deadline.time, deadline.zone), time: deadline.time };
  const minutes = Math.floor((first.instant - now) / MINUTE_MS);
  if (first.by === 'firm') return { minutes, time: deadline.time };
  const { hour, minute } = wallTime(first.instant, deadline.zone);
  return { minutes, time: timeOf(hour * 60 + minute), closes: { product: first.product, early: first.early } };
}
