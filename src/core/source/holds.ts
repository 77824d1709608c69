/** What kinds of things a model holds, whatever its language: a notebook holds code, a page both code and settings. */
import type { EmbeddedPart, SourceModel, Span } from './model.ts';

/** Statements or functions: something to be walked. */
export function holdsCode(model: SourceModel): boolean {
  return model.body.length > 0 || model.functions.length > 0;
}

/** Settings, or a format that is nothing but settings. */
export function holdsEntries(model: SourceModel): boolean {
  return model.entries.length > 0;
}

/** The part of a file in which a place is, the innermost one of its kind. */
export function partAt(model: SourceModel, at: Span, wanted: (part: EmbeddedPart) => boolean): EmbeddedPart | undefined {
  return model.parts?.find((part) => part.start <= at.start && at.end <= part.end && wanted(part));
}
