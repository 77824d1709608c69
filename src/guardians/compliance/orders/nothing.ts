/** Values that are provably nothing: `0`, `None`, a constant that is never anything else. */
import type { Expr, SourceModel } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { Definition, NameSite } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { lastName } from '../named.ts';
import { neverReached } from './around.ts';
import type { Stop } from './order.ts';

const GIVEN: Stop = { state: 'given' };
const NONE: Stop = { state: 'none' };
/** Names of nothing that no file binds. */
const EMPTY: ReadonlySet<string> = new Set(['NULL', 'undefined', 'null', 'None', 'EMPTY']);
/** Calls that give back what they are given. */
const SAME: ReadonlySet<string> = new Set(['NormalizeDouble', 'float', 'Decimal', 'Number', 'round', 'str']);
const MAX_HOPS = 4;

/** What a value says that stands where a stop belongs. An input of an expert may be set to anything and counts as given. */
export function stopValue(model: SourceModel, expr: Expr | undefined, site: NameSite, hops = 0): Stop {
  if (expr === undefined || hops > MAX_HOPS) { return expr === undefined ? NONE : GIVEN; }
  switch (expr.kind) {
    case 'literal':
      return expr.value === null || expr.value === false || expr.value === '' || Number(expr.value) === 0 ? NONE : GIVEN;
    case 'unary':
      return stopValue(model, expr.operand, site, hops + 1);
    case 'conditional':
      return stopValue(model, expr.then, site, hops + 1).state === 'none' && stopValue(model, expr.else, site, hops + 1).state === 'none' ? NONE : GIVEN;
    case 'call':
      return SAME.has(lastName(expr) ?? '') ? stopValue(model, expr.args[0]?.value, site, hops + 1) : GIVEN;
    case 'name':
      return named(model, expr.name, expr.start, site, hops);
    default:
      return GIVEN;
  }
}

function named(model: SourceModel, name: string, at: number, site: NameSite, hops: number): Stop {
  const definitions = definitionsOf(model, name, site, at).filter((definition) => !isOrderArgument(definition));
  if (definitions.length === 0) { return EMPTY.has(name) ? NONE : GIVEN; }
  const [only] = definitions;
  if (definitions.length === 1 && only?.parameter !== undefined) { return { state: 'parameter', name }; }
  return definitions.every((definition) => isNothing(model, definition, hops)) ? NONE : GIVEN;
}

function isNothing(model: SourceModel, definition: Definition, hops: number): boolean {
  const { value, op, statement } = definition;
  if (op !== undefined || statement?.kind !== 'assign') { return false; }
  // A global of MQL that is declared without a value is 0 (MQL5 reference, initialisation of variables).
  if (value === undefined) { return /\.mq[45]$/i.test(model.path) && definition.function === undefined && definition.class === undefined; }
  if (statement.storage === 'input' || statement.storage === 'sinput' || statement.storage === 'extern') { return false; }
  return stopValue(model, value, siteOf(definition), hops + 1).state === 'none' || model.language === 'mql5' && neverReached(model, { ...siteOf(definition), statement }, statement);
}

/** MQL5 may change what it is handed by reference (`CalcStops(type, price, sl, tp)`); sending an order changes nothing. */
function isOrderArgument({ op, target, statement }: Definition): boolean {
  if (op !== '&' || statement === undefined) { return false; }
  let sent = false;
  for (const root of expressionsOf(statement)) {
    walkExpression(root, (expr) => { sent ||= expr.kind === 'call' && ORDER_CALLS.test(lastName(expr) ?? '') && expr.args.some(({ value }) => value === target); });
  }
  return sent;
}

const ORDER_CALLS = /^(?:Buy|Sell|BuyLimit|BuyStop|SellLimit|SellStop|PositionOpen|OrderOpen|OrderSend|PositionModify|OrderModify)$/;
