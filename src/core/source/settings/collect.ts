/** One walk over a program: what it reads of settings, and where each value goes. */
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../model.ts';
import { annotatedType } from '../meaning/annotations.ts';
import { fields, pairs } from '../meaning/patterns.ts';
import { isScript } from '../languages.ts';
import { classSite, functionSite, inClassBody, statementsOf } from '../meaning/bindings.ts';
import { outerFunction } from '../meaning/receivers.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import type { NameSite } from '../scope.ts';
import { calleeOf, chainOf, keyText, READS_ALL, type Callee, type Chain } from './chains.ts';
import { isTelling, marksIn, mayHoldSettings, type Place, type RawFlow, rootName } from './facts.ts';
import { pathOf } from './loads.ts';
import { parsedBy } from './schemas.ts';
import { dottedName, madeBy } from './taken.ts';

/** Where a value goes. `nowhere` is a use that reads no other key; `open` may read any. */
type Sink =
  | { readonly kind: 'is'; readonly to: Place; readonly derived?: true }
  | { readonly kind: 'pass'; readonly to: Place }
  | { readonly kind: 'fields'; readonly to: Place }
  | { readonly kind: 'test' | 'open' | 'nowhere' };

const NOWHERE: Sink = { kind: 'nowhere' };
const OPEN: Sink = { kind: 'open' };
/** Deepest nest of expressions that is looked into: generated code goes deeper, limits do not. */
const MAX_DEPTH = 60;
/** Names of names of names: nobody hands settings on more often within a file. */
const MAX_PASSES = 5;
const MAX_NAMES = 300;
/** Functions of the language that take a mapping apart. */
const TAKES_APART = /^(?:vars|iter|list|tuple|set|sorted|zip|map|filter|enumerate|next|reversed|setattr|any|all|getattr|entries|keys|values|assign|from|exec|eval|reduce)$/;
/** Arithmetic by name: the result is made of the arguments. */
const SUMS = /^(?:min|max|sum|abs|fabs|fmin|fmax|floor|ceil|round|pow|MathMin|MathMax|MathAbs|MathRound|MathFloor|quantize)$/;
/** Methods that write what they are given into a log. */
const LOGS = /^(?:info|debug|warning|warn|error|critical|exception|log|print|format|write|echo|emit|dumps|stringify)$/;
/** Names of files of settings, and the end of one in a text. */
const CONFIG_NAME = /\.(?:ya?ml|json[5c]?|toml|ini|cfg|env|set|conf)$/i;
const PATH_END = /\.(?:ya?ml|json[5c]?|toml|ini|cfg|env|set|conf)["'`]/i;
const FIELD_MAKERS = /^(?:Field|field|attrib|ib|Option|Argument)$/;

/** Everything a program does with values that may come from settings; unfiltered. */
export function collectFlows(model: SourceModel): readonly RawFlow[] {
  const collector = new Collector(model);
  collector.run();
  return collector.flows;
}

class Collector {
  readonly flows: RawFlow[] = [];
  readonly #model: SourceModel;
  /** Where a word stands that may have to do with settings, in order: everything else is passed over. */
  #marks: readonly number[];
  readonly #done = new Set<Stmt | Expr>();

  constructor(model: SourceModel) {
    this.#model = model;
    this.#marks = marksIn(model.source.text, model.language !== 'mql5');
  }

  run(): void {
    const known = new Set<string>();
    for (let pass = 0, seen = 0; pass < MAX_PASSES && this.#marks.length > 0; pass++) {
      this.#pass();
      // What was given settings under a name that says nothing of them is followed by that name.
      const names: string[] = [];
      for (; seen < this.flows.length; seen++) {
        const { op, to, from, derived } = this.flows[seen]!;
        if (to === undefined || (op !== 'is' && op !== 'load')) { continue; }
        // A function that hands settings out is followed as well, one that computes something of them is not.
        const [root] = to;
        const follows = root.startsWith('l ') || root.startsWith('a ') || (root.startsWith('r ') && derived !== true);
        const name = follows && !from[0].startsWith('v ') && !from[0].startsWith('p ') ? rootName(root) : undefined;
        // MQL5 lets a parameter go without a name: no word of the text is it.
        if (name === undefined || name === '' || known.has(name)) { continue; }
        known.add(name);
        if (!isTelling(name)) { names.push(name); }
      }
      if (names.length === 0 || known.size > MAX_NAMES) { return; }
      this.#marks = names.flatMap((name) => placesOf(this.#model.source.text, name)).sort((one, other) => one - other);
    }
  }

  #pass(): void {
    this.#done.clear();
    const { body, classes, functions } = this.#model;
    for (const statement of statementsOf(body)) { this.#statement(statement, {}); }
    for (const cls of classes) {
      if (!this.#marked(cls)) { continue; }
      const site = classSite(this.#model, cls);
      for (const statement of statementsOf(cls.body)) { this.#statement(statement, site); }
    }
    for (const fn of functions) {
      if (!this.#marked(fn)) { continue; }
      const site = functionSite(this.#model, fn);
      this.#signature(fn, outside(this.#model, fn));
      for (const statement of statementsOf(fn.body)) { this.#statement(statement, site); }
    }
  }

  /** Is there a marked word in it, and was it not looked at before? */
  #takes(node: Stmt | Expr): boolean {
    if (!this.#marked(node) || this.#done.has(node)) { return false; }
    this.#done.add(node);
    return true;
  }

  #marked({ start, end }: Span): boolean {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#marks[middle]! < start) { low = middle + 1; } else { high = middle; }
    }
    return low < this.#marks.length && this.#marks[low]! < end;
  }

  #statement(statement: Stmt, site: NameSite): void {
    const visit = (expr: Expr, sink: Sink): void => { if (this.#takes(expr)) { this.#visit(expr, site, sink, 0); } };
    switch (statement.kind) {
      case 'assign':
        if (this.#takes(statement)) { for (const target of statement.targets) { this.#assign(target, statement.value, site, statement.op !== undefined); } }
        break;
      case 'return': {
        const { value } = statement;
        const fn = site.function;
        if (value === undefined || fn === undefined || !this.#takes(statement)) { break; }
        this.#visit(value, site, { kind: 'is', to: [`r ${fn.qualifiedName}`] }, 0);
        const cls = fn.class === undefined ? undefined : this.#model.classes[fn.class];
        if (cls !== undefined && isGetter(fn)) { this.#visit(value, site, { kind: 'is', to: [`a ${cls.qualifiedName} ${fn.name}`] }, 0); }
        break;
      }
      case 'expression': visit(statement.value, NOWHERE); break;
      case 'if': for (const branch of statement.branches) { visit(branch.test, NOWHERE); } break;
      case 'loop': visit(statement.over, statement.type === 'for' ? OPEN : NOWHERE); break;
      case 'with': for (const item of statement.items) { visit(item.value, NOWHERE); } break;
      case 'raise': if (statement.value !== undefined) { visit(statement.value, NOWHERE); } break;
      case 'match': visit(statement.subject, NOWHERE); break;
      case 'unknownStatement': for (const part of statement.parts) { visit(part, OPEN); } break;
      default: break;
    }
  }

  #signature(fn: FunctionModel, site: NameSite): void {
    for (const parameter of fn.parameters) {
      const node = parameter.default ?? parameter.annotation;
      if (node === undefined || !this.#marked(parameter) || this.#done.has(node)) { continue; }
      this.#done.add(node);
      const to: Place = [`l ${fn.qualifiedName} ${parameter.name}`];
      if (parameter.default !== undefined) { this.#visit(parameter.default, site, { kind: 'is', to }, 0); }
      if (parameter.annotation !== undefined) { this.#typed(parameter.annotation, fn, parameter.name, site); }
    }
    for (const part of fn.decorators) { if (part.kind === 'call' && this.#takes(part)) { this.#visit(part, site, NOWHERE, 0); } }
  }

  /** `config: RiskConfig`: an object of that class. What a framework keeps of its constructor has the same name. */
  #typed(annotation: Expr, fn: FunctionModel, name: string, site: NameSite): void {
    const type = annotatedType(annotation);
    const dotted = type === undefined ? undefined : dottedName(type);
    if (dotted === undefined || !/(?:^|\.)[A-Z]/.test(dotted) || !mayHoldSettings(dotted.slice(dotted.lastIndexOf('.') + 1))) { return; }
    const own = this.#model.classes.find((cls) => cls.qualifiedName === dotted);
    const from: Place = [own === undefined ? `y ${dotted}` : `o ${own.qualifiedName}`];
    const at = { start: annotation.start, end: annotation.end };
    this.flows.push({ op: 'is', from, to: [`l ${fn.qualifiedName} ${name}`], at });
    const cls = fn.class === undefined ? site.class : this.#model.classes[fn.class];
    if (cls !== undefined && (fn.name === '__init__' || fn.name === 'constructor')) { this.flows.push({ op: 'is', from, to: [`a ${cls.qualifiedName} ${name}`], at }); }
  }

  #assign(root: Expr, value: Expr | undefined, site: NameSite, derived: boolean): void {
    const pending: [Expr, Expr | undefined][] = [[root, value]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [target, bound] = next;
      if (target.kind === 'collection') {
        const parts = target.type === 'dict' ? fields(target, bound) : pairs(target.items, bound);
        if (bound !== undefined && parts.some(([, part]) => part === undefined)) { this.#visit(bound, site, OPEN, 0); }
        parts.forEach((part) => pending.push(part));
        continue;
      }
      if (bound === undefined) { continue; }
      // `size = 1` of a pattern.
      const inner = target.kind === 'unknown' && target.parts[0] !== undefined ? target.parts[0] : target;
      // A field of a class body is an attribute, in scripts too.
      const field = inner.kind === 'name' && site.class !== undefined && inClassBody(site) ? `a ${site.class.qualifiedName} ${inner.name}` : undefined;
      const place: Place | undefined = field === undefined ? chainOf(this.#model, inner, site)?.place : [field];
      if (place === undefined) {
        if (inner.kind === 'index') { this.#written(inner, site); }
        this.#visit(bound, site, OPEN, 0);
        continue;
      }
      this.#visit(unwrapped(bound), site, derived ? { kind: 'is', to: place, derived: true } : { kind: 'is', to: place }, 0);
      if (target !== inner && target.kind === 'unknown' && target.parts[1]?.kind === 'literal') { this.#visit(target.parts[1], site, { kind: 'is', to: place }, 0); }
    }
  }

  /** `cfg[name] = value`. */
  #written(target: Expr & { readonly kind: 'index' }, site: NameSite): void {
    const base = chainOf(this.#model, target.object, site);
    if (base !== undefined) { this.flows.push({ op: 'write', from: base.place, at: target }); }
  }

  #visit(expr: Expr, site: NameSite, sink: Sink, depth: number): void {
    if (depth > MAX_DEPTH) { return; }
    // What is given to a limit counts whatever it is called; of everything else only what speaks of settings.
    if (sink.kind !== 'is' && expr.kind !== 'literal' && !this.#marked(expr)) { return; }
    if (expr.kind === 'literal') { this.#literal(expr, sink); return; }
    if ((sink.kind === 'is' || sink.kind === 'pass') && this.#path(expr, site, sink)) { return; }
    const chain = chainOf(this.#model, expr, site);
    if (chain !== undefined) { this.#chain(chain, expr, site, sink, depth); return; }
    const visit = (part: Expr, to: Sink): void => { this.#visit(part, site, to, depth + 1); };
    switch (expr.kind) {
      case 'await': visit(expr.operand, sink); break;
      case 'unary': visit(expr.operand, expr.operand.kind === 'literal' ? sink : made(sink)); if (expr.operand.kind === 'literal' && sink.kind === 'is') { this.#negative(expr, sink); } break;
      case 'binary': for (const operand of expr.operands) { if (operand.kind !== 'literal') { visit(operand, made(sink)); } } break;
      case 'boolean': for (const operand of expr.operands) { visit(operand, expr.op === 'or' ? sink : NOWHERE); } break;
      case 'conditional': visit(expr.test, NOWHERE); visit(expr.then, sink); visit(expr.else, sink); break;
      case 'compare': this.#compare(expr, site, depth); break;
      case 'call': this.#call(expr, site, sink, depth); break;
      case 'collection': this.#collection(expr, site, sink, depth); break;
      case 'template': for (const part of expr.parts) { visit(part, NOWHERE); } break;
      case 'index': visit(expr.object, OPEN); for (const index of expr.indices) { visit(index, NOWHERE); } break;
      case 'member': visit(expr.object, NOWHERE); break;
      case 'comprehension':
        for (const clause of expr.clauses) { visit(clause.iterable, OPEN); for (const condition of clause.conditions) { visit(condition, NOWHERE); } }
        visit(expr.element, OPEN);
        break;
      case 'unknown':
        if (expr.syntax === 'named_expression' && expr.parts.length === 2) { this.#assign(expr.parts[0]!, expr.parts[1], site, false); } else { for (const part of expr.parts) { visit(part, part.kind === 'lambda' ? NOWHERE : OPEN); } }
        break;
      default: break;
    }
  }

  #negative(expr: Expr & { readonly kind: 'unary' }, sink: Sink & { readonly kind: 'is' }): void {
    const text = this.#model.source.text.slice(expr.start, expr.end);
    this.flows.push({ op: 'is', from: [`v ${text}`], to: sink.to, at: { start: expr.start, end: expr.end } });
  }

  #literal(expr: Expr & { readonly kind: 'literal' }, sink: Sink): void {
    if (sink.kind !== 'is' && sink.kind !== 'pass') { return; }
    const { value } = expr;
    if (typeof value === 'string' && CONFIG_NAME.test(value)) {
      this.flows.push({ op: sink.kind, from: [`p ${value}`], to: sink.to, at: expr });
    } else if ((typeof value === 'number' || typeof value === 'string') && expr.text.length <= 24) {
      this.flows.push({ op: sink.kind, from: [`v ${typeof value === 'string' ? value : expr.text}`], to: sink.to, at: expr });
    }
  }

  /** `ROOT / "config" / "live.yaml"`: a path is a value, too. */
  #path(expr: Expr, site: NameSite, sink: Extract<Sink, { readonly kind: 'is' | 'pass' }>): boolean {
    if (expr.kind !== 'binary' && expr.kind !== 'template' && expr.kind !== 'call') { return false; }
    if (expr.end - expr.start > 300 || !PATH_END.test(this.#model.source.text.slice(expr.start, expr.end))) { return false; }
    const path = pathOf(this.#model, expr, site);
    if (!('text' in path) || !CONFIG_NAME.test(path.text)) { return false; }
    this.flows.push({ op: sink.kind, from: [`p ${path.text}`], to: sink.to, at: { start: expr.start, end: expr.end } });
    return true;
  }

  #chain(chain: Chain, expr: Expr, site: NameSite, sink: Sink, depth: number): void {
    for (const load of chain.loads) { this.flows.push({ op: 'load', from: load.from, to: load.to, at: load.at }); }
    const at = { start: expr.start, end: expr.end };
    const given = chain.default === undefined ? undefined : this.#model.source.text.slice(chain.default.start, chain.default.end);
    const fallback = given === undefined || given.length > 40 || /[\n{[]/.test(given) ? {} : { default: given };
    const { place } = chain;
    if (sink.kind === 'is') {
      this.flows.push({ op: 'is', from: place, to: sink.to, at, ...fallback, ...(sink.derived === true ? { derived: true as const } : {}) });
    } else if (sink.kind === 'pass' || sink.kind === 'fields') {
      this.flows.push({ op: sink.kind, from: place, to: sink.to, at, ...fallback });
    } else if (sink.kind === 'nowhere') {
      this.flows.push({ op: 'is', from: place, at, ...fallback });
    } else { this.flows.push({ op: sink.kind, from: place, at, ...fallback }); }
    for (const call of chain.calls) { this.#arguments(call, site, depth); }
    // A default that is not a literal (`cfg.get("risk", DEFAULTS)`) is another value of the same place.
    for (const part of chain.inside) { this.#visit(part, site, part === chain.default && part.kind !== 'literal' && sink.kind !== 'nowhere' ? sink : NOWHERE, depth + 1); }
  }

  #compare(expr: Expr & { readonly kind: 'compare' }, site: NameSite, depth: number): void {
    const [left, right] = expr.operands;
    if (expr.ops.length === 1 && /\bin$/.test(expr.ops[0] ?? '') && left !== undefined && right !== undefined) {
      const key = keyText(left);
      const base = chainOf(this.#model, right, site);
      if (base !== undefined) { this.flows.push({ op: 'is', from: key === undefined ? base.place : [...base.place, key], at: expr }); }
      this.#visit(left, site, NOWHERE, depth + 1);
      return;
    }
    for (const operand of expr.operands) { this.#tested(operand, expr, site, depth); }
  }

  /** Chains in an operand of a comparison, sums and products included: the comparison is the place. */
  #tested(operand: Expr, whole: Expr, site: NameSite, depth: number): void {
    const before = this.flows.length;
    this.#visit(operand, site, { kind: 'test' }, depth + 1);
    for (let i = before; i < this.flows.length; i++) {
      const flow = this.flows[i]!;
      if (flow.op === 'test' && flow.at.start >= operand.start && flow.at.end <= operand.end) { this.flows[i] = { ...flow, at: { start: whole.start, end: whole.end } }; }
    }
  }

  #collection(expr: Expr & { readonly kind: 'collection' }, site: NameSite, sink: Sink, depth: number): void {
    expr.items.forEach((item, i) => {
      const key = expr.keys?.[i];
      const name = expr.keys === undefined ? String(i) : key === null ? undefined : keyText(key) ?? (key?.kind === 'name' && isScript(this.#model.language) ? key.name : undefined);
      const spread = expr.keys !== undefined && (key === null || key === undefined);
      const value = item.kind === 'unknown' && /splat|spread/.test(item.syntax) ? item.parts[0] ?? item : item;
      if (sink.kind === 'is' && (spread || value !== item)) { this.#visit(value, site, sink, depth + 1); return; }
      if (sink.kind === 'is' && name !== undefined && sink.to.length < 8) { this.#visit(item, site, { kind: 'is', to: [...sink.to, name] }, depth + 1); return; }
      this.#visit(value, site, sink.kind === 'nowhere' ? NOWHERE : OPEN, depth + 1);
    });
  }

  /** A call that is no chain: of the language, or of a method that hands out the whole. */
  #call(call: Call, site: NameSite, sink: Sink, depth: number): void {
    const name = call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
    if (call.callee.kind === 'member') { this.#visit(call.callee.object, site, READS_ALL.has(name) ? OPEN : NOWHERE, depth + 1); }
    if (SUMS.test(name)) { for (const argument of call.args) { this.#visit(argument.value, site, made(sink), depth + 1); } return; }
    this.#arguments(call, site, depth);
  }

  #arguments(call: Call, site: NameSite, depth: number): void {
    const name = call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
    this.#option(call, name);
    if (this.#structured(call, site, depth)) { return; }
    const callee = calleeOf(this.#model, call, site);
    const own = callee === undefined && /^(?:builtins|globals|mql5)\./.test(qualifiedName(this.#model, call.callee, site) ?? '');
    let position = 0;
    for (const argument of call.args) {
      const at = argument.name ?? String(position);
      if (argument.name === undefined) { position++; }
      if (argument.value.kind === 'lambda') { this.#visit(argument.value, site, NOWHERE, depth + 1); continue; }
      this.#visit(argument.value, site, this.#argumentSink(callee, name, argument.spread, at, own), depth + 1);
    }
  }

  #argumentSink(callee: Callee | undefined, name: string, spread: '*' | '**' | undefined, at: string, own: boolean): Sink {
    if (callee === undefined) { return spread === undefined && (LOGS.test(name) || (own && !TAKES_APART.test(name))) ? NOWHERE : OPEN; }
    if (callee.kind === 'method' && LOGS.test(name)) { return NOWHERE; }
    if (spread === '*') { return OPEN; }
    if (callee.kind === 'own') {
      const fn = this.#model.functions.find((one) => one.qualifiedName === callee.name);
      return spread === '**' ? OPEN : parameterSink(fn, callee.bound && !isScript(this.#model.language) && this.#model.language !== 'mql5' && !isStatic(fn), at);
    }
    if (callee.kind === 'class') { return this.#constructed(callee.name, spread, at); }
    const to: Place = [`${callee.kind === 'imported' ? 'C' : 'M'} ${callee.name}`, at];
    return spread === '**' ? { kind: 'fields', to: [to[0]] } : { kind: 'pass', to };
  }

  #constructed(name: string, spread: '*' | '**' | undefined, at: string): Sink {
    const cls = this.#model.classes.find((one) => one.qualifiedName === name);
    if (spread === '**') { return { kind: 'fields', to: [`F ${name}`] }; }
    const init = cls?.methods.map((index) => this.#model.functions[index]!).find((fn) => fn.name === '__init__' || fn.name === 'constructor' || fn.name === cls.name);
    if (init !== undefined) { return parameterSink(init, init.name === '__init__', at); }
    // A data class, or one whose constructor is inherited.
    return /^\d/.test(at) ? { kind: 'pass', to: [`F ${name}`, at] } : { kind: 'is', to: [`a ${name} ${at}`] };
  }

  /** `RiskConfig.model_validate(cfg)`, `Schema.parse(cfg)`: what is given goes by the keys of the class. */
  #structured(call: Call, site: NameSite, depth: number): boolean {
    const made = madeBy(this.#model, call, site);
    const parsed = made === undefined && isScript(this.#model.language) ? parsedBy(this.#model, call, site) : undefined;
    const given = made?.given ?? parsed?.given;
    if (given === undefined) { return false; }
    const to: Place = [made?.cls.callee ?? parsed?.callee ?? ''];
    if (made?.text !== true) { this.#visit(given, site, { kind: 'fields', to }, depth + 1); return true; }
    const path = pathOf(this.#model, given, site);
    const from: Place = 'text' in path ? [`p ${path.text}`] : chainOf(this.#model, path.expr, site)?.place ?? ['p ?'];
    const at = { start: call.start, end: call.end };
    this.flows.push({ op: 'load', from, to: [`d ${call.start}`], at }, { op: 'fields', from: [`d ${call.start}`], to, at });
    return true;
  }

  /** `add_argument("--max-drawdown", default=10)`. */
  #option(call: Call, name: string): void {
    if (name !== 'add_argument' && name !== 'add_option') { return; }
    const flags = call.args.flatMap(({ name: keyword, value }) => (keyword === undefined && value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : []));
    const dest = call.args.find((argument) => argument.name === 'dest')?.value;
    const flag = flags.find((one) => one.startsWith('--')) ?? flags[0];
    const key = dest?.kind === 'literal' && typeof dest.value === 'string' ? dest.value : flag?.replace(/^-{1,2}/, '').replaceAll('-', '_');
    const given = call.args.find((argument) => argument.name === 'default')?.value;
    if (key === undefined || given === undefined || given.kind !== 'literal') { return; }
    this.#literal(given, { kind: 'is', to: ['g', key] });
  }
}

/** Where the defaults of a function are read: around it. */
function outside(model: SourceModel, fn: FunctionModel): NameSite {
  const outer = outerFunction(model, fn);
  if (outer !== undefined) { return functionSite(model, outer); }
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  return cls === undefined ? {} : classSite(model, cls);
}

/** Where a name stands as a whole word. */
function placesOf(text: string, name: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!isWordAt(text, at - 1) && !isWordAt(text, at + name.length)) { found.push(at); }
  }
  return found;
}

/** A letter of ASCII, a digit, `_` or `$`; outside of the text there is none. */
function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}

/** A sum of a value is not the value: what it flows into is made of it. */
function made(sink: Sink): Sink {
  return sink.kind === 'is' ? { kind: 'is', to: sink.to, derived: true } : sink.kind === 'test' ? sink : NOWHERE;
}

function isGetter(fn: FunctionModel): boolean {
  return fn.accessor === 'get' || fn.decorators.some((one) => (one.kind === 'name' && /property$/.test(one.name)) || (one.kind === 'member' && one.property === 'cached_property'));
}

function isStatic(fn: FunctionModel | undefined): boolean {
  return fn?.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod') === true || fn?.class === undefined;
}

function parameterSink(fn: FunctionModel | undefined, skipsFirst: boolean, at: string): Sink {
  const position = /^\d+$/.test(at) ? Number(at) + (skipsFirst ? 1 : 0) : undefined;
  const parameter = position === undefined ? fn?.parameters.find((one) => one.name === at) : fn?.parameters[position];
  return fn === undefined || parameter === undefined || parameter.rest !== undefined ? OPEN : { kind: 'is', to: [`l ${fn.qualifiedName} ${parameter.name}`] };
}

/** `Field(default=10.0)`, `typer.Option(10.0)`: the default is the value. */
function unwrapped(value: Expr): Expr {
  if (value.kind !== 'call') { return value; }
  const name = value.callee.kind === 'member' ? value.callee.property : value.callee.kind === 'name' ? value.callee.name : '';
  if (!FIELD_MAKERS.test(name)) { return value; }
  return (value.args.find((argument) => argument.name === 'default') ?? value.args.find((argument) => argument.name === undefined))?.value ?? value;
}
