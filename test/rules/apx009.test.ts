/** APX009: more contracts than the account may hold. */
import { tooManyContracts } from '../../src/guardians/compliance/rules/apx009-too-many-contracts.ts';
import { APEX, fires as told, FTMO, silent } from './apx-samples.ts';
import type { Expectation } from './apx-samples.ts';
import type { CaseInput } from './cases.ts';
import { ruleTester } from './rule-tester.ts';

/** The evaluation of 50,000: 6 contracts or 60 micros. It names no product. */
const OPEN = { ...APEX, products: [] };
/** A performance account: 2 contracts at first, 4 at most. */
const PA = { ...APEX, id: 'pa-1', phase: 'funded' as const };
const BIG = { ...APEX, id: 'apex-2', size: 100_000 };
const yaml = { path: 'config.yaml' };
const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

function fires(name: string, code: string, expected: Expectation, extra: Partial<CaseInput> = {}): ReturnType<typeof told> {
  return told(name, code, expected, extra);
}

ruleTester(tooManyContracts, {
  valid: [
    silent('as many as the account may hold', 'MAX_CONTRACTS = 6\n'),
    silent('fewer', 'class Config:\n    max_contracts: int = 4\n    contracts_per_trade: int = 2\n'),
    silent('micros at ten to one', 'MAX_MICROS = 60\nmax_micro_contracts = 50\n'),
    silent('in a file about micros', 'SYMBOL = "MNQ"\nMAX_CONTRACTS = 20\n'),
    silent('in a file that knows of micros', 'max_contracts = 20\npoint_value = 2.0 if is_micro else 20.0\n'),
    silent('micros by the comment', 'max_contracts = 50  # micro equivalents\n'),
    silent('an account that trades micros', 'MAX_CONTRACTS = 20\n', { accounts: [{ ...APEX, products: ['MES', 'ES'] }] }),
    silent('nobody knows what is traded', 'MAX_CONTRACTS = 20\n', { accounts: [OPEN] }),
    silent('a level of the account', 'MAX_CONTRACTS = 4\n', { accounts: [PA] }),
    silent('no account', 'MAX_CONTRACTS = 500\n', { accounts: [] }),
    silent('a firm that counts lots', 'MAX_CONTRACTS = 500\n', { accounts: [FTMO] }),
    silent('a pack that does not know', 'MAX_CONTRACTS = 500\n', { accounts: [{ ...APEX, pack: 'tradeify' }] }),
    silent('lots are no contracts', 'input double InpLots = 25;\ninput double MaxLots = 100;\n', MQ),
    silent('what a contract is worth', 'contract_size = 50\nmax_contract_size = 50\ncontract_multiplier = 50\ncontracts_tick_value = 50\n'),
    silent('a volume over the day', 'max_contracts_per_day = 200\ndaily_contracts = 40\nmin_contracts = 10\n'),
    silent('what was traded', 'contracts_traded = 400\nopen_contracts = 40\nremaining_contracts = 30\n'),
    silent('an order once', 'value = profit(contracts=20, points=3)\n'),
    silent('a trade of the past', 'trade = {"contracts": 20, "pnl": 350.0, "symbol": "ES"}\n'),
    silent('options', 'max_option_contracts = 50\nmax_contracts = 50  # options\n'),
    silent('a part of one', 'contracts = 7.5\n'),
    silent('contracts of a chain', 'MAX_CONTRACT_ADDRESSES = 90\nmax_smart_contracts = 90\n'),
    silent('microseconds', 'max_micros_timeout = 5000\nmicroseconds_limit = 9000\n'),
    silent('a stage before it', 'warn_max_contracts = 20\nmax_contracts_alert = 20\n'),
    silent('a table of sizes', 'PLANS = {\n    "a": {"max_contracts": 6},\n    "b": {"max_contracts": 8},\n    "c": {"max_contracts": 12},\n}\n'),
    silent('another size\'s row', 'plans:\n  - account_size: 100000\n    max_contracts: 8\n', yaml),
    silent('another firm\'s', 'TOPSTEP_MAX_CONTRACTS = 15\n'),
    silent('another phase\'s', 'EVAL_MAX_CONTRACTS = 6\n', { accounts: [PA] }),
    silent('what is worked out', 'def size(dd):\n    contracts = 30 if dd < 500 else 20\n    return contracts\n'),
    silent('none', 'MAX_CONTRACTS = 0\n'),
    silent('test code', 'MAX_CONTRACTS = 20\n', { role: 'test' }),
    silent('a comment', '# MAX_CONTRACTS = 20\ncontracts = 2\n'),
    silent('the larger account', 'MAX_CONTRACTS = 8\n', { accounts: [BIG] }),
    silent('an expert, as many', 'input int InpContracts = 6;\n', MQ),
    silent('a script, as many', 'export const limits = { maxContracts: 6, maxMicros: 60 };\n', TS),
  ],
  invalid: [
    fires('a field', 'class Config:\n    max_contracts: int = «20»\n', {
      messageId: 'contracts', severity: 'warning', layer: 'firm', account: 'apex-2', fix: [['20', '8']],
      message: '20 contracts; account apex-2 holds 8 at most, or 80 micros. Set it to 8.', evidence: { counted: 'contracts', count: '20', most: '8', pack: 'apex-4.0-intraday' },
    }, { accounts: [BIG] }),
    fires('one too many', 'MAX_CONTRACTS = «7»\n', { messageId: 'contracts', fix: [['7', '6']] }),
    fires('a file that names a full-size contract', 'SYMBOL = "ESZ6"\nMAX_CONTRACTS = «20»\n', { messageId: 'contracts', fix: [['20', '6']] }, { accounts: [OPEN] }),
    fires('full-size by the name', 'eval_max_mini_contracts = «10»\n', { messageId: 'contracts', fix: [['10', '6']] }, { accounts: [OPEN] }),
    fires('full-size beside micros', 'risk = {"max_contracts": «10», "max_micro_contracts": 50}\n', { messageId: 'contracts', fix: [['10', '6']] }, { accounts: [OPEN] }),
    fires('micros', 'MAX_MICROS = «100»\n', { messageId: 'micros', message: '100 micros are 10 contracts at 10:1; account apex-1 holds 6 at most. Set it to 60.', fix: [['100', '60']] }),
    fires('micros by the comment', 'max_contracts: int = «65»  # micros\n', { messageId: 'micros', message: /^65 micros are 7 contracts/, fix: [['65', '60']] }, { accounts: [OPEN] }),
    fires('even of micros', 'MAX_CONTRACTS = «1_000»\n', { messageId: 'either', message: '1,000 contracts; account apex-1 holds 6 contracts at most, and even of micros 60. Set it to 6, or to 60 if they are micros.', fix: [['1_000', '6']] }, { accounts: [OPEN] }),
    fires('the highest level of a funded account', 'MAX_CONTRACTS = «5»\n', { messageId: 'contracts', account: 'pa-1', fix: [['5', '4']] }, { accounts: [PA] }),
    fires('the strictest of several', 'MAX_CONTRACTS = «7»\n', { messageId: 'contracts', account: 'apex-1', fix: [['7', '6']] }, { accounts: [BIG, APEX] }),
    fires('the user\'s own', 'MAX_CONTRACTS = «4»\n', { messageId: 'user', layer: 'house', message: '4 contracts are more than the 3 you set for account apex-1 in tickguard.json. Set it to 3.', fix: [['4', '3']] }, { accounts: [{ ...APEX, limits: { maxContracts: 3 } }] }),
    fires('the user\'s own, in micros', 'MAX_MICROS = «40»\n', { messageId: 'userMicros', layer: 'house', fix: [['40', '30']] }, { accounts: [{ ...APEX, limits: { maxContracts: 3 } }] }),
    fires('the size of an order', 'class Config:\n    contracts_per_trade: int = «30»\n', { messageId: 'contracts', fix: [['30', '6']] }),
    fires('a keyword behind a constant', 'MOST = «12»\nrisk = Risk(max_contracts=MOST)\n', { messageId: 'contracts', related: ['strategy.py:2 used as max_contracts'], fix: [['12', '6']] }),
    fires('what the environment lacks', 'MOST = int(os.getenv("MAX_CONTRACTS", «"20"»))\n', { messageId: 'contracts', fix: [['"20"', '"6"']] }),
    fires('an input', 'input int Contracts = «25»;\n', { messageId: 'contracts', fix: [['25', '6']] }, MQ),
    fires('a macro', '#define MAX_CONTRACTS «25»\nvoid OnTick() {}\n', { messageId: 'contracts', fix: [['25', '6']] }, MQ),
    fires('an object', 'export const limits = { maxContracts: «30», symbol: \'ES\' };\n', { messageId: 'contracts', fix: [['30', '6']] }, TS),
    fires('a fallback of a script', 'const maxContracts = Number(process.env.MAX_CONTRACTS ?? «12»);\n', { messageId: 'contracts', fix: [['12', '6']] }, TS),
    fires('a row of the account\'s size', 'plans:\n  - account_size: 50000\n    max_contracts: «10»\n  - account_size: 100000\n    max_contracts: 8\n', { messageId: 'contracts', fix: [['10', '6']] }, yaml),
    fires('YAML', 'risk:\n  max_contracts: «10»\n', { messageId: 'contracts', fix: [['10', '6']] }, yaml),
    fires('JSON', '{ "risk": { "maxContracts": «10» } }\n', { messageId: 'contracts', fix: [['10', '6']] }, { path: 'settings.json' }),
    fires('TOML', '[risk]\nmax_contracts = «10»\n', { messageId: 'contracts', fix: [['10', '6']] }, { path: 'settings.toml' }),
    fires('an environment file', 'MAX_CONTRACTS=«10»\n', { messageId: 'contracts', fix: [['10', '6']] }, { path: '.env' }),
    fires('a preset', 'InpMaxContracts=«10»||1||1||20||N\n', { messageId: 'contracts', fix: [['10', '6']] }, { path: 'presets/ea.set' }),
  ],
});
