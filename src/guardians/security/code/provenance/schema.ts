/** The shape of the tables beside this file. A unit test reads them through it, so that they can be imported without checking at start. */
import * as z from 'zod';

const origin = z.enum(['operator', 'user']);
const purpose = z.enum(['sql', 'shell', 'path', 'html', 'url', 'code']);
const names = z.array(z.string().min(1));

const requestRow = z.strictObject({
  /** Full names of the object. */
  objects: names.optional(),
  /** Or the names of a parameter that holds it. */
  parameters: names.optional(),
  /** Of the object the one that holds the request: `ctx.request`. */
  inner: names.optional(),
  /** Counts only in files that import one of the packages of the web, or of bots. */
  web: z.literal(true).optional(),
  bot: z.literal(true).optional(),
  /** Counts only beside another parameter of this name. */
  beside: z.string().optional(),
  members: names,
});

const sourceTable = z.strictObject({
  web: names,
  botPackages: names,
  /** Full names of values. */
  values: z.record(z.string(), origin),
  /** Full names of functions. */
  calls: z.record(z.string(), origin),
  /** Methods by their own name alone, which nobody uses for anything else. */
  methods: z.record(z.string(), origin),
  requests: z.array(requestRow),
  /** Of classes that answer requests: their own methods, and the members of their `request`. */
  self: z.strictObject({ calls: names, request: names }),
  /** Decorators, or methods a handler is given to, whose parameters are sent by somebody else. */
  routes: names,
  bots: names,
  views: names,
  viewMethods: names,
  lambda: z.strictObject({ names, parameters: names }),
  /** Types of parameters that a framework makes itself. */
  injected: names,
});

const head = { schema: z.literal(1), date: z.iso.date(), source: z.string().min(20) };
/** The table of sources, `sources.json`. */
export const sourcesFile = z.strictObject({ ...head, python: sourceTable, script: sourceTable });
/** The table of what makes a value harmless, `cleaners.json`. */
export const cleanersFile = z.strictObject({
  ...head,
  plain: z.strictObject({ python: names, script: names, methods: names, modules: names, types: names }),
  cleaned: z.record(z.string(), z.array(purpose).min(1)),
  cleaningMethods: z.record(z.string(), z.array(purpose).min(1)),
  keepers: z.strictObject({ python: names, script: names, joins: names, addresses: names }),
});

export type RequestRow = z.infer<typeof requestRow>;

export type SourcesFile = z.infer<typeof sourcesFile>;
export type CleanersFile = z.infer<typeof cleanersFile>;
export type SourceTable = z.infer<typeof sourceTable>;
