/** Checks that only answer, and whose answer is thrown away: nothing follows from a limit that is asked so. */
import { functionSite, statementsOf } from '../../../core/source/meaning/bindings.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { calledIn, callsOf, tells } from './acts.ts';
import { guardWords, namesGuard } from './guard-names.ts';

/** A call of a check whose answer goes nowhere. */
export interface UnusedAnswer {
  readonly at: Span;
  readonly name: string;
  /** The function that only answers, where it stands in this file. */
  readonly check?: FunctionModel;
}

/** What a file says of checks. */
export interface Answers {
  readonly unused: readonly UnusedAnswer[];
  /** Names of its functions that do nothing but answer. */
  readonly pure: ReadonlySet<string>;
  /** Names of checks that do more than that. */
  readonly acting: ReadonlySet<string>;
}

const VERBS = new Set(['check', 'checks', 'is', 'can', 'validate', 'verify', 'within', 'has', 'should', 'may', 'exceeds', 'exceeded', 'breached', 'hit', 'reached', 'ok', 'allowed', 'test', 'violates', 'violated']);

const LETTERS = /risk|draw_?down|dd|loss|kill|breaker|guard|equity|flat|liquidat|eod|limit|prop|protect|safety|account|dll|can|trading/i;

/** Is a function of this name a check of a limit? */
function namesCheck(name: string): boolean {
  // Most names are done with here.
  if (!LETTERS.test(name)) { return false; }
  const words = guardWords(name);
  if (!words.some((word) => VERBS.has(word)) && !/^is[A-Z_]|^can[A-Z_]/.test(name)) { return false; }
  return namesGuard(words, true) || words.some((word) => word === 'limits') || (words.includes('can') && words.some((word) => word === 'trade' || word === 'open')) || (words.includes('trading') && words.includes('allowed'));
}

/** The checks of a file, and the calls that throw their answers away. */
export function unusedAnswers(model: SourceModel): Answers {
  const checks = model.functions.filter((fn) => fn.name !== '' && namesCheck(fn.name));
  const pure = new Set(checks.filter((fn) => onlyAnswers(model, fn)));
  const unused: UnusedAnswer[] = [];
  for (const { node, site } of indexOf(model).statements) {
    const call = node.kind === 'expression' ? calledIn(node.value) : undefined;
    const name = call === undefined ? undefined : lastName(call.callee);
    if (call === undefined || name === undefined || !namesCheck(name) || (site.function !== undefined && /^_?test/i.test(site.function.name))) { continue; }
    const own = definitionsFor(model, call.callee, site).find((definition) => definition.declared?.kind === 'function')?.declared?.index ?? freeFunction(model, call, name);
    const check = own === undefined ? undefined : model.functions[own];
    const at = { start: call.start, end: call.end };
    if (check !== undefined) { if (pure.has(check) && only(checks, name)) { unused.push({ at, name, check }); } continue; }
    if (call.callee.kind === 'member' && !checks.some((fn) => fn.name === name)) { unused.push({ at, name }); }
  }
  return { unused, pure: new Set([...pure].map((fn) => fn.name)), acting: new Set(checks.filter((fn) => !pure.has(fn)).map((fn) => fn.name)) };
}

/** MQL5 and scripts call functions of the file by their bare name. */
function freeFunction(model: SourceModel, call: Call, name: string): number | undefined {
  if (call.callee.kind !== 'name') { return undefined; }
  const named = model.functions.filter((fn) => fn.name === name);
  return named.length === 1 ? named[0]?.index : undefined;
}

/** A name that a second function of the file has may mean that one: a subclass that overrides it. */
function only(checks: readonly FunctionModel[], name: string): boolean {
  return checks.filter((fn) => fn.name === name).length === 1;
}

/** Does a function return a truth in every case, and do nothing else: set, raise, close, or call what nobody can look into? */
function onlyAnswers(model: SourceModel, fn: FunctionModel): boolean {
  if (fn.decorators.length > 0 || fn.generator) { return false; }
  const site = functionSite(model, fn);
  let truths = 0;
  for (const statement of statementsOf(fn.body)) {
    switch (statement.kind) {
      case 'raise': case 'with': case 'class': case 'function': return false;
      case 'return':
        if (statement.value === undefined || !isTruth(statement.value)) { return false; }
        truths++;
        break;
      case 'assign':
        if (!statement.targets.every((target) => isLocal(model, fn, target))) { return false; }
        break;
      case 'expression': {
        const call = calledIn(statement.value);
        if (call === undefined ? statement.value.kind !== 'literal' : !tells(model, call, site)) { return false; }
        continue;
      }
      case 'unknownStatement':
        if (/global|nonlocal|delete|throw/.test(statement.syntax)) { return false; }
        break;
      default:
    }
    if (!callsOf(statement).every((call) => onlyReads(model, call, site))) { return false; }
  }
  return truths > 0;
}

function isTruth(value: Expr): boolean {
  switch (value.kind) {
    case 'literal': return value.type === 'boolean';
    case 'compare': case 'boolean': return true;
    case 'unary': return value.op === 'not' || value.op === '!';
    case 'conditional': return isTruth(value.then) && isTruth(value.else);
    case 'call': return /^(?:bool|Boolean|any|all)$/.test(lastName(value.callee) ?? '');
    case 'unknown': return value.parts.length === 1 && value.parts[0] !== undefined && isTruth(value.parts[0]);
    default: return false;
  }
}

/** A variable of the function itself. */
function isLocal(model: SourceModel, fn: FunctionModel, target: Expr): boolean {
  if (target.kind === 'collection') { return target.items.every((item) => isLocal(model, fn, item)); }
  if (target.kind !== 'name') { return false; }
  if (model.language === 'python' || model.language === 'notebook') { return true; }
  return statementsOf(fn.body).some((statement) => statement.kind === 'assign' && (statement.annotation !== undefined || statement.declares === true) && statement.storage !== 'static' && statement.targets.some((one) => one.kind === 'name' && one.name === target.name));
}

const READS = /^(?:abs|max|min|float|int|str|len|sum|round|bool|Decimal|Number|fabs|any|all|isinstance|getattr|hasattr|MathAbs|MathMax|MathMin|MathRound|NormalizeDouble|AccountInfo\w+|AccountEquity|AccountBalance|Equity|Balance|SymbolInfo\w+|PositionsTotal|OrdersTotal|PositionGet\w+|TimeCurrent|TimeGMT|TimeLocal|DoubleToString|StringFormat|IntegerToString|toFixed|format|items|values|keys|total_seconds|now|utcnow|time|date|strftime|toLocaleString|String)$/;

/** Does a call give a value and nothing else, by its role or its name? */
function onlyReads(model: SourceModel, call: Call, site: ReturnType<typeof functionSite>): boolean {
  if (tells(model, call, site)) { return true; }
  const name = lastName(call.callee) ?? '';
  if (READS.test(name)) { return true; }
  const roles = rolesOf(model, call, site);
  if (roles.length > 0) { return roles.every((role) => role === 'data.read' || role === 'position.read' || role.startsWith('clock.')) && !roles.includes('clock.timer'); }
  return /^_?(?:get|calc|calculate|compute|current|is|has|total|equity|balance|unrealized|realized|portfolio|daily|drawdown)(?:[A-Z_]\w*)?$/.test(name) || /^(?:Get|Calc|Calculate|Compute|Current|Is|Has|Total)[A-Z]\w*$/.test(name);
}
