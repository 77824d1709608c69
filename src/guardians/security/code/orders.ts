/** Which calls and functions move money: by the roles of the framework tables, and by the names people give their own. */
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { wordsOf } from '../../../core/source/meaning/words.ts';
import type { Call, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';

/** What is done to an order or a position. */
export type Act = 'submit' | 'modify' | 'cancel' | 'close';

const VERBS: Readonly<Record<string, Act>> = {
  place: 'submit', submit: 'submit', send: 'submit', create: 'submit', open: 'submit', execute: 'submit', enter: 'submit', buy: 'submit', sell: 'submit',
  modify: 'modify', amend: 'modify', edit: 'modify', replace: 'modify',
  cancel: 'cancel', close: 'close', flatten: 'close', liquidate: 'close', exit: 'close',
};
const NOUNS: ReadonlySet<string> = new Set(['order', 'orders', 'position', 'positions', 'trade', 'trades']);
/** Words behind an order that do not make it another thing: `place_order_async`. */
const TAIL: ReadonlySet<string> = new Set(['async', 'sync', 'ws', 'rest', 'market', 'limit', 'stop', 'all', 'now', 'batch', 'oco', 'v2', 'v3', 'v5']);

/** What a function of this name does, if it says so: `placeMarketOrder`, `close_all_positions`, `buy`. */
export function actNamed(name: string): Act | undefined {
  const words = wordsOf(name);
  if (words.length === 2 && NOUNS.has(words[0] ?? '') && words[1] !== 'open' && words[1] !== 'exit' && words[1] !== 'buy' && words[1] !== 'sell') { return VERBS[words[1] ?? '']; }
  const act = VERBS[words[0] ?? ''];
  if (act === undefined) { return undefined; }
  if (words.length === 1) { return words[0] === 'buy' || words[0] === 'sell' || words[0] === 'flatten' || words[0] === 'liquidate' ? act : undefined; }
  const rest = [...words];
  while (rest.length > 1 && TAIL.has(rest[rest.length - 1] ?? '')) { rest.pop(); }
  return NOUNS.has(rest[rest.length - 1] ?? '') ? act : undefined;
}

/** What a call does to an order or position: by its role, else by its name. */
export function actOf(model: SourceModel, call: Call, site: NameSite): Act | undefined {
  const roles = rolesOf(model, call, site);
  for (const role of roles) {
    if (role === 'order.submit' || role === 'order.modify' || role === 'order.cancel' || role === 'order.close') { return role.slice(6) as Act; }
    if (role === 'order.make' || role === 'order.check') { return undefined; }
  }
  const name = lastName(call.callee);
  return name === undefined || roles.length > 0 ? undefined : actNamed(name);
}

/** An order call and where it stands. */
export interface OrderCall {
  readonly call: Call;
  readonly act: Act;
}

/** The order calls in statements and what hangs below them, bodies of other functions left out. */
export function orderCallsIn(model: SourceModel, body: readonly Stmt[], site: NameSite): readonly OrderCall[] {
  const found: OrderCall[] = [];
  for (const statement of statementsOf(body)) {
    for (const root of expressionsOf(statement)) {
      walkExpression(root, (expr) => {
        const act = expr.kind === 'call' ? actOf(model, expr, site) : undefined;
        if (act !== undefined && expr.kind === 'call') { found.push({ call: expr, act }); }
      });
    }
  }
  return found;
}

/** The first order call of a function behind a place in it. */
export function orderCallAfter(model: SourceModel, fn: FunctionModel, place: Span, site: NameSite): OrderCall | undefined {
  return orderCallsIn(model, fn.body, site).find(({ call, act }) => call.start >= place.end && act !== 'cancel');
}

/** Functions of the file that are called as orders are and call this one: what goes through it are orders. */
export function orderCallersOf(model: SourceModel, fn: FunctionModel): readonly FunctionModel[] {
  if (fn.name === '') { return []; }
  return model.functions.filter((caller) => caller !== fn && actNamed(caller.name) !== undefined && callsName(caller, fn.name));
}

function callsName(caller: FunctionModel, name: string): boolean {
  for (const statement of statementsOf(caller.body)) {
    for (const root of expressionsOf(statement)) {
      let found = false;
      walkExpression(root, (expr) => { found ||= expr.kind === 'call' && lastName(expr.callee) === name; return !found; });
      if (found) { return true; }
    }
  }
  return false;
}
