/**
 * Which names of a file may carry a time of day: one cheap pass by name alone, so that the exact reading is asked about few
 * conditions. It may name too many, never too few of what the reading could follow.
 */
import type { Expr, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { deadlineName } from '../words.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';

/** Calls that read a clock or turn a stamp into a time. */
const CLOCK_CALLS: ReadonlySet<string> = new Set([
  'now', 'utcnow', 'today', 'localtime', 'gmtime', 'strftime', 'time', 'time_ns', 'utc_now', 'local_now', 'timestamp', 'timestamp_ns', 'timestamp_ms',
  'fromtimestamp', 'utcfromtimestamp', 'Timestamp', 'to_datetime', 'unix_nanos_to_dt', 'maybe_unix_nanos_to_dt', 'unix_nanos_to_datetime', 'symbol_info_tick',
  'TimeCurrent', 'TimeTradeServer', 'TimeLocal', 'TimeGMT', 'Hour', 'Minute',
  'astimezone', 'tz_convert', 'in_timezone', 'in_tz',
  'Date', 'DateTimeFormat', 'getHours', 'getMinutes', 'getUTCHours', 'getUTCMinutes', 'getTime', 'toLocaleString', 'toLocaleTimeString', 'toTimeString',
  'fromMillis', 'fromJSDate', 'setZone', 'dayjs', 'moment', 'toZonedTime', 'utcToZonedTime', 'formatInTimeZone', 'tz', 'setHours', 'setUTCHours',
]);
/** Modules that are called themselves to read the clock. */
const CLOCK_MODULES: ReadonlySet<string> = new Set(['dayjs', 'moment', 'moment-timezone']);
const CLOCK_MEMBERS: ReadonlySet<string> = new Set(['ts_event', 'ts_init', 'ts_last', 'tm_hour', 'tm_min']);
/** Names that say whose clock they hold. */
const CLOCK_NAMES = /(?:^|_)(?:et|est|edt|ny|nyc|ct|cst|utc|gmt|server|broker|eastern|york|chicago)(?:_|$)|(?:now|time)_?(?:ET|Et|NY|UTC|Utc)|^(?:et|ny|utc|server|broker)(?:Now|Time|Hour|Minute|Date|Clock)/;

/** Something that gets its value from an expression: a name from an assignment, a function from its returns. */
interface Flow {
  readonly to: readonly string[];
  readonly from: readonly string[];
}

/** What the names of a file may carry. */
export interface CarriedNames {
  /** A time of day. */
  readonly time: ReadonlySet<string>;
  /** A deadline for being flat, by the name of one it comes from. */
  readonly flat: ReadonlySet<string>;
}

const remembered = new ModelFact<CarriedNames>();

/** Names of variables, attributes, parameters and functions that may carry a time of day or a deadline. */
export function carriedNames(model: SourceModel): CarriedNames {
  let names = remembered.get(model);
  if (names === undefined) {
    names = collect(model);
    remembered.set(model, names);
  }
  return names;
}

/** Does an expression use one of the names? */
export function mentionsAny(expr: Expr, names: ReadonlySet<string>): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    found ||= namesIn(inner).some((name) => names.has(name));
    return !found;
  });
  return found;
}

/** Does an expression read a clock, or use a name that may carry a time? */
export function mentionsTime(expr: Expr, names: ReadonlySet<string>): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    found ||= readsClock(inner) || namesIn(inner).some((name) => names.has(name) || CLOCK_NAMES.test(name));
    return !found;
  });
  return found;
}

function readsClock(expr: Expr): boolean {
  if (expr.kind === 'call') { const name = lastName(expr); return name !== undefined && CLOCK_CALLS.has(name); }
  return expr.kind === 'member' && CLOCK_MEMBERS.has(expr.property);
}

function namesIn(expr: Expr): readonly string[] {
  if (expr.kind === 'name') { return [expr.name]; }
  if (expr.kind === 'member') { return [expr.property]; }
  return expr.kind === 'index' && expr.indices[0]?.kind === 'literal' && typeof expr.indices[0].value === 'string' ? [expr.indices[0].value] : [];
}

function collect(model: SourceModel): CarriedNames {
  const flows: Flow[] = [];
  const byName = functionsByName(model);
  const index = indexOf(model);
  for (const { node, site } of index.statements) {
    if (node.kind === 'assign' && node.value !== undefined) { flows.push({ to: node.targets.flatMap(targetNames), from: mentions(node.value, model) }); }
    if (node.kind === 'return' && node.value !== undefined && site.function !== undefined && site.function.name !== '') {
      flows.push({ to: [site.function.name], from: mentions(node.value, model) });
    }
  }
  for (const { node } of index.calls) {
    const to = node.args.length === 0 ? [] : byName.get(lastName(node) ?? '')?.flatMap((fn) => fn.parameters.map((parameter) => parameter.name)) ?? [];
    if (to.length > 0) { flows.push({ to, from: node.args.flatMap((argument) => mentions(argument.value, model)) }); }
  }
  for (const { node } of model.language === 'mql5' ? index.calls : []) {
    // `TimeToStruct(TimeCurrent(), dt)` and `TimeCurrent(dt)` fill a structure in.
    const source = readsClock(node) ? [SOURCE] : lastName(node) === 'TimeToStruct' ? node.args.flatMap((argument) => mentions(argument.value, model)) : [];
    if (source.length > 0) { flows.push({ to: node.args.flatMap((argument) => targetNames(argument.value)), from: source }); }
  }
  for (const { node } of index.walruses) {
    const [target, value] = node.parts;
    if (target !== undefined && value !== undefined) { flows.push({ to: targetNames(target), from: mentions(value, model) }); }
  }
  const renamed = renamedClocks(model);
  return {
    time: new Set([...spread(flows, (name) => name === SOURCE || renamed.has(name) || CLOCK_NAMES.test(name)), ...renamed]),
    flat: spread(flows, (name) => deadlineName(name) === 'flat'),
  };
}

/** `from time import localtime as here`, `import clock from 'dayjs'`: calls of these names read a clock as well. */
function renamedClocks(model: SourceModel): ReadonlySet<string> {
  return new Set(model.imports.flatMap(({ module, name, alias }) => (
    alias !== name && (name === undefined || name === 'default' ? CLOCK_MODULES.has(module) : CLOCK_CALLS.has(name)) ? [alias] : [])));
}

/** A source stands for itself: this name no identifier can have. */
const SOURCE = '*clock*';

function mentions(expr: Expr, model: SourceModel): readonly string[] {
  const found: string[] = [];
  walkExpression(expr, (inner) => {
    addMentioned(inner, found);
    if (inner.kind === 'lambda') {
      const body = model.functions[inner.function]?.body[0];
      if (body?.kind === 'return' && body.value !== undefined) { walkExpression(body.value, (deep) => { addMentioned(deep, found); }); }
    }
  });
  return found;
}

/** Every expression of a file comes by here: no list is made for the few that say something. */
function addMentioned(expr: Expr, found: string[]): void {
  switch (expr.kind) {
    case 'name': found.push(expr.name); break;
    case 'call': if (readsClock(expr)) { found.push(SOURCE); } break;
    case 'member':
      if (readsClock(expr)) { found.push(SOURCE); }
      found.push(expr.property);
      break;
    case 'index': for (const name of namesIn(expr)) { found.push(name); } break;
    default: break;
  }
}

function targetNames(target: Expr): readonly string[] {
  if (target.kind === 'collection') { return target.items.flatMap((item) => (item.kind === 'collection' ? [] : targetNames(item))); }
  return namesIn(target);
}

function functionsByName(model: SourceModel): ReadonlyMap<string, readonly FunctionModel[]> {
  const found = new Map<string, FunctionModel[]>();
  for (const fn of model.functions) {
    if (fn.name === '') { continue; }
    const list = found.get(fn.name) ?? [];
    list.push(fn);
    found.set(fn.name, list);
  }
  return found;
}

/** Follows the flows from the names that begin them to every name they reach. */
function spread(flows: readonly Flow[], begins: (name: string) => boolean): ReadonlySet<string> {
  const uses = new Map<string, Flow[]>();
  const names = new Set<string>();
  const pending: string[] = [];
  const reach = (name: string): void => { if (!names.has(name)) { names.add(name); pending.push(name); } };
  for (const flow of flows) {
    for (const name of new Set(flow.from)) {
      const list = uses.get(name);
      if (list !== undefined) { list.push(flow); continue; }
      uses.set(name, [flow]);
      if (begins(name)) { reach(name); }
    }
    for (const name of flow.to) { if (begins(name)) { reach(name); } }
  }
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const flow of uses.get(name) ?? []) { flow.to.forEach(reach); }
  }
  return names;
}
