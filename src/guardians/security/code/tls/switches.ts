/** Switches outside of the code's own calls that turn certificate checks off: variables of the process, flags of commands. */
import type { Span } from '../../../../core/source/model.ts';

/** Variable → values that switch checks off (Node.js CLI, Python's PEP 493, git and curl documentation, 2026-12-01). */
const OFF: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', new Set(['0'])],
  ['PYTHONHTTPSVERIFY', new Set(['0'])],
  ['GIT_SSL_NO_VERIFY', new Set(['1', 'true'])],
  ['NPM_CONFIG_STRICT_SSL', new Set(['false'])],
]);

/** True where a variable of the process with this value switches checks off. */
export function switchesOff(name: string, value: string): boolean {
  return OFF.get(name.toUpperCase())?.has(value.trim().toLowerCase()) === true;
}

/** Assignments inside a text that is a command: `NODE_TLS_REJECT_UNAUTHORIZED=0 node bot.js`. */
export function switchInCommand(text: string): Span | undefined {
  const match = /\b(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)=["']?0\b/.exec(text);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

/** Flags of commands that download without a check, in one line of a script. */
export function flagInLine(line: string): { readonly at: Span; readonly flag: string } | undefined {
  if (!/\b(?:curl|wget)\b/.test(line) || /^\s{0,40}#/.test(line)) { return undefined; }
  if (/\blocalhost\b|127\.0\.0\.1/.test(line)) { return undefined; }
  let command = '';
  for (const match of line.matchAll(/[^\s;|&]+|[;|&]/g)) {
    const word = match[0];
    if (/^[;|&]$/.test(word)) { command = ''; continue; }
    if (/^(?:curl|wget)$/.test(word)) { command = word; continue; }
    const off = command === 'curl' ? word === '--insecure' || /^-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}$/.test(word) : command === 'wget' && word === '--no-check-certificate';
    if (off) { return { at: { start: match.index, end: match.index + word.length }, flag: `${command} ${word}` }; }
  }
  return undefined;
}
