/** APX002: each way to read the closed balance in each way to make a high-water mark or a drawdown of it. */
import { crossed, type SnippetMutant } from './snippet-mutants.ts';

interface Read {
  readonly name: string;
  /** The closed balance, and the same with open positions. */
  readonly balance: string;
  readonly equity: string;
  readonly imports?: string;
}

const one = (read: Read, right: boolean): string => `«${right ? read.equity : read.balance}»`;

const python = crossed<Read>('python', [
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
});

const mql5 = crossed<Read>('mql5', [
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
});

const script = crossed<Read>('script', [
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
});

export const APX002_SNIPPETS: readonly SnippetMutant[] = [...python, ...mql5, ...script];
