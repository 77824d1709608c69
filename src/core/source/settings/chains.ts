/** Expressions that take a value out of settings: which place they read, with which default. */
import type { Call, Expr, SourceModel, Span } from '../model.ts';
import { isScript } from '../languages.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import { definitionsOf, receiverClass, type NameSite } from '../scope.ts';
import type { Place } from './facts.ts';
import { loadOf, pathOf } from './loads.ts';
import { parsedBy } from './schemas.ts';
import { madeBy } from './taken.ts';

/** A place that is read, and what the expression says around it. */
export interface Chain {
  readonly place: Place;
  /** What holds where the key is missing. */
  readonly default?: Expr;
  /** Expressions inside that are not part of the chain. */
  readonly inside: readonly Expr[];
  /** A file that is read in the chain: `yaml.safe_load(open("live.yaml"))["risk"]`. */
  readonly loads: readonly Load[];
  /** Calls whose result is read on: what they are given is not part of the chain either. */
  readonly calls: readonly Call[];
}

/** A file that is read: its path, and where the content goes. */
export interface Load {
  readonly from: Place;
  readonly to: Place;
  readonly at: Span;
}

/** Functions that give the value they are given in another type, or a copy of it. */
const SAME: ReadonlySet<string> = new Set([
  'builtins.float', 'builtins.int', 'builtins.str', 'builtins.bool', 'builtins.abs', 'builtins.round', 'builtins.dict', 'decimal.Decimal', 'copy.deepcopy', 'copy.copy', 'typing.cast',
  'globals.Number', 'globals.parseFloat', 'globals.parseInt', 'globals.String', 'globals.BigInt', 'globals.Math.abs', 'globals.structuredClone', 'globals.Object.freeze', 'types.MappingProxyType', 'easydict.EasyDict',
  'omegaconf.OmegaConf.create', 'omegaconf.OmegaConf.to_container', 'munch.munchify', 'box.Box', 'dotmap.DotMap', 'mql5.MathAbs', 'mql5.double', 'mql5.NormalizeDouble',
  'decimal.js.default', 'decimal.js.Decimal', 'bignumber.js.default', 'big.js.default',
]);
const ENVIRONMENTS: ReadonlySet<string> = new Set(['os.environ', 'globals.process.env', 'process.env', 'process.default.env', 'Deno.env', 'Bun.env']);
const ENV_READS: ReadonlySet<string> = new Set(['os.getenv', 'os.environ.get', 'decouple.config', 'Deno.env.get']);
/** Methods of mappings that take one key; ConfigParser's take a section first. */
const GETTERS: ReadonlySet<string> = new Set(['get', 'getfloat', 'getint', 'getboolean', 'pop', 'setdefault', 'getNumber']);
/** Methods that hand out a mapping as a whole. */
export const READS_ALL: ReadonlySet<string> = new Set(['items', 'keys', 'values', 'update', 'popitem', 'entries', 'forEach', 'map', 'sections', 'options', 'model_dump', 'dict', 'asdict', 'to_dict', 'merge_with', 'sort', 'filter', 'get', 'pop', 'setdefault']);
const MAX_DEPTH = 24;

/** The chain an expression is, if it is one. */
export function chainOf(model: SourceModel, expr: Expr, site: NameSite, depth = 0): Chain | undefined {
  if (depth > MAX_DEPTH) { return undefined; }
  switch (expr.kind) {
    case 'name': return rooted(nameRoot(model, expr, site));
    case 'await': return chainOf(model, expr.operand, site, depth + 1);
    case 'member': return memberChain(model, expr, site, depth);
    case 'index': return indexChain(model, expr, site, depth);
    case 'call': return callChain(model, expr, site, depth);
    case 'boolean': return expr.op === 'or' ? fallbackChain(model, expr.operands, site, depth) : undefined;
    case 'conditional': {
      const then = chainOf(model, expr.then, site, depth + 1);
      return then === undefined ? undefined : { ...then, ...(expr.else.kind === 'literal' && then.default === undefined ? { default: expr.else } : {}), inside: [...then.inside, expr.test, expr.else] };
    }
    default: return undefined;
  }
}

function rooted(root: string | undefined): Chain | undefined {
  return root === undefined ? undefined : { place: [root], inside: [], loads: [], calls: [] };
}

/** The root of a name; undefined for what the language brings along, functions and classes. */
function nameRoot(model: SourceModel, expr: Expr & { readonly kind: 'name' }, site: NameSite): string | undefined {
  const definitions = definitionsOf(model, expr.name, site);
  const [first] = definitions;
  if (first === undefined) { return model.language === 'mql5' ? `n ${expr.name}` : undefined; }
  if (definitions.some((definition) => definition.imported !== undefined)) { return `n ${expr.name}`; }
  if (definitions.some((definition) => definition.declared !== undefined)) { return undefined; }
  if (first.function !== undefined && (first.class === undefined || first.target.kind === 'name' || first.parameter !== undefined) && first.target.kind !== 'member') {
    // MQL5 writes members without `this`.
    return model.language === 'mql5' && isMember(model, expr.name, site) ? `a ${site.class?.qualifiedName} ${expr.name}` : `l ${first.function.qualifiedName} ${expr.name}`;
  }
  if (first.class !== undefined) { return `a ${first.class.qualifiedName} ${expr.name}`; }
  return `l  ${expr.name}`;
}

function isMember(model: SourceModel, name: string, site: NameSite): boolean {
  return site.class !== undefined && site.function !== undefined && definitionsOf(model, name, { class: site.class }).length > 0
    && definitionsOf(model, name, { function: site.function }).every((definition) => definition.function !== site.function);
}

function memberChain(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite, depth: number): Chain | undefined {
  const receiver = receiverClass(model, expr.object, site);
  if (receiver !== undefined) { return rooted(`a ${receiver.qualifiedName} ${expr.property}`); }
  if (isEnvironment(model, expr.object, site)) { return { place: ['e', expr.property], inside: [], loads: [], calls: [] }; }
  const own = expr.object.kind === 'name' ? definitionsOf(model, expr.object.name, site).find((definition) => definition.declared?.kind === 'class') : undefined;
  if (own !== undefined) { return rooted(`a ${model.classes[own.declared!.index]!.qualifiedName} ${expr.property}`); }
  return taken(chainOf(model, expr.object, site, depth + 1), [expr.property]);
}

function isEnvironment(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return (expr.kind === 'name' || expr.kind === 'member') && ENVIRONMENTS.has(qualifiedName(model, expr, site) ?? '');
}

function taken(base: Chain | undefined, keys: readonly string[], extra: Partial<Chain> = {}): Chain | undefined {
  if (base === undefined) { return undefined; }
  return { loads: base.loads, calls: base.calls, inside: [...base.inside, ...extra.inside ?? []], place: [...base.place, ...keys], ...(extra.default === undefined ? {} : { default: extra.default }) };
}

/** The text of a key; undefined for one that is computed. */
export function keyText(expr: Expr | undefined): string | undefined {
  if (expr?.kind !== 'literal') { return undefined; }
  return typeof expr.value === 'string' || typeof expr.value === 'number' ? String(expr.value) : undefined;
}

function indexChain(model: SourceModel, expr: Expr & { readonly kind: 'index' }, site: NameSite, depth: number): Chain | undefined {
  const key = expr.indices.length === 1 ? keyText(expr.indices[0]) : undefined;
  if (key === undefined) { return undefined; }
  if (isEnvironment(model, expr.object, site)) { return { place: ['e', key], inside: [], loads: [], calls: [] }; }
  return taken(chainOf(model, expr.object, site, depth + 1), [key]);
}

/** `cfg.get("max_dd") or 10`, `config.maxDd ?? 10`. */
function fallbackChain(model: SourceModel, operands: readonly Expr[], site: NameSite, depth: number): Chain | undefined {
  const [first, ...rest] = operands;
  const chain = first === undefined ? undefined : chainOf(model, first, site, depth + 1);
  const last = rest[rest.length - 1];
  if (chain === undefined) { return undefined; }
  const fallback = last?.kind === 'literal' || (last?.kind === 'unary' && last.operand.kind === 'literal') ? last : chain.default;
  return { place: chain.place, loads: chain.loads, calls: chain.calls, inside: [...chain.inside, ...rest], ...(fallback === undefined ? {} : { default: fallback }) };
}

function callChain(model: SourceModel, call: Call, site: NameSite, depth: number): Chain | undefined {
  const name = qualifiedName(model, call.callee, site);
  const args = call.args.map((argument) => argument.value);
  const [first] = args;
  if (name !== undefined && ENV_READS.has(name)) {
    const key = keyText(first);
    return key === undefined ? undefined : { place: ['e', key], inside: args.slice(1), loads: [], calls: [], ...defaultOf(call, 1) };
  }
  if (call.callee.kind === 'member' && GETTERS.has(call.callee.property) && isEnvironment(model, call.callee.object, site)) {
    const key = keyText(first);
    return key === undefined ? undefined : { place: ['e', key], inside: args.slice(1), loads: [], calls: [], ...defaultOf(call, 1) };
  }
  const given = loadOf(model, call, site);
  if (given !== undefined) { return loaded(model, call, given, site, depth); }
  if (name !== undefined && SAME.has(name)) {
    const inner = first === undefined ? undefined : chainOf(model, args[name === 'typing.cast' ? 1 : 0] ?? first, site, depth + 1);
    return inner === undefined ? undefined : { ...inner, inside: [...inner.inside, ...args.slice(1)] };
  }
  const structured = madeBy(model, call, site);
  if (structured !== undefined) { return { place: [structured.cls.object], inside: [], loads: [], calls: [call] }; }
  const parsed = isScript(model.language) ? parsedBy(model, call, site) : undefined;
  if (parsed !== undefined) {
    const through = parsed.gives ? chainOf(model, parsed.given, site, depth + 1) : undefined;
    return through === undefined ? undefined : { ...through, calls: [...through.calls, call] };
  }
  if (name === 'builtins.getattr' && first !== undefined) {
    const key = keyText(args[1]);
    return key === undefined ? undefined : taken(chainOf(model, first, site, depth + 1), [key], { inside: args.slice(2), ...defaultOf(call, 2) });
  }
  if (call.callee.kind === 'member') {
    const got = gotten(model, call, call.callee, site, depth);
    if (got !== undefined) { return got; }
  }
  return resultChain(model, call, name, site);
}

/** What a loader makes of a path: also of text that stands in a variable. */
function loaded(model: SourceModel, call: Call, given: Expr, site: NameSite, depth: number): Chain {
  const path = pathOf(model, given, site);
  const to: Place = [`d ${call.start}`];
  const from: Place = 'text' in path ? [`p ${path.text}`] : chainOf(model, path.expr, site, depth + 1)?.place ?? ['p ?'];
  return { place: to, inside: [], calls: [], loads: [{ from, to, at: { start: call.start, end: call.end } }] };
}

function defaultOf(call: Call, position: number): { readonly default?: Expr } {
  const keyword = call.args.find((argument) => argument.name === 'default' || argument.name === 'fallback');
  const positional = call.args.filter((argument) => argument.name === undefined)[position];
  const value = (keyword ?? positional)?.value;
  return value === undefined ? {} : { default: value };
}

/** `cfg.get("max_dd", 10)`, `parser.getfloat("risk", "max_dd", fallback=10)`, `cfg.copy()`. */
function gotten(model: SourceModel, call: Call, callee: Expr & { readonly kind: 'member' }, site: NameSite, depth: number): Chain | undefined {
  const method = callee.property;
  if (method === 'copy' || method === 'model_copy') { return chainOf(model, callee.object, site, depth + 1); }
  if (!GETTERS.has(method)) { return undefined; }
  const args = call.args.map((argument) => argument.value);
  const keys = args.map(keyText);
  const base = chainOf(model, callee.object, site, depth + 1);
  if (keys[0] === undefined || base === undefined) { return undefined; }
  const section = method.startsWith('get') && keys[1] !== undefined && typeof (args[1] as { value?: unknown }).value === 'string' && (method !== 'get' || call.args.some((argument) => argument.name === 'fallback'));
  return section
    ? taken(base, [keys[0], keys[1]!], { inside: args.slice(2), ...defaultOf(call, 2) })
    : taken(base, [keys[0]], { inside: args.slice(1), ...defaultOf(call, 1) });
}

/** What a function returns, by who it is. */
function resultChain(model: SourceModel, call: Call, name: string | undefined, site: NameSite): Chain | undefined {
  const made = (root: string): Chain => ({ place: [root], inside: [], loads: [], calls: [call] });
  const callee = calleeOf(model, call, site);
  if (callee?.kind === 'own') { return made(`r ${callee.name}`); }
  if (callee?.kind === 'class') { return made(`o ${callee.name}`); }
  if (callee?.kind === 'imported') { return made(`c ${callee.name}`); }
  if (name !== undefined) { return undefined; }
  if (call.callee.kind !== 'member') { return undefined; }
  // `args = parser.parse_args()`: what `add_argument` named.
  if (/^parse_(?:known_)?args$/.test(call.callee.property)) { return made('g'); }
  return READS_ALL.has(call.callee.property) ? undefined : { ...made(`m ${call.callee.property}`), inside: [call.callee.object] };
}

/** Who is called: a function or class of this file, something imported, or a method of an unknown object. */
export type Callee =
  | { readonly kind: 'own' | 'class' | 'imported' | 'method'; readonly name: string; readonly bound: boolean };

/** The callee of a call; undefined for what the language brings along. */
export function calleeOf(model: SourceModel, call: Call, site: NameSite): Callee | undefined {
  const { callee } = call;
  if (callee.kind === 'name') {
    if (callee.name === 'cls' && site.class !== undefined && model.language === 'python') { return { kind: 'class', name: site.class.qualifiedName, bound: true }; }
    const definitions = definitionsOf(model, callee.name, site);
    const declared = definitions.find((definition) => definition.declared !== undefined)?.declared;
    if (declared?.kind === 'function') { return { kind: 'own', name: model.functions[declared.index]!.qualifiedName, bound: false }; }
    if (declared?.kind === 'class') { return { kind: 'class', name: model.classes[declared.index]!.qualifiedName, bound: true }; }
    if (definitions.some((definition) => definition.imported !== undefined)) { return { kind: 'imported', name: callee.name, bound: false }; }
    return definitions.length === 0 && model.language === 'mql5' ? { kind: 'imported', name: callee.name, bound: false } : undefined;
  }
  if (callee.kind !== 'member') { return undefined; }
  const receiver = receiverClass(model, callee.object, site);
  if (receiver !== undefined) {
    const method = receiver.methods.map((index) => model.functions[index]!).find((fn) => fn.name === callee.property);
    return method === undefined ? { kind: 'method', name: callee.property, bound: true } : { kind: 'own', name: method.qualifiedName, bound: true };
  }
  if (callee.object.kind === 'name') {
    const [definition] = definitionsOf(model, callee.object.name, site);
    if (definition?.imported !== undefined) { return { kind: 'imported', name: `${callee.object.name}.${callee.property}`, bound: false }; }
    const cls = definition?.declared?.kind === 'class' ? model.classes[definition.declared.index] : undefined;
    const method = cls?.methods.map((index) => model.functions[index]!).find((fn) => fn.name === callee.property);
    if (method !== undefined) { return { kind: 'own', name: method.qualifiedName, bound: method.decorators.some((one) => one.kind === 'name' && one.name === 'classmethod') }; }
    if (definition === undefined && !isScript(model.language)) { return undefined; }
    if (definition === undefined) { return undefined; }
  }
  return { kind: 'method', name: callee.property, bound: true };
}
