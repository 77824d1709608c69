/** Entries of a project: the functions that frameworks call, by class, by name, by registration. */
import { distinctiveHandler } from '../frameworks/tables.ts';
import type { EntryClass } from '../model.ts';
import type { Resolver } from './resolve.ts';
import type { FileSummary } from './summary.ts';
import { own, type Ancestry, type ClassNode, type FunctionNode } from './values.ts';

export interface Entry {
  readonly function: FunctionNode;
  readonly entry: EntryClass;
}

/** Bases that say nothing about what a class is. */
const NEUTRAL_BASES: ReadonlySet<string> = new Set([
  'abc.ABC', 'typing.Protocol', 'typing.Generic', 'typing_extensions.Protocol', 'builtins.object', 'object',
]);
/** Classes that call themselves so run strategies, whatever they derive from. */
const STRATEGY_NAME = /strategy|bot|trader|expert|algo|robot|scalper/i;

/** Whether no function of a file is an entry by itself or registers one; see `FileSummary.calm`. */
export function isCalm({ functions }: FileSummary): boolean {
  return functions.every(({ entry, calls }) => entry === 'none' && calls.every((edge) => edge.as === 'call'));
}

/** Whether nothing that other files hold can make an entry or a strategy of what stands in a file; see `FileSummary.plain`. */
export function isPlain(file: FileSummary): boolean {
  return isCalm(file) && file.classes.every(({ bases, methods }) => bases.length === 0
    && Object.keys(methods).every((name) => distinctiveHandler(name) === undefined));
}

/**
 * Entries that a file's own classes, functions and registrations make; they may stand in other files.
 * @param polled names that the project's own loops call at their own pace: no handlers where only the name says so.
 */
export function entriesOf(resolver: Resolver, file: FileSummary, polled: ReadonlySet<string>): readonly Entry[] {
  const entries: Entry[] = [];
  for (const fn of file.calm === true ? [] : file.functions) {
    const node = resolver.function(file.path, fn.qualifiedName);
    if (node === undefined) { continue; }
    if (fn.entry !== 'none') { entries.push({ function: node, entry: fn.entry }); }
    for (const edge of fn.calls) {
      if (edge.as === 'call') { continue; }
      for (const called of resolver.called(node, edge.to, edge.args)) { entries.push({ function: called, entry: edge.as }); }
    }
  }
  for (const summary of file.classes) {
    const cls = resolver.class(file.path, summary.qualifiedName);
    if (cls !== undefined) { entries.push(...handlersOf(resolver, cls, polled)); }
  }
  return entries;
}

/** Methods of a class, inherited ones included, that its framework calls. */
function handlersOf(resolver: Resolver, cls: ClassNode, polled: ReadonlySet<string>): readonly Entry[] {
  const ancestry = resolver.ancestry(cls);
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const ancestor of ancestry.classes) {
    for (const name of Object.keys(ancestor.summary.methods)) {
      if (seen.has(name)) { continue; }
      seen.add(name);
      const entry = handlerEntry(ancestry, cls, name, polled);
      const node = entry === undefined ? undefined : resolver.function(ancestor.path, own(ancestor.summary.methods, name)!);
      if (entry !== undefined && node !== undefined) { entries.push({ function: node, entry }); }
    }
  }
  return entries;
}

function handlerEntry(ancestry: Ancestry, cls: ClassNode, name: string, polled: ReadonlySet<string>): EntryClass | undefined {
  if (ancestry.frameworks.length > 0) {
    for (const framework of ancestry.frameworks) {
      const entry = framework.handlers.get(name);
      if (entry !== undefined) { return entry; }
    }
    return ancestry.frameworks.some((framework) => framework.handlers.size > 0) ? undefined : distinctiveHandler(name);
  }
  return !polled.has(name) && mayBeStrategy(ancestry, cls) ? distinctiveHandler(name) : undefined;
}

/**
 * A distinctive name (`on_quote_tick`) counts where a class has no bases or unknown ones, and where the class calls
 * itself a strategy. A class whose bases are all known and none a strategy is not one.
 */
function mayBeStrategy(ancestry: Ancestry, cls: ClassNode): boolean {
  if (ancestry.classes.some((ancestor) => STRATEGY_NAME.test(ancestor.summary.name)) || !ancestry.complete) { return true; }
  const outside = ancestry.outside.filter((name) => !NEUTRAL_BASES.has(name));
  if (outside.some((name) => !name.startsWith('builtins.'))) { return true; }
  return outside.length === 0 && ancestry.classes.length === 1 && ancestry.classes[0]?.key === cls.key;
}
