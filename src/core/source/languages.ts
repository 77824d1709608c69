/** Which language a file is, by its name alone. */
import type { Language } from './model.ts';

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['ts', 'typescript'],
  ['mts', 'typescript'],
  ['cts', 'typescript'],
  ['tsx', 'typescript'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['jsx', 'javascript'],
  ['yml', 'yaml'],
  ['yaml', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  // A notebook is a JSON document; its cells are read as strings.
  ['ipynb', 'json'],
  ['toml', 'toml'],
  ['env', 'dotenv'],
]);

/** Language of a path (`/` or `\` as separator, any case); `text` for everything without a reader of its own. */
export function languageOf(path: string): Language {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (name === '.env' || name.startsWith('.env.')) return 'dotenv';
  const dot = name.lastIndexOf('.');
  return (dot >= 0 ? BY_EXTENSION.get(name.slice(dot + 1)) : undefined) ?? 'text';
}

/** True for TypeScript and JavaScript: the same names, scopes and modules. */
export function isScript(language: Language): boolean {
  return language === 'typescript' || language === 'javascript';
}

/** Extensions of scripts, as an import looks for them. */
export const SCRIPT_EXTENSIONS: readonly string[] = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];
