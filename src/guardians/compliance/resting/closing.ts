/** What the functions of a file close and cancel, and who calls whom. */
import type { Call, Expr, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { closesPositions, deadlineName, hasWord, saysCloseNow, wordsOf } from '../words.ts';

/** A call that closes positions. */
export interface CloseCall {
  readonly call: Call;
  readonly site: Site;
  /** Everything that is open, not one position. */
  readonly all: boolean;
}

/** One function as far as orders are concerned; the module's own code is one without a model. */
export interface Closing {
  readonly function: FunctionModel | undefined;
  readonly closes: CloseCall[];
  /** A call that cancels orders, or may: one nobody can look into. */
  cancels: boolean;
  /** Names of functions of this file that it calls. */
  readonly calls: Set<FunctionModel>;
}

const CANCELLERS: ReadonlySet<string> = new Set(['market_exit', 'reqGlobalCancel', 'OrderDelete', 'PendingOrderDelete']);
const ORDERS: ReadonlySet<string> = new Set(['order', 'orders', 'pending', 'pendings', 'stops', 'limits', 'entries', 'working']);
const DELETING: ReadonlySet<string> = new Set(['delete', 'remove', 'clear', 'kill', 'drop', 'withdraw', 'revoke', 'expire', 'void']);

/** Does a called name cancel orders: `cancel_all_orders`, `DeletePendings`, `market_exit`? */
export function cancelsOrders(name: string): boolean {
  const words = wordsOf(name);
  if (CANCELLERS.has(name) || words.some((word) => word === 'cancel' || word === 'cancels' || word === 'cancelall' || word === 'cancelorder' || word === 'cancelorders')) { return true; }
  return hasWord(words, DELETING) && hasWord(words, ORDERS);
}

const CLOSERS: ReadonlySet<string> = new Set(['close_position', 'close_all_positions', 'PositionClose', 'PositionClosePartial', 'OrderClose', 'closePosition', 'closePositions', 'closeAllPositions', 'close_positions']);
const ALL_CLOSERS: ReadonlySet<string> = new Set(['close_all_positions', 'closeAllPositions', 'close_positions', 'closePositions']);
/** Calls that flatten in some other place: nobody here sees whether they cancel. */
const OPAQUE = /flatten|liquidat|square_?off|exit_?all|close_?all(?!_?positions)|close_?everything|panic|emergency|kill_?switch|shut_?down|market_exit|go_?flat|unwind/i;

/** Closing and cancelling of all functions of a file. */
export class Closings {
  readonly #model: SourceModel;
  readonly #of = new Map<FunctionModel | undefined, Closing>();
  readonly #callers = new Map<FunctionModel, Set<FunctionModel | undefined>>();

  constructor(model: SourceModel) {
    this.#model = model;
    const byName = new Map<string, FunctionModel[]>();
    for (const fn of model.functions) {
      if (fn.name !== '') { byName.set(fn.name, [...(byName.get(fn.name) ?? []), fn]); }
      this.#of.set(fn, { function: fn, closes: [], cancels: false, calls: new Set() });
    }
    this.#of.set(undefined, { function: undefined, closes: [], cancels: false, calls: new Set() });
    for (const { node, site } of indexOf(model).calls) { this.#call(node, site, byName); }
    for (const { node, site } of indexOf(model).statements) {
      // MQL5 takes an order out of the market by a request.
      if (node.kind === 'assign' && node.value !== undefined && lastName(node.value) === 'TRADE_ACTION_REMOVE') { for (const fn of around(model, site)) { this.#at(fn).cancels = true; } }
    }
    for (const { node, site } of indexOf(model).dicts) {
      if (node.items.some((item) => lastName(item) === 'TRADE_ACTION_REMOVE')) { for (const fn of around(model, site)) { this.#at(fn).cancels = true; } }
    }
  }

  #at(fn: FunctionModel | undefined): Closing {
    const known = this.#of.get(fn);
    if (known === undefined) { throw new Error('a function that is not of this file'); }
    return known;
  }

  #call(call: Call, site: Site, byName: ReadonlyMap<string, readonly FunctionModel[]>): void {
    const name = lastName(call.callee) ?? '';
    const own = byName.get(name) ?? [];
    const functions = around(this.#model, site);
    for (const target of own) {
      for (const fn of functions) {
        this.#at(fn).calls.add(target);
        this.#callers.set(target, (this.#callers.get(target) ?? new Set()).add(fn));
      }
    }
    // A function handed on as a callback is called by whoever has it.
    for (const { value } of call.args) {
      const handed = value.kind === 'name' || value.kind === 'member' ? byName.get(lastName(value) ?? '') ?? [] : [];
      for (const target of handed) { for (const fn of functions) { this.#callers.set(target, (this.#callers.get(target) ?? new Set()).add(fn)); } }
    }
    const roles = own.length > 0 ? [] : rolesOf(this.#model, call, site);
    const withOrders = call.args.some((argument) => /^cancel_?orders$/i.test(argument.name ?? '') && !(argument.value.kind === 'literal' && argument.value.value === false));
    const cancels = roles.includes('order.cancel') || (own.length === 0 && cancelsOrders(name)) || withOrders || (own.length === 0 && OPAQUE.test(name)) || deletesByHttp(call, name);
    if (cancels) { for (const fn of functions) { this.#at(fn).cancels = true; } return; }
    if (own.length > 0 || !(CLOSERS.has(name) || roles.includes('order.close'))) { return; }
    const [innermost] = functions;
    this.#at(innermost).closes.push({ call, site, all: ALL_CLOSERS.has(name) });
  }

  /** The functions a predicate holds for. */
  all(): readonly Closing[] {
    return [...this.#of.values()];
  }

  /** Everything a function calls in this file, itself included. */
  #below(start: Iterable<FunctionModel | undefined>): Set<FunctionModel | undefined> {
    const found = new Set<FunctionModel | undefined>(start);
    for (const fn of found) { for (const target of this.#of.get(fn)?.calls ?? []) { found.add(target); } }
    return found;
  }

  /** Everything in this file that leads to a function, itself included. */
  #above(fn: FunctionModel | undefined): Set<FunctionModel | undefined> {
    const found = new Set<FunctionModel | undefined>([fn]);
    for (const one of found) { if (one !== undefined) { for (const caller of this.#callers.get(one) ?? []) { found.add(caller); } } }
    return found;
  }

  /** Is an order cancelled on any way that leads to a function, or by anything called on such a way? */
  cancelsAround(fn: FunctionModel | undefined): boolean {
    for (const one of this.#below(this.#above(fn))) { if (this.#of.get(one)?.cancels === true) { return true; } }
    return false;
  }

  /** Does anything a function calls cancel or close? */
  endsSomething(fn: FunctionModel): boolean {
    for (const one of this.#below([fn])) {
      const closing = this.#of.get(one);
      if (closing !== undefined && (closing.cancels || closing.closes.length > 0)) { return true; }
    }
    return false;
  }

  /** Does anything a function calls cancel orders, or close everything that is open? */
  endsAll(fn: FunctionModel): boolean {
    for (const one of this.#below([fn])) {
      const closing = this.#of.get(one);
      if (closing !== undefined && (closing.cancels || closing.closes.some((close) => close.all))) { return true; }
    }
    return false;
  }

  /**
   * Does a function, or one that calls it, flatten by its name: `flatten`, `on_stop`, `close_all`, `EndOfDay`? What an
   * expert never calls flattens nothing, and a close of the side that it is handed is half of one.
   */
  isFlatten(closing: Closing): boolean {
    const above = this.#above(closing.function);
    if (this.#isProgram && ![...above].some((one) => one === undefined || one.class !== undefined || one.ownerName !== undefined || HANDLER.test(one.name))) { return false; }
    if (closing.closes.some((close) => close.all)) { return true; }
    const half = takesSide(this.#model, closing.function);
    for (const one of above) { if (one !== undefined && saysFlatten(one.name) && !(half && one === closing.function)) { return true; } }
    return false;
  }

  /** Whether the file is an expert, an indicator or a script of MetaTrader: nothing else calls its functions. */
  get #isProgram(): boolean {
    return /\.mq[45]$/i.test(this.#model.path);
  }
}

/** What the terminal calls. */
const HANDLER = /^(?:On[A-Z]\w*|start|init|deinit)$/;
const SIDES: ReadonlySet<string> = new Set(['type', 'side', 'direction', 'dir']);

/** Is a function handed the side of the market it asks the positions for: `void CloseByType(ENUM_POSITION_TYPE side)`? */
function takesSide(model: SourceModel, fn: FunctionModel | undefined): boolean {
  const says = (annotation: Expr | undefined): boolean => annotation !== undefined && /^ENUM_(?:POSITION|ORDER|DEAL)_TYPE$/.test(lastName(annotation) ?? '');
  const handed = new Set((fn?.parameters ?? []).filter(({ name, annotation }) => hasWord(wordsOf(name), SIDES) || says(annotation)).map(({ name }) => name));
  if (fn === undefined || handed.size === 0) { return false; }
  return indexOf(model).compares.some(({ node, site }) => site.function === fn && node.operands.some((operand) => operand.kind === 'name' && handed.has(operand.name)));
}

/** Does a function's name say that everything is closed? */
export function saysFlatten(name: string): boolean {
  if (name === '') { return false; }
  if (name === 'on_stop' || name === 'OnDeinit') { return name === 'on_stop'; }
  const words = wordsOf(name);
  if (words.includes('position') && !words.includes('all')) { return false; }
  return deadlineName(name) === 'flat' || saysCloseNow(name) || (closesPositions(name, undefined) && words.some((word) => word === 'all' || word === 'positions' || word === 'trades' || word === 'everything' || word === 'flatten' || word === 'eod'));
}

/** The function around a place, those around it in turn, or the module. */
function around(model: SourceModel, site: Site): readonly (FunctionModel | undefined)[] {
  const found: (FunctionModel | undefined)[] = [];
  for (let fn = site.function; fn !== undefined; fn = fn.outer === undefined ? undefined : model.functions[fn.outer]) {
    found.push(fn);
    if (found.length > 20) { break; }
  }
  return found.length === 0 ? [undefined] : found;
}

/** `session.delete(f"{url}/orders/…")`. */
function deletesByHttp(call: Call, name: string): boolean {
  if (name !== 'delete' && name !== 'request') { return false; }
  return call.args.some(({ value }) => (value.kind === 'literal' && /order/i.test(String(value.value))) || (value.kind === 'template' && value.parts.some((part) => part.kind === 'literal' && /order/i.test(String(part.value)))));
}
