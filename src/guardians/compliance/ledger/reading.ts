/** One reading of one ledger file: what was met, what was said, and the first thing that ends it. */
import type { LedgerEvent, LedgerNotes, LedgerOptions } from './event.ts';
import { centsOfDecimal, readNumber, withoutFloatNoise, type DecimalMark, type NumberProof } from './text/number-text.ts';

/** Notes that are being taken. */
export type WritableNotes = LedgerNotes & { readonly said: string[] };

/** Notes of a reading that has not begun. */
export function emptyNotes(): WritableNotes {
  return { events: 0, duplicates: 0, unusable: 0, rounded: 0, said: [] };
}

/**
 * What a reader works with. A cell that cannot be used gives undefined; whether the row is then left out and counted or the whole
 * reading has ended is told by `problem`, which `leaveOut` looks at.
 */
export class Reading {
  /** One sentence, once something was met that no reading can go on from. */
  problem: string | undefined;
  /** Which mark stands before the decimals in this file. */
  mark: DecimalMark;
  /** Set where the format itself says which, so that no option would help. */
  markIsFixed = false;
  #account: string | undefined;

  constructor(
    /** The file's name without its folder, for sentences. */
    readonly name: string,
    readonly options: LedgerOptions,
    readonly notes: WritableNotes = emptyNotes(),
  ) {
    this.mark = options.decimals === 'comma' ? 'comma' : 'point';
  }

  /** Takes the decimal mark that the file proves, unless the options name one. */
  decideMark(proof: NumberProof): void {
    if ((this.options.decimals ?? 'auto') !== 'auto') return;
    const decided = proof.decide();
    if ('mark' in decided) this.mark = decided.mark;
    else this.problem ??= `${this.name}: ${decided.doubt}`;
  }

  /** Ends the reading: `ledger.csv row 2: …`. The first sentence stays. */
  refuse(row: number, sentence: string): undefined {
    this.problem ??= `${this.name} row ${row}: ${sentence}`;
    return undefined;
  }

  /** Counts a row as unusable, unless it has ended the reading. */
  leaveOut(): undefined {
    if (this.problem === undefined) this.notes.unusable += 1;
    return undefined;
  }

  /** Puts a sentence into the notes, once. */
  say(sentence: string): void {
    if (!this.notes.said.includes(sentence)) this.notes.said.push(sentence);
  }

  /** Cents of an amount; parts of a cent go to the nearest and are counted. An amount in another currency than the account's ends the reading. */
  cents(written: string, row: number, what: string): number | undefined {
    const number = this.#number(written, row, what);
    if (number === undefined) return undefined;
    if (number.currency !== undefined && !this.currency(number.currency, row)) return undefined;
    const money = centsOfDecimal(number.text);
    if (money === undefined) return this.refuse(row, `“${written}” in ${what} is more money than can be counted exactly.`);
    if (!money.exact) this.notes.rounded += 1;
    return money.cents;
  }

  /** Cents of a cell that may be empty: then nothing. Its caller asks `problem` where it matters. */
  centsIfAny(written: string | undefined, row: number, what: string): number | undefined {
    return written === undefined || readNumber(written, this.mark) === 'unusable' ? undefined : this.cents(written, row, what);
  }

  /** A price or a quantity as plain decimal text. */
  decimal(written: string, row: number, what: string): string | undefined {
    const number = this.#number(written, row, what);
    return number === undefined ? undefined : withoutFloatNoise(number.text);
  }

  /** True for the account's currency; another one ends the reading. */
  currency(code: string, row: number): boolean {
    if (code.trim() === '' || code.trim().toUpperCase() === this.options.currency.toUpperCase()) return true;
    this.refuse(row, `an amount in ${code.trim().toUpperCase()}, in a ledger in ${this.options.currency}; a ledger has one currency: keep the rows of one, or name it with --currency.`);
    return false;
  }

  /** True while all rows are of one account; a second account ends the reading. */
  account(id: string | undefined, row: number): boolean {
    if (id === undefined || id.trim() === '') return true;
    this.#account ??= id.trim();
    if (this.#account === id.trim()) return true;
    this.refuse(row, `this row is of account ${id.trim()}, the ones before are of ${this.#account}; a ledger is of one account: keep the rows of one.`);
    return false;
  }

  #number(written: string, row: number, what: string): { text: string; currency?: string } | undefined {
    const number = readNumber(written, this.mark);
    if (number === 'unusable') return undefined;
    if (number !== undefined) return number;
    const other = readNumber(written, this.mark === 'point' ? 'comma' : 'point');
    const hint = typeof other === 'object' && !this.markIsFixed ? `; it would be one with a decimal ${this.mark === 'point' ? 'comma: say --decimals comma' : 'point: say --decimals point'}` : '';
    return this.refuse(row, `“${shown(written)}” in ${what} is no number${hint}.`);
  }
}

/** The longest piece of a file that a sentence repeats. */
const MOST_SHOWN = 40;

/** A piece of a file for a sentence: cut where it is long, without line breaks and control characters. */
export function shown(text: string): string {
  let clean = '';
  for (const char of text.trim().slice(0, MOST_SHOWN + 1)) clean += char < ' ' || char === '\u007F' || char === '\uFFFD' ? '?' : char;
  return clean.length > MOST_SHOWN ? `${clean.slice(0, MOST_SHOWN)}…` : clean;
}

/** What a reader gives: lists of events until the file or `reading.problem` ends it. */
export type EventLists = AsyncIterable<readonly LedgerEvent[]>;
