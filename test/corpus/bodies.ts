/** Brings the public bodies of strategy code here: pinned packages, downloaded once, unpacked, never installed. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../support/project.ts';

const run = promisify(execFile);

/** What is pinned, one requirement with its hash a line. */
export const requirements = join(projectRoot, 'test', 'python', 'requirements.txt');
const cache = join(projectRoot, '.cache', 'corpus');

/** The platform whose wheels are pinned: Python sources are the same on every one. */
const PLATFORM = ['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312', '--platform', 'manylinux_2_35_x86_64'];

/** Unpacks a wheel without its compiled parts, which are most of its size and are not checked. */
const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wanted = [name for name in wheel.namelist() if not name.endswith(('.so', '.dylib', '.dll', '.pyd'))]
    wheel.extractall(sys.argv[2], wanted)
`;

/** A package's folder. */
export interface Body {
  /** As it is required: `lumibot`. */
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** Names and versions of the pinned packages, in the order of the file. */
export function pinned(): readonly Omit<Body, 'folder'>[] {
  return [...readFileSync(requirements, 'utf8').matchAll(/^([a-z0-9_]+)==([0-9.]+) --hash=sha256:[0-9a-f]{64}$/gm)].map(([, name = '', version = '']) => ({ name, version }));
}

/**
 * The bodies, each in a repository of its own so that it is checked as one. Downloads what is not here yet.
 * Throws with one sentence where Python, its pip or git is missing, or a package cannot be had.
 */
export async function bodies(): Promise<readonly Body[]> {
  const stamp = createHash('sha256').update(readFileSync(requirements)).update(UNPACK).digest('hex').slice(0, 16);
  const home = join(cache, stamp);
  const found = pinned().map((body) => ({ ...body, folder: join(home, body.name) }));
  if (existsSync(join(home, 'complete'))) { return found; }
  rmSync(cache, { recursive: true, force: true });
  const wheels = join(home, 'wheels');
  mkdirSync(wheels, { recursive: true });
  const python = await findPython();
  await run(python, ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', ...PLATFORM, '--require-hashes', '-r', requirements, '-d', wheels])
    .catch((error: unknown) => { throw new Error(`The corpus could not be downloaded: ${lastLine(error)}. Run the test again where the package index can be reached.`); });
  for (const body of found) {
    const wheel = readdirSync(wheels).find((name) => name.startsWith(`${body.name}-${body.version}-`));
    if (wheel === undefined) { throw new Error(`pip brought no wheel of ${body.name} ${body.version}. Look at ${requirements}.`); }
    mkdirSync(body.folder, { recursive: true });
    await run(python, ['-c', UNPACK, join(wheels, wheel), body.folder]);
    await run('git', ['init', '--quiet', body.folder]);
  }
  rmSync(wheels, { recursive: true, force: true });
  writeFileSync(join(home, 'complete'), '');
  return found;
}

/** A Python 3 that has pip. */
async function findPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const works = await run(name, ['-m', 'pip', '--version']).then(() => true, () => false);
    if (works) { return name; }
  }
  throw new Error('The corpus needs Python 3 with pip on the PATH: install them (Debian: apt-get install python3-pip) and run the test again.');
}

function lastLine(error: unknown): string {
  const text = (error as { readonly stderr?: string }).stderr ?? String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
