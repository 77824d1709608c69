/** Globs as the policy file has them: `**`, `*`, `?`, `[…]`, `{a,b}`, a leading `!` to take files out again. */
import picomatch from 'picomatch';

/** Answers for a path relative to the glob's folder, with `/`. */
export type PathMatcher = (path: string) => boolean;

/** Most `*` in one name of a glob, and most `**` in one glob: more would let a hostile file make matching slow. */
const MOST_STARS = 3;
const MOST_GLOBSTARS = 3;

/** Why a glob is refused, in one clause; undefined for a good one. */
export function globProblem(glob: string): string | undefined {
  const pattern = glob.startsWith('!') ? glob.slice(1) : glob;
  if (pattern.trim() === '') return 'a glob must not be empty';
  if (pattern.length > 500) return 'a glob must not be longer than 500 characters';
  if (/^(?:\/|[A-Za-z]:)/.test(pattern)) return 'a glob is relative to the folder of tickguard.json and must not begin with / or a drive';
  const names = pattern.split('/');
  if (names.includes('..')) return 'a glob must not lead out of the folder of tickguard.json';
  if (names.filter((name) => name.includes('**')).length > MOST_GLOBSTARS) return `a glob may have at most ${MOST_GLOBSTARS} **`;
  if (names.some((name) => name.replaceAll('**', '').split('*').length - 1 > MOST_STARS)) return `a name in a glob may have at most ${MOST_STARS} *`;
  return undefined;
}

/**
 * One function for a list of globs: a path matches if some glob does and no `!glob` does. A glob that names a folder
 * takes everything below it. Case counts; a leading dot of a name is nothing special.
 */
export function globMatcher(globs: readonly string[]): PathMatcher {
  const usable = globs.filter((glob) => globProblem(glob) === undefined);
  const wanted = usable.filter((glob) => !glob.startsWith('!')).map(compile);
  const unwanted = usable.filter((glob) => glob.startsWith('!')).map((glob) => compile(glob.slice(1)));
  return (path) => wanted.some((matches) => matches(path)) && !unwanted.some((matches) => matches(path));
}

function compile(glob: string): PathMatcher {
  // Parentheses, bars and plus signs would reach the regular expression as operators; in a path they are letters.
  const names = glob.split('/').filter((name) => name !== '' && name !== '.');
  const literal = names.join('/').replace(/[()|+$^]/g, '\\$&');
  if (literal === '') return () => true;
  const options = { dot: true, windows: false, noextglob: true, nonegate: true };
  return picomatch(literal.endsWith('**') ? literal : [literal, `${literal}/**`], options);
}
