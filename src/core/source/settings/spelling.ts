/** Which of several keys somebody meant who wrote another one. */

/** Short forms of the same word. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['dd', 'drawdown'], ['mdd', 'drawdown'], ['maxdd', 'drawdown'], ['maxdrawdown', 'drawdown'], ['max', ''], ['maximum', ''], ['limit', ''], ['limits', ''], ['cap', ''], ['day', 'daily'], ['losses', 'loss'], ['pct', 'percent'], ['percentage', 'percent'], ['perc', 'percent'],
  ['flatten', 'flat'], ['time', 'at'], ['by', 'at'], ['cutoff', 'flat'], ['lots', 'contracts'], ['contract', 'contracts'], ['inp', ''], ['input', ''], ['usd', ''], ['amount', ''], ['value', ''],
]);

/** Words of a key, short forms written out: `maxDD_pct` → `max drawdown percent`. */
function words(key: string): readonly string[] {
  const split = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').toLowerCase().replaceAll(/draw[_-]down/g, 'drawdown').split(/[^a-z0-9]+/);
  return split.map((word) => SAME.get(word) ?? word).filter((word) => word !== '');
}

/** How close two keys are: 0 the same letters, up to 3 the same thing in other words; undefined for different things. */
export function distance(a: string, b: string): number | undefined {
  const [one, other] = [words(a), words(b)];
  const [first, second] = [one.join(''), other.join('')];
  if (a.toLowerCase().replaceAll(/[^a-z0-9]/g, '') === b.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) { return 0; }
  if (first === second || [...one].sort().join(' ') === [...other].sort().join(' ')) { return 1; }
  if (Math.min(first.length, second.length) >= 6 && edits(first, second) <= 2) { return 2; }
  const [small, large] = one.length <= other.length ? [one, other] : [other, one];
  // One says a little more than the other: `max_drawdown`, `max_drawdown_percent`.
  const shared = small.filter((word) => large.includes(word));
  return shared.length === small.length && large.length - small.length <= 1 && shared.some((word) => /drawdown|loss|flat|contracts|consistency|deadline|eod/.test(word)) ? 3 : undefined;
}

/** The key path that is meant by another one: near in its last key, and best where the keys above are the same. */
export function nearestKey(keys: readonly string[], among: readonly (readonly string[])[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let least = Infinity;
  for (const other of among) {
    const far = distance(keys[keys.length - 1] ?? '', other[other.length - 1] ?? '');
    if (far === undefined) { continue; }
    const sameParent = other.length === keys.length && other.slice(0, -1).every((key, i) => key === keys[i]);
    const score = far * 2 + (sameParent ? 0 : 3);
    if (score < least) { least = score; best = other; }
  }
  return best;
}

/** Levenshtein's distance, at most 3: nobody asks for more. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 60 || b.length > 60) { return 3; }
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let k = 1; k <= b.length; k++) { next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1))); }
    row = next;
  }
  return row[b.length]!;
}
