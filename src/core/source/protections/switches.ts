/** Switches: conditions that only say whether a guard is in use (`UseGuard && dd > limit`), and what they are before anybody touches them. */
import { fold } from '../fold.ts';
import { lastName } from '../meaning/annotations.ts';
import type { NameSite } from '../meaning/bindings.ts';
import { wordsOf } from '../meaning/words.ts';
import type { Expr, SourceModel, Span } from '../model.ts';
import { walkExpression } from '../walk.ts';

/** Words of names that switch something on or off. */
const SWITCH_WORDS: ReadonlySet<string> = new Set([
  'use', 'uses', 'using', 'enable', 'enabled', 'disable', 'disabled', 'live', 'paper', 'demo', 'sim', 'simulated', 'simulation', 'strict', 'apply', 'enforce', 'feature', 'backtest', 'backtesting', 'debug', 'dry', 'activate', 'activated', 'optional', 'toggle', 'guards',
]);
/** Where settings are kept: a truth asked of them is a switch. */
const SETTINGS: ReadonlySet<string> = new Set(['config', 'cfg', 'settings', 'params', 'options', 'env', 'environ', 'flags', 'features', 'inputs']);
const LOOKUPS: ReadonlySet<string> = new Set(['get', 'getenv', 'getboolean', 'getattr', 'bool', 'Boolean']);

/** A switch that a guard hangs on: where it stands, and whether it has to be off for the guard to count. */
export interface Switch extends Span {
  readonly off?: true;
}

/** The switch that a condition is; undefined where it is none, or one that is as it has to be unless somebody turns it. */
export function offSwitch(model: SourceModel, test: Expr, needed: boolean, site: NameSite): Switch | undefined {
  let expr = test;
  let wanted = needed;
  for (let depth = 0; depth < 8 && expr.kind === 'unary' && (expr.op === 'not' || expr.op === '!'); depth++) {
    expr = expr.operand;
    wanted = !wanted;
  }
  if (expr.kind === 'compare') {
    const literal = expr.operands.length === 2 ? expr.operands.find((one) => one.kind === 'literal' && typeof one.value === 'boolean') : undefined;
    const other = literal === undefined ? undefined : expr.operands.find((one) => one !== literal);
    const [op] = expr.ops;
    if (literal?.kind !== 'literal' || other === undefined || (op !== '==' && op !== '===' && op !== 'is')) { return undefined; }
    return offSwitch(model, other, literal.value === wanted, site);
  }
  if (expr.kind !== 'name' && expr.kind !== 'member' && expr.kind !== 'index' && !(expr.kind === 'call' && LOOKUPS.has(lastName(expr.callee) ?? ''))) { return undefined; }
  const value = fold(model, expr, site)?.value;
  if (typeof value === 'boolean' ? value === wanted : !isNamedSwitch(expr)) { return undefined; }
  return { start: expr.start, end: expr.end, ...(wanted ? {} : { off: true as const }) };
}

function isNamedSwitch(expr: Expr): boolean {
  const words: string[] = [];
  walkExpression(expr, (inner) => {
    if (inner.kind === 'member') { words.push(...wordsOf(inner.property)); }
    if (inner.kind === 'name') { words.push(...wordsOf(inner.name)); }
    if (inner.kind === 'literal' && inner.type === 'string' && String(inner.value).length <= 40) { words.push(...wordsOf(String(inner.value))); }
  });
  return words.some((word) => SWITCH_WORDS.has(word) || SETTINGS.has(word));
}
