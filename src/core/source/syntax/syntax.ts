/** The parsers, with their budgets and their bookkeeping. Trees are WebAssembly memory: whoever parses, releases. */
import { Edit, Language as Grammar, Parser } from 'web-tree-sitter';
import type { Point, Tree } from 'web-tree-sitter';
import { pythonTable } from '../python/table.ts';
import type { PythonContext } from '../python/context.ts';
import type { Part } from '../python/parts.ts';
import { compileTable } from './compile.ts';
import type { CursorFunctions } from './cursor.ts';
import type { CompiledTable } from './compile.ts';
import { locateWasm } from './locate.ts';

/** `[start, oldEnd)` of a text replaced by `inserted`, in UTF-16 units. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

/** What an earlier parse of nearly the same text saves. */
export interface Previous {
  readonly tree: Tree;
  readonly text: string;
  /** How the older text became the new one: disjoint, in the older text's offsets, last one first. */
  readonly changes: readonly TextChange[];
}

/**
 * The parsers of one process. `liveTrees` and `parses` are what the tests of memory and of incremental work watch: live
 * trees are the open documents, nothing else.
 */
export class Syntax {
  /** The WebAssembly module of the parser library is one a process, and two starts at once would tear it apart. */
  static #library: Promise<CursorFunctions> | undefined;

  readonly #parser: Parser;
  /** The table of Python, joined to its grammar. */
  readonly python: CompiledTable<Part, PythonContext>;
  #liveTrees = 0;
  #parses = 0;

  private constructor(parser: Parser, python: CompiledTable<Part, PythonContext>) {
    this.#parser = parser;
    this.python = python;
  }

  /**
   * Loads the parser and the grammars.
   *
   * @param options.wasmFolder folder of the WebAssembly files, if they are neither beside the bundle nor in `node_modules`.
   * @throws if a file is missing or broken: there is no Tickguard without its parser.
   */
  static async create(options: { readonly wasmFolder?: string } = {}): Promise<Syntax> {
    const locate = (file: string): string => locateWasm(file, options.wasmFolder);
    Syntax.#library ??= loadLibrary(locate);
    let cursor: CursorFunctions;
    try {
      cursor = await Syntax.#library;
    } catch (error) {
      Syntax.#library = undefined;
      throw error;
    }
    const grammar = await Grammar.load(locate('tree-sitter-python.wasm'));
    const parser = new Parser();
    parser.setLanguage(grammar);
    return new Syntax(parser, compileTable(grammar, pythonTable, cursor));
  }

  /** Trees parsed and not yet released. */
  get liveTrees(): number {
    return this.#liveTrees;
  }

  /** Parses so far, incremental ones included. */
  get parses(): number {
    return this.#parses;
  }

  /**
   * Parses a Python text. The caller releases the tree.
   *
   * @param budgetMs time after which the parser stops, see `Budget`.
   * @param previous an older tree; it stays as it is and stays the caller's.
   * @returns `undefined` when the budget ran out.
   */
  parse(text: string, budgetMs: number, previous?: Previous): Tree | undefined {
    const base = previous === undefined ? undefined : editedCopy(previous);
    const budget = new Budget(budgetMs);
    this.#parses++;
    try {
      const tree = this.#parser.parse(text, base ?? null, { progressCallback: () => budget.spent });
      if (tree === null) {
        // Without this the parser would go on with the abandoned text.
        this.#parser.reset();
        return undefined;
      }
      this.#liveTrees++;
      return tree;
    } finally {
      base?.delete();
    }
  }

  /** Gives a tree's memory back. */
  release(tree: Tree): void {
    this.#liveTrees--;
    tree.delete();
  }
}

/** Starts the library; the object it is started with becomes its WebAssembly module and carries the exported functions. */
async function loadLibrary(locateFile: (file: string) => string): Promise<CursorFunctions> {
  const library = { locateFile };
  await Parser.init(library);
  return library as unknown as CursorFunctions;
}

/** A machine this much slower than its processor time says is stuck for another reason, and somebody waits. */
const LONGEST_WAIT = 5;

/**
 * Time a piece of work may take. Both the clock and the processor must say it is spent: on a crowded machine the clock
 * alone would make the same text readable one moment and too slow the next.
 */
export class Budget {
  readonly ms: number;
  readonly #start = performance.now();
  /** Taken once an eighth of the time is gone: asking the system costs more than most files take to parse. */
  #usage: { readonly at: NodeJS.CpuUsage; readonly before: number } | undefined;

  constructor(ms: number) {
    this.ms = ms;
  }

  get spent(): boolean {
    const wall = performance.now() - this.#start;
    if (wall <= this.ms / 8) return false;
    this.#usage ??= { at: process.cpuUsage(), before: wall };
    if (wall <= this.ms) return false;
    const { user, system } = process.cpuUsage(this.#usage.at);
    return this.#usage.before + (user + system) / 1_000 > this.ms || wall > this.ms * LONGEST_WAIT;
  }
}

/** The older tree with its nodes moved to where they stand in the new text. */
function editedCopy(previous: Previous): Tree {
  const { text } = previous;
  const copy = previous.tree.copy();
  for (const { start, oldEnd, inserted } of previous.changes) {
    const startPosition = pointAt(text, start);
    copy.edit(new Edit({
      startIndex: start,
      oldEndIndex: oldEnd,
      newEndIndex: start + inserted.length,
      startPosition,
      oldEndPosition: pointAt(text, oldEnd),
      newEndPosition: advance(startPosition, inserted),
    }));
  }
  return copy;
}

/** Row and column as the parser counts them: only line feeds end a row. */
function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
    row++;
    lineStart = next + 1;
  }
  return { row, column: offset - lineStart };
}

function advance(from: Point, inserted: string): Point {
  const end = pointAt(inserted, inserted.length);
  return end.row === 0 ? { row: from.row, column: from.column + end.column } : { row: from.row + end.row, column: end.column };
}
