/** The form of `tickguard.json`. The JSON schema that editors complete from is generated from this. */
import * as z from 'zod';
import { isDate, minutesOf } from '../time/dates.ts';
import { isZone } from '../time/zone.ts';
import { globProblem } from './globs.ts';
import { PACK_SUFFIX } from './own-pack.ts';

const glob = z.string({ error: 'a glob in double quotes is expected, such as "strategies/**"' }).superRefine((text, context) => {
  const problem = globProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});
const globs = z.array(glob, { error: 'a list of globs is expected, such as ["strategies/**"]' });

const severity = z.enum(['error', 'warning', 'info', 'off'], { error: 'one of "error", "warning", "info", "off" is expected' });
const ruleSetting = z.union([
  severity,
  z.strictObject({
    severity: severity.optional().describe('How findings of the rule look; "off" silences it.'),
    options: z.unknown().optional().describe('Options of the rule; its page lists them.'),
  }),
], { error: 'one of "error", "warning", "info", "off", or { "severity": …, "options": … } is expected' });
const rules = z.record(z.string(), ruleSetting, { error: 'an object is expected, such as { "APX004": "warning" }' });

const positive = (example: string) => z.number({ error: `a number is expected, such as ${example}` }).positive({ error: `a number above 0 is expected, such as ${example}` });
const money = (example: string) => positive(example)
  .refine((value) => /^\d{1,12}(?:\.\d{1,2})?$/.test(String(value)), { error: 'an amount with at most two decimals is expected' });
const percent = (example: string) => positive(example).max(100, { error: 'percent are expected, at most 100' })
  .refine((value) => /^\d{1,3}(?:\.\d{1,4})?$/.test(String(value)), { error: 'percent with at most four decimals are expected' });

const limits = z.strictObject({
  maxDrawdown: money('1500').optional().describe('Largest drawdown, in account currency.'),
  maxDrawdownPercent: percent('3').optional().describe('Largest drawdown, in percent of the account size.'),
  dailyLoss: money('500').optional().describe('Largest loss of a day, in account currency.'),
  dailyLossPercent: percent('1').optional().describe('Largest loss of a day, in percent of the account size.'),
  flatBy: z.string({ error: 'a time of day in double quotes is expected, such as "16:50"' })
    .refine((text) => /^\d\d:\d\d$/.test(text) && minutesOf(text) !== undefined, { error: 'a time of day is expected, such as "16:50"' })
    .optional().describe('New York wall time by which every position is closed, HH:MM.'),
  consistencyPercent: percent('30').optional().describe('Best day at most this share of profit, in percent.'),
  maxContracts: positive('4').int({ error: 'a whole number is expected' }).optional().describe('Most contracts held at once, counted in minis.'),
}, { error: (issue) => (issue.code === 'invalid_type' ? 'an object of limits is expected' : undefined) });

const date = z.string({ error: 'a date in double quotes is expected, such as "2026-12-25"' }).refine(isDate, { error: 'a date is expected, such as "2026-12-25"' });
const timeOfDay = z.string({ error: 'a time of day in double quotes is expected, such as "13:15"' })
  .refine((text) => /^\d\d:\d\d$/.test(text) && minutesOf(text) !== undefined, { error: 'a time of day is expected, such as "13:15"' });

const calendar = z.strictObject({
  zone: z.string({ error: 'a zone in double quotes is expected, such as "America/New_York"' }).refine(isZone, { error: 'a zone is expected, such as "America/New_York"' }).optional()
    .describe('Zone of the times below. Default: the product’s own.'),
  closed: z.array(date, { error: 'a list of dates is expected, such as ["2026-12-25"]' }).optional().describe('Dates on which nothing is traded.'),
  earlyCloses: z.record(z.string(), timeOfDay, { error: 'an object is expected, such as { "2026-11-27": "13:15" }' }).optional()
    .describe('Dates that end early, each with its time, HH:MM. With the regular closing time the date is an ordinary one.'),
}, { error: (issue) => (issue.code === 'invalid_type' ? 'an object is expected, such as { "closed": ["2026-12-25"], "earlyCloses": { "2026-11-27": "13:15" } }' : undefined) });

const text = (example: string) => z.string({ error: `text in double quotes is expected, such as "${example}"` }).min(1, { error: `text is expected, such as "${example}"` });

const account = z.strictObject({
  id: text('apex-1').describe('Your name for the account; messages use it.'),
  pack: text('apex-4.0-intraday').describe('Id of the rule pack of the firm and plan.'),
  size: positive('50000').int({ error: 'whole currency units are expected, such as 50000' }).max(100_000_000, { error: 'at most 100000000 is expected' })
    .describe('Nominal size as the firm sells it, in whole currency units: 50000.'),
  phase: z.enum(['evaluation', 'funded', 'live'], { error: 'one of "evaluation", "funded", "live" is expected' }),
  vendor: text('rithmic').optional().describe('Data or platform vendor, where a rule of the firm depends on it.'),
  products: z.array(text('ES'), { error: 'a list of products is expected, such as ["ES"]' }).optional().describe('Product roots that are traded: ES, GC, EURUSD. Default: none named.'),
  code: globs.optional().describe('Files that trade this account, relative to this file. Default: all.'),
  ledger: text('ledgers/apex-1.csv').optional().describe('Ledger or equity series of the account, relative to this file.'),
  limits: limits.optional().describe('Your own limits, laid over those of the pack where they are stricter.'),
}, { error: (issue) => (issue.code === 'invalid_type' ? 'an account is expected, { "id": …, "pack": …, "size": …, "phase": … }' : undefined) });

const detector = z.strictObject({
  name: z.string({ error: 'text in double quotes is expected, such as "acme-desk-key"' }).max(60, { error: 'at most 60 characters are expected' })
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'small letters, digits and single hyphens are expected, such as "acme-desk-key"' })
    .describe('Its name: findings are SEC001/<name>.'),
  title: text('Acme desk key').max(60, { error: 'at most 60 characters are expected' }).describe('What it is, as it begins the message.'),
  keywords: z.array(z.string({ error: 'text in double quotes is expected, such as "acme_"' }).regex(/^[\x21-\x7e]{3,64}$/, { error: '3 to 64 characters without spaces and accents are expected, such as "acme_"' }), { error: 'a list of keywords is expected, such as ["acme_"]' })
    .min(1, { error: 'at least one keyword is expected, such as "acme_"' }).max(8, { error: 'at most 8 keywords are expected' })
    .describe('Parts of which one stands in every value; the pattern is tried only around them.'),
  pattern: text('acme_[A-Za-z0-9]{32}').max(500, { error: 'at most 500 characters are expected' })
    .describe('The whole value: a regular expression in which every repetition has an upper bound, of at most 512 characters, without back-references and look-around.'),
  opens: text('it signs orders').max(60, { error: 'at most 60 characters are expected' }).optional().describe('What whoever holds it can do, a clause: "it signs orders".'),
  rotate: text('Revoke it in the desk console').max(60, { error: 'at most 60 characters are expected' }).optional().describe('Where it is revoked: "Revoke it in the desk console".'),
  provider: z.string({ error: 'text in double quotes is expected, such as "acme"' }).max(40, { error: 'at most 40 characters are expected' })
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'small letters, digits and single hyphens are expected, such as "acme"' }).optional().describe('Whose credential it is.'),
  severity: z.enum(['error', 'warning'], { error: 'one of "error", "warning" is expected' }).optional().describe('How its findings look. Default: error.'),
  confidence: z.enum(['medium', 'high'], { error: 'one of "medium", "high" is expected' }).optional().describe('How sure its findings are. Default: medium.'),
  examples: z.array(text('a value that it finds'), { error: 'a list of values that it finds is expected' }).min(1, { error: 'at least one example is expected' }).max(20, { error: 'at most 20 examples are expected' })
    .describe('Made-up values that it finds, whole. Checked when this file is read.'),
  nearMisses: z.array(text('a value that it must not find'), { error: 'a list of values is expected' }).max(20, { error: 'at most 20 near misses are expected' }).optional()
    .describe('Values that it must not find. Checked when this file is read.'),
}, { error: (issue) => (issue.code === 'invalid_type' ? 'a detector is expected, { "name": …, "title": …, "keywords": […], "pattern": …, "examples": […] }' : undefined) });

/** The whole file. `z.toJSONSchema(configSchema, { io: 'input' })` is its JSON schema. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON schema; for editors only.'),
  accounts: z.array(account, { error: 'a list of accounts is expected' }).optional().describe('Accounts with prop firms. A file under several is held to the strictest.'),
  rules: rules.optional().describe('Severity of rules, by id or name: "error", "warning", "info", "off", or { severity, options }.'),
  overrides: z.array(z.strictObject({
    files: globs.min(1, { error: 'at least one glob is expected' }).describe('Files these settings hold for, relative to this file.'),
    rules: rules.describe('Settings laid over `rules` for these files; later overrides win.'),
  }), { error: 'a list of { "files": […], "rules": {…} } is expected' }).optional().describe('Settings for some files.'),
  exclude: globs.optional().describe('Files that are never checked, besides the defaults (node_modules, virtual environments, build folders).'),
  packs: z.array(text(`packs/desk${PACK_SUFFIX}`).refine((path) => path.endsWith(PACK_SUFFIX), { error: `a file whose name ends with ${PACK_SUFFIX} is expected` })
    .refine((path) => !/^(?:[\\/]|[A-Za-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path), { error: 'a path inside the folder of this file is expected' }), { error: `a list of files is expected, such as ["packs/desk${PACK_SUFFIX}"]` })
    .max(20, { error: 'at most 20 packs are expected' }).optional().describe('Rule packs of your own, as files in the form of those that come with Tickguard; accounts name them by their id.'),
  detectors: z.array(detector, { error: 'a list of detectors is expected' }).max(50, { error: 'at most 50 detectors are expected' }).optional()
    .describe('Credentials of your own that SEC001 finds besides those it knows: keys of a desk, of a broker’s private interface.'),
  calendars: z.record(z.string(), calendar, { error: 'an object is expected, such as { "ES": { "closed": ["2026-12-25"] } }' }).optional()
    .describe('Trading days of products, by root (ES, GC, EURUSD; the micros follow) or by family (us-equities), where the calendar that comes with Tickguard is wrong or too old: a date named here is as it says.'),
  mql5: z.strictObject({
    include: z.array(text('../MQL5/Include').refine((folder) => !/^[\\/]{2}/.test(folder), { error: 'a folder of this machine is expected: a network share is not opened because a file says so' }), { error: 'a list of folders is expected, such as ["../MQL5/Include"]' })
      .max(20, { error: 'at most 20 folders are expected' }).optional()
      .describe('Include folders for `#include <…>`, before those of installed terminals: absolute, or relative to this file. Outside the workspace only files that an include leads to are read.'),
  }, { error: (issue) => (issue.code === 'invalid_type' ? 'an object is expected, such as { "include": ["../MQL5/Include"] }' : undefined) }).optional().describe('How MQL5 files are read.'),
}, { error: (issue) => (issue.code === 'invalid_type' ? 'an object in { } is expected' : undefined) });

/** The file as written, checked, without defaults. */
export type ConfigInput = z.infer<typeof configSchema>;
/** Settings of rules as written. */
export type RulesInput = z.infer<typeof rules>;
