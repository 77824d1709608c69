/** Values that are provably nothing: `0`, `None`, a constant that is never anything else. */
import type { Expr, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { Definition, NameSite } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
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
  const definitions = definitionsOf(model, name, site, at);
  if (definitions.length === 0) { return EMPTY.has(name) ? NONE : GIVEN; }
  const [only] = definitions;
  if (definitions.length === 1 && only?.parameter !== undefined) { return { state: 'parameter', name }; }
  if (!definitions.every((definition) => isNothing(model, definition, hops)) || isSetElsewhere(model, name, site, definitions[0]?.function !== undefined, hops)) { return GIVEN; }
  return NONE;
}

function isNothing(model: SourceModel, definition: Definition, hops: number): boolean {
  const { value, op, statement } = definition;
  if (value === undefined || op !== undefined || statement?.kind !== 'assign') { return false; }
  if (statement.storage === 'input' || statement.storage === 'sinput' || statement.storage === 'extern') { return false; }
  return stopValue(model, value, siteOf(definition), hops + 1).state === 'none';
}

/** Does MQL5 hand the variable to a function that may set it (`CalcStops(type, price, sl, tp)`), or set it in some other place? */
function isSetElsewhere(model: SourceModel, name: string, site: NameSite, local: boolean, hops: number): boolean {
  if (model.language !== 'mql5') { return false; }
  const { calls, statements } = indexOf(model);
  const here = (other: Site): boolean => !local || other.function === site.function;
  return calls.some(({ node, site: at }) => here(at) && !ORDER_CALLS.test(lastName(node) ?? '') && node.args.some(({ value }) => value.kind === 'name' && value.name === name))
    || statements.some(({ node, site: at }) => node.kind === 'assign' && here(at) && node.value !== undefined && node.targets.some((target) => target.kind === 'name' && target.name === name)
      && (node.op !== undefined || stopValue(model, node.value, at, hops + 1).state !== 'none'));
}

const ORDER_CALLS = /^(?:Buy|Sell|BuyLimit|BuyStop|SellLimit|SellStop|PositionOpen|OrderOpen|OrderSend|NormalizeDouble|DoubleToString|DoubleToStr|Print|PrintFormat|StringFormat)$/;
