/** How long until an account has to be flat. */
import { deadlineInstant, nextTradeDate, tradeDate } from '../core/time/session.ts';

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
