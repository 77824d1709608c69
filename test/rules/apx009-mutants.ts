/** APX009: more contracts than an Apex evaluation of 50,000 holds, full-size ones, micros, and more than either. */
import type { Draw, Form, Made, MutantLanguage, Where } from '../mutants/form.ts';
import { spelled } from './mutant-words.ts';

/** Names that excuse a number: what was done, tried or measured, another firm's rules, options. */
const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|result|sim|ftmo|topstep|mffu|test|paper|montecarlo|option|trade|fill|record|signal|warn|alert|example|sample/i;

function form(name: string, language: MutantLanguage, where: Where, write: (draw: Draw, name: string, value: string) => string, constant = false): Form {
  return {
    name, language, where, not: EXCUSED, without: /contracts|minis|micros/i,
    make(draw): Made {
      const [words, loose, strict] = draw.one([
        ['max mini contracts', draw.int(7, 40), draw.int(1, 6)], ['max minis', draw.int(7, 40), draw.int(1, 6)], ['max micros', draw.int(61, 400), draw.int(5, 60)],
        ['max micro contracts', draw.int(61, 400), draw.int(5, 60)], ['max contracts', draw.int(61, 900), draw.int(1, 6)],
      ] as const);
      const text = write(draw, spelled(draw, language, words, constant), '\u0001');
      return { code: text.replace('\u0001', `«${loose}»`), twin: text.replace('\u0001', `${strict}`) };
    },
  };
}

export const APX009_MUTANTS: readonly Form[] = [
  form('a constant', 'python', 'module', (draw, name, value) => `${name}${draw.is}${value}`, true),
  form('a field', 'python', 'module', (draw, name, value) => `class ${draw.name('DeskLimits', 'GuardSettings')}:\n    enabled: bool = True\n    ${name}: int = ${value}`),
  form('a dict', 'python', 'function', (draw, name, value) => `limits = {${draw.text('symbol')}: ${draw.text('ES')}, ${draw.text(name)}: ${value}}`),
  form('a keyword', 'python', 'function', (draw, name, value) => `guard = ${draw.one(['RiskManager', 'Guard'])}(${name}=${value})`),
  form('an input', 'mql5', 'module', (_draw, name, value) => `input int ${name} = ${value};`),
  form('a macro', 'mql5', 'module', (_draw, name, value) => `#define ${name} ${value}`, true),
  form('a constant', 'script', 'module', (draw, name, value) => `const ${name}${draw.is}${value};`, true),
  form('an object', 'script', 'function', (draw, name, value) => `const ${draw.name('deskLimits', 'guardLimits')} = { enabled: true, ${name}: ${value} };`),
  form('an entry', 'yaml', 'entry', (draw, name, value) => `${draw.one(['limits', 'risk'])}:\n  enabled: true\n  ${name}: ${value}`),
  form('an entry', 'json', 'entry', (draw, name, value) => `  "${draw.one(['limits', 'risk'])}": { "enabled": true, "${name}": ${value} }`),
  form('an entry', 'toml', 'entry', (_draw, name, value) => `[limits]\nenabled = true\n${name} = ${value}`),
  form('an entry', 'ini', 'entry', (_draw, name, value) => `${name}=${value}`),
  form('an entry', 'dotenv', 'entry', (_draw, name, value) => `${name}=${value}`),
];
