/** Real git repositories in temporary folders. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from './cli.ts';

/** git without anybody's own settings. */
const ENVIRONMENT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'Desk', GIT_AUTHOR_EMAIL: 'desk@example.com', GIT_COMMITTER_NAME: 'Desk', GIT_COMMITTER_EMAIL: 'desk@example.com' };

export interface Repository {
  readonly root: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string | Uint8Array): void;
  /** Writes and stages. */
  stage(path: string, text: string | Uint8Array): void;
  commit(): void;
}

/** A repository whose first commit holds these files; without any it has no commit. */
export function repositoryWith(files: Readonly<Record<string, string | Uint8Array>> = {}): Repository {
  const root = folderWith(files);
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...ENVIRONMENT }, stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const repository: Repository = {
    root, git, write,
    stage(path, text) { write(path, text); git('--literal-pathspecs', 'add', '-f', '--', path); },
    commit() { git('commit', '-q', '--allow-empty', '-m', 'work'); },
  };
  git('init', '-q', '-b', 'main');
  if (Object.keys(files).length > 0) { git('add', '-A', '-f'); repository.commit(); }
  return repository;
}
