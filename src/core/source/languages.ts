/** Which language a file is, by its name alone. */
import type { Language } from './model.ts';

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['mq5', 'mql5'],
  ['mqh', 'mql5'],
  ['mq4', 'mql5'],
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
