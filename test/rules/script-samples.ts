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
    silent('TypeScript: a variable of the environment is no constant', 'const maxDrawdown = Number(process.env.MAX_DD ?? 5000);\n', TS),
    silent('TypeScript: a figure that grows', 'function stats(xs: number[]) {\n  let maxDrawdown = 0;\n  for (const x of xs) maxDrawdown = Math.max(maxDrawdown, x);\n  return maxDrawdown;\n}\n', TS),
    silent('TypeScript: statistics of a back-test', 'const results = { sharpe: 1.4, maxDrawdown: 0.35, winRate: 0.5 };\n', TS),
    silent('TypeScript: a type is no value', 'interface Limits { maxDrawdown: number }\ntype Size = { maxDrawdown: 5000 };\n', TS),
    silent('JavaScript: tests', 'const limits = { size: 50000, maxDrawdown: 5000 };\n', { path: 'bot.test.js', role: 'test' }),
  ],
  invalid: [
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
