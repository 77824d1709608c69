/** One pass over the text: values with a shape of their own, private keys, passwords in addresses, and where names stand. */
import type { Confidence } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import { isDocumented } from '../detectors/documented.ts';
import type { ShapeDetector } from '../detectors/detector.ts';
import { SHAPE_DETECTORS } from '../detectors/table.ts';
import type { SecretHit } from './candidate.ts';
import { joinedFrom } from './assignments.ts';
import { passwordInAddress } from './connection.ts';
import { KeywordIndex } from './keywords.ts';
import { GATE_KEYWORDS } from './name-gate.ts';
import { markedTokens } from './marked-token.ts';
import { privateKeyAt } from './private-key.ts';
import { type Proof, gradeValue } from './strength.ts';
import { isPlaceholder } from './value.ts';
import { WRAPPED_PEM, unwrappedAt, wrappedBeginning } from './wrapped.ts';
import { VENDOR_VALUES } from './vendor-values.ts';
import { FORMS, type Form } from './written-forms.ts';

type Keyword =
  | { readonly kind: 'shape'; readonly word: string; readonly row: ShapeDetector }
  /** The row's beginning in base 64, as it is spelled there. */
  | { readonly kind: 'wrapped'; readonly word: string; readonly spelled: string; readonly row: ShapeDetector }
  | { readonly kind: 'form'; readonly word: string; readonly form: Form }
  | { readonly kind: 'pem' | 'wrapped-pem' | 'address' | 'name'; readonly word: string };

const KEYWORDS: readonly Keyword[] = [
  ...SHAPE_DETECTORS.flatMap((row) => row.keywords.map((word): Keyword => ({ kind: 'shape', word, row }))),
  ...SHAPE_DETECTORS.flatMap((row) => wrappedBeginning(row).map((spelled): Keyword => ({ kind: 'wrapped', word: spelled.toLowerCase(), spelled, row }))),
  ...[...FORMS, VENDOR_VALUES].flatMap((form) => form.keywords.map((word): Keyword => ({ kind: 'form', word, form }))),
  { kind: 'wrapped-pem', word: WRAPPED_PEM.toLowerCase() },
  { kind: 'pem', word: '-----begin' },
  { kind: 'address', word: '://' },
  ...GATE_KEYWORDS.map((word): Keyword => ({ kind: 'name', word })),
];

const INDEX = new KeywordIndex(KEYWORDS.map(({ word }) => word));

export interface TextScan {
  readonly hits: readonly SecretHit[];
  /** Values that a checksum proved to be none, and documentation keys: no other detector may take them. */
  readonly refuted: readonly Span[];
  /** Offsets at which part of a telling name stands, in order. */
  readonly names: readonly number[];
}

/** Tries the row's pattern from the earliest place a value with this keyword may begin. */
function shapeAt(text: string, row: ShapeDetector, at: number): Span | undefined {
  const { pattern } = row;
  for (let start = Math.max(0, at - row.before); start <= at; start += 1) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match) return { start, end: start + match[0].length };
  }
  return undefined;
}

/** The half of a pair that is no secret alone is a guess, whatever its shape proves. */
function sureness(row: ShapeDetector): Pick<SecretHit, 'confidence' | 'slight'> {
  return row.slight === true ? { confidence: 'low', slight: true } : { confidence: confidenceOf(row) };
}

/** A checksum, or a beginning that its issuer published, is proof; a shape alone is what name and value agree on elsewhere. */
function confidenceOf(row: ShapeDetector): Confidence {
  return row.decisive || row.prefix.length >= 3 ? 'high' : 'medium';
}

/** A beginning that no word of a program has by chance: three letters and more, and a mark. */
const OWN_BEGINNING = /^[A-Za-z0-9-]{2,20}[A-Za-z0-9][_-](?:[A-Za-z0-9]{1,12}[_-])?$/;
const REST = /[A-Za-z0-9_-]{20,200}(?![A-Za-z0-9_./=+-])/y;

/** One or two characters too many come with a slip of the hand; up to how many more are taken for a longer key. */
const LEAST_GROWTH = 3;
const GROWTH = 80;

/** Whether the value has the row's format up to some character, and goes on. */
function isLonger({ pattern }: ShapeDetector, value: string): boolean {
  for (let end = value.length - LEAST_GROWTH; end >= Math.max(16, value.length - GROWTH); end -= 1) {
    pattern.lastIndex = 0;
    if (pattern.test(value.slice(0, end))) return true;
  }
  return false;
}

/** Beginnings that one issuer alone has, and a row: what begins so and is none of its keys is damaged. Shorter ones (`sk-`, `key-`) are shared by many. */
const OWN_MARKS: readonly string[] = SHAPE_DETECTORS.flatMap(({ keywords, before }) => (before > 0 ? [] : keywords.filter((word) => word.length >= 4 && /[_-]$/.test(word))));

/** Collects what one pass over a text finds. */
class Collector {
  readonly hits: SecretHit[] = [];
  readonly refuted: Span[] = [];
  readonly names: number[] = [];
  private pemEnd = 0;

  constructor(private readonly text: string, private readonly proof: Proof) {}

  take(keyword: Keyword, at: number): void {
    switch (keyword.kind) {
      case 'name': this.names.push(at); return;
      case 'shape': this.shape(keyword.row, at); return;
      case 'wrapped': this.wrapped(keyword.row, keyword.spelled, at); return;
      case 'wrapped-pem': this.wrappedPem(at); return;
      case 'pem': this.pem(at); return;
      case 'form': {
        const hit = keyword.form.look(this.text, at, this.proof) ?? this.joined(at, (text) => keyword.form.look(text, 0, this.proof));
        if (hit) this.hits.push(hit);
        return;
      }
      default: {
        const look = (text: string, from: number): Omit<SecretHit, 'detector'> | undefined => passwordInAddress(text, from, this.proof);
        const hit = look(this.text, at) ?? this.joined(at, (text) => look(text, 0));
        if (hit) this.hits.push({ detector: 'connection-string', ...hit });
      }
    }
  }

  /** The same look at a value that the code puts together from pieces; the finding covers all of them. */
  private joined<T extends { readonly span: Span }>(at: number, look: (text: string) => T | undefined): T | undefined {
    const pieces = joinedFrom(this.text, at);
    const hit = pieces && look(pieces.value);
    return pieces && hit && { ...hit, span: { start: at, end: pieces.end } };
  }

  private shape(row: ShapeDetector, at: number): void {
    const whole = shapeAt(this.text, row, at);
    // A value does not begin inside a word, and one of several pieces not behind an escape either.
    const joined = whole || row.before > 0 || isWordCode(this.text.charCodeAt(at - 1)) ? undefined : joinedFrom(this.text, at);
    const inner = joined && shapeAt(joined.value, row, 0);
    const span = joined && inner ? { start: at, end: joined.end } : whole;
    if (!span) {
      this.grown(row, at);
      return;
    }
    const value = joined && inner ? joined.value.slice(inner.start, inner.end) : this.text.slice(span.start, span.end);
    const proven = row.check?.(value) ?? true;
    if (proven && !isInsideBlob(this.text, span) && !isPlaceholder(value) && !isDocumented(value)) this.hits.push({ detector: row.name, span, ...sureness(row) });
    else if (proven || row.decisive) this.refuted.push(span);
  }

  /** Issuers make their keys longer from time to time: what begins as one and goes on longer than known is a key, too; a shorter one is damaged. */
  private grown(row: ShapeDetector, at: number): void {
    const { prefix, decisive, before, slight } = row;
    if (decisive || slight === true || before > 0 || !OWN_BEGINNING.test(prefix) || !this.text.startsWith(prefix, at) || /[A-Za-z0-9_-]/.test(this.text.charAt(at - 1))) return;
    REST.lastIndex = at + prefix.length;
    const rest = REST.exec(this.text)?.[0];
    if (rest === undefined || isDocumented(prefix + rest) || isPlaceholder(prefix + rest) || !isLonger(row, prefix + rest)) return;
    const grade = gradeValue(rest, { role: 'token', vendor: true, qualified: true, named: false, weak: false }, { proof: 'strict', loose: false, settings: false, nearUser: () => false });
    if (grade !== undefined && /[0-9]/.test(rest)) this.hits.push({ detector: 'generic-token', span: { start: at, end: at + prefix.length + rest.length }, confidence: 'low' });
  }

  /** A key with a mark that no row knows. */
  marked(span: Span): void {
    // The row knows its own format better.
    const value = this.text.slice(span.start, span.end).toLowerCase();
    if (OWN_MARKS.some((mark) => value.startsWith(mark))) return;
    if (!isDocumented(this.text.slice(span.start, span.end)) && !isInsideBlob(this.text, span)) this.hits.push({ detector: 'generic-token', span, confidence: 'low' });
  }

  private wrapped(row: ShapeDetector, spelled: string, at: number): void {
    const inner = this.text.startsWith(spelled, at) ? unwrappedAt(this.text, at) : undefined;
    const span = inner && shapeAt(inner.text, row, 0);
    if (!inner || !span) return;
    const value = inner.text.slice(span.start, span.end);
    if ((row.check?.(value) ?? true) && !isPlaceholder(value) && !isDocumented(value)) this.hits.push({ detector: row.name, span: inner.span, ...sureness(row), evidence: { encoding: 'base64' } });
  }

  private wrappedPem(at: number): void {
    const inner = this.text.startsWith(WRAPPED_PEM, at) ? unwrappedAt(this.text, at) : undefined;
    const key = inner && privateKeyAt(inner.text, 0);
    if (inner && key) this.hits.push({ detector: key.encrypted ? 'encrypted-private-key' : 'private-key', span: inner.span, confidence: 'high', evidence: { structure: key.structure, encoding: 'base64' } });
  }

  private pem(at: number): void {
    if (at < this.pemEnd) return;
    const key = privateKeyAt(this.text, at);
    if (!key) return;
    this.pemEnd = key.span.end;
    // Documents and tests show keys with scrambled letters: there, only what decodes to a key is one.
    if (this.proof === 'strict' && key.structure === 'opaque' && !key.encrypted) return;
    const confidence = key.structure === 'opaque' ? 'medium' : 'high';
    this.hits.push({ detector: key.encrypted ? 'encrypted-private-key' : 'private-key', span: key.span, confidence, evidence: { structure: key.structure } });
  }
}

const isWordCode = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** So many letters of base 64 right beside a value make it a piece of something else: a font, a picture, a program. */
const BLOB = 60;

function isInsideBlob(text: string, { start, end }: Span): boolean {
  return BLOB_BEHIND.test(text.slice(end, end + BLOB)) || BLOB_BEHIND.test(text.slice(Math.max(0, start - BLOB), start));
}

const BLOB_BEHIND = /^[A-Za-z0-9+/]{60}$/;

/** Scans a text of any language. Linear in its length: every look around a keyword is bounded. */
export function scanText(text: string, proof: Proof): TextScan {
  const collector = new Collector(text, proof);
  INDEX.scan(text, (id, start) => { collector.take(KEYWORDS[id] as Keyword, start); });
  for (const span of markedTokens(text)) collector.marked(span);
  return collector;
}
