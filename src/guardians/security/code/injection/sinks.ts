/** The table of places where text is run, opened, asked for or shown, and the arguments that matter. */
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { fullName } from '../provenance/sources.ts';
import table from './sinks.json';

/** The table. Which name does what is data with its source and date; rules ask for the kind of place. */
export const SINKS = table;

/** The position of the argument that matters in a table of names; undefined where the name is not in it. */
export function positionIn(positions: Readonly<Record<string, number>>, name: string | undefined): number | undefined {
  return name !== undefined && Object.hasOwn(positions, name) ? positions[name] : undefined;
}

/** An argument by its position, or by one of its names. */
export function argumentOf(call: Call, position: number, names: readonly string[] = []): Expr | undefined {
  const byName = call.args.find(({ name }) => name !== undefined && names.includes(name));
  if (byName !== undefined) { return byName.value; }
  const positional = call.args.filter(({ name }) => name === undefined);
  const found = positional[position];
  return found === undefined || found.spread === '**' ? undefined : found.value;
}

/** A field of an object that is written in place: `{ text: … }`. */
export function fieldIn(expr: Expr | undefined, names: readonly string[]): Expr | undefined {
  if (expr?.kind !== 'collection' || expr.keys === undefined) { return undefined; }
  const at = expr.keys.findIndex((key) => key?.kind === 'literal' && names.includes(String(key.value)));
  return expr.items[at];
}

/** True where a keyword argument, or a field of an option object, is switched on. */
export function isOn(call: Call, name: string): boolean {
  const given = call.args.find((argument) => argument.name === name)?.value ?? call.args.map(({ value }) => fieldIn(value, [name])).find((value) => value !== undefined);
  return given !== undefined && !(given.kind === 'literal' && (given.value === false || given.value === null || given.value === 0));
}

/** Full name of what a call runs; what `promisify(exec)` made is `exec`. */
export function calledName(model: SourceModel, callee: Expr, site: NameSite): string | undefined {
  const full = fullName(model, callee, site);
  if (full !== undefined || (callee.kind !== 'name' && callee.kind !== 'member')) { return full; }
  const definitions = definitionsFor(model, callee, site);
  const only = definitions.length === 1 ? definitions[0] : undefined;
  const made = only?.value?.kind === 'call' ? only.value : undefined;
  const first = made?.args[0]?.value;
  return made !== undefined && first !== undefined && only !== undefined && lastName(made.callee) === 'promisify' ? fullName(model, first, siteOf(only)) : undefined;
}

/** True for the text of a template with a tag: `` sql`…` `` binds what is in it. */
export function isTagged(model: SourceModel, call: Call): boolean {
  return call.args.length === 1 && call.args[0]?.value.kind === 'template' && call.args[0].start === call.callee.end;
}
