/** The tables of sources and of what makes a value harmless, indexed. Which name means what is data; this file knows none. */
import { isScript } from '../../../../core/source/languages.ts';
import type { SourceModel } from '../../../../core/source/model.ts';
import cleanersTable from './cleaners.json';
import type { CleanersFile, SourcesFile, SourceTable } from './schema.ts';
import sourcesTable from './sources.json';
import type { Purpose } from './value.ts';

export type { RequestRow, SourceTable } from './schema.ts';

const sources = sourcesTable as SourcesFile;
const cleaners = cleanersTable as unknown as CleanersFile;

/** Sources of the language a file is written in. */
export function sourcesFor(model: SourceModel): SourceTable {
  return isScript(model.language) ? sources.script : sources.python;
}

const PLAIN = {
  python: new Set(cleaners.plain.python), script: new Set(cleaners.plain.script),
  methods: new Set(cleaners.plain.methods), types: new Set(cleaners.plain.types),
};
const CLEANED = new Map(Object.entries(cleaners.cleaned));
const CLEANING_METHODS = new Map(Object.entries(cleaners.cleaningMethods));
const KEEPERS = { python: new Set(cleaners.keepers.python), script: new Set(cleaners.keepers.script) };
const JOINS = new Set(cleaners.keepers.joins);
const ADDRESSES = new Set(cleaners.keepers.addresses);

/** True for functions and classes whose result carries no syntax: `int`, `uuid4`, everything of `math`. */
export function givesPlain(model: SourceModel, last: string, full: string | undefined): boolean {
  if ((isScript(model.language) ? PLAIN.script : PLAIN.python).has(last)) { return true; }
  const module = full?.slice(0, Math.max(0, full.lastIndexOf('.'))) ?? '';
  return cleaners.plain.modules.some((one) => module === one || module.startsWith(`${one}.`));
}

/** True for methods whose result carries no syntax, whatever they are called on: `isoformat`, `toFixed`. */
export function methodGivesPlain(method: string): boolean {
  return PLAIN.methods.has(method);
}

/** True for types whose values carry no syntax: numbers, dates, enumerations. */
export function isPlainType(name: string): boolean {
  return PLAIN.types.has(name);
}

/** What a function quotes or escapes its argument for. */
export function cleans(full: string | undefined, last: string, isMethod: boolean): readonly Purpose[] | undefined {
  return (full === undefined ? undefined : CLEANED.get(full)) ?? (isMethod ? CLEANING_METHODS.get(last) : undefined);
}

/** True for functions that give back what they are given in another form. */
export function keeps(model: SourceModel, last: string): boolean {
  return (isScript(model.language) ? KEEPERS.script : KEEPERS.python).has(last);
}

/** `path` for functions that put the parts of a path together, `address` for what puts one below another. */
export function joinOf(full: string | undefined): 'path' | 'address' | undefined {
  if (full === undefined) { return undefined; }
  return JOINS.has(full) ? 'path' : ADDRESSES.has(full) ? 'address' : undefined;
}

/** True for names that say the function checks or quotes: what it gives nobody may warn of. */
export function saysClean(name: string): boolean {
  return /(?:^|_)(?:quote[ds]?|escape[ds]?|sanitize[ds]?|sanitise[ds]?|clean(?:ed)?|valid(?:ate[ds]?)?|safe|ident(?:ifier)?|slugify|whitelist(?:ed)?|allowed)(?:_|$)|^(?:quote|escape|sanitize|sanitise|clean|validate|safe|slugify)[A-Z]|(?:Quote|Escape|Sanitize|Sanitise|Clean|Identifier)[a-z]{0,2}$/.test(name);
}
