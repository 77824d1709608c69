/** The form of `tickguard.json`. The JSON schema that editors complete from is generated from this. */
import * as z from 'zod';
import { minutesOf } from '../time/dates.ts';
import { globProblem } from './globs.ts';

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
