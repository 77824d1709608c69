/** The parsers, with their budgets and their bookkeeping. Trees are WebAssembly memory: whoever parses, releases. */
import { Edit, Language as Grammar, Parser } from 'web-tree-sitter';
import type { Point, Tree } from 'web-tree-sitter';
import type { GrammarName, Previous, TreeParser } from '../code-language.ts';
import { GRAMMARS } from '../code-languages.ts';
import type { Budget } from './budget.ts';
import { compileTable } from './compile.ts';
import type { CompiledTable } from './compile.ts';
import type { CursorFunctions } from './cursor.ts';
import { braceDepthExceeds, MEMORY_A_UNIT, MOST_MEMORY, MOST_NODES } from './limits.ts';
import type { Definitions } from './definitions.ts';
import { locateWasm } from './locate.ts';
import type { Part } from './parts.ts';

/** The WebAssembly module; the view of its memory is replaced when it grows. */
interface Library extends CursorFunctions {
  readonly HEAPU8: Uint8Array;
}

interface LoadedGrammar {
  readonly parser: Parser;
  readonly table: CompiledTable<Part, Definitions>;
}

/**
 * The parsers of one process. `liveTrees` and `parses` are what the tests of memory and of incremental work watch: live
 * trees are the open documents, nothing else.
 */
export class Syntax {
  /** The WebAssembly module of the parser library is one a process, and two starts at once would tear it apart. */
  static #starting: Promise<Library> | undefined;

  readonly #library: Library;
  readonly #locate: (file: string, owner: string) => string;
  readonly #grammars = new Map<GrammarName, LoadedGrammar>();
  readonly #lengths = new WeakMap<Tree, number>();
  #liveTrees = 0;
  #liveLength = 0;
  #parses = 0;

  private constructor(library: Library, locate: (file: string, owner: string) => string) {
    this.#library = library;
    this.#locate = locate;
  }

  /**
   * Loads the parser and grammars.
   *
   * @param options.wasmFolder folder of the WebAssembly files, if they are neither beside the bundle nor in `node_modules`.
   * @param options.grammars those needed at once, all unless told; others are loaded with `load`.
   * @throws if a file is missing or broken: there is no Tickguard without its parser.
   */
  static async create(options: { readonly wasmFolder?: string; readonly grammars?: readonly GrammarName[] } = {}): Promise<Syntax> {
    const locate = (file: string, owner: string): string => locateWasm(file, owner, options.wasmFolder);
    Syntax.#starting ??= loadLibrary((file) => locate(file, 'web-tree-sitter'));
    let library: Library;
    try {
      library = await Syntax.#starting;
    } catch (error) {
      Syntax.#starting = undefined;
      throw error;
    }
    const syntax = new Syntax(library, locate);
    await syntax.load(options.grammars ?? (Object.keys(GRAMMARS) as GrammarName[]));
    return syntax;
  }

  /**
   * Loads grammars that are not loaded yet; each costs 10 to 60 ms, so nobody pays for a language they do not write.
   *
   * @throws as `create` does.
   */
  async load(names: Iterable<GrammarName>): Promise<void> {
    for (const name of names) {
      if (this.#grammars.has(name)) continue;
      const { file, package: owner, table } = GRAMMARS[name];
      const grammar = await Grammar.load(this.#locate(file, owner));
      const parser = new Parser();
      parser.setLanguage(grammar);
      this.#grammars.set(name, { parser, table: compileTable(grammar, table, this.#library) });
    }
  }

  /** Whether a grammar is loaded. */
  has(name: GrammarName): boolean {
    return this.#grammars.has(name);
  }

  /** The table of a language, joined to its grammar. */
  table(name: GrammarName): CompiledTable<Part, Definitions> {
    return this.#loaded(name).table;
  }

  #loaded(name: GrammarName): LoadedGrammar {
    const loaded = this.#grammars.get(name);
    if (loaded === undefined) throw new Error(`The grammar ${name} was not loaded.`);
    return loaded;
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
   * Parses a text. The caller releases the tree.
   *
   * @param budget says when the parser stops, and afterwards why.
   * @param previous an older tree; it stays as it is and stays the caller's.
   * @returns `undefined` when the budget ran out.
   */
  parse(name: GrammarName, text: string, budget: Budget, previous?: Previous): Tree | undefined {
    const { parser } = this.#loaded(name);
    const { mostBraces } = GRAMMARS[name];
    if (mostBraces !== undefined && braceDepthExceeds(text, mostBraces)) {
      budget.giveUp('size');
      return undefined;
    }
    const base = previous === undefined ? undefined : editedCopy(previous);
    this.#parses++;
    const { memory } = this;
    const room = Math.max(memory, MOST_MEMORY + this.#liveLength * MEMORY_A_UNIT);
    try {
      const tree = parser.parse(text, base ?? null, {
        progressCallback: () => {
          if (this.memory > room) budget.giveUp('size');
          return budget.spent;
        },
      });
      if (tree === null) {
        // Without this the parser would go on with the abandoned text.
        parser.reset();
        return undefined;
      }
      return this.#taken(tree, text, budget);
    } finally {
      base?.delete();
    }
  }

  /** Bytes the WebAssembly module has taken so far. */
  get memory(): number {
    return this.#library.HEAPU8.byteLength;
  }

  /** Counts a tree in, unless it is too large for what is made of it next. */
  #taken(tree: Tree, text: string, budget: Budget): Tree | undefined {
    if (tree.rootNode.descendantCount > MOST_NODES) {
      tree.delete();
      budget.giveUp('size');
      return undefined;
    }
    this.#liveTrees++;
    this.#liveLength += text.length;
    this.#lengths.set(tree, text.length);
    return tree;
  }

  /** The parser of one grammar, all parses within one budget. */
  parser(name: GrammarName, budget: Budget): TreeParser {
    return {
      parse: (text, previous) => this.parse(name, text, budget, previous),
      release: (tree) => { this.release(tree); },
    };
  }

  /** Gives a tree's memory back. */
  release(tree: Tree): void {
    this.#liveTrees--;
    this.#liveLength -= this.#lengths.get(tree) ?? 0;
    tree.delete();
  }
}

/** Starts the library; the object it is started with becomes its WebAssembly module and carries the exported functions. */
async function loadLibrary(locateFile: (file: string) => string): Promise<Library> {
  const library = { locateFile };
  await Parser.init(library);
  return library as unknown as Library;
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
