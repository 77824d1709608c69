/** APX011: limits that are loosened while the program runs, and the same tightened. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|optimi|hyperopt|sim|test|mock|replay|example|research|fixture|sandbox|walk|monte/i;

function form(name: string, language: MutantLanguage, make: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, make };
}

export const APX011_MUTANTS: readonly Form[] = [
  form('multiplied', 'python', (draw) => {
    const limit = draw.one(['max_drawdown', 'max_daily_loss', 'daily_loss_limit']);
    const head = `class ${draw.name('Watcher', 'Keeper')}:\n    def ${draw.one(['on_bar', 'on_fill', 'on_win'])}(self, bar):\n        `;
    return { code: `${head}«self.${limit} *= ${draw.one(['1.5', '2', '3'])}»`, twin: `${head}self.${limit} *= 0.5` };
  }),
  form('replaced', 'python', (draw) => {
    const limit = draw.one(['max_drawdown', 'max_daily_loss', 'daily_loss_limit']);
    const head = `class ${draw.name('Watcher', 'Keeper')}:\n    def __init__(self):\n        self.${limit} = ${draw.int(200, 400)}\n\n    def ${draw.one(['on_bar', 'on_fill', 'on_win'])}(self, bar):\n        `;
    return { code: `${head}«self.${limit} = ${draw.int(500, 900)}»`, twin: `${head}self.${limit} = ${draw.int(10, 90)}` };
  }),
  form('a variable of the file', 'mql5', (draw) => {
    const limit = draw.name('g_maxDrawdownPct', 'g_maxDailyLossUsd');
    const head = `double ${limit} = ${draw.int(2, 4)}.0;\nvoid ${draw.name('AfterWin', 'NextRound')}()\n{\n    `;
    return { code: `${head}«${limit} *= 2»;\n}`, twin: `${head}${limit} *= 0.5;\n}` };
  }),
  form('a field', 'script', (draw) => {
    const limit = draw.one(['maxDrawdown', 'maxDailyLoss']);
    const head = `class ${draw.name('Watcher', 'Keeper')} {\n    onFill(desk${draw.type('any')}) {\n        `;
    return { code: `${head}«desk.limits.${limit} *= 2»;\n    }\n}`, twin: `${head}desk.limits.${limit} *= 0.5;\n    }\n}` };
  }),
];
