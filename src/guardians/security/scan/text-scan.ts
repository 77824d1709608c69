/** One pass over the text: values with a shape of their own, private keys, passwords in addresses, and where names stand. */
import type { Span } from '../../../core/source/model.ts';
import { isDocumented } from '../detectors/documented.ts';
import type { ShapeDetector } from '../detectors/detector.ts';
import { SHAPE_DETECTORS } from '../detectors/table.ts';
import type { SecretHit } from './candidate.ts';
import { passwordInAddress } from './connection.ts';
import { KeywordIndex } from './keywords.ts';
import { NAME_KEYWORDS } from './names.ts';
import { privateKeyAt } from './private-key.ts';
import type { Proof } from './value.ts';
import { isPlaceholder } from './value.ts';

type Keyword =
  | { readonly kind: 'shape'; readonly word: string; readonly row: ShapeDetector }
  | { readonly kind: 'pem' | 'address' | 'name'; readonly word: string };

const KEYWORDS: readonly Keyword[] = [
  ...SHAPE_DETECTORS.flatMap((row) => row.keywords.map((word): Keyword => ({ kind: 'shape', word, row }))),
  { kind: 'pem', word: '-----begin' },
  { kind: 'address', word: '://' },
  ...NAME_KEYWORDS.map((word): Keyword => ({ kind: 'name', word })),
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

/** Scans a text of any language. Linear in its length: every look around a keyword is bounded. */
export function scanText(text: string, proof: Proof): TextScan {
  const hits: SecretHit[] = [];
  const refuted: Span[] = [];
  const names: number[] = [];
  let pemEnd = 0;
  const onShape = (row: ShapeDetector, at: number): void => {
    const span = shapeAt(text, row, at);
    if (!span) return;
    const value = text.slice(span.start, span.end);
    const proven = row.check?.(value) ?? true;
    if (proven && !isPlaceholder(value) && !isDocumented(value)) hits.push({ detector: row.name, span });
    else if (proven || row.decisive) refuted.push(span);
  };
  INDEX.scan(text, (id, start) => {
    const keyword = KEYWORDS[id] as Keyword;
    if (keyword.kind === 'name') {
      names.push(start);
    } else if (keyword.kind === 'shape') {
      onShape(keyword.row, start);
    } else if (keyword.kind === 'address') {
      const span = passwordInAddress(text, start, proof);
      if (span) hits.push({ detector: 'connection-string', span });
    } else if (start >= pemEnd) {
      const key = privateKeyAt(text, start);
      if (!key) return;
      pemEnd = key.span.end;
      // Documents and tests show keys with scrambled letters: there, only what decodes to a key is one.
      if (proof === 'strict' && key.structure === 'opaque' && !key.encrypted) return;
      hits.push({ detector: key.encrypted ? 'encrypted-private-key' : 'private-key', span: key.span, evidence: { structure: key.structure } });
    }
  });
  return { hits, refuted, names };
}
