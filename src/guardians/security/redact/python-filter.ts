/** The filter for Python's logging module: one file without dependencies, its table made from the detectors. */
import { NAMED_DETECTORS, SHAPE_DETECTORS } from '../detectors/table.ts';
import { VENDORS } from '../scan/names.ts';
import { PYTHON_CODE } from './python-code.ts';

const WORDS: ReadonlySet<string> = new Set(['ib', 'tg', 'dd', 'gate', 'derive', 'massive', 'linear', 'notion', 'render', 'resend', 'google', 'vantage', 'gemini', 'replicate', 'nasdaq', 'segment', 'heroku', 'npm']);

/** A raw string of Python; patterns hold both kinds of quotes, and never three of one in a row. */
function raw(text: string): string {
  return `r"""${text.replaceAll('"""', '""[\\"]')}${text.endsWith('"') ? '(?:)' : ''}"""`;
}

/**
 * An expression of JavaScript as Python's `re` takes it: named groups are written otherwise, a slash needs no escape.
 * @throws for what Python has no form of; a new detector's test meets it.
 */
function pythonPattern({ source, flags }: RegExp): string {
  if (/\\[pP]\{|\\u\{|\(\?<(?![=!A-Za-z])/.test(source)) { throw new Error(`Python has no form of ${source}.`); }
  const pattern = source.replace(/\(\?<([A-Za-z])/g, '(?P<$1').replaceAll('\\/', '/').replaceAll('[^]', '[\\s\\S]');
  return flags.includes('i') ? `(?i:${pattern})` : pattern;
}

/** `("kind", ("keyword",), pattern)`, a line a detector. */
function table(): string {
  return SHAPE_DETECTORS.map((row) => `    (${JSON.stringify(row.name)}, (${row.keywords.map((word) => JSON.stringify(word)).join(', ')},), ${raw(pythonPattern(row.pattern))}),`).join('\n');
}

/** Providers whose `…_key` is a key; those that are English words are left to the names that say more. */
function vendors(): string {
  return [...VENDORS].filter((name) => !WORDS.has(name)).sort().join('|');
}

/** The variables that providers' documentation names: some say nothing without the provider (`TRADOVATE_SEC`). */
const VARIABLES: readonly string[] = [...new Set(NAMED_DETECTORS.flatMap((row) => row.variables))].filter((name) => /^\w+$/.test(name)).map((name) => name.toLowerCase()).sort();
/** Parts of names by which a text is known to be worth a look, besides the usual ones. */
const HINTS: readonly string[] = VARIABLES.filter((name) => !/pass|kennwort|senha|mnemonic|seed|secret|key|token/.test(name));

/** The whole file. */
export const PYTHON_FILTER: string = PYTHON_CODE.replace('# TABLE', () => table()).replace('VENDORS', () => vendors())
  .replace('VARIABLES', () => VARIABLES.join('|')).replace('MORE', () => HINTS.map((hint) => JSON.stringify(hint)).join(', '));
