/** From a decoded text to its model, for every language. */
import { codeLanguage, isProgram } from './code-languages.ts';
import { readConfig } from './config/read-config.ts';
import { isHost, readHost } from './embedded/read-host.ts';
import { languageOf } from './languages.ts';
import type { Language, SourceModel, SourceText } from './model.ts';
import { readProgram } from './read-program.ts';
import { Budget } from './syntax/budget.ts';
import type { Syntax } from './syntax/syntax.ts';

export { Syntax } from './syntax/syntax.ts';

/** Longest text that is parsed, in UTF-16 units; a longer one is data, not code, and gets the text rules only. */
export const PARSE_LIMIT = 2 * 1024 * 1024;

export interface ReadOptions {
  /** Time the parser may take, ms: 200 in the editor, 2,000 in the terminal. */
  readonly budgetMs: number;
}

/**
 * Reads a file of any language. Never throws on what is in it: a text too long or too slow to parse gives an empty model
 * that says so (`incomplete`), syntax errors are listed in `errors` and everything outside them is there.
 *
 * @param path relative to the project root; its name decides the language.
 */
export function readSource(path: string, source: SourceText, syntax: Syntax, options: ReadOptions): SourceModel {
  const language = languageOf(path);
  if (language === 'text') return emptyModel(path, language, source);
  if (isProgram(language) && codeLanguage(language).isMade?.(path, source) === true) return emptyModel(path, language, source, 'made');
  if (source.text.length > PARSE_LIMIT) return emptyModel(path, language, source, 'size');
  if (isHost(language)) return readHost(emptyModel(path, language, source), syntax, options.budgetMs);
  if (!isProgram(language)) {
    const { entries, comments, errors, incomplete } = readConfig(language, source, new Budget(options.budgetMs));
    return { ...emptyModel(path, language, source, incomplete), entries, comments, errors };
  }
  const code = codeLanguage(language);
  const reading = { path, code, grammar: code.grammarOf(path), syntax, budgetMs: options.budgetMs };
  const model = readProgram(reading, source);
  return typeof model === 'string' ? emptyModel(path, language, source, model) : model;
}

/** A model with nothing but its text. */
export function emptyModel(path: string, language: Language, source: SourceText, incomplete?: SourceModel['incomplete']): SourceModel {
  return {
    path, language, source, body: [], functions: [], classes: [], imports: [], comments: [], entries: [], errors: [],
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}
