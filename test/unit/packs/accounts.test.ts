import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountConfig } from '../../../src/core/workspace/config.ts';
import {
  DANGER_SHARE, HOUSE_LIMITS, limitsFor, strictestDailyLoss, strictestDeadline, strictestDrawdown, WARNING_SHARE,
} from '../../../src/guardians/compliance/accounts.ts';
import type { EffectiveLimits } from '../../../src/guardians/compliance/accounts.ts';
import { centsOf, compareRatio, moneyText, percentText, ratio, ratioOf, shareOf } from '../../../src/guardians/compliance/packs/money.ts';
import { packSchema } from '../../../src/guardians/compliance/packs/pack-schema.ts';
import type { Pack } from '../../../src/guardians/compliance/packs/pack-schema.ts';
import { findPack, listPacks } from '../../../src/guardians/compliance/packs/packs.ts';

const account = (changes: Partial<AccountConfig> = {}): AccountConfig => ({
  id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', products: [], code: ['**'], ...changes,
});
const limits = (changes: Partial<AccountConfig> = {}): EffectiveLimits => limitsFor([account(changes)], listPacks())[0] as EffectiveLimits;
const pack = (id: string): Pack => findPack(id) as Pack;
const folder = join(import.meta.dirname, '../../../src/guardians/compliance/packs');

describe('money', () => {
  test('decimals are read exactly', () => {
    expect([centsOf('2000'), centsOf(1999.99), centsOf('0.01'), centsOf('52.5')]).toEqual([200_000, 199_999, 1, 5250]);
    for (const text of ['0.001', '1e3', '', 'abc', '1,000', '--1', '1.', '9'.repeat(17)]) expect(centsOf(text), text).toBeUndefined();
    expect(ratioOf(0.1)).toEqual({ numerator: 1, denominator: 10 });
    expect(ratioOf('-2.50')).toEqual({ numerator: -5, denominator: 2 });
    expect(ratio(0, -5)).toEqual({ numerator: 0, denominator: 1 });
    expect(() => ratio(1, 0)).toThrow(/not a fraction/);
    expect(() => ratio(0.5, 1)).toThrow(/not a fraction/);
  });

  test('cents and text agree for any amount', () => {
    fc.assert(fc.property(fc.integer({ min: -1e11, max: 1e11 }), (cents) => centsOf(moneyText(cents).replaceAll(',', '')) === cents));
    expect([moneyText(200_000), moneyText(4_887_500), moneyText(123_456_789), moneyText(-5), moneyText(77_500)]).toEqual(['2,000', '48,875', '1,234,567.89', '-0.05', '775']);
  });

  test('a share is the largest whole number of cents that is not above it', () => {
    fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (cents, n, d) => {
      const share = shareOf(cents, ratio(n, d));
      expect(BigInt(share) * BigInt(d) <= BigInt(cents) * BigInt(n)).toBe(true);
      expect(BigInt(share + 1) * BigInt(d) > BigInt(cents) * BigInt(n)).toBe(true);
    }));
  });

  test('fractions are compared exactly', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1 }), fc.integer(), fc.integer({ min: 1 }), (a, b, c, d) => {
      const order = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
      expect(Math.sign(compareRatio(ratio(a, b), ratio(c, d)))).toBe(order < 0n ? -1 : order > 0n ? 1 : 0);
    }));
    expect([percentText(ratio(8, 3)), percentText(ratio(4, 1)), percentText(ratio(5, 8))]).toEqual(['2.67', '4', '0.63']);
  });
});

describe('packs', () => {
  test('every file in the folder is listed, named after its id, and fits the schema', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(listPacks().map((one) => `${one.id}.json`).sort());
    for (const file of files) expect(packSchema().safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8'))).error, file).toBeUndefined();
    expect(findPack('apex')).toBeUndefined();
  });

  test('every pack says where it was read, and when', () => {
    for (const one of listPacks()) {
      expect(one.evidence.length).toBeGreaterThan(0);
      for (const ban of one.bans) if (ban.evidence !== undefined) expect(one.evidence[ban.evidence], `${one.id} ${ban.what}`).toBeDefined();
      for (const { dateModified, seen } of one.evidence) if (dateModified !== 'unknown') expect(dateModified <= seen).toBe(true);
    }
  });

  test('Apex 4.0 intraday carries the published tables', () => {
    const apex = pack('apex-4.0-intraday');
    const column = (of: Record<string, unknown> | undefined) => apex.sizes.map((size) => of?.[String(size)]);
    const { evaluation, funded } = apex.phases;
    expect(column((evaluation?.drawdown.amount as { bySize: Record<string, string> }).bySize)).toEqual(['1000', '2000', '3000', '4000']);
    expect(column((evaluation?.target as { bySize: Record<string, string> }).bySize)).toEqual(['1500', '3000', '6000', '9000']);
    expect(evaluation).toMatchObject({ dailyLoss: null, consistency: null, maximumDays: 30 });
    const lock = evaluation?.drawdown.lock as { vendors: Record<string, { kind: string; floor?: { bySize: Record<string, string> } }> };
    expect(column(lock.vendors['rithmic']?.floor?.bySize)).toEqual(['26500', '53000', '106000', '159000']);
    expect(lock.vendors['tradovate']).toEqual({ kind: 'never' });
    expect(funded?.drawdown.lock).toEqual({ kind: 'start-plus', amount: '100' });
    expect(funded?.consistency).toMatchObject({ percent: '50', operator: 'below' });
    // The safety balance a payout asks for is start + drawdown + 100 + the least payout.
    for (const size of apex.sizes) {
      const drawdown = Number((funded?.drawdown.amount as { bySize: Record<string, string> }).bySize[String(size)]);
      expect(Number((funded?.payout?.minimumBalanceBySize as Record<string, string>)[String(size)])).toBe(size + drawdown + 100 + 500);
      expect((funded?.payout?.capsBySize as Record<string, string[]>)[String(size)]).toHaveLength(6);
    }
  });

  test('levels rise with the profit at the prior close', () => {
    const contracts = pack('apex-4.0-intraday').phases.funded?.contracts;
    const tiers = typeof contracts === 'object' ? contracts?.tiersBySize ?? {} : {};
    const levelAt = (size: string, profit: string) => (tiers[size] ?? []).filter((tier) => (centsOf(tier.fromProfit) ?? 0) <= (centsOf(profit) ?? 0)).at(-1)?.contracts;
    expect([levelAt('50000', '1499.99'), levelAt('50000', '1500')]).toEqual([2, 3]);
    for (const [size, rows] of Object.entries(tiers)) {
      const order = rows.map((row) => [centsOf(row.fromProfit) ?? -1, row.contracts ?? -1, centsOf(row.dailyLoss ?? '') ?? -1] as const);
      for (const [i, row] of order.entries()) if (i > 0) row.forEach((value, j) => expect(value, `${size} row ${i}`).toBeGreaterThanOrEqual(order[i - 1]?.[j] ?? 0));
      expect(rows[0]?.fromProfit).toBe('0');
    }
  });

  test('mistakes in a pack are refused', () => {
    const good = structuredClone(pack('apex-4.0-intraday')) as unknown as Record<string, never>;
    const broken = (change: (data: Record<string, any>) => void): string => { // eslint-disable-line @typescript-eslint/no-explicit-any -- breaks a pack on purpose
      const data = structuredClone(good);
      change(data);
      return packSchema().safeParse(data).error?.issues[0]?.message ?? 'no error';
    };
    expect(broken((data) => { delete data['phases'].evaluation.drawdown.amount.bySize['50000']; })).toBe('has no row for size 50000');
    expect(broken((data) => { data['session'].zone = 'New York'; })).toMatch(/IANA time zone/);
    expect(broken((data) => { data['session'].flatBy = '4:59'; })).not.toBe('no error');
    expect(broken((data) => { data['phases'].funded.drawdown.lock.amount = 100; })).not.toBe('no error');
    expect(broken((data) => { data['extra'] = 1; })).not.toBe('no error');
    expect(broken((data) => { data['effective'].from = '2026-02-30'; })).not.toBe('no error');
    expect(broken(() => undefined)).toBe('no error');
  });
});

describe('house limits', () => {
  test('hold where no account is chosen, and say so', () => {
    expect(limitsFor([], listPacks())).toEqual([HOUSE_LIMITS]);
    expect(HOUSE_LIMITS).toMatchObject({
      layer: 'house', label: 'house limit; no account chosen', overnight: false,
      drawdown: { percent: { numerator: 10, denominator: 1 }, kind: 'intraday-trailing', basis: 'equity', from: 'house' },
      deadline: { time: '16:59', zone: 'America/New_York' },
      consistency: { percent: { numerator: 30, denominator: 1 }, operator: 'at-most' },
    });
  });

  test('warning and danger are 80 % and 95 % of an allowance', () => {
    expect([shareOf(200_000, WARNING_SHARE), shareOf(200_000, DANGER_SHARE)]).toEqual([160_000, 190_000]);
  });
});

describe('limits of a pack', () => {
  test('Apex evaluation 50K', () => {
    expect(limits()).toMatchObject({
      account: 'apex-1', label: 'account apex-1', layer: 'firm', phase: 'evaluation', overnight: false, zone: 'America/New_York', dayStart: '18:00', looser: [],
      drawdown: { cents: 200_000, percent: { numerator: 4, denominator: 1 }, kind: 'intraday-trailing', basis: 'equity', breach: 'at-or-below', from: 'pack', layer: 'firm' },
      deadline: { time: '16:59', zone: 'America/New_York', graceSeconds: 60, from: 'pack', layer: 'firm' },
      contracts: { contracts: 6, highest: 6, microsPerMini: 10 },
    });
    expect(limits().dailyLoss).toBeUndefined();
    expect(limits().consistency).toBeUndefined();
    expect(limits().problem).toBeUndefined();
  });

  test('percent of size is exact', () => {
    expect(limits({ size: 150_000 }).drawdown?.percent).toEqual({ numerator: 8, denominator: 3 });
    expect(limits({ size: 25_000 }).drawdown).toMatchObject({ cents: 100_000, percent: { numerator: 4, denominator: 1 } });
  });

  test('Apex funded has levels: the lowest holds, the highest is known', () => {
    const funded = limits({ phase: 'funded' });
    expect(funded.dailyLoss).toMatchObject({ cents: 100_000, highestCents: 300_000, breach: 'pause' });
    expect(funded.contracts).toMatchObject({ contracts: 2, highest: 4 });
    expect(funded.consistency).toMatchObject({ percent: { numerator: 50, denominator: 1 }, operator: 'below' });
    expect(limits({ phase: 'live' }).dailyLoss).toEqual(funded.dailyLoss);
  });

  test('FTMO allows overnight, so nobody has to be flat', () => {
    const ftmo = limits({ pack: 'ftmo-2step', size: 200_000 });
    expect(ftmo).toMatchObject({
      overnight: true, zone: 'Europe/Prague', dayStart: '00:00',
      drawdown: { cents: 2_000_000, percent: { numerator: 10, denominator: 1 }, kind: 'static', breach: 'at-or-below' },
      dailyLoss: { cents: 1_000_000, breach: 'fail', resets: { at: '00:00', zone: 'Europe/Prague' } },
    });
    expect(ftmo.deadline).toBeUndefined();
    expect(ftmo.contracts).toBeUndefined();
    expect(limits({ pack: 'ftmo-2step', size: 400_000 })).toMatchObject({ drawdown: { cents: 4_000_000 } });
    expect(limits({ pack: 'ftmo-2step', size: 400_000 }).problem).toBeUndefined();
  });

  test('what a pack does not know is read as the strictest', () => {
    const apex = pack('apex-4.0-intraday');
    const evaluation = apex.phases.evaluation as NonNullable<Pack['phases']['evaluation']>;
    const unknown: Pack = {
      ...apex,
      phases: { evaluation: {
        ...evaluation,
        drawdown: { ...evaluation.drawdown, kind: 'unknown', basis: 'unknown', breach: 'unknown', lock: 'unknown' },
        consistency: { percent: '40', operator: 'unknown', denominator: 'unknown', window: 'unknown', breach: 'unknown' },
        dailyLoss: 'unknown', contracts: 'unknown',
      } },
      session: { ...apex.session, overnight: 'unknown', flatBy: 'unknown' },
    };
    const [read] = limitsFor([account()], [packSchema().parse(unknown)]);
    expect(read).toMatchObject({
      overnight: false, drawdown: { kind: 'intraday-trailing', basis: 'equity', breach: 'at-or-below' }, consistency: { operator: 'below' }, deadline: { time: '16:59' },
    });
    expect(read?.dailyLoss).toBeUndefined();
  });

  test('a size the firm does not sell is read as the next smaller one, and said', () => {
    const odd = limits({ size: 200_000 });
    expect(odd.drawdown).toMatchObject({ cents: 400_000, percent: { numerator: 2, denominator: 1 } });
    expect(odd.problem).toBe('Account apex-1 has the size 200000, which apex-4.0-intraday does not have; it has 25000, 50000, 100000, 150000. Limits of 150000 are used.');
    expect(limits({ size: 1000 }).drawdown?.cents).toBe(100_000);
  });

  test('a pack that does not exist leaves the house limits, and is said', () => {
    const odd = limits({ pack: 'nope' });
    expect(odd).toMatchObject({ account: 'apex-1', label: 'account apex-1', layer: 'house', drawdown: { percent: { numerator: 10, denominator: 1 }, from: 'house' } });
    expect(odd.problem).toBe('Account apex-1 names the pack "nope", which does not exist. Known are apex-4.0-intraday, apex-4.0-eod, ftmo-2step, topstep, mffu, take-profit-trader, tradeify, apex-3.0, apex-legacy.');
  });
});

describe('limits the user wrote', () => {
  test('stricter ones hold, are the house\'s, and keep the firm\'s beside them', () => {
    const own = limits({ limits: { maxDrawdown: 1500, flatBy: '16:45', maxContracts: 3, consistencyPercent: 25, dailyLoss: 400 } });
    expect(own.drawdown).toMatchObject({ cents: 150_000, percent: { numerator: 3, denominator: 1 }, from: 'user', layer: 'house', firm: { cents: 200_000, layer: 'firm' } });
    expect(own.deadline).toMatchObject({ time: '16:45', from: 'user', layer: 'house', firm: { time: '16:59' } });
    expect(own.contracts).toMatchObject({ contracts: 3, from: 'user', firm: { contracts: 6 } });
    expect(own.consistency).toMatchObject({ percent: { numerator: 25, denominator: 1 }, from: 'user', layer: 'house' });
    expect(own.dailyLoss).toMatchObject({ cents: 40_000, from: 'user', layer: 'house' });
    expect(own.looser).toEqual([]);
  });

  test('looser ones do not hold and are kept for the rule that reports them', () => {
    const own = limits({ phase: 'funded', limits: { maxDrawdown: 5000, maxDrawdownPercent: 10, flatBy: '17:30', maxContracts: 20, consistencyPercent: 60, dailyLoss: 3000.5 } });
    expect(own.drawdown).toMatchObject({ cents: 200_000, from: 'pack' });
    expect(own.deadline).toMatchObject({ time: '16:59', from: 'pack' });
    expect(own.looser).toEqual([
      { limit: 'maxDrawdown', user: '5,000', pack: '2,000' },
      { limit: 'maxDrawdownPercent', user: '10 %', pack: '4 %' },
      { limit: 'dailyLoss', user: '3,000.50', pack: '3,000' },
      { limit: 'consistencyPercent', user: '60 %', pack: '50 %' },
      { limit: 'flatBy', user: '17:30', pack: '16:59' },
      { limit: 'maxContracts', user: '20', pack: '4' },
    ]);
  });

  test('a pack\'s deadline in Chicago is told in New York\'s time, in which the user\'s is written', () => {
    const chicago: Pack = { ...pack('apex-4.0-intraday'), id: 'chicago-1' };
    const packs = [{ ...chicago, session: { ...chicago.session, flatBy: '15:10', zone: 'America/Chicago' } }];
    const [own] = limitsFor([account({ pack: 'chicago-1', limits: { flatBy: '16:11' } })], packs);
    expect(own?.looser).toEqual([{ limit: 'flatBy', user: '16:11', pack: '16:10' }]);
    expect(limitsFor([account({ pack: 'chicago-1', limits: { flatBy: '16:10' } })], packs)[0]?.looser).toEqual([]);
  });

  test('equal ones change nothing', () => {
    expect(limits({ limits: { maxDrawdown: 2000, maxDrawdownPercent: 4, flatBy: '16:59', maxContracts: 6 } })).toEqual(limits());
  });

  test('of money and percent the smaller holds', () => {
    expect(limits({ limits: { maxDrawdown: 1500, maxDrawdownPercent: 2 } }).drawdown?.cents).toBe(100_000);
    expect(limits({ limits: { maxDrawdown: 500, maxDrawdownPercent: 2 } }).drawdown?.cents).toBe(50_000);
  });

  test('a time where the pack allows overnight is a deadline again, of the user\'s own', () => {
    expect(limits({ pack: 'ftmo-2step', limits: { flatBy: '16:00' } }).deadline).toEqual({ from: 'user', layer: 'house', time: '16:00', zone: 'America/New_York', graceSeconds: 0 });
  });

  test('whatever the user writes, nothing gets looser than the pack', () => {
    const money = fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100);
    const percent = fc.integer({ min: 1, max: 10_000 }).map((value) => value / 100);
    const any = fc.record({ maxDrawdown: money, maxDrawdownPercent: percent, dailyLoss: money, dailyLossPercent: percent, consistencyPercent: percent, maxContracts: fc.integer({ min: 1, max: 50 }) }, { requiredKeys: [] });
    fc.assert(fc.property(any, fc.constantFrom('evaluation' as const, 'funded' as const), fc.constantFrom('apex-4.0-intraday', 'ftmo-2step'), (own, phase, id) => {
      const [held, base] = [limits({ phase, pack: id, limits: own }), limits({ phase, pack: id })];
      expect(held.drawdown?.cents ?? 0).toBeLessThanOrEqual(base.drawdown?.cents ?? 0);
      if (base.dailyLoss?.cents !== undefined) expect(held.dailyLoss?.cents ?? Infinity).toBeLessThanOrEqual(base.dailyLoss.cents);
      if (base.consistency) expect(compareRatio(held.consistency?.percent ?? ratio(100, 1), base.consistency.percent)).toBeLessThanOrEqual(0);
      if (base.contracts) expect(held.contracts?.contracts).toBeLessThanOrEqual(base.contracts.contracts);
    }));
  });
});

describe('several accounts', () => {
  const all = limitsFor([account({ id: 'big', size: 150_000 }), account({ id: 'small', size: 25_000, phase: 'funded' }), account({ id: 'ftmo', pack: 'ftmo-2step', size: 10_000 })], listPacks());

  test('the strictest is named', () => {
    expect(strictestDrawdown(all)?.account).toBe('small');
    expect(strictestDailyLoss(all)?.account).toBe('small');
    expect(strictestDeadline(all)?.account).toBe('big');
    expect(strictestDeadline(all.slice(2))).toBeUndefined();
    expect(strictestDrawdown([HOUSE_LIMITS])).toBe(HOUSE_LIMITS);
    expect(strictestDrawdown([])).toBeUndefined();
  });

  test('deadlines of different zones are compared on the clock', () => {
    const chicago = { ...HOUSE_LIMITS, account: 'chicago', deadline: { ...HOUSE_LIMITS.deadline, time: '15:10', zone: 'America/Chicago', from: 'pack', layer: 'firm', graceSeconds: 0 } } as EffectiveLimits;
    expect(strictestDeadline([chicago, HOUSE_LIMITS])).toBe(chicago);
    expect(strictestDeadline([HOUSE_LIMITS, { ...chicago, deadline: { ...chicago.deadline, time: '16:00' } } as EffectiveLimits])).toBe(HOUSE_LIMITS);
  });
});
