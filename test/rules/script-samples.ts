/** Cases of TypeScript and JavaScript, one list a rule; each stands in the test of its rule. */
import { fires, silent } from './apx-samples.ts';
import type { CaseInput, InvalidCase, ValidCase } from './cases.ts';

interface Cases { readonly valid: readonly ValidCase[]; readonly invalid: readonly InvalidCase[] }

const TS: Partial<CaseInput> = { path: 'bot.ts' };
const JS: Partial<CaseInput> = { path: 'bot.js' };

/** A bot with these statements in its tick handler. */
export function bot(body: string, rest = ''): string {
  const lines = body.split('\n').map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  return `export class TickBot extends Strategy {\n${rest}  async onTick(tick: Tick) {\n${lines}\n  }\n}\n`;
}

const CLOSE = 'await this.closeAllPositions();';
const NY = "{ timeZone: 'America/New_York', hour12: false }";

export const APX001_SCRIPTS: Cases = {
  valid: [
    silent('TypeScript: as strict as the account', 'const limits = { size: 50_000, maxDrawdown: 2_000 };\n', TS),
    silent('TypeScript: a share of the allowance', 'const warnShareOfLimit = 0.8;\nconst ddUsageLimit = 0.9;\n', TS),
    silent('TypeScript: what a variable of the environment falls back to, within the account', 'const maxDrawdown = Number(process.env.MAX_DD ?? 2000);\nconst MAX_DRAWDOWN_PCT = parseFloat(process.env.MAX_DD_PCT) || 0.04;\n', TS),
    silent('TypeScript: a variable of the environment alone', 'const maxDrawdown = Number(process.env.MAX_DD);\n', TS),
    silent('TypeScript: what a result falls back to', 'const maxDrawdown = stats.maxDrawdown || 5000;\nconst maxDrawdownPct = summary.get("dd", 10) ?? 0.2;\n', TS),
    silent('TypeScript: a base is no default', 'const maxDrawdown = parseInt(process.env.MAX_DD, 10);\n', TS),
    silent('TypeScript: a figure that grows', 'function stats(xs: number[]) {\n  let maxDrawdown = 0;\n  for (const x of xs) maxDrawdown = Math.max(maxDrawdown, x);\n  return maxDrawdown;\n}\n', TS),
    silent('TypeScript: statistics of a back-test', 'const results = { sharpe: 1.4, maxDrawdown: 0.35, winRate: 0.5 };\n', TS),
    silent('TypeScript: a type is no value', 'interface Limits { maxDrawdown: number }\ntype Size = { maxDrawdown: 5000 };\n', TS),
    silent('JavaScript: tests', 'const limits = { size: 50000, maxDrawdown: 5000 };\n', { path: 'bot.test.js', role: 'test' }),
  ],
  invalid: [
    ...[
      ['Number(process.env.MAX_DD ?? «5000»)', '5000', '2000'], ['parseInt(process.env.MAX_DD || «"5000"», 10)', '5000', '2000'], ['+(process.env.MAX_DD || «5000»)', '5000', '2000'],
      ['config.maxDrawdown || «5000»', '5000', '2000'], ['settings["drawdown"] ?? «5000»', '5000', '2000'], ['process.env.MAX_DD ? Number(process.env.MAX_DD) : «5000»', '5000', '2000'],
      ['envNumber("MAX_DD", «5000»)', '5000', '2000'], ['z.coerce.number().positive().default(«5000»)', '5000', '2000'],
    ].map(([value, from, to]) => fires(`TypeScript: falls back, ${value!}`, `export const maxDrawdown = ${value!};\n`, { messageId: 'money', severity: 'error', fix: [[from!, to!]] }, TS)),
    fires('TypeScript: an object that falls back', 'export default {\n  VOL_TARGET_PCT: parseFloat(process.env.VOL) || 0.025,\n  MAX_DRAWDOWN_PCT: parseFloat(process.env.MAX_DRAWDOWN_PCT) || «0.1», // 10% max drawdown\n};\n', { messageId: 'percent', severity: 'error', fix: [['0.1,', '0.04,']] }, TS),
    fires('TypeScript: an object', 'const limits = { size: 50_000, maxDrawdown: «5_000» };\n', { messageId: 'money', severity: 'error', fix: [['5_000', '2_000']] }, TS),
    fires('TypeScript: a constant', 'export const MAX_DRAWDOWN_USD = «5_000»;\n', { messageId: 'money', severity: 'error', fix: [['5_000', '2_000']] }, TS),
    fires('TypeScript: a field', 'export class RiskConfig {\n  accountSize = 50_000;\n  maxDrawdownPct = «10.0»;\n}\n', { messageId: 'percent', severity: 'error', fix: [['10.0', '4.0']] }, TS),
    fires('TypeScript: a field by a constant', 'const TEN = «10.0»;\nexport class RiskConfig {\n  readonly accountSize: number = 50_000;\n  readonly maxDrawdownPct: number = TEN;\n}\n', { messageId: 'percent', fix: [['10.0', '4.0']] }, TS),
    fires('TypeScript: a default of a parameter', 'export class Risk {\n  constructor(private readonly maxDrawdownUsd = «5000») {}\n}\n', { messageId: 'money', fix: [['5000', '2000']] }, TS),
    fires('TypeScript: frozen, and nested', "export const config = Object.freeze({ risk: { accountSize: 50_000, maxDrawdownUsd: «5_000» } } as const);\n", { messageId: 'money', fix: [['5_000', '2_000']] }, TS),
    fires('JavaScript: exports', 'module.exports = {\n  accountSize: 50000,\n  maxDrawdownUsd: «5000»,\n};\n', { messageId: 'money', fix: [[': 5000,', ': 2000,']] }, JS),
    fires('JavaScript: a fraction in use', 'const MAX_DD = «0.1»;\nfunction check(peak, equity) {\n  if ((peak - equity) / peak > MAX_DD) flatten();\n}\n', { messageId: 'percent', fix: [['0.1', '0.04']] }, JS),
  ],
};

export const APX004_SCRIPTS: Cases = {
  valid: [
    silent('TypeScript: in time', bot(`const et = new Date().toLocaleTimeString('en-US', ${NY});\nif (et >= '16:50:00') ${CLOSE}`), TS),
    silent('TypeScript: no new trades', bot(`const et = new Date().toLocaleTimeString('en-US', ${NY});\nif (et >= '16:59:00') return;\nawait this.enter();`), TS),
    silent('TypeScript: a report', bot(`const et = new Date().toLocaleTimeString('en-US', ${NY});\nif (et >= '16:59:00') this.sendReport();`), TS),
    silent('TypeScript: a setting in time', "export const config = { flattenTime: '16:50' };\n", TS),
  ],
  invalid: [
    fires('TypeScript: text of New York at the deadline', bot(`const et = new Date().toLocaleTimeString('en-US', ${NY});\nif (et >= «'16:59:00'») ${CLOSE}`), { messageId: 'tight', fix: [["'16:59:00'", "'16:57:00'"]] }, TS),
    fires('TypeScript: after the deadline', bot(`const et = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date());\nif (et >= «'17:30'») { ${CLOSE} }`), { messageId: 'late', severity: 'error', fix: [["'17:30'", "'16:57'"]] }, TS),
    fires('TypeScript: hour and minute, false again at 17:00', bot(`const et = new Date(new Date().toLocaleString('en-US', { timeZone: 'America/New_York' }));\nconst hour = et.getHours();\nconst minute = et.getMinutes();\nif («hour >= 16 && minute >= 50») ${CLOSE}`), { messageId: 'gap' }, TS),
    fires('TypeScript: one minute only', bot(`const now = DateTime.now().setZone('America/New_York');\nif («now.hour === 16 && now.minute === 55») { ${CLOSE} }`).replace(/^/, "import { DateTime } from 'luxon';\n"), { messageId: 'oneMinute' }, TS),
    fires('TypeScript: dayjs', `import dayjs from 'dayjs';\n${bot(`if (dayjs().tz('America/New_York').format('HH:mm') >= «'16:59'») ${CLOSE}`)}`, { messageId: 'tight', fix: [["'16:59'", "'16:57'"]] }, TS),
    fires('TypeScript: a constant', `const FLATTEN_AT = «'16:59'»;\n${bot(`const et = new Date().toLocaleTimeString('en-GB', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit' });\nif (et >= FLATTEN_AT) ${CLOSE}`)}`, { messageId: 'tight', fix: [["'16:59'", "'16:57'"]] }, TS),
    fires('TypeScript: a setting', "export const config = { flattenTime: «'17:30'» };\n", { messageId: 'late', fix: [["'17:30'", "'16:57'"]] }, TS),
    fires('JavaScript: a setting of a class', "class Settings {\n  eodCloseTime = «'16:59'»;\n}\nmodule.exports = Settings;\n", { messageId: 'tight', fix: [["'16:59'", "'16:57'"]] }, JS),
  ],
};

export const APX005_SCRIPTS: Cases = {
  valid: [
    silent('TypeScript: New York by toLocaleTimeString', bot(`const et = new Date().toLocaleTimeString('en-US', ${NY});\nif (et >= '16:50:00') ${CLOSE}`), TS),
    silent('TypeScript: New York by Intl', bot(`const et = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });\nif (et.format(now) >= flatBy(now)) ${CLOSE}`), TS),
    silent('TypeScript: New York by digits', bot(`const et = new Date(new Date().toLocaleString('en-US', { timeZone: 'America/New_York' }));\nif (et.getHours() * 60 + et.getMinutes() >= 16 * 60 + 50) ${CLOSE}`), TS),
    silent('TypeScript: luxon in New York', `import { DateTime } from 'luxon';\n${bot(`const now = DateTime.utc().setZone('America/New_York');\nif (now.hour === 16 && now.minute >= 50) ${CLOSE}`)}`, TS),
    silent('TypeScript: date-fns-tz', `import { toZonedTime } from 'date-fns-tz';\n${bot(`const et = toZonedTime(new Date(), 'America/New_York');\nif (et.getHours() === 16 && et.getMinutes() >= 50) ${CLOSE}`)}`, TS),
    silent('TypeScript: UTC far before the deadline', bot(`if (new Date().getUTCHours() >= 16) ${CLOSE}`), TS),
    silent('TypeScript: a duration', bot(`if (Date.now() - this.openedAt > 30 * 60 * 1000) await this.closePosition(this.position);`), TS),
    silent('TypeScript: a log stamp', bot("this.log.info(`flat at ${new Date().getHours()}`);"), TS),
    silent('TypeScript: no new trades', bot('if (new Date().getHours() >= 16) return;\nawait this.enterLong();'), TS),
    silent('TypeScript: a zone handed over', bot(`const et = new Date().toLocaleTimeString('en-US', { timeZone: this.zone, hour12: false });\nif (et >= '16:50:00') ${CLOSE}`), TS),
    silent('JavaScript: words', "// if (new Date().getHours() >= 17) closeAll();\nconst text = 'getHours() >= 17: closeAll()';\n", JS),
  ],
  invalid: [
    fires('TypeScript: the machine\'s hour', bot(`if («new Date().getHours()» >= 17) ${CLOSE}`), { messageId: 'local', severity: 'warning', layer: 'firm', account: 'apex-1', message: /timeZone: 'America\/New_York'/ }, TS),
    fires('TypeScript: hour and minute of the machine', bot(`const now = new Date();\nif («now.getHours()» === 16 && now.getMinutes() >= 50) { ${CLOSE} }`), { messageId: 'local' }, TS),
    fires('TypeScript: of the tick\'s stamp', bot(`const hour = «new Date(tick.timestamp).getHours()»;\nif (hour >= 16) ${CLOSE}`), { messageId: 'local' }, TS),
    fires('TypeScript: setHours', bot(`const cutoff = new Date();\n«cutoff.setHours(16, 50, 0, 0)»;\nif (new Date() >= cutoff) ${CLOSE}`), { messageId: 'local' }, TS),
    fires('TypeScript: an hour of UTC', bot(`const now = new Date();\nif («now.getUTCHours() === 21 && now.getUTCMinutes() >= 50») ${CLOSE}`), { messageId: 'utc', severity: 'error' }, TS),
    fires('TypeScript: five hours off UTC', bot(`const et = new Date(«Date.now() - 5 * 60 * 60 * 1000»);\nif (et.getUTCHours() === 16 && et.getUTCMinutes() >= 50) ${CLOSE}`), { messageId: 'fixedNamed', severity: 'error' }, TS),
    fires('TypeScript: a zone without summer time', bot(`const et = new Date().toLocaleTimeString('en-US', { timeZone: 'EST', hour12: false });\nif (et >= '16:50:00') ${CLOSE}`).replace("'EST'", "«'EST'»"), { messageId: 'fixedNamed' }, TS),
    fires('JavaScript: text of the machine\'s clock', `async function onTick(tick) {\n  if («new Date().toTimeString()».slice(0, 5) >= '16:50') {\n    await closeAll();\n  }\n}\n`, { messageId: 'local' }, JS),
    fires('JavaScript: dayjs on the machine\'s clock', `const dayjs = require('dayjs');\nfunction check() {\n  if («dayjs()».hour() >= 16) flattenAll();\n}\n`, { messageId: 'local' }, JS),
    fires('JavaScript: the date of the global object', `const Date = global.Date;\nfunction check() {\n  if («new Date().getHours()» >= 16) flattenAll();\n}\n`, { messageId: 'local' }, JS),
    fires('JavaScript: dayjs under another name', `const day = require('dayjs');\nfunction check() {\n  if («day()».hour() >= 16) flattenAll();\n}\n`, { messageId: 'local' }, JS),
    fires('TypeScript: dayjs under another name', `import clock from 'dayjs';\nexport function check() {\n  const hour = «clock()».hour();\n  if (hour >= 16) flattenAll();\n}\n`, { messageId: 'local' }, TS),
    fires('JavaScript: an early return', `function check() {\n  const now = new Date();\n  if («now.getHours()» < 16) return;\n  flattenAll();\n}\n`, { messageId: 'local' }, JS),
  ],
};

/** A file that closes everything when its scheduler says so. */
export function scheduled(imports: string, call: string): string {
  return `${imports}\n\nasync function flattenAll() {\n  await broker.closeAllPositions();\n}\n\n${call}\n`;
}

const NODE_CRON = "import cron from 'node-cron';";
const CRON_JOB = "import { CronJob } from 'cron';";
const NODE_SCHEDULE = "import schedule from 'node-schedule';";

/** A formatter's parts of the time, read by a helper, by name or from an object. */
function parts(options: string, read: string): string {
  return bot(`const parts = ${`new Intl.DateTimeFormat('en-US', { ${options}hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })`}.formatToParts(new Date());\n${read}`);
}

const PART_NY = "timeZone: 'America/New_York', ";
const FOUND = "const hour = Number(parts.find((p) => p.type === 'hour')?.value);\nconst minute = Number(parts.find(({ type }) => 'minute' === type)!.value);";
const HELPER = "const get = (type: string) => parseInt(parts.find((p) => p.type === type)?.value ?? '0', 10);\nconst hour = get('hour');\nconst minute = get('minute');";
const OBJECT = 'const et = Object.fromEntries(parts.map((p) => [p.type, p.value]));';

/** `formatToParts`, on New York's clock at the deadline. */
export const APX004_PARTS: Cases = {
  valid: [
    silent('TypeScript: parts of New York in time', parts(PART_NY, `${FOUND}\nif (hour * 60 + minute >= 16 * 60 + 50) ${CLOSE}`), TS),
    silent('TypeScript: parts of twelve hours', bot(`const parts = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', minute: '2-digit' }).formatToParts(new Date());\n${FOUND}\nif (hour * 60 + minute >= 17 * 60) ${CLOSE}`), TS),
    silent('TypeScript: another part', parts(PART_NY, `const hour = Number(parts.find((p) => p.type === this.wanted)?.value);\nif (hour >= 17) ${CLOSE}`), TS),
    silent('TypeScript: a part that is not there', bot(`const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', minute: '2-digit' }).formatToParts(new Date());\nconst hour = Number(parts.find((p) => p.type === 'hour')?.value);\nif (hour >= 17) ${CLOSE}`), TS),
  ],
  invalid: [
    fires('TypeScript: parts of New York after the deadline', parts(PART_NY, `${FOUND}\nif («hour * 60 + minute >= 17 * 60») ${CLOSE}`), { messageId: 'late' }, TS),
    fires('TypeScript: parts by a helper', parts(PART_NY, `${HELPER}\nif («hour >= 16 && minute >= 50») ${CLOSE}`), { messageId: 'gap' }, TS),
    fires('TypeScript: parts as an object', parts(PART_NY, `${OBJECT}\nif («Number(et.hour) === 16 && Number(et.minute) === 50») ${CLOSE}`), { messageId: 'oneMinute' }, TS),
  ],
};

/** `formatToParts` on another clock. */
export const APX005_PARTS: Cases = {
  valid: [
    silent('TypeScript: parts of New York', parts(PART_NY, `${FOUND}\nif (hour * 60 + minute >= 16 * 60 + 50) ${CLOSE}`), TS),
    silent('TypeScript: parts of New York by a helper', parts(PART_NY, `${HELPER}\nif (hour === 16 && minute >= 50) ${CLOSE}`), TS),
    silent('TypeScript: parts of a zone from elsewhere', parts('timeZone: this.zone, ', `${FOUND}\nif (hour === 16 && minute >= 50) ${CLOSE}`), TS),
  ],
  invalid: [
    fires('TypeScript: parts of the machine', parts('', `${FOUND}\nif (hour === 16 && minute >= 50) ${CLOSE}`).replace(/new Intl.*?\}\)/, '«$&»'), { messageId: 'local' }, TS),
    fires('TypeScript: parts of the machine by a helper', parts('', `${HELPER}\nif (hour * 60 + minute >= 16 * 60 + 50) ${CLOSE}`).replace(/new Intl.*?\}\)/, '«$&»'), { messageId: 'local' }, TS),
    fires('TypeScript: parts of the machine as an object', parts('', `${OBJECT}\nif (Number(et.hour) >= 16) ${CLOSE}`).replace(/new Intl.*?\}\)/, '«$&»'), { messageId: 'local' }, TS),
    fires('TypeScript: parts of a formatter kept beside', `const clock = «new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })»;\n${bot(`const parts = clock.formatToParts(Date.now());\n${FOUND}\nif (hour === 16 && minute >= 50) ${CLOSE}`)}`, { messageId: 'local' }, TS),
    fires('TypeScript: parts of a zone without summer time', parts("timeZone: «'EST'», ", `${FOUND}\nif (hour === 16 && minute >= 50) ${CLOSE}`), { messageId: 'fixedNamed' }, TS),
  ],
};

/** Cron jobs on New York's clock, too late for the deadline. */
export const APX004_CRON: Cases = {
  valid: [
    silent('TypeScript: cron in time', scheduled(NODE_CRON, "cron.schedule('50 16 * * 1-5', flattenAll, { timezone: 'America/New_York' });"), TS),
    silent('TypeScript: a cron job that reports', `${NODE_CRON}\ncron.schedule('59 16 * * *', sendReport, { timezone: 'America/New_York' });\nfunction flattenAll() {}\n`, TS),
    silent('TypeScript: every minute of an hour is not a time', scheduled(NODE_CRON, "cron.schedule('*/5 17 * * *', flattenAll, { timezone: 'America/New_York' });"), TS),
    silent('TypeScript: a scheduler of its own', scheduled("import cron from './cron';", "cron.schedule('59 16 * * *', flattenAll, { timezone: 'America/New_York' });"), TS),
    silent('TypeScript: a rule that is set twice', scheduled(NODE_SCHEDULE, "const rule = new schedule.RecurrenceRule();\nrule.hour = 17;\nrule.tz = 'America/New_York';\nif (early) rule.hour = 12;\nschedule.scheduleJob(rule, flattenAll);"), TS),
  ],
  invalid: [
    fires('TypeScript: node-cron', scheduled(NODE_CRON, "cron.schedule(«'59 16 * * 1-5'», flattenAll, { timezone: 'America/New_York' });"), { messageId: 'tight', fix: [["'59 16 * * 1-5'", "'57 16 * * 1-5'"]] }, TS),
    fires('JavaScript: node-cron with seconds, in a function', scheduled("const { schedule } = require('node-cron');", "schedule(«'30 0 17 * * *'», async () => { await flattenAll(); }, { timezone: 'America/New_York' });"), { messageId: 'late', fix: [["'30 0 17 * * *'", "'0 57 16 * * *'"]] }, JS),
    fires('TypeScript: cron', scheduled(CRON_JOB, "const job = new CronJob(«'0 59 16 * * *'», flattenAll, null, true, 'America/New_York');\njob.start();"), { messageId: 'tight', fix: [["'0 59 16 * * *'", "'0 57 16 * * *'"]] }, TS),
    fires('TypeScript: cron by its options', scheduled(CRON_JOB, "CronJob.from({ cronTime: «'59 16 * * *'», onTick: flattenAll, start: true, timeZone: 'America/New_York' });"), { messageId: 'tight', fix: [["'59 16 * * *'", "'57 16 * * *'"]] }, TS),
    fires('TypeScript: cron by its options, with a method', scheduled(CRON_JOB, "new CronJob({ cronTime: «'59 16 * * *'», async onTick() { await flattenAll(); }, timeZone: 'America/New_York' });"), { messageId: 'tight', fix: [["'59 16 * * *'", "'57 16 * * *'"]] }, TS),
    fires('TypeScript: node-schedule with a rule', scheduled(NODE_SCHEDULE, "schedule.scheduleJob({ rule: «'59 16 * * *'», tz: 'America/New_York' }, flattenAll);"), { messageId: 'tight', fix: [["'59 16 * * *'", "'57 16 * * *'"]] }, TS),
    fires('TypeScript: node-schedule with fields and a name', scheduled(NODE_SCHEDULE, "schedule.scheduleJob('flat', { «hour: 16, minute: 59», tz: 'America/New_York' }, flattenAll);"), { messageId: 'tight', fix: [['minute: 59', 'minute: 57']] }, TS),
    fires('JavaScript: a recurrence rule', scheduled("const schedule = require('node-schedule');", "const rule = new schedule.RecurrenceRule();\nrule.tz = 'America/New_York';\n«rule.hour = 16;\nrule.minute = 59»;\nschedule.scheduleJob(rule, flattenAll);"), { messageId: 'tight', fix: [['minute = 59', 'minute = 57']] }, JS),
    fires('TypeScript: croner', scheduled("import { Cron } from 'croner';", "new Cron(«'59 16 * * *'», { timezone: 'America/New_York' }, flattenAll);"), { messageId: 'tight', fix: [["'59 16 * * *'", "'57 16 * * *'"]] }, TS),
    fires('TypeScript: a decorated method', "import { Cron } from '@nestjs/schedule';\n\nexport class Desk {\n  @Cron(«'59 16 * * 1-5'», { timeZone: 'America/New_York' })\n  async endOfDay() {\n    await this.broker.closeAllPositions();\n  }\n}\n", { messageId: 'tight', fix: [["'59 16 * * 1-5'", "'57 16 * * 1-5'"]] }, TS),
    fires('TypeScript: options and a time by name', scheduled(NODE_CRON, "const AT = «'59 16 * * *'»;\nconst options = { timezone: 'America/New_York' };\ncron.schedule(AT, flattenAll, options);"), { messageId: 'tight', fix: [["'59 16 * * *'", "'57 16 * * *'"]] }, TS),
  ],
};

/** Cron jobs on another clock. */
export const APX005_CRON: Cases = {
  valid: [
    silent('TypeScript: node-cron on New York', scheduled(NODE_CRON, "cron.schedule('50 16 * * *', flattenAll, { timezone: 'America/New_York' });"), TS),
    silent('TypeScript: cron on New York by its options', scheduled(CRON_JOB, "CronJob.from({ cronTime: '50 16 * * *', onTick: flattenAll, timeZone: 'America/New_York' });"), TS),
    silent('TypeScript: options from elsewhere', scheduled(NODE_CRON, "cron.schedule('50 16 * * *', flattenAll, options);"), TS),
    silent('TypeScript: a zone from elsewhere', scheduled(CRON_JOB, "new CronJob('50 16 * * *', flattenAll, null, true, config.zone);"), TS),
    silent('TypeScript: a cron job that opens the day', `${NODE_CRON}\ncron.schedule('30 9 * * *', startTrading);\nfunction flattenAll() {}\n`, TS),
  ],
  invalid: [
    fires('TypeScript: node-cron without a zone', scheduled(NODE_CRON, "cron.schedule(«'50 16 * * *'», flattenAll);"), { messageId: 'local' }, TS),
    fires('TypeScript: node-cron with other options', scheduled(NODE_CRON, "cron.schedule(«'50 16 * * *'», () => flattenAll(), { name: 'flat' });"), { messageId: 'local' }, TS),
    fires('TypeScript: cron without a zone', scheduled(CRON_JOB, "new CronJob(«'0 50 16 * * *'», flattenAll, null, true);"), { messageId: 'local' }, TS),
    fires('TypeScript: cron with an offset', scheduled(CRON_JOB, "new CronJob('0 50 16 * * *', flattenAll, null, true, null, null, false, «-5»);"), { messageId: 'fixedNamed' }, TS),
    fires('TypeScript: node-schedule on UTC', scheduled(NODE_SCHEDULE, "schedule.scheduleJob({ «hour: 21, minute: 50», tz: 'Etc/UTC' }, flattenAll);"), { messageId: 'utc' }, TS),
    fires('JavaScript: node-schedule without a zone', scheduled("const schedule = require('node-schedule');", "schedule.scheduleJob(«'50 16 * * *'», flattenAll);"), { messageId: 'local' }, JS),
    fires('JavaScript: fields without a zone', scheduled("const schedule = require('node-schedule');", "schedule.scheduleJob({ «hour: 16, minute: 50» }, flattenAll);"), { messageId: 'local' }, JS),
  ],
};

const RISK = 'export class Risk {\n  check(tick) {\n    «console.log(tick)»;\n  }\n}\n';

export const PRF004_SCRIPTS: Cases = {
  valid: [
    { name: 'TypeScript: bar handler', code: 'export class CandleBot {\n  onCandle(bar: Bar) { console.log(bar); }\n}\n', ...TS },
    { name: 'TypeScript: counter', code: bot('this.n++;\nif (this.n % 1000 === 0) console.log(this.n);'), ...TS },
    { name: 'TypeScript: throttle', code: bot('if (Date.now() - this.lastLog > 1000) {\n  this.lastLog = Date.now();\n  console.log(tick);\n}'), ...TS },
    { name: 'TypeScript: throttle that leaves early', code: bot('const now = Date.now();\nif (now - this.lastLog < 1000) return;\nthis.lastLog = now;\nconsole.log(tick);'), ...TS },
    { name: 'TypeScript: new bar', code: bot('if (tick.barTime !== this.lastBar) {\n  this.lastBar = tick.barTime;\n  console.log("new bar");\n}'), ...TS },
    { name: 'TypeScript: error branch', code: bot('try {\n  await this.update(tick);\n} catch (error) {\n  console.error(error);\n}', '  async update(tick: Tick) {}\n'), ...TS },
    { name: 'TypeScript: switch that is off', code: `const DEBUG = false;\n${bot('if (DEBUG) console.log(tick);')}`, ...TS },
    { name: 'TypeScript: branch that trades', code: bot('if (this.crossed(tick)) {\n  console.log("enter");\n  await this.ex.createOrder("ES", "market", "buy", 1);\n}', '  crossed(tick: Tick) { return false; }\n'), ...TS },
    { name: 'TypeScript: once', code: bot('if (!this.announced) {\n  this.announced = true;\n  console.log("first tick");\n}', '  announced = false;\n'), ...TS },
    { name: 'TypeScript: suppressed', code: bot('console.log(tick); // tickguard: ignore[PRF004] this bot is a recorder\n/* tickguard: ignore[PRF004] so is this */\nconsole.log(tick);'), ...TS },
    { name: 'TypeScript: no data in an event', code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.onmessage = (event) => { read(event); };\nfunction read(event: MessageEvent) {\n  if (event.data) {\n    use(event.data);\n  } else {\n    console.log('nothing in it');\n  }\n}\nfunction use(data: string) {}\n", ...TS },
    { name: 'TypeScript: an error line in the other branch', code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.on('message', (text) => {\n  const message = JSON.parse(text);\n  if (message.e === 'markPriceUpdate') {\n    use(message);\n  } else {\n    console.error('not a price');\n  }\n});\nfunction use(message: object) {}\n", ...TS },
    { name: 'TypeScript: a kind of message that nobody knows', code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.on('message', (text) => {\n  const message = JSON.parse(text);\n  switch (message.type) {\n    case 'ticker': use(message); break;\n    case 'trade': use(message); break;\n    default: console.log('Unknown message type', message.type);\n  }\n});\nfunction use(message: object) {}\n", ...TS },
    { name: 'TypeScript: a console of its own', code: `import { console } from './ui';\n${bot('console.log(tick);')}`, ...TS },
    { name: 'TypeScript: poller', code: 'export class Poller {\n  start() { setInterval(() => this.poll(), 5_000); }\n  poll() { console.log("alive"); }\n}\n', ...TS },
    { name: 'JavaScript: start of a socket', code: "const ws = new WebSocket(url);\nws.on('open', () => console.log('up'));\nws.on('error', (error) => console.error(error));\n", ...JS },
    { name: 'TypeScript: a web page that trades nothing', files: { 'page.ts': "export class Page {\n  start() {\n    simulation.on('tick', () => console.log('moved'));\n    bus.on('message', (m) => console.log(m));\n  }\n}\n" } },
    { name: 'JavaScript: file outside of trading code', files: { 'tool.js': 'function show(ticks) {\n  for (const tick of ticks) console.log(tick);\n}\nshow([1]);\n' } },
  ],
  invalid: [
    { name: 'TypeScript: console.log in the handler', code: bot('«console.log(tick)»;'), ...TS, findings: [{ messageId: 'print', severity: 'warning', gate: 'merge', message: /^Prints on every tick: onTick/ }] },
    { name: 'JavaScript: the console of the global object', code: 'class TickBot {\n  onTick(tick) {\n    «globalThis.console.log(tick)»;\n  }\n}\n', ...JS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: a logger', code: `import pino from 'pino';\nconst logger = pino();\n${bot('«logger.info({ tick })»;')}`, ...TS, findings: [{ messageId: 'log' }] },
    { name: 'TypeScript: a debug line with a composed text', code: bot('«this.logger.debug(`tick ${tick.price}`)»;'), ...TS, findings: [{ messageId: 'debug', severity: 'info', gate: 'none' }] },
    { name: 'TypeScript: another file', files: { 'risk.ts': RISK, 'bot.ts': `import { Risk } from './risk';\n${bot('this.risk.check(tick);', '  private readonly risk = new Risk();\n')}` }, findings: [{ messageId: 'print', message: /onTick → Risk\.check/ }] },
    { name: 'TypeScript: a message of a socket', code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.on('message', async (message) => {\n  «console.log(message)»;\n});\n", ...TS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: where there is data in an event', code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.onmessage = (event) => { read(event); };\nfunction read(event: MessageEvent) {\n  if (event.data) {\n    «console.log(event.data)»;\n  }\n}\n", ...TS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: bound to this', code: "import WebSocket from 'ws';\nexport class Feed {\n  constructor(private ws: WebSocket) { ws.on('message', this.read.bind(this)); }\n  private read(data: Buffer) {\n    «console.log(data)»;\n  }\n}\n", ...TS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: a loop over a stream', code: "import ccxt from 'ccxt';\nasync function run() {\n  const ex = new ccxt.pro.binance();\n  while (true) {\n    const ticker = await ex.watchTicker('BTC/USDT');\n    «console.log(ticker.last)»;\n  }\n}\nrun();\n", ...TS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: data is there', code: bot('if (tick != null && tick.price > 0) {\n  «console.log(tick)»;\n}'), ...TS, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: branch that stays true once entered', code: bot('if (this.loss >= this.config.maxDailyLoss) {\n  «this.logger.warn("limit reached")»;\n  return;\n}\nthis.last = tick;'), ...TS, findings: [{ messageId: 'log' }] },
    { name: 'TypeScript: in a callback that runs at once', code: bot('tick.levels.forEach((level) => «console.log(level)»);'), ...TS, findings: [{ messageId: 'print' }] },
    { name: 'JavaScript: CommonJS', files: { 'risk.js': "module.exports = class Risk {\n  check(tick) {\n    «console.log(tick)»;\n  }\n};\n", 'bot.js': "const Risk = require('./risk');\nclass TickBot {\n  constructor() { this.risk = new Risk(); }\n  onTick(tick) { this.risk.check(tick); }\n}\n" }, findings: [{ messageId: 'print' }] },
  ],
};

const ASKS = bot('this.risk.check(tick);', '  private readonly risk = new Risk();\n');
const JSON_OF = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Imports by configurations and packages. */
export const PRF004_IMPORTS: Cases = {
  valid: [
    { name: 'TypeScript: own paths replace those of the base', files: {
      'tsconfig.base.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['./a/risk.ts'] } } }),
      'app/tsconfig.json': JSON_OF({ extends: '../tsconfig.base.json', compilerOptions: { paths: { '@other': ['./other.ts'] } } }),
      'a/risk.ts': RISK.replace(/[«»]/g, ''), 'app/bot.ts': `import { Risk } from '@risk';\n${ASKS}` } },
    { name: 'TypeScript: a name that two packages have', files: {
      'a/package.json': JSON_OF({ name: '@desk/risk', main: './risk.ts' }), 'b/package.json': JSON_OF({ name: '@desk/risk', main: './risk.ts' }),
      'a/risk.ts': RISK.replace(/[«»]/g, ''), 'b/risk.ts': RISK.replace(/[«»]/g, ''), 'bot.ts': `import { Risk } from '@desk/risk';\n${ASKS}` } },
    { name: 'TypeScript: configurations that inherit from each other', files: {
      'tsconfig.json': JSON_OF({ extends: './tsconfig.base.json' }), 'tsconfig.base.json': JSON_OF({ extends: './tsconfig.json' }),
      'risk.ts': RISK.replace(/[«»]/g, ''), 'bot.ts': `import { Risk } from '@risk';\n${ASKS}` } },
  ],
  invalid: ([
    ['paths of a base', { 'tsconfig.base.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['./lib/risk.ts'] } } }), 'app/tsconfig.json': JSON_OF({ extends: '../tsconfig.base' }) }, 'lib/risk.ts', 'app/bot.ts', '@risk'],
    ['a chain of bases', { 'tsconfig.root.json': JSON_OF({ compilerOptions: { baseUrl: '.', paths: { '@/*': ['lib/*'] } } }), 'config/tsconfig.mid.json': JSON_OF({ extends: '../tsconfig.root.json' }), 'app/tsconfig.json': JSON_OF({ extends: '../config/tsconfig.mid.json' }) }, 'lib/risk.ts', 'app/bot.ts', '@/risk'],
    ['a list of bases, the last wins', { 'one.json': '{}', 'tsconfig.a.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['./nowhere.ts'] } } }), 'tsconfig.b.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['./lib/risk.ts'] } } }), 'app/tsconfig.json': JSON_OF({ extends: ['../tsconfig.a.json', '../tsconfig.b.json'] }) }, 'lib/risk.ts', 'app/bot.ts', '@risk'],
    ['a base folder that is taken over', { 'tsconfig.base.json': JSON_OF({ compilerOptions: { baseUrl: './lib' } }), 'app/tsconfig.json': JSON_OF({ extends: '../tsconfig.base.json', compilerOptions: { paths: { '@risk': ['risk.ts'] } } }) }, 'lib/risk.ts', 'app/bot.ts', '@risk'],
    ['a base in a package', { 'packages/config/package.json': JSON_OF({ name: '@desk/config' }), 'packages/config/base.json': '{}', 'packages/config/tsconfig.base.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['../risk/risk.ts'] } } }), 'app/tsconfig.json': JSON_OF({ extends: '@desk/config/tsconfig.base.json' }) }, 'packages/risk/risk.ts', 'app/bot.ts', '@risk'],
    ['two configurations in a folder', { 'tsconfig.json': JSON_OF({ compilerOptions: { paths: { '@risk': ['./lib/risk.ts'] } } }), 'tsconfig.test.json': JSON_OF({ compilerOptions: { paths: { '@test': ['./test/x.ts'] } } }) }, 'lib/risk.ts', 'bot.ts', '@risk'],
    ['a package by its folder', { 'package.json': JSON_OF({ private: true, workspaces: ['packages/*'] }), 'packages/risk/package.json': JSON_OF({ name: '@desk/risk' }) }, 'packages/risk/src/index.ts', 'packages/bot/src/bot.ts', '@desk/risk'],
    ['a package by what is made of it', { 'package.json': JSON_OF({ workspaces: ['packages/*'] }), 'packages/risk/package.json': JSON_OF({ name: '@desk/risk', main: './dist/risk.js', types: './dist/risk.d.ts' }) }, 'packages/risk/src/risk.ts', 'packages/bot/src/bot.ts', '@desk/risk'],
    ['a package by its exports', { 'packages/risk/package.json': JSON_OF({ name: 'desk-risk', exports: { '.': { types: './dist/other.d.ts', import: './dist/other.js' }, './limits': { import: './dist/limits.js' } } }) }, 'packages/risk/src/limits.ts', 'packages/bot/bot.ts', 'desk-risk/limits'],
    ['a package by a pattern of exports', { 'packages/risk/package.json': JSON_OF({ name: '@desk/risk', exports: { './*': './lib/*.js' } }) }, 'packages/risk/src/limits.ts', 'packages/bot/bot.ts', '@desk/risk/limits'],
  ] as const).map(([name, configs, riskPath, botPath, module]) => ({
    name: `TypeScript: ${name}`, files: { ...configs, [riskPath]: RISK, [botPath]: `import { Risk } from '${module}';\n${ASKS}` },
    findings: [{ messageId: 'print', message: /onTick → Risk\.check/ }],
  })),
};

const ORDER = "exchange.createOrder('ES', 'market', 'buy', 1);";

/** Generators and loops over feeds. */
export const PRF004_GENERATORS: Cases = {
  valid: [
    { name: 'TypeScript: a strategy for each candle that prints for each signal', files: { 'rsi.ts': "import { buy, useRSI } from '@opentrader/bot-processor';\nexport function* rsi(ctx) {\n  const value = yield useRSI(14);\n  if (value < 30) {\n    console.log(value);\n    yield buy({ quantity: 1 });\n  }\n}\nrsi.runPolicy = { onPublicTrade: true };\n" } },
    { name: 'TypeScript: what stands before the loop of a generator', files: { 'bot.ts': `export class TickBot {\n  steps = this.run();\n  *run() {\n    console.log('ready');\n    while (true) {\n      const tick = yield;\n      ${ORDER}\n    }\n  }\n  onTick(tick) { this.steps.next(tick); }\n}\n` } },
    { name: 'TypeScript: a loop over rows', files: { 'bot.ts': `async function run(db) {\n  for await (const trade of db.trades.find()) { console.log(trade); }\n}\n${ORDER}\n` } },
  ],
  invalid: [
    { name: 'TypeScript: a strategy for each trade', files: { 'rsi.ts': "import { buy } from '@opentrader/bot-processor';\nexport function* rsi(ctx) {\n  «console.log(ctx.market.trade)»;\n  yield buy({ quantity: 1 });\n}\nrsi.runPolicy = { onPublicTrade: true };\n" }, findings: [{ messageId: 'print', message: /every tick: rsi/ }] },
    { name: 'TypeScript: a strategy for each candle', files: { 'rsi.ts': "import { buy } from '@opentrader/bot-processor';\nexport function* rsi(ctx) {\n  yield* log(ctx);\n  yield buy({ quantity: 1 });\n}\nfunction* log(ctx) { «console.log(ctx)»; yield ctx; }\nrsi.runPolicy = { onTickerChange: true, onCandleClosed: true };\n" }, findings: [{ messageId: 'print', message: /rsi → log/ }] },
    { name: 'TypeScript: a generator that is handed each tick', files: { 'bot.ts': `import { plan } from './plan';\nexport class TickBot {\n  steps = plan(this);\n  onTick(tick) { this.steps.next(tick); }\n}\n`, 'plan.ts': `export function* plan(bot) {\n  while (true) {\n    const tick = yield;\n    «console.log(tick)»;\n    ${ORDER}\n  }\n}\n` }, findings: [{ messageId: 'print', file: 'plan.ts', message: /onTick → plan/ }] },
    { name: 'TypeScript: a loop over a feed', files: { 'bot.ts': `export async function* signals(feed) {\n  for await (const tick of feed) {\n    «console.log(tick)»;\n    yield buy({ symbol: 'ES', quantity: 1 });\n  }\n}\n` }, findings: [{ messageId: 'print', message: /every tick: signals/ }] },
    { name: 'Python: a loop over a feed', files: { 'bot.py': 'async def run(feed, broker):\n    async for tick in feed:\n        «print(tick)»\n        broker.place_order(tick)\n' }, findings: [{ messageId: 'print', message: /every tick: run/ }] },
  ],
};

/** Strategies that are objects. */
export const PRF004_OBJECTS: Cases = {
  valid: [
    { name: 'TypeScript: an object with a bar handler', files: { 'bot.ts': `export const strategy = {\n  onCandle: (candle) => { console.log(candle); ${ORDER} },\n};\n` } },
    { name: 'TypeScript: an object of something else', files: { 'bot.ts': `const countdown = {\n  onTick(left) { console.log(left); },\n};\ncountdown.start();\n${ORDER}\n` } },
    { name: 'TypeScript: a handler that is told nothing', files: { 'bot.ts': `export const strategy = {\n  onTick() { console.log('alive'); },\n};\n${ORDER}\n` } },
  ],
  invalid: [
    { name: 'TypeScript: an object with a tick handler', files: { 'bot.ts': `export const strategy = {\n  name: 'scalper',\n  onTick(tick) {\n    «console.log(tick)»;\n    ${ORDER}\n  },\n  onCandle: (candle) => { console.log(candle); },\n};\nrun(strategy);\n` }, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: an object that is the default export', files: { 'risk.ts': RISK, 'bot.ts': `import { Risk } from './risk';\nconst risk = new Risk();\nexport default {\n  onTick: async (tick) => {\n    risk.check(tick);\n    ${ORDER}\n  },\n};\n` }, findings: [{ messageId: 'print', message: /Risk\.check/ }] },
    { name: 'JavaScript: an object that is the module', files: { 'bot.js': `module.exports = {\n  onTick: function (tick) {\n    «console.log(tick)»;\n    ${ORDER}\n  },\n};\n` }, findings: [{ messageId: 'print' }] },
    { name: 'TypeScript: an object handed to its maker', files: { 'bot.ts': `export const strategy = defineStrategy({\n  onTick(tick: Tick) {\n    «console.log(tick)»;\n    ${ORDER}\n  },\n});\n` }, findings: [{ messageId: 'print' }] },
  ],
};
