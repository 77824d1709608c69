/** How secrets are taken out of a history, in sentences with the commands that fit what was found. */
import { posix } from 'node:path';
import type { HistorySecret } from './report.ts';

/** Files that hold nothing but credentials: they can go as a whole. */
const WHOLE_FILE = /^(?:\.env(?:\.[\w-]{1,40})?|id_(?:rsa|dsa|ecdsa|ed25519)|cdp_api_key\.json|credentials(?:\.json)?)$|\.(?:pem|key|p12|pfx|jks|keystore|ppk)$/i;
/** Paths named in one command; more are given by a file. */
const MOST_NAMED = 8;

/**
 * The steps, the first thing first. git filter-repo (github.com/newren/git-filter-repo, "User Manual") and BFG
 * (rtyley.github.io/bfg-repo-cleaner) take the same list of texts to replace.
 */
export function purgeSteps(secrets: readonly HistorySecret[]): readonly string[] {
  const counted = secrets.filter(({ suppressed, first }) => suppressed === undefined && first.commit !== 'staged');
  if (counted.length === 0) { return []; }
  const paths = [...new Set(counted.flatMap((secret) => secret.paths))].sort();
  const whole = paths.filter((path) => WHOLE_FILE.test(posix.basename(path)));
  const parts = paths.filter((path) => !WHOLE_FILE.test(posix.basename(path)));
  return [
    'Rotate first: whoever fetched these commits has the values, and no rewriting takes them back.',
    'Make a fresh clone with "git clone --mirror" and rewrite that one; keep the old one until all is checked.',
    ...(whole.length === 0 ? [] : [
      `Take the files out of every commit: git filter-repo --invert-paths ${named(whole)}`,
      `Or with BFG, by name alone: ${[...new Set(whole.map((path) => posix.basename(path)))].slice(0, MOST_NAMED).map((name) => `bfg --delete-files ${quoted(name)}`).join(' && ')}`,
    ]),
    ...(parts.length === 0 ? [] : [
      `Replace the values in ${listed(parts)}: write each value on a line of a file outside the repository, then run git filter-repo --replace-text values.txt`,
      'Or with BFG: bfg --replace-text values.txt --no-blob-protection. Delete values.txt afterwards.',
    ]),
    'Then run git push --force --all and git push --force --tags. Every branch that shares the old commits changes its ids.',
    'Old commits stay in every clone, fork, pull request and cache: have each clone made anew, and ask the host to collect unreachable commits.',
    'Prove it with: tickguard history --proof',
  ];
}

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_NAMED).map((path) => `--path ${quoted(path)}`).join(' ');
  return paths.length > MOST_NAMED ? `${shown} (and ${paths.length - MOST_NAMED} more)` : shown;
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_NAMED).join(', ');
  return paths.length > MOST_NAMED ? `${shown} and ${paths.length - MOST_NAMED} more files` : shown;
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll('\'', '\'\\\'\'')}'`;
}
