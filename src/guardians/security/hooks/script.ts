/** The hooks that Tickguard puts into a repository: shell scripts for git, which brings its own `sh` on Windows. */

/** Hooks there are. */
export const HOOKS = ['pre-commit', 'pre-push'] as const;
export type HookName = (typeof HOOKS)[number];

/** What is kept of a hook that was there before stands beside it under this ending. */
export const KEPT = '.before-tickguard';

/** Second line of every hook of ours; raised with every change of the scripts. */
const MARK = '# Tickguard hook, version 1';
const SINCE = '# Installed: ';

export interface ScriptParts {
  readonly hook: HookName;
  /** Program and its first arguments, as this machine knows them; empty where only the PATH is to be asked. */
  readonly program: readonly string[];
  /** When it was installed, ISO 8601. */
  readonly since: string;
}

/** The text of a hook. It runs what was there before, whose failure stops it, then Tickguard. */
export function hookScript({ hook, program, since }: ScriptParts): string {
  const own = program.map(quoted).join(' ');
  const direct = program.length === 0 ? [] : [`if ${program.map((part) => `[ -e ${quoted(part)} ]`).join(' && ')}; then`, `  tickguard() { ${own} "$@"; }`];
  return [
    '#!/bin/sh', MARK, `${SINCE}${since}`,
    '# "tickguard hook uninstall" puts back what was here before.', '',
    `kept="$(dirname -- "$0")/${hook}${KEPT}"`,
    ...(hook === 'pre-push' ? ['pushed="$(cat)"', 'if [ -x "$kept" ]; then printf \'%s\\n\' "$pushed" | "$kept" "$@" || exit $?; fi'] : ['if [ -x "$kept" ]; then "$kept" "$@" || exit $?; fi']),
    '', ...direct,
    `${direct.length === 0 ? 'if' : 'elif'} command -v tickguard >/dev/null 2>&1; then :`,
    'elif npx --no-install tickguard --version >/dev/null 2>&1; then',
    '  tickguard() { npx --no-install tickguard "$@"; }',
    'else',
    `  echo 'tickguard: It is not where it was when this hook was installed. Run "npx tickguard hook install" again.' >&2`,
    '  exit 1', 'fi', '',
    ...(hook === 'pre-commit' ? ['tickguard check --staged --gate commit'] : PRE_PUSH), '',
  ].join('\n');
}

/**
 * A line a reference: `<local ref> <local id> <remote ref> <remote id>` (git, githooks(5), pre-push); an id of zeros is a deleted
 * or a new one. What the remote has is left out; where its commit is not here, what its branches are known to have is.
 */
const PRE_PUSH: readonly string[] = [
  'set -- --not-on "$1"', 'some=', 'while read -r _ id _ theirs; do',
  '  case "$id" in *[!0]*) ;; *) continue ;; esac',
  '  some=1', '  set -- "$@" "$id"',
  '  case "$theirs" in *[!0]*) if git cat-file -e "$theirs^{commit}" 2>/dev/null; then set -- "$@" "^$theirs"; fi ;; esac',
  'done <<TICKGUARD_PUSHED', '$pushed', 'TICKGUARD_PUSHED',
  'if [ -z "$some" ]; then exit 0; fi',
  'tickguard history "$@"',
];

/** Whether a hook is one of ours, in any version. */
export function isOurs(text: string): boolean {
  return text.includes('\n# Tickguard hook, version ');
}

/** When a hook of ours was installed. */
export function installedSince(text: string): string | undefined {
  return /^# Installed: (\S{10,40})$/m.exec(text)?.[1];
}

/** A word as a POSIX shell takes it; a Windows path with slashes, which its programs take as well. */
export function quoted(word: string): string {
  const plain = /^[A-Za-z]:\\/.test(word) || word.startsWith('\\\\') ? word.replaceAll('\\', '/') : word;
  return `'${plain.replaceAll('\'', '\'\\\'\'')}'`;
}
