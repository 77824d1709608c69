/**
 * What a family of products does on a calendar date: from the table (`hours.json`, written by `scripts/calendar.mjs`, tabulated from
 * QuantConnect/Lean, Apache-2.0), and outside of its span by the pattern of the nearest year that it has. The table is packed text;
 * nothing of it is unpacked before somebody asks for a date of that family.
 */
import { weekday } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { dayName, namedDays } from './holidays.ts';
import type { DayName } from './holidays.ts';
import table from './hours.json' with { type: 'json' };

/** Products that share hours, holidays and early closes. */
export type Family = keyof typeof table.families;

/** `tabulated`: the table lists the dates of that year. `projected`: computed from the pattern of another year. */
export type Certainty = 'tabulated' | 'projected';

/**
 * How a date differs. `closed`: no session. `halts`: trading stops at `at` and the date has no trade date of its own, so that what
 * is traded belongs to the next. `early`: the trade date ends at `at`. Times are `HH:MM` of the family's zone.
 */
export type DayKind = 'regular' | 'closed' | 'halts' | 'early';

/** One date of one family. */
export interface DayHours {
  readonly kind: DayKind;
  readonly at?: string;
  /** Nothing is traded before this time, the evening before included. */
  readonly opens?: string;
  readonly certainty: Certainty;
}

/** Regular hours of a family. */
export interface FamilyHours {
  readonly zone: string;
  /** Wall time at which a trading day begins, as `SessionRule` has it. */
  readonly dayStart: string;
  readonly weekends: boolean;
  /** Sessions of a trade date, in order; `-18:00` is on the evening before, `24:00` its end. */
  readonly sessions: readonly (readonly [string, string])[];
}

interface Packed {
  readonly zone: string;
  readonly dayStart: string;
  readonly weekends?: boolean;
  readonly sessions: readonly (readonly string[])[];
  readonly from?: string;
  readonly to?: string;
  /** Later dates are listed, but in doubt. */
  readonly certainTo?: string;
  readonly closed?: string;
  readonly halts?: Readonly<Record<string, string>>;
  readonly early?: Readonly<Record<string, string>>;
  readonly opens?: Readonly<Record<string, string>>;
  /** What is done on days with a name, for a family without dates. */
  readonly rules?: Readonly<Partial<Record<DayName, 'closed'>>>;
  /** A family whose shortened days this one keeps, each as a trade date of its own. */
  readonly follows?: Family;
}

type Unpacked = Omit<DayHours, 'certainty'>;

/** Where the table is from, for notices. */
export const HOURS_SOURCE: Readonly<Record<'repository' | 'path' | 'commit' | 'date' | 'licence' | 'notice', string>> = table.source;

/** Every family. */
export const FAMILIES = Object.keys(table.families) as readonly Family[];

const REGULAR: Unpacked = { kind: 'regular' };
/** A memo of a constant table, unpacked family by family: it can be seen in speed only. */
const unpacked = new Map<Family, FamilyTable>();

/** Regular hours of a family. */
export function familyHours(family: Family): FamilyHours {
  const { zone, dayStart, weekends = false, sessions } = table.families[family] as Packed;
  return { zone, dayStart, weekends, sessions: sessions as FamilyHours['sessions'] };
}

/** The span the table has dates of, both ends included; undefined for a family that is computed throughout or never differs. */
export function tabulatedSpan(family: Family): { readonly from: IsoDate; readonly to: IsoDate } | undefined {
  const { from, to } = table.families[family] as Packed;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** What a family does on a date. Saturdays and Sundays of a family without weekends are `closed`. */
export function dayHours(family: Family, date: IsoDate): DayHours {
  let known = unpacked.get(family);
  if (!known) {
    known = new FamilyTable(table.families[family] as Packed);
    unpacked.set(family, known);
  }
  return known.on(date);
}

/** Dates of one family by date, and the days with a name of the years it has. */
class FamilyTable {
  readonly #packed: Packed;
  readonly #dates = new Map<IsoDate, Unpacked>();
  #years: ReadonlyMap<DayName, { readonly first: Unpacked; readonly last: Unpacked }> | undefined;

  constructor(packed: Packed) {
    this.#packed = packed;
    for (const date of split(packed.closed)) this.#dates.set(date, { kind: 'closed' });
    for (const kind of ['halts', 'early'] as const) {
      for (const [at, dates] of Object.entries(packed[kind] ?? {})) for (const date of split(dates)) this.#dates.set(date, { kind, at });
    }
    for (const [opens, dates] of Object.entries(packed.opens ?? {})) {
      for (const date of split(dates)) this.#dates.set(date, { ...(this.#dates.get(date) ?? REGULAR), opens });
    }
  }

  on(date: IsoDate): DayHours {
    const { from, to, certainTo = to, rules, follows, weekends } = this.#packed;
    const inside = from !== undefined && to !== undefined && date >= from && date <= to;
    const certainty = (inside && (certainTo === undefined || date <= certainTo)) || (from === undefined && rules === undefined && follows === undefined) ? 'tabulated' : 'projected';
    if (weekends !== true && [0, 6].includes(weekday(date))) return { kind: 'closed', certainty };
    if (follows !== undefined) {
      const { kind, at } = dayHours(follows, date);
      return { ...(kind === 'halts' ? { kind: 'early' } : { kind }), ...(at === undefined ? {} : { at }), certainty };
    }
    if (inside) return { ...(this.#dates.get(date) ?? REGULAR), certainty };
    const name = dayName(date);
    if (name === undefined) return { ...REGULAR, certainty };
    if (rules !== undefined) return { kind: rules[name] ?? 'regular', certainty };
    const like = this.#named().get(name);
    return { ...((from !== undefined && date < from ? like?.first : like?.last) ?? REGULAR), certainty };
  }

  /** Of each day with a name the first and the last that the table has. */
  #named(): ReadonlyMap<DayName, { readonly first: Unpacked; readonly last: Unpacked }> {
    if (this.#years) return this.#years;
    const { from, to } = this.#packed;
    const years = new Map<DayName, { first: Unpacked; last: Unpacked }>();
    if (from === undefined || to === undefined) return years;
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
      for (const [date, name] of namedDays(String(year))) {
        if (date < from || date > to) continue;
        const hours = this.#dates.get(date) ?? REGULAR;
        years.set(name, { first: years.get(name)?.first ?? hours, last: hours });
      }
    }
    this.#years = years;
    return years;
  }
}

function split(dates: string | undefined): readonly IsoDate[] {
  return dates === undefined || dates === '' ? [] : dates.split(' ');
}
