/**
 * What IPython adds to Python (ipython.readthedocs.io, "IPython reference"): `%magic`, `!command`, `name?`, `%%cell magic`.
 * All of it is replaced by Python as long, so that offsets hold; what stood there is left to the text rules.
 */
import type { Language, Span } from '../model.ts';

/** A cell as Python. */
export interface PlainCell {
  /** As long as the cell. */
  readonly text: string;
  /** What was replaced. */
  readonly replaced: readonly Span[];
}

/** Magics of a cell behind which there is Python all the same. */
const PYTHON_MAGICS: ReadonlySet<string> = new Set(['time', 'timeit', 'capture', 'prun', 'memit', 'mprun', 'lprun', 'px', 'debug', 'python', 'python3', 'skip', 'cache', 'jit', 'scalene']);
const SHELL_MAGICS: ReadonlySet<string> = new Set(['bash', 'sh', 'script', 'zsh', 'system', 'sx', '!']);
/** Commands IPython takes without a mark when no variable is called so. */
const BARE_COMMAND = /^(?:pip|pip3|conda|mamba|uv) +(?:install|uninstall|list|freeze|show|update|add|pip)\b/;
const ASSIGNED = /^[A-Za-z_][\w., ]{0,200}= *(?=[%!])/;
const HELP = /^\??\??[A-Za-z_%*][\w.*%]{0,200}\?{0,2}$/;

/** The language a cell is in by its first line (`%%bash`), and where that line ends. */
export function cellMagic(cell: string): { readonly language: Language; readonly end: number } | undefined {
  const match = /^\s{0,200}%%([\w!]{1,40})([^\n]{0,400})/.exec(cell);
  if (match === null) return undefined;
  const [all, name = '', rest = ''] = match;
  const end = all.length;
  if (PYTHON_MAGICS.has(name)) return { language: 'python', end };
  if (SHELL_MAGICS.has(name)) return { language: name === 'script' && !/\b(?:ba|z)?sh\b/.test(rest) ? 'text' : 'shell', end };
  if (name === 'writefile' || name === 'file') return { language: languageOfFile(rest), end };
  return { language: 'text', end };
}

/** Only configuration written by a cell is read: its code is a module of its own. */
function languageOfFile(rest: string): Language {
  const extension = /\.(ya?ml|json|toml|ini|cfg|env|sh)\s{0,8}$/.exec(rest)?.[1] ?? (/(?:^|[\s/])\.env(?:\.\w{1,20})?\s{0,8}$/.test(rest) ? 'env' : '');
  const known: Readonly<Record<string, Language>> = { yaml: 'yaml', yml: 'yaml', json: 'json', toml: 'toml', ini: 'ini', cfg: 'ini', env: 'dotenv', sh: 'shell' };
  return known[extension] ?? 'text';
}

/** Replaces magics, commands and questions where a statement may begin; inside strings and brackets `%` and `!` are Python's. */
export function withoutMagics(cell: string): PlainCell {
  if (!/[%!?]|^ *(?:pip|conda|mamba|uv)/m.test(cell)) return { text: cell, replaced: [] };
  const replaced: Span[] = [];
  const pieces: string[] = [];
  let kept = 0;
  for (let at = 0; at < cell.length;) {
    const found = magicAt(cell, at);
    if (found === undefined) {
      at = endOfStatement(cell, at);
      continue;
    }
    pieces.push(cell.slice(kept, found.start), asPython(cell.slice(found.start, found.end)));
    replaced.push(found);
    kept = found.end;
    at = found.end + 1;
  }
  pieces.push(cell.slice(kept));
  return { text: pieces.join(''), replaced };
}

/** `None` as long as what it stands for; line breaks stay. */
function asPython(written: string): string {
  const [first = '', ...rest] = written.split('\n');
  return [first.length >= 4 ? 'None'.padEnd(first.length) : '0'.padEnd(first.length), ...rest.map((line) => ' '.repeat(line.length))].join('\n');
}

/** What is not Python on the line that begins at an offset. */
function magicAt(cell: string, at: number): Span | undefined {
  let start = at;
  while (cell[start] === ' ' || cell[start] === '\t') start += 1;
  let end = lineEnd(cell, start);
  const line = cell.slice(start, end);
  const assigned = ASSIGNED.exec(line);
  const marked = line.startsWith('%') || line.startsWith('!') || assigned !== null;
  const question = line.includes('?') && HELP.test(line.trimEnd());
  if (!marked && !question && !BARE_COMMAND.test(line)) return undefined;
  while (end < cell.length && cell[end - 1] === '\\') end = lineEnd(cell, end + 1);
  return { start: start + (assigned?.[0].length ?? 0), end };
}

function lineEnd(cell: string, at: number): number {
  const end = cell.indexOf('\n', at);
  return end < 0 ? cell.length : end;
}

/** Offset of the line after the statement that begins at an offset: brackets and long strings may hold line breaks. */
function endOfStatement(cell: string, from: number): number {
  let depth = 0;
  for (let at = from; at < cell.length; at += 1) {
    const char = cell[at] as string;
    if (char === '#') at = lineEnd(cell, at) - 1;
    else if (char === '"' || char === "'") at = endOfString(cell, at, char) - 1;
    else if (char === '\\') at += 1;
    else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    else if (char === '\n' && depth === 0) return at + 1;
  }
  return cell.length;
}

function endOfString(cell: string, at: number, quote: string): number {
  const mark = cell.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  for (let i = at + mark.length; i < cell.length; i += 1) {
    if (cell[i] === '\\') i += 1;
    else if (cell.startsWith(mark, i)) return i + mark.length;
    else if (mark.length === 1 && cell[i] === '\n') return i;
  }
  return cell.length;
}
