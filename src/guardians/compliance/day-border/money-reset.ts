/** Where the counters of a day's money are set back: daily profit and loss, the balance of the day's start, trades of the day. */
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import type { CallGraph } from '../flatten/call-graph.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const DAY_WORDS = list('daily day today todays dailyloss dailypnl dayloss daypnl');
const MONEY_WORDS = list('pnl pl loss losses profit profits dd drawdown balance equity trades realized realised pnls dailyloss dailypnl dayloss daypnl r earnings start');
/** Of a day, but no money the firm counts. */
const OTHERS = list('high low open close range volume vwap atr bars bar price api calls log file chart label report target limit max min pct date time news signal signals');
const RESETS = list('reset new start roll rollover begin init handle');
const KEEPERS = list('risk guard guardian rules limits limit pnl account compliance drawdown rm riskmanager state tracker consistency stats');

/** A counter that is set back, as a message calls it, and where. */
export interface Reset {
  readonly name: string;
  readonly at: Span;
}

/** Does a name hold money, or trades, of a day: `daily_pnl`, `dayStartBalance`, `trades_today`? */
export function isDayMoney(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, DAY_WORDS) && hasWord(words, MONEY_WORDS) && !hasWord(words, OTHERS);
}

/** Nothing yet, or what the account has now. */
function isBeginning(value: Expr): boolean {
  if (value.kind === 'literal') { return value.type === 'number'; }
  if (value.kind === 'collection') { return value.items.length === 0; }
  let money = false;
  walkExpression(value, (expr) => {
    const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : '';
    money ||= name !== '' && /balance|equity|capital|networth|net_liq|cash|account_?value|^decimal$/i.test(name);
    return !money;
  });
  return money && value.kind !== 'binary' && value.kind !== 'compare';
}

interface Candidates {
  readonly assigns: readonly Reset[];
  readonly calls: readonly Call[];
}

const RESET_NAME = /day|daily/i;

/** Finds resets in stretches of a file. */
export class Resets {
  readonly #model: SourceModel;
  readonly #graph: CallGraph;
  readonly #known = new Map<FunctionModel, Reset | undefined>();
  #candidates: Candidates | undefined;

  constructor(model: SourceModel, graph: CallGraph) {
    this.#model = model;
    this.#graph = graph;
  }

  /** The first counter of a day's money that statements set back, themselves or by a function of this file. */
  in(statements: readonly Stmt[], depth = 0): Reset | undefined {
    const [first, last] = [statements[0], statements[statements.length - 1]];
    if (first === undefined || last === undefined) { return undefined; }
    const { assigns, calls } = this.#candidates ??= this.#collect();
    for (const one of assigns) { if (first.start <= one.at.start && one.at.end <= last.end) { return one; } }
    for (const call of calls) {
      const found = first.start <= call.start && call.end <= last.end ? this.#byCall(call, depth) : undefined;
      if (found !== undefined) { return found; }
    }
    return undefined;
  }

  /** Once a file: what sets something of a day back, and the calls that may. */
  #collect(): Candidates {
    const { statements, calls } = indexOf(this.#model);
    return {
      assigns: statements.flatMap(({ node }) => (node.kind === 'assign' ? this.#assigned(node) ?? [] : [])),
      calls: calls.flatMap(({ node }) => (this.#graph.called(node).length > 0 || RESET_NAME.test(lastName(node.callee) ?? '') ? [node] : [])),
    };
  }

  /** `self.daily_pnl = 0.0`, `dayStartBalance = acc.Balance()`; a variable of the moment is none that is kept. */
  #assigned(statement: Stmt & { readonly kind: 'assign' }): Reset | undefined {
    const { value } = statement;
    if (value === undefined || statement.op !== undefined || statement.declares === true || !isBeginning(value)) { return undefined; }
    for (const target of statement.targets) {
      const name = lastName(target) ?? '';
      if (isDayMoney(name) && (target.kind !== 'name' || this.#isKept(name))) { return { name, at: { start: target.start, end: target.end } }; }
    }
    return undefined;
  }

  /** Is a name given a value in more than one place? */
  #isKept(name: string): boolean {
    let count = 0;
    for (const { node } of indexOf(this.#model).statements) { if (node.kind === 'assign' && node.targets.some((target) => target.kind === 'name' && target.name === name)) { count += 1; } }
    return count > 1;
  }

  /** What a function sets back, if anything. */
  of(fn: FunctionModel, depth = 0): Reset | undefined {
    if (this.#known.has(fn)) { return this.#known.get(fn); }
    this.#known.set(fn, undefined);
    const found = this.in(fn.body, depth + 1);
    this.#known.set(fn, found);
    return found;
  }

  #byCall(call: Call, depth: number): Reset | undefined {
    const own = this.#graph.called(call);
    if (own.length > 0) {
      if (depth > 1 || own.length > 1) { return undefined; }
      const found = own[0] === undefined ? undefined : this.of(own[0], depth);
      return found === undefined ? undefined : { name: found.name, at: { start: call.callee.start, end: call.callee.end } };
    }
    const name = lastName(call.callee) ?? '';
    const words = wordsOf(name);
    if (!hasWord(words, RESETS) || !(words.includes('daily') || words.includes('day')) || hasWord(words, OTHERS) && !words.includes('limit') && !words.includes('limits')) { return undefined; }
    const on = call.callee.kind === 'member' ? lastName(call.callee.object) ?? '' : '';
    const money = hasWord(words, MONEY_WORDS) && words.some((word) => word !== 'start' && MONEY_WORDS.has(word));
    return money || words.includes('limits') || hasWord(wordsOf(on), KEEPERS) ? { name: `${on === '' ? '' : `${on}.`}${name}`, at: { start: call.callee.start, end: call.callee.end } } : undefined;
  }
}
