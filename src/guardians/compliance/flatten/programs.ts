/** The programs of a file: classes, experts and scripts that open positions by themselves. */
import type { ClassModel, SourceModel, Span } from '../../../core/source/model.ts';
import { frameworkOf } from '../../../core/source/roles.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { hasWord, wordsOf } from '../words.ts';
import { graphOf } from './call-graph.ts';
import type { Caller } from './call-graph.ts';
import { BOT_NAME, isProgramFile, runsOf } from './handlers.ts';
import type { Run } from './handlers.ts';
import { entriesOf } from './entry.ts';
import type { Entry } from './entry.ts';

/** Something that opens positions by itself. */
export interface Program {
  /** How a message calls it: `Momentum`, `This expert`, `This program`. */
  readonly what: string;
  readonly name?: Span;
  readonly class?: ClassModel;
  /** Its first order that opens. */
  readonly entry: Entry;
  readonly runs: readonly Run[];
  /** Bases outside this file that no framework's table knows. */
  readonly unknownBases: readonly string[];
}

/** Words of classes that send what others decide. */
const SERVICES: ReadonlySet<string> = new Set([
  'client', 'broker', 'adapter', 'gateway', 'connector', 'api', 'executor', 'execution', 'manager', 'service', 'router', 'wrapper', 'exchange', 'session', 'copier', 'relay', 'bridge', 'webhook', 'server', 'handler', 'helper', 'utils',
]);
const DECIDES: ReadonlySet<string> = new Set(['strategy', 'bot', 'trader', 'expert', 'algo', 'robot', 'scalper', 'runner']);
/** Of files that play a past market: nothing is held overnight there. */
export const PAST = /back_?test|(?:^|[/_-])(?:simulat\w{0,6}|research|optimi[sz]\w{0,6}|hyperopt|walk_?forward|replay|notebooks?)(?:[/_.-]|$)/i;
/** Exchanges of coins, which never close, and programs that play the past only. */
const NEVER_CLOSED = /\bccxt\b|binance|bybit|kraken|\bokx|coinbase|hyperliquid|deribit|kucoin|bitmex|bitget|freqtrade|hummingbot|solana|uniswap|web3|opentrader|\bjesse\b/i;
const PAST_ONLY = /^(?:backtrader|backtesting|vectorbt|vectorbtpro|zipline|bt|pyalgotrade|freqtrade|jesse|opentrader)$/;
const NEUTRAL = /^(?:abc\.|typing\.|builtins\.|object$|enum\.|threading\.|EventEmitter$|events\.|node:events|Thread$|Protocol$|ABC$)/;

/** Does a file play the past, or run by a framework that does mostly? */
export function playsPast(model: SourceModel): boolean {
  if (PAST.test(model.path)) { return true; }
  return model.language !== 'mql5' && model.imports.some((entry) => entry.level === 0 && PAST_ONLY.test(entry.module.split(/[./]/, 1)[0] ?? ''));
}

/** Does a file trade where no session ends? Whoever chose an account that forbids the night has to close there as well. */
export function neverCloses(model: SourceModel): boolean {
  return model.language !== 'mql5' && NEVER_CLOSED.test(model.source.text);
}

/** A person opens these: `onBtnBuyClick`. */
const BY_HAND = /click|button|btn|chart_?event|hot_?key|key_?press/i;

/** The programs of a file, in the order of their first orders. */
export function programsOf(model: SourceModel): readonly Program[] {
  const entries = entriesOf(model);
  if (entries.length === 0) { return []; }
  const graph = graphOf(model);
  const runs = runsOf(model, graph);
  if (model.language === 'mql5') { return expertOf(model, entries, runs); }
  const found: Program[] = [];
  const seen = new Set<ClassModel | undefined>();
  for (const entry of entries) {
    const cls = classAround(model, entry.site.function) ?? entry.site.class;
    if (seen.has(cls) || BY_HAND.test(entry.site.function?.name ?? '')) { continue; }
    const own = runs.filter(({ function: fn }) => belongs(model, fn, cls) && graph.below([fn]).has(entry.site.function));
    if (own.length === 0) { continue; }
    seen.add(cls);
    if (cls === undefined) { found.push({ what: 'This program', entry, runs: own, unknownBases: [] }); continue; }
    const words = wordsOf(cls.name);
    if (PAST.test(cls.name) || /paper|mock|fake|dummy|simulat/i.test(cls.name) || (hasWord(words, SERVICES) && !hasWord(words, DECIDES))) { continue; }
    const framework = frameworkOf(model, cls);
    if (framework !== undefined && framework.role !== 'strategy' && framework.role !== 'expert') { continue; }
    const unknown = framework !== undefined ? [] : lineageOf(model, cls).external.filter((name) => !NEUTRAL.test(name));
    if (framework === undefined && !lineageOf(model, cls).complete) { continue; }
    found.push({ what: cls.name.slice(0, 40), name: cls.nameSpan, class: cls, entry, runs: own, unknownBases: unknown });
  }
  return found;
}

/** An expert is its file; an include is part of the experts that take it in, and an indicator or a script runs no strategy. */
function expertOf(model: SourceModel, entries: readonly Entry[], runs: readonly Run[]): readonly Program[] {
  const [entry] = entries;
  if (!isProgramFile(model) || entry === undefined || runs.length === 0 || /#property\s{1,20}indicator_/.test(model.source.text)) { return []; }
  if (model.functions.some((fn) => fn.name === 'OnStart' || fn.name === 'OnCalculate')) { return []; }
  const handlers = runs.filter(({ function: fn }) => fn !== undefined && fn.class === undefined);
  const reached = graphOf(model).below(handlers.map(({ function: fn }) => fn));
  const first = entries.find(({ site }) => reached.has(site.function) && !BY_HAND.test(site.function?.name ?? ''));
  return first === undefined || handlers.length === 0 ? [] : [{ what: 'This expert', entry: first, runs: handlers, unknownBases: [] }];
}

/** The class a function is a method of, or is nested in one of. */
export function classAround(model: SourceModel, fn: Caller): ClassModel | undefined {
  let current: Caller = fn;
  for (let depth = 0; current !== undefined && depth < 20; depth++) {
    if (current.class !== undefined) { return model.classes[current.class]; }
    current = current.outer === undefined ? undefined : model.functions[current.outer];
  }
  return undefined;
}

/** A handler of the class itself, or of one of its descendants here, runs its orders; module code runs its own. */
function belongs(model: SourceModel, fn: Caller, cls: ClassModel | undefined): boolean {
  const own = classAround(model, fn);
  if (own === cls) { return true; }
  return own !== undefined && cls !== undefined && lineageOf(model, own).local.includes(cls);
}

/** Names of classes of this file whose whole ancestry is known here and is no framework's. */
export function plainClasses(model: SourceModel): readonly ClassModel[] {
  return model.classes.filter((cls) => {
    if (!BOT_NAME.test(cls.name) && !/base|abstract/i.test(cls.name)) { return false; }
    const lineage = lineageOf(model, cls);
    return lineage.complete && lineage.external.every((name) => NEUTRAL.test(name));
  });
}
