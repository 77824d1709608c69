/** What a programming language brings so that its files become models; configuration files have readers of their own. */
import type { ProgramLanguage, SourceModel, Span } from './model.ts';
import type { Mended } from './python/mend.ts';
import type { Definitions } from './syntax/definitions.ts';
import type { Part } from './syntax/parts.ts';
import type { Budget, Syntax } from './syntax/syntax.ts';
import type { LanguageTable } from './syntax/table.ts';
import type { Tree } from 'web-tree-sitter';

/** A grammar as its package ships it: one WebAssembly file each. */
export type GrammarName = 'python' | 'cpp';

/** A grammar, where it comes from and what its nodes become. */
export interface GrammarSource {
  /** File beside the bundle. */
  readonly file: string;
  /** npm package that brings it. */
  readonly package: string;
  readonly table: LanguageTable<Part, Definitions>;
}

export interface CodeLanguage {
  readonly language: ProgramLanguage;
  /** Grammar of a file by its path: `.tsx` has one of its own. */
  grammarOf(path: string): GrammarName;
  /** What is parsed instead of the text: as long, offset by offset, with what the grammar cannot read replaced. */
  mask?(text: string): string;
  /** Reads around one mistake that would cost the rest of the file; takes the tree over. */
  mend?(syntax: Syntax, grammar: GrammarName, text: string, tree: Tree, budget: Budget): Mended;
  /** Errors the grammar lets pass. The model's text is what was parsed. */
  strays?(model: SourceModel): readonly Span[];
}
