/** TypeScript and JavaScript, as the source layer reads them. */
import type { CodeLanguage } from '../code-language.ts';

export const typescript: CodeLanguage = {
  language: 'typescript',
  grammarOf: (path) => (path.toLowerCase().endsWith('.tsx') ? 'tsx' : 'typescript'),
};

/** Types are only added to the language: what is no type is read alike, elements included. */
export const javascript: CodeLanguage = {
  language: 'javascript',
  grammarOf: () => 'tsx',
};
