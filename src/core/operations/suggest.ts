/** “Did you mean”: the nearest known word to one that was mistyped. */

/**
 * `Did you mean X?` for the nearest of `known`, or undefined when none is near: at most a third of the letters may
 * differ (one at least). Distance is optimal string alignment: insert, delete, replace, swap neighbours.
 */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  const word = nearest(given, known);
  return word === undefined ? undefined : `Did you mean ${word}?`;
}

/** The nearest of `known` to `given`, ignoring case; undefined when none is near enough to be meant. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of known) {
    const limit = Math.max(1, Math.floor(Math.max(given.length, word.length) / 3));
    if (Math.abs(given.length - word.length) > limit) { continue; }
    const distance = editDistance(given.toLowerCase(), word.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) { best = { word, distance }; }
  }
  return best?.word;
}

/** Optimal string alignment distance of two words, in edits. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
