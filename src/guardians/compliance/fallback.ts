/** The value that holds where nobody set another: `process.env.MAX_DD ?? 0.1`, `float(os.getenv("MAX_DD") or "0.1")`, `envNumber("MAX_DD", 0.1)`. */
import type { Call, Expr } from '../../core/source/model.ts';
import { wordsOf } from './words.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Objects and calls that give settings; what a back-test measured (`stats.maxDrawdown || 1`) comes from none of them. */
const SETTINGS = list('env environ getenv config configuration cfg conf settings setting options opts option params parameters args argv limits rules risk');
/** Words in the name of a function that reads a setting by its name: `getEnvFloat("MAX_DD", 0.1)`. */
const READERS = list('env config cfg setting settings param option');
/** Words in the key that is read: the value is about something smaller than the account, whatever it is called here. */
const SMALLER = list('single trade trades position positions per symbol leg order warn warning alert soft');
/** Functions that make a number of what they are given. */
const CONVERSIONS = list('parseFloat parseInt Number float int Decimal toNumber toFloat');
const MAX_STEPS = 6;

/** The literal a value falls back to; undefined where there is none, or where what comes before it is no setting. */
export function fallbackOf(value: Expr): Expr | undefined {
  let [current, asked] = [value, false];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const next = insideOf(current);
    if (next === undefined) { break; }
    asked ||= next.asked;
    current = next.expr;
  }
  return asked && isNumber(current) ? current : undefined;
}

interface Inside {
  readonly expr: Expr;
  /** Something that reads a setting was passed on the way. */
  readonly asked: boolean;
}

function insideOf(expr: Expr): Inside | undefined {
  if (expr.kind === 'boolean' && expr.op === 'or' && expr.operands.length === 2) {
    const [first, last] = expr.operands as readonly [Expr, Expr];
    return readsSetting(first) ? { expr: last, asked: true } : undefined;
  }
  // `process.env.X ? Number(process.env.X) : 0.1`.
  if (expr.kind === 'conditional') { return readsSetting(expr.test) && readsSetting(expr.then) ? { expr: expr.else, asked: true } : undefined; }
  if (expr.kind === 'unary' && expr.op === '+') { return { expr: expr.operand, asked: false }; }
  return expr.kind === 'call' ? insideOfCall(expr) : undefined;
}

function insideOfCall(call: Call): Inside | undefined {
  const name = call.callee.kind === 'name' ? call.callee.name : call.callee.kind === 'member' ? call.callee.property : '';
  if (call.args.some((argument) => argument.spread !== undefined)) { return undefined; }
  const [first, second] = call.args.map((argument) => argument.value);
  if (first === undefined) { return undefined; }
  // `z.coerce.number().max(1).default(0.1)` says what holds without a setting.
  if (name === 'default' && call.args.length === 1 && call.callee.kind === 'member' && call.callee.object.kind === 'call') { return { expr: first, asked: true }; }
  if (second === undefined) { return CONVERSIONS.has(name) ? { expr: first, asked: false } : undefined; }
  const reads = (first.kind === 'literal' && typeof first.value === 'string' && (wordsOf(name).some((word) => READERS.has(word)) || /^(?:getenv|get)$/.test(name)))
    || (readsSetting(first) && !CONVERSIONS.has(name));
  if (first.kind === 'literal' && wordsOf(String(first.value)).some((word) => SMALLER.has(word))) { return undefined; }
  if (reads && call.args.length === 2) { return { expr: second, asked: readsSetting(call) || name !== 'get' }; }
  // `parseInt(process.env.X || "2000", 10)`: the second is the base.
  return CONVERSIONS.has(name) ? { expr: first, asked: false } : undefined;
}

/** A chain of members, keys and calls that begins at, or goes through, something that holds settings. */
function readsSetting(expr: Expr): boolean {
  for (let current = expr; ;) {
    if (current.kind === 'member') {
      if (wordsOf(current.property).some((word) => SETTINGS.has(word))) { return true; }
      current = current.object;
    } else if (current.kind === 'index') {
      current = current.object;
    } else if (current.kind === 'call') {
      const [first] = current.args;
      if (current.callee.kind === 'name' && CONVERSIONS.has(current.callee.name) && first !== undefined) { current = first.value; } else { current = current.callee; }
    } else if (current.kind === 'unary') {
      current = current.operand;
    } else {
      return current.kind === 'name' && wordsOf(current.name).some((word) => SETTINGS.has(word));
    }
  }
}

function isNumber(expr: Expr): boolean {
  return expr.kind === 'literal' && (typeof expr.value === 'number' || (typeof expr.value === 'string' && /^\s{0,4}\$?[\d_,.]{1,16}%?\s{0,4}$/.test(expr.value)));
}
