/** “Did you mean”: the nearest known word to one that was mistyped, as a sentence. */
import { nearest } from '../rules/registry.ts';

export { nearest };

/** A shorter beginning fits too many words to be a hint. */
const MIN_PREFIX = 3;

/** `Did you mean X?` for a known word with two letters swapped, one that begins so, or the nearest; undefined when none is near. */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const word = known.find((name) => isSwapped(wanted, name.toLowerCase()))
    ?? known.find((name) => given.length >= MIN_PREFIX && name.toLowerCase().startsWith(wanted))
    ?? nearest(given, known);
  return word === undefined ? undefined : `Did you mean ${word}?`;
}

/** True when exchanging two neighbouring letters of `a` gives `b`: the commonest slip, and two edits to a plain distance. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) { return false; }
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at !== -1 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
