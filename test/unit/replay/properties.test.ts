/** What holds for every rulebook of every pack: each size, phase and vendor is asked the same questions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEvent, Mark } from '../../../src/guardians/compliance/ledger/event.ts';
import { listPacks } from '../../../src/guardians/compliance/packs/packs.ts';
import { Replay } from '../../../src/guardians/compliance/replay/replay.ts';
import type { BookReport, ReplayResult } from '../../../src/guardians/compliance/replay/report.ts';
import { type FloorRule, type Rulebook, rulebookOf } from '../../../src/guardians/compliance/replay/rulebook.ts';
import { at, closes, instruments } from './support.ts';

/** Each rulebook once: where no rule hangs on the vendor, one stands for all. */
const rulebooks: readonly (readonly [string, Rulebook])[] = [...new Map(listPacks().flatMap((pack) => (['evaluation', 'funded', 'live'] as const)
  .filter((phase) => pack.phases[phase] !== undefined)
  .flatMap((phase) => [...pack.vendors, undefined].flatMap((vendor) => pack.sizes.map((size) => [
    `${pack.id} ${phase} ${String(size)} ${vendor ?? 'any vendor'}`, rulebookOf(pack, { size, phase, ...(vendor === undefined ? {} : { vendor }) }),
  ] as const)))).filter(([, book]) => book.floor !== undefined).map(([name, book]) => [JSON.stringify({ ...book, assumed: [] }), [name, book] as const] as const)).values()];

const FIRST = at('2026-03-02 09:00');
const DAY_MS = 86_400_000;

/** Cents that the equity is above or below the size, over some days; the balance is the equity (closed at once). */
const paths = (book: Rulebook): fc.Arbitrary<readonly Mark[]> => {
  const reach = allowanceOf(book.floor as FloorRule) * 3;
  return fc.array(fc.record({ day: fc.integer({ min: 0, max: 4 }), second: fc.integer({ min: 0, max: 25_000 }), change: fc.integer({ min: -reach, max: reach }) }), { minLength: 1, maxLength: 30 })
    .map((steps) => steps.map(({ day, second, change }) => ({ at: FIRST + day * DAY_MS + second * 1000, equity: book.sizeCents + change })).sort((a, b) => a.at - b.at)
      .map(({ at: when, equity }, index) => ({ kind: 'mark', at: when, row: index + 1, equity, balance: equity })));
};

function allowanceOf({ allowance }: FloorRule): number {
  return 'cents' in allowance ? allowance.cents : 0;
}

function played(book: Rulebook, events: readonly LedgerEvent[], cuts: readonly number[] = []): ReplayResult {
  const replay = new Replay({ rulebooks: [book], instruments, closes });
  let from = 0;
  for (const cut of [...cuts.map((share) => Math.floor(share * events.length)).sort((a, b) => a - b), events.length]) {
    replay.feed(events.slice(from, cut));
    from = cut;
  }
  return replay.finish();
}

const bookOf = (result: ReplayResult): BookReport => result.books[0] as BookReport;

/** The floor after each event. */
function floorsOf(book: Rulebook, events: readonly LedgerEvent[]): readonly number[] {
  const replay = new Replay({ rulebooks: [book], instruments, closes });
  return events.map((event) => { replay.feed([event]); return replay.standing()[0]?.floor as number; });
}

/** The same in other words: prefix maxima over big integers, days told apart by 24 hours from 18:00. */
function oracle(book: Rulebook, events: readonly Mark[]): { readonly floor: bigint; readonly lostAt: number | undefined } {
  const { kind, lockAt, atFloor } = book.floor as FloorRule;
  const allowance = BigInt(allowanceOf(book.floor as FloorRule));
  const capped = (peak: bigint): bigint => (lockAt !== undefined && peak - allowance > BigInt(lockAt) ? BigInt(lockAt) : peak - allowance);
  const dayOf = (when: number): string => { const shown = new Date(when + 3_600_000).toLocaleDateString('en-CA', { timeZone: book.session.zone }); return shown; };
  let peak = BigInt(book.sizeCents);
  let lostAt: number | undefined;
  events.forEach((event, index) => {
    const before = events[index - 1];
    const closed = before !== undefined && dayOf(before.at) !== dayOf(event.at) ? before : undefined;
    if (kind === 'eod-trailing' && closed !== undefined && BigInt(closed.equity) > peak) { peak = BigInt(closed.equity); }
    if ((kind === 'intraday-trailing' || kind === 'closed-trailing') && BigInt(event.equity) > peak) { peak = BigInt(event.equity); }
    const room = BigInt(event.equity) - capped(peak);
    if (lostAt === undefined && (room < 0n || (room === 0n && atFloor))) { lostAt = event.row; }
  });
  const last = events.at(-1);
  if (kind === 'eod-trailing' && last !== undefined && BigInt(last.equity) > peak) { peak = BigInt(last.equity); }
  return { floor: capped(peak), lostAt };
}

test('more than two hundred properties are asked', () => {
  expect(rulebooks.length * 4).toBeGreaterThanOrEqual(200);
});

describe.each(rulebooks)('%s', (_, book) => {
  const runs = { numRuns: 10 };

  test('the floor never falls, and never rises above its lock', () => {
    fc.assert(fc.property(paths(book), (events) => {
      let before = Number.NEGATIVE_INFINITY;
      for (const floor of floorsOf(book, events)) {
        expect(floor).toBeGreaterThanOrEqual(before);
        expect(floor).toBeLessThanOrEqual(book.floor?.lockAt ?? Number.POSITIVE_INFINITY);
        expect(Number.isSafeInteger(floor)).toBe(true);
        before = floor;
      }
    }), runs);
  });

  test('the peak does not hang on the order of a day', () => {
    fc.assert(fc.property(paths(book), fc.integer({ min: 1, max: 29 }), (events, turn) => {
      const day = events.filter((event) => event.at < FIRST + DAY_MS);
      // The last mark stays: it is the close.
      const close = day.at(-1);
      if (close === undefined) { return; }
      const rest = day.slice(0, -1).map((event) => event.equity);
      const turned = [...rest.slice(turn % Math.max(rest.length, 1)), ...rest.slice(0, turn % Math.max(rest.length, 1))].reverse();
      const shuffled = day.map((event, index) => ({ ...event, equity: turned[index] ?? close.equity, balance: turned[index] ?? close.equity }));
      const [a, b] = [bookOf(played(book, day)), bookOf(played(book, shuffled))];
      expect([b.peak, b.floor]).toEqual([a.peak, a.floor]);
    }), runs);
  });

  test('floor, end and room are those of the same sums in big integers', () => {
    fc.assert(fc.property(paths(book), (events) => {
      const { floor, lostAt } = oracle(book, events);
      const report = bookOf(played(book, events));
      expect(BigInt(report.floor as number)).toBe(floor);
      const end = report.incidents.find((one) => one.kind === 'floor' || one.kind === 'floor-touched');
      expect(end?.row).toBe(lostAt);
      if (report.nearest !== undefined) { expect(report.nearest.equity - report.nearest.floor).toBe(report.nearest.room); }
      // What a day made is what its close has more than its start.
      for (const day of report.days) { expect(day.startBalance + day.net).toBe(day.closeBalance); }
      expect(report.days.reduce((sum, day) => sum + day.net, book.sizeCents)).toBe(events.at(-1)?.equity);
    }), runs);
  });

  test('it does not matter in what pieces a ledger comes', () => {
    fc.assert(fc.property(paths(book), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }), (events, cuts) => {
      expect(played(book, events, cuts)).toEqual(played(book, events));
    }), runs);
  });
});
