/** Orders that close or reduce a position: no order sites. */
import { lastName } from '../meaning/annotations.ts';
import { statementsOf, type NameSite } from '../meaning/bindings.ts';
import { wordsOf } from '../meaning/words.ts';
import type { Call, Expr, FunctionModel, SourceModel } from '../model.ts';
import { definitionsOf } from '../scope.ts';
import { walkExpression } from '../walk.ts';

const EXIT_NAMES = new Set(['close', 'closes', 'closing', 'exit', 'exits', 'flatten', 'liquidate', 'unwind', 'reduce', 'cancel', 'stoploss', 'takeprofit', 'sl', 'tp', 'cover', 'modify', 'trail', 'trailing', 'breakeven', 'flat', 'closeall', 'squareoff']);
const ENTRY_NAMES = new Set(['open', 'entry', 'enter', 'entries', 'and', 'or', 'reverse', 'tick', 'bar', 'on', 'candle']);
const REDUCE_KEYS: ReadonlySet<string> = new Set(['reduce_only', 'reduceOnly', 'closePosition', 'close_position', 'is_reduce_only']);
/** Actions of an MQL5 trade request that open nothing. */
const QUIET_ACTIONS: ReadonlySet<string> = new Set(['TRADE_ACTION_SLTP', 'TRADE_ACTION_MODIFY', 'TRADE_ACTION_REMOVE', 'TRADE_ACTION_CLOSE_BY']);

/** True for an order that cannot open or increase a position, as far as the call and the function around it say. */
export function reduces(model: SourceModel, fn: FunctionModel | undefined, call: Call, site: NameSite): boolean {
  if (namesExit(lastName(call.callee) ?? '') || (fn !== undefined && namesExit(fn.name))) { return true; }
  return call.args.some((argument) => {
    if (argument.name !== undefined && REDUCE_KEYS.has(argument.name)) { return isTrue(argument.value); }
    return reducesBy(model, argument.value, site, 0);
  });
}

/** True for a function that closes, reduces or moves a stop, by its name. */
export function namesExit(name: string): boolean {
  const words = wordsOf(name);
  const exit = words.some((word) => EXIT_NAMES.has(word)) || (words.includes('stop') && words.includes('loss')) || (words.includes('take') && words.includes('profit'));
  return exit && !words.some((word) => ENTRY_NAMES.has(word));
}

function isTrue(value: Expr): boolean {
  return value.kind === 'literal' && value.value !== false && value.value !== null && String(value.value).toLowerCase() !== 'false';
}

/** `{'reduceOnly': True}`, an order that was made with `reduce_only=True`, a request whose action only moves a stop. */
function reducesBy(model: SourceModel, root: Expr, site: NameSite, hops: number): boolean {
  let found = false;
  walkExpression(root, (expr) => {
    if (expr.kind === 'call') { found ||= expr.args.some((argument) => argument.name !== undefined && REDUCE_KEYS.has(argument.name) && isTrue(argument.value)); }
    if (expr.kind === 'collection' && expr.keys !== undefined) {
      found ||= expr.keys.some((key, i) => {
        if (key?.kind !== 'literal') { return false; }
        const item = expr.items[i]!;
        if (REDUCE_KEYS.has(String(key.value))) { return isTrue(item); }
        return key.value === 'position' || (key.value === 'action' && QUIET_ACTIONS.has(lastName(item) ?? ''));
      });
    }
    if (expr.kind === 'name' && hops < 2) {
      const definitions = definitionsOf(model, expr.name, site).filter((one) => one.function !== undefined && one.function === site.function);
      found ||= definitions.length === 1 && definitions[0]!.value !== undefined && reducesBy(model, definitions[0]!.value!, site, hops + 1);
      found ||= requestCloses(expr.name, site);
    }
    return !found;
  });
  return found;
}

/** `request.action = TRADE_ACTION_SLTP`, `request.position = ticket`. */
function requestCloses(name: string, site: NameSite): boolean {
  // `self.position = 1` keeps a book; it is no field of what is sent.
  if (name === 'self' || name === 'this') { return false; }
  for (const statement of site.function === undefined ? [] : statementsOf(site.function.body)) {
    if (statement.kind !== 'assign') { continue; }
    for (const target of statement.targets) {
      if (target.kind !== 'member' || target.object.kind !== 'name' || target.object.name !== name) { continue; }
      if (target.property === 'position') { return true; }
      if (target.property === 'action' && statement.value !== undefined && QUIET_ACTIONS.has(lastName(statement.value) ?? '')) { return true; }
      if ((target.property === 'reduceOnly' || target.property === 'reduce_only') && statement.value !== undefined && isTrue(statement.value)) { return true; }
    }
  }
  return false;
}
