/** Which language a file is, by its name alone. */
import type { Language } from './model.ts';

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['yml', 'yaml'],
  ['yaml', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['ipynb', 'notebook'],
  ['toml', 'toml'],
  ['env', 'dotenv'],
  ['ini', 'ini'],
  ['cfg', 'ini'],
  ['properties', 'ini'],
  // MetaTrader's presets of an expert's inputs, and of a chart.
  ['set', 'ini'],
  ['chr', 'ini'],
  ['sh', 'shell'],
  ['bash', 'shell'],
  ['zsh', 'shell'],
  ['ksh', 'shell'],
  ['envrc', 'shell'],
  ['ps1', 'powershell'],
  ['psm1', 'powershell'],
  ['psd1', 'powershell'],
  ['dockerfile', 'dockerfile'],
  ['containerfile', 'dockerfile'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['mdx', 'markdown'],
  ['mdc', 'markdown'],
]);

/** Files that are known by their whole name. */
const BY_NAME: ReadonlyMap<string, Language> = new Map([
  ['dockerfile', 'dockerfile'],
  ['containerfile', 'dockerfile'],
  ['.bashrc', 'shell'],
  ['.bash_profile', 'shell'],
  ['.profile', 'shell'],
  ['.zshrc', 'shell'],
  ['.zprofile', 'shell'],
  ['.zshenv', 'shell'],
  // Instructions of coding agents without an extension are Markdown all the same.
  ['.cursorrules', 'markdown'],
  ['.windsurfrules', 'markdown'],
  ['.clinerules', 'markdown'],
  ['.goosehints', 'markdown'],
  ['.rules', 'markdown'],
]);

/** Language of a path (`/` or `\` as separator, any case); `text` for everything without a reader of its own. */
export function languageOf(path: string): Language {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (name === '.env' || name.startsWith('.env.')) return 'dotenv';
  const named = BY_NAME.get(name) ?? (name.startsWith('dockerfile.') ? 'dockerfile' : undefined);
  if (named !== undefined) return named;
  const dot = name.lastIndexOf('.');
  return (dot >= 0 ? BY_EXTENSION.get(name.slice(dot + 1)) : undefined) ?? 'text';
}
