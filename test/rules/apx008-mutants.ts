/** APX008: shares of the best day looser than the house's 30 %, in percent and as fractions, and ratios to the wrong base. */
import type { Draw, Form, Made, MutantLanguage, Where } from '../mutants/form.ts';
import { spelled } from './mutant-words.ts';

/** Names that excuse a share: results, scores, another firm's rules. */
const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|result|score|warn|alert|sim|ftmo|apex|topstep|mffu|test|paper|montecarlo|telemetry/i;

function form(name: string, language: MutantLanguage, where: Where, write: (draw: Draw, name: string, value: string) => string, constant = false, more: Partial<Form> = {}): Form {
  return {
    name, language, where, account: 'none', not: EXCUSED, without: /consistency|best.?day/i,
    make(draw): Made {
      const words = draw.one(['consistency limit', 'max best day share', 'consistency max pct', 'best day limit pct', 'max day share', 'consistency rule percent']);
      const spelling = spelled(draw, language, words, constant);
      const text = write(draw, spelling, '\u0001');
      const [loose, strict] = draw.chance(0.5) ? [`0.${draw.int(31, 90)}`, `0.${draw.int(10, 29)}`] : [`${draw.int(31, 90)}`, `${draw.int(10, 30)}.0`];
      return { code: text.replace('\u0001', `«${loose}»`), twin: text.replace('\u0001', strict) };
    },
    ...more,
  };
}

/** A ratio to the start balance, and to the profit. */
function base(language: MutantLanguage, write: (draw: Draw, by: string) => string): Form {
  return {
    name: 'a ratio to the balance', language, where: 'module', account: 'none', not: EXCUSED, without: /consistency|best.?day/i,
    make(draw): Made {
      const day = language === 'python' ? 'best_day' : 'bestDay';
      const [balance, profit] = language === 'python' ? [draw.one(['start_balance', 'account_size', 'equity']), 'net_profit'] : [draw.one(['startBalance', 'accountSize', 'equity']), 'netProfit'];
      // Written once with the divisor left open, so that both halves have the same names.
      const text = write(draw, '\u0001');
      return { code: text.replace('\u0001', `«${day} / ${balance}»`).replace('\u0002', balance), twin: text.replace('\u0001', `${day} / ${profit}`).replace('\u0002', profit) };
    },
  };
}

export const APX008_MUTANTS: readonly Form[] = [
  form('a constant', 'python', 'module', (draw, name, value) => `${name}${draw.is}${value}`, true),
  form('a field', 'python', 'module', (draw, name, value) => `class ${draw.name('PayoutConfig', 'DeskRules')}:\n    enabled: bool = True\n    ${name}: float = ${value}`),
  form('a dict', 'python', 'function', (draw, name, value) => `rules = {${draw.text('symbol')}: ${draw.text('ES')}, ${draw.text(name)}: ${value}}`),
  form('a keyword', 'python', 'function', (draw, name, value) => `guard = ${draw.one(['PayoutGuard', 'Guard'])}(${name}=${value})`),
  base('python', (draw, by) => `def ${draw.name('consistency_of', 'consistency_now')}(best_day, \u0002):\n    return ${by}`),
  form('an input', 'mql5', 'module', (_draw, name, value) => `input double ${name} = ${value};`),
  form('a macro', 'mql5', 'module', (_draw, name, value) => `#define ${name} ${value}`, true),
  base('mql5', (draw, by) => `double ${draw.name('ConsistencyOf', 'ConsistencyNow')}(double bestDay, double \u0002)\n{\n    return ${by};\n}`),
  form('a constant', 'script', 'module', (draw, name, value) => `const ${name}${draw.is}${value};`, true),
  form('an object', 'script', 'function', (draw, name, value) => `const ${draw.name('payoutRules', 'deskRules')} = { enabled: true, ${name}: ${value} };`),
  base('script', (draw, by) => `function ${draw.name('consistencyOf', 'consistencyNow')}(bestDay${draw.type('number')}, \u0002${draw.type('number')}) {\n    return ${by};\n}`),
  form('an entry', 'yaml', 'entry', (draw, name, value) => `${draw.one(['payout', 'risk'])}:\n  enabled: true\n  ${name}: ${value}`),
  form('an entry', 'json', 'entry', (draw, name, value) => `  "${draw.one(['payout', 'risk'])}": { "enabled": true, "${name}": ${value} }`),
  form('an entry', 'toml', 'entry', (_draw, name, value) => `[payout]\nenabled = true\n${name} = ${value}`),
  form('an entry', 'ini', 'entry', (_draw, name, value) => `${name}=${value}`),
  form('an entry', 'dotenv', 'entry', (_draw, name, value) => `${name}=${value}`),
];
