/** APX003: drawdowns from a fixed start under an Apex account, and the same from a running peak. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|sim|test|plot|chart|dashboard|panel|display|replay|analy|visual|notebook|montecarlo|summary|lot|size|sizing|draw|print|show|label|log|journal|format|render/i;
/** A file that keeps a peak already has a right answer. */
const WITH_PEAK = /peak|hwm|high_?water|water_?mark|trailing|max_?(?:equity|balance)/i;

function form(name: string, language: MutantLanguage, make: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, without: WITH_PEAK, make };
}

export const APX003_MUTANTS: readonly Form[] = [
  form('a difference', 'python', (draw) => {
    const check = draw.name('is_too_deep', 'ends_account');
    const of = (start: string, difference: string): string => `def ${check}(${start}, equity, max_drawdown):\n    drop = ${difference}\n    return drop >= max_drawdown`;
    const start = draw.one(['initial_balance', 'start_equity', 'starting_capital']);
    return { code: of(start, `«${start} - equity»`), twin: of('peak_equity', 'peak_equity - equity') };
  }),
  form('a share', 'python', (draw) => {
    const start = draw.one(['initial_balance', 'start_equity', 'starting_capital']);
    const head = `def ${draw.name('is_too_deep', 'ends_account')}(START, equity, max_drawdown_pct):\n    drawdown = DIFF / START * 100\n    return drawdown ${draw.one(['>=', '>'])} max_drawdown_pct`;
    const of = (name: string, difference: string): string => head.replaceAll('START', name).replace('DIFF', difference);
    return { code: of(start, `(«${start} - equity»)`), twin: of('peak_equity', '(peak_equity - equity)') };
  }),
  form('an expert', 'mql5', (draw) => {
    const limit = draw.name('InpTotalDrawdownLimit', 'MaxTotalDrawdownPct');
    const start = draw.name('g_startBalance', 'gInitialBalance');
    const check = draw.name('TooDeepNow', 'EndsAccount');
    const of = (name: string, mark: (text: string) => string): string => `input double ${limit} = 3.0;\ndouble ${name} = 0;\nbool ${check}()\n{\n    double dd = (${mark(`${name} - AccountInfoDouble(ACCOUNT_EQUITY)`)}) / ${name} * 100.0;\n    return dd >= ${limit};\n}`;
    return { code: of(start, (text) => `«${text}»`), twin: of('g_peakEquity', (text) => text) };
  }),
  form('a script', 'script', (draw) => {
    const start = draw.one(['startBalance', 'initialEquity', 'startingCapital']);
    const head = `function ${draw.name('isTooDeep', 'endsAccount')}(START${draw.type('number')}, equity${draw.type('number')}, maxDrawdown${draw.type('number')}) {\n    return DIFF >= maxDrawdown;\n}`;
    const of = (name: string, difference: string): string => head.replace('START', name).replace('DIFF', difference);
    return { code: of(start, `«${start} - equity»`), twin: of('peakEquity', 'peakEquity - equity') };
  }),
];
