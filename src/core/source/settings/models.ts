/**
 * Classes that settings are made of: which keys they take from a mapping, and under which names. Read from data classes,
 * attrs, msgspec structs, typed dictionaries, pydantic models (aliases, alias generators, `extra`) and pydantic's settings,
 * which read the environment.
 *
 * Sources: pydantic 2 docs (fields, alias, configuration), pydantic-settings docs (`env_prefix`, `env_nested_delimiter`),
 * pydantic 1 docs (`class Config`), msgspec docs (structs: `rename`, `field(name=…)`), attrs docs (`alias`).
 */
import { lineageOf } from '../meaning/lineage.ts';
import { classSite } from '../meaning/bindings.ts';
import type { Assign, Call, ClassModel, Expr, SourceModel } from '../model.ts';
import { isFollowed, isTelling, mayHoldSettings, type RawFlow } from './facts.ts';
import { typeTaken } from './taken.ts';

/** What the classes of a file take. */
export interface ClassModels {
  readonly flows: readonly RawFlow[];
  /** Class → every key it takes. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/** Most keys that are kept of one class. */
const MAX_KEYS = 150;
const MAX_CLASSES = 60;

const DATA_DECORATORS: ReadonlySet<string> = new Set(['dataclass', 'define', 'frozen', 'mutable', 'attrs', 's', 'attributes']);
const DATA_BASES = /^(?:pydantic(?:\.\w{1,30}){0,3}\.(?:BaseModel|BaseSettings)|pydantic_settings\.(?:\w{1,30}\.){0,2}BaseSettings|msgspec\.Struct|typing(?:_extensions)?\.(?:TypedDict|NamedTuple)|sqlmodel\.SQLModel)$/;
const SETTINGS_BASE = /\.BaseSettings$/;
const FIELD_MAKERS = /^(?:Field|field|attrib|ib)$/;
/** Keywords of a field that name the key it is read from. */
const ALIASES = /^(?:alias|validation_alias|env|name)$/;
const BEFORE = /^(?:root_validator|model_validator|pre_load)$/;

/** Models of a file of Python; empty for other languages. */
export function classModels(model: SourceModel): ClassModels {
  const flows: RawFlow[] = [];
  const keys: Record<string, readonly string[]> = {};
  if (model.language !== 'python') { return { flows, keys }; }
  for (const cls of model.classes) {
    if (!mayHoldSettings(cls.name) && !isTelling(model.source.text.slice(cls.start, cls.end))) { continue; }
    const found = cls.name === 'Config' || Object.keys(keys).length >= MAX_CLASSES ? undefined : new ClassReader(model, cls).read();
    if (found === undefined) { continue; }
    flows.push(...found.flows);
    keys[cls.qualifiedName] = found.keys.slice(0, MAX_KEYS);
  }
  return { flows, keys };
}

/** What a class says of all its fields. */
interface Naming {
  readonly rename?: (name: string) => string;
  /** It keeps or hands on what it does not know. */
  readonly open: boolean;
  readonly prefix: string;
  /** Between the parts of a nested variable. */
  readonly delimiter?: string;
}

interface Field {
  readonly name: string;
  readonly keys: readonly string[];
  readonly at: Assign | Expr;
  readonly annotation?: Expr | undefined;
  readonly default?: Expr | undefined;
  /** Where its value goes. */
  readonly to: string;
  /** Given by its full name in the environment. */
  readonly named: boolean;
}

class ClassReader {
  readonly #model: SourceModel;
  readonly #cls: ClassModel;
  readonly #outside: readonly string[];

  constructor(model: SourceModel, cls: ClassModel) {
    this.#model = model;
    this.#cls = cls;
    this.#outside = lineageOf(model, cls).external;
  }

  read(): { readonly flows: readonly RawFlow[]; readonly keys: readonly string[] } | undefined {
    const fields = this.#fields();
    if (fields === undefined || !(mayHoldSettings(this.#cls.name) || fields.some((field) => [field.name, ...field.keys].some((key) => isFollowed(key) || mayHoldSettings(key))))) { return undefined; }
    const naming = this.#naming();
    const settings = this.#outside.some((name) => SETTINGS_BASE.test(name));
    const root = `k ${this.#cls.qualifiedName}`;
    const flows: RawFlow[] = naming.open ? [{ op: 'open', from: [root], at: this.#cls.nameSpan, kept: true }] : [];
    for (const field of fields) {
      for (const key of this.#spelled(field, naming)) {
        flows.push(...this.#fieldFlows([root, key], field));
        if (settings) { flows.push(...this.#variables(key, field, naming)); }
      }
    }
    return { flows, keys: fields.flatMap((field) => this.#spelled(field, naming)) };
  }

  #fieldFlows(from: RawFlow['from'], field: Field): readonly RawFlow[] {
    const at = { start: field.at.start, end: field.at.end };
    const given = field.default === undefined ? undefined : this.#model.source.text.slice(field.default.start, field.default.end);
    const fallback = given === undefined || given.length > 40 || /[\n{[(]/.test(given) ? {} : { default: given };
    const flows: RawFlow[] = [{ op: 'is', from, to: [field.to], at, ...fallback }];
    const taken = field.annotation === undefined ? 'any' : typeTaken(this.#model, field.annotation, classSite(this.#model, this.#cls));
    if (taken === 'any') { flows.push({ op: 'open', from, at, kept: true }); } else if (taken !== 'plain') {
      flows.push({ op: 'fields', from, to: [taken.callee], at, kept: true }, { op: 'is', from: [taken.object], to: [field.to], at, kept: true });
    }
    return flows;
  }

  /** Variables of the environment a field of pydantic's settings is read from; those of a nested model are put together. */
  #variables(key: string, field: Field, naming: Naming, depth = 0): readonly RawFlow[] {
    const at = { start: field.at.start, end: field.at.end };
    const name = field.named ? key : `${naming.prefix}${key}`;
    const flows = [...new Set([name.toUpperCase(), name, name.toLowerCase()])].map((one): RawFlow => ({ op: 'is', from: ['e', one], to: [field.to], at }));
    const nested = naming.delimiter === undefined || depth > 2 ? undefined : this.#nestedClass(field);
    if (nested === undefined) { return flows; }
    const inner = new ClassReader(this.#model, nested);
    const below = (inner.#fields() ?? []).flatMap((one) => one.keys.flatMap((part) => inner.#variables(`${name}${naming.delimiter ?? ''}${part}`, { ...one, named: true }, naming, depth + 1)));
    return [...flows, ...below];
  }

  #nestedClass(field: Field): ClassModel | undefined {
    const taken = field.annotation === undefined ? 'any' : typeTaken(this.#model, field.annotation, classSite(this.#model, this.#cls));
    return typeof taken === 'string' ? undefined : this.#model.classes.find((one) => taken.callee === `F ${one.qualifiedName}`);
  }

  #spelled({ keys, name }: Field, { rename }: Naming): readonly string[] {
    // Bases of other files may spell the keys their way.
    const shared = this.#outside.some((base) => !DATA_BASES.test(base) && !base.startsWith('builtins.') && !base.startsWith('typing.'));
    return [...new Set([...keys, ...(rename === undefined ? [] : [rename(name)]), ...(shared ? [camel(name)] : [])])];
  }

  // -------------------------------------------------------------------------- fields

  #fields(): readonly Field[] | undefined {
    const { methods, decorators, body, qualifiedName: owner } = this.#cls;
    const isData = decorators.some((one) => DATA_DECORATORS.has(lastOf(one.kind === 'call' ? one.callee : one) ?? '')) || this.#outside.some((name) => DATA_BASES.test(name));
    const init = methods.map((index) => this.#model.functions[index]).find((fn) => fn?.name === '__init__');
    if (init !== undefined && !isData) {
      return init.parameters.slice(1).filter((one) => one.rest === undefined).map((one): Field => ({
        name: one.name, keys: [one.name], at: { kind: 'name', name: one.name, start: one.start, end: one.end }, annotation: one.annotation, default: one.default, to: `l ${init.qualifiedName} ${one.name}`, named: false,
      }));
    }
    // Whether a base of another file makes it a model is seen there.
    if (!isData && this.#outside.length === 0 && lineageOf(this.#model, this.#cls).local.length === 1) { return undefined; }
    return body.flatMap((statement): readonly Field[] => {
      const [target] = statement.kind === 'assign' ? statement.targets : [];
      if (statement.kind !== 'assign' || target?.kind !== 'name' || target.name.startsWith('_') || target.name === 'model_config') { return []; }
      const maker = makerOf(statement);
      if (statement.annotation === undefined && maker === undefined) { return []; }
      const aliases = aliasesOf(maker);
      return [{
        name: target.name, keys: [target.name, ...aliases], at: statement, annotation: statement.annotation, to: `a ${owner} ${target.name}`, named: aliases.length > 0,
        default: maker === undefined ? statement.value : (maker.args.find((one) => one.name === 'default') ?? maker.args.find((one) => one.name === undefined))?.value,
      }];
    });
  }

  // -------------------------------------------------------------------------- naming

  #naming(): Naming {
    const settings = new Map<string, Expr>();
    let open = false;
    for (const cls of lineageOf(this.#model, this.#cls).local) {
      for (const { name, value } of cls.keywords) { if (name !== undefined && !settings.has(name)) { settings.set(name, value); } }
      for (const [name, value] of this.#configured(cls)) { if (!settings.has(name)) { settings.set(name, value); } }
      open ||= cls.methods.some((index) => {
        const fn = this.#model.functions[index];
        return fn !== undefined && ((fn.name === '__init__' && fn.parameters.some((one) => one.rest === '**')) || fn.decorators.some((one) => BEFORE.test(lastOf(one.kind === 'call' ? one.callee : one) ?? '')));
      });
      open ||= cls.decorators.some((one) => lastOf(one.kind === 'call' ? one.callee : one) === 'dataclass_json');
    }
    const extra = settings.get('extra');
    const allowed = extra !== undefined && textOf(extra) === 'allow';
    const generator = settings.get('alias_generator') ?? settings.get('rename');
    const rename = generator === undefined ? undefined : renaming(generator);
    const delimiter = settings.get('env_nested_delimiter');
    return {
      open: open || allowed || (generator !== undefined && rename === undefined), ...(rename === undefined ? {} : { rename }), prefix: textOf(settings.get('env_prefix')) ?? '',
      ...(delimiter === undefined ? {} : { delimiter: textOf(delimiter) ?? '__' }),
    };
  }

  /** `model_config = ConfigDict(…)`, `class Config:`. */
  *#configured(cls: ClassModel): Iterable<readonly [string, Expr]> {
    for (const statement of cls.body) {
      if (statement.kind !== 'assign' || lastOf(statement.targets[0]) !== 'model_config' || statement.value === undefined) { continue; }
      const { value } = statement;
      if (value.kind === 'call') { for (const one of value.args) { if (one.name !== undefined) { yield [one.name, one.value]; } } }
      if (value.kind === 'collection') {
        for (const [i, key] of (value.keys ?? []).entries()) {
          const item = value.items[i];
          if (key?.kind === 'literal' && item !== undefined) { yield [String(key.value), item]; }
        }
      }
    }
    const inner = this.#model.classes.find((one) => one.outerClass === cls.index && one.name === 'Config');
    for (const statement of inner?.body ?? []) {
      const name = statement.kind === 'assign' ? lastOf(statement.targets[0]) : undefined;
      if (statement.kind === 'assign' && name !== undefined && statement.value !== undefined) { yield [name, statement.value]; }
    }
  }
}

function lastOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === 'member' ? expr.property : expr?.kind === 'name' ? expr.name : undefined;
}

function textOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind === 'literal' && typeof expr.value === 'string') { return expr.value; }
  return lastOf(expr);
}

/** `Field(…)` as the value, or inside `Annotated[float, Field(…)]`. */
function makerOf({ value, annotation }: Assign): Call | undefined {
  const isMaker = (expr: Expr | undefined): expr is Call => expr?.kind === 'call' && FIELD_MAKERS.test(lastOf(expr.callee) ?? '');
  if (isMaker(value)) { return value; }
  if (annotation?.kind !== 'index') { return undefined; }
  return annotation.indices.flatMap((one) => (one.kind === 'collection' ? one.items : [one])).find(isMaker);
}

/** Keys that a field names: texts, lists of them, `AliasChoices("a", "b")`. */
function aliasesOf(maker: Call | undefined): readonly string[] {
  const found: string[] = [];
  for (const { name, value } of maker?.args ?? []) {
    if (name === undefined || !ALIASES.test(name)) { continue; }
    const parts = value.kind === 'call' ? value.args.map((one) => one.value) : value.kind === 'collection' ? value.items : [value];
    for (const part of parts) {
      // Of a path into the mapping the first key is read.
      const first = part.kind === 'call' ? part.args[0]?.value : part;
      if (first?.kind === 'literal' && typeof first.value === 'string') { found.push(first.value); }
    }
  }
  return found;
}

function camel(name: string): string {
  return name.replace(/_{1,16}([A-Za-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  const joined = camel(name);
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

/** What a generator of aliases, or msgspec's `rename`, makes of a field's name; undefined for one that has to be run. */
function renaming(generator: Expr): ((name: string) => string) | undefined {
  if (generator.kind === 'call') {
    const inner = (generator.args.find((one) => one.name === 'validation_alias' || one.name === 'alias') ?? generator.args[0])?.value;
    return inner === undefined ? undefined : renaming(inner);
  }
  switch (textOf(generator)) {
    case 'to_camel': case 'camel': case 'camelize': case 'to_lower_camel': return camel;
    case 'to_pascal': case 'pascal': return pascal;
    case 'to_snake': return (name) => name;
    case 'kebab': case 'to_kebab': return (name) => name.replaceAll('_', '-');
    case 'lower': return (name) => name.toLowerCase();
    case 'upper': return (name) => name.toUpperCase();
    default: return undefined;
  }
}

