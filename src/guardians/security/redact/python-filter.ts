/** The filter for Python's logging module: one file without dependencies, its table made from the detectors. */
import type { CustomDetector } from '../../../core/workspace/custom-detector.ts';
import { patternOf } from '../custom/custom-scan.ts';
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
function pythonPattern({ source, flags }: Pick<RegExp, 'source' | 'flags'>): string {
  if (/\\[pP]\{|\\u\{|\(\?<(?![=!A-Za-z])/.test(source)) { throw new Error(`Python has no form of ${source}.`); }
  const pattern = source.replace(/\(\?<([A-Za-z])/g, '(?P<$1').replaceAll('\\/', '/').replaceAll('[^]', '[\\s\\S]');
  return flags.includes('i') ? `(?i:${pattern})` : pattern;
}

/** Letters behind a backslash that mean the same to Python inside a class; any other stands for itself in JavaScript and is refused by Python. */
const ESCAPES = /\\(?:([dDwWsSbnrtfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^A-Za-z])|([A-Za-z]))/gs;

/** A pattern that a desk wrote. */
function ownPattern(row: CustomDetector): string {
  const source = patternOf(row).source.replace(ESCAPES, (all, _kept: string | undefined, letter: string | undefined) => letter ?? all);
  return pythonPattern({ source, flags: '' });
}

/** `("kind", ("keyword",), pattern)`, a line a detector, those of the desk's own first: they say best what stands there. */
function table(own: readonly CustomDetector[]): string {
  const line = (name: string, keywords: readonly string[], pattern: string): string => `    (${JSON.stringify(name)}, (${keywords.map((word) => JSON.stringify(word)).join(', ')},), ${raw(pattern)}),`;
  return [
    ...own.map((row) => line(row.name, row.keywords.map((word) => word.toLowerCase()), ownPattern(row))),
    ...SHAPE_DETECTORS.map((row) => line(row.name, row.keywords, pythonPattern(row.pattern))),
  ].join('\n');
}

/** Providers whose `…_key` is a key; those that are English words are left to the names that say more. */
function vendors(): string {
  return [...VENDORS].filter((name) => !WORDS.has(name)).sort().join('|');
}

/** The variables that providers' documentation names: some say nothing without the provider (`TRADOVATE_SEC`). */
function variables(): readonly string[] {
  return [...new Set(NAMED_DETECTORS.flatMap((row) => row.variables))].filter((name) => /^\w+$/.test(name)).map((name) => name.toLowerCase()).sort();
}

/** Parts of names by which a text is known to be worth a look, besides the usual ones. */
const USUAL = /pass|kennwort|senha|mnemonic|seed|secret|key|token/;

/** The whole file, with the detectors of a desk's own; made when it is asked for, as no other command needs it. */
export function pythonFilter(own: readonly CustomDetector[] = []): string {
  const names = variables();
  const hints = names.filter((name) => !USUAL.test(name)).map((hint) => JSON.stringify(hint)).join(', ');
  return PYTHON_CODE.replace('# TABLE', () => table(own)).replace('VENDORS', () => vendors()).replace('VARIABLES', () => names.join('|')).replace('MORE', () => hints);
}
