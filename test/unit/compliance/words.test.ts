/** Names as the APX rules read them. */
import { describe, expect, test } from 'vitest';
import { closesPositions, deadlineName, saysCloseNow, wordsOf } from '../../../src/guardians/compliance/words.ts';
import { firmsIn, isAnotherFirms } from '../../../src/guardians/compliance/firms.ts';
import { isAccountSize, lossKind, nameUnit } from '../../../src/guardians/compliance/limits/meaning.ts';

describe('words', () => {
  test.each([
    ['maxDailyLossPct', 'max daily loss pct'], ['MAX_DD', 'max dd'], ['--max-drawdown', 'max drawdown'], ['maxDDPct', 'max dd pct'], ['flat_by_ET', 'flat by et'], ['', ''],
  ])('%s', (name, words) => { expect(wordsOf(name).join(' ')).toBe(words); });
});

describe('deadlines', () => {
  test.each([
    ['flatten_time', 'flat'], ['FLAT_BY', 'flat'], ['force_close_time', 'flat'], ['eod_close', 'flat'], ['positionCloseTime', 'flat'], ['square_off_at', 'flat'], ['hardExit', 'flat'],
    ['cutoff', 'end'], ['EOD', 'end'], ['deadline', 'end'], ['day_end_time', 'end'],
    ['close_hour', 'close'], ['exit_time', 'close'],
    ['no_new_trades', undefined], ['entry_cutoff', undefined], ['market_close', undefined], ['session_open', undefined], ['last_entry_time', undefined], ['rth_close', undefined],
    ['close', 'close'], ['close_price', undefined], ['report_deadline', undefined], ['log_cutoff', undefined], ['timeout', undefined], ['closest_strike', undefined],
  ] as const)('%s is %s', (name, meaning) => { expect(deadlineName(name)).toBe(meaning); });

  test('the keys above take the meaning away, or give it', () => {
    expect(deadlineName('cutoff', ['entries'])).toBeUndefined();
    expect(deadlineName('time', ['flatten'])).toBe('flat');
    expect(deadlineName('cutoff', ['session'])).toBe('end');
  });
});

describe('calls that close', () => {
  test.each(['flatten', 'close_all_positions', 'market_exit', 'liquidate_everything', 'squareOff', '_flatten_and_stop', 'exit_all', 'close_position', 'sell_all'])('%s does', (name) => {
    expect(closesPositions(name, undefined)).toBe(true);
  });
  test.each(['close', 'is_flat', 'should_flatten', 'get_position', 'close_connection', 'sys_exit', 'on_position_closed', 'log_exit_all', 'closest', 'exit'])('%s does not', (name) => {
    expect(closesPositions(name, undefined)).toBe(false);
  });
  test('close of a position', () => {
    expect(closesPositions('close', 'position')).toBe(true);
    expect(closesPositions('close', 'file')).toBe(false);
  });
  test.each([['past_cutoff', true], ['should_flatten', true], ['force_exit_all', true], ['is_eod', true], ['can_trade', false], ['before_cutoff', false], ['no_new_entries_cutoff', false]] as const)('%s says close: %s', (name, says) => {
    expect(saysCloseNow(name)).toBe(says);
  });
});

describe('limits', () => {
  test.each([
    ['max_drawdown_pct', 'drawdown'], ['MAX_DD', 'drawdown'], ['trailing_threshold', 'drawdown'], ['max_total_loss', 'drawdown'], ['maxAccountLoss', 'drawdown'],
    ['daily_loss_limit', 'dailyLoss'], ['max_loss_per_day', 'dailyLoss'], ['max_daily_drawdown', 'dailyLoss'], ['daily_stop_pct', 'dailyLoss'],
    ['dd_warn', undefined], ['max_loss_per_trade', undefined], ['drawdown', undefined], ['weekly_loss_limit', undefined], ['trailing_stop', undefined], ['max_drawdown_days', undefined], ['add_limit', undefined],
  ] as const)('%s is %s', (name, kind) => { expect(lossKind(name, [])).toBe(kind); });
  test('a section says it, and takes it away', () => {
    expect(lossKind('drawdown_pct', ['risk'])).toBe('drawdown');
    expect(lossKind('max_pct', ['drawdown'])).toBe('drawdown');
    expect(lossKind('limit', ['risk', 'daily_loss'])).toBe('dailyLoss');
    expect(lossKind('max_drawdown', ['backtest', 'results'])).toBeUndefined();
  });
  test.each([['max_dd_pct', 'percent'], ['max_dd_fraction', 'fraction'], ['max_dd_usd', 'money'], ['max_dd_ticks', 'points'], ['max_dd_bps', 'basis-points'], ['max_dd', undefined]] as const)('%s is in %s', (name, unit) => {
    expect(nameUnit(name)).toBe(unit);
  });
  test.each([['account_size', true], ['initialCapital', true], ['starting_balance', true], ['position_size', false], ['window_size', false], ['max_account_balance', false]] as const)('%s is a size: %s', (name, is) => {
    expect(isAccountSize(name)).toBe(is);
  });
});

describe('firms', () => {
  const apex = [{ id: 'a', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation' as const, products: [], code: [] }];
  test('by word and by words that belong together', () => {
    expect([...firmsIn(['FTMO', 'MyFundedFutures', 'plain'])]).toEqual(['ftmo', 'mffu']);
  });
  test('another firm only where the account\'s own is not named too', () => {
    expect(isAnotherFirms(['ftmo'], apex)).toBe(true);
    expect(isAnotherFirms(['ftmo', 'apex'], apex)).toBe(false);
    expect(isAnotherFirms(['risk'], apex)).toBe(false);
  });
});
