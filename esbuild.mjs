// Builds every bundle into dist/: one file a process, CommonJS, with the grammars beside it.
import { build, context } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const treeSitter = dirname(require.resolve('web-tree-sitter'));
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  sourcemap: production ? false : 'linked',
  minify: production,
  legalComments: 'none',
  logLevel: 'warning',
  // jsonc-parser's CommonJS build hides its parts from a bundler.
  mainFields: ['module', 'main'],
  // The ESM build locates its wasm by import.meta.url, which a CommonJS bundle does not have.
  alias: { 'web-tree-sitter': join(treeSitter, 'web-tree-sitter.cjs') },
  define: { 'import.meta.url': 'undefined' },
};

/** entry point → oldest Node that runs it: the terminal doors on the floor we claim, the host's on VS Code 1.103's. */
const bundles = [
  { ...common, target: 'node20', entryPoints: { cli: 'src/cli/main.ts', server: 'src/server/main.ts' } },
  {
    ...common, target: 'node22', external: ['vscode'],
    entryPoints: { extension: 'src/extension/main.ts', client: 'src/extension/client.ts' },
  },
];

const dist = join(root, 'dist');
const grammars = { 'tree-sitter-python': ['python'], 'tree-sitter-cpp': ['cpp'], 'tree-sitter-typescript': ['typescript', 'tsx'] };
const wasm = { 'web-tree-sitter.wasm': join(treeSitter, 'web-tree-sitter.wasm') };
for (const [name, files] of Object.entries(grammars)) {
  for (const grammar of files) { wasm[`tree-sitter-${grammar}.wasm`] = require.resolve(`${name}/tree-sitter-${grammar}.wasm`); }
}

// What a former build left and this one does not write goes; the rest is replaced in place, so that a running server keeps its files.
mkdirSync(dist, { recursive: true });
const written = new Set(bundles.flatMap(({ entryPoints }) => Object.keys(entryPoints)).flatMap((name) => [`${name}.cjs`, ...(production ? [] : [`${name}.cjs.map`])]));
for (const name of readdirSync(dist)) {
  if (!written.has(name) && !(name in wasm)) { rmSync(join(dist, name), { recursive: true, force: true }); }
}
for (const [name, from] of Object.entries(wasm)) { copyFileSync(from, join(dist, name)); }

if (watch) {
  for (const options of bundles) { await (await context(options)).watch(); }
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
