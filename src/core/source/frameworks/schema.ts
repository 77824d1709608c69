/**
 * The shape of a framework table. Tables are data with a source and a date; a unit test reads every one through this
 * schema, so the engine can import them without checking at start.
 */
import * as z from 'zod';

const entryClass = z.enum(['tick', 'bar', 'order', 'timer', 'message', 'init', 'ui', 'none']);
const roles = z.array(z.string().regex(/^[a-z][a-z.-]*$/));
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
const argument = { position: z.number().int().min(0), name: identifier.optional() };

/** How a function becomes a callback. `call` means it runs at once, inside the call. */
const callback = z.discriminatedUnion('kind', [
  /** An argument of a method of this name; `on` and `except` limit the receiver's last name, `event` the first argument. */
  z.strictObject({
    kind: z.literal('argument'), method: identifier, ...argument,
    on: z.array(identifier).optional(), except: z.array(identifier).optional(), event: z.string().optional(),
    /** Words of the topic (first argument) → entry; a topic with none of them is no market data and no entry. */
    topics: z.record(z.string(), entryClass).optional(),
    entry: z.union([entryClass, z.literal('call')]),
  }),
  /** A keyword argument of any call: `WebSocketApp(url, on_message=f)`. */
  z.strictObject({ kind: z.literal('keyword'), name: identifier, entry: entryClass }),
  /** An assignment: `ws.on_message = f`. */
  z.strictObject({ kind: z.literal('attribute'), name: identifier, entry: entryClass }),
  /** `ib.pendingTickersEvent += f`; `from` names the call that made the object, where the class of event hangs on it. */
  z.strictObject({ kind: z.literal('event'), attribute: identifier, from: z.array(identifier).optional(), entry: entryClass }),
  /** `@client.on('message')`; without an event whatever it is given, `@scheduler.scheduled_job('cron', hour=9)`, `@Cron('* * * * *')`. */
  z.strictObject({ kind: z.literal('decorator'), method: identifier, event: z.string().optional(), entry: entryClass }),
]);

/** Roles of a function, or by the time zone it is given: none, UTC, another. */
const functionRoles = z.union([
  roles,
  z.strictObject({ zone: z.strictObject({ position: z.number().int().min(0), name: identifier }), absent: roles, utc: roles, other: roles }),
]);

export const frameworkTable = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+$/),
  framework: z.string().min(1),
  versions: z.string().min(1),
  date: z.iso.date(),
  source: z.string().min(10),
  /** Languages it is written for, where its names mean something else in others: then `free` handlers count in these only. */
  languages: z.array(z.enum(['python', 'mql5', 'typescript', 'javascript'])).optional(),
  /** Top-level import names of Python, package names of npm. */
  packages: z.array(z.string().regex(/^(?:@[a-z0-9-]+\/)?[A-Za-z_][A-Za-z0-9_.-]*$/)),
  /** Base classes and the modules they are imported from. */
  classes: z.array(z.strictObject({
    name: identifier, modules: z.array(z.string()).min(1), role: z.enum(['strategy', 'actor', 'config', 'indicator', 'expert']),
  })),
  /**
   * Methods the framework calls. `distinctive`: nobody else uses the name, so it counts where bases are unknown.
   * `free`: counts for a module-level function too.
   */
  handlers: z.record(identifier, z.strictObject({ entry: entryClass, distinctive: z.literal(true).optional(), free: z.literal(true).optional() })),
  /** Members of an instance of one of the classes: `log.info`, `submit_order`. */
  members: z.record(z.string(), roles),
  /** Functions by full name. */
  functions: z.record(z.string(), functionRoles),
  /** Classes and factories by full name (`ccxt.*` for all of a module) → kind of instance they give. */
  types: z.record(z.string(), z.string()),
  /** Kind of instance → method → roles. */
  instances: z.record(z.string(), z.record(identifier, roles)),
  /** Last name of a receiver that nothing resolves → kind of instance. */
  receivers: z.record(identifier, z.string()),
  callbacks: z.array(callback),
  /** Calls that wait for the next message: a loop around one is an entry of this class. */
  streams: z.record(identifier, entryClass),
});

export type FrameworkTable = z.infer<typeof frameworkTable>;
export type FrameworkCallback = FrameworkTable['callbacks'][number];
export type FunctionRoles = z.infer<typeof functionRoles>;
/** What a class is to its framework. */
export type FrameworkRole = FrameworkTable['classes'][number]['role'];
