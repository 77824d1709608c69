/** Questions about the names that other files have: keys of environment files, variables that programs read. */
import type { Among, Condition } from '../../rules/condition.ts';
import type { Told } from './between.ts';
import type { FileSummary } from './summary.ts';

/** Most names that a message lists; the rest are counted. */
const MOST_LISTED = 3;

type ByNames = Condition & { readonly kind: 'named' | 'lacking' };

/** What the names of other files say to a question; undefined where it does not hold. */
export function answerByNames(path: string, condition: ByNames, files: ReadonlyMap<string, FileSummary>): Told | undefined {
  if (condition.kind === 'lacking') { return lackOf(path, condition, files); }
  return isNamed(path, condition, files) ? { related: [] } : undefined;
}

/** Whether another file has the name, or any of the topic; with `not`, whether none has. */
function isNamed(path: string, condition: Condition & { readonly kind: 'named' }, files: ReadonlyMap<string, FileSummary>): boolean {
  const { topic, name, among, not } = condition;
  for (const [other, file] of files) {
    if (other === path || file.facts === undefined || !isAmong(path, other, among)) { continue; }
    if (file.facts.some((fact) => fact.kind === 'names' && fact.topic === topic && (name === undefined || fact.names.includes(name)))) { return not !== true; }
  }
  return not === true;
}

/** The names that one side has and the other lacks; of several files the one that lacks fewest speaks. */
function lackOf(path: string, condition: Condition & { readonly kind: 'lacking' }, files: ReadonlyMap<string, FileSummary>): Told | undefined {
  const { topic, names, among, of } = condition;
  const mine = new Set(names);
  let least: { readonly file: string; readonly names: readonly string[] } | undefined;
  const theirs = new Set<string>();
  let any: string | undefined;
  for (const [other, file] of files) {
    if (other === path || file.facts === undefined || !isAmong(path, other, among)) { continue; }
    for (const fact of file.facts) {
      if (fact.kind !== 'names' || fact.topic !== topic) { continue; }
      any ??= other;
      for (const name of fact.names) { theirs.add(name); }
      const known = new Set(fact.names);
      const lacking = names.filter((name) => !known.has(name));
      if (least === undefined || lacking.length < least.names.length) { least = { file: other, names: lacking }; }
    }
  }
  const lacking = of === 'mine' ? least?.names ?? [] : [...theirs].filter((name) => !mine.has(name)).sort();
  const file = of === 'mine' ? least?.file : any;
  if (lacking.length === 0 || file === undefined) { return undefined; }
  const listed = lacking.slice(0, MOST_LISTED).map((name) => name.slice(0, 40)).join(', ');
  const rest = lacking.length - MOST_LISTED;
  return { fill: { file: file.slice(file.lastIndexOf('/') + 1).slice(0, 40), wanted: rest > 0 ? `${listed} and ${String(rest)} more` : listed }, related: [] };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function isAmong(path: string, other: string, among: Among): boolean {
  if (among === 'project') { return true; }
  const here = folderOf(path);
  const there = folderOf(other);
  if (among === 'folder') { return here === there; }
  return among === 'above' ? here.startsWith(there) : there.startsWith(here);
}
