/** `sessions PRODUCT`: when a product is open, day by day, and who says so. */
import * as z from 'zod';
import type { Outcome } from '../outcome.ts';
import { TradingCalendar } from '../time/calendar.ts';
import type { SaidBy, Session } from '../time/calendar.ts';
import { addDays, isDate, isWeekday } from '../time/dates.ts';
import { familyHours, HOURS_SOURCE } from '../time/hours.ts';
import type { DayKind } from '../time/hours.ts';
import { productOf } from '../time/products.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { sessionsText } from './sessions-text.ts';
import { settingsHere } from './settings.ts';

const DEFAULT_DAYS = 10;
const MOST_DAYS = 370;
/** Dates the calendar is tested for, and as far again. */
const [FIRST, LAST] = ['1998-01-01', '2060-12-31'] as const;

const sessionsInput = z.object({
  product: z.string().meta({ positional: true, value: 'product', description: 'Root or symbol: ES, MGCZ6, EURUSD, AAPL.NASDAQ' }),
  from: z.string().refine((text) => isDate(text) && text >= FIRST && text <= LAST, `must be a date such as 2026-11-23, from ${FIRST} to ${LAST}`).optional().meta({ value: 'DATE', description: 'First date; today without' }),
  days: z.number().int('must be a whole number').min(1, 'must be at least 1').max(MOST_DAYS, `must be at most ${MOST_DAYS}`).default(DEFAULT_DAYS)
    .meta({ value: 'N', description: `Calendar days to show (${DEFAULT_DAYS} without, at most ${MOST_DAYS})` }),
});

/** What `sessions` is asked. */
export type SessionsInput = z.output<typeof sessionsInput>;

/** The session that ends on one calendar date. Instants are ISO 8601 in UTC. */
export interface SessionDay {
  readonly date: string;
  readonly kind: DayKind;
  /** Trade date that what is traded in it belongs to. */
  readonly tradeDate: string;
  /** Absent where nothing is traded. */
  readonly opens?: string;
  readonly closes?: string;
  /** Rests between open and close. */
  readonly breaks: readonly { readonly from: string; readonly to: string }[];
  readonly early: boolean;
  readonly late: boolean;
  readonly name?: string;
  readonly said: SaidBy;
}

/** The days of a product. Saturdays and Sundays are left out where it rests on them. */
export interface SessionsReport {
  /** Its root: `ES`. */
  readonly product: string;
  /** Zone in which its hours are made. */
  readonly zone: string;
  readonly days: readonly SessionDay[];
  /** Where the table comes from, one sentence. */
  readonly source: string;
}

const sessionsOutput = z.object({
  product: z.string(), zone: z.string(), source: z.string(),
  days: z.array(z.object({
    date: z.string(), kind: z.enum(['regular', 'closed', 'halts', 'early']), tradeDate: z.string(), opens: z.string().optional(), closes: z.string().optional(),
    breaks: z.array(z.object({ from: z.string(), to: z.string() })), early: z.boolean(), late: z.boolean(), name: z.string().optional(),
    said: z.enum(['table', 'pattern', 'workspace']),
  })),
}) as z.ZodType<SessionsReport>;

/** The `sessions` operation. Errors: a product nobody knows, a broken `tickguard.json`. */
export const sessionsOperation = defineOperation<SessionsInput, SessionsReport>({
  id: 'sessions',
  summary: 'Show when a product is open, day by day: holidays, early closes, and who says so',
  words: ['sessions', 'calendar', 'holidays', 'early close', 'hours', 'trade date'],
  input: sessionsInput as unknown as z.ZodType<SessionsInput>,
  output: sessionsOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  text: sessionsText,
  run: showSessions,
});

async function showSessions({ product: symbol, from, days }: SessionsInput, context: OperationContext): Promise<Outcome<SessionsReport>> {
  // `BTC` alone may be the coin or the future; whoever asks for it here is told how each is written.
  const product = productOf(symbol);
  if (product === undefined) {
    const future = productOf(`/${symbol}`);
    const meant = future === undefined ? 'Write its root as the exchange has it (ES, GC, 6E), a pair (EURUSD, BTCUSDT) or a share with its venue (AAPL.NASDAQ)' : `Write /${future.root} for the future or ${future.root}USD for the coin`;
    return { ok: false, error: `There is no product ${symbol}. ${meant}.` };
  }
  const settings = await settingsHere(context);
  if (!settings.ok) { return settings; }
  const calendar = new TradingCalendar(settings.value.calendars());
  const { zone, weekends } = familyHours(product.family);
  const first = from ?? context.today;
  const dates = Array.from({ length: days }, (_, index) => addDays(first, index));
  const shown = dates.map((date) => calendar.session(product, date)).filter(({ date, intervals }) => weekends || intervals.length > 0 || isWeekday(date));
  return { ok: true, value: { product: product.root, zone, days: shown.map(dayOf), source: sourceLine() } };
}

function dayOf({ date, kind, tradeDate, intervals, early, late, name, said }: Session): SessionDay {
  const [first, last] = [intervals[0], intervals.at(-1)];
  const breaks = intervals.slice(1).map(({ from }, index) => ({ from: iso(intervals[index]?.to ?? from), to: iso(from) }));
  return {
    date, kind, tradeDate, ...(first === undefined || last === undefined ? {} : { opens: iso(first.from), closes: iso(last.to) }),
    breaks, early, late, ...(name === undefined ? {} : { name }), said,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

function sourceLine(): string {
  const { repository, date, licence } = HOURS_SOURCE;
  return `Hours, holidays and early closes tabulated from ${repository} of ${date} (${licence}); years beyond it follow the pattern of the last one.`;
}
