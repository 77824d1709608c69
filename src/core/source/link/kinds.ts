/**
 * What MQL5's overloads are told apart by. A value is `s` (string), `d` (floating point), `i` (whole number, date, colour,
 * enumeration), `b` (bool), the name of its class, or `?` where the file does not show it; several are joined by commas.
 */
import type { Call, Expr, FunctionModel, SourceModel } from '../model.ts';
import { annotatedType, containerType, lastName } from '../meaning/annotations.ts';
import type { NameSite } from '../meaning/bindings.ts';
import { definitionsOf } from '../scope.ts';
import type { Takes } from './summary.ts';

const BY_TYPE: Readonly<Record<string, string>> = {
  string: 's', double: 'd', float: 'd', bool: 'b', char: 'i', uchar: 'i', short: 'i', ushort: 'i', int: 'i', uint: 'i', long: 'i', ulong: 'i',
  datetime: 'i', color: 'i',
};
/** Numbers of every kind become one another. */
const NUMBERS: ReadonlySet<string> = new Set(['i', 'd', 'b']);

/** The functions of a file that share their name with another one of the same class, or of the file. */
export function overloaded(model: SourceModel): ReadonlySet<FunctionModel> {
  const shared = new Set<FunctionModel>();
  if (model.language !== 'mql5') { return shared; }
  const first = new Map<string, FunctionModel>();
  for (const fn of model.functions) {
    const key = `${fn.ownerName ?? fn.class ?? ''} ${fn.name}`;
    const known = first.get(key);
    if (known === undefined) { first.set(key, fn); } else { shared.add(known).add(fn); }
  }
  return shared;
}

/** What a function takes. */
export function takesOf(fn: FunctionModel): Takes {
  const optional = fn.parameters.findIndex((parameter) => parameter.default !== undefined);
  return {
    kinds: fn.parameters.map((parameter) => kindOfType(parameter.annotation)).join(),
    required: optional < 0 ? fn.parameters.length : optional,
  };
}

/** What a call gives. */
export function argumentKinds(model: SourceModel, call: Call, site: NameSite): string {
  return call.args.map((argument) => kindOf(model, argument.value, site)).join();
}

/**
 * Which of several functions of one name a call means, by what it gives.
 * @returns none where that cannot be told; all where a function does not say what it takes.
 */
export function overloadsFor<T extends { readonly takes?: Takes }>(candidates: readonly T[], args: string): readonly T[] {
  const given = args === '' ? [] : args.split(',');
  const fitting = candidates.flatMap((candidate) => {
    const { takes } = candidate;
    const distance = takes === undefined ? 0 : distanceOf(takes, given);
    return distance === undefined ? [] : [{ candidate, distance }];
  });
  const least = Math.min(...fitting.map(({ distance }) => distance));
  const nearest = fitting.filter(({ distance }) => distance === least).map(({ candidate }) => candidate);
  return nearest.length === 1 ? nearest : [];
}

/** How far what is given is from what is taken; undefined where it does not fit at all. */
function distanceOf({ kinds, required }: Takes, given: readonly string[]): number | undefined {
  const taken = kinds === '' ? [] : kinds.split(',');
  if (given.length < required || given.length > taken.length) { return undefined; }
  let distance = 0;
  for (const [i, kind] of given.entries()) {
    const wanted = taken[i] ?? '?';
    if (kind === wanted || kind === '?' || wanted === '?') { continue; }
    const simple = [kind, wanted].map((one) => one.length === 1);
    // A string is made of a number, never the other way round; an object of a class may be one of a derived class.
    if (simple[0] !== simple[1] || (kind === 's') !== (wanted === 's') || (simple[0] === true && !NUMBERS.has(kind) && kind !== wanted)) { return undefined; }
    distance++;
  }
  return distance;
}

function kindOfType(type: Expr | undefined): string {
  if (type === undefined || containerType(type) !== undefined) { return '?'; }
  const name = lastName(annotatedType(type) ?? type);
  if (name === undefined) { return '?'; }
  return Object.hasOwn(BY_TYPE, name) ? BY_TYPE[name] ?? '?' : name.startsWith('ENUM_') ? 'i' : name.length > 1 ? name : '?';
}

function kindOf(model: SourceModel, expr: Expr, site: NameSite): string {
  if (expr.kind === 'literal') {
    if (expr.type === 'string') { return 's'; }
    if (expr.type === 'boolean') { return 'b'; }
    return expr.type === 'number' ? (/[.eE]/.test(expr.text) && !/^0x/i.test(expr.text) ? 'd' : 'i') : '?';
  }
  if (expr.kind !== 'name') { return '?'; }
  const types = new Set(definitionsOf(model, expr.name, site, expr.start).flatMap(({ annotation }) => (annotation === undefined ? [] : [kindOfType(annotation)])));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : '?';
}
