/** `.gitignore` files, for folders where git does not answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { HERE } from './paths.ts';

/** An ignore file is text people write; more than this is something else. */
const MOST_CHARACTERS = 200_000;
/** Stars in one name of a pattern: more would let a hostile file make matching slow. */
const MOST_STARS = 4;

/** The rules of one folder and those above it. */
export interface IgnoreRules {
  /** Folder of the nearest ignore file, relative to the root, `''` or ending in `/`. */
  readonly prefix: string;
  readonly rules: Ignore;
  readonly above: IgnoreRules | undefined;
}

/** The rules that hold in a folder: its own `.gitignore` (and, at a repository's root, `.git/info/exclude`) under those above. */
export function ignoreRulesIn(absolute: string, folder: string, above: IgnoreRules | undefined): IgnoreRules | undefined {
  const lines = [...patterns(join(absolute, '.git', 'info', 'exclude')), ...patterns(join(absolute, '.gitignore'))];
  if (lines.length === 0) return above;
  const rules = ignore({ ignorecase: HERE.ignoresCase }).add(lines);
  return { prefix: folder === '' ? '' : `${folder}/`, rules, above };
}

/** Whether a file or folder is ignored: the nearest rule that speaks of it decides. `path` is relative to the root. */
export function isIgnored(path: string, folder: boolean, rules: IgnoreRules | undefined): boolean {
  for (let held = rules; held; held = held.above) {
    const inside = path.slice(held.prefix.length);
    const answer = held.rules.test(folder ? `${inside}/` : inside);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}

function patterns(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  if (text.length > MOST_CHARACTERS) return [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#') && line.split('/').every((name) => name.replace(/\*{2,}/g, '*').split('*').length <= MOST_STARS + 1));
}
