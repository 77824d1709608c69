/**
 * Whether the text of an expression would show a secret: followed backwards through assignments, concatenation and formatting,
 * and into the functions of the same file one call deep. What is masked, hashed, cut or only counted shows none.
 */
import type { Call, ClassModel, Collection, Expr, FunctionModel, Parameter, SourceModel, Span } from '../../../core/source/model.ts';
import { annotatedType } from '../../../core/source/meaning/annotations.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { siteOf } from '../../../core/source/names.ts';
import { receiverClass, type Definition, type NameSite } from '../../../core/source/scope.ts';
import { judge } from '../scan/judge.ts';
import { scanText } from '../scan/text-scan.ts';
import { isEnvironment, isMountedSecret, readOfCall, readOfMember, textOf } from './sources.ts';
import { coversUp, handedOutBy, isSecretVariable, tellingName } from './telling.ts';

/** A secret that a text would show. */
export interface Leak {
  /** What people call it: the variable's name, or the environment's. */
  readonly name: string;
  /** `proven`: it comes from the environment, a key store or a literal that is one. `named`: its name says so. `all`: the whole environment. */
  readonly proof: 'proven' | 'named' | 'all';
  /** Where it comes from. */
  readonly at: Span;
  /** A field of an object of another file: there its type may hide it. */
  readonly field?: string;
}

/** `clean` is what is known to show no secret; undefined is what nobody knows. */
export type Verdict = Leak | 'clean' | undefined;

/** Deepest expression, and longest chain of names, that is followed. */
const MAX_DEPTH = 24;
/** Most parts of a text or items of a collection that are looked at. */
const MAX_PARTS = 60;

/** Methods whose result still shows the text. */
const KEEPING: ReadonlySet<string> = new Set((
  'strip lstrip rstrip upper lower encode decode format join trim trimStart trimEnd toString toUpperCase toLowerCase concat get_secret_value value title '
  + 'hex isoformat valueOf repeat ljust rjust center zfill padEnd padStart unwrap read read_text strip read_bytes get'
).split(' '));
/** Functions whose result still shows what they are given. */
const FORMATTING: ReadonlySet<string> = new Set((
  'str repr ascii bytes bytearray format String JSON.stringify json.dumps dumps stringify quote quote_plus urlencode encodeURIComponent encodeURI escape b64encode '
  + 'urlsafe_b64encode standard_b64encode btoa from inspect pformat StringFormat StringConcatenate list tuple set dict vars asdict model_dump fill dedent URL URLSearchParams'
).split(' '));
/** Functions of Python that go over what they are given: over the keys of a dict. */
const GOES_OVER: ReadonlySet<string> = new Set(['list', 'tuple', 'set', 'sorted', 'frozenset']);
/** Types of pydantic that print as stars. */
const HIDDEN_TYPES: ReadonlySet<string> = new Set(['SecretStr', 'SecretBytes', 'Secret']);
/** Types that hold no text. */
const PLAIN_TYPES: ReadonlySet<string> = new Set(['bool', 'int', 'float', 'boolean', 'number', 'datetime', 'double', 'long', 'uint', 'ulong', 'Date', 'Path', 'Callable']);
/** Variables of MQL5 that the user fills in. */
const INPUTS: ReadonlySet<string> = new Set(['input', 'sinput', 'extern']);
/** Objects that name things by constants: `TokenType.ACCESS_TOKEN` is a label. */
const LABELS = /^[A-Z]/;
const NAMES_IT = /(?:^|_|[a-z])(?:vars?|names?|hints?|labels?|fields?|columns?|header_?names?)(?:$|_|[A-Z])/i;
const SETTINGS_LIKE = /conf|cfg|settings|env|secret|cred|account|auth|options|param|args/i;

/** Follows values in one file; made once a file. `handed` is a parameter that counts as a secret, to ask what a function does with it. */
export class Trace {
  readonly #model: SourceModel;
  readonly #handed: Parameter | undefined;
  /** Functions on the way: one call deep, and no circles. */
  readonly #open = new Set<FunctionModel>();

  constructor(model: SourceModel, handed?: Parameter) {
    this.#model = model;
    this.#handed = handed;
  }

  /** What the text of the expression would show. */
  of(expr: Expr, site: NameSite, depth = 0): Verdict {
    if (depth > MAX_DEPTH) { return undefined; }
    const next = (one: Expr): Verdict => this.of(one, site, depth + 1);
    switch (expr.kind) {
      case 'literal': return 'clean';
      case 'compare': return 'clean';
      case 'unary': return 'clean';
      case 'name': return this.#name(expr, site, depth);
      case 'member': return this.#member(expr, site, depth);
      case 'index': return this.#index(expr, site, depth);
      case 'call': return this.#call(expr, site, depth);
      case 'await': return next(expr.operand);
      case 'conditional': return first([next(expr.then), next(expr.else)]);
      case 'boolean': {
        const counted = expr.op === 'and' ? expr.operands.slice(-1) : expr.operands;
        return first(counted.slice(0, MAX_PARTS).map(next));
      }
      case 'binary': {
        if (!expr.ops.every((op) => op === '+' || op === '%' || op === '|')) { return 'clean'; }
        return first(sample(expr.operands).map(next));
      }
      case 'template': return first(sample(expr.parts).map(next));
      case 'collection': return this.#collection(expr, site, depth);
      case 'unknown': return this.#unknown(expr, site, depth);
      case 'comprehension': return undefined;
      case 'lambda': return undefined;
    }
  }

  #unknown(expr: Expr & { readonly kind: 'unknown' }, site: NameSite, depth: number): Verdict {
    const [only, ...rest] = expr.parts;
    if (only === undefined || expr.syntax === 'slice') { return 'clean'; }
    if (expr.syntax === 'format') {
      // `{key:.4}` cuts it, `{n:,}` is a number; `!r`, `=` and a width leave it as it is.
      const cut = rest.some((part) => part.kind === 'literal' && /:.{0,20}(?:\.|[dfeg%,])/.test(part.text));
      return cut ? 'clean' : this.of(only, site, depth + 1);
    }
    if (expr.syntax === 'named_expression') { return rest[0] === undefined ? undefined : this.of(rest[0], site, depth + 1); }
    if (expr.syntax === 'list_splat' || expr.syntax === 'dictionary_splat') { return this.of(only, site, depth + 1); }
    return expr.parts.length === 1 && !expr.syntax.startsWith('yield') ? this.of(only, site, depth + 1) : undefined;
  }

  // ------------------------------------------------------------------- names

  #name(expr: Expr & { readonly kind: 'name' }, site: NameSite, depth: number): Verdict {
    if (isEnvironment(this.#model, expr, site)) { return { name: 'the whole environment', proof: 'all', at: expr }; }
    const definitions = definitionsFor(this.#model, expr, site);
    return this.#defined(expr.name, expr, definitions, site, depth);
  }

  /** A variable or attribute by what it is given; by its own name where nobody knows that. */
  #defined(name: string, expr: Expr, definitions: readonly Definition[], site: NameSite, depth: number): Verdict {
    const telling = tellingName(name);
    if (definitions.some((definition) => this.#handed !== undefined && definition.parameter === this.#handed)) { return { name, proof: 'proven', at: expr }; }
    if (definitions.some((definition) => definition.declared !== undefined)) { return 'clean'; }
    const types = definitions.flatMap((definition) => typeOf(definition) ?? []);
    if (types.some((type) => HIDDEN_TYPES.has(type) || PLAIN_TYPES.has(type))) { return 'clean'; }
    const latest = this.#latest(definitions, expr, site);
    const verdicts = latest.map((definition) => this.#value(name, definition, depth));
    const leak = verdicts.find(isLeak);
    // `env_var = names["api_key"]` is what the variable is called.
    if (leak !== undefined) { return leak.proof === 'named' && NAMES_IT.test(name) ? undefined : leak; }
    if (latest.length > 0 && verdicts.every((verdict) => verdict === 'clean')) { return 'clean'; }
    if (telling?.alone !== true) { return undefined; }
    // `UPDATE_USER_PASSWORD` of another module is the name of a route as often as a password; of its settings it is one.
    const module = definitions.find((definition) => definition.imported !== undefined)?.imported?.module;
    if (module !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name) && !/conf|cfg|settings|env|secret|cred/i.test(module)) { return undefined; }
    const [source] = latest;
    return { name, proof: 'named', at: source?.target ?? expr };
  }

  /** Of several assignments in a row in the same function the last one before the use counts, if nothing branches between. */
  #latest(definitions: readonly Definition[], expr: Expr, site: NameSite): readonly Definition[] {
    if (definitions.length < 2) { return definitions; }
    const before = definitions.filter((one) => one.function === site.function && one.statement !== undefined && one.statement.end <= expr.start);
    const body = site.function === undefined ? this.#model.body : site.function.body;
    const last = before.at(-1);
    return last?.statement !== undefined && body.includes(last.statement) ? [last] : definitions.slice(0, MAX_PARTS);
  }

  /** What one assignment gives: a literal is judged as SEC001 judges it. */
  #value(name: string, definition: Definition, depth: number): Verdict {
    const { value, target, statement } = definition;
    // What stands behind an input of an expert is only what holds until somebody fills it in.
    if (value === undefined || (statement?.kind === 'assign' && INPUTS.has(statement.storage ?? ''))) { return undefined; }
    // `with open("/run/secrets/x") as f`, `for key in keys`: what is drawn is not the value.
    if (definition.drawn !== undefined) { return undefined; }
    const text = textOf(value);
    if (text === undefined) { return this.of(value, siteOf(definition), depth + 1); }
    return isSecretText(name, text, value) ? { name, proof: 'proven', at: target } : 'clean';
  }

  #member(expr: Expr & { readonly kind: 'member' }, site: NameSite, depth: number): Verdict {
    if (isEnvironment(this.#model, expr, site)) { return { name: 'the whole environment', proof: 'all', at: expr }; }
    const read = readOfMember(this.#model, expr, site);
    if (read !== undefined) { return read.secret && read.name !== undefined ? { name: read.name, proof: 'proven', at: expr } : 'clean'; }
    if (expr.property === 'length' || expr.property === 'size') { return 'clean'; }
    if (expr.property === 'value' || expr.property === 'payload' || expr.property === 'data') {
      const inner = this.of(expr.object, site, depth + 1);
      return isLeak(inner) && inner.proof === 'proven' ? inner : undefined;
    }
    const definitions = definitionsFor(this.#model, expr, site);
    if (definitions.length > 0) { return this.#defined(expr.property, expr, definitions, site, depth); }
    if (tellingName(expr.property)?.alone !== true) { return undefined; }
    const owner = ownerName(expr.object);
    if (receiverClass(this.#model, expr.object, site) === undefined && LABELS.test(owner) && !SETTINGS_LIKE.test(owner)) { return undefined; }
    return { name: expr.property, proof: 'named', at: expr, field: expr.property };
  }

  #index(expr: Expr & { readonly kind: 'index' }, site: NameSite, depth: number): Verdict {
    const read = readOfMember(this.#model, expr, site);
    if (read !== undefined) { return read.secret && read.name !== undefined ? { name: read.name, proof: 'proven', at: expr } : 'clean'; }
    const [index] = expr.indices;
    if (index?.kind === 'unknown' && index.syntax === 'slice') { return 'clean'; }
    const key = textOf(index);
    if (key === undefined) { return undefined; }
    const inner = this.of(expr.object, site, depth + 1);
    if (key === 'SecretString' || key === 'data' || key === 'value') { return isLeak(inner) && inner.proof === 'proven' ? inner : undefined; }
    if (tellingName(key)?.alone !== true) { return isLeak(inner) && inner.proof === 'proven' && isSecretVariable(key) ? { ...inner, name: key } : undefined; }
    return { name: key, proof: isLeak(inner) && inner.proof === 'proven' ? 'proven' : 'named', at: expr };
  }

  #collection(expr: Collection, site: NameSite, depth: number): Verdict {
    if (expr.items.length > 400) { return undefined; }
    return first(sample(expr.items).map((item, i) => {
      const verdict = this.of(item, site, depth + 1);
      if (verdict !== undefined) { return verdict; }
      const key = textOf(expr.keys?.[i] ?? undefined);
      return key !== undefined && tellingName(key)?.alone === true && (item.kind === 'name' || item.kind === 'member') ? { name: key, proof: 'named', at: item } : undefined;
    }));
  }

  // ------------------------------------------------------------------- calls

  #call(call: Call, site: NameSite, depth: number): Verdict {
    const read = readOfCall(this.#model, call, site);
    if (read !== undefined) { return this.#read(read, call, site, depth); }
    const { callee } = call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
    if (name === undefined) { return undefined; }
    const own = this.#ownFunction(call, site);
    if (own !== undefined) { return coversUp(name) ? 'clean' : this.#returned(own, name, call); }
    if (callee.kind === 'member' && KEEPING.has(name)) { return this.#method(callee, call, site, depth); }
    if (GOES_OVER.has(name) && callee.kind === 'name' && call.args.length === 1 && this.#isDict(call.args[0]!.value, site)) { return 'clean'; }
    if (FORMATTING.has(name)) { return first(sample(call.args).map(({ value }) => this.of(value, site, depth + 1))); }
    if (isMounted(call)) { return { name: 'the mounted secret', proof: 'proven', at: call }; }
    if (coversUp(name) || /^(?:token_(?:hex|urlsafe|bytes)|uuid[145]|randomUUID|randomBytes|urandom|generate\w{0,30})$/.test(name)) { return 'clean'; }
    const handed = handedOutBy(name);
    return handed === undefined ? undefined : { name: handed, proof: 'named', at: call };
  }

  /** `{"X-API-KEY": key}` and a name for it: whoever goes over it sees its keys. */
  #isDict(expr: Expr, site: NameSite): boolean {
    const isLiteral = (value: Expr | undefined): boolean => value?.kind === 'collection' && value.keys?.every((key) => key?.kind === 'literal') === true;
    if (expr.kind === 'collection') { return isLiteral(expr); }
    const definitions = expr.kind === 'name' ? this.#latest(definitionsFor(this.#model, expr, site), expr, site) : [];
    return definitions.length > 0 && definitions.every(({ value, drawn }) => drawn === undefined && isLiteral(value));
  }

  #read(read: NonNullable<ReturnType<typeof readOfCall>>, call: Call, site: NameSite, depth: number): Verdict {
    if (read.secret) { return { name: read.name ?? 'the secret', proof: 'proven', at: call }; }
    const fallback = read.fallback === undefined ? undefined : this.of(read.fallback, site, depth + 1);
    return isLeak(fallback) ? fallback : read.name === undefined ? undefined : 'clean';
  }

  /** `key.strip()` shows the key, `"…".format(key)` and `", ".join(keys)` what they are given. */
  #method(callee: Expr & { readonly kind: 'member' }, call: Call, site: NameSite, depth: number): Verdict {
    const { object, property } = callee;
    if (property === 'get') {
      const key = textOf(call.args[0]?.value);
      if (key === undefined) { return undefined; }
      return tellingName(key)?.alone === true ? { name: key, proof: 'named', at: call } : undefined;
    }
    if (property === 'get_secret_value') {
      const inner = this.of(object, site, depth + 1);
      return isLeak(inner) ? inner : { name: ownerName(object) || 'the secret', proof: 'proven', at: call };
    }
    const inner = object.kind === 'literal' ? 'clean' as const : this.of(object, site, depth + 1);
    if (isLeak(inner)) { return inner; }
    if (property === 'format' || property === 'join' || property === 'concat') { return first(sample(call.args).map(({ value }) => this.of(value, site, depth + 1))); }
    return inner;
  }

  /** What a function of this file gives back. */
  #returned(fn: FunctionModel, name: string, call: Call): Verdict {
    if (this.#open.has(fn) || this.#open.size > 1) { return undefined; }
    this.#open.add(fn);
    const verdicts = returnsOf(fn).map((value) => this.of(value, { function: fn, ...this.#classOf(fn) }, 1));
    this.#open.delete(fn);
    const leak = verdicts.find(isLeak);
    if (leak !== undefined) { return leak; }
    if (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'clean')) { return 'clean'; }
    const handed = handedOutBy(name);
    return handed === undefined ? undefined : { name: handed, proof: 'named', at: call };
  }

  #classOf(fn: FunctionModel): { readonly class?: ClassModel } {
    const cls = fn.class === undefined ? undefined : this.#model.classes[fn.class];
    return cls === undefined ? {} : { class: cls };
  }

  #ownFunction(call: Call, site: NameSite): FunctionModel | undefined {
    return ownFunctionOf(this.#model, call, site);
  }
}

/** The function of this file that a call runs. */
export function ownFunctionOf(model: SourceModel, call: Call, site: NameSite): FunctionModel | undefined {
  if (call.callee.kind !== 'name' && call.callee.kind !== 'member') { return undefined; }
  const declared = definitionsFor(model, call.callee, site).find((definition) => definition.declared?.kind === 'function')?.declared;
  return declared === undefined ? undefined : model.functions[declared.index];
}

/** Whether a verdict names a secret. */
export function isLeak(verdict: Verdict): verdict is Leak {
  return verdict !== undefined && verdict !== 'clean';
}

/** Whether a literal is a secret by its name and looks, or by its looks alone. */
function isSecretText(name: string, text: string, at: Span): boolean {
  if (text.length < 6 || text.length > 4096) { return false; }
  if (judge({ name, around: name, value: text, span: { start: at.start, end: at.end } }, 'normal') !== undefined) { return true; }
  return text.length >= 20 && scanText(text, 'strict').hits.length > 0;
}

function isMounted(call: Call): boolean {
  return call.args.some(({ value }) => isMountedSecret(value)) && call.callee.kind === 'name' && call.callee.name === 'open';
}

/** The first leak; clean only if every part is. */
function first(verdicts: readonly Verdict[]): Verdict {
  const leak = verdicts.find(isLeak);
  if (leak !== undefined) { return leak; }
  return verdicts.every((verdict) => verdict === 'clean') ? 'clean' : undefined;
}

function sample<T>(items: readonly T[]): readonly T[] {
  return items.length > MAX_PARTS ? items.slice(0, MAX_PARTS) : items;
}

/** Last name of what a member is taken from. */
function ownerName(expr: Expr): string {
  return expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : expr.kind === 'call' ? ownerName(expr.callee) : '';
}

/** Whether values of an annotated type print as stars. */
export function isHiddenType(annotation: Expr): boolean {
  const type = annotatedType(annotation);
  return type !== undefined && HIDDEN_TYPES.has(type.kind === 'name' ? type.name : type.property);
}

function typeOf(definition: Definition): string | undefined {
  const annotation = definition.annotation ?? definition.parameter?.annotation;
  const type = annotation === undefined ? undefined : annotatedType(annotation);
  return type === undefined ? undefined : type.kind === 'name' ? type.name : type.property;
}

/** What the function's own `return`s give. */
function returnsOf(fn: FunctionModel): readonly Expr[] {
  const found: Expr[] = [];
  for (const statement of statementsOf(fn.body)) {
    if (statement.kind === 'return' && statement.value !== undefined) { found.push(statement.value); }
    if (found.length >= 8) { break; }
  }
  return found;
}

