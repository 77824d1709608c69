/** APX011: limits that are loosened while the program runs. */
import { mutableLimit } from '../../src/guardians/compliance/rules/apx011-mutable-limit.ts';
import { fires, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

/** A class with a limit and a method that does something with it. */
const bot = (line: string, method = 'on_bar(self, bar)', limit = 'max_drawdown = 2000'): string => `class Bot:\n    def __init__(self):\n        self.${limit}\n\n    def ${method}:\n        ${line}\n`;

ruleTester(mutableLimit, {
  valid: [
    silent('read', bot('if self.drawdown > self.max_drawdown:\n            self.flatten()')),
    silent('tightened', bot('self.max_drawdown = min(self.max_drawdown, self.room)')),
    silent('halved', bot('self.max_drawdown *= 0.5')),
    silent('a smaller number', bot('self.max_drawdown = 1000')),
    silent('the number it began with', bot('self.max_drawdown = 2000')),
    silent('taken off', bot('self.max_drawdown -= 100')),
    silent('what was measured', bot('self.max_drawdown = max(self.max_drawdown, self.drawdown)')),
    silent('what was measured, by a branch', bot('if self.drawdown > self.max_drawdown:\n            self.max_drawdown = self.drawdown')),
    silent('a measure', bot('self.max_drawdown_seen *= 2', undefined, 'max_drawdown_seen = 1')),
    silent('from the configuration', bot('self.max_drawdown = self.config.max_drawdown')),
    silent('a setter', bot('self.max_drawdown = 5000', 'set_max_drawdown(self)')),
    silent('a reload', bot('self.max_drawdown = 5000', 'reload_settings(self)')),
    silent('a reset', bot('self.max_drawdown = 5000', 'reset_limits(self)')),
    silent('a phase', bot('self.max_drawdown = 5000', 'apply_phase(self)')),
    silent('a local', 'def on_bar(bar):\n    max_drawdown = 2000\n    max_drawdown *= 2\n    return max_drawdown\n'),
    silent('a loss that is added up', bot('self.daily_loss += 100', undefined, 'daily_loss = 0')),
    silent('a negative limit', bot('self.max_daily_loss = -250', undefined, 'max_daily_loss = -500')),
    silent('another thing', bot('self.max_retries *= 2', undefined, 'max_retries = 3')),
    silent('a back-test', bot('self.max_drawdown *= 2'), { path: 'backtest/run.py' }),
    silent('test code', bot('self.max_drawdown *= 2'), { role: 'test' }),
    silent('an expert at its start', 'double g_maxDrawdown = 4;\nint OnInit() { g_maxDrawdown = 8; return 0; }\nvoid OnTick() {}\n', MQ),
    silent('a panel', 'double g_maxDrawdown = 4;\nvoid OnChartEvent() { g_maxDrawdown = 8; }\nvoid OnTick() {}\n', MQ),
    silent('a script that tightens', 'export class Bot {\n  maxLoss = 500;\n  onTick() { this.maxLoss = Math.min(this.maxLoss, 400); }\n}\n', TS),
  ],
  invalid: [
    fires('doubled', bot('«self.max_drawdown *= 2»'), {
      messageId: 'raised', severity: 'warning', layer: 'house', gate: 'merge', evidence: { how: 'raised' },
      message: 'max_drawdown is raised while the program runs: after that it holds nobody to what was agreed. Keep limits in the configuration, and tighten them at most.',
    }),
    fires('a greater number', bot('«self.max_drawdown = 5000»'), { messageId: 'replaced', message: 'A greater max_drawdown than it began with is set while the program runs. Keep limits in the configuration, and tighten them at most.' }),
    fires('something added', bot('«self.max_daily_loss += 250»', undefined, 'max_daily_loss = 500'), { messageId: 'raised' }),
    fires('a profit added', bot('«self.max_daily_loss += self.daily_profit * 0.5»', undefined, 'max_daily_loss = 500'), { messageId: 'raised' }),
    fires('itself and a factor', bot('«self.max_drawdown = self.max_drawdown * 1.5»'), { messageId: 'raised' }),
    fires('the limits of another object', 'class Bot:\n    def on_bar(self, bar):\n        «self.limits.max_loss *= 2»\n', { messageId: 'raised' }),
    fires('contracts', bot('«self.max_contracts += 1»', undefined, 'max_contracts = 2'), { messageId: 'raised' }),
    fires('an expert', 'double g_maxDrawdown = 4;\nvoid OnTick() { if(Profit() > 0) «g_maxDrawdown = 8»; }\n', { messageId: 'replaced' }, MQ),
    fires('a script', 'export class Bot {\n  limits = { maxLoss: 500 };\n  onTick() { «this.limits.maxLoss *= 2»; }\n}\n', { messageId: 'raised' }, TS),
  ],
});
