// Writes the .vsix packages, one for each platform and the universal one, and checks what is in them.
//
//   node scripts/package.mjs [--folder FOLDER] [--no-build]                     every package, into out/ or the folder
//   node scripts/package.mjs --target win32-x64 [--out FILE] [--no-build]       one of them; "universal" is the default of --out
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { root, run } from './lib/process.mjs';
import { listZip } from './lib/zip.mjs';

/** The platforms that are packed for, by the names of vsce. A machine takes its own package, any other the universal one. */
export const TARGETS = ['universal', 'win32-x64', 'linux-x64', 'darwin-arm64'];

/** Without native parts the extension is bundles and grammars: more than this is something that slipped in. */
const MAX_BYTES = 4_000_000;

/** What may be inside, beside what `contributes` names. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/, /^extension\.vsixmanifest$/,
  /^extension\/(?:package(?:\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
  /^extension\/dist\/(?:extension|client|server)\.cjs$/,
  /^extension\/dist\/(?:web-tree-sitter|tree-sitter-(?:cpp|python|typescript|tsx))\.wasm$/,
  /^extension\/docs\/rules\/[\w.-]+\.md$/,
  /^extension\/schemas\/[\w.-]+\.json$/,
  /^extension\/syntaxes\/[\w.-]+\.json$/,
  /^extension\/media\/[\w./-]+\.(?:svg|png|md)$/,
];
/** What has to be inside. */
const REQUIRED = [
  'extension/package.json', 'extension/readme.md', 'extension/changelog.md', 'extension/LICENSE.txt',
  'extension/dist/extension.cjs', 'extension/dist/client.cjs', 'extension/dist/server.cjs',
  'extension/dist/web-tree-sitter.wasm', 'extension/dist/tree-sitter-cpp.wasm', 'extension/dist/tree-sitter-python.wasm',
  'extension/dist/tree-sitter-typescript.wasm', 'extension/dist/tree-sitter-tsx.wasm',
];

/**
 * Builds and packs one package. Throws one sentence when the build or vsce fails or the content is not what it has to be.
 * @param {{ out?: string, target?: string, build?: boolean }} [options]
 * @returns {Promise<Packed>}
 * @typedef {{ target: string, path: string, bytes: number, files: number }} Packed
 */
export async function packExtension(options = {}) {
  const target = options.target ?? 'universal';
  if (!TARGETS.includes(target)) { throw new Error(`There is no package for ${target}. There are ${TARGETS.join(', ')}.`); }
  const path = resolve(root, options.out ?? join('out', nameOf(target)));
  mkdirSync(dirname(path), { recursive: true });
  if (options.build !== false) { await build(); }
  await mustRun('vsce', process.execPath, [
    join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--out', path,
    ...(target === 'universal' ? [] : ['--target', target]),
  ]);
  const problems = problemsOf(path, target);
  if (problems.length > 0) { throw new Error(`${path} is not what it has to be: ${problems.join(' ')}`); }
  return { target, path, bytes: statSync(path).size, files: listZip(path).length };
}

/**
 * Builds once and packs for every platform. As long as no part is native all packages hold the same files, and that is checked.
 * @param {{ folder?: string, build?: boolean }} [options]
 * @returns {Promise<Packed[]>}
 */
export async function packEvery(options = {}) {
  if (options.build !== false) { await build(); }
  const packed = [];
  for (const target of TARGETS) {
    packed.push(await packExtension({ target, out: join(options.folder ?? 'out', nameOf(target)), build: false }));
  }
  const [universal, ...others] = packed;
  for (const other of others) {
    const problems = differencesOf(universal.path, other.path);
    if (problems.length > 0) { throw new Error(`${other.path} is not the universal package for another platform: ${problems.join(' ')}`); }
  }
  return packed;
}

/** As vsce names packages: `tickguard-0.1.0.vsix`, `tickguard-win32-x64-0.1.0.vsix`. */
function nameOf(target) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${[name, ...(target === 'universal' ? [] : [target]), version].join('-')}.vsix`;
}

function build() {
  return mustRun('The build', process.execPath, [join(root, 'esbuild.mjs'), '--production']);
}

/** What two packages differ in, one sentence each; the manifest alone names the platform and may. */
export function differencesOf(path, other) {
  const own = new Map(listZip(path).map((entry) => [entry.name, entry]));
  const others = new Map(listZip(other).map((entry) => [entry.name, entry]));
  const problems = [...own.keys()].filter((name) => !others.has(name)).map((name) => `${name} is missing.`);
  for (const [name, entry] of others) {
    const before = own.get(name);
    if (before === undefined) { problems.push(`${name} is in it alone.`); } else if (name !== MANIFEST && !before.read().equals(entry.read())) { problems.push(`${name} differs.`); }
  }
  return problems;
}

const MANIFEST = 'extension.vsixmanifest';

/** What is wrong with a packed extension, one sentence each. */
export function problemsOf(path, target = 'universal') {
  const entries = listZip(path);
  const names = new Set(entries.map((entry) => entry.name));
  const problems = [];
  const bytes = statSync(path).size;
  if (bytes > MAX_BYTES) { problems.push(`It has ${bytes} bytes; ${MAX_BYTES} is the limit.`); }
  for (const name of names) {
    if (!ALLOWED.some((pattern) => pattern.test(name))) { problems.push(`${name} does not belong inside.`); }
  }
  for (const name of REQUIRED) {
    if (!names.has(name)) { problems.push(`${name} is missing.`); }
  }
  const read = (name) => entries.find((entry) => entry.name === name)?.read().toString('utf8');
  // Without a platform in its identity a package is the universal one (schema of the gallery, PackageManifest 2.0.0).
  const said = /<Identity\b[^>]*\bTargetPlatform="([^"]*)"/.exec(read(MANIFEST) ?? '')?.[1] ?? 'universal';
  if (said !== target) { problems.push(`It says it is for ${said}, and ${target} was asked for.`); }
  for (const file of filesNamedIn(JSON.parse(read('extension/package.json') ?? '{}'))) {
    if (!names.has(`extension/${file}`)) { problems.push(`package.json names ${file}, which is missing.`); }
  }
  return problems;
}

/** Every relative file the manifest points to: icons, schemas, grammars, pages of the walkthrough. */
function filesNamedIn(value) {
  if (typeof value === 'string') {
    return /^\.\/[^*]+\.\w+$/.test(value) ? [value.slice(2)] : [];
  }
  if (value === null || typeof value !== 'object') { return []; }
  // `bin` belongs to the npm package.
  return Object.entries(value).filter(([key]) => key !== 'bin' && key !== 'scripts').flatMap(([, part]) => filesNamedIn(part));
}

async function mustRun(what, command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code !== 0) { throw new Error(`${what} failed with code ${code}:\n${output.trim()}`); }
}

async function main() {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, folder: { type: 'string' }, target: { type: 'string' }, 'no-build': { type: 'boolean', default: false } },
  });
  const build = !values['no-build'];
  const one = values.out !== undefined || values.target !== undefined;
  if (one && values.folder !== undefined) { throw new Error('--folder is for every package, --target and --out are for one: leave one of them out.'); }
  const packed = one
    ? [await packExtension({ ...(values.out ? { out: values.out } : {}), ...(values.target ? { target: values.target } : {}), build })]
    : await packEvery({ ...(values.folder ? { folder: values.folder } : {}), build });
  for (const entry of listZip(packed[0].path)) { console.log(`${String(entry.bytes).padStart(9)}  ${entry.name}`); }
  for (const { target, path, files, bytes } of packed) { console.log(`${target}: ${path}, ${files} files, ${(bytes / 1e6).toFixed(2)} MB`); }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
