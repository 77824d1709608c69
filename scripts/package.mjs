// Writes the universal .vsix and checks what is in it.
//
//   node scripts/package.mjs [--out FILE] [--no-build]
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { root, run } from './lib/process.mjs';
import { listZip } from './lib/zip.mjs';

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
 * Builds and packs. Throws one sentence when the build or vsce fails or the content is not what it has to be.
 * @param {{ out?: string, build?: boolean }} [options]
 * @returns {Promise<{ path: string, bytes: number, files: number }>}
 */
export async function packExtension(options = {}) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = resolve(root, options.out ?? join('out', `tickguard-${manifest.version}.vsix`));
  mkdirSync(dirname(path), { recursive: true });
  if (options.build !== false) {
    await mustRun('The build', process.execPath, [join(root, 'esbuild.mjs'), '--production']);
  }
  await mustRun('vsce', process.execPath, [
    join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--out', path,
  ]);
  const problems = problemsOf(path);
  if (problems.length > 0) { throw new Error(`${path} is not what it has to be: ${problems.join(' ')}`); }
  return { path, bytes: statSync(path).size, files: listZip(path).length };
}

/** What is wrong with a packed extension, one sentence each. */
export function problemsOf(path) {
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
  const manifest = JSON.parse(entries.find((entry) => entry.name === 'extension/package.json')?.read().toString('utf8') ?? '{}');
  for (const file of filesNamedIn(manifest)) {
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'no-build': { type: 'boolean', default: false } } });
  try {
    const packed = await packExtension({ ...(values.out ? { out: values.out } : {}), build: !values['no-build'] });
    for (const entry of listZip(packed.path)) { console.log(`${String(entry.bytes).padStart(9)}  ${entry.name}`); }
    console.log(`${packed.path}: ${packed.files} files, ${(packed.bytes / 1e6).toFixed(2)} MB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
