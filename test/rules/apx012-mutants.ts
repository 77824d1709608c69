/** APX012: guards that never act, and the same guards in use. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|sim|test|mock|replay|example|research|fixture|sandbox|walk|monte|paper|stop|shut|close|clean|main|dispose|disconnect|display|format|render|color|plot|summary|status/i;

function form(name: string, language: MutantLanguage, where: Form['where'], make: (draw: Draw) => Made): Form {
  return { name, language, where, not: EXCUSED, make };
}

export const APX012_MUTANTS: readonly Form[] = [
  form('a switch that is off', 'python', 'module', (draw) => {
    const name = draw.name('USE_DRAWDOWN_GUARD', 'ENABLE_KILL_SWITCH', 'ENABLE_DAILY_LOSS_LIMIT', 'USE_EQUITY_GUARD');
    const of = (value: string): string => `${name} = ${value}\n\n\ndef ${draw.name('may_go_on', 'still_fine')}(drop):\n    if ${name} and drop > ${draw.int(3, 9)}:\n        return False\n    return True`;
    const code = of('«False»');
    return { code, twin: code.replace('«False»', 'True') };
  }),
  form('a check that is skipped', 'python', 'module', (draw) => {
    const name = draw.name('SKIP_RISK_CHECKS', 'BYPASS_DRAWDOWN_GUARD', 'DISABLE_KILL_SWITCH', 'DEBUG_SKIP_RISK');
    const code = `${name} = «True»\n\n\ndef ${draw.name('may_go_on', 'still_fine')}(drop):\n    return ${name} or drop < ${draw.int(3, 9)}`;
    return { code, twin: code.replace('«True»', 'False') };
  }),
  form('told and latched', 'python', 'module', (draw) => {
    const flag = draw.one(['halted', 'daily_locked', 'account_closed']);
    const close = draw.one(['broker.close_all_positions()', 'broker.flatten_all()', 'broker.liquidate()']);
    const head = `class ${draw.name('Watcher', 'Keeper')}:\n    def ${draw.one(['on_breach', 'act', 'enforce'])}(self, broker, log):\n        try:\n            ${close}\n`;
    return { code: `${head}        «except Exception» as error:\n            log.error(error)\n        self.${flag} = True`, twin: `${head}            self.${flag} = True\n        except Exception as error:\n            log.error(error)` };
  }),
  form('an answer nobody hears', 'python', 'module', (draw) => {
    const check = draw.one(['check_max_drawdown', 'is_daily_loss_exceeded', 'check_equity_floor_limit']);
    const head = `class ${draw.name('Watcher', 'Keeper')}:\n    def ${check}(self, equity):\n        return equity < self.floor\n\n    def on_price(self, equity):\n`;
    return { code: `${head}        «self.${check}(equity)»`, twin: `${head}        if self.${check}(equity):\n            raise RuntimeError('over')` };
  }),
  form('the size of a profit', 'python', 'module', (draw) => {
    const pnl = draw.one(['daily_pnl', 'day_profit', 'session_pnl']);
    const limit = draw.one(['max_daily_loss', 'daily_loss_limit']);
    const head = `def ${draw.name('is_over', 'too_much')}(${pnl}, ${limit}):\n    return `;
    return { code: `${head}«abs(${pnl}) >= ${limit}»`, twin: `${head}-${pnl} >= ${limit}` };
  }),
  form('a limit of 0', 'mql5', 'module', (draw) => {
    const name = draw.name('InpMaxDailyLoss', 'InpEquityDrawdownLimit', 'InpMaxDrawdownPct');
    const code = `input double ${name} = «0»; // 0 = off\nbool ${draw.name('TooDeep', 'OverLimit')}(double drop)\n{\n    return ${name} > 0 && drop >= ${name};\n}`;
    return { code, twin: code.replace('«0»', '2.5') };
  }),
  form('a switch that is off', 'mql5', 'module', (draw) => {
    const name = draw.name('InpUseDrawdownGuard', 'InpEnableDailyLossLimit', 'InpUseEquityProtection');
    const code = `input bool ${name} = «false»;\nbool ${draw.name('TooDeep', 'OverLimit')}(double drop)\n{\n    return ${name} && drop >= 2.5;\n}`;
    return { code, twin: code.replace('«false»', 'true') };
  }),
  form('a catch that tells', 'script', 'module', (draw) => {
    const flag = draw.one(['halted', 'dayLocked', 'accountClosed']);
    const head = `class ${draw.name('Watcher', 'Keeper')} {\n    async onBreach(broker${draw.type('any')}) {\n        try {\n            await broker.${draw.one(['closeAllPositions', 'flattenAll', 'liquidate'])}();\n`;
    return { code: `${head}        } «catch» (error) {\n            console.error(error);\n        }\n        (this${draw.place.typed ? ' as any' : ''}).${flag} = true;\n    }\n}`, twin: `${head}            (this${draw.place.typed ? ' as any' : ''}).${flag} = true;\n        } catch (error) {\n            console.error(error);\n        }\n    }\n}` };
  }),
  form('the size of a profit', 'script', 'module', (draw) => {
    const head = `function ${draw.name('isOver', 'tooMuch')}(dailyPnl${draw.type('number')}, maxDailyLoss${draw.type('number')}) {\n    return `;
    return { code: `${head}«Math.abs(dailyPnl) >= maxDailyLoss»;\n}`, twin: `${head}-dailyPnl >= maxDailyLoss;\n}` };
  }),
];
