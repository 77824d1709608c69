/** “Did you mean”: the nearest known word to one that was mistyped, as a sentence. */
import { nearest } from '../rules/registry.ts';

export { nearest };

/** `Did you mean X?` for the nearest of `known`; undefined when none is near enough to be meant. */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  const word = nearest(given, known);
  return word === undefined ? undefined : `Did you mean ${word}?`;
}
