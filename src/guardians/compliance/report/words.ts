/** How the reports of a replay word things. */
import { moneyText, percentText, ratio } from '../packs/money.ts';
import { clockText, momentText } from '../replay/clock-text.ts';
import type { Incident, IncidentKind } from '../replay/incident.ts';
import type { ConsistencyStanding, PayoutStanding } from '../replay/consistency-watch.ts';
import type { BookReport, DayRecord } from '../replay/report.ts';
import type { TradeOrigin } from '../operations/autopsy.ts';
import type { LedgerInput, ReplayReport } from '../operations/replay.ts';

const KINDS: Readonly<Record<IncidentKind, string>> = {
  floor: 'drawdown', 'floor-touched': 'drawdown', 'daily-loss': 'daily loss', 'traded-while-paused': 'daily loss', deadline: 'flat deadline', 'deadline-grace': 'flat deadline',
  'opened-late': 'flat deadline', 'working-order': 'working order', contracts: 'contracts', 'open-loss': 'open loss', consistency: 'consistency', stuck: 'stuck',
};

/** What a rule is called: `drawdown`, `flat deadline`. */
export function ruleWord({ kind, layer }: Incident): string {
  return layer === 'house' && kind !== 'stuck' ? `${KINDS[kind]} (own limit)` : KINDS[kind];
}

/** `account apex-1: Apex Trader Funding 4.0, intraday trailing, evaluation, 50,000 USD, rithmic`. */
export function subjectText({ account, title, phase, size, currency, vendor, pack }: ReplayReport): string {
  const parts = [title, ...(pack === 'house' ? [] : [phase]), `${moneyText(size)} ${currency}`, ...(vendor === undefined ? [] : [vendor])].join(', ');
  return account === undefined ? parts : `account ${account}: ${parts}`;
}

/** `2026-03-02 09:31:04 to 2026-03-27 16:58:10 New York`. */
export function spanText({ result, zone }: ReplayReport): string {
  const { from, to } = result;
  return from === undefined || to === undefined ? 'nothing' : `${momentText(from, zone)} to ${momentText(to, zone)} ${city(zone)}`;
}

/** `New York` of `America/New_York`. */
export function city(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** One sentence: how it ended. */
export function verdictText({ verdict, result }: ReplayReport): string {
  const firm = result.books[0];
  const count = (outcome: Incident['outcome']): number => result.books.reduce((sum, book) => sum + book.incidents.filter((one) => one.outcome === outcome).length, 0);
  if (verdict === 'lost') { return firm?.end === undefined ? 'The account was lost, and began anew after it.' : `The account was lost on ${firm.end.tradeDate}.`; }
  const parts = [[count('violation'), 'rule broken', 'rules broken'], [count('paused'), 'pause', 'pauses'], [count('warning'), 'warning', 'warnings']] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, one, many]) => `${String(number)} ${number === 1 ? one : many}`);
  return said.length === 0 ? 'Every rule that was judged was kept.' : `The account lives: ${said.join(', ')}.`;
}

/** The weightiest first, then by time. */
export function byWeight(a: Incident, b: Incident): number {
  return WEIGHTS.indexOf(a.outcome) - WEIGHTS.indexOf(b.outcome) || a.at - b.at;
}

const WEIGHTS: readonly Incident['outcome'][] = ['lost', 'violation', 'paused', 'warning', 'note'];

/** `2 MESM6 long since …` is worth a line where a position made it. */
export function tradesText({ trades }: Incident, zone: string): string | undefined {
  if (trades.length === 0) { return undefined; }
  const shown = trades.slice(0, 3).map(({ instrument, side, openedAt, closedAt, rows, tag, strategy, order }) => {
    const by = [strategy, tag, order === undefined ? undefined : `order ${order}`].filter((part) => part !== undefined).join(', ');
    return `${instrument} ${side} ${closedAt === undefined ? `since ${momentText(openedAt, zone)}` : `from ${momentText(openedAt, zone)} to ${clockText(closedAt, zone)}`} (${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${by === '' ? '' : `; ${by}`})`;
  });
  return `${trades[0]?.closedAt === undefined ? 'open' : 'closed last'}: ${shown.join('; ')}${trades.length > shown.length ? ` and ${String(trades.length - shown.length)} more` : ''}`;
}

/** What else there is to know of the end of an account: what a wrong floor would have shown, the line that traded, and what stands before it. */
export function autopsyText({ end, closedRoomAtEnd }: BookReport, origin?: TradeOrigin): readonly string[] {
  if (end === undefined) { return []; }
  return [
    ...(closedRoomAtEnd !== undefined && closedRoomAtEnd > 0 && end.limit !== undefined && end.kind !== 'daily-loss'
      ? [`A floor under closed balances alone would have shown ${moneyText(closedRoomAtEnd)} of room at that moment.`] : []),
    ...(end.insideBar ? ['It happened inside a bar, whose best price was taken before its worst: the order is not known.'] : []),
    ...(origin === undefined ? [] : originText(origin)),
  ];
}

function originText({ file, line, symbol, call, by, others, commit, guards }: TradeOrigin): readonly string[] {
  const missing = Object.entries(guards).flatMap(([kind, state]) => (state === 'guarded' ? [] : [state === 'missing' ? kindWord(kind) : `${kindWord(kind)} (${state})`]));
  return [
    `Placed by ${file}:${String(line)} ${call} in ${symbol === '' ? 'the module' : symbol}, told by its ${by}${others === 0 ? '' : ` (or one of ${String(others)} more there)`}${commit === undefined ? '' : `; last changed ${commit.date} in ${commit.id}, “${commit.subject}”`}.`,
    missing.length === 0 ? 'Every kind of guard stands before it.' : `Missing before it: ${missing.join(', ')}.`,
  ];
}

/** `kill switch` of `killSwitch`. */
function kindWord(kind: string): string {
  return kind.replace(/[A-Z-]/g, (sign) => (sign === '-' ? ' ' : ` ${sign.toLowerCase()}`));
}

/** Consistency as it stands where the ledger ends. */
export function consistencyText({ state, best, total, of, needed }: ConsistencyStanding): string {
  if (best === undefined) { return `Consistency: no winning day yet (profit ${moneyText(total)}).`; }
  if (state === 'no-profit') { return `Consistency: not eligible, there is no profit (${moneyText(total)}); the best day ${best.tradeDate} made ${moneyText(best.net)} and needs ${moneyText(needed ?? 0)} in all.`; }
  const share = `best day ${best.tradeDate} made ${moneyText(best.net)} of ${moneyText(of)}, ${percentText(ratio(best.net * 100, of))} %`;
  return state === 'passes' ? `Consistency: passes; ${share}.` : `Consistency: does not pass; ${share}. It passes from a profit of ${moneyText(needed ?? 0)} on.`;
}

/** What a payout still asks for. */
export function payoutText({ qualifyingDays, qualifyingDaysNeeded, tradingDays, tradingDaysNeeded, minimumBalance, balance, eligible }: PayoutStanding): string {
  const parts = [
    `${String(qualifyingDays)} of ${String(qualifyingDaysNeeded)} qualifying days`,
    ...(tradingDaysNeeded === undefined ? [] : [`${String(tradingDays)} of ${String(tradingDaysNeeded)} trading days`]),
    ...(minimumBalance === undefined ? [] : [`balance ${moneyText(balance)} of ${moneyText(minimumBalance)} asked for`]),
  ];
  return `Payout: ${eligible ? 'everything known is fulfilled' : 'not yet'}; ${parts.join(', ')}.`;
}

/** `fills.csv (NinjaTrader 8, executions): 412 events, 3 duplicates left out`. */
export function inputText({ file, title, events, duplicates, unusable, rounded }: LedgerInput): string {
  const extra = [
    ...counted(duplicates, 'duplicate left out', 'duplicates left out'), ...counted(unusable, 'row without a usable number left out', 'rows without a usable number left out'),
    ...counted(rounded, 'amount with parts of a cent taken to the nearest', 'amounts with parts of a cent taken to the nearest'),
  ];
  return `${file} (${title}): ${[`${events.toLocaleString('en-US')} ${events === 1 ? 'event' : 'events'}`, ...extra].join(', ')}`;
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${String(count)} ${count === 1 ? one : many}`];
}

/** Columns of the table of days. */
export const DAY_COLUMNS = ['Trade date', 'Net', 'Close', 'Lowest equity', 'Floor', 'Least room', 'Day’s loss', 'Contracts', ''] as const;

/** A day as a row of that table. */
export function dayRow(day: DayRecord): readonly string[] {
  const { tradeDate, net, closeBalance, lowEquity, floor, room, worstLoss, dailyLossLimit, contractsHeld, contractsAllowed, level, afterEnd } = day;
  return [
    tradeDate, moneyText(net), moneyText(closeBalance), moneyText(lowEquity), floor === undefined ? '' : moneyText(floor), room === undefined ? '' : moneyText(room.room),
    worstLoss === undefined ? '' : `${moneyText(worstLoss)}${dailyLossLimit === undefined ? '' : ` of ${moneyText(dailyLossLimit)}`}`,
    contractsHeld === undefined ? '' : `${contractsHeld}${contractsAllowed === undefined ? '' : ` of ${String(contractsAllowed)}`}`,
    afterEnd ? 'after the end' : level === 'normal' ? '' : level,
  ];
}
