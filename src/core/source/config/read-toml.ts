/**
 * TOML by `toml-eslint-parser`, some statements at a time. That parser is strict and stops at the first fault, so a part it
 * refuses is read again one statement at a time: what is half-typed or stands twice costs itself only.
 */
import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, closeAt, commentAt, containerEntry, itemOf, MAX_DEPTH, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry, Place, ScalarValue } from './entry-list.ts';

/** A header or a key with its value, and how deep its brackets go. */
interface Statement extends Span {
  readonly depth: number;
}

/** Statements are parsed in chunks of this length, UTF-16 units: between two of them the clock is asked. */
const CHUNK = 16_384;
/** A longer statement is a table of data: the parser would hold everybody up with it. */
const LONGEST_STATEMENT = 262_144;

/** Reads a TOML text; of a table that stands twice both are kept. */
export function readToml(text: string, allowance = new Allowance()): ConfigRead {
  const { statements, comments } = split(text, allowance);
  if (statements.some((statement) => statement.end - statement.start > LONGEST_STATEMENT)) allowance.giveUp('size');
  const lower = new TomlLowering(text, allowance);
  const errors: Span[] = [];
  for (let first = 0; first < statements.length && !allowance.late;) {
    const chunk = chunkFrom(statements, first);
    first += chunk.length;
    const readable = chunk.every((statement) => isReadable(statement));
    if (readable && take(text, lower, hullOf(chunk))) continue;
    for (const statement of chunk) {
      if (!allowance.piece(errors.length)) break;
      if (isReadable(statement) && take(text, lower, statement)) continue;
      errors.push({ start: statement.start, end: statement.end });
      lower.brokenHeader(text.slice(statement.start, Math.min(statement.end, statement.start + CHUNK)));
    }
  }
  return { entries: lower.entries, comments, errors };
}

/** The statements from a position on that fit into a chunk, at least one. */
function chunkFrom(statements: readonly Statement[], first: number): readonly Statement[] {
  const { start } = statements[first] as Statement;
  let end = first + 1;
  while (end < statements.length && (statements[end] as Statement).end - start <= CHUNK) end += 1;
  return statements.slice(first, end);
}

function hullOf(chunk: readonly Statement[]): Span {
  return { start: (chunk[0] as Statement).start, end: (chunk.at(-1) as Statement).end };
}

function isReadable(statement: Statement): boolean {
  return statement.depth <= MAX_DEPTH;
}

/** Parses and lowers a part of the text; false where the parser refuses it. */
function take(text: string, lower: TomlLowering, span: Span): boolean {
  const program = parsed(text.slice(span.start, span.end));
  if (program) lower.program(program, span.start);
  return program !== undefined;
}

/** The tree, or undefined where the parser refuses the text. */
function parsed(text: string): AST.TOMLProgram | undefined {
  try {
    return parseTOML(text, { tomlVersion: '1.1' });
  } catch {
    return undefined;
  }
}

/** Cuts the text into statements: a statement ends with its line, strings over several lines and open brackets aside. */
function split(text: string, allowance: Allowance): { readonly statements: readonly Statement[]; readonly comments: Comment[] } {
  const statements: Statement[] = [];
  const comments: Comment[] = [];
  let start = -1;
  let last = 0;
  let depth = 0;
  let deepest = 0;
  /** Dots of a key or header: each is a level too. */
  let dots = 0;
  let inKey = true;
  const finish = (): void => {
    if (start >= 0) statements.push({ start, end: last, depth: deepest + dots });
    start = -1;
    depth = 0;
    deepest = 0;
    dots = 0;
    inKey = true;
  };
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length && allowance.piece()) {
    const c = text[at];
    if (c === '\n') {
      if (depth === 0 || beginsStatement(text, at + 1)) finish();
      at += 1;
    } else if (c === ' ' || c === '\t' || c === '\r') at += 1;
    else if (c === '#') {
      const end = endOfLine(text, at);
      comments.push(commentAt(text, at, end, 1));
      at = end;
    } else {
      if (start < 0) start = at;
      if (c === '=') inKey = false;
      if (c === '.' && inKey) dots += 1;
      if (c === '[' || c === '{') deepest = Math.max(deepest, (depth += 1));
      else if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
      at = c === '"' || c === "'" ? endOfString(text, at, c) : at + 1;
      last = at;
    }
  }
  finish();
  return { statements, comments };
}

const NEW_STATEMENT = /(?:[A-Za-z_][\w.-]*[ \t]*=|\[{1,2}[A-Za-z_][\w.-]*\]{1,2}[ \t]*(?:#|\r?\n|$))/y;

/** Within open brackets, an unindented `key =` or `[table]` is the next statement: the bracket was never closed. */
function beginsStatement(text: string, at: number): boolean {
  NEW_STATEMENT.lastIndex = at;
  return NEW_STATEMENT.test(text);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  const line = end < 0 ? text.length : end;
  return text[line - 1] === '\r' && line > at ? line - 1 : line;
}

/** After the string that begins here; a string that is not closed ends with its line. */
function endOfString(text: string, at: number, quote: string): number {
  const triple = quote.repeat(3);
  if (text.startsWith(triple, at)) {
    for (let i = at + 3; i < text.length; i += 1) {
      if (quote === '"' && text[i] === '\\') i += 1;
      else if (text.startsWith(triple, i)) {
        let end = i + 3;
        while (end < i + 5 && text[end] === quote) end += 1;
        return end;
      }
    }
    return endOfLine(text, at);
  }
  const line = endOfLine(text, at);
  for (let i = at + 1; i < line; i += 1) {
    if (quote === '"' && text[i] === '\\') i += 1;
    else if (text[i] === quote) return i + 1;
  }
  return line;
}

/** The value of a key or an item still to be read. */
interface Visit {
  readonly node: AST.TOMLContentNode;
  readonly place: Place;
  readonly start: number;
}

/** Turns parsed statements, in order, into entries. */
class TomlLowering {
  readonly entries: OpenEntry[] = [];
  readonly #text: string;
  readonly #allowance: Allowance;
  /** Tables known so far, by path; arrays of tables with their length. */
  readonly #tables = new Map<string, OpenEntry>();
  readonly #lengths = new Map<string, number>();
  #current: readonly (string | number)[] = [];
  #open: OpenEntry[] = [];
  #base = 0;

  constructor(text: string, allowance: Allowance) {
    this.#text = text;
    this.#allowance = allowance;
  }

  program(program: AST.TOMLProgram, base: number): void {
    this.#base = base;
    for (const node of program.body[0].body) {
      if (node.type === 'TOMLKeyValue') this.#keyValue(node, this.#current, this.#open);
      else {
        this.#table(node);
        for (const pair of node.body) this.#keyValue(pair, this.#current, this.#open);
      }
    }
  }

  /** A header that cannot be read ends the table above it; what follows belongs to nothing known. */
  brokenHeader(text: string): void {
    if (!text.startsWith('[')) return;
    const name = text.replace(/[[\]]/g, ' ').trim();
    this.#current = name === '' ? [] : [name];
    this.#open = [];
  }

  #table(node: AST.TOMLTable): void {
    const end = node.key.range[1] + this.#base;
    let path: readonly (string | number)[] = [];
    const open: OpenEntry[] = [];
    node.key.keys.forEach((key, index) => {
      const last = index === node.key.keys.length - 1;
      const place = childOf(path, nameOf(key), this.#inner(key));
      const list = last && node.kind === 'array';
      open.push(this.#known(place, list ? 'list' : 'mapping', node.range[0] + this.#base, end, last && !list));
      path = place.path;
      const length = this.#lengths.get(JSON.stringify(path));
      const item = list ? (length ?? 0) : length === undefined ? undefined : length - 1;
      if (item === undefined) return;
      if (list) this.#lengths.set(JSON.stringify(path), item + 1);
      const itemPlace = itemOf(place, item);
      open.push(this.#known(itemPlace, 'mapping', node.range[0] + this.#base, end, false));
      path = itemPlace.path;
    });
    this.#current = path;
    this.#open = open;
    for (const entry of open) closeAt(entry, Math.max(entry.end, end));
  }

  /** The entry of a table; `again` asks for a new one where the same header stands a second time. */
  #known(place: Place, shape: 'mapping' | 'list', start: number, end: number, again: boolean): OpenEntry {
    const key = JSON.stringify(place.path);
    const known = this.#tables.get(key);
    if (known && !again) return known;
    const entry = containerEntry(place, shape, start, { start, end });
    this.#tables.set(key, entry);
    this.entries.push(entry);
    return entry;
  }

  /** A key may be dotted: the tables on its way are entries too. */
  #keyValue(pair: AST.TOMLKeyValue, parent: readonly (string | number)[], around: readonly OpenEntry[]): void {
    const start = pair.range[0] + this.#base;
    const end = pair.range[1] + this.#base;
    const stack: Visit[] = [this.#visitOf(pair, parent)];
    for (const entry of around) closeAt(entry, Math.max(entry.end, end));
    for (let visit = stack.pop(); visit; visit = stack.pop()) this.#value(visit, stack);
    for (const entry of this.#passed(pair, parent)) closeAt(entry, Math.max(entry.end, end, start));
  }

  #passed(pair: AST.TOMLKeyValue, parent: readonly (string | number)[]): OpenEntry[] {
    let path = parent;
    return pair.key.keys.slice(0, -1).flatMap((key) => {
      path = [...path, nameOf(key)];
      return this.#tables.get(JSON.stringify(path)) ?? [];
    });
  }

  #visitOf(pair: AST.TOMLKeyValue, parent: readonly (string | number)[]): Visit {
    const start = pair.range[0] + this.#base;
    let path = parent;
    let place: Place = { path, key: '' };
    pair.key.keys.forEach((key, index) => {
      place = childOf(path, nameOf(key), this.#inner(key));
      path = place.path;
      if (index < pair.key.keys.length - 1) this.#known(place, 'mapping', start, pair.range[1] + this.#base, false);
    });
    return { node: pair.value, place, start };
  }

  #value({ node, place, start }: Visit, stack: Visit[]): void {
    const span = { start: node.range[0] + this.#base, end: node.range[1] + this.#base };
    if (place.path.length > MAX_DEPTH || !this.#allowance.entry(place.path.length)) return;
    if (node.type === 'TOMLValue') {
      const inner = node.kind === 'string' ? this.#content(span, node.multiline) : span;
      const text = this.#text.slice(inner.start, inner.end);
      this.entries.push(scalarEntry(place, { start, end: span.end }, valueOf(node, text), inner, text));
      return;
    }
    const list = node.type === 'TOMLArray';
    this.entries.push(containerEntry(place, list ? 'list' : 'mapping', start, span));
    const children = list
      ? node.elements.map((element, index) => ({ node: element, place: itemOf(place, index), start: element.range[0] + this.#base }))
      : node.body.map((pair) => this.#visitOf(pair, place.path));
    for (const child of children.reverse()) stack.push(child);
  }

  #inner(key: AST.TOMLBare | AST.TOMLQuoted): Span {
    const quote = key.type === 'TOMLQuoted' ? 1 : 0;
    return { start: key.range[0] + this.#base + quote, end: key.range[1] + this.#base - quote };
  }

  #content(span: Span, multiline: boolean): Span {
    const quotes = multiline ? 3 : 1;
    return { start: span.start + quotes, end: Math.max(span.start + quotes, span.end - quotes) };
  }
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

/** Dates and times have no type of their own here: they are the text they are written as. */
function valueOf(node: AST.TOMLValue, text: string): ScalarValue {
  return node.kind === 'string' || node.kind === 'integer' || node.kind === 'float' || node.kind === 'boolean' ? node.value : text;
}
