/** What a call hands to a shell, or starts as a program. */
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { provenanceOf, type Placed } from '../provenance/provenance.ts';
import { constantText } from '../provenance/value.ts';
import { argumentOf, calledName, isOn, positionIn, SINKS } from './sinks.ts';

/** A text that a shell reads (`line`), or the program that is started (`program`). */
export interface Command extends Placed {
  readonly kind: 'line' | 'program' | 'words';
  /** Where to point. */
  readonly at: Expr;
}

const { lines, programs, remote, startedBy, shells } = SINKS.shell;
const LAST_NAMES: ReadonlySet<string> = new Set([...Object.keys(lines), ...Object.keys(programs), ...Object.keys(remote), ...Object.keys(startedBy)].map((name) => name.slice(name.lastIndexOf('.') + 1)));
/** Keywords of the argument that holds the command. */
const NAMES: readonly string[] = ['args', 'cmd', 'command', 'cmdstring', 'program', 'bash_command'];

/** Last names that may run something in a file: those of the table, and what an import or `promisify` calls them here. */
export function runningNames(model: SourceModel): ReadonlySet<string> | 'any' {
  if (model.source.text.includes('promisify')) { return 'any'; }
  const aliases = model.imports.flatMap(({ name, alias, module }) => (alias !== name && (LAST_NAMES.has(name ?? '') || name === 'default' || name === undefined && LAST_NAMES.has(module)) ? [alias] : []));
  return aliases.length === 0 ? LAST_NAMES : new Set([...LAST_NAMES, ...aliases]);
}

/** What a call runs; undefined where it runs nothing, or only programs with arguments of their own. */
export function commandOf(model: SourceModel, call: Call, site: NameSite): Command | undefined {
  const full = calledName(model, call.callee, site) ?? byGetattr(model, call, site);
  const line = positionIn(lines, full);
  if (line !== undefined) { return lineAt(argumentOf(call, line, NAMES), site); }
  const position = positionIn(programs, full);
  if (position !== undefined) { return started(model, call, position, site); }
  const method = call.callee.kind === 'member' ? lastName(call.callee) : undefined;
  const own = positionIn(startedBy, method);
  if (own !== undefined) { return started(model, call, own, site); }
  const far = positionIn(remote, method);
  return far === undefined ? undefined : lineAt(argumentOf(call, far, NAMES), site);
}

/** `getattr(os, "system")(…)`. */
function byGetattr(model: SourceModel, call: Call, site: NameSite): string | undefined {
  const { callee } = call;
  if (callee.kind !== 'call' || lastName(callee.callee) !== 'getattr') { return undefined; }
  const [object, name] = callee.args.map(({ value }) => value);
  if (object === undefined || name?.kind !== 'literal') { return undefined; }
  const module = calledName(model, object, site);
  return module === undefined ? undefined : `${module}.${String(name.value)}`;
}

function lineAt(expr: Expr | undefined, site: NameSite): Command | undefined {
  return expr === undefined ? undefined : { kind: 'line', expr, site, at: expr };
}

function started(model: SourceModel, call: Call, position: number, site: NameSite): Command | undefined {
  const first = argumentOf(call, position, NAMES);
  if (first === undefined) { return undefined; }
  const inShell = isOn(call, 'shell');
  const provenance = provenanceOf(model);
  const list = provenance.behind(first, site).find(({ expr }) => expr.kind === 'collection' && expr.keys === undefined);
  const words = wordsOf(model, call, position, first, list, site);
  const script = scriptOf(model, words);
  if (script !== undefined) { return { kind: 'line', ...script, at: first }; }
  if (inShell) { return { kind: 'line', expr: first, site, at: first }; }
  if (list !== undefined) { return words[0] === undefined ? undefined : { kind: 'program', ...words[0], at: first }; }
  return { kind: call.args.filter(({ name }) => name === undefined).length > position + 1 ? 'program' : 'words', expr: first, site, at: first };
}

/** The words of a command: the items of a list, those of a list it is put together from, or the arguments themselves. */
function wordsOf(model: SourceModel, call: Call, position: number, first: Expr, list: Placed | undefined, site: NameSite): readonly Placed[] {
  const provenance = provenanceOf(model);
  const spread = (items: readonly Expr[], at: NameSite): readonly Placed[] => items.flatMap((item): readonly Placed[] => {
    const inner = item.kind === 'unknown' && item.syntax === 'list_splat' ? item.parts[0] : undefined;
    if (inner === undefined) { return [{ expr: item, site: at }]; }
    const [behind] = provenance.behind(inner, at);
    return behind?.expr.kind === 'collection' ? behind.expr.items.map((expr) => ({ expr, site: behind.site })) : [{ expr: inner, site: at }];
  });
  if (list?.expr.kind === 'collection') { return spread(list.expr.items, list.site); }
  const rest = call.args.filter(({ name }) => name === undefined).slice(position + 1).flatMap(({ value, spread: star }) => {
    const behind = provenance.behind(value, site).find(({ expr }) => expr.kind === 'collection' && expr.keys === undefined);
    return behind?.expr.kind === 'collection' && star !== '**' ? spread(behind.expr.items, behind.site) : [{ expr: value, site }];
  });
  return [{ expr: first, site }, ...rest];
}

/** What a shell is told to run: `sh -c …`, `cmd /c …`. */
function scriptOf(model: SourceModel, words: readonly Placed[]): Placed | undefined {
  const text = (placed: Placed | undefined): string => (placed === undefined ? '' : constantText(provenanceOf(model).of(placed.expr, placed.site)) ?? '');
  const at = words.slice(0, 4).findIndex((word) => shells.includes(text(word).replace(/^.{0,200}[/\\]/, '').toLowerCase()));
  if (at < 0) { return undefined; }
  const flag = words.slice(at + 1, at + 5).findIndex((word) => /^(?:-[a-z]{0,4}c|\/c|\/k|-command)$/i.test(text(word)));
  return flag < 0 ? undefined : words[at + flag + 2];
}
