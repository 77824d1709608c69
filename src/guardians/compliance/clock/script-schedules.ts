/**
 * Times at which a scheduler of npm calls a function: node-cron (github.com/node-cron/node-cron), cron
 * (github.com/kelektiv/node-cron), node-schedule, croner and NestJS' `@Cron`. Each takes a cron line of five fields or, with
 * seconds in front, six; without a zone it is read on the machine's clock.
 */
import type { Call, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { fieldOf, type Placed } from '../../../core/source/meaning/objects.ts';
import { siteOf } from '../../../core/source/names.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { argumentExpr } from '../named.ts';
import { secondsOfCron } from './cron-line.ts';
import type { Evaluator } from './evaluate.ts';
import { numberOf, textOf } from './value.ts';
import type { WallClock } from './value.ts';
import { clockOfZone, fixedClock } from './zones.ts';

/** A function and the time of day it is called at. */
export interface ScriptSchedule {
  /** What is called; absent for a decorated method. */
  readonly job?: Expr;
  readonly second: number;
  readonly clock: WallClock;
  readonly at: Span;
  readonly origins: readonly Span[];
  readonly names: readonly string[];
}

/** A call with what is needed to read it. */
interface View {
  readonly call: Call;
  readonly site: NameSite;
  readonly model: SourceModel;
  readonly evaluator: Evaluator;
}

type Reader = (view: View) => ScriptSchedule | undefined;

/** Last names of everything below: a call of another name is not looked at. */
export const SCRIPT_SCHEDULERS: ReadonlySet<string> = new Set(['schedule', 'createTask', 'CronJob', 'from', 'scheduleJob', 'Cron']);

/** The schedule a call of a script makes; undefined for one that is not known, or whose time or zone cannot be told. */
export function scriptSchedule(call: Call, site: NameSite, model: SourceModel, evaluator: Evaluator): ScriptSchedule | undefined {
  const qualified = qualifiedName(model, call.callee, site);
  const reader = qualified === undefined ? undefined : READERS.get(qualified);
  return reader?.({ call, site, model, evaluator });
}

const both = (module: string, name: string, reader: Reader): [string, Reader][] => [[`${module}.${name}`, reader], [`${module}.default.${name}`, reader]];

/** `cron.schedule('59 16 * * *', flatten, { timezone })`. */
const nodeCron: Reader = (view) => lineAt(view, argument(view, 0), argument(view, 1), zoneIn(view, argument(view, 2), 'timezone'));

/** `new CronJob('0 59 16 * * *', flatten, null, true, zone)`, or the same in one object. */
const cronJob: Reader = (view) => {
  const first = argument(view, 0);
  if (first?.expr.kind === 'collection') { return cronJobFrom(view); }
  const [zone, offset] = [argument(view, 4), argument(view, 7)];
  return lineAt(view, first, argument(view, 1), isGiven(zone) ? named(view, zone) : isGiven(offset) ? offsetOf(view, offset) : 'local');
};

const cronJobFrom: Reader = (view) => {
  const options = argument(view, 0);
  const [zone, offset] = [option(view, options, 'timeZone'), option(view, options, 'utcOffset')];
  const clock = isGiven(zone) ? named(view, zone) : isGiven(offset) ? offsetOf(view, offset) : 'local';
  return isReadable(options) ? lineAt(view, option(view, options, 'cronTime'), option(view, options, 'onTick'), clock) : undefined;
};

/** croner: `new Cron('59 16 * * *', { timezone }, flatten)`, in either order. */
const croner: Reader = (view) => {
  const [second, third] = [argument(view, 1), argument(view, 2)];
  const [options, job] = isOptions(view, second) || third !== undefined && !isOptions(view, third) ? [second, third] : [third, second];
  return lineAt(view, argument(view, 0), job, zoneIn(view, options, 'timezone'));
};

/** `@Cron('59 16 * * *', { timeZone })`. */
const nestCron: Reader = (view) => lineAt(view, argument(view, 0), undefined, zoneIn(view, argument(view, 1), 'timeZone'));

/** `schedule.scheduleJob(rule, flatten)`, with a name in front or not. */
const nodeSchedule: Reader = (view) => {
  const position = argument(view, 2) === undefined ? 0 : 1;
  const [rule, job] = [argument(view, position), argument(view, position + 1)];
  if (rule === undefined) { return undefined; }
  const line = option(view, rule, 'rule');
  if (line !== undefined) { return lineAt(view, line, job, zoneIn(view, rule, 'tz')); }
  const fields = fieldsOf(view, rule);
  return fields === undefined ? lineAt(view, rule, job, 'local') : fieldsAt(view, fields, job);
};

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...both('node-cron', 'schedule', nodeCron), ...both('node-cron', 'createTask', nodeCron),
  ...both('cron', 'CronJob', cronJob), ...both('cron', 'CronJob.from', cronJobFrom),
  ...both('node-schedule', 'scheduleJob', nodeSchedule),
  ...both('croner', 'Cron', croner), ['croner.default', croner], ['croner', croner],
  ['@nestjs/schedule.Cron', nestCron],
]);

// ------------------------------------------------------------------------ parts

function argument({ call, site }: View, position: number): Placed | undefined {
  const expr = argumentExpr(call, position);
  return expr === undefined ? undefined : { expr, site };
}

/** A field of an object literal, or of the one a name stands for. */
function option({ model }: View, object: Placed | undefined, key: string): Placed | undefined {
  if (object === undefined) { return undefined; }
  const { expr, site } = object;
  return fieldOf(model, { kind: 'member', start: expr.start, end: expr.end, object: expr, property: key, propertySpan: expr }, site);
}

/** A literal without spreads or computed keys: what is not in it is not given. */
function isReadable(object: Placed | undefined): boolean {
  const expr = object?.expr;
  return expr?.kind === 'collection' && expr.type === 'dict' && (expr.keys ?? []).every((key) => key?.kind === 'literal');
}

function isOptions({ model }: View, placed: Placed | undefined): boolean {
  if (placed === undefined || placed.expr.kind === 'collection') { return placed !== undefined; }
  const [only, ...others] = placed.expr.kind === 'name' ? definitionsOf(model, placed.expr.name, placed.site, placed.expr.start) : [];
  return others.length === 0 && only?.value?.kind === 'collection';
}

/** Given, and not as `null` or `undefined`. */
function isGiven(placed: Placed | undefined): placed is Placed {
  return placed !== undefined && !(placed.expr.kind === 'literal' && placed.expr.type === 'none') && !(placed.expr.kind === 'name' && placed.expr.name === 'undefined');
}

/** The clock of a zone's name; undefined where it cannot be told. */
function named({ evaluator }: View, zone: Placed): WallClock | undefined {
  const name = textOf(evaluator.value(zone.expr, zone.site));
  return name === undefined ? undefined : clockOfZone(name, { start: zone.expr.start, end: zone.expr.end });
}

/** The clock that options name: the machine's where they name none, undefined where they cannot be read. */
function zoneIn(view: View, options: Placed | undefined, key: string): WallClock | 'local' | undefined {
  if (!isGiven(options)) { return 'local'; }
  const zone = option(view, options, key);
  return isGiven(zone) ? named(view, zone) : isReadable(literalBehind(view, options)) ? 'local' : undefined;
}

function literalBehind({ model }: View, placed: Placed): Placed | undefined {
  if (placed.expr.kind !== 'name') { return placed; }
  const [only, ...others] = definitionsOf(model, placed.expr.name, placed.site, placed.expr.start);
  return only?.value === undefined || others.length > 0 ? undefined : { expr: only.value, site: siteOf(only) };
}

/** cron's `utcOffset`: below 60 hours, else minutes. */
function offsetOf({ evaluator }: View, offset: Placed): WallClock | undefined {
  const given = numberOf(evaluator.value(offset.expr, offset.site));
  return given === undefined ? undefined : fixedClock(Math.abs(given) < 60 ? given * 60 : given, 'named', { start: offset.expr.start, end: offset.expr.end });
}

// ------------------------------------------------------------------------ times

function lineAt({ evaluator }: View, line: Placed | undefined, job: Placed | undefined, clock: WallClock | 'local' | undefined): ScriptSchedule | undefined {
  if (line === undefined || clock === undefined) { return undefined; }
  const value = evaluator.value(line.expr, line.site);
  const second = secondsOfCron(textOf(value) ?? '', true);
  if (second === undefined || value?.kind !== 'scalar') { return undefined; }
  const at = { start: line.expr.start, end: line.expr.end };
  return { ...(job === undefined ? {} : { job: job.expr }), second, clock: clock === 'local' ? { kind: 'local', root: at } : clock, at, origins: value.origins, names: value.names };
}

/** A field of a rule and where it begins, its key included. */
interface Field extends Placed {
  readonly start: number;
}

type Fields = (key: string) => Field | undefined;

/** `{ hour: 16, minute: 59, tz }`: a minute that is not given is every one, the first of them counts. */
function fieldsAt(view: View, field: Fields, job: Placed | undefined): ScriptSchedule | undefined {
  const [hourAt, minuteAt, zone] = [field('hour'), field('minute'), field('tz')];
  const read = (placed: Placed | undefined): number | undefined => (placed === undefined ? undefined : numberOf(view.evaluator.value(placed.expr, placed.site)));
  const [hour, minute] = [read(hourAt), minuteAt === undefined ? 0 : read(minuteAt)];
  if (hourAt === undefined || hour === undefined || minute === undefined) { return undefined; }
  const last = minuteAt ?? hourAt;
  const at = { start: Math.min(hourAt.start, last.start), end: Math.max(hourAt.expr.end, last.expr.end) };
  const clock = isGiven(zone) ? named(view, zone) : { kind: 'local' as const, root: at };
  const origins = [hourAt.expr, last.expr].map(({ start, end }) => ({ start, end }));
  return clock === undefined ? undefined : { ...(job === undefined ? {} : { job: job.expr }), second: hour * 3600 + minute * 60, clock, at, origins, names: [] };
}

/** The fields of a rule: an object literal, or `const rule = new schedule.RecurrenceRule()` and what the same function assigns. */
function fieldsOf(view: View, rule: Placed): Fields | undefined {
  const literal = literalBehind(view, rule);
  if (literal === undefined) { return undefined; }
  if (isReadable(literal) && literal.expr.kind === 'collection') {
    const keys = literal.expr.keys ?? [];
    return (name) => {
      const found = option(view, rule, name);
      const key = keys.findLast((one) => one?.kind === 'literal' && one.value === name);
      return found === undefined ? undefined : { ...found, start: key?.start ?? found.expr.start };
    };
  }
  return recurrence(view, rule, literal);
}

function recurrence({ model }: View, rule: Placed, made: Placed): Fields | undefined {
  if (rule.expr.kind !== 'name' || made.expr.kind !== 'call' || made.expr.args.length > 0) { return undefined; }
  if (!/^node-schedule\.(?:default\.)?RecurrenceRule$/.test(qualifiedName(model, made.expr.callee, made.site) ?? '')) { return undefined; }
  const fields = new Map<string, Field | undefined>();
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'assign' || node.value === undefined || site.function !== rule.site.function) { continue; }
    for (const target of node.targets) {
      if (target.kind !== 'member' || target.object.kind !== 'name' || target.object.name !== rule.expr.name) { continue; }
      fields.set(target.property, fields.has(target.property) ? undefined : { expr: node.value, site, start: target.start });
    }
  }
  // Assigned twice, nobody knows which holds.
  return [...fields.values()].includes(undefined) ? undefined : (name) => fields.get(name);
}
