/** Places of a file at which a day's money is set back because the calendar day is another one. */
import type { Call, Compare, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { Evaluator } from '../clock/evaluate.ts';
import { blocksOf } from '../clock/flow.ts';
import type { WallClock } from '../clock/value.ts';
import { clockOfZone } from '../clock/zones.ts';
import { indexOf } from '../file-index.ts';
import { argumentExpr, lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { graphOf } from '../flatten/call-graph.ts';
import type { CallGraph } from '../flatten/call-graph.ts';
import { DayKeys } from './day-key.ts';
import { isDayMoney, Resets } from './money-reset.ts';
import type { Reset } from './money-reset.ts';

/** A border between days of money. */
export interface Border {
  readonly at: Span;
  /** Whose midnight it is; absent where that cannot be told. */
  readonly clock?: WallClock;
  readonly reset: Reset;
  /** It counts what a day's history holds, rather than setting something back. */
  readonly counts?: true;
}

/** Finds the borders of a file. */
export class Borders {
  readonly #model: SourceModel;
  readonly #graph: CallGraph;
  readonly #evaluator: Evaluator;
  readonly #keys: DayKeys;
  readonly #resets: Resets;
  readonly #found: Border[] = [];

  constructor(model: SourceModel) {
    this.#model = model;
    this.#graph = graphOf(model);
    this.#evaluator = new Evaluator(model);
    this.#keys = new DayKeys(model, this.#evaluator, this.#graph);
    this.#resets = new Resets(model, this.#graph);
  }

  /** Every border, in source order. */
  find(): readonly Border[] {
    for (const { node, site } of indexOf(this.#model).statements) { if (node.kind === 'if') { this.#if(node, site); } }
    for (const { node, site } of indexOf(this.#model).calls) { this.#scheduled(node, site); }
    if (this.#model.language === 'mql5') { for (const { node, site } of indexOf(this.#model).calls) { this.#history(node, site); } }
    return [...this.#found].sort((a, b) => a.at.start - b.at.start);
  }

  #if(statement: Stmt & { readonly kind: 'if' }, site: Site): void {
    const [branch] = statement.branches;
    if (branch === undefined || statement.branches.length > 1) { return; }
    const parts = partsOf(branch.test);
    // At an hour, once a day: a report, or a task, whose day is its own.
    if (branch.test.kind === 'boolean' && parts.some(asksHour)) { this.#midnight(statement, parts, site); return; }
    for (const part of parts) {
      if (part.kind !== 'compare' || part.operands.length !== 2) { continue; }
      const other = part.ops[0] === '!=' || part.ops[0] === '!==' || part.ops[0] === '>' || part.ops[0] === '<';
      const same = part.ops[0] === '==' || part.ops[0] === '===';
      const reset = other ? this.#resets.in(branch.body) : same && leaves(branch.body) ? this.#resets.in(this.#rest(statement)) : undefined;
      if (reset === undefined) { continue; }
      const clock = this.#sides(part, site);
      if (clock !== undefined) { this.#found.push({ at: { start: part.start, end: part.end }, reset, ...clock }); return; }
    }
    this.#midnight(statement, parts, site);
  }

  /** The day one side names; the other is what was kept of it. */
  #sides(compare: Compare, site: Site): { readonly clock?: WallClock } | undefined {
    for (const [one, other] of [[compare.operands[0], compare.operands[1]], [compare.operands[1], compare.operands[0]]]) {
      if (one === undefined || other === undefined || !isKept(other)) { continue; }
      const key = this.#keys.keyOf(one, site);
      if (key !== undefined) { return key; }
    }
    return undefined;
  }

  /** `if now.hour == 0 and now.minute == 0: reset()`. */
  #midnight(statement: Stmt & { readonly kind: 'if' }, parts: readonly Expr[], site: Site): void {
    const hour = parts.find((part) => part.kind === 'compare' && part.ops[0] === '==' && part.operands[1]?.kind === 'literal' && String(part.operands[1].value) === '0' && /^(?:hour|tm_hour|getHours|getUTCHours|TimeHour)$/.test(lastName(part.operands[0] as Expr) ?? ''));
    const body = statement.branches[0]?.body ?? [];
    if (hour?.kind !== 'compare' || hour.operands[0] === undefined) { return; }
    const reset = this.#resets.in(body);
    const value = reset === undefined ? undefined : this.#evaluator.value(hour.operands[0], site);
    if (reset === undefined || value?.kind !== 'scalar' || value.clock === undefined) { return; }
    if (value.at({ second: 0, month: 1, day: 15, weekday: 3 }) !== 0) { return; }
    this.#found.push({ at: { start: hour.start, end: hour.end }, clock: value.clock, reset });
  }

  /** `schedule.every().day.at("00:00").do(reset_daily)`, `cron.schedule('0 0 * * *', resetDaily)`. */
  #scheduled(call: Call, site: Site): void {
    const name = lastName(call.callee) ?? '';
    if (name === 'do' && call.callee.kind === 'member' && call.callee.object.kind === 'call' && lastName(call.callee.object.callee) === 'at') {
      const [time, zone] = call.callee.object.args.map((argument) => argument.value);
      if (time?.kind !== 'literal' || time.value !== '00:00' || zone !== undefined && zone.kind !== 'literal') { return; }
      this.#planned(call, time, zone?.kind === 'literal' ? clockOfZone(String(zone.value), zone) : { kind: 'local', root: time }, call.args[0]?.value, site);
    }
    if ((name === 'schedule' || name === 'scheduleJob') && call.args[0]?.value.kind === 'literal') {
      const line = call.args[0].value;
      if (!/^(?:0 ){2,3}\*/.test(String(line.value))) { return; }
      const options = argumentExpr(call, 2);
      const at = options?.kind === 'collection' ? (options.keys ?? []).findIndex((key) => key?.kind === 'literal' && /^timezone$/i.test(String(key.value))) : -1;
      const zone = options?.kind === 'collection' ? options.items[at] : undefined;
      this.#planned(call, line, zone?.kind === 'literal' ? clockOfZone(String(zone.value), zone) : zone === undefined ? { kind: 'local', root: line } : undefined, argumentExpr(call, 1), site);
    }
  }

  #planned(call: Call, at: Span, clock: WallClock | undefined, job: Expr | undefined, site: Site): void {
    if (clock === undefined || job === undefined) { return; }
    const [fn] = this.#graph.functionsOf(job);
    const reset = fn === undefined ? undefined : this.#resets.of(fn);
    if (reset !== undefined && site.statement.start <= call.start) { this.#found.push({ at: { start: at.start, end: at.end }, clock, reset }); }
  }

  /** `HistorySelect(iTime(_Symbol, PERIOD_D1, 0), TimeCurrent())` in a function that sums the day's profit. */
  #history(call: Call, site: Site): void {
    if (lastName(call.callee) !== 'HistorySelect' || call.args[0] === undefined || site.function === undefined) { return; }
    const counted = dayMoneyIn(site.function);
    const key = counted ? this.#keys.keyOf(call.args[0].value, site) : undefined;
    if (key?.clock !== undefined) { this.#found.push({ at: call.args[0].value, clock: key.clock, reset: { name: site.function.name, at: site.function.nameSpan }, counts: true }); }
  }

  #rest(statement: Stmt): readonly Stmt[] {
    const block = blocksOf(this.#model).get(statement);
    return block === undefined ? [] : block.statements.slice(block.statements.indexOf(statement) + 1);
  }
}

/** `CalculateDailyPnL`, `TodayProfit`, `CheckDailyLossLimit`. */
function dayMoneyIn(fn: FunctionModel): boolean {
  const words = wordsOf(fn.name).filter((word) => word !== 'limit' && word !== 'max' && word !== 'check');
  return isDayMoney(words.join('_'));
}

/** What a kept day can be: a name, an attribute, an entry, or a part of one. */
function isKept(expr: Expr): boolean {
  if (expr.kind === 'literal') { return false; }
  let clock = false;
  walkExpression(expr, (inner) => { clock ||= inner.kind === 'call' && /^(?:now|utcnow|utc_now|today|TimeCurrent|TimeGMT|TimeLocal|TimeTradeServer|iTime|timedelta)$/.test(lastName(inner.callee) ?? ''); });
  return !clock;
}

/** `a and not b`, `a or b` → its comparisons. */
function partsOf(test: Expr): readonly Expr[] {
  return test.kind === 'boolean' ? test.operands.flatMap(partsOf) : [test];
}

/** `now.hour == target`, `minutes >= 600`. */
function asksHour(part: Expr): boolean {
  let hour = false;
  walkExpression(part, (expr) => { const name = expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) ?? '' : ''; hour ||= /hour|minute|time_of_day/i.test(name); });
  return hour;
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  return last?.kind === 'return' || last?.kind === 'continue';
}
