/** The framework tables, indexed for look-up. Which name means what is data; the engine asks for roles. */
import type { EntryClass, Language } from '../model.ts';
import alpaca from './alpaca.json';
import backtrader from './backtrader.json';
import ccxt from './ccxt.json';
import conventions from './conventions.json';
import freqtrade from './freqtrade.json';
import ibInsync from './ib-insync.json';
import javascript from './javascript.json';
import lumibot from './lumibot.json';
import metatrader5 from './metatrader5.json';
import mql5 from './mql5.json';
import nautilusTrader1 from './nautilus-trader-1.json';
import nestjs from './nestjs.json';
import nautilusTrader2 from './nautilus-trader-2.json';
import npmTrading from './npm-trading.json';
import opentrader from './opentrader.json';
import python from './python.json';
import websockets from './websockets.json';
import type { FrameworkCallback, FrameworkRole, FrameworkTable, FunctionRoles } from './schema.ts';

export type { FrameworkCallback, FrameworkRole, FrameworkTable, FunctionRoles } from './schema.ts';

/** All tables; a test reads each through `schema.ts`. */
export const FRAMEWORKS: readonly FrameworkTable[] = [
  nautilusTrader1, nautilusTrader2, backtrader, freqtrade, lumibot, ccxt, metatrader5, alpaca, ibInsync, websockets, python, javascript, npmTrading,
  opentrader, nestjs, conventions, mql5,
] as unknown as readonly FrameworkTable[];

/** A base class found in the tables. */
export interface FrameworkClass {
  readonly framework: string;
  readonly role: FrameworkRole;
  readonly handlers: ReadonlyMap<string, EntryClass>;
  /** Roles of its members: `log.info`, `submit_order`. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

interface Lookup {
  readonly classes: ReadonlyMap<string, FrameworkClass>;
  readonly functions: ReadonlyMap<string, FunctionRoles>;
  readonly types: ReadonlyMap<string, string>;
  readonly instances: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly receivers: ReadonlyMap<string, string>;
  readonly distinctive: ReadonlyMap<string, EntryClass>;
  /** Language (`any` for tables of no language) → name → entry. */
  readonly free: ReadonlyMap<string, ReadonlyMap<string, EntryClass>>;
  readonly conventions: ReadonlyMap<string, readonly string[]>;
  readonly callbacks: Readonly<Record<FrameworkCallback['kind'], ReadonlyMap<string, readonly FrameworkCallback[]>>>;
  readonly streams: ReadonlyMap<string, EntryClass>;
  readonly topics: ReadonlyMap<string, EntryClass>;
  readonly packages: ReadonlySet<string>;
  /** Last part of everything that can have a role: a call of another name has none. */
  readonly lastNames: ReadonlySet<string>;
}

const NO_CALLBACKS: readonly FrameworkCallback[] = [];
const LOOKUP: Lookup = index();

function index(): Lookup {
  const classes = new Map<string, FrameworkTable[]>();
  const roleOf = new Map<string, FrameworkRole>();
  const instances = new Map<string, Map<string, readonly string[]>>();
  const lastNames = new Set<string>();
  const last = (name: string): void => { lastNames.add(name.slice(name.lastIndexOf('.') + 1)); };
  for (const table of FRAMEWORKS) {
    for (const cls of table.classes) {
      for (const module of cls.modules) {
        const name = `${module}.${cls.name}`;
        classes.set(name, [...(classes.get(name) ?? []), table]);
        roleOf.set(name, cls.role);
      }
    }
    for (const [kind, methods] of Object.entries(table.instances)) {
      const merged = instances.get(kind) ?? new Map<string, readonly string[]>();
      for (const [method, roles] of Object.entries(methods)) { merged.set(method, roles); last(method); }
      instances.set(kind, merged);
    }
    Object.keys(table.members).forEach(last);
    Object.keys(table.functions).forEach(last);
  }
  const all = <T>(pick: (table: FrameworkTable) => Readonly<Record<string, T>>): Map<string, T> => (
    new Map(FRAMEWORKS.flatMap((table) => Object.entries(pick(table)))));
  const handlers = FRAMEWORKS.flatMap((table) => Object.entries(table.handlers));
  return {
    classes: new Map([...classes].map(([name, tables]) => [name, frameworkClass(tables, roleOf.get(name)!)])),
    functions: all((table) => table.functions), types: all((table) => table.types), receivers: all((table) => table.receivers),
    streams: all((table) => table.streams), conventions: new Map(Object.entries(conventions.members)), instances, lastNames,
    callbacks: {
      argument: callbacksOf('argument'), keyword: callbacksOf('keyword'), attribute: callbacksOf('attribute'), event: callbacksOf('event'),
      decorator: callbacksOf('decorator'), policy: callbacksOf('policy'),
    },
    topics: new Map(FRAMEWORKS.flatMap(({ callbacks }) => callbacks.flatMap((callback) => (callback.kind === 'argument' ? Object.entries(callback.topics ?? {}) : [])))),
    distinctive: new Map(handlers.filter(([, handler]) => handler.distinctive).map(([name, handler]) => [name, handler.entry])),
    free: freeByLanguage(),
    packages: new Set(FRAMEWORKS.flatMap((table) => table.packages)),
  };
}

function freeByLanguage(): ReadonlyMap<string, ReadonlyMap<string, EntryClass>> {
  const found = new Map<string, Map<string, EntryClass>>();
  for (const table of FRAMEWORKS) {
    for (const language of table.languages ?? ['any']) {
      const names = found.get(language) ?? new Map<string, EntryClass>();
      for (const [name, handler] of Object.entries(table.handlers)) { if (handler.free === true) { names.set(name, handler.entry); } }
      found.set(language, names);
    }
  }
  return found;
}

function frameworkClass(tables: readonly FrameworkTable[], role: FrameworkRole): FrameworkClass {
  const runs = role === 'strategy' || role === 'actor' || role === 'expert' ? tables : [];
  return {
    framework: tables[0]!.framework, role,
    handlers: new Map(runs.flatMap((table) => Object.entries(table.handlers).map(([name, handler]) => [name, handler.entry]))),
    members: new Map(runs.flatMap((table) => Object.entries(table.members))),
  };
}

function callbacksOf(kind: FrameworkCallback['kind']): ReadonlyMap<string, readonly FrameworkCallback[]> {
  const byName = new Map<string, FrameworkCallback[]>();
  for (const callback of FRAMEWORKS.flatMap((table) => table.callbacks)) {
    if (callback.kind === kind) { byName.set(nameOf(callback), [...(byName.get(nameOf(callback)) ?? []), callback]); }
  }
  return byName;
}

function nameOf(callback: FrameworkCallback): string {
  switch (callback.kind) {
    case 'argument': case 'decorator': return callback.method;
    case 'keyword': case 'attribute': case 'policy': return callback.name;
    case 'event': return callback.attribute;
  }
}

/** The framework class of a full name (`nautilus_trader.trading.strategy.Strategy`). */
export function frameworkClassNamed(name: string): FrameworkClass | undefined {
  return LOOKUP.classes.get(name);
}

/** Roles of a function by its full name. */
export function functionRoles(name: string): FunctionRoles | undefined {
  return LOOKUP.functions.get(name);
}

/** Kind of instance a class or factory gives: `logging.getLogger` → `logger`. */
export function instanceKind(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return LOOKUP.types.get(name) ?? (dot < 0 ? undefined : wildcard(name, dot));
}

function wildcard(name: string, dot: number): string | undefined {
  return LOOKUP.types.get(`${name.slice(0, dot)}.*`) ?? LOOKUP.types.get(`${name.slice(0, name.indexOf('.'))}.*`);
}

/** Roles of a method of a kind of instance. */
export function methodRoles(kind: string, method: string): readonly string[] | undefined {
  return LOOKUP.instances.get(kind)?.get(method);
}

/** Kind of instance that people name so (`logger`), for receivers nothing resolves. */
export function kindByName(receiver: string): string | undefined {
  return LOOKUP.receivers.get(receiver);
}

/** Roles of a member path of `self` where the bases of its class cannot be resolved. */
export function conventionalRoles(path: string): readonly string[] | undefined {
  return LOOKUP.conventions.get(path);
}

/** Entry class of a method name nobody uses for anything else. */
export function distinctiveHandler(name: string): EntryClass | undefined {
  return LOOKUP.distinctive.get(name);
}

/** Entry class of a function of this name outside of every class. */
export function freeHandler(name: string, language: Language = 'python'): EntryClass | undefined {
  return LOOKUP.free.get(language)?.get(name) ?? LOOKUP.free.get('any')?.get(name);
}

/** Registrations by kind and name: `callbacksFor('argument', 'set_timer')`. */
export function callbacksFor(kind: FrameworkCallback['kind'], name: string): readonly FrameworkCallback[] {
  return LOOKUP.callbacks[kind].get(name) ?? NO_CALLBACKS;
}

/** Entry class of a loop around a call of this method: `watch_ticker`. */
export function streamEntry(method: string): EntryClass | undefined {
  return LOOKUP.streams.get(method);
}

/** Entry class of what comes under a word of a topic: `ticker`, `candles`. */
export function topicEntry(word: string): EntryClass | undefined {
  return LOOKUP.topics.get(word);
}

/** True for the import name of a trading framework. */
export function isFrameworkPackage(name: string): boolean {
  return LOOKUP.packages.has(name);
}

/** Last names of everything that can have one of these roles, for a look at the text before anything is resolved. */
export function namesWithRole(...wanted: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const take = (table: Readonly<Record<string, FunctionRoles>>): void => {
    for (const [name, roles] of Object.entries(table)) {
      const all = 'zone' in roles ? [...roles.absent, ...roles.utc, ...roles.other] : roles;
      if (all.some((role) => wanted.includes(role))) { names.add(name.slice(name.lastIndexOf('.') + 1)); }
    }
  };
  for (const table of FRAMEWORKS) { [table.members, table.functions, ...Object.values(table.instances)].forEach(take); }
  return names;
}

/** False where no table knows a call of this last name. */
export function mayHaveRole(lastName: string): boolean {
  return LOOKUP.lastNames.has(lastName);
}
