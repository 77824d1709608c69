/**
 * A key beside the vendor's bare name: `clockify SECRET y7…`, `onesignal: 7b3e…`, `PHRASE="…"`. People note keys so, and settings of one service
 * call the key after it. The vendor's word and the exact shape of its keys make the proof together, and it is a guess.
 */
import { isDocumented } from '../detectors/documented.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import { isOrderly } from './stand-in.ts';
import type { Proof } from './strength.ts';
import { HASH_LENGTHS, UUID, isPlaceholder } from './value.ts';
import type { Form } from './written-forms.ts';

/** Words that say what stands behind them is a key, as a note has them; two or three may follow each other. */
const ROLE = /(?:api|app|access|auth|secret|private|service|personal|bearer|client)?[ _-]?(?:key|token|secret|access|private|auth|pat|credential)(?![A-Za-z])/iy;
/** What may stand between the vendor, the words and the value. */
const BETWEEN = /[ \t_.]{0,3}(?:["'`]?[ \t]{0,3}(?:=>|:=|[:=-])[ \t]{0,3})?["'`]?/y;
const VALUE = /[A-Za-z0-9_+/=:.~-]{8,200}/y;
const MOST_WORDS = 3;

/** Rows under the words that name their vendor. Words of every day name one in capitals and before a sign only. */
function byVendor(wordsOf: (row: NamedDetector) => readonly string[]): ReadonlyMap<string, readonly NamedDetector[]> {
  const map = new Map<string, NamedDetector[]>();
  for (const row of NAMED_DETECTORS) {
    for (const word of wordsOf(row)) {
      if (word.length < 5) continue;
      const rows = map.get(word);
      if (rows) rows.push(row);
      else map.set(word, [row]);
    }
  }
  return map;
}

const TELLING = byVendor((row) => row.vendors);
const EVERYDAY = byVendor((row) => row.vendorsInName ?? []);
const VENDOR = /[A-Za-z][A-Za-z0-9]*/y;

interface Reading {
  readonly start: number;
  readonly value: string;
  /** A word between vendor and value says that it is a key. */
  readonly called: boolean;
  /** `=` or `:` stands before it. */
  readonly given: boolean;
}

/** What stands behind the vendor's word, up to the first text that is no word of a key. */
function readBehind(text: string, from: number): Reading | undefined {
  let at = from;
  let called = false;
  let given = false;
  for (let words = 0; words <= MOST_WORDS; words += 1) {
    BETWEEN.lastIndex = at;
    const between = BETWEEN.exec(text)?.[0] ?? '';
    given ||= /[=:]/.test(between);
    ROLE.lastIndex = at + between.length;
    const role = words < MOST_WORDS ? ROLE.exec(text)?.[0] : undefined;
    if (role === undefined) {
      if (between === '' && at === from) return undefined;
      VALUE.lastIndex = at + between.length;
      const value = VALUE.exec(text)?.[0].replace(/[.:-]{1,8}$/, '');
      return value === undefined ? undefined : { start: at + between.length, value, called, given };
    }
    called = true;
    at += between.length + role.length;
  }
  return undefined;
}

/** A commit, a digest of a release, the id of a thing: the vendor's name alone does not make it a key. */
function needsWord({ value, given }: Reading): boolean {
  return (/^[0-9a-f]+$/i.test(value) && (value.length === 32 || HASH_LENGTHS.has(value.length))) || (UUID.test(value) && !given);
}

function look(text: string, at: number, proof: Proof): ReturnType<Form['look']> {
  if (/[A-Za-z0-9/@.$]/.test(text.charAt(at - 1))) return undefined;
  VENDOR.lastIndex = at;
  const word = VENDOR.exec(text)?.[0] ?? '';
  const lower = word.toLowerCase();
  const telling = TELLING.get(lower);
  const everyday = telling === undefined && word === word.toUpperCase() ? EVERYDAY.get(lower) : undefined;
  const rows = telling ?? everyday;
  if (!rows) return undefined;
  const reading = readBehind(text, at + word.length);
  if (!reading || (proof === 'strict' && !reading.called) || (everyday && (reading.called || !reading.given))) return undefined;
  const { value, start } = reading;
  const orderly = isPlaceholder(value);
  if ((!reading.called && needsWord(reading)) || (orderly && (!reading.called || proof === 'strict' || !isOrderly(value)))) return undefined;
  const row = rows.find((one) => one.shape.test(value) && (one.check?.(value) ?? true));
  return row && !isDocumented(value) ? { detector: row.name, span: { start, end: start + value.length }, confidence: 'low', ...(orderly ? { slight: true } : {}) } : undefined;
}

/** The notation as a form: one keyword a vendor. */
export const VENDOR_VALUES: Form = { keywords: [...new Set([...TELLING.keys(), ...EVERYDAY.keys()])], look };
