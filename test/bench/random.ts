/** Chance with a fixed seed: the same bytes on every machine. */

/** A small linear congruential generator (Numerical Recipes' constants): fixed seeds, no dependency. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Draws of one seed, in the words of a template. */
export interface Chance {
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  /** Between 0.0001 and 0.9999, as it is written. */
  share(): string;
  one<T>(list: readonly T[]): T;
}

export function chance(seed: number): Chance {
  const next = random(seed);
  // The first numbers of neighbouring seeds are neighbours too.
  for (let i = 0; i < 4; i++) { next(); }
  return {
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    share: () => (0.0001 + next() * 0.9998).toFixed(4),
    one: (list) => list[Math.floor(next() * list.length)]!,
  };
}
