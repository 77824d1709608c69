/** What a programming language brings so that its files become models; configuration files have readers of their own. */
import type { Tree } from 'web-tree-sitter';
import type { ProgramLanguage, SourceModel, SourceText, Span } from './model.ts';
import type { Budget } from './syntax/budget.ts';
import type { Definitions } from './syntax/definitions.ts';
import type { Part } from './syntax/parts.ts';
import type { LanguageTable } from './syntax/table.ts';

/** A grammar as its package ships it: one WebAssembly file each. */
export type GrammarName = 'python' | 'cpp' | 'typescript' | 'tsx';

/** A grammar, where it comes from and what its nodes become. */
export interface GrammarSource {
  /** File beside the bundle. */
  readonly file: string;
  /** npm package that brings it. */
  readonly package: string;
  readonly table: LanguageTable<Part, Definitions>;
  /** The most braces that may be open at once: where a brace is a block or an object, the parser recurses over the open ones. */
  readonly mostBraces?: number;
}

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

/** The parser of one grammar. Whoever parses, releases. */
export interface TreeParser {
  /** Tree of a text; `undefined` when the time is spent. */
  parse(text: string, previous?: Previous): Tree | undefined;
  release(tree: Tree): void;
}

/** A tree of a text with some lines masked. */
export interface Mended {
  readonly tree: Tree;
  readonly text: string;
  /** The lines that are masked, without their indentation and line break, in source order. */
  readonly masked: readonly Span[];
}

export interface CodeLanguage {
  readonly language: ProgramLanguage;
  /** Grammar of a file by its path: `.tsx` has one of its own. */
  grammarOf(path: string): GrammarName;
  /** Whether a file was made by a machine and is mended by nobody: a bundle. It gets the text rules, and no word about it. */
  isMade?(path: string, source: SourceText): boolean;
  /** What is parsed instead of the text: as long, offset by offset, with what the grammar cannot read replaced. */
  mask?(text: string): string;
  /** Reads around one mistake that would cost the rest of the file; takes the tree over. */
  mend?(parser: TreeParser, text: string, tree: Tree, budget: Budget): Mended;
  /** Errors the grammar lets pass. The model's text is what was parsed. */
  strays?(model: SourceModel): readonly Span[];
}
