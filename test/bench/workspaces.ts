/** Workspaces on disk, and what is made of their figures. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BenchLanguage, PYTHON, type SourceFile } from './languages.ts';

/** Writes a workspace of `count` files, those of `linked` included, into a new temporary folder; the caller removes it. */
export function writeWorkspace(count: number, language: BenchLanguage = PYTHON): string {
  const { handler, between, risk, riskText } = language.linked;
  const first = [handler, ...between, [risk, riskText(false)] as const];
  return writeFiles([...first, ...Array.from({ length: count - first.length }, (_, index) => language.plain(index))]);
}

/** Writes files, by their paths, into a new temporary folder; the caller removes it. */
export function writeFiles(files: readonly SourceFile[]): string {
  const root = mkdtempSync(join(tmpdir(), 'tickguard-bench-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Makes a git repository of a workspace, with all of it committed. */
export function commitAll(root: string): void {
  const git = (...args: readonly string[]): void => { execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args], { cwd: root, stdio: 'ignore' }); };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
}

/** Nearest-rank quantile of a list of times: `ceil(p·n)`-th smallest. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) { throw new Error('quantile of no values'); }
  return value;
}
