/** APX023: limits, deadlines, stops and switches of guards that are marked as temporary, by a comment or by their name. */
import { temporaryLimit } from '../../src/guardians/compliance/rules/apx023-temporary-limit.ts';
import { fires, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };
const YAML = { path: 'settings.yaml' };

ruleTester(temporaryLimit, {
  valid: [
    silent('no mark', 'MAX_DRAWDOWN_PCT = 0.04  # 4 %\n'),
    silent('another thing', 'TIMEOUT = 5  # TODO temporary\n'),
    silent('temperature', 'MAX_DRAWDOWN_PCT = 0.04  # the temperature of the market\n'),
    silent('a debug level', 'MAX_DRAWDOWN_PCT = 0.04  # written at debug level\n'),
    silent('a temporary halt', 'MAX_DAILY_LOSS = 500  # a temporary halt, until the next session\n'),
    silent('work on another thing', 'MAX_DAILY_LOSS = 500  # TODO move to the config\n'),
    silent('work on another thing, above', '# TODO: temporary workaround for the API\nMAX_DAILY_LOSS = 500\n'),
    silent('a section', '# Values that the research team has agreed on for testing the new market data feed of the vendor\nMAX_DAILY_LOSS = 500\n'),
    silent('two lines above', '# temporary limit\nNAME = "x"\nMAX_DAILY_LOSS = 500\n'),
    silent('behind the line before', 'A = 1  # temporary limit\nMAX_DAILY_LOSS = 500\n'),
    silent('both worlds', 'MAX_DAILY_LOSS = 500  # for backtest and live\n'),
    silent('a value that is worked out', 'max_daily_loss = size * share  # temporary\n'),
    silent('a text in code', 'MAX_DAILY_LOSS = 500\nprint("temporary")\n'),
    silent('the limit of nothing', 'MAX_RETRIES = 3  # TODO temporary\n'),
    silent('an environment', 'debug_dd_dir = "/tmp"  # temporary\n'),
    silent('a switch for debugging that is off', 'DEBUG_SKIP_RISK = False  # for debugging\n'),
    silent('a guard that is on', 'class Config:\n    enable_risk_checks: bool = True  # turn off for testing\n'),
    silent('a currency pair', 'MAX_DAILY_LOSS = 500  # of $XXX\n'),
    silent('a file of back-tests', 'MAX_DRAWDOWN_PCT = 0.5  # for backtest only\n', { path: 'backtest/run.py' }),
    silent('test code', 'MAX_DRAWDOWN_PCT = 0.5  # TODO temporary\n', { role: 'test' }),
    silent('settings without a mark', 'max_drawdown: 0.04  # of the balance\n', YAML),
    silent('a script without a mark', 'const maxDrawdown = 2000; // Apex\n', TS),
  ],
  invalid: [
    fires('a to-do', 'MAX_DD = «0.5»  # TODO temporary\n', {
      messageId: 'comment', severity: 'warning', layer: 'house', gate: 'deploy', related: ['strategy.py:1 marked here'], evidence: { kind: 'limit', mark: 'temporary' },
      message: '0.5 in MAX_DD is marked as temporary (“temporary”). Put the value back that the account is to be traded with, or take the mark away.',
    }),
    fires('for a back-test', 'MAX_DRAWDOWN_PCT = «0.5»  # for backtest only\n', { messageId: 'comment' }),
    fires('on the line above', '# TEMP: raised limit\nMAX_DAILY_LOSS = «5000»\n', { messageId: 'comment', related: ['strategy.py:1 marked here'] }),
    fires('a hack', 'max_contracts = «50»  # HACK\n', { messageId: 'comment', evidence: { kind: 'contracts' } }),
    fires('three signs', 'MAX_DAILY_LOSS = «5000»  # XXX\n', { messageId: 'comment', evidence: { mark: 'XXX' } }),
    fires('to be lowered', 'MAX_DAILY_LOSS = «5000»  # TODO lower again\n', { messageId: 'comment', evidence: { mark: 'TODO' } }),
    fires('before it goes live', 'MAX_DAILY_LOSS = «5000»  # restore before going live\n', { messageId: 'comment' }),
    fires('a deadline', 'from datetime import time\n\nFLATTEN_AT = «time(16, 59)»  # for now\n', { messageId: 'comment', evidence: { kind: 'deadline' } }),
    fires('a share', 'class Config:\n    risk_per_trade: float = «0.05»  # placeholder\n', { messageId: 'comment', evidence: { kind: 'risk' } }),
    fires('a stop', 'STOP_LOSS_TICKS = «400»  # not for production\n', { messageId: 'comment', evidence: { kind: 'stop' } }),
    fires('a switch', 'class Config:\n    enable_risk_checks: bool = «False»  # disabled for debugging\n', { messageId: 'comment', evidence: { kind: 'switch', mark: 'for debugging' } }),
    fires('an argument', 'guard = Guard(max_drawdown=«0.5»)  # TODO temporary\n', { messageId: 'comment' }),
    fires('an expert', 'input double MaxDailyLoss = «5000»; // FIXME raise for testing\nvoid OnTick() {}\n', { messageId: 'comment' }, MQ),
    fires('an expert with a mark above', '// temporary, disabled for debugging\ninput bool UseDrawdownGuard = «false»;\nvoid OnTick() {}\n', { messageId: 'comment', evidence: { kind: 'switch' } }, MQ),
    fires('a script', 'export const limits = {\n  maxDrawdown: «20000», // temp value\n};\n', { messageId: 'comment' }, TS),
    fires('settings', 'risk:\n  max_daily_loss: «5000»  # temporary\n', { messageId: 'comment' }, YAML),
    fires('settings with a mark above', '# raised for testing\nmax_drawdown = «0.5»\n', { messageId: 'comment' }, { path: 'settings.toml' }),
    fires('an environment file', '# disabled for testing\nKILL_SWITCH_ENABLED=«false»\n', { messageId: 'comment' }, { path: 'bot.env' }),
    fires('by its name', 'TEMP_MAX_DRAWDOWN_PCT = «0.5»\n', {
      messageId: 'name', severity: 'warning', message: '0.5 in TEMP_MAX_DRAWDOWN_PCT: its name says “temp”. Put the value back that the account is to be traded with, or give it its name.',
    }),
    fires('by a name of an expert', 'input double DebugMaxDailyLoss = «5000»;\nvoid OnTick() {}\n', { messageId: 'name' }, MQ),
  ],
});
