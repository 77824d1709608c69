/** APX021: a risk per trade as large as the drawdown the account is allowed, proven by the formula that sizes the order. */
import { wholeAccountRisk } from '../../src/guardians/compliance/rules/apx021-whole-account-risk.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

/** A class that sizes by a share of the balance and the distance of the stop. */
const sizer = (value: string, formula = 'self.balance * self.risk_pct / 100', by = 'amount / (stop_distance * self.tick_value)'): string => `class Sizer:\n    risk_pct: float = ${value}\n\n    def size(self, stop_distance):\n        amount = ${formula}\n        return ${by}\n`;
/** The same of an expert, with an input. */
const expert = (input: string, formula = 'AccountInfoDouble(ACCOUNT_BALANCE) * InpRiskPercent / 100.0', by = 'money / (slPoints * tickValue)'): string => `${input}\ndouble Lots(double slPoints, double tickValue)\n{\n   double money = ${formula};\n   return ${by};\n}\nvoid OnTick() {}\n`;
/** An expert whose risk is handed through two functions to the formula. */
const handed = (calls: string, risk: string): string => `input double InpRisk = ${risk};\ndouble Lots(double riskPercent, double price, double slPrice)\n{\n   double balance = AccountInfoDouble(ACCOUNT_BALANCE);\n   return (riskPercent * balance) / (MathAbs(price - slPrice) / _Point);\n}\nvoid Open(double price, double slPrice, double part)\n{\n   double lots = Lots(part, price, slPrice);\n}\nvoid OnTick()\n{\n   double price = Ask(), sl = Low();\n   ${calls}\n}\n`;

ruleTester(wholeAccountRisk, {
  valid: [
    silent('a small part', sizer('0.5')),
    silent('just less than everything', sizer('3.99')),
    silent('an account with more room', sizer('5.0'), { accounts: [FTMO] }),
    silent('less than the house limit', sizer('9.5'), { accounts: [] }),
    silent('a fraction', sizer('0.01', 'self.balance * self.risk_pct')),
    silent('no formula: a number alone', 'class Config:\n    risk_pct: float = 30.0\n    max_risk_per_trade: float = 0.5\n'),
    silent('an input alone', 'input double MaxRisk = 30;\nvoid OnTick() {}\n', MQ),
    silent('a share that is margin', sizer('30.0', undefined, 'amount / self.margin_required')),
    silent('a share that buys at a price', sizer('30.0', undefined, 'amount / price')),
    silent('a share that is only told', sizer('30.0', undefined, 'f"{amount} of {stop_distance}"')),
    silent('a share with another factor', sizer('8.0', 'self.balance * self.risk_pct / 100 * self.confidence')),
    silent('the smaller of two', sizer('30.0', 'min(self.balance * self.risk_pct / 100, self.cap)')),
    silent('a size that is capped', sizer('30.0', undefined, 'min(amount / stop_distance, self.most)')),
    silent('a size that is capped, in one step', 'RISK = 0.3\n\n\ndef size(equity, stop_distance, most):\n    return min(equity * RISK / stop_distance, most)\n'),
    silent('an amount that is changed', 'class Sizer:\n    risk_pct: float = 30.0\n\n    def size(self, stop_distance):\n        amount = self.balance * self.risk_pct / 100\n        if self.losing:\n            amount = 50\n        return amount / stop_distance\n'),
    silent('a share of the daily limit', sizer('30.0', 'self.daily_loss_limit * self.risk_pct / 100')),
    silent('a number from elsewhere', 'def size(account, risk_pct, stop_distance):\n    amount = account.balance * risk_pct / 100\n    return amount / stop_distance\n'),
    silent('a ratio of reward and risk', 'class Sizer:\n    risk_reward_ratio: float = 30.0\n\n    def target(self, stop_distance):\n        return self.balance * self.risk_reward_ratio / 100 / stop_distance\n'),
    silent('all of it and more is no share', sizer('150.0')),
    silent('the risk of the day', 'class Sizer:\n    daily_risk_pct: float = 30.0\n\n    def size(self, stop_distance):\n        return self.balance * self.daily_risk_pct / 100 / stop_distance\n'),
    silent('an expert, small', expert('input double InpRiskPercent = 1.0;'), MQ),
    silent('a script, small', 'const riskPct = 0.01;\nexport function size(balance: number, stopDistance: number): number {\n  return (balance * riskPct) / stopDistance;\n}\n', TS),
    silent('a parameter that calls fill differently', handed('Open(price, sl, InpRisk); Lots(0.01, price, sl);', '0.05'), MQ),
    silent('a parameter that is small wherever it comes from', handed('Open(price, sl, InpRisk);', '0.01'), MQ),
    silent('a parameter that nobody fills', handed('Tick();', '0.05'), MQ),
    silent('a parameter that is changed', handed('Open(price, sl, InpRisk);', '0.05').replace('   return (riskPercent', '   riskPercent = riskPercent / 10;\n   return (riskPercent'), MQ),
    silent('test code', sizer('30.0'), { role: 'test' }),
  ],
  invalid: [
    fires('through parameters', handed('Open(price, sl, InpRisk);', '«0.05»'), { messageId: 'firm', message: /^5 % of 50,000 is 2,500 lost at one stop/ }, MQ),
    fires('in two steps', sizer('«5.0»'), {
      messageId: 'firm', severity: 'error', layer: 'firm', account: 'apex-1', related: ['strategy.py:5 lost at the stop'],
      message: '5 % of 50,000 is 2,500 lost at one stop; account apex-1 ends at 2,000 (4 %). Risk a small part of that.',
      evidence: { percent: '5', lostCents: '250000', allowanceCents: '200000', pack: 'apex-4.0-intraday' },
    }),
    fires('exactly everything', sizer('«4.0»'), { messageId: 'firm', message: /^4 % of 50,000 is 2,000 lost/ }),
    fires('a fraction', sizer('«0.05»', 'self.balance * self.risk_pct'), { messageId: 'firm', evidence: { percent: '5' } }),
    fires('in one step', 'RISK = «0.06»\n\n\ndef size(equity, stop_loss, tick_value):\n    return equity * RISK / (stop_loss * tick_value)\n', { messageId: 'firm' }),
    fires('a hundredth as a factor', sizer('«6.0»', 'self.equity * self.risk_pct * 0.01'), { messageId: 'firm' }),
    fires('in parentheses', sizer('«6.0»', 'self.account_size * (self.risk_pct / 100.0)'), { messageId: 'firm' }),
    fires('by what a contract loses', sizer('«6.0»', undefined, 'amount // 1 if amount > 0 else amount / risk_per_contract'), { messageId: 'firm' }),
    fires('a default', 'def size(balance, stop_distance, risk_pct=«5.0»):\n    amount = balance * risk_pct / 100\n    return amount / stop_distance\n', { messageId: 'firm' }),
    fires('a size of its own', 'ACCOUNT_SIZE = 150_000\nRISK_PER_TRADE = «0.015»\n\n\ndef size(stop_distance):\n    return ACCOUNT_SIZE * RISK_PER_TRADE / stop_distance\n', { messageId: 'firm', message: '1.5 % of 150,000 is 2,250 lost at one stop; account apex-1 ends at 2,000 (1.33 %). Risk a small part of that.' }),
    fires('FTMO', expert('input double InpRiskPercent = «10.0»;'), { messageId: 'firm', account: 'ftmo-1', message: /^10 % of 50,000 is 5,000 lost/ }, { ...MQ, accounts: [FTMO] }),
    fires('an expert', expert('input double InpRiskPercent = «5.0»;'), { messageId: 'firm', severity: 'error' }, MQ),
    fires('an expert that counts in points', 'input double RiskPercent = «6.0»;\ndouble Lots(double in, double sl, double tv)\n{\n   double balance = AccountInfoDouble(ACCOUNT_BALANCE);\n   return (balance * RiskPercent / 100) / MathAbs(in - sl) * _Point / tv;\n}\nvoid OnTick() {}\n', { messageId: 'firm' }, MQ),
    fires('an expert that asks an object', expert('input double InpRisk = «8»;', 'm_account.Balance() * InpRisk / 100'), { messageId: 'firm' }, MQ),
    fires('a script', 'const riskPct = «0.1»;\nexport function size(balance: number, stopDistance: number): number {\n  const amount = balance * riskPct;\n  return amount / stopDistance;\n}\n', { messageId: 'firm' }, TS),
    fires('the user\'s own', sizer('«2.0»'), { messageId: 'user', severity: 'warning', layer: 'house', message: '2 % of 50,000 is 1,000 lost at one stop, and 800 is the drawdown you set for account apex-1 in tickguard.json. Risk a small part of that.' }, { accounts: [{ ...APEX, limits: { maxDrawdown: 800 } }] }),
    fires('the house limit', sizer('«10.0»'), { messageId: 'house', severity: 'warning', layer: 'house', message: '10 % is lost at one stop, and 10 % is the house limit for the drawdown (no account chosen). Risk a small part of that, or choose an account.' }, { accounts: [] }),
  ],
});
