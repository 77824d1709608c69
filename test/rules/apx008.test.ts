/** APX008: the best day's share of profit, looser than the account's or taken of something else. */
import { looseConsistency } from '../../src/guardians/compliance/rules/apx008-loose-consistency.ts';
import { APEX, fires, FTMO, silent as quiet } from './apx-samples.ts';
import type { CaseInput } from './cases.ts';
import { ruleTester } from './rule-tester.ts';

/** An Apex 3.0 performance account: the best day at most 30 % of profit. */
const PA = { ...APEX, id: 'pa-1', pack: 'apex-3.0', phase: 'funded' as const };
/** Apex 4.0: below 50 %. */
const PA4 = { ...APEX, id: 'pa-4', phase: 'funded' as const };
/** Topstep's Combine: 55 %. */
const COMBINE = { ...APEX, id: 'ts-1', pack: 'topstep' };
const pa = { accounts: [PA] };
const yaml = { path: 'config.yaml', accounts: [PA] };
const MQ = { path: 'ea.mq5', accounts: [PA] };
const TS = { path: 'bot.ts', accounts: [PA] };

function silent(name: string, code: string, extra: Partial<CaseInput> = pa): ReturnType<typeof quiet> {
  return quiet(name, code, extra);
}

ruleTester(looseConsistency, {
  valid: [
    silent('as strict as the account', 'CONSISTENCY_LIMIT = 0.30\n'),
    silent('stricter', 'class Config:\n    consistency_limit: float = 0.25\n    max_best_day_pct: float = 20.0\n'),
    silent('an evaluation without such a rule', 'CONSISTENCY_LIMIT = 0.5\n', { accounts: [APEX] }),
    silent('a firm without such a rule', 'CONSISTENCY_LIMIT = 0.9\n', { accounts: [FTMO] }),
    silent('a pack that does not know it', 'CONSISTENCY_LIMIT = 0.9\n', { accounts: [{ ...COMBINE, phase: 'funded' }] }),
    silent('the newer rules', 'CONSISTENCY_LIMIT = 0.5\n', { accounts: [PA4] }),
    silent('the house limit', 'CONSISTENCY_LIMIT = 0.3\n', { accounts: [] }),
    silent('off', 'CONSISTENCY_LIMIT = 1.0\nMAX_BEST_DAY_SHARE = 100\n'),
    silent('off, too', 'CONSISTENCY_LIMIT = 0\n'),
    silent('money', 'risk:\n  max_best_day_usd: 1500\n  consistency_cap: 1500\n', yaml),
    silent('a score', 'MIN_CONSISTENCY_SCORE = 55\nconsistency_weight = 0.8\nconsistency_limit_bonus = 0.9\n'),
    silent('a stage before it', 'consistency_warn_limit = 0.4\nconsistency_limit = 0.3  # hard\nsoft_consistency_limit = 0.45\n'),
    silent('a stage by its comment', 'CONSISTENCY_LIMIT = 0.4  # only a warning\n'),
    silent('the least share of days with a profit', 'min_consistency_pct = 60\nconsistency_days_required = 3\n'),
    silent('a result', 'results = {"sharpe": 1.2, "consistency_pct": 71.0, "best_day_pct": 44.0}\n'),
    silent('a result of a day', 'class Summary:\n    best_day_share: float = 0.61\n'),
    silent('one day, a share of the balance', 'max_daily_profit_pct = 50.0\ndaily_profit_limit_pct = 40\n'),
    silent('a share of the target, by its comment', 'RISK_CONSISTENCY_PCT = 0.50  # best day at most this part of the target\n'),
    silent('a share of the target, by its name', 'max_best_day_share_of_target = 0.5\n'),
    silent('the loss of a day', 'max_day_loss_share = 0.5\n'),
    silent('a share of one position', 'consistency_max_position_share = 0.5\n'),
    silent('a share of one month', 'monthly_consistency_limit = 0.5\n'),
    silent('how the data agree', 'db_consistency_limit = 0.9\ndata_consistency_threshold = 0.8\n'),
    silent('without a word of a limit, alone', 'consistency_pct = 80\n'),
    silent('the evaluation\'s, not the account\'s', 'EVAL_CONSISTENCY_LIMIT = 0.5\n'),
    silent('a table of phases', 'RULES = {\n    "one": {"consistency_limit": 0.4},\n    "two": {"consistency_limit": 0.5},\n}\n'),
    silent('a table of plans', 'export const PLANS = {\n  a: { target: 3000, consistencyRule: 50 },\n  b: { target: 6000, consistencyRule: 30 },\n  c: { target: 9000, consistencyRule: 0 },\n};\n', TS),
    silent('another firm\'s', 'TOPSTEP_CONSISTENCY_LIMIT = 0.55\n'),
    silent('another firm\'s file', 'risk:\n  consistency_limit: 0.55\n', { ...yaml, path: 'config/topstep.yaml' }),
    silent('test code', 'CONSISTENCY_LIMIT = 0.5\n', { ...pa, role: 'test' }),
    silent('a comment', '# CONSISTENCY_LIMIT = 0.5\nconsistency = 1\n'),
    silent('what is worked out', 'def limit(count):\n    consistency_limit = 0.2 if count == 1 else 0.4\n    return consistency_limit\n'),
    silent('an expert, as strict', 'input double MaxDayShare = 30;\ninput int ConsistencyDays = 90;\n', MQ),
    silent('a script, as strict', 'export const limits = { consistencyLimitPct: 30, bestDayScore: 80 };\n', TS),
    silent('of profit', 'def consistency(self):\n    return self.best_day / self.total_profit\n'),
    silent('of profit, beside a share of the balance', 'def check_consistency(self):\n    growth = self.best_day / self.start_balance\n    return self.best_day / self.net_profit <= 0.3, growth\n'),
    silent('the return of the best day', 'def summary(self):\n    best_day_return = self.best_day / self.start_balance * 100\n    return best_day_return\n'),
    silent('the return of each day', 'def returns(self):\n    return [self.day_pnl / self.start_balance]\n'),
    silent('a day\'s loss', 'def check_consistency(self):\n    return self.day_loss / self.start_balance\n'),
    silent('a share of the target in an evaluation', 'def consistency(self):\n    return self.best_day / self.profit_target\n', { accounts: [COMBINE] }),
    silent('a share of the target without an account', 'def consistency(self):\n    return self.best_day / self.profit_target\n', { accounts: [] }),
    silent('a share of the balance where nothing is said', 'def consistency(self):\n    return self.best_day / self.start_balance\n', { accounts: [FTMO] }),
  ],
  invalid: [
    fires('a constant', 'CONSISTENCY_LIMIT = «0.5»\n', {
      messageId: 'loose', severity: 'warning', layer: 'firm', account: 'pa-1', fix: [['0.5', '0.3']],
      message: '50 % for the best day: after a day of 1,000 this counts 2,000 of profit as enough; account pa-1 wants 3,333.34 (at most 30 %). Set it to 0.3.',
      evidence: { unit: 'fraction', sharePercent: '50', allowedPercent: '30', operator: 'at-most', pack: 'apex-3.0' },
    }, pa),
    fires('just above', 'CONSISTENCY_LIMIT = «0.301»\n', { messageId: 'loose', fix: [['0.301', '0.3']] }, pa),
    fires('an account that an exact share does not pass', 'consistency_limit = «0.6»\n', { messageId: 'loose', message: /this counts 1,666\.67 of profit as enough; account pa-4 wants 2,000\.01 \(less than 50 %\)/, fix: [['0.6', '0.5']] }, { accounts: [PA4] }),
    fires('the Combine\'s', 'consistency_limit = «0.6»\n', { messageId: 'loose', fix: [['0.6', '0.55']] }, { accounts: [COMBINE] }),
    fires('the strictest of several', 'consistency_limit = «0.45»\n', { messageId: 'loose', account: 'pa-1', fix: [['0.45', '0.3']] }, { accounts: [PA4, PA] }),
    fires('the user\'s own', 'consistency_limit = «0.4»\n', { messageId: 'user', layer: 'house', message: '40 % for the best day is more than the 25 % you set for account pa-4 in tickguard.json. Set it to 0.25.', fix: [['0.4', '0.25']] }, { accounts: [{ ...PA4, limits: { consistencyPercent: 25 } }] }),
    fires('more than both', 'consistency_limit = «0.6»\n', { messageId: 'loose', layer: 'firm', fix: [['0.6', '0.5']] }, { accounts: [{ ...PA4, limits: { consistencyPercent: 25 } }] }),
    fires('the house limit', 'consistency_limit = «50»\n', { messageId: 'house', severity: 'warning', layer: 'house', message: '50 % for the best day is looser than 30 % of profit (house limit; no account chosen). Set it to 30, or choose an account.', fix: [['50', '30']] }, { accounts: [] }),
    fires('a field in percent', 'class Config:\n    max_best_day_pct: float = «50.0»\n', { messageId: 'loose', fix: [['50.0', '30.0']] }, pa),
    fires('a keyword behind a constant', 'CAP = «0.4»\nguard = Guard(max_best_day_share=CAP)\n', { messageId: 'loose', related: ['strategy.py:2 used as max_best_day_share'], fix: [['0.4', '0.3']] }, pa),
    fires('beside other limits', 'config = {"max_daily_loss": 500, "consistency_pct": «0.40»}\n', { messageId: 'loose', fix: [['0.40', '0.3']] }, pa),
    fires('what the environment lacks', 'LIMIT = float(os.getenv("CONSISTENCY_LIMIT", «"0.5"»))\n', { messageId: 'loose', fix: [['"0.5"', '"0.3"']] }, pa),
    fires('its own phase', 'PA_CONSISTENCY_MAX_PCT = «0.5»\nEVAL_DAYS = 7\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, pa),
    fires('its own firm', 'APEX_CONSISTENCY_MAX_DAY_PCT = «0.5»\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, pa),
    fires('an input', 'input double MaxDayShare = «50»;\n', { messageId: 'loose', fix: [['50', '30']] }, MQ),
    fires('a macro', '#define CONSISTENCY_LIMIT «0.5»\nvoid OnTick() {}\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, MQ),
    fires('a preset', 'InpConsistencyLimit=«50»||10||5||60||N\n', { messageId: 'loose', fix: [['50', '30']] }, { path: 'presets/ea.set', accounts: [PA] }),
    fires('an object', 'export const limits = { consistencyLimit: «0.5», windowDays: 30 };\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, TS),
    fires('a fallback of a script', 'const consistencyLimit = Number(process.env.CONSISTENCY ?? «0.5»);\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, TS),
    fires('a mapping', 'payout:\n  consistency:\n    max_pct: «50%»\n', { messageId: 'loose', fix: [['50%', '30%']] }, yaml),
    fires('JSON', '{ "risk": { "consistencyRulePercent": «40» } }\n', { messageId: 'loose', fix: [['40', '30']] }, { path: 'settings.json', accounts: [PA] }),
    fires('TOML', '[risk]\nmax_best_day_share = «0.5»\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, { path: 'settings.toml', accounts: [PA] }),
    fires('an environment file', 'CONSISTENCY_LIMIT=«0.5»\n', { messageId: 'loose', fix: [['0.5', '0.3']] }, { path: '.env', accounts: [PA] }),
    fires('of the balance', 'def consistency(self):\n    return «self.best_day / self.start_balance»\n', {
      messageId: 'base', layer: 'firm', account: 'pa-1', evidence: { base: 'size', pack: 'apex-3.0' },
      message: '30 % of profit is what account pa-1 lets the best day be: 1,000 of 2,000 are 50 %, whatever self.start_balance is. Divide by the profit.',
    }, pa),
    fires('of the balance, compared', 'def may_pay(self):\n    return «max(self.daily_profits.values()) / self.account_size» <= self.consistency_limit\n', { messageId: 'base' }, pa),
    fires('of the balance, by the name of the result', 'def step(day_profit, equity):\n    consistency = «day_profit / equity * 100»\n    return consistency\n', { messageId: 'base' }, pa),
    fires('a largest day of the balance', 'def cap(self):\n    return «self.consistency_limit * self.start_balance»\n', { messageId: 'base' }, pa),
    fires('of the target, once it is passed', 'def consistency(self):\n    return «self.best_day / self.profit_target»\n', { messageId: 'base', evidence: { base: 'target' } }, pa),
    fires('of the balance in the Combine', 'def consistency(self):\n    return «self.best_day / self.start_balance»\n', { messageId: 'base', account: 'ts-1', message: /^55 % of profit/ }, { accounts: [COMBINE] }),
    fires('of the balance without an account', 'def consistency(self):\n    return «self.best_day / self.start_balance»\n', { messageId: 'baseHouse', severity: 'warning', layer: 'house' }, { accounts: [] }),
    fires('an expert\'s', 'double Consistency(double bestDay)\n{\n   return «bestDay / AccountBalanceStart»;\n}\nvoid OnTick() {}\n'.replaceAll('AccountBalanceStart', 'g_startBalance'), { messageId: 'base' }, MQ),
    fires('a script\'s', 'export function consistency(bestDay: number, startBalance: number): number {\n  return «bestDay / startBalance»;\n}\n', { messageId: 'base' }, TS),
  ],
});
