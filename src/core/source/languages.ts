/** Which language a file is, by its name alone. */
import type { ConfigLanguage, HostLanguage, Language, ProgramLanguage } from './model.ts';

/** Programming languages, in the order they are named to people. */
export const PROGRAMS: readonly ProgramLanguage[] = ['python', 'mql5', 'typescript', 'javascript'];
/** Formats of settings, and scripts that set variables. */
export const SETTINGS: readonly ConfigLanguage[] = ['yaml', 'json', 'toml', 'dotenv', 'ini', 'shell', 'powershell', 'dockerfile'];
/** Files that hold files. */
export const PAGES: readonly HostLanguage[] = ['notebook', 'markdown'];
/** Every language there is, plain text last. */
export const ANY_LANGUAGE: readonly Language[] = [...PROGRAMS, ...SETTINGS, ...PAGES, 'text'];

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['mq5', 'mql5'],
  ['mqh', 'mql5'],
  ['mq4', 'mql5'],
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

/** True for TypeScript and JavaScript: the same names, scopes and modules. */
export function isScript(language: Language): boolean {
  return language === 'typescript' || language === 'javascript';
}

/** Extensions of scripts, as an import looks for them. */
export const SCRIPT_EXTENSIONS: readonly string[] = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];
