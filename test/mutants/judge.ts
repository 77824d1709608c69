/** Injects mutants and compares: the bad half found at exactly its marks, the right half silent, nothing else changed. */
import type { CheckedFinding } from '../../src/core/findings/result.ts';
import type { Finding, Range } from '../../src/core/findings/finding.ts';
import type { SourceText, Span } from '../../src/core/source/model.ts';
import { offsetAt, rangeOf, sourceOf } from '../../src/core/source/text.ts';
import { seededRandom } from '../rules/mutants.ts';
import type { Carrier } from './carrier.ts';
import { edit, type Edited } from './edit.ts';
import { Draw, type Form } from './form.ts';
import { pieceOf, type Place } from './places.ts';
import type { Session } from './session.ts';

/** What came of one mutant. */
export interface Verdict {
  readonly form: string;
  readonly where: string;
  /** Every mark was pointed at by the rule, wherever the finding begins and ends. */
  readonly found: boolean;
  /** Every mark is exactly a finding of the rule, and the rule has no other. */
  readonly exact: boolean;
  /** Findings of the carrier that came, went or changed besides. */
  readonly changed: readonly string[];
  /** The right twin, where there is one: what it gave that was not there before. */
  readonly twin?: readonly string[];
  /** What the rule said. */
  readonly told: readonly string[];
  /** The mutant as it stood, for reading. */
  readonly excerpt: string;
}

/** Every this many mutants one is written with Windows' line ends. */
const WINDOWS_EVERY = 5;

/** Makes and judges mutant number `index` of a cell. Undefined where no carrier has a place for the form. */
export async function judgeMutant(rule: string, form: Form, carriers: readonly Carrier[], seed: number, index: number): Promise<Verdict | undefined> {
  const random = seededRandom(seed * 7_919 + index * 104_729 + hash(`${rule} ${form.name}`));
  const chosen = await choose(form, carriers, random);
  if (chosen === undefined) { return undefined; }
  const { carrier, place, session } = chosen;
  const draw = new Draw(random, place.facts);
  const made = form.make(draw);
  // Both halves get the same names, the same bot around them and the same style.
  const [style, inside] = [Math.floor(random() * 2 ** 31), Math.floor(random() * 2 ** 31)];
  const windows = index % WINDOWS_EVERY === WINDOWS_EVERY - 1;
  const edits = (half: 'bad' | 'right'): ReadonlyMap<string, Edited> | undefined => {
    const piece = pieceOf(made, half, form.language, seededRandom(style));
    if (piece === undefined) { return undefined; }
    const insertions = place.insertions(piece, new Draw(seededRandom(inside), { ...place.facts, text: place.facts.text + made.code + (made.end ?? '') }));
    return new Map([...insertions].map(([path, list]) => [path, edit(session.text(path), list)]));
  };
  const bad = edits('bad') as ReadonlyMap<string, Edited>;
  const right = edits('right');
  const before = session.findings(new Map());
  const twin = right === undefined ? undefined : compare(rule, form, session, before, right, windows);
  const judged = compare(rule, form, session, before, bad, windows);
  session.findings(new Map());
  return {
    form: form.name, where: `${carrier.name}: ${place.name}`, found: judged.found, exact: judged.exact, changed: judged.changed, told: judged.fresh,
    ...(twin === undefined ? {} : { twin: [...twin.fresh, ...twin.changed] }),
    excerpt: [...bad].map(([path, one]) => `${path}\n${one.inserted.map((span) => one.text.slice(span.start, span.end)).join('…\n')}`).join('\n'),
  };
}

interface Chosen { readonly carrier: Carrier; readonly place: Place; readonly session: Session }

/** Most places that are tried. */
const TRIES = 12;

async function choose(form: Form, carriers: readonly Carrier[], random: () => number): Promise<Chosen | undefined> {
  const first = Math.floor(random() * carriers.length);
  for (let step = 0; step < Math.max(TRIES, carriers.length); step++) {
    const carrier = carriers[(first + step) % carriers.length] as Carrier;
    const places = carrier.placesFor(form);
    const place = places[Math.floor(random() * places.length)];
    if (place === undefined) { continue; }
    const session = await carrier.session(form.account ?? 'apex', form.tracked === true);
    if (form.where !== 'tick' || isQuiet(form, place, session, random)) { return { carrier, place, session }; }
  }
  return undefined;
}

const NOTHING: Readonly<Record<string, string>> = { python: 'pass', mql5: '{ }', script: 'void 0;' };

/** Whether the way to a place, with nothing at its end, changes no finding: somebody's function may print all by itself once it is called. */
function isQuiet(form: Form, place: Place, session: Session, random: () => number): boolean {
  const code = NOTHING[form.language];
  if (code === undefined) { return true; }
  const insertions = place.insertions({ code }, new Draw(random, place.facts));
  const edits = new Map([...insertions].map(([path, list]) => [path, edit(session.text(path), list)]));
  const { changed, fresh } = compare('', form, session, session.findings(new Map()), edits, false);
  return changed.length === 0 && fresh.length === 0;
}

interface Comparison {
  readonly found: boolean;
  readonly exact: boolean;
  readonly changed: readonly string[];
  /** Findings of the rule that were not there. */
  readonly fresh: readonly string[];
}

function compare(rule: string, form: Form, session: Session, before: readonly CheckedFinding[], edits: ReadonlyMap<string, Edited>, windows: boolean): Comparison {
  const texts = new Map([...edits].map(([path, { text }]) => [path, windows ? text.replaceAll('\n', '\r\n') : text]));
  const sources = new Map([...edits].map(([path, { text }]) => [path, sourceOf(text)]));
  const counts = (finding: Finding): boolean => finding.rule === rule || form.answers?.includes(finding.rule) !== true;
  const after = session.findings(texts).map(({ finding }) => finding).filter(counts);
  const old = before.filter(({ finding }) => counts(finding)).map(({ finding }) => keyOf(finding, movedRange(finding, session, edits, sources)));
  const left = counted(old);
  const fresh = after.filter((finding) => !take(left, keyOf(finding, finding.range)));
  const gone = [...left].flatMap(([key, count]) => (count > 0 ? [`gone: ${key}`] : []));
  const expected = [...edits].flatMap(([path, one]) => one.expected.map((span) => ({ path, range: rangeOf(sources.get(path) as SourceText, span) })));
  const own = fresh.filter((finding) => finding.rule === rule);
  const others = fresh.filter((finding) => finding.rule !== rule && !(form.also?.includes(finding.rule) === true && isInside(finding, edits, sources)));
  const exactly = expected.filter(({ path, range }) => own.some((finding) => finding.file === path && same(finding.range, range)));
  const nearly = expected.filter(({ path, range }) => own.some((finding) => finding.file === path && finding.range.line <= range.endLine && finding.range.endLine >= range.line));
  return {
    found: nearly.length === expected.length, exact: exactly.length === expected.length && own.length === expected.length,
    changed: [...gone, ...others.map(told)], fresh: own.map(told),
  };
}

function movedRange(finding: Finding, session: Session, edits: ReadonlyMap<string, Edited>, sources: ReadonlyMap<string, SourceText>): Range {
  const one = edits.get(finding.file);
  const source = sources.get(finding.file);
  if (one === undefined || source === undefined) { return finding.range; }
  const old = sourceOf(session.text(finding.file));
  const { line, column, endLine, endColumn } = finding.range;
  return rangeOf(source, one.moved({ start: offsetAt(old, line, column), end: offsetAt(old, endLine, endColumn) }));
}

function isInside(finding: Finding, edits: ReadonlyMap<string, Edited>, sources: ReadonlyMap<string, SourceText>): boolean {
  const source = sources.get(finding.file);
  const at = source === undefined ? -1 : offsetAt(source, finding.range.line, finding.range.column);
  return edits.get(finding.file)?.inserted.some((span: Span) => span.start <= at && at < span.end) === true;
}

function keyOf(finding: Finding, range: Range): string {
  return `${finding.file} ${finding.rule}${finding.detector === undefined ? '' : `/${finding.detector}`} ${finding.severity} ${rangeText(range)} ${finding.fingerprint}`;
}

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) { counts.set(key, (counts.get(key) ?? 0) + 1); }
  return counts;
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) { counts.set(key, count - 1); }
  return count > 0;
}

function told(finding: Finding): string {
  return `${finding.rule} ${finding.file} ${rangeText(finding.range)} ${finding.message}`;
}

function same(a: Range, b: Range): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

function rangeText({ line, column, endLine, endColumn }: Range): string {
  return `${line}:${column}-${endLine}:${endColumn}`;
}

function hash(text: string): number {
  let value = 0;
  for (const char of text) { value = (Math.imul(value, 31) + (char.codePointAt(0) as number)) | 0; }
  return value >>> 0;
}
