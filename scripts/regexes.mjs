// Every regular expression of the product must be matched in time linear in the text: each is judged by recheck.
// A pattern that is put together at run time cannot be read here: `RegExp(…)` takes a literal, or the file is listed
// below with the test that judges what it builds.
//
//   node scripts/regexes.mjs [FILE…]      every file of src without one
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { check } from 'recheck';
import ts from 'typescript';
import { root } from './lib/process.mjs';

/** Files that build patterns at run time → the test that judges the built ones by recheck. */
const BUILT_AT_RUN_TIME = new Map([]);
/** A pattern that recheck cannot decide in this time is too clever to be kept. */
const TIMEOUT_MS = 20_000;

const found = [];
const problems = [];
for (const file of process.argv.length > 2 ? process.argv.slice(2) : await sources()) {
  collect(file, ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true));
}

const queue = [...found];
let passed = 0;
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
