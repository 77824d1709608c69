/**
 * Who a finding is, through edits: a hash of rule, detector, path, enclosing symbol, normalised snippet and ordinal.
 * Lines, columns and the values of secrets take no part.
 */
import { createHash } from 'node:crypto';
import type { SourceModel, Span } from '../source/model.ts';
import { maskSpan, scrub, type Secret, type SecretValue } from './mask.ts';

/** Parts of a fingerprint; all of them survive moved and re-indented lines. */
export interface Identity {
  readonly rule: string;
  readonly detector?: string | undefined;
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** From `symbolAt`. */
  readonly symbol: string;
  /** From `normalise`. */
  readonly snippet: string;
}

/** Counts equal identities in source order, so that two equal lines in one function stay apart. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** 16 hex digits. Call it in source order. */
  next(identity: Identity): string {
    const { rule, detector, path, symbol, snippet } = identity;
    const key = JSON.stringify([rule, detector ?? '', path, symbol, snippet]);
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    return createHash('sha256').update(key).update(String(ordinal)).digest('hex').slice(0, 16);
  }
}

/** The text of a span with secrets, and copies of their values, replaced by their kind, and white space collapsed. */
export function normalise(text: string, span: Span, secrets: readonly Secret[], values: readonly SecretValue[] = []): string {
  return scrub(maskSpan(text, span, secrets), values).replace(/\s+/g, ' ').trim();
}

/**
 * The innermost function or class around a span, or the key path of a configuration entry; `''` at module level.
 * Positions inside lists and lambdas are left out: a line inserted above must not change the name.
 */
export function symbolAt(model: SourceModel, span: Span): string {
  if (model.entries.length > 0) { return entryAt(model, span); }
  let best: { readonly start: number; readonly end: number; readonly qualifiedName: string } | undefined;
  for (const symbol of [...model.functions, ...model.classes]) {
    if (symbol.start <= span.start && span.end <= symbol.end && (best === undefined || symbol.end - symbol.start < best.end - best.start)) {
      best = symbol;
    }
  }
  return (best?.qualifiedName ?? '').replace(/<lambda:\d+>/g, '<lambda>');
}

function entryAt(model: SourceModel, span: Span): string {
  let path: readonly (string | number)[] = [];
  for (const entry of model.entries) {
    if (entry.start <= span.start && span.start < entry.end && entry.path.length >= path.length) { path = entry.path; }
  }
  return path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
}
