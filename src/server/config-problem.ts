/** Where a broken `tickguard.json` is broken: the engine says it in one sentence, the editor wants a place. */

export interface ConfigProblem {
  /** Relative to the root. */
  readonly path: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** `tickguard.json:3:5: …`, as configuration errors begin; a path may hold blanks and colons. */
const PLACE = /^(.*?(?:tickguard|baseline)\.json):(\d{1,9})(?::(\d{1,9}))?:?\s+/;

/** The place named in the sentence, or the first character of `tickguard.json`. */
export function problemOf(root: string, sentence: string): ConfigProblem {
  const match = PLACE.exec(sentence);
  const named = match?.[1]?.replaceAll('\\', '/');
  const slashed = `${root.replaceAll('\\', '/')}/`;
  return {
    path: named === undefined ? 'tickguard.json' : named.startsWith(slashed) ? named.slice(slashed.length) : named,
    message: match === null ? sentence : sentence.slice(match[0].length),
    line: Number(match?.[2] ?? 1),
    column: Number(match?.[3] ?? 1),
  };
}
