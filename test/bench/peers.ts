/** Other scanners of secrets, each from its own registry at a fixed version, into a folder of this repository. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '..', '..', '.cache', 'peers');

/** Versions as of 2026-12-01. */
const GITLEAKS = '8.30.1';
const SECRETLINT = '13.0.6';
const KINGFISHER = '2.14.0';

export interface Peer {
  readonly name: string;
  readonly command: string;
  /** What it takes to scan the folder it is started in. */
  readonly args: readonly string[];
}

/** Makes a program once; undefined, with the reason printed, where its registry is not to be had. */
function made(name: string, program: string, make: () => { readonly error?: Error; readonly stderr: string }): string | undefined {
  if (existsSync(program)) { return program; }
  mkdirSync(cache, { recursive: true });
  const { error, stderr } = make();
  if (existsSync(program)) { return program; }
  console.log(`${name} is not to be had here: ${error?.message ?? stderr.slice(0, 200)}`);
  return undefined;
}

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): { readonly error?: Error; readonly stderr: string } =>
  spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8', shell: process.platform === 'win32' && command === 'npm' });

/** gitleaks by its own module. */
export function gitleaks(): string | undefined {
  return made('gitleaks', join(cache, 'gitleaks'), () => run('go', ['install', `github.com/zricethezav/gitleaks/v8@v${GITLEAKS}`], { GOBIN: cache }));
}

/** secretlint with the rules its authors recommend. */
function secretlint(): Peer | undefined {
  const folder = join(cache, 'secretlint');
  const command = made('secretlint', join(folder, 'node_modules', '.bin', 'secretlint'), () => run('npm', [
    'install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', `secretlint@${SECRETLINT}`, `@secretlint/secretlint-rule-preset-recommend@${SECRETLINT}`,
  ]));
  if (command === undefined) { return undefined; }
  const config = join(folder, 'secretlintrc.json');
  writeFileSync(config, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  return { name: `secretlint ${SECRETLINT}`, command, args: ['--secretlintrc', config, '--format', 'json', '**/*'] };
}

/** kingfisher's program, as its wheel brings it; it asks no vendor whether a key is alive. */
function kingfisher(): Peer | undefined {
  const folder = join(cache, 'kingfisher');
  const command = made('kingfisher', join(folder, 'kingfisher', 'bin', 'kingfisher'), () => run('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, `kingfisher-bin==${KINGFISHER}`]));
  if (command === undefined) { return undefined; }
  chmodSync(command, 0o755);
  return { name: `kingfisher ${KINGFISHER}`, command, args: ['scan', '--no-validate', '--no-update-check', '--git-history', 'none', '--format', 'json', '.'] };
}

/**
 * Those that scan folders. betterleaks is not among them: its module asks for a fork of go-re2 that the module proxy does not have, and no registry has
 * a built one.
 */
export function folderScanners(): readonly Peer[] {
  const program = gitleaks();
  const leaks: Peer | undefined = program === undefined ? undefined : { name: `gitleaks ${GITLEAKS}`, command: program, args: ['dir', '--no-banner', '-f', 'json', '-r', join(cache, 'gitleaks.json'), '.'] };
  return [secretlint(), leaks, kingfisher()].filter((peer) => peer !== undefined);
}
