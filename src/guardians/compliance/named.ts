/** Values with names: fields, constants, dict entries, defaults and arguments of a Python file, each with what stands beside it. */
import type { Call, Collection, Expr, SourceModel } from '../../core/source/model.ts';
import { ModelFact } from '../../core/source/meaning/per-model.ts';
import type { NameSite } from '../../core/source/scope.ts';
import { fallbackOf } from './fallback.ts';
import { indexOf } from './file-index.ts';

/** A name and the expression it is given. */
export interface Pair {
  readonly name: string;
  readonly value: Expr;
  /** MetaTrader asks the user for it (`input double MaxDrawdown = 10;`): a setting, whatever else the file keeps beside it. */
  readonly asked?: true;
}

/** A named value in its surroundings. */
export interface Named extends Pair {
  readonly site: NameSite;
  /** All pairs of the same class, dict, call or run of assignments, itself included. */
  readonly siblings: readonly Pair[];
  /** Names around it: the class, the function, the called name, the keys of the dicts it stands in. */
  readonly outer: readonly string[];
  readonly form: 'field' | 'constant' | 'local' | 'attribute' | 'entry' | 'argument' | 'default' | 'option';
}

interface Group {
  readonly site: NameSite;
  readonly pairs: Pair[];
  readonly forms: Named['form'][];
}

/** `flatten` of `self.risk.flatten` and of `flatten(…)`. */
export function lastName(expr: Expr): string | undefined {
  const named = expr.kind === 'call' ? expr.callee : expr;
  return named.kind === 'member' ? named.property : named.kind === 'name' ? named.name : undefined;
}

/** Names around a value and the texts beside it: `FirmRules(name="FTMO", …)`. */
export function aboutOf(named: Named): readonly string[] {
  const texts = named.siblings.flatMap((sibling) => (sibling.value.kind === 'literal' && typeof sibling.value.value === 'string' && sibling.value.value.length < 40 ? [sibling.value.value] : []));
  return [...named.outer, named.name, ...texts];
}

/** An argument by position or keyword; undefined behind `*args`. */
export function argumentExpr(call: Call, position: number, name?: string): Expr | undefined {
  const keyword = name === undefined ? undefined : call.args.find((argument) => argument.name === name);
  if (keyword !== undefined) { return keyword.value; }
  const positional = call.args.filter((argument) => argument.name === undefined);
  if (positional.slice(0, position + 1).some((argument) => argument.spread !== undefined)) { return undefined; }
  return positional[position]?.value;
}

/** What a file assigns, by the function, class or module it stands in, and the name above each dict and call that is assigned. */
interface Assigned {
  readonly groups: ReadonlyMap<unknown, Group>;
  readonly names: ReadonlyMap<Expr, readonly string[]>;
}

const assigned = new ModelFact<Assigned>();

function assignedIn(model: SourceModel): Assigned {
  const known = assigned.get(model);
  if (known !== undefined) { return known; }
  const groups = new Map<unknown, Group>();
  const names = new Map<Expr, readonly string[]>();
  for (const { node: statement, site } of indexOf(model).statements) {
    if (statement.kind !== 'assign' || statement.value === undefined || statement.op !== undefined) { continue; }
    const { value } = statement;
    const key: unknown = site.function ?? site.class ?? model;
    let group = groups.get(key);
    if (group === undefined) {
      group = { site: plainSite(site), pairs: [], forms: [] };
      groups.set(key, group);
    }
    for (const target of statement.targets) {
      const name = lastName(target);
      if (name === undefined || target.kind === 'call') { continue; }
      group.pairs.push(ASKED.has(statement.storage) ? { name, value, asked: true } : { name, value });
      group.forms.push(target.kind === 'member' ? 'attribute' : site.function !== undefined ? 'local' : site.class !== undefined ? 'field' : 'constant');
      if (value.kind === 'collection' || value.kind === 'call') { names.set(value, [name]); }
    }
  }
  const made = { groups, names };
  assigned.set(model, made);
  return made;
}

/** Every named value whose name is wanted, in source order of their groups. */
export function namedValues(model: SourceModel, wanted: (name: string) => boolean): readonly Named[] {
  const found: Named[] = [];
  const { groups, names } = assignedIn(model);
  const keysAround = new Map(names);
  const index = indexOf(model);
  for (const { node, site } of index.dicts) { addDict(node, site, keysAround, found, wanted, model); }
  for (const { node, site } of index.calls) { addCall(node, site, keysAround, found, wanted, model); }
  for (const group of groups.values()) {
    const outer = around(group.site);
    let asked: readonly Pair[] | undefined;
    group.pairs.forEach((pair, i) => {
      if (wanted(pair.name)) {
        asked ??= group.pairs.filter((one) => one.asked === true);
        found.push({ ...pair, value: unwrapped(pair.value, model), site: group.site, siblings: pair.asked === true ? asked : group.pairs, outer, form: group.forms[i] ?? 'local' });
      }
    });
  }
  for (const fn of model.functions) {
    if (!fn.parameters.some((parameter) => parameter.default !== undefined && wanted(parameter.name))) { continue; }
    const pairs = fn.parameters.flatMap((parameter) => (parameter.default === undefined ? [] : [{ name: parameter.name, value: parameter.default }]));
    const cls = fn.class === undefined ? undefined : model.classes[fn.class];
    const site: NameSite = { function: fn, ...(cls === undefined ? {} : { class: cls }) };
    for (const pair of pairs) { if (wanted(pair.name)) { found.push({ ...pair, value: unwrapped(pair.value, model), site, siblings: pairs, outer: around(site), form: 'default' }); } }
  }
  return found;
}

/** How MQL5 and MQL4 declare what the user is asked for. */
const ASKED: ReadonlySet<string | undefined> = new Set(['input', 'sinput', 'extern']);

function plainSite(site: NameSite): NameSite {
  return { ...(site.function === undefined ? {} : { function: site.function }), ...(site.class === undefined ? {} : { class: site.class }) };
}

function around(site: NameSite): readonly string[] {
  return [...(site.class === undefined ? [] : [site.class.name]), ...(site.function === undefined ? [] : [site.function.name])];
}

function addDict(dict: Collection, site: NameSite, keysAround: Map<Expr, readonly string[]>, found: Named[], wanted: (name: string) => boolean, model: SourceModel): void {
  const outer = keysAround.get(dict) ?? [];
  const pairs = dict.items.flatMap((value, i) => {
    const key = dict.keys?.[i];
    const name = key?.kind === 'literal' && typeof key.value === 'string' ? key.value : key?.kind === 'member' ? key.property : undefined;
    return name === undefined ? [] : [{ name, value }];
  });
  for (const pair of pairs) {
    // The walk comes to parents first: what stands inside an entry knows the keys above it.
    if (pair.value.kind === 'collection' || pair.value.kind === 'call') { keysAround.set(pair.value, [...outer, pair.name]); }
    if (pair.value.kind === 'collection') {
      for (const item of pair.value.items) { if (item.kind === 'collection' || item.kind === 'call') { keysAround.set(item, [...outer, pair.name]); } }
    }
    if (wanted(pair.name)) { found.push({ ...pair, value: unwrapped(pair.value, model), site: plainSite(site), siblings: pairs, outer: [...around(site), ...outer], form: 'entry' }); }
  }
}

/** Keyword arguments; `add_argument("--max-drawdown", default=10)` and `getenv("MAX_DD", "10")` by their first argument. */
function addCall(call: Call, site: NameSite, keysAround: ReadonlyMap<Expr, readonly string[]>, found: Named[], wanted: (name: string) => boolean, model: SourceModel): void {
  // Without a keyword and without a text nothing in it has a name.
  if (!call.args.some((argument) => argument.name !== undefined || argument.value.kind === 'literal')) { return; }
  const name = lastName(call.callee) ?? '';
  const receiver = call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
  const first = argumentExpr(call, 0);
  const key = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  const option = OPTION_CALLS.has(name) ? argumentExpr(call, 99, 'default') : LOOKUP_CALLS.has(name) ? argumentExpr(call, 1, 'default') : undefined;
  if (key !== undefined && option !== undefined) {
    if (wanted(key)) { found.push({ name: key, value: unwrapped(option, model), site: plainSite(site), siblings: [{ name: key, value: option }], outer: [...around(site), ...(receiver === undefined ? [] : [receiver])], form: 'option' }); }
    return;
  }
  if (FIELD_CALLS.has(name)) { return; }
  if (!call.args.some((argument) => argument.name !== undefined && wanted(argument.name))) { return; }
  const pairs = call.args.flatMap((argument) => (argument.name === undefined ? [] : [{ name: argument.name, value: argument.value }]));
  for (const pair of pairs) {
    if (wanted(pair.name)) { found.push({ ...pair, value: unwrapped(pair.value, model), site: plainSite(site), siblings: pairs, outer: [...around(site), ...(keysAround.get(call) ?? []), name], form: 'argument' }); }
  }
}

const OPTION_CALLS: ReadonlySet<string> = new Set(['add_argument', 'option', 'add_option']);
const LOOKUP_CALLS: ReadonlySet<string> = new Set(['getenv', 'get', 'getfloat', 'getint', 'env', 'config', 'float', 'int', 'str', 'decimal', 'setdefault', 'suggest']);
const FIELD_CALLS: ReadonlySet<string> = new Set(['Field', 'field', 'Option', 'Argument', 'attrib', 'ib']);

/** `Field(default=10.0)`, `field(default_factory=lambda: …)`, `typer.Option(10.0)`, `process.env.MAX_DD ?? 10`: the default is what counts. */
export function unwrapped(value: Expr, model: SourceModel): Expr {
  if (value.kind !== 'call' || !FIELD_CALLS.has(lastName(value.callee) ?? '')) { return fallbackOf(value) ?? value; }
  const factory = argumentExpr(value, 99, 'default_factory');
  const body = factory?.kind === 'lambda' ? model.functions[factory.function]?.body[0] : undefined;
  return argumentExpr(value, 0, 'default') ?? (body?.kind === 'return' ? body.value : undefined) ?? value;
}
