/** Every programming language there is a model for, and every grammar. */
import { MOST_BRACES } from './syntax/limits.ts';
import { isAgentFile } from './embedded/agent-files.ts';
import type { CodeLanguage, GrammarName, GrammarSource } from './code-language.ts';
import { languageOf } from './languages.ts';
import type { Language, ProgramLanguage } from './model.ts';
import { mql5 } from './mql5/mql5.ts';
import { mql5Table } from './mql5/table.ts';
import { python } from './python/python.ts';
import { pythonTable } from './python/table.ts';
import { tsxTable, typescriptTable } from './typescript/table.ts';
import { javascript, typescript } from './typescript/typescript.ts';

export const GRAMMARS: Readonly<Record<GrammarName, GrammarSource>> = {
  python: { file: 'tree-sitter-python.wasm', package: 'tree-sitter-python', table: pythonTable },
  cpp: { file: 'tree-sitter-cpp.wasm', package: 'tree-sitter-cpp', table: mql5Table },
  typescript: { file: 'tree-sitter-typescript.wasm', package: 'tree-sitter-typescript', table: typescriptTable, mostBraces: MOST_BRACES },
  tsx: { file: 'tree-sitter-tsx.wasm', package: 'tree-sitter-typescript', table: tsxTable, mostBraces: MOST_BRACES },
};

const LANGUAGES: Readonly<Record<ProgramLanguage, CodeLanguage>> = { python, mql5, typescript, javascript };

/** Whether files of a language are programs. */
export function isProgram(language: Language): language is ProgramLanguage {
  return Object.hasOwn(LANGUAGES, language);
}

/** How a programming language is read. */
export function codeLanguage(language: ProgramLanguage): CodeLanguage {
  return LANGUAGES[language];
}

/** The grammars that files take, by their paths. */
export function grammarsOf(paths: Iterable<string>): ReadonlySet<GrammarName> {
  const names = new Set<GrammarName>();
  for (const path of paths) {
    const language = languageOf(path);
    // Cells, and the samples agents are given, are Python where they are programs at all.
    if (language === 'notebook' || (language === 'markdown' && isAgentFile(path))) names.add(python.grammarOf(path));
    if (isProgram(language)) names.add(codeLanguage(language).grammarOf(path));
  }
  return names;
}
