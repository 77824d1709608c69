/** How each kind of expression is folded: the parts to fold first, and what they make together. */
import { decimalOf, negateDecimal, parseDecimal, roundDecimal, truncateDecimal } from '../decimal.ts';
import type { Binary, Call, ClassModel, Compare, Expr, SourceModel, Template } from '../model.ts';
import { siteOf } from '../names.ts';
import { qualifiedName } from './qualified.ts';
import { attributeDefinitions, definitionsOf } from '../scope.ts';
import type { Definition, NameSite } from './bindings.ts';
import { outerFunction } from './receivers.ts';
import { isScript } from '../languages.ts';
import { fieldOf } from './objects.ts';
import { definitionsFor, instanceClass } from './classes.ts';
import { namedClass } from './lineage.ts';
import {
  binary, compare, exactOf, literalConstant, numberConstant, originsOf, textOf, truthOf, unary, type Constant, type Step,
} from './fold-values.ts';

const UNKNOWN: Step = { kind: 'done', value: undefined };

/** Functions whose result is the value they are given as a default of a field. */
const FIELD_MAKERS: ReadonlySet<string> = new Set([
  'dataclasses.field', 'pydantic.Field', 'pydantic.fields.Field', 'msgspec.field', 'attr.ib', 'attrs.field', 'attr.field',
]);
/** Functions in which an attribute may get its one value. */
const CONSTRUCTORS: ReadonlySet<string> = new Set(['__init__', '__post_init__', '__attrs_post_init__', '__new__', 'constructor']);

/** The first step of folding an expression. */
export function plan(model: SourceModel, expr: Expr, site: NameSite): Step {
  switch (expr.kind) {
    case 'literal':
      return { kind: 'done', value: literalConstant(expr) };
    case 'name':
      return planName(model, expr, site);
    case 'member':
      return planMember(model, expr, site);
    case 'unary':
      return from([expr.operand], site, ([value]) => unary(expr.op, value!));
    case 'binary':
      return planBinary(expr, site);
    case 'compare':
      return planCompare(expr, site);
    case 'boolean':
      return expr.nullish === true ? planNullish(expr.operands, site) : planBoolean(expr.op, expr.operands, site);
    case 'conditional':
      return {
        kind: 'combine', operands: [{ expr: expr.test, site }],
        combine: ([test]) => (test === undefined ? undefined : onward(truthOf(test) ? expr.then : expr.else, site)),
      };
    case 'template':
      return planTemplate(expr, site);
    case 'call':
      return planCall(model, expr, site);
    case 'index':
      return planIndex(model, expr, site);
    default:
      return UNKNOWN;
  }
}

/** Folds all parts and combines them; unknown if one is. */
function from(parts: readonly Expr[], site: NameSite, combine: (values: readonly Constant[]) => Constant | Step | undefined): Step {
  return {
    kind: 'combine', operands: parts.map((expr) => ({ expr, site })),
    combine: (results) => {
      const values = results.filter((value) => value !== undefined);
      return values.length === results.length ? combine(values) : undefined;
    },
  };
}

function onward(expr: Expr, site: NameSite): Step {
  return { kind: 'combine', operands: [{ expr, site }], combine: ([value]) => value };
}

/** The value of a definition, with the place of use put before its origins. */
function through(use: Expr, expr: Expr, site: NameSite): Step {
  return {
    kind: 'combine', operands: [{ expr, site }],
    combine: ([value]) => (value === undefined ? undefined
      : { ...value, origins: [{ start: use.start, end: use.end }, ...value.origins].slice(0, 64) }),
  };
}

function planName(model: SourceModel, expr: Expr & { readonly kind: 'name' }, site: NameSite): Step {
  const definitions = definitionsOf(model, expr.name, site, expr.start);
  const home = model.language === 'mql5' && site.class !== undefined ? definitions[0]?.class : undefined;
  if (home !== undefined) {
    const member = constantAttribute(model, site.class!, expr.name);
    return member === undefined ? UNKNOWN : planDefinition(model, expr, member);
  }
  const only = definitions.length === 1 ? definitions[0] : undefined;
  return only === undefined ? UNKNOWN : planDefinition(model, expr, only);
}

function planDefinition(model: SourceModel, use: Expr, definition: Definition): Step {
  if (definition.op !== undefined) { return UNKNOWN; }
  const { parameter } = definition;
  if (parameter !== undefined) {
    if (parameter.default === undefined || parameter.rest !== undefined) { return UNKNOWN; }
    // Defaults are evaluated where the function is defined.
    const outer = definition.function === undefined ? undefined : outerFunction(model, definition.function);
    return through(use, parameter.default, outer === undefined ? {} : { function: outer });
  }
  return definition.value === undefined ? UNKNOWN : through(use, definition.value, siteOf(definition));
}

function planMember(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite): Step {
  const owner = instanceClass(model, expr.object, site) ?? namedClass(model, expr.object, site);
  if (owner === undefined && isScript(model.language)) {
    const item = fieldOf(model, expr, site);
    return item === undefined ? UNKNOWN : through(expr, item.expr, item.site);
  }
  const definition = owner === undefined ? undefined : constantAttribute(model, owner, expr.property);
  return definition === undefined ? UNKNOWN : planDefinition(model, expr, definition);
}

/**
 * The one definition that decides an attribute: the constructor's only assignment, else the nearest class body's.
 * Undefined when a method assigns it as well: then it is state, not a constant.
 */
function constantAttribute(model: SourceModel, cls: ClassModel, attribute: string): Definition | undefined {
  const definitions = attributeDefinitions(model, cls, attribute);
  const assigned = definitions.filter((definition) => definition.target.kind === 'member' || definition.function !== undefined);
  if (assigned.length > 1) { return undefined; }
  const only = assigned[0];
  if (only !== undefined) { return isConstructor(only) ? only : undefined; }
  const valued = definitions.filter((definition) => definition.value !== undefined || definition.declared !== undefined);
  const nearest = valued[0];
  if (nearest === undefined || nearest.declared !== undefined) { return undefined; }
  return valued.filter((definition) => definition.class === nearest.class).length === 1 ? nearest : undefined;
}

/** `__init__`, or a method that is named as its class. */
function isConstructor(definition: Definition): boolean {
  const name = definition.function?.name ?? '';
  return CONSTRUCTORS.has(name) || (name !== '' && name === definition.class?.name);
}

function planBinary(expr: Binary, site: NameSite): Step {
  return from(expr.operands, site, (values) => {
    // Only powers bind from the right.
    if (expr.ops.every((op) => op === '**')) {
      return values.reduceRight<Constant | undefined>((right, left, i) => (
        i === values.length - 1 ? left : right === undefined ? undefined : binary('**', left, right)), undefined);
    }
    if (values.every((value) => typeof value.value === 'string') && expr.ops.every((op) => op === '+')) {
      return { value: values.map((value) => value.value).join(''), origins: originsOf(values) };
    }
    let result: Constant | undefined = values[0];
    for (let i = 1; i < values.length && result !== undefined; i++) { result = binary(expr.ops[i - 1]!, result, values[i]!); }
    return result;
  });
}

function planCompare(expr: Compare, site: NameSite): Step {
  return from(expr.operands, site, (values) => {
    for (let i = 0; i < expr.ops.length; i++) {
      const holds = compare(expr.ops[i]!, values[i]!, values[i + 1]!);
      if (holds === undefined) { return undefined; }
      if (!holds) { return { value: false, origins: originsOf(values) }; }
    }
    return { value: true, origins: originsOf(values) };
  });
}

/** `and` is false as soon as one part is a false constant, whatever the others are; `or` likewise. */
function planBoolean(op: 'and' | 'or', operands: readonly Expr[], site: NameSite): Step {
  return {
    kind: 'combine', operands: operands.map((expr) => ({ expr, site })),
    combine: (results) => {
      const deciding = results.find((value) => value !== undefined && truthOf(value) === (op === 'or'));
      if (results.every((value) => value !== undefined)) { return deciding ?? results[results.length - 1]; }
      // With an unknown part only the truth of the whole is known.
      return deciding === undefined ? undefined : { value: op === 'or', truthOnly: true, origins: deciding.origins };
    },
  };
}

/** `a ?? b`: the first part that is there; one that cannot be told hides all behind it. */
function planNullish(operands: readonly Expr[], site: NameSite): Step {
  return {
    kind: 'combine', operands: operands.map((expr) => ({ expr, site })),
    combine: (results) => {
      const at = results.findIndex((value) => value === undefined || value.value !== null);
      return at < 0 ? results[results.length - 1] : results[at];
    },
  };
}

function planTemplate(expr: Template, site: NameSite): Step {
  return from(expr.parts, site, (values) => {
    const texts = values.map(textOf);
    return texts.some((text) => text === undefined) ? undefined : { value: texts.join(''), origins: originsOf(values) };
  });
}

function planCall(model: SourceModel, expr: Call, site: NameSite): Step {
  const name = qualifiedName(model, expr.callee, site);
  if (name === undefined || expr.args.some((argument) => argument.spread !== undefined)) { return UNKNOWN; }
  if (FIELD_MAKERS.has(name)) { return planField(expr, site); }
  const positional = expr.args.filter((argument) => argument.name === undefined).map((argument) => argument.value);
  if (positional.length !== expr.args.length || positional.length === 0) { return UNKNOWN; }
  const convert = CONVERSIONS[name];
  return convert === undefined ? UNKNOWN : from(positional, site, (values) => convert(values));
}

function planField(expr: Call, site: NameSite): Step {
  const given = expr.args.find((argument) => argument.name === 'default')
    ?? expr.args.find((argument) => argument.name === undefined);
  return given === undefined ? UNKNOWN : onward(given.value, site);
}

/** `Number('5')`, `new Decimal('50000')`. */
const SCRIPT_DECIMALS: readonly string[] = ['decimal.js.default', 'decimal.js.Decimal', 'decimal.js-light.default', 'bignumber.js.default', 'bignumber.js.BigNumber', 'big.js.default', 'big.js.Big'];

type Conversion = (values: readonly Constant[]) => Constant | undefined;

const toDecimal: Conversion = ([value]) => convertNumber(value!, 'decimal');

const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  'decimal.Decimal': toDecimal,
  'mql5.double': ([value]) => convertNumber(value!, 'float'),
  'mql5.MathAbs': (values) => CONVERSIONS['builtins.abs']!(values),
  'mql5.MathMin': (values) => extreme('<', values),
  'mql5.MathMax': (values) => extreme('>', values),
  ...Object.fromEntries(SCRIPT_DECIMALS.map((name) => [name, toDecimal])),
  'globals.Number': ([value]) => convertNumber(value!, 'float'),
  'globals.parseFloat': ([value]) => convertNumber(value!, 'float'),
  'globals.BigInt': ([value]) => convertNumber(value!, 'integer'),
  'globals.Math.abs': ([value]) => {
    const exact = exactOf(value!);
    if (exact === undefined) { return undefined; }
    return numberConstant(exact.coefficient < 0n ? negateDecimal(exact) : exact, value!.numeric ?? 'integer', value!.origins);
  },
  'globals.Math.min': (values) => extreme('<', values),
  'globals.Math.max': (values) => extreme('>', values),
  'builtins.float': ([value]) => convertNumber(value!, 'float'),
  'builtins.int': ([value, base]) => {
    if (base !== undefined) { return undefined; }
    const number = convertNumber(value!, 'integer');
    const exact = number === undefined ? undefined : exactOf(number);
    if (exact === undefined || (typeof value!.value === 'string' && exact.exponent < 0)) { return undefined; }
    return numberConstant(truncateDecimal(exact), 'integer', value!.origins);
  },
  'builtins.bool': ([value]) => ({ value: truthOf(value!), origins: value!.origins }),
  'builtins.str': ([value]) => {
    const text = textOf(value!);
    return text === undefined ? undefined : { value: text, origins: value!.origins };
  },
  'builtins.abs': ([value]) => {
    const exact = exactOf(value!);
    if (exact === undefined) { return undefined; }
    return numberConstant(exact.coefficient < 0n ? negateDecimal(exact) : exact, value!.numeric ?? 'integer', value!.origins);
  },
  'builtins.round': ([value, places]) => {
    const exact = exactOf(value!);
    const digits = places === undefined ? 0 : Number(places.value);
    if (exact === undefined || !Number.isInteger(digits)) { return undefined; }
    return numberConstant(roundDecimal(exact, digits), places === undefined ? 'integer' : value!.numeric ?? 'integer', value!.origins);
  },
  'builtins.min': (values) => extreme('<', values),
  'builtins.max': (values) => extreme('>', values),
};

function convertNumber(value: Constant, numeric: 'integer' | 'float' | 'decimal'): Constant | undefined {
  const exact = typeof value.value === 'string' ? parseDecimal(value.value) : exactOf(value);
  if (exact === undefined || value.value === null || value.truthOnly === true) { return undefined; }
  return numberConstant(typeof value.value === 'boolean' ? decimalOf(value.value ? 1n : 0n) : exact, numeric, value.origins);
}

function extreme(op: '<' | '>', values: readonly Constant[]): Constant | undefined {
  if (values.length < 2) { return undefined; }
  let best = values[0]!;
  for (const value of values.slice(1)) {
    const better = compare(op, value, best);
    if (better === undefined) { return undefined; }
    if (better) { best = value; }
  }
  return best;
}

/** An item of a constant table: `LIMITS['max_dd']` where the name is bound once and no item of it is assigned. */
function planIndex(model: SourceModel, expr: Expr & { readonly kind: 'index' }, site: NameSite): Step {
  const key = expr.indices.length === 1 ? expr.indices[0] : undefined;
  const definitions = definitionsFor(model, expr.object, site);
  const only = definitions.length === 1 ? definitions[0] : undefined;
  const table = only?.op === undefined ? only?.value : undefined;
  if (key === undefined || table?.kind !== 'collection' || only === undefined || changedItems(model, expr.object)) { return UNKNOWN; }
  return from([key], site, ([wanted]) => {
    const index = itemIndex(table, wanted!);
    const item = index === undefined ? undefined : table.items[index];
    return item === undefined ? undefined : through(expr, item, siteOf(only));
  });
}

function itemIndex(table: Expr & { readonly kind: 'collection' }, wanted: Constant): number | undefined {
  if (table.keys === undefined) {
    if (table.type === 'set' || wanted.numeric !== 'integer' || typeof wanted.value !== 'number') { return undefined; }
    return wanted.value < 0 ? table.items.length + wanted.value : wanted.value;
  }
  // A spread or a computed key could hide the one that is looked for.
  if (table.keys.some((key) => key === null || key.kind !== 'literal')) { return undefined; }
  const at = table.keys.findLastIndex((key) => key?.kind === 'literal' && key.value === wanted.value);
  return at < 0 ? undefined : at;
}

/** True if the text assigns an item of the table or calls a method that changes it. */
function changedItems(model: SourceModel, object: Expr): boolean {
  const name = model.source.text.slice(object.start, object.end);
  return ['[', '.update(', '.setdefault(', '.pop(', '.clear('].some((mark) => assigns(model.source.text, name + mark, mark === '['));
}

function assigns(text: string, needle: string, indexed: boolean): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    if (!indexed) { return true; }
    const close = text.indexOf(']', at);
    const after = close < 0 ? '' : text.slice(close + 1, close + 8).trimStart();
    if (after.startsWith('=') && !after.startsWith('==')) { return true; }
    if (/^[-+*/]=/.test(after)) { return true; }
  }
  return false;
}
