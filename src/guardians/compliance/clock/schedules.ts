/** Times at which a scheduler or a clock calls something that closes positions. */
import type { Call, Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { argumentExpr, lastName } from '../named.ts';
import { deadlineName } from '../words.ts';
import type { Decision, Decisions } from './decisions.ts';
import type { Evaluator } from './evaluate.ts';
import { DAY_SECONDS, numberOf, secondsOfText, textOf } from './value.ts';
import type { Scalar, Value, WallClock } from './value.ts';
import { clockOfZone, newYork, utc } from './zones.ts';

/** A time of day and the clock it is on; `second` is absent where only the name of the time is known. */
interface ScheduledTime {
  readonly second?: number;
  readonly clock: WallClock;
  readonly at: Span;
  readonly origins: readonly Span[];
  readonly names: readonly string[];
}

/** Reads the schedules of a file. */
export class Schedules {
  readonly #model: SourceModel;
  readonly #evaluator: Evaluator;
  readonly #decisions: Decisions;
  readonly #found: Decision[] = [];

  constructor(model: SourceModel, evaluator: Evaluator, decisions: Decisions) {
    this.#model = model;
    this.#evaluator = evaluator;
    this.#decisions = decisions;
  }

  /** Every schedule that closes positions, in source order. */
  find(): readonly Decision[] {
    for (const { node, site } of indexOf(this.#model).calls) { this.#call(node, site); }
    for (const fn of this.#model.functions) { this.#decorated(fn); }
    return this.#found;
  }

  #call(call: Call, site: NameSite): void {
    switch (lastName(call.callee)) {
      case 'do': this.#dailyJob(call, site); break;
      case 'add_job': this.#cronJob(call, site); break;
      case 'set_time_alert': case 'set_time_alert_ns': this.#timeAlert(call, site); break;
      case 'set_timer': this.#dailyTimer(call, site); break;
      case 'on': this.#timeRule(call, site); break;
      default: break;
    }
  }

  /** `schedule.every().day.at("16:59", "America/New_York").do(flatten)`. */
  #dailyJob(call: Call, site: NameSite): void {
    const at = call.callee.kind === 'member' ? call.callee.object : undefined;
    const job = argumentExpr(call, 0);
    if (at?.kind !== 'call' || job === undefined) { return; }
    const time = this.#dailyTime(at, site);
    if (time !== undefined && this.#closes(job, site)) { this.#add(time, job, site); }
  }

  #dailyTime(at: Call, site: NameSite): ScheduledTime | undefined {
    if (lastName(at.callee) !== 'at') { return undefined; }
    const written = argumentExpr(at, 0);
    const value = written === undefined ? undefined : this.#evaluator.value(written, site);
    const text = textOf(value);
    const second = text === undefined ? undefined : secondsOfText(text);
    const opaque = value?.kind === 'scalar' && value.opaque === true;
    if (value?.kind !== 'scalar' || (second === undefined && !opaque)) { return undefined; }
    const zone = argumentExpr(at, 1, 'tz');
    const clock = zone === undefined ? this.#localAt(at) : this.#zone(zone, site);
    return clock === undefined ? undefined : { ...(second === undefined ? {} : { second }), clock, at: span(at), origins: value.origins, names: value.names };
  }

  #localAt(at: Call): WallClock {
    const start = at.callee.kind === 'member' ? at.callee.propertySpan.start : at.start;
    return { kind: 'local', root: { start, end: at.end } };
  }

  /** APScheduler: `add_job(flatten, "cron", hour=16, minute=59, timezone=…)` or with a `CronTrigger`. */
  #cronJob(call: Call, site: NameSite): void {
    const job = argumentExpr(call, 0, 'func');
    const trigger = argumentExpr(call, 1, 'trigger');
    if (job === undefined || trigger === undefined) { return; }
    const time = this.#cronTime(call, trigger, site);
    if (time !== undefined && this.#closes(job, site)) { this.#add(time, job, site); }
  }

  #cronTime(call: Call, trigger: Expr, site: NameSite): ScheduledTime | undefined {
    const fields = trigger.kind === 'call' ? trigger : textOf(this.#evaluator.value(trigger, site)) === 'cron' ? call : undefined;
    if (fields === undefined) { return undefined; }
    const zone = argumentExpr(fields, 99, 'timezone');
    const owner = call.callee.kind === 'member' ? this.#schedulerZone(call.callee.object, site) : undefined;
    const clock = zone === undefined ? owner ?? { kind: 'local' as const, root: span(fields === call ? call : fields) } : this.#zone(zone, site);
    if (clock === undefined) { return undefined; }
    const crontab = lastName(fields.callee) === 'from_crontab' ? argumentExpr(fields, 0) : undefined;
    if (crontab !== undefined) {
      const value = this.#evaluator.value(crontab, site);
      const second = secondsOfCron(textOf(value) ?? '');
      return second === undefined || value?.kind !== 'scalar' ? undefined : { second, clock, at: span(crontab), origins: value.origins, names: value.names };
    }
    const [hour, minute] = [this.#number(fields, 'hour', site), this.#number(fields, 'minute', site)];
    const first = fields.args.find((argument) => argument.name === 'hour');
    const last = fields.args.find((argument) => argument.name === 'minute') ?? first;
    if (hour === undefined || first === undefined || last === undefined) { return undefined; }
    const at = { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
    return { second: hour * 3600 + (minute ?? 0) * 60, clock: clock.kind === 'local' ? { ...clock, root: at } : clock, at, origins: [first.value, last.value].map(span), names: [] };
  }

  #number(call: Call, name: string, site: NameSite): number | undefined {
    const expr = argumentExpr(call, 99, name);
    const value = expr === undefined ? undefined : this.#evaluator.value(expr, site);
    const text = textOf(value);
    return numberOf(value) ?? (text !== undefined && /^\d{1,2}$/.test(text) ? Number(text) : undefined);
  }

  /** The zone a scheduler was made with. */
  #schedulerZone(receiver: Expr, site: NameSite): WallClock | undefined {
    const cls = receiver.kind === 'member' ? receiverClass(this.#model, receiver.object, site) : undefined;
    const definitions = receiver.kind === 'name' ? definitionsOf(this.#model, receiver.name, site, receiver.start)
      : cls !== undefined && receiver.kind === 'member' ? attributeDefinitions(this.#model, cls, receiver.property) : [];
    for (const definition of definitions) {
      const zone = definition.value?.kind === 'call' ? argumentExpr(definition.value, 99, 'timezone') : undefined;
      if (zone !== undefined) { return this.#zone(zone, siteOf(definition)); }
    }
    return undefined;
  }

  /** NautilusTrader: `clock.set_time_alert("flatten", when, self._flatten)`; a time without a zone is UTC there. */
  #timeAlert(call: Call, site: NameSite): void {
    const name = argumentExpr(call, 0, 'name');
    const when = argumentExpr(call, 1, 'alert_time') ?? argumentExpr(call, 99, 'alert_time_ns');
    const callback = argumentExpr(call, 2, 'callback');
    if (when === undefined) { return; }
    this.#alertAt(name, call.callee.kind === 'member' && call.callee.property.endsWith('_ns') ? momentOfNanos(when) : when, callback, call, site);
  }

  /** `clock.set_timer("flatten", timedelta(days=1), start_time, None, self._flatten)`: an alert every day. */
  #dailyTimer(call: Call, site: NameSite): void {
    const [interval, start] = [argumentExpr(call, 1, 'interval'), argumentExpr(call, 2, 'start_time')];
    const length = interval === undefined ? undefined : this.#evaluator.value(interval, site);
    if (start === undefined || length?.kind !== 'scalar' || length.unit !== 'span' || numberOf(length) !== DAY_SECONDS) { return; }
    this.#alertAt(argumentExpr(call, 0, 'name'), start, argumentExpr(call, 4, 'callback'), call, site);
  }

  #alertAt(name: Expr | undefined, when: Expr, callback: Expr | undefined, call: Call, site: NameSite): void {
    const label = name === undefined ? undefined : textOf(this.#evaluator.value(name, site));
    const closes = (callback !== undefined && this.#closes(callback, site)) || (label !== undefined && deadlineName(label) === 'flat');
    const value = closes ? this.#evaluator.value(when, site) : undefined;
    if (value?.kind !== 'moment' || !value.fixed) { return; }
    const second = value.second({ second: 0, month: 1, day: 16, weekday: 4 });
    if (second === undefined) { return; }
    const clock = value.clock.how === 'unzoned' ? utc(value.clock.root) : value.clock;
    this.#add({ second, clock, at: (value.origins.length === 1 ? value.origins[0] : undefined) ?? span(when), origins: value.origins, names: value.names }, callback ?? call, site);
  }

  /** QuantConnect: `schedule.on(date_rules…, time_rules.at(16, 59), self.flatten)`; its algorithms run on New York time unless told otherwise. */
  #timeRule(call: Call, site: NameSite): void {
    const rule = argumentExpr(call, 1);
    const action = argumentExpr(call, 2);
    if (rule?.kind !== 'call' || action === undefined || rule.callee.kind !== 'member' || !/^(?:at|At)$/.test(rule.callee.property)) { return; }
    if (!/time_?rules/i.test(lastName(rule.callee.object) ?? '')) { return; }
    const [hour, minute] = [0, 1].map((i) => { const expr = argumentExpr(rule, i); return expr === undefined ? 0 : numberOf(this.#evaluator.value(expr, site)); });
    if (hour === undefined || minute === undefined || argumentExpr(rule, 2) !== undefined || !this.#closes(action, site)) { return; }
    this.#add({ second: hour * 3600 + minute * 60, clock: newYork(span(rule)), at: span(rule), origins: [], names: [] }, action, site);
  }

  /** `@scheduler.scheduled_job("cron", hour=16, minute=59)` and `@repeat(every().day.at("16:59"))`. */
  #decorated(fn: FunctionModel): void {
    for (const decorator of fn.decorators) {
      if (decorator.kind !== 'call') { continue; }
      const name = lastName(decorator.callee);
      const trigger = argumentExpr(decorator, 0, 'trigger');
      if (trigger === undefined || (name !== 'scheduled_job' && name !== 'repeat')) { continue; }
      const time = name === 'repeat' ? (trigger.kind === 'call' ? this.#dailyTime(trigger, {}) : undefined) : this.#cronTime(decorator, trigger, {});
      if (time !== undefined && this.#decisions.functionCloses(fn)) { this.#add(time, fn.nameSpan, {}); }
    }
  }

  #closes(job: Expr, site: NameSite): boolean {
    return this.#decisions.callbackCloses(job, site);
  }

  #zone(expr: Expr, site: NameSite): WallClock | undefined {
    const value: Value | undefined = this.#evaluator.value(expr, site);
    if (value?.kind === 'zone') { return value.clock; }
    const name = textOf(value);
    return name === undefined ? undefined : clockOfZone(name, span(expr));
  }

  #add(time: ScheduledTime, action: Span, site: NameSite): void {
    const { second, clock, at, origins, names } = time;
    const condition: Scalar = {
      kind: 'scalar', unit: 'boolean', clock, dated: false, origins, names, tests: [at],
      at: (moment) => (second === undefined ? undefined : moment.second >= second),
      ...(second === undefined ? { opaque: true } : {}),
    };
    this.#found.push({ condition, at, action: span(action), site });
  }
}

/** The time in `int(when.timestamp() * 1e9)`, `when.value`, `dt_to_unix_nanos(when)`. */
function momentOfNanos(expr: Expr): Expr {
  let current = expr;
  for (let depth = 0; depth < 6; depth++) {
    if (current.kind === 'call' && current.callee.kind === 'name' && (current.callee.name === 'int' || current.callee.name === 'round') && current.args[0] !== undefined) { current = current.args[0].value; }
    else if (current.kind === 'binary' && current.ops.every((op) => op === '*')) { current = current.operands.find((operand) => operand.kind !== 'literal' && operand.kind !== 'binary') ?? current; }
    else if (current.kind === 'call' && current.callee.kind === 'member' && current.callee.property === 'timestamp') { return current.callee.object; }
    else if (current.kind === 'member' && current.property === 'value') { return current.object; }
    else { return current; }
  }
  return current;
}

function span(node: Span): Span {
  return { start: node.start, end: node.end };
}

/** Seconds after midnight of a cron line with a fixed minute and hour: `59 16 * * 1-5`. */
export function secondsOfCron(text: string): number | undefined {
  const match = /^(\d{1,2}) (\d{1,2}) \S{1,20} \S{1,20} \S{1,20}$/.exec(text.trim());
  const [minute, hour] = [Number(match?.[1]), Number(match?.[2])];
  return match === null || minute > 59 || hour > 23 ? undefined : hour * 3600 + minute * 60;
}
