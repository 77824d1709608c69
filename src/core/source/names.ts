/** What a dotted name means, through imports and aliases. */
import type { Expr, ImportModel, SourceModel } from './model.ts';
import { isScript } from './languages.ts';
import { isMqlBuiltin } from './mql5/builtins.ts';
import { bindingsOf, type Definition, type NameSite } from './meaning/bindings.ts';
import { ListFact } from './meaning/long-lists.ts';
import { moduleOf, requiredBy } from './typescript/required.ts';

export type { NameSite } from './meaning/bindings.ts';

/** Functions and constants every Python module has (docs.python.org/3.13/library/functions.html). */
const BUILTINS: ReadonlySet<string> = new Set((
  'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr '
  + 'dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input '
  + 'int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property '
  + 'range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ '
  + 'BaseException Exception ArithmeticError AssertionError AttributeError ConnectionError EOFError ImportError IndexError '
  + 'KeyError KeyboardInterrupt LookupError NameError NotImplementedError OSError OverflowError RuntimeError StopIteration '
  + 'SystemExit TimeoutError TypeError ValueError ZeroDivisionError NotImplemented Ellipsis'
).split(' '));

/** What every script finds without importing it, in browsers and Node (ECMA-262 chapter 19, nodejs.org/api/globals.html). */
const GLOBALS: ReadonlySet<string> = new Set((
  'Array ArrayBuffer Atomics BigInt Boolean Buffer Bun Date Error EvalError Function Infinity Intl JSON Map Math NaN Number Object Promise Proxy '
  + 'RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URL URLSearchParams WeakMap WeakRef WeakSet '
  + 'AbortController AbortSignal Event EventTarget TextDecoder TextEncoder WebSocket Worker atob btoa clearImmediate clearInterval '
  + 'clearTimeout console crypto decodeURI decodeURIComponent document encodeURI encodeURIComponent fetch global globalThis isFinite '
  + 'isNaN localStorage navigator parseFloat parseInt performance process queueMicrotask require requestAnimationFrame setImmediate '
  + 'setInterval setTimeout structuredClone window __dirname __filename import'
).split(' '));

/** Longest chain of aliases that is followed: `a = b`, `b = c` … */
const MAX_ALIASES = 16;

/** True for a name the language brings along: `print` and `ValueError` of Python, `Print` and `CTrade` of MQL5, `console` of JavaScript. */
export function isLanguageName(model: SourceModel, name: string): boolean {
  if (model.language === 'mql5') { return isMqlBuiltin(name); }
  return isScript(model.language) ? GLOBALS.has(name) : BUILTINS.has(name);
}

/** Full name of what the language brings along: `builtins.print`, `mql5.Print`, `globals.console`; undefined for other names. */
function builtinName(model: SourceModel, name: string): string | undefined {
  if (!isLanguageName(model, name)) { return undefined; }
  return `${model.language === 'mql5' ? 'mql5' : isScript(model.language) ? 'globals' : 'builtins'}.${name}`;
}

/** Full name of what an import binds: `datetime.datetime`, `.risk.RiskManager` (leading dots for relative ones). */
export function importedName(entry: Pick<ImportModel, 'module' | 'level' | 'name' | 'alias'>): string {
  const module = entry.module.replace(/^\.{1,64}/, '');
  const prefix = '.'.repeat(entry.level);
  if (entry.name !== undefined) { return module === '' ? `${prefix}${entry.name}` : `${prefix}${module}.${entry.name}`; }
  if (entry.level > 0) { return `${prefix}${module}`; }
  // `import a.b` binds `a`; `import a.b as c` binds the module itself.
  const first = module.split('.')[0] ?? module;
  return entry.alias === first ? first : module;
}

/** Finds the definitions of a name. */
export type LookUp = (model: SourceModel, name: string, site: NameSite, at?: number) => readonly Definition[];

/** Full dotted name of a name or member chain, as `qualifiedName` tells it, by the definitions that a look-up finds. */
export function dottedName(lookUp: LookUp, model: SourceModel, expr: Expr, site: NameSite): string | undefined {
  const suffix: string[] = [];
  let current = expr;
  let around = site;
  for (let hops = 0; hops < MAX_ALIASES;) {
    if (current.kind === 'member') {
      suffix.push(current.property);
      current = current.object;
      if (suffix.length > 64) { return undefined; }
      continue;
    }
    // `require('fs').appendFileSync`, `(await import('node:fs')).promises`.
    const required = isScript(model.language) ? requiredBy(current) : undefined;
    if (required !== undefined) { return ownName([importedName({ ...moduleOf(required.specifier), alias: '' }), ...suffix.reverse()]); }
    if (current.kind !== 'name') { return undefined; }
    const definitions = lookUp(model, current.name, around, current.start);
    const root = rootName(model, current.name, definitions);
    if (root !== undefined) { return ownName([root, ...suffix.reverse()]); }
    const alias = aliasOf(definitions);
    if (alias?.value === undefined) { return undefined; }
    current = alias.value;
    around = siteOf(alias);
    hops++;
  }
  return undefined;
}

/** The names of the global object, which holds every global: `global.Date` is `Date`. */
const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globals.global', 'globals.globalThis', 'globals.window']);

function ownName(parts: readonly string[]): string {
  const [root = '', ...rest] = parts;
  return GLOBAL_OBJECTS.has(root) && GLOBALS.has(rest[0] ?? '') ? ownName([`globals.${rest[0] ?? ''}`, ...rest.slice(1)]) : parts.join('.');
}

function rootName(model: SourceModel, name: string, definitions: readonly Definition[]): string | undefined {
  // An import beats its own fallback in `except ImportError:`.
  const imported = importOf(model, definitions);
  if (imported !== undefined) { return importedName(imported); }
  if (definitions.length > 0) { return undefined; }
  const builtin = builtinName(model, name);
  // Any of the files it includes may hold an MQL5 name, and a script imports every name it uses.
  if (builtin !== undefined || model.language === 'mql5' || isScript(model.language)) { return builtin; }
  const { stars } = bindingsOf(model);
  const star = stars.length === 1 ? stars[0] : undefined;
  return star === undefined ? undefined : importedName({ ...star, name });
}

/** The first import among the definitions of a name. */
export function importOf(model: SourceModel, definitions: readonly Definition[]): ImportModel | undefined {
  return imports.of(model, definitions, () => definitions.find((definition) => definition.imported !== undefined)?.imported);
}

const imports = new ListFact<ImportModel | undefined>();

/** The only definition of a name when it is a plain alias of another name. */
function aliasOf(definitions: readonly Definition[]): Definition | undefined {
  const only = definitions.length === 1 ? definitions[0] : undefined;
  if (only?.value === undefined || only.op !== undefined) { return undefined; }
  return only.value.kind === 'name' || only.value.kind === 'member' ? only : undefined;
}

/** Site at which the value of a definition is to be read. */
export function siteOf(definition: Definition): NameSite {
  return definition.site ?? {
    ...(definition.function === undefined ? {} : { function: definition.function }),
    ...(definition.class === undefined ? {} : { class: definition.class }),
  };
}
