// Every regular expression of the product must be matched in time linear in the text: each is judged by recheck.
// A pattern that is put together at run time cannot be read in its source: `RegExp(…)` takes a literal, or the file is
// listed below with what it builds.
//
//   node scripts/regexes.mjs [FILE…]      every file of src without one
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';
import { root } from './lib/process.mjs';

const CUSTOM = ['desk_[0-9a-f]{32}', 'desk-(?:live|paper)-[A-Za-z0-9_-]{20,120}', '[A-Z]{2,8}desk[0-9]{4,12}(?:-[0-9a-z]{4,8}){1,4}'];
/** Files that build patterns at run time → a module whose default export is the list of all they build. */
const BUILT_AT_RUN_TIME = new Map([
  ['src/guardians/security/detectors/format.ts', "import { DETECTORS } from './src/guardians/security/detectors/table.ts';\nexport default DETECTORS.map((row) => row.kind === 'shape' ? row.pattern : row.shape);\n"],
  // What people write in their settings is judged when it is read, by custom/pattern.ts (test/rules/sec001-custom.test.ts): here stand some of the widest that pass.
  ['src/guardians/security/custom/pattern.ts', `export default ${JSON.stringify(CUSTOM)}.map((pattern) => new RegExp(pattern));\n`],
  ['src/guardians/security/custom/custom-scan.ts', `export default ${JSON.stringify(CUSTOM)}.map((pattern) => new RegExp('(?<![A-Za-z0-9])(?:' + pattern + ')(?![A-Za-z0-9])', 'g'));\n`],
]);
/** A pattern that recheck cannot decide in this time is too clever to be kept. */
const TIMEOUT_MS = 20_000;

const found = [];
const problems = [];
let passed = 0;
for (const file of process.argv.length > 2 ? process.argv.slice(2) : await sources()) {
  collect(file, ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true));
  if (BUILT_AT_RUN_TIME.has(file)) { await collectBuilt(file, BUILT_AT_RUN_TIME.get(file)); }
}

const queue = [...found];
await Promise.all(Array.from({ length: availableParallelism() }, async () => {
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) { await judge(next); }
}));
for (const problem of problems.sort()) { console.log(problem); }
console.log(`${passed} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function sources() {
  const names = await readdir(join(root, 'src'), { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name.replaceAll('\\', '/')}`).sort();
}

function collect(file, source) {
  const pending = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const line = () => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, line: line(), pattern: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(source) === 'RegExp') {
      fromConstructor(file, source, node, line());
    }
    ts.forEachChild(node, (child) => { pending.push(child); });
  }
}

/** Whether anything in a pattern may be matched more than one number of times: without that, it is tried once and done. */
function repeats(source) {
  const bare = source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '').replace(/\(\?(?:[:!=]|<[!=])/g, '(').replace(/\{\d+\}/g, '');
  return /[*+?{]/.test(bare);
}

/** Each pattern that a file builds, once; one that repeats nothing counts as passed. */
async function collectBuilt(file, contents) {
  const folder = join(root, '.cache');
  const outfile = join(folder, `regexes-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', outfile, logLevel: 'error' });
  try {
    const { default: patterns } = await import(pathToFileURL(outfile).href);
    const unique = new Map(patterns.map((pattern) => [String(pattern), pattern]));
    for (const { source, flags } of unique.values()) {
      if (repeats(source)) { found.push({ file, line: 0, pattern: source, flags }); } else { passed += 1; }
    }
  } finally {
    rmSync(outfile, { force: true });
  }
}

function fromConstructor(file, source, node, line) {
  const [pattern, flags] = node.arguments ?? [];
  const literal = (part) => part === undefined || ts.isStringLiteralLike(part);
  if (pattern !== undefined && literal(pattern) && literal(flags)) {
    found.push({ file, line, pattern: pattern.text, flags: flags?.text ?? '' });
  } else if (!(pattern !== undefined && ts.isRegularExpressionLiteral(pattern)) && !BUILT_AT_RUN_TIME.has(file)) {
    problems.push(`${file}:${line}  a pattern is put together at run time: ${node.getText(source)}. Write it as a literal, or name the test that judges it in scripts/regexes.mjs.`);
  }
}

async function judge({ file, line, pattern, flags }) {
  // recheck knows neither indices, which cost no time, nor sticky matching, which begins at one place only: as `^` does.
  const anchored = flags.includes('y') && !flags.includes('m') ? `^(?:${pattern})` : pattern;
  const result = await check(anchored, flags.replace(/[dy]/g, ''), { timeout: TIMEOUT_MS });
  if (result.status === 'safe') {
    passed += 1;
    return;
  }
  const why = result.status === 'vulnerable' ? result.complexity.summary : `not decided: ${result.error?.kind ?? 'unknown'}`;
  const attack = result.status === 'vulnerable' ? `, for example on ${result.attack.pattern}` : '';
  problems.push(`${file}:${line}  /${pattern}/${flags}  ${why}${attack}`);
}
