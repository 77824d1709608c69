/** APX017: counters of a day's money that are set back at midnight, and the same on the trading day. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|simulat|research|optimi|hyperopt|walk_?forward|replay|notebook/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, make: write };
}

export const APX017_MUTANTS: readonly Form[] = [
  form('a date', 'python', (draw) => {
    const [name, counter] = [draw.name('DayGuard', 'DayCounter'), draw.one(['daily_pnl', 'trades_today', 'daily_loss', 'day_pnl'])];
    const write = (time: string, test: string): string => `class ${name}:\n    def roll(self):\n        today = ${time}.date()\n        if ${test}:\n            self.day = today\n            self.${counter} = 0\n`;
    const clock = draw.one(['datetime.now()', 'datetime.now(timezone.utc)']);
    return { imports: 'from datetime import datetime, timedelta, timezone', code: write(clock, '«today != self.day»'), twin: write(`(${clock} + timedelta(hours=2))`, 'today != self.day') };
  }),
  form('a structure', 'mql5', (draw) => {
    const [name, counter] = [draw.name('RollDeskDay', 'CheckDeskDay'), draw.one(['deskDailyPnl', 'deskTodayLoss', 'deskTradesToday'])];
    const write = (time: string, test: string): string => `double ${counter} = 0; int deskDay = -1;\nvoid ${name}()\n{\n    MqlDateTime deskTime; TimeToStruct(${time}, deskTime);\n    if(${test})\n    {\n        deskDay = deskTime.${draw.one(['day', 'day_of_year'])};\n        ${counter} = 0;\n    }\n}`;
    const part = draw.one(['day', 'day_of_year']);
    return { code: write(draw.one(['TimeCurrent()', 'TimeGMT()', 'TimeLocal()']), `«deskTime.${part} != deskDay»`), twin: write('DeskSession()', `deskTime.${part} != deskDay`) };
  }),
  form('a text', 'script', (draw) => {
    const [name, counter] = [draw.name('DayGuard', 'DayCounter'), draw.one(['dailyPnl', 'tradesToday', 'dailyLoss'])];
    const key = draw.one(['.toDateString()', '.toISOString().slice(0, 10)', '.getUTCDate()']);
    const write = (time: string, test: string): string => `class ${name} {\n    roll() {\n        const today = new Date(${time})${key};\n        if (${test}) { this.day = today; this.${counter} = 0; }\n    }\n}`;
    return { code: write('', '«today !== this.day»'), twin: write('Date.now() + 7200000', 'today !== this.day') };
  }),
];
