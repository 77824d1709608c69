/** Calls, registrations and property reads of one function: the edges of the call graph, as written. */
import type { Range } from '../../findings/finding.ts';
import { callbacksFor, instanceKind, type FrameworkCallback } from '../frameworks/tables.ts';
import { guardsAt } from '../guards.ts';
import { lastName } from '../meaning/annotations.ts';
import { bindingsOf, functionSite, statementsOf, type NameSite } from '../meaning/bindings.ts';
import { Held, mayWait } from '../meaning/held.ts';
import { PerModel } from '../meaning/per-model.ts';
import { textWords } from '../meaning/words.ts';
import { externalType, instanceClass } from '../meaning/classes.ts';
import { lineageOf } from '../meaning/lineage.ts';
import type { Argument, Call, ClassModel, EntryClass, Expr, FunctionModel, ImportModel, Member, SourceModel, Span, Stmt, With } from '../model.ts';
import { isScript } from '../languages.ts';
import { importedName, importOf, isLanguageName } from '../names.ts';
import { rolesOf, withoutAlias } from '../roles.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../scope.ts';
import { rangeOf } from '../text.ts';
import { moduleOf, requiredBy } from '../typescript/required.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { hasSetter, knownFramework, mayBeProperty } from './accessors.ts';
import { isExternalModule, isNodePackage } from './externals.ts';
import { refKey, rootsOf } from './container-refs.ts';
import { argumentKinds } from './kinds.ts';
import { attributeRefs, isAsync, refOf } from './refs.ts';
import { flagSet, mayTrade, ProtectionCollector } from '../protections/facts.ts';
import { assignedPolicies, literalPolicies } from './policies.ts';
import type { Ref } from './ref.ts';
import type { CallEdge, GuardKind, ProtectionFacts } from './summary.ts';

/** One list for all functions that call nothing of the project. */
const NO_EDGES: readonly CallEdge[] = [];
const NO_GATES: readonly number[] = [];

/** Decorators that leave the function what it is. */
const PLAIN_DECORATORS: ReadonlySet<string> = new Set([
  'property', 'staticmethod', 'classmethod', 'override', 'abstractmethod', 'final', 'cached_property', 'lru_cache', 'cache', 'wraps',
  'contextmanager', 'asynccontextmanager', 'dataclass', 'overload', 'setter', 'getter', 'deleter', 'validator', 'field_validator',
]);

/**
 * Edges of a function, or of the module's own code. Calls to builtins and outside packages are left out.
 * @param met collects what is asked of the whole file.
 */
export function edgesOf(model: SourceModel, fn: FunctionModel | undefined, body: readonly Stmt[], met: Met): Edges {
  const collector = new EdgeCollector(model, fn, body, met);
  for (const statement of statementsOf(body)) { collector.statement(statement); }
  if (fn !== undefined) { collector.signature(fn); }
  const protection = collector.protection();
  return { calls: collector.edges.length === 0 ? NO_EDGES : collector.edges, ...(protection === undefined ? {} : { protection }) };
}

/** What is collected over all functions of a file. */
export interface Met {
  /** Roles of all calls. */
  readonly roles: Set<string>;
  /** As in `FileSummary.sets`. */
  readonly sets: Set<string>;
  /** Whether protections are collected. */
  readonly protections: boolean;
}

/** What `edgesOf` finds in one pass. */
export interface Edges {
  readonly calls: readonly CallEdge[];
  readonly protection?: ProtectionFacts;
}

/** Calls that run what they are given on another thread or process. */
const APART: ReadonlySet<string> = new Set(['Thread', 'Process', 'submit', 'run_in_executor', 'to_thread', 'run_sync']);

interface EdgeDetails {
  readonly args?: string;
  readonly guards?: readonly GuardKind[];
  readonly read?: true;
  readonly write?: true;
  readonly decorator?: true;
  readonly how?: CallEdge['how'];
}

/** Links after which a chain's root is kept. */
const LONG_CHAIN = 32;

class EdgeCollector {
  readonly edges: CallEdge[] = [];
  readonly #model: SourceModel;
  readonly #fn: FunctionModel | undefined;
  readonly #site: NameSite;
  /** Positions of edges by what they say. */
  readonly #seen = new Map<string, number>();
  /** Positions of the reads under no guard, by what is read: under a guard the same read adds nothing. */
  readonly #openReads = new Map<string, number>();
  /** Positions of the edges of calls. */
  readonly #positions = new Map<Span, number>();
  /** Of long chains: what each link's chain starts at. */
  readonly #roots = new Map<Expr, Expr>();
  readonly #roles: Set<string>;
  readonly #sets: Set<string>;
  /** Of trading code only. */
  readonly #protections: ProtectionCollector | undefined;
  #statement: Stmt | undefined;
  /** The expression that is walked, and what it stands under: that is the same everywhere in it where nothing in it decides what runs. */
  #root: Expr | undefined;
  #rootGuards: readonly GuardKind[] | 'differ' | undefined;
  /** The class whose `self` is at hand, and its ancestors in this file. */
  readonly #lineage: readonly ClassModel[];

  constructor(model: SourceModel, fn: FunctionModel | undefined, body: readonly Stmt[], met: Met) {
    this.#model = model;
    this.#fn = fn;
    this.#roles = met.roles;
    this.#sets = met.sets;
    this.#site = fn === undefined ? {} : functionSite(model, fn);
    const cls = fn === undefined ? undefined : classOfFunction(model, fn);
    this.#lineage = cls === undefined ? [] : lineageOf(model, cls).local;
    this.#protections = met.protections && mayTrade(model) ? new ProtectionCollector(model, fn, body, (expr, site) => this.#referred(expr, site)) : undefined;
  }

  protection(): ProtectionFacts | undefined {
    return this.#protections?.finish((call) => this.#positions.get(call));
  }

  statement(statement: Stmt): void {
    this.#statement = statement;
    for (const expr of expressionsOf(statement)) {
      if (expr.kind !== 'literal' && expr.kind !== 'name') { this.#expression(expr, statement); }
    }
    if (statement.kind === 'assign') {
      for (const target of statement.targets) { if (target.kind === 'member') { this.#write(target); } }
      this.#registration(statement);
      const flag = this.#protections === undefined ? undefined : flagSet(this.#model, statement, this.#site);
      if (flag !== undefined) { this.#sets.add(flag); }
    }
    if (statement.kind === 'with') { this.#entered(statement); }
  }

  /** `with x:` runs `__enter__` before the body and `__exit__` after it. */
  #entered(statement: With): void {
    const prefix = isAsync(this.#model, statement) ? '__a' : '__';
    for (const { value } of statement.items) {
      const ref = this.#isOutside(value) ? undefined : refOf(this.#model, value, this.#site);
      if (ref === undefined || ref.root === 'super') { continue; }
      for (const method of ['enter__', 'exit__']) {
        const entered = this.#kept({ ...ref, path: [...ref.path, `${prefix}${method}`] });
        if (entered !== undefined) { this.#push(entered, value, 'call', prefix === '__a' ? { how: 'awaited' } : {}); }
      }
    }
  }

  /** A decorated function runs what the decorator put around it; JavaScript works defaults out in each call. */
  signature(fn: FunctionModel): void {
    for (const { default: value } of isScript(this.#model.language) ? fn.parameters : []) {
      if (value !== undefined) { this.statement({ kind: 'expression', start: value.start, end: value.end, value }); }
    }
    this.#statement = undefined;
    for (const decorator of fn.decorators) {
      const name = lastName(decorator.kind === 'call' ? decorator.callee : decorator);
      if (name === undefined || PLAIN_DECORATORS.has(name)) { continue; }
      const ref = this.#kept(refOf(this.#model, decorator, this.#site));
      if (ref !== undefined) { this.#push({ root: 'result', type: ref, path: [] }, decorator, 'call', { guards: [], decorator: true, how: 'awaited' }); }
    }
  }

  #expression(root: Expr, statement: Stmt): void {
    // Most statements wait for nothing, and hand nothing on.
    const held = statement.kind === 'return' || mayWait(this.#model, root) ? new Held(statement) : undefined;
    this.#root = root;
    this.#rootGuards = undefined;
    walkExpression(root, (expr, parent) => {
      const awaited = held?.enter(expr, parent) === true;
      if (expr.kind === 'call') { this.#call(expr, awaited); }
      if (expr.kind === 'collection' && expr.type === 'dict') { for (const { value, entry } of literalPolicies(this.#model, expr, this.#site)) { this.#callback(value, value, entry); } }
      if (expr.kind === 'member' && !(parent?.kind === 'call' && parent.callee === expr)) {
        if (statement.kind !== 'assign' || !statement.targets.includes(expr)) { this.#read(expr); }
      }
    });
    this.#root = undefined;
  }

  #call(call: Call, awaited: boolean): void {
    const { callee } = call;
    const roles = rolesOf(this.#model, call, this.#site);
    for (const role of roles) { this.#roles.add(role); }
    if (this.#statement !== undefined) { this.#protections?.call(this.#statement, call, roles.includes('order.submit')); }
    if (!this.#isOutside(callee) && !this.#isFrameworkMember(callee)) {
      const ref = this.#kept(refOf(this.#model, callee, this.#site));
      // `super` itself, `self(...)` and bare results of unknown calls name no function.
      if (ref !== undefined && (ref.path.length > 0 || ref.root !== 'super')) {
        this.#push(ref, call, 'call', {
          ...(awaited ? { how: 'awaited' as const } : {}),
          ...(this.#model.language === 'mql5' ? { args: argumentKinds(this.#model, call, this.#site) } : {}),
        });
      }
    }
    // Python asks a generator for its next value by a function.
    const [first] = call.args;
    if (first !== undefined && callee.kind === 'name' && (callee.name === 'next' || callee.name === 'anext') && !isScript(this.#model.language)) { this.#callback(first.value, first, 'call'); }
    this.#callbacks(call, awaited);
  }

  /** What a chain starts at. A walk asks for every link of a long chain: the answer is kept. */
  #rootOf(expr: Expr): Expr {
    const links: Expr[] = [];
    let root = expr;
    for (;;) {
      const known = this.#roots.get(root);
      if (known !== undefined) {
        root = known;
        break;
      }
      if (root.kind !== 'member' && root.kind !== 'call' && root.kind !== 'index') { break; }
      links.push(root);
      root = root.kind === 'call' ? root.callee : root.object;
    }
    if (links.length > LONG_CHAIN) { for (const link of links) { this.#roots.set(link, root); } }
    return root;
  }

  /** True where a chain starts at a builtin or a package outside the project: nothing of it can lead back. */
  #isOutside(expr: Expr, site: NameSite = this.#site): boolean {
    const root = this.#rootOf(expr);
    const required = isScript(this.#model.language) && root.kind === 'name' && (root.name === 'require' || root.name === 'import') ? requiredIn(expr) : undefined;
    if (required !== undefined) { return moduleOf(required).level === 0 && isNodePackage(moduleOf(required).module); }
    if (root.kind !== 'name') { return root.kind !== 'lambda' && root.kind !== 'await' && root.kind !== 'boolean' && root.kind !== 'conditional'; }
    const definitions = definitionsOf(this.#model, root.name, site, root.start);
    if (definitions.length === 0) { return root.name !== 'super' && isLanguageName(this.#model, root.name); }
    return definitions.some((definition) => definition.imported !== undefined && isExternal(this.#model, definition.imported));
  }

  #callbacks(call: Call, awaited: boolean): void {
    const method = lastName(call.callee);
    const how = method !== undefined && APART.has(method) ? 'apart' : awaited ? 'awaited' : undefined;
    for (const callback of method === undefined ? [] : callbacksFor('argument', method)) {
      if (callback.kind !== 'argument' || !this.#applies(callback, call)) { continue; }
      const given = argumentOf(call, callback.position, callback.name);
      const entry = this.#entryBy(callback, call);
      if (given !== undefined && entry !== undefined) { this.#callback(given.value, given, entry, how); }
    }
    for (const argument of call.args) {
      for (const callback of argument.name === undefined ? [] : callbacksFor('keyword', argument.name)) {
        if (callback.kind === 'keyword') { this.#callback(argument.value, argument, callback.entry); }
      }
    }
  }

  /** `bus.subscribe("market.tick", f)`: the topic tells what comes. */
  #entryBy(callback: FrameworkCallback & { readonly kind: 'argument' }, call: Call): EntryClass | 'call' | undefined {
    const topic = call.args[0];
    if (callback.topics === undefined || topic === undefined || topic.name === callback.name) { return callback.entry; }
    for (const word of textWords(this.#model, topic.value, this.#site)) {
      if (Object.hasOwn(callback.topics, word)) { return callback.topics[word]; }
    }
    return undefined;
  }

  #applies(callback: FrameworkCallback & { readonly kind: 'argument' }, call: Call): boolean {
    if (callback.on !== undefined || callback.except !== undefined) {
      const receiver = call.callee.kind === 'member' ? lastName(withoutAlias(this.#model, call.callee.object, this.#site).expr) : undefined;
      if (callback.on !== undefined && (receiver === undefined || !callback.on.includes(receiver)) && !this.#isInstance(call, callback.of)) { return false; }
      if (receiver !== undefined && callback.except?.includes(receiver) === true) { return false; }
    }
    if (callback.event === undefined) { return true; }
    const event = call.args[0]?.value;
    return event?.kind === 'literal' && event.value === callback.event;
  }

  /** Whether a method is called on an instance of a kind, whatever it is called. */
  #isInstance({ callee }: Call, kind: string | undefined): boolean {
    const type = kind === undefined || callee.kind !== 'member' ? undefined : externalType(this.#model, callee.object, this.#site);
    return type !== undefined && instanceKind(type) === kind;
  }

  #callback(value: Expr, at: Span, entry: EntryClass | 'call', how?: CallEdge['how']): void {
    const ref = this.#kept(refOf(this.#model, value, this.#site));
    if (ref !== undefined && (ref.path.length > 0 || ref.root === 'result')) { this.#push(ref, at, entry, how === undefined ? {} : { how }); }
  }

  /** `ws.on_message = self.f` and `ib.pendingTickersEvent += self.f`. */
  #registration(statement: Stmt & { readonly kind: 'assign' }): void {
    const { value } = statement;
    for (const run of assignedPolicies(this.#model, statement, this.#site)) { this.#callback(run.value, statement, run.entry); }
    for (const target of statement.targets) {
      if (target.kind !== 'member' || value === undefined) { continue; }
      const attributes = statement.op === undefined ? callbacksFor('attribute', target.property) : [];
      const events = statement.op === '+=' ? callbacksFor('event', target.property) : [];
      for (const callback of [...attributes, ...events]) {
        if (callback.kind === 'attribute' && receiverClass(this.#model, target.object, this.#site) === undefined) {
          this.#callback(value, statement, callback.entry);
        }
        if (callback.kind === 'event' && this.#madeBy(target.object, callback.from)) { this.#callback(value, statement, callback.entry); }
      }
    }
  }

  /** True where an object comes from a call of one of these names: `ticker = ib.reqMktData(…)`. */
  #madeBy(object: Expr, makers: readonly string[] | undefined): boolean {
    if (makers === undefined) { return true; }
    const definitions = object.kind === 'name' ? definitionsOf(this.#model, object.name, this.#site, object.start) : this.#attributeOf(object);
    return definitions.some(({ value }) => value?.kind === 'call' && makers.includes(lastName(value.callee) ?? ''));
  }

  #attributeOf(object: Expr): ReturnType<typeof attributeDefinitions> {
    if (object.kind !== 'member') { return []; }
    const cls = receiverClass(this.#model, object.object, this.#site);
    return cls === undefined ? [] : attributeDefinitions(this.#model, cls, object.property);
  }

  /** Reading an attribute may run a property; plain attributes of classes of this file do not. */
  #read(expr: Member): void {
    // MQL5 has no properties.
    if (this.#model.language === 'mql5') { return; }
    if (isConstantName(expr.property) || expr.property.startsWith('__') || this.#isOutside(expr)) { return; }
    const owner = instanceClass(this.#model, expr.object, this.#site);
    if (owner !== undefined && !mayBeProperty(this.#model, owner, expr.property)) { return; }
    const ref = this.#kept(refOf(this.#model, expr, this.#site));
    if (ref === undefined || ref.root === 'super') { return; }
    if (ref.root === 'name' && (ref.path.length < 2 || !this.#isInstanceName(ref.path[0]!))) { return; }
    if (owner === undefined && ref.root === 'self' && ref.path.length > 2) { return; }
    this.#push(ref, expr, 'call', { read: true });
  }

  /** Assigning an attribute may run a setter: of a class of this file, or of an object whose class another one shows. */
  #write(target: Member): void {
    if (this.#model.language === 'mql5' || this.#isOutside(target)) { return; }
    const owner = instanceClass(this.#model, target.object, this.#site);
    if (owner === undefined ? target.object.kind === 'name' && definitionsOf(this.#model, target.object.name, this.#site, target.object.start).length === 0 : !hasSetter(this.#model, owner, target.property)) { return; }
    const ref = this.#kept(refOf(this.#model, target, this.#site));
    if (ref !== undefined && ref.path.length > 0 && ref.root !== 'super') { this.#push(ref, target, 'call', { write: true }); }
  }

  /** A module variable, or an imported name that is written like one: classes and modules have no properties to run. */
  #isInstanceName(name: string): boolean {
    const definitions = definitionsOf(this.#model, name, this.#site);
    return definitions.some((definition) => definition.declared === undefined
      && (definition.imported === undefined || (definition.imported.name !== undefined && /^[a-z_]/.test(definition.imported.name))));
  }

  /** `self.log.info` and the like: the framework's own members, unless the class made them itself. */
  #isFrameworkMember(callee: Expr): boolean {
    let first: Expr = callee;
    while (first.kind === 'member' && first.object.kind === 'member') { first = first.object; }
    if (first.kind !== 'member') { return false; }
    const cls = receiverClass(this.#model, first.object, this.#site);
    return cls !== undefined && first !== callee && attributeDefinitions(this.#model, cls, first.property).length === 0
      && knownFramework(this.#model, cls);
  }

  /** The reference, if it may lead into the project. */
  #kept(ref: Ref | undefined): Ref | undefined {
    if (ref === undefined || this.#isContainerMember(ref)) { return undefined; }
    for (const root of rootsOf(ref)) { if (this.#mayLeadIn(root, root === ref)) { return ref; } }
    return undefined;
  }

  #mayLeadIn(root: Ref, whole: boolean): boolean {
    if (root.root === 'self') { return !this.#isUntyped(root, whole); }
    const name = root.root === 'name' ? root.path[0] : undefined;
    if (name === undefined) { return true; }
    if (name === '?') { return false; }
    const imported = importOf(this.#model, definitionsOf(this.#model, name, this.#site));
    return imported === undefined || !isExternal(this.#model, imported);
  }

  /** `self.filters.append`: nothing of a plain container is a function of the project. */
  #isContainerMember(ref: Ref): boolean {
    if (ref.items !== undefined) { return ref.path.length > 0 && !isField(ref, ref.path[0]!); }
    const [first, second] = ref.path;
    if (ref.root !== 'self' || first === undefined || second === undefined) { return false; }
    let held: Ref | undefined;
    for (let i = 0; i < this.#lineage.length && held === undefined; i++) { held = attributeRefs(this.#model, this.#lineage[i]!).get(first); }
    return held?.items !== undefined && held.path.length === 0 && !isField(held, second);
  }

  /** A member of an attribute that this class assigns without showing what it is: no file can resolve it. */
  #isUntyped(ref: Ref, whole: boolean): boolean {
    const [first, second] = ref.path;
    const lineage = this.#lineage;
    const cls = lineage[0];
    if (first === undefined || cls === undefined || (second === undefined && whole)) { return false; }
    const definitions = attributeDefinitions(this.#model, cls, first);
    // What a framework's own attribute gives (`self.cache.positions()`) is no object of the project.
    if (definitions.length === 0) { return !whole && second !== undefined && knownFramework(this.#model, cls); }
    if (definitions.some((definition) => definition.declared !== undefined)) { return false; }
    return lineage.every((ancestor) => !attributeRefs(this.#model, ancestor).has(first));
  }

  #push(to: Ref, at: Span, as: 'call' | EntryClass, more: EdgeDetails = {}): void {
    const said = refKey(to);
    const open = more.read === true ? this.#openReads.get(said) : undefined;
    if (open !== undefined) {
      this.#positions.set(at, open);
      return;
    }
    const guards = more.guards ?? this.#guards(at);
    const under = as === 'call' && more.read !== true && more.write !== true ? this.#under(at) : NO_GATES;
    const key = `${said}|${as}|${guards.join()}|${more.read === true}|${more.write === true}|${under.join()}|${more.how ?? ''}|${more.args ?? ''}`;
    const known = this.#seen.get(key);
    this.#positions.set(at, known ?? this.edges.length);
    if (known !== undefined) { return; }
    this.#seen.set(key, this.edges.length);
    if (more.read === true && guards.length === 0) { this.#openReads.set(said, this.edges.length); }
    const range: Range = rangeOf(this.#model.source, at);
    const { how, ...rest } = more;
    this.edges.push({
      to, range, as, ...rest, guards, ...(under.length === 0 ? {} : { under }), ...(how === undefined || as !== 'call' ? {} : { how }),
    });
  }

  #under(at: Span & { readonly kind?: string }): readonly number[] {
    if (this.#protections === undefined || this.#statement === undefined) { return NO_GATES; }
    return at.kind === 'call' ? this.#protections.underCall(this.#statement, at as Call) : this.#protections.under(this.#statement, at);
  }

  /** What a condition of this function, or of one of the same class, asks. */
  #referred(expr: Expr, site: NameSite): Ref | undefined {
    if (this.#isOutside(expr, site)) { return undefined; }
    const ref = this.#kept(refOf(this.#model, expr, site));
    return ref !== undefined && (ref.path.length > 0 || ref.root === 'result') ? ref : undefined;
  }

  #guards(at: Span): readonly GuardKind[] {
    if (this.#fn === undefined) { return NO_GUARDS; }
    const root = this.#root;
    if (root === undefined || at.start < root.start || at.end > root.end) { return guardKinds(this.#model, this.#fn, at); }
    this.#rootGuards ??= decides(root) ? 'differ' : guardKinds(this.#model, this.#fn, root);
    return this.#rootGuards === 'differ' ? guardKinds(this.#model, this.#fn, at) : this.#rootGuards;
  }
}

const NO_GUARDS: readonly GuardKind[] = [];

function guardKinds(model: SourceModel, fn: FunctionModel, at: Span): readonly GuardKind[] {
  const guards = guardsAt(model, fn, at);
  return guards.length === 0 ? NO_GUARDS : [...new Set(guards.map((guard) => guard.kind))];
}

/** True where something in an expression says whether another part of it runs. */
function decides(root: Expr): boolean {
  let found = false;
  walkExpression(root, ({ kind }) => {
    found ||= kind === 'conditional' || kind === 'boolean' || kind === 'comprehension';
    return !found;
  });
  return found;
}

function isField({ fields }: Ref, name: string): boolean {
  return fields !== undefined && Object.hasOwn(fields, name);
}

function argumentOf(call: Call, position: number, name: string | undefined): Argument | undefined {
  const named = name === undefined ? undefined : call.args.find((argument) => argument.name === name);
  if (named !== undefined) { return named; }
  const argument = call.args[position];
  return argument?.name === undefined && argument?.spread === undefined ? argument : undefined;
}

/** The module that a chain starts at: `./risk` of `require('./risk').check(x).ok`. */
function requiredIn(chain: Expr): string | undefined {
  for (let link: Expr | undefined = chain; link !== undefined;) {
    const required = requiredBy(link);
    if (required !== undefined) { return required.specifier; }
    link = link.kind === 'call' ? link.callee : link.kind === 'member' || link.kind === 'index' ? link.object : undefined;
  }
  return undefined;
}

const external = new PerModel<ImportModel, boolean>();

function isExternal(model: SourceModel, imported: ImportModel): boolean {
  let known = external.of(model).get(imported);
  if (known === undefined) {
    known = imported.level === 0 && (isScript(model.language) ? isNodePackage(imported.module) : isExternalModule(importedName(imported)));
    external.of(model).set(imported, known);
  }
  return known;
}

function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** The class whose `self` a function sees, closures included. */
export function classOfFunction(model: SourceModel, fn: FunctionModel): ClassModel | undefined {
  return bindingsOf(model).receivers[fn.index]?.class ?? (fn.class === undefined ? undefined : model.classes[fn.class]);
}
