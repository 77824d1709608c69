/** APX002: peaks and drawdowns of closed trades only; the twin counts what is open. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';
import { crossed } from './crossed-mutants.ts';

/** What is drawn or tried out rather than traded. */
const EXCUSED = /panel|back.?test|test|simul|report|show|print|plot|chart|stat|analy|metric|optimi|paper|size|sizing|lot|summary|result|display|log/i;

const form = (name: string, language: MutantLanguage, make: (draw: Draw) => Made, more: Partial<Form> = {}): Form => ({ name, language, where: 'function', not: EXCUSED, make, ...more });

const peakName = (draw: Draw): string => draw.name('peak', 'high_water_mark', 'hwm', 'peak_equity');

const python: readonly Form[] = [
  form('a peak', 'python', (draw) => {
    const [owner, peak, account] = [draw.place.self === undefined ? '' : 'self.', peakName(draw), draw.name('account', 'acct')];
    const what = draw.one(['balance', 'cash']);
    const write = (value: string): string => `${owner}${peak} = max(${owner}${peak}, ${value})`;
    return { code: write(`«${account}.${what}»`), twin: write(`${account}.${what} + ${account}.unrealized_pnl`) };
  }),
  form('raised in a branch', 'python', (draw) => {
    const [owner, peak] = [draw.place.self === undefined ? '' : 'self.', peakName(draw)];
    const account = draw.name('account', 'acct');
    const balance = draw.name('balance', 'bal');
    return { code: `${balance} = ${account}.balance\nif ${balance} > ${owner}${peak}:\n    ${owner}${peak} = «${balance}»`, twin: `${balance} = ${account}.equity\nif ${balance} > ${owner}${peak}:\n    ${owner}${peak} = ${balance}` };
  }),
  form('MetaTrader\'s balance', 'python', (draw) => {
    const [mt5, info, used] = [draw.name('mt5', 'MT5'), draw.name('info', 'account_now'), draw.name('drawdown', 'dd')];
    const write = (value: string): string => `${info} = ${mt5}.account_info()\n${used} = (peak_equity - ${value}) / peak_equity\nif ${used} > 0.03:\n    halt()`;
    return { code: write(`«${info}.balance»`), twin: write(`${info}.equity`), imports: `import MetaTrader5 as ${mt5}` };
  }),
  form('a share of the peak', 'python', (draw) => {
    const [fn, peak] = [draw.name('breached', 'drawdown_hit'), draw.name('peak_balance', 'peak_account')];
    const write = (value: string): string => `def ${fn}(account, ${peak}):\n    return ${value} < ${peak} * 0.97`;
    return { code: write('«account.balance»'), twin: write('account.equity') };
  }, { where: 'module' }),
];

const mql5: readonly Form[] = [
  form('a peak', 'mql5', (draw) => {
    const peak = draw.name('g_peak', 'm_peak', 'peakEquity');
    return { code: `${peak} = MathMax(${peak}, «AccountInfoDouble(ACCOUNT_BALANCE)»);`, twin: `${peak} = MathMax(${peak}, AccountInfoDouble(ACCOUNT_EQUITY));` };
  }),
  form('raised in a branch', 'mql5', (draw) => {
    const [peak, balance] = [draw.name('g_peak', 'm_hwm'), draw.name('balance', 'bal')];
    return { code: `double ${balance} = AccountInfoDouble(ACCOUNT_BALANCE);\nif(${balance} > ${peak}) ${peak} = «${balance}»;`, twin: `double ${balance} = AccountInfoDouble(ACCOUNT_EQUITY);\nif(${balance} > ${peak}) ${peak} = ${balance};` };
  }),
  form('a drawdown', 'mql5', (draw) => {
    const [dd, peak] = [draw.name('dd', 'drawdown'), draw.name('g_peak', 'peakEquity')];
    const write = (value: string): string => `double ${dd} = (${peak} - ${value}) / ${peak} * 100.0;\nif(${dd} > 3.0) CloseAll();`;
    return { code: write('«AccountInfoDouble(ACCOUNT_BALANCE)»'), twin: write('AccountInfoDouble(ACCOUNT_EQUITY)') };
  }),
];

const script: readonly Form[] = [
  form('a peak', 'script', (draw) => {
    const [owner, peak] = [draw.place.self === undefined ? '' : 'this.', draw.name('hwm', 'peakEquity', 'highWaterMark')];
    const write = (value: string): string => `${owner}${peak} = Math.max(${owner}${peak}, ${value});`;
    return { code: write(`«account.${draw.one(['cash', 'balance'])}»`), twin: write('account.cash + account.openPnl') };
  }),
  form('a class', 'script', (draw) => {
    const cls = draw.name('PeakGuard', 'AccountPeak');
    const typed = draw.place.typed ? ': any' : '';
    const write = (field: string, marked: boolean): string => `class ${cls} {\n    peakBalance = 0;\n    update(account${typed}) {\n        if (account.${field} > this.peakBalance) { this.peakBalance = ${marked ? '«' : ''}account.${field}${marked ? '»' : ''}; }\n        return this.peakBalance;\n    }\n}`;
    return { code: write('balance', true), twin: write('equity', false) };
  }, { where: 'module' }),
  form('a drawdown', 'script', (draw) => {
    const [used, close] = [draw.name('drawdown', 'dd'), draw.place.self ?? 'broker'];
    const write = (value: string): string => `const ${used} = (peakEquity - ${value}) / peakEquity;\nif (${used} > 0.03) ${close}.flattenAll();`;
    return { code: write('«account.cash»'), twin: write('account.equity') };
  }),
];

// Each way to read the closed balance in each way to make a high-water mark or a drawdown of it.

interface Read {
  readonly name: string;
  /** The closed balance, and the same with open positions. */
  readonly balance: string;
  readonly equity: string;
  readonly imports?: string;
}

const one = (read: Read, right: boolean): string => `«${right ? read.equity : read.balance}»`;

const pythonReads = crossed<Read>('python', [
  { name: 'NautilusTrader', balance: 'self.portfolio.account(self.venue).balance_total(self.usd).as_double()', equity: '(self.portfolio.account(self.venue).balance_total(self.usd).as_double() + self.unrealized_pnl())' },
  { name: 'MetaTrader', balance: 'mt5.account_info().balance', equity: 'mt5.account_info().equity', imports: 'import MetaTrader5 as mt5' },
  { name: 'an account', balance: 'self.account.balance', equity: 'self.account.equity' },
  { name: 'an entry', balance: 'self.account["cash"]', equity: 'self.account["equity"]' },
  { name: 'a number', balance: 'float(self.account.cash_balance)', equity: 'float(self.account.net_liquidation)' },
], {
  'the larger': (read, right) => `class RiskGate:\n    def step(self):\n        self.peak = max(self.peak, ${one(read, right)})\n`,
  'a conditional': (read, right) => `class RiskGate:\n    def step(self):\n        self.hwm = ${one(read, right)} if ${right ? read.equity : read.balance} > self.hwm else self.hwm\n`,
  'a branch': (read, right) => `class RiskGate:\n    def step(self):\n        now = ${right ? read.equity : read.balance}\n        if now > self.high_water_mark:\n            self.high_water_mark = «now»\n`,
  'a drawdown': (read, right) => `class RiskGate:\n    def exceeded(self):\n        drawdown = (self.peak_equity - ${one(read, right)}) / self.peak_equity\n        return drawdown >= self.limit\n`,
  'a floor': (read, right) => `class RiskGate:\n    def exceeded(self):\n        return ${one(read, right)} <= self.drawdown_floor\n`,
}, { not: EXCUSED });

const mql5Reads = crossed<Read>('mql5', [
  { name: 'AccountInfoDouble', balance: 'AccountInfoDouble(ACCOUNT_BALANCE)', equity: 'AccountInfoDouble(ACCOUNT_EQUITY)' },
  { name: 'AccountBalance', balance: 'AccountBalance()', equity: 'AccountEquity()' },
  { name: 'CAccountInfo', balance: 'm_account.Balance()', equity: 'm_account.Equity()' },
  { name: 'a rounded one', balance: 'NormalizeDouble(AccountInfoDouble(ACCOUNT_BALANCE), 2)', equity: 'NormalizeDouble(AccountInfoDouble(ACCOUNT_EQUITY), 2)' },
], {
  'the larger': (read, right) => `double tg_peak = 0;\nvoid TgStep()\n{\n   tg_peak = MathMax(tg_peak, ${one(read, right)});\n}\n`,
  'a conditional': (read, right) => `double tg_hwm = 0;\nvoid TgStep()\n{\n   tg_hwm = ${right ? read.equity : read.balance} > tg_hwm ? ${one(read, right)} : tg_hwm;\n}\n`,
  'a branch': (read, right) => `double tg_peak = 0;\nvoid TgStep()\n{\n   double now = ${right ? read.equity : read.balance};\n   if(now > tg_peak) tg_peak = «now»;\n}\n`,
  'a drawdown': (read, right) => `double tg_peak = 0;\nbool TgExceeded()\n{\n   double dd = (tg_peak - ${one(read, right)}) / tg_peak * 100.0;\n   return dd >= 4.0;\n}\n`,
  'from the start': (read, right) => `double tg_start_balance = 0;\nbool TgExceeded()\n{\n   return tg_start_balance - ${one(read, right)} >= TgMaxLoss();\n}\ndouble TgMaxLoss() { return 2000; }\n`,
}, { not: EXCUSED });

const scriptReads = crossed<Read>('script', [
  { name: 'an account', balance: 'this.account.balance', equity: 'this.account.equity' },
  { name: 'cash', balance: 'this.account.cash', equity: '(this.account.cash + this.account.openPnl)' },
  { name: 'a number', balance: 'Number(this.account.cashBalance)', equity: 'Number(this.account.netLiq)' },
  { name: 'a wallet', balance: 'this.account.walletBalance', equity: 'this.account.marginBalance' },
], {
  'the larger': (read, right) => `class TgGate {\n  step() { this.peak = Math.max(this.peak, ${one(read, right)}); }\n}\n`,
  'a conditional': (read, right) => `class TgGate {\n  step() { this.hwm = ${right ? read.equity : read.balance} > this.hwm ? ${one(read, right)} : this.hwm; }\n}\n`,
  'a branch': (read, right) => `class TgGate {\n  step() {\n    const now = ${right ? read.equity : read.balance};\n    if (now > this.peakBalance) { this.peakBalance = «now»; }\n  }\n}\n`,
  'a drawdown': (read, right) => `class TgGate {\n  exceeded() {\n    const drawdown = (this.peakEquity - ${one(read, right)}) / this.peakEquity;\n    return drawdown > this.limit;\n  }\n}\n`,
  'a floor': (read, right) => `class TgGate {\n  exceeded() { return ${one(read, right)} <= this.drawdownFloor; }\n}\n`,
}, { not: EXCUSED });

export const APX002_MUTANTS: readonly Form[] = [...python, ...pythonReads, ...mql5, ...mql5Reads, ...script, ...scriptReads];
