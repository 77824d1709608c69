/**
 * Who a finding is, through edits: a hash of rule, detector, path, enclosing symbol, normalised snippet and ordinal.
 * Lines, columns and the values of secrets take no part.
 */
import { createHash } from 'node:crypto';
import { ModelFact } from '../source/meaning/per-model.ts';
import type { ClassModel, ConfigEntry, FunctionModel, SourceModel, Span } from '../source/model.ts';
import { countUpTo, Layers } from './layers.ts';
import { maskSpan, scrub } from './mask.ts';
import { type Secret, SecretValues } from './secret-values.ts';

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
export function normalise(text: string, span: Span, secrets: readonly Secret[], values: SecretValues = SecretValues.none): string {
  return scrub(maskSpan(text, span, secrets), values).replace(/\s+/g, ' ').trim();
}

/**
 * The innermost function or class around a span, or the key path of a configuration entry; `''` at module level.
 * Positions inside lists and lambdas are left out: a line inserted above must not change the name.
 */
export function symbolAt(model: SourceModel, span: Span): string {
  if (model.entries.length > 0) { return entryAt(model, span); }
  return (declarationAt(model, span)?.qualifiedName ?? '').replace(/<lambda:\d+>/g, '<lambda>');
}

function entryAt(model: SourceModel, span: Span): string {
  let layers = entryLayers.get(model);
  if (layers === undefined) {
    layers = new Layers(model.entries, (entry) => entry.path.length);
    entryLayers.set(model, layers);
  }
  return (layers.at(span.start)?.path ?? []).map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
}

const entryLayers = new ModelFact<Layers<ConfigEntry>>();

/** A function or class, and the position of the one around it in the sorted list. */
interface Nested {
  readonly declaration: FunctionModel | ClassModel;
  readonly around: number;
}

const nestings = new ModelFact<readonly Nested[]>();

/** Declarations lie in each other or apart, never across: the last one that begins before the span, or one around it. */
function declarationAt(model: SourceModel, span: Span): FunctionModel | ClassModel | undefined {
  let nesting = nestings.get(model);
  if (nesting === undefined) {
    nesting = nestingOf(model);
    nestings.set(model, nesting);
  }
  let next = countUpTo(nesting.length, (index) => (nesting[index] as Nested).declaration.start <= span.start) - 1;
  while (next >= 0 && (nesting[next] as Nested).declaration.end < span.end) { next = (nesting[next] as Nested).around; }
  return nesting[next]?.declaration;
}

function nestingOf(model: SourceModel): readonly Nested[] {
  const sorted = [...model.functions, ...model.classes].sort((a, b) => a.start - b.start || b.end - a.end);
  const nesting: Nested[] = [];
  const open: number[] = [];
  for (const declaration of sorted) {
    while (open.length > 0 && (nesting[open.at(-1) as number] as Nested).declaration.end < declaration.end) { open.pop(); }
    open.push(nesting.push({ declaration, around: open.at(-1) ?? -1 }) - 1);
  }
  return nesting;
}
