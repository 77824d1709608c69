/** A text that is read as nothing but text. */
import type { SourceModel, SourceText } from './model.ts';

/** A model without syntax: for windows of a log, and for files in which nothing is to be found. */
export function plainModel(path: string, source: SourceText): SourceModel {
  return { path, language: 'text', source, body: [], functions: [], classes: [], imports: [], comments: [], entries: [], errors: [] };
}
