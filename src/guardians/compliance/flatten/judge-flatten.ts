/** Judges whether what opens positions also closes them by the clock, every day, and without a tick having to come. */
import type { Condition } from '../../../core/rules/condition.ts';
import type { Fact } from '../../../core/rules/facts.ts';
import type { Layer, Severity } from '../../../core/findings/finding.ts';
import type { ClassModel, SourceModel, Span } from '../../../core/source/model.ts';
import { timeOf } from '../../../core/time/dates.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import { limitsFor, strictestDeadline } from '../accounts.ts';
import { deadlinesOf } from '../deadline/verdict.ts';
import type { Deadline } from '../deadline/verdict.ts';
import { lastName } from '../named.ts';
import { listPacks } from '../packs/packs.ts';
import { graphOf } from './call-graph.ts';
import { isProgramFile } from './handlers.ts';
import { entryOrders } from './orders.ts';
import { classAround, neverCloses, plainClasses, playsPast, programsOf } from './programs.ts';
import type { Program } from './programs.ts';
import { TimedCloses } from './timed.ts';
import type { ByClock, Timed } from './timed.ts';

/** Messages of APX006. */
export type FlattenMessage = 'none' | 'friday' | 'ticks' | 'floating';

/** One thing to report. */
export interface FlattenVerdict {
  readonly messageId: FlattenMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: Layer;
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
  readonly when?: Condition;
}

/** What a file says, and what it tells others. */
export interface FlattenAnswer {
  readonly verdicts: readonly FlattenVerdict[];
  readonly facts: readonly Fact[];
}

/** Topic of the facts by which files tell each other who flattens by the clock. */
const TOPIC = 'flatten-by-clock';
/** Minutes before the deadline from which closing has room for a second try. */
const BUFFER_MINUTES = 2;

/** The verdicts on a file, one a program, and its facts. */
export function judgeFlatten(model: SourceModel, accounts: readonly AccountConfig[]): FlattenAnswer {
  if (playsPast(model)) { return { verdicts: [], facts: [] }; }
  const byClock = new TimedCloses(model, graphOf(model)).find();
  const programs = programsOf(model);
  const facts = factsOf(model, programs, byClock);
  const [deadline] = programs.length === 0 ? [] : deadlinesOf(strictestDeadline(limitsFor(accounts, listPacks())), BUFFER_MINUTES, accounts);
  if (deadline === undefined || (deadline.account === undefined && neverCloses(model))) { return { verdicts: [], facts }; }
  return { verdicts: programs.flatMap((program) => verdictsOn(model, program, programs, byClock, deadline)), facts };
}

function verdictsOn(model: SourceModel, program: Program, programs: readonly Program[], byClock: ByClock, deadline: Deadline): readonly FlattenVerdict[] {
  const mine = byClock.timed.filter((timed) => servesProgram(model, timed, program, programs));
  const daily = mine.filter(({ days }) => days === 'every');
  const base = baseOf(program, deadline);
  if (daily.length > 0) {
    const only = daily.find(({ strong }) => strong);
    const event = only === undefined ? undefined : marketOnly(model, program, daily);
    return event === undefined || only === undefined ? [] : [{
      ...base, messageId: 'ticks', severity: 'info', at: only.at, data: { ...base.data, event, timer: model.language === 'mql5' ? 'OnTimer' : 'a timer' },
      related: [{ at: program.entry.whole, message: 'opens positions' }], ...whenOf(model, program, false),
    }];
  }
  const opens = { at: program.entry.whole, message: 'opens positions' };
  const [floating] = byClock.floating;
  const [friday] = mine;
  const common = { ...base, related: program.name === undefined ? [] : [{ at: program.name, message: 'the strategy' }] };
  const verdict: FlattenVerdict = floating !== undefined ? { ...base, messageId: 'floating', at: floating.at, related: [{ at: floating.action, message: 'closes positions' }, opens] }
    : friday !== undefined ? { ...common, messageId: 'friday', related: [{ at: friday.at, message: 'closes on Fridays' }, ...common.related] } : { ...common, messageId: 'none' };
  if (program.unknownBases.length === 0) { return [{ ...verdict, ...whenOf(model, program, false) }]; }
  // The base is a framework's strategy, or a class of the project whose ancestry is known: one of both can hold.
  return [{ ...verdict, ...whenOf(model, program, false, { kind: 'extends', class: program.class?.qualifiedName ?? '', role: 'strategy' }) }, ...(program.unknownBases.length === 1 ? [{ ...verdict, ...whenOf(model, program, true) }] : [])];
}

function baseOf(program: Program, deadline: Deadline): Omit<FlattenVerdict, 'messageId' | 'related'> {
  return {
    at: program.entry.at, severity: deadline.account === undefined ? 'info' : 'warning', layer: deadline.layer,
    data: { what: program.what, deadline: `${deadline.text} ${deadline.letters}`, who: deadline.who, safe: timeOf(deadline.latest) },
    evidence: { deadline: `${deadline.text} ${deadline.zone}` },
    ...(deadline.account === undefined ? {} : { account: deadline.account }),
  };
}

/** Does a close by the clock close what a program opens? What stands in another program of the file does not. */
function servesProgram(model: SourceModel, timed: Timed, program: Program, programs: readonly Program[]): boolean {
  const cls = classAround(model, timed.function);
  if (cls === undefined || cls === program.class || program.class === undefined) { return true; }
  if (lineageOf(model, cls).local.includes(program.class) || lineageOf(model, program.class).local.includes(cls)) { return true; }
  return !programs.some((other) => other.class === cls);
}

/** What has to come before anything closes, where that is all that runs the closes; undefined where something else does. */
function marketOnly(model: SourceModel, program: Program, daily: readonly Timed[]): string | undefined {
  if (daily.some((timed) => timed.scheduled === true)) { return undefined; }
  const graph = graphOf(model);
  const above = graph.above(daily.map((timed) => timed.function));
  const runs = program.runs.filter((run) => above.has(run.function));
  if (runs.length === 0 || runs.some((run) => run.trigger === 'clock' || !run.sure) || program.unknownBases.length > 0) { return undefined; }
  if (hasTimer(model)) { return undefined; }
  const names = runs.map((run) => run.function?.name ?? '');
  return names.every((name) => /bar|candle|kline/i.test(name)) ? 'bar' : names.some((name) => /tick|quote/i.test(name)) ? 'tick' : 'message';
}

/** Does anything in the file run by a timer? What it calls may be where nobody looks. */
function hasTimer(model: SourceModel): boolean {
  if (model.language === 'mql5') {
    const timer = model.functions.find((fn) => fn.name === 'OnTimer');
    return timer !== undefined && timer.body.length > 0 && /EventSet(?:Millisecond)?Timer/.test(model.source.text);
  }
  return /set_?timer|set_?time_?alert|setInterval|setTimeout|schedul|cron|call_later|threading|Thread\(|asyncio\.sleep|time\.sleep/i.test(model.source.text);
}

// --------------------------------------------------------------- other files

/** What other files must, and must not, have said. */
function whenOf(model: SourceModel, program: Program, plain: boolean, more?: Condition): { readonly when: Condition } {
  const not = (name: string): Condition => ({ kind: 'named', topic: TOPIC, name, among: 'project', not: true });
  const has = (name: string): Condition => ({ kind: 'named', topic: TOPIC, name, among: 'project' });
  const of: Condition[] = [not('project')];
  if (more !== undefined) { of.push(more); }
  for (const base of program.unknownBases) {
    const name = base.slice(base.lastIndexOf('.') + 1);
    of.push(not(`class ${name}`));
    if (plain) { of.push(has(`plain ${name}`)); }
  }
  const includes = model.language === 'mql5' ? ownIncludes(model) : [];
  if (includes.length > 0) { of.push(not('include')); }
  for (const include of includes) { of.push(has(`file ${include}`)); }
  return { when: { kind: 'all', of } };
}

/** What the terminal brings in its Include folder. */
const STANDARD = /^(?:Trade|Arrays|Indicators|Expert|ChartObjects|Charts|Controls|Math|Files|Generic|Object|StdLib|Strings|Tools|Canvas|Graphics|OpenCL|WinAPI)[\\/.]|^(?:Object|StdLibErr|stdlib|stderror|WinUser32|VirtualKeys|MovingAverages|SmoothAlgorithms)\b/;

/** Includes that the terminal does not bring, by their file's name. */
function ownIncludes(model: SourceModel): readonly string[] {
  return [...new Set(model.imports.flatMap(({ module }) => (STANDARD.test(module.replace(/^[./\\]{1,20}/, '')) ? [] : [baseName(module)])))];
}

function baseName(path: string): string {
  return (path.split(/[\\/]/).pop() ?? path).replace(/\.mqh$/i, '').toLowerCase();
}

/** A strategy closes what is its own, whether or not its entries are in sight. */
function isStrategy(model: SourceModel, cls: ClassModel): boolean {
  return frameworkOf(model, cls) !== undefined || cls.bases.some((base) => /Strategy$/.test(lastName(base) ?? ''));
}

function factsOf(model: SourceModel, programs: readonly Program[], byClock: ByClock): readonly Fact[] {
  const names: string[] = plainClasses(model).map((cls) => `plain ${cls.name}`);
  const include = /\.mqh$/i.test(model.path);
  if (include && STANDARD.test(model.path.replace(/^.{0,400}?\bInclude\//i, ''))) { return []; }
  if (include) { names.push(`file ${baseName(model.path)}`); }
  const daily = byClock.timed.filter(({ days, strong }) => days === 'every' && strong);
  if (daily.length > 0) {
    if (include) { names.push('include'); }
    else if (isProgramFile(model)) { if (entryOrders(model).length === 0) { names.push('project'); } }
    else {
      const classes = daily.map((timed) => classAround(model, timed.function));
      const own = classes.every((cls) => cls !== undefined && (isStrategy(model, cls) || programs.some((program) => program.class === cls))) || (programs.length > 0 && programs.every((program) => program.class === undefined));
      names.push(...(own ? classes.flatMap((cls) => (cls === undefined ? [] : [`class ${cls.name}`])) : ['project']));
    }
  }
  const where = daily[0]?.at ?? { start: 0, end: 0 };
  return names.length === 0 ? [] : [{ kind: 'names', topic: TOPIC, names: [...new Set(names)], where }];
}
