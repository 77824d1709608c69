/** Object literals of JavaScript that are strategies: `export const strategy = { onTick(tick) { … } }`. */
import { distinctiveHandler } from '../frameworks/tables.ts';
import { isScript } from '../languages.ts';
import type { Collection, EntryClass, Expr, FunctionModel, SourceModel } from '../model.ts';
import { ModelFact } from './per-model.ts';

/** Objects and functions that call themselves so run strategies. */
const STRATEGY_NAME = /strategy|bot$|trader|expert|algo|robot|scalper/i;

const remembered = new ModelFact<ReadonlyMap<FunctionModel, EntryClass>>();

/**
 * Entry class of a function in an object literal of the module: its key is a handler's name nobody uses for anything else, it
 * takes what it is called with, and the object is named a strategy or is what the module exports.
 */
export function objectHandler(model: SourceModel, fn: FunctionModel): EntryClass | undefined {
  if (fn.name !== '' || fn.outer !== undefined || fn.class !== undefined || !isScript(model.language)) { return undefined; }
  let known = remembered.get(model);
  if (known === undefined) {
    known = handlersOf(model);
    remembered.set(model, known);
  }
  return known.get(fn);
}

function handlersOf(model: SourceModel): ReadonlyMap<FunctionModel, EntryClass> {
  const found = new Map<FunctionModel, EntryClass>();
  for (const statement of model.body) {
    if (statement.kind !== 'assign' || statement.value === undefined || statement.op !== undefined) { continue; }
    if (statement.targets.some((target) => isStrategyTarget(target))) { take(model, literalIn(statement.value), found); }
  }
  return found;
}

/** `strategy`, `default` of `export default { … }`, `module.exports`. */
function isStrategyTarget(target: Expr): boolean {
  if (target.kind === 'name') { return target.name === 'default' || STRATEGY_NAME.test(target.name); }
  return target.kind === 'member' && (target.property === 'exports' || target.property === 'default' || STRATEGY_NAME.test(target.property));
}

/** The literal itself, or the one a call is handed: `defineStrategy({ … })`, `Object.freeze({ … })`. */
function literalIn(value: Expr): Collection | undefined {
  const held = value.kind === 'call' ? value.args[0]?.value : value;
  return held?.kind === 'collection' && held.type === 'dict' ? held : undefined;
}

function take(model: SourceModel, literal: Collection | undefined, found: Map<FunctionModel, EntryClass>): void {
  literal?.items.forEach((item, i) => {
    const key = literal.keys?.[i];
    const fn = item.kind === 'lambda' ? model.functions[item.function] : undefined;
    const entry = key?.kind === 'literal' && typeof key.value === 'string' ? distinctiveHandler(key.value) : undefined;
    if (fn !== undefined && entry !== undefined && fn.parameters.length > 0) { found.set(fn, entry); }
  });
}
