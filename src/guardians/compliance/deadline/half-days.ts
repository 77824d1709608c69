/** Does code look at the exchange's calendar? Then a cut-off beside it may be for ordinary days alone, and what happens on a half-day is decided elsewhere. */
import { isScript } from '../../../core/source/languages.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { isPolicy } from '../limits/policy.ts';

/** Topic of the facts by which files tell each other that the project knows half-days. */
export const HALF_DAYS_TOPIC = 'half-days';

/** The languages that share a calendar: a bot in one cannot call a helper in another. */
export type CalendarGroup = 'python' | 'script' | 'mql5';

const GROUPS: readonly CalendarGroup[] = ['python', 'script', 'mql5'];

/**
 * Words of code that knows days on which an exchange stops early: its own table (`HOLIDAYS`, `early_closes`), a package of calendars
 * (pandas_market_calendars, exchange_calendars), or the broker's answer (`next_close` of Alpaca, `liquidHours` of Interactive Brokers,
 * `SymbolInfoSessionTrade` of MetaTrader).
 */
const CALENDAR_WORDS = /holiday|half_?day|early_?clos|short(?:ened)?_?(?:day|session)|(?:market|exchange|trading|session|business)_?calendar|get_?calendar|next_?close\b|get_?market_?hours|(?:trading|liquid)_?hours|valid_?(?:trading_?)?days|SymbolInfoSession(?:Trade|Quote)/gi;
/** Most places in comments that are passed over. */
const MAX_PASSED = 200;

/** The first place at which a file names an exchange's calendar outside its comments. What a policy says of trading days no bot reads. */
export function calendarWord(model: SourceModel): Span | undefined {
  if (isPolicy(model.path)) { return undefined; }
  let passed = 0;
  for (const match of model.source.text.matchAll(CALENDAR_WORDS)) {
    const at = { start: match.index, end: match.index + match[0].length };
    if (!model.comments.some((comment) => comment.start <= at.start && at.end <= comment.end)) { return at; }
    passed += 1;
    if (passed >= MAX_PASSED) { return undefined; }
  }
  return undefined;
}

/** The group of a file's language; undefined for settings, which any bot may read. */
export function calendarGroup({ language }: SourceModel): CalendarGroup | undefined {
  if (language === 'mql5') { return 'mql5'; }
  return isScript(language) ? 'script' : language === 'python' || language === 'notebook' ? 'python' : undefined;
}

/** Whom a calendar in this file serves: code of its language, or any code where it is a file of settings. */
export function servedBy(model: SourceModel): readonly CalendarGroup[] {
  const group = calendarGroup(model);
  return group === undefined ? GROUPS : [group];
}
