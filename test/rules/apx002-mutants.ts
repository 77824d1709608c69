/** APX002: peaks and drawdowns of closed trades only; the twin counts what is open. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

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

export const APX002_MUTANTS: readonly Form[] = [...python, ...mql5, ...script];
