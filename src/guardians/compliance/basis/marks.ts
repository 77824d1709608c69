/** High-water marks and drawdowns of a file, each with the money that flows into it. */
import type { Assign, Compare, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasPhrase, hasWord, wordsOf } from '../words.ts';
import type { Basis, Flow } from './flow.ts';

/** What a mark is: the highest value so far; the present value in a drawdown from the peak or the start; in a loss of the day. */
export type MarkKind = 'peak' | 'current' | 'day';

/** A place where money becomes a high-water mark or a drawdown. */
export interface Mark {
  readonly kind: MarkKind;
  /** The money. */
  readonly at: Span;
  /** Further places in which the same money stands, to be mended together. */
  readonly also: readonly Span[];
  readonly basis: Basis;
  /** Key of the high-water mark that is raised, or that the drawdown is measured from. */
  readonly reference: string;
  readonly site: Site;
}

const PEAK_WORDS: ReadonlySet<string> = new Set(['peak', 'hwm', 'watermark', 'ath', 'peaks']);
const MONEY_WORDS: ReadonlySet<string> = new Set(['balance', 'equity', 'capital', 'account', 'value', 'nav', 'deposit', 'bal', 'water']);
const HIGH_WORDS: ReadonlySet<string> = new Set(['max', 'high', 'highest', 'top', 'best', 'maximum', 'record', 'biggest']);
const START_WORDS: ReadonlySet<string> = new Set(['start', 'starting', 'initial', 'init', 'begin', 'beginning', 'opening', 'deposit', 'base', 'baseline', 'original', 'capital']);
const DAY_WORDS: ReadonlySet<string> = new Set(['day', 'daily', 'today', 'session', 'midnight', 'sod', 'week', 'weekly', 'month', 'monthly', 'hour', 'morning', 'prev', 'previous', 'yesterday', 'd1']);
const DRAWDOWN_WORDS: ReadonlySet<string> = new Set(['drawdown', 'dd', 'mdd', 'loss', 'losses', 'breach', 'breached', 'mll', 'drawdowns', 'lost']);
const FLOOR_WORDS: ReadonlySet<string> = new Set(['floor', 'threshold', 'liquidation', 'breach', 'mll', 'stopout']);
/** Functions that size orders, and those that count or try out what was. */
const QUIET_WORDS: ReadonlySet<string> = new Set([
  'lot', 'lots', 'size', 'sizing', 'volume', 'quantity', 'qty', 'stake', 'kelly', 'shares', 'report', 'reports', 'reporting', 'backtest', 'backtester', 'backtesting', 'tester', 'test', 'simulate',
  'simulation', 'simulator', 'sim', 'replay', 'optimize', 'optimise', 'optimization', 'plot', 'chart', 'metrics', 'montecarlo',
]);
/** Functions that show what they measure. */
const SHOWN_WORDS: ReadonlySet<string> = new Set(['stats', 'statistics', 'summary', 'dashboard', 'panel', 'display', 'print', 'comment', 'draw', 'show', 'label', 'render', 'format', 'analyze', 'analyse', 'log', 'journal']);
const REPORT_FILE = /report|statistic|metric|dashboard|panel|display|plot|back_?test|simulat|optimi[sz]|analytics|visual|notebook/i;

/** Does a name say “the highest so far”: `peak`, `hwm`, `high_water_mark`, `maxBalance`? */
export function saysPeak(name: string): boolean {
  const words = wordsOf(name);
  if (hasWord(words, DAY_WORDS) || words.includes('price') || words.includes('profit') || words.includes('r')) { return false; }
  return hasWord(words, PEAK_WORDS) || hasPhrase(words, 'high', 'water') || (hasWord(words, HIGH_WORDS) && hasWord(words, MONEY_WORDS));
}

/** `peak` and `hwm` are for drawdowns; a `maxBalance` may be for anything. */
function saysPeakPlainly(name: string): boolean {
  const words = wordsOf(name);
  return saysPeak(name) && (hasWord(words, PEAK_WORDS) || hasPhrase(words, 'high', 'water'));
}

/** `start_balance`, `initial_capital`: what the account began with. */
export function saysStart(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, START_WORDS) && !hasWord(words, DAY_WORDS);
}

/** `day_start_equity`, `dailyOpenBalance`: what a day began with. */
export function saysDay(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, DAY_WORDS) && words.some((word) => MONEY_WORDS.has(word) || START_WORDS.has(word));
}

/** A value taken at some moment, not the present one. */
function saysSnapshot(name: string): boolean {
  return saysPeak(name) || saysStart(name) || hasWord(wordsOf(name), DAY_WORDS) || hasWord(wordsOf(name), new Set(['last', 'old', 'saved', 'entry', 'before']));
}

/** Names and keys alike: `self.peak`, `state["peak"]`, `g_peak`. */
export function nameOfKey(expr: Expr): string {
  if (expr.kind === 'index') {
    const key = expr.indices[0];
    return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : '';
  }
  if (expr.kind === 'call' && lastName(expr.callee) === 'get') {
    const key = expr.args[0]?.value;
    return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : '';
  }
  if (expr.kind === 'call' && /^(?:float|Decimal|double|Number|abs)$/.test(lastName(expr.callee) ?? '') && expr.args[0] !== undefined) { return nameOfKey(expr.args[0].value); }
  return expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'call' ? lastName(expr) ?? '' : '';
}

/** Is what a file measures meant for the running account, by its name: no report, no simulation? */
export function isMeasured(path: string): boolean {
  return !REPORT_FILE.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Does a function size orders, count what was, or only show what it measures? */
export function isQuiet(kind: MarkKind, site: Site): boolean {
  const fn = site.function === undefined ? [] : wordsOf(site.function.name);
  const cls = site.class === undefined ? [] : wordsOf(site.class.name);
  if (hasWord(fn, QUIET_WORDS) || hasWord(cls, QUIET_WORDS)) { return true; }
  if (kind !== 'peak' && (hasWord(fn, SHOWN_WORDS) || hasWord(cls, SHOWN_WORDS))) { return true; }
  return hasPhrase([...fn, ...cls], 'back', 'test');
}

/** Finds the marks of one file. */
export class Marks {
  readonly #model: SourceModel;
  readonly #flow: Flow;
  readonly #found: Mark[] = [];
  readonly #raised = new Set<string>();

  constructor(model: SourceModel, flow: Flow) {
    this.#model = model;
    this.#flow = flow;
  }

  /** Every mark, peaks first. */
  find(): readonly Mark[] {
    if (!isMeasured(this.#model.path)) { return []; }
    const index = indexOf(this.#model);
    for (const { node, site } of index.statements) {
      if (node.kind === 'assign') { this.#assigned(node, site); }
      if (node.kind === 'if') { this.#ratchet(node, site); }
    }
    for (const { node, site } of index.binaries) { this.#difference(node, site); }
    for (const { node, site } of index.compares) { this.#floor(node, site); }
    return this.#found;
  }

  #key(expr: Expr): string {
    return this.#flow.text(expr).replace(/\s+/g, '');
  }

  #add(mark: Omit<Mark, 'basis' | 'also'> & { readonly also?: readonly Span[] }, value: Expr): void {
    if (isQuiet(mark.kind, mark.site) || saysSnapshot(nameOfKey(value))) { return; }
    this.#found.push({ also: [], ...mark, basis: this.#flow.of(value, mark.site) });
  }

  // ------------------------------------------------------------------- peaks

  /** `peak = max(peak, balance)`, `peak = balance if balance > peak else peak`. */
  #assigned(node: Assign, site: Site): void {
    const [target] = node.targets;
    const value = node.value;
    if (target === undefined || value === undefined || node.op !== undefined || node.targets.length !== 1) { return; }
    const reference = this.#key(target);
    const name = nameOfKey(target);
    if (value.kind === 'conditional') {
      const compared = value.test.kind === 'compare' ? raising(value.test, (expr) => this.#key(expr)) : undefined;
      const kept = [value.then, value.else].find((branch) => this.#key(branch) === reference);
      const taken = [value.then, value.else].find((branch) => this.#key(branch) !== reference);
      if (kept === undefined || taken === undefined || compared === undefined || !compared.some((one) => one.low === reference || one.high === reference)) { return; }
      this.#peak(name, reference, taken, site, walkFor(value.test, this.#key(taken), (expr) => this.#key(expr)));
      return;
    }
    if (value.kind !== 'call' || !/^(?:max|fmax|MathMax|maximum)$/.test(lastName(value.callee) ?? '') || value.args.length < 2) { return; }
    const own = value.args.filter((argument) => this.#key(argument.value) === reference || walkFor(argument.value, reference, (expr) => this.#key(expr)).length > 0 || saysPeak(nameOfKey(argument.value)));
    if (own.length === 0 || own.length === value.args.length) { return; }
    for (const argument of value.args) { if (!own.includes(argument)) { this.#peak(name, reference, argument.value, site, []); } }
  }

  /** `if balance > peak: peak = balance`. */
  #ratchet(node: Extract<Site['statement'], { kind: 'if' }>, site: Site): void {
    for (const branch of node.branches) {
      const compares: Compare[] = [];
      walkExpression(branch.test, (expr) => { if (expr.kind === 'compare') { compares.push(expr); } });
      const raises = compares.flatMap((compare) => raising(compare, (expr) => this.#key(expr)));
      for (const statement of branch.body) {
        if (statement.kind !== 'assign' || statement.op !== undefined || statement.value === undefined || statement.targets.length !== 1) { continue; }
        const [target] = statement.targets;
        if (target === undefined) { continue; }
        const reference = this.#key(target);
        const taken = this.#key(statement.value);
        if (!raises.some((one) => one.low === reference && one.high === taken)) { continue; }
        const also = compares.flatMap((compare) => walkFor(compare, taken, (expr) => this.#key(expr)));
        this.#peak(nameOfKey(target), reference, statement.value, { ...site, statement }, also);
      }
    }
  }

  #peak(name: string, reference: string, value: Expr, site: Site, also: readonly Span[]): void {
    if (hasWord(wordsOf(name), DAY_WORDS) || wordsOf(name).includes('price')) { return; }
    this.#raised.add(reference);
    if (!saysPeakPlainly(name) && !this.#subtracted(reference)) { return; }
    this.#add({ kind: 'peak', at: spanOf(value), also, reference, site }, value);
  }

  /** Does the file measure a drawdown by what is called so? */
  #subtracted(reference: string): boolean {
    return indexOf(this.#model).binaries.some(({ node, site }) => node.ops.some((op) => op === '-' || op === '/') && node.operands.some((operand) => this.#key(operand) === reference) && this.#saysDrawdown(node, site));
  }

  // --------------------------------------------------------------- drawdowns

  /** `peak - balance`, `start - balance`, `balance - floor`, `1 - balance / peak`. */
  #difference(node: Expr & { readonly kind: 'binary' }, site: Site): void {
    const [first, second] = node.operands;
    if (first === undefined || second === undefined || node.operands.length > 3) { return; }
    const op = node.ops[0];
    // `peak - balance - open_pnl`: what else is taken off may be the open part.
    if (node.operands.slice(2).some((more) => this.#flow.of(more, site).kind !== 'constant')) { return; }
    if (op === '-') {
      if (first.kind === 'literal' && second.kind === 'binary') { return; }
      const above = this.#referenceKind(first, site);
      if (above !== undefined) { this.#measured(above, first, second, node, site); return; }
      const below = this.#referenceKind(second, site);
      if (below !== undefined) { this.#measured(below, second, first, node, site, true); } else if (this.#isFloor(second, site)) { this.#current(second, first, node, site); }
    } else if (op === '/' && first.kind !== 'binary') {
      // What is divided by the peak is the value itself; a difference is a mark of its own.
      const kind = this.#referenceKind(second, site);
      if (kind !== undefined && (kind === 'peak' || this.#saysDrawdown(node, site))) { this.#measured(kind, second, first, node, site, true); }
    }
  }

  #measured(kind: 'peak' | 'start' | 'day', reference: Expr, money: Expr, node: Expr, site: Site, gain = false): void {
    // What was gained since the start is a profit; from a peak nothing is gained.
    if ((gain || kind !== 'peak' || !saysPeakPlainly(nameOfKey(reference))) && !this.#saysDrawdown(node, site)) { return; }
    this.#current(reference, money, node, site, kind === 'day' ? 'day' : 'current');
  }

  #current(reference: Expr, money: Expr, _node: Expr, site: Site, kind: MarkKind = 'current'): void {
    if (isShown(site)) { return; }
    this.#add({ kind, at: spanOf(money), reference: this.#key(reference), site }, money);
  }

  /** `balance <= floor`. */
  #floor(node: Compare, site: Site): void {
    const [left, right] = node.operands;
    if (left === undefined || right === undefined || node.operands.length !== 2 || !/^[<>]=?$/.test(node.ops[0] ?? '')) { return; }
    for (const [money, level] of [[left, right], [right, left]] as const) {
      if (this.#isFloor(level, site)) { this.#current(level, money, node, site); return; }
      // `balance < peak * 0.9`, `balance <= peak - allowance`.
      const from = level.kind === 'binary' && level.operands[0] !== undefined && (level.ops[0] === '*' || level.ops[0] === '-') ? level.operands[0] : undefined;
      const kind = from === undefined ? undefined : this.#referenceKind(from, site);
      if (from !== undefined && kind !== undefined && (level.kind === 'binary' && (level.ops[0] === '-' || kind === 'peak'))) { this.#measured(kind, from, money, node, site, true); return; }
    }
  }

  #isFloor(expr: Expr, site: Site): boolean {
    const name = nameOfKey(expr);
    const words = wordsOf(name);
    if (words.some((word) => word === 'pct' || word === 'percent' || word === 'ratio' || word === 'profit' || word === 'price')) { return false; }
    if (words.includes('floor') && (words.length === 1 || words.some((word) => DRAWDOWN_WORDS.has(word) || MONEY_WORDS.has(word) || word === 'trailing'))) { return true; }
    if (hasWord(words, FLOOR_WORDS) && words.some((word) => DRAWDOWN_WORDS.has(word) || word === 'trailing' || word === 'account')) { return true; }
    // `self.min_balance = self.initial_balance - self.max_drawdown`.
    const definitions = expr.kind === 'name' ? definitionsOf(this.#model, expr.name, site) : expr.kind === 'member' ? definitionsFor(this.#model, expr, site) : [];
    return definitions.some(({ value }) => value?.kind === 'binary' && value.ops[0] === '-' && value.operands[0] !== undefined && this.#referenceKind(value.operands[0], site) !== undefined
      && value.operands[1] !== undefined && hasWord(wordsOf(nameOfKey(value.operands[1])), DRAWDOWN_WORDS));
  }

  #referenceKind(expr: Expr, _site: NameSite): 'peak' | 'start' | 'day' | undefined {
    const name = nameOfKey(expr);
    if (name === '') { return undefined; }
    if (saysDay(name)) { return 'day'; }
    if (this.#raised.has(this.#key(expr)) || saysPeak(name)) { return 'peak'; }
    return saysStart(name) ? 'start' : undefined;
  }

  /** Do the names around an expression say that it is a drawdown or a loss: its target, its function, what it is compared with? */
  #saysDrawdown(node: Expr, site: Site): boolean {
    const names: string[] = [];
    const { statement } = site;
    if (statement.kind === 'assign') { names.push(...statement.targets.map(nameOfKey)); } else if (statement.kind === 'return') { names.push(site.function?.name ?? ''); }
    for (const expr of expressionsOf(statement)) {
      if (node.start < expr.start || node.end > expr.end) { continue; }
      walkExpression(expr, (inner) => { if (inner.kind === 'compare' && inner.start <= node.start && inner.end >= node.end) { walkExpression(inner, (part) => { if (part.kind === 'name' || part.kind === 'member') { names.push(lastName(part) ?? ''); } }); } });
    }
    return names.some((name) => hasWord(wordsOf(name), DRAWDOWN_WORDS) || /^(?:dd|used)$|drawdown/i.test(name));
  }
}

function spanOf(expr: Expr): Span {
  return { start: expr.start, end: expr.end };
}

/** What must be the greater for a comparison to hold. */
function raising(compare: Compare, key: (expr: Expr) => string): readonly { readonly high: string; readonly low: string }[] {
  const [left, right] = compare.operands;
  const [op] = compare.ops;
  if (left === undefined || right === undefined || compare.operands.length !== 2) { return []; }
  if (op === '>' || op === '>=') { return [{ high: key(left), low: key(right) }]; }
  return op === '<' || op === '<=' ? [{ high: key(right), low: key(left) }] : [];
}

/** Places below an expression with this text. */
function walkFor(root: Expr, wanted: string, key: (expr: Expr) => string): readonly Span[] {
  const found: Span[] = [];
  walkExpression(root, (expr) => {
    if (key(expr) !== wanted) { return true; }
    found.push(spanOf(expr));
    return false;
  });
  return found;
}

/** A statement that only prints, logs or shows. */
function isShown(site: Site): boolean {
  if (site.statement.kind !== 'expression' || site.statement.value.kind !== 'call') { return false; }
  return /^(?:print|Print|PrintFormat|printf|Comment|Alert|log|info|debug|warning|warn|error|log_message|ObjectSetString|SendNotification|send_message)$/.test(lastName(site.statement.value.callee) ?? '');
}
