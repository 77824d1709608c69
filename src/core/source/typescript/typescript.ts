/** TypeScript and JavaScript, as the source layer reads them. */
import type { CodeLanguage } from '../code-language.ts';
import type { SourceText } from '../model.ts';

/** Shorter scripts are read, however their lines are broken. */
const SHORTEST_BUNDLE = 20_000;
/** Characters a line: people write 40, bundlers thousands. */
const BUNDLED_LINE = 500;

/** Nobody writes so much into one script. */
const LONGEST_WRITTEN = 2 * 1024 * 1024;

/** The product of a bundler, by its name, its lines or its length. */
function isMade(path: string, { text, lineStarts }: SourceText): boolean {
  return text.length > LONGEST_WRITTEN || /\.min\.[cm]?jsx?$/i.test(path) || (text.length >= SHORTEST_BUNDLE && text.length > lineStarts.length * BUNDLED_LINE);
}

export const typescript: CodeLanguage = {
  language: 'typescript',
  grammarOf: (path) => (path.toLowerCase().endsWith('.tsx') ? 'tsx' : 'typescript'),
};

/** Types are only added to the language: what is no type is read alike, elements included. */
export const javascript: CodeLanguage = {
  language: 'javascript',
  grammarOf: () => 'tsx',
  isMade,
};
