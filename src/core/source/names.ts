/** What a dotted name means, through imports and aliases. */
import type { Expr, ImportModel, Language, SourceModel } from './model.ts';
import { isMqlBuiltin } from './mql5/builtins.ts';
import { bindingsOf, type Definition, type NameSite } from './meaning/bindings.ts';
import { ListFact } from './meaning/long-lists.ts';
import { definitionsOf } from './scope.ts';

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

/** Longest chain of aliases that is followed: `a = b`, `b = c` … */
const MAX_ALIASES = 16;

/** True for names a language brings along: `print` and `ValueError`, `Print` and `CTrade`. */
export function isBuiltin(name: string, language: Language = 'python'): boolean {
  return language === 'mql5' ? isMqlBuiltin(name) : BUILTINS.has(name);
}

/** Full name of what an import binds: `datetime.datetime`, `.risk.RiskManager` (leading dots for relative ones). */
export function importedName(entry: ImportModel): string {
  const module = entry.module.replace(/^\.{1,64}/, '');
  const prefix = '.'.repeat(entry.level);
  if (entry.name !== undefined) { return module === '' ? `${prefix}${entry.name}` : `${prefix}${module}.${entry.name}`; }
  // `import a.b` binds `a`; `import a.b as c` binds the module itself.
  const first = module.split('.')[0] ?? module;
  return entry.alias === first ? first : module;
}

/**
 * Full dotted name of a name or member chain: `dt.datetime.now` → `datetime.datetime.now`, `print` → `builtins.print`; in
 * MQL5 `Print` → `mql5.Print`.
 * Names bound by relative imports keep their dots (`.risk.check`). Follows plain aliases (`now = datetime.now`).
 * @returns undefined for anything this file itself makes (locals, parameters, own functions and classes).
 */
export function qualifiedName(model: SourceModel, expr: Expr, site: NameSite): string | undefined {
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
    if (current.kind !== 'name') { return undefined; }
    const definitions = definitionsOf(model, current.name, around);
    const root = rootName(model, current.name, definitions);
    if (root !== undefined) { return [root, ...suffix.reverse()].join('.'); }
    const alias = aliasOf(definitions);
    if (alias?.value === undefined) { return undefined; }
    current = alias.value;
    around = siteOf(alias);
    hops++;
  }
  return undefined;
}

function rootName(model: SourceModel, name: string, definitions: readonly Definition[]): string | undefined {
  // An import beats its own fallback in `except ImportError:`.
  const imported = importOf(model, definitions);
  if (imported !== undefined) { return importedName(imported); }
  if (definitions.length > 0) { return undefined; }
  if (isBuiltin(name, model.language)) { return model.language === 'mql5' ? `mql5.${name}` : `builtins.${name}`; }
  // Any of the files it includes may hold an MQL5 name.
  if (model.language === 'mql5') { return undefined; }
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
