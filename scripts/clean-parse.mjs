// How much of other people's MQL5 parses without an error, read as the product reads it: decoded, masked, by the C++ grammar.
//
//   node scripts/clean-parse.mjs FOLDER [--files]
//
// FOLDER holds checked-out repositories, one a folder; --files names every file with an error outside macros. A body that
// occurs twice counts once. An error counts as macro-built when its node, or the line or the declaration around it, uses
// a name that is `#define`d as code (with arguments, or as something that is no value) in the file or in its includes, or
// calls a name in capitals that nothing in the repository defines.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { root } from './lib/process.mjs';

/** As long as the command line gives a file. */
const BUDGET_MS = 2_000;
/** What is shown of a place. */
const SHOWN = 110;

const { values, positionals: [folder] } = parseArgs({ allowPositionals: true, options: { files: { type: 'boolean', default: false } } });
if (folder === undefined) {
  console.error('Usage: node scripts/clean-parse.mjs FOLDER [--files]');
  process.exit(2);
}
const { Budget, decode, IncludeIndex, macroValue, mql5, Syntax } = await loadReader();
const syntax = await Syntax.create({ grammars: ['cpp'] });

const total = { files: 0, distinct: 0, unread: 0, clean: 0, macros: 0, broken: 0 };
const seen = new Set();
const causes = new Map();
const repositories = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
let measured = 0;
for (const repository of repositories) { if (measure(repository) > 0) { measured += 1; } }
report();

/** Parses the experts, indicators and scripts of one repository. @returns how many there are. */
function measure(repository) {
  const base = join(folder, repository);
  const paths = readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:mq[45]|mqh)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(base.length + 1).replaceAll('\\', '/')).sort();
  const index = new IncludeIndex();
  for (const path of paths) { index.add(path); }
  const project = { base, index, read: new Map(), defined: undefined, paths };
  const experts = paths.filter((path) => /\.mq5$/i.test(path));
  for (const path of experts) {
    const bytes = readFileSync(join(base, path));
    total.files += 1;
    const key = createHash('sha256').update(bytes).digest('hex');
    if (seen.has(key)) { continue; }
    seen.add(key);
    total.distinct += 1;
    judge(project, path, `${repository}/${path}`);
  }
  return experts.length;
}

function judge(project, path, shown) {
  const file = readFile(project, path);
  const budget = new Budget(BUDGET_MS);
  const tree = file === undefined ? undefined : syntax.parse('cpp', file.masked, budget);
  if (tree === undefined) {
    total.unread += 1;
    if (values.files) { console.log(`unread  ${shown}`); }
    return;
  }
  try {
    if (!tree.rootNode.hasError) { total.clean += 1; return; }
    const left = errorsOf(tree.rootNode).filter((node) => !isMacroBuilt(project, path, file, node));
    if (left.length === 0) { total.macros += 1; return; }
    total.broken += 1;
    const [first] = left;
    const cause = causeOf(file, first);
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
    if (values.files) { console.log(`broken  ${shown}:${first.startPosition.row + 1}  ${cause}  ${lineAt(file.text, first.startIndex).trim().slice(0, SHOWN)}`); }
  } finally {
    syntax.release(tree);
  }
}

/** The topmost error nodes and the missing ones, in source order. */
function errorsOf(top) {
  const found = [];
  const pending = [top];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.isError || node.isMissing) { found.push(node); continue; }
    if (node.hasError) { pending.push(...node.children.filter((child) => child !== null).reverse()); }
  }
  return found;
}

function isMacroBuilt(project, path, file, node) {
  const around = textAround(file, node);
  const macros = macrosOf(project, path, new Set());
  for (const [name] of around.matchAll(/[A-Za-z_]\w*/g)) { if (macros.has(name)) { return true; } }
  for (const [, name] of around.matchAll(/\b([A-Z_][A-Z0-9_]{2,})\s{0,9}\(/g)) { if (!definedIn(project).has(name)) { return true; } }
  return false;
}

/** The error, its lines, and the head of the declaration or the whole statement it stands in; not the bodies of functions and classes. */
function textAround({ masked }, node) {
  let holder = node;
  while (holder.parent !== null && !/(?:_statement|_definition|_specifier|declaration|^compound_statement|_unit|_list)$/.test(holder.type)) { holder = holder.parent; }
  const start = lineStart(masked, Math.min(node.startIndex, holder.type === 'translation_unit' ? node.startIndex : holder.startIndex));
  const body = holder.childForFieldName?.('body') ?? null;
  const holds = holder.type === 'translation_unit' || holder.type === 'compound_statement' ? undefined : holder;
  const own = node.text.length > 2_000 ? masked.slice(node.startIndex, node.startIndex + 2_000) : node.text;
  const head = holds === undefined ? '' : masked.slice(holds.startIndex, Math.min(body?.startIndex ?? holds.endIndex, holds.startIndex + 2_000));
  return `${masked.slice(start, lineEnd(masked, node.startIndex))}\n${own}\n${head}`;
}

/** Names that a file or its includes define as code. */
function macrosOf(project, path, visited) {
  const file = readFile(project, path);
  if (file === undefined || visited.has(path)) { return new Set(); }
  visited.add(path);
  const all = new Set(file.macros);
  for (const include of file.includes) {
    const target = project.index.resolve(posix.dirname(path) === '.' ? '' : posix.dirname(path), include.path, include.level);
    if (target !== undefined) { for (const name of macrosOf(project, target, visited)) { all.add(name); } }
  }
  return all;
}

/** Names of functions and macros that stand before a bracket and a body, or behind `#define`, anywhere in the repository. */
function definedIn(project) {
  if (project.defined === undefined) {
    project.defined = new Set();
    for (const path of project.paths) {
      const file = readFile(project, path);
      if (file === undefined) { continue; }
      for (const [, name] of file.masked.matchAll(/^[ \t]{0,40}[A-Za-z_][\w:<>*& \t]{0,80}[ \t*&]([A-Z_][A-Z0-9_]{2,})[ \t]{0,9}\(/gm)) { project.defined.add(name); }
    }
  }
  return project.defined;
}

function readFile(project, path) {
  if (project.read.has(path)) { return project.read.get(path); }
  const decoded = decode(readFileSync(join(project.base, path)));
  const file = decoded.ok ? { text: decoded.source.text, masked: mql5.mask(decoded.source.text), macros: new Set(), includes: [] } : undefined;
  project.read.set(path, file);
  if (file === undefined) { return undefined; }
  for (const found of file.masked.matchAll(/^[ \t]{0,40}#[ \t]{0,20}define[ \t]{1,40}(\w{1,200})(\()?((?:[^\\\r\n]|\\[^\r\n])*(\\)?)/gm)) {
    const [whole, name, arguments_, value, more] = found;
    const end = found.index + whole.length;
    const plain = arguments_ === undefined && more === undefined && value.trim() !== '' && macroValue(file.masked, { start: end - value.length, end }) !== undefined;
    if (!plain) { file.macros.add(name); }
  }
  for (const [, quoted, angled] of file.text.matchAll(/^[ \t]{0,40}#[ \t]{0,20}include[ \t]{0,40}(?:"([^"\r\n]{1,300})"|<([^>\r\n]{1,300})>)/gm)) {
    file.includes.push({ path: (quoted ?? angled).trim().replaceAll('\\', '/'), level: quoted === undefined ? 0 : 1 });
  }
  return file;
}

/** What broke, coarsely: where the error stands and what it holds. */
function causeOf({ masked }, node) {
  const at = node.parent?.type ?? 'file';
  if (node.isMissing) { return `no ${node.type} in ${at}`; }
  const token = /^\s*(\w+|\S)/.exec(masked.slice(node.startIndex, node.startIndex + 200))?.[1] ?? '';
  return `${/^[a-z]+$/.test(token) || !/\w/.test(token) ? token : 'a name'} in ${at}`;
}

function lineStart(text, at) { return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1; }
function lineEnd(text, at) {
  const end = text.slice(at).search(/[\r\n]/);
  return end < 0 ? text.length : at + end;
}
function lineAt(text, at) { return text.slice(lineStart(text, at), lineEnd(text, at)); }

function report() {
  const read = total.distinct - total.unread;
  const share = (count, of) => `${count} (${((count / of) * 100).toFixed(1)} %)`;
  console.log(`repositories                     ${measured}`);
  console.log(`.mq5 files, distinct bodies      ${total.files}, ${total.distinct}`);
  console.log(`no text, or over the limits      ${total.unread}`);
  console.log(`parse clean                      ${share(total.clean, read)}`);
  console.log(`clean outside macro-built code   ${share(total.clean + total.macros, read)}`);
  console.log(`of those without macro errors    ${share(total.clean, read - total.macros)}`);
  for (const [cause, count] of [...causes].sort((a, b) => b[1] - a[1])) { console.log(`${String(count).padStart(6)}  ${cause}`); }
}

/** The reader from its sources, bundled on the fly: no build has to come first. */
async function loadReader() {
  const outfile = join(root, '.cache', `clean-parse-${process.pid}.mjs`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  await build({
    stdin: {
      contents: [
        "export { Budget } from './src/core/source/syntax/budget.ts';", "export { Syntax } from './src/core/source/syntax/syntax.ts';",
        "export { decode } from './src/core/source/text.ts';", "export { mql5 } from './src/core/source/mql5/mql5.ts';",
        "export { macroValue } from './src/core/source/mql5/macro-value.ts';", "export { IncludeIndex } from './src/core/source/link/includes.ts';", '',
      ].join('\n'),
      resolveDir: root, loader: 'ts',
    },
    bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', outfile, logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
