/** Runs the built terminal door as a person would: a child process, its output and its exit code. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectRoot } from './project.ts';

/** The bundle; `npm run build` writes it. */
export const cliBundle = join(projectRoot, 'dist', 'cli.cjs');

export interface CliRun {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Another bundle than the repository's. */
  readonly bundle?: string;
}

/** Environment without what would change colours, progress or annotations. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'TICKGUARD_TIMING', 'NODE_OPTIONS', 'VITEST']) { delete environment[name]; }
  return environment;
}

/** Runs `tickguard …args` to its end. */
export function cli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const bundle = options.bundle ?? cliBundle;
  if (!existsSync(bundle)) { throw new Error(`${bundle} is missing. Run "npm run build" first.`); }
  return spawnRun(process.execPath, [bundle, ...args], options);
}

/** Runs a program to its end in a plain environment. */
export function spawnRun(command: string, args: readonly string[], options: Omit<CliOptions, 'bundle'>): Promise<CliRun> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...plainEnvironment(), ...options.env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.once('error', fail);
    child.once('close', (code) => { done({ code, out, err }); });
    child.stdin.on('error', () => { /* a command that does not read its input closes it */ });
    child.stdin.end(options.input ?? '');
  });
}

/** A new folder with these files, removed after the test. Not inside any repository. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-test-')));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true, maxRetries: 3 }); });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A Python file with a private key in its first line, made anew each time: no key is kept in the repository. */
export function leak(): { readonly text: string; readonly secret: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  return { text: `key = """${pem}"""\n`, secret: pem.split('\n')[1] ?? '' };
}
