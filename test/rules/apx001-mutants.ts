/** APX001: limits looser than the account's, in every unit and behind every name, and the same strict enough. */
import type { Draw, Form, Made, MutantLanguage, Where } from '../mutants/form.ts';
import { limitOf, spelled } from './mutant-words.ts';

type Unit = 'percent' | 'fraction' | 'money' | 'points' | 'cents' | 'daily';

const ANY: readonly Unit[] = ['percent', 'percent', 'fraction', 'money', 'money', 'points', 'cents', 'daily'];

/** Names that excuse a limit: what a back-test found or an optimiser tries, another firm's rules, a simulation's. */
const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|result|analy|perf|sim|ftmo|paper|test|perf|weekly|monthly|lookback|period|chart|plot|study|screen|tuner|walk.?forward|notif|alert|warn|\.bak$/i;

function form(name: string, language: MutantLanguage, where: Where, write: (draw: Draw, name: string, value: string) => string, units: readonly Unit[] = ANY, constant = false, more: Partial<Form> = {}): Form {
  return {
    name, language, where, not: EXCUSED,
    make(draw): Made {
      const limit = limitOf(draw, language, units);
      const spelling = spelled(draw, language, limit.words, constant);
      // Written once with the value left open, so that both halves have the same names and signs.
      const text = write(draw, spelling, '\u0001');
      return { code: text.replace('\u0001', `«${limit.loose}»`), twin: text.replace('\u0001', limit.strict) };
    },
    ...more,
  };
}

const python: readonly Form[] = [
  form('a constant', 'python', 'module', (draw, name, value) => `${name}${draw.is}${value}`, ANY, true),
  form('a field', 'python', 'module', (draw, name, value) => `class ${draw.name('RiskConfig', 'Limits', 'GuardSettings')}:\n    ${draw.one(['enabled: bool = True', 'symbol: str = "ES"', 'warn_share_of_limit: float = 0.8'])}\n    ${name}: ${draw.one(['float', 'int', 'Decimal'])} = ${value}`),
  form('a frozen configuration', 'python', 'module', (draw, name, value) => `class ${draw.name('BotConfig', 'GuardConfig')}(StrategyConfig, frozen=True):\n    account_size: int = 50_000\n    ${name}: float = ${value}`),
  form('a dict', 'python', 'function', (draw, name, value) => `limits = {${draw.text('symbol')}: ${draw.text('ES')}, ${draw.text(name)}: ${value}}`),
  form('a nested dict', 'python', 'module', (draw, name, value) => `${draw.name('CONFIG', 'SETTINGS')} = {\n    ${draw.text('risk')}: {\n        ${draw.text(name)}: ${value},\n    },\n}`),
  form('a keyword', 'python', 'function', (draw, name, value) => `guard = ${draw.one(['RiskManager', 'Guard', 'AccountGuard'])}(${draw.one(['self_check=True, ', ''])}${name}=${value})`),
  form('a default of a parameter', 'python', 'module', (draw, name, value) => `def ${draw.name('arm_guard', 'set_limits', 'watch_account')}(account, ${name}${draw.one(['', ': float'])}=${value}):\n    account.arm(${name})`),
  form('an attribute', 'python', 'function', (draw, name, value) => `${draw.owner}${name}${draw.is}${value}`),
  {
    name: 'what the environment lacks', language: 'python', where: 'module', not: EXCUSED,
    make(draw): Made {
      const limit = limitOf(draw, 'python', ['percent', 'money', 'daily']);
      const name = spelled(draw, 'python', limit.words, true).toUpperCase();
      const write = (value: string): string => `${name} = float(os.getenv("${name}", ${value}))`;
      return { code: write(`«"${limit.loose.replace('_', '')}"»`), twin: write(`"${limit.strict.replace('_', '')}"`), imports: 'import os' };
    },
  },
  form('an option', 'python', 'module', (draw, name, value) => `parser = argparse.ArgumentParser()\nparser.add_argument(${draw.text(`--${name.toLowerCase().replaceAll('_', '-')}`)}, type=float, default=${value})`),
  {
    name: 'a comparison that closes', language: 'python', where: 'function', not: EXCUSED,
    make(draw): Made {
      const used = draw.name('drawdown', 'dd', 'account_dd');
      const [loose, strict] = [`0.${draw.one(['05', '06', '08', '10', '15'])}`, `0.0${draw.int(1, 4)}`];
      const write = (value: string): string => `${used} = (peak_equity - equity) / peak_equity\nif ${used} ${draw.place.text.length % 2 === 0 ? '>' : '>='} ${value}:\n    ${draw.place.self === undefined ? 'broker' : 'self'}.${'flatten_all'}()`;
      return { code: write(`«${loose}»`), twin: write(strict) };
    },
  },
  {
    name: 'a drawdown by subtraction', language: 'python', where: 'function', not: EXCUSED,
    make(draw): Made {
      const value = draw.int(21, 90) * 100;
      const write = (text: string): string => `if peak_equity - equity > ${text}:\n    ${draw.place.self === undefined ? 'broker' : 'self'}.close_all_positions()`;
      return { code: write(`«${value}»`), twin: write('1800') };
    },
  },
  {
    name: 'a constant behind another name', language: 'python', where: 'module', not: EXCUSED,
    make(draw): Made {
      const limit = limitOf(draw, 'python', ['percent', 'money']);
      const constant = draw.name('STOP_AT', 'LINE', 'CAP');
      const cls = draw.name('AccountRisk', 'GuardRails');
      const name = spelled(draw, 'python', limit.words);
      const write = (value: string): string => `${constant} = ${value}\n\n\nclass ${cls}:\n    ${name}: float = ${constant}`;
      return { code: write(`«${limit.loose}»`), twin: write(limit.strict) };
    },
  },
  {
    name: 'a product', language: 'python', where: 'module', not: EXCUSED,
    make(draw): Made {
      const [size, name] = [draw.name('ACCOUNT_SIZE', 'ACCOUNT_START'), draw.name('MAX_DRAWDOWN_USD', 'DRAWDOWN_LIMIT_USD')];
      const write = (share: string, marked: boolean): string => `${size} = 50_000\n${name} = ${marked ? '«' : ''}${size} * ${share}${marked ? '»' : ''}`;
      return { code: write('0.08', true), twin: write('0.03', false) };
    },
  },
  form('Decimal', 'python', 'module', (draw, name, value) => `from decimal import Decimal\n${name} = Decimal(${value})`, ['money'], true),
];

const mql5: readonly Form[] = [
  form('an input', 'mql5', 'module', (draw, name, value) => `${draw.one(['input double', 'sinput double', 'input   double'])} ${name} = ${value};${draw.one(['', ' // account'])}`),
  form('an input with a name', 'mql5', 'module', (draw, name, value) => `input(name="Limit") double ${name} = ${value};`),
  form('inputs of a group', 'mql5', 'module', (draw, name, value) => `input group "${draw.one(['Risk', 'Account', 'Guard'])}"\ninput bool ${draw.name('InpGuard', 'UseGuard')} = true;\ninput double ${name}=${value};`),
  form('a macro', 'mql5', 'module', (_draw, name, value) => `#define ${name} ${value}`, ANY, true),
  form('a constant', 'mql5', 'module', (draw, name, value) => `${draw.one(['const double', 'double', 'static double'])} ${name}${draw.is}${value};`),
  form('a local', 'mql5', 'function', (draw, name, value) => `${draw.one(['double', 'const double'])} ${name}${draw.is}${value};`),
  form('a member', 'mql5', 'module', (draw, name, value) => {
    const cls = draw.name('CGuard', 'CAccountWatch');
    return `class ${cls}\n{\n    double ${name};\npublic:\n    ${cls}() { ${name} = ${value}; }\n};`;
  }),
  form('a structure', 'mql5', 'function', (draw, name, value) => `${draw.one(['limits', 'm_limits', 'risk'])}.${name} = ${value};`),
  {
    name: 'a macro behind another name', language: 'mql5', where: 'module', not: EXCUSED,
    make(draw): Made {
      const limit = limitOf(draw, 'mql5', ['percent', 'money']);
      const [macro, name] = [draw.name('STOP_AT', 'LINE_IN_SAND'), spelled(draw, 'mql5', limit.words)];
      const write = (value: string): string => `#define ${macro} ${value}\nconst double ${name} = ${macro};`;
      return { code: write(`«${limit.loose}»`), twin: write(limit.strict) };
    },
  },
  {
    name: 'by its use', language: 'mql5', where: 'module', not: EXCUSED,
    make(draw): Made {
      const [name, check] = [draw.name('MaxDD', 'StopDD', 'InpMaxDD'), draw.name('CheckAccount', 'GuardAccount')];
      const write = (value: string): string => `input double ${name} = ${value};\nvoid ${check}(double peak)\n{\n    double dd = (peak - AccountInfoDouble(ACCOUNT_EQUITY)) / peak * 100.0;\n    if(dd >= ${name}) CloseAll();\n}`;
      return { code: write(`«${draw.int(5, 20)}.0»`), twin: write('3.5') };
    },
  },
];

const script: readonly Form[] = [
  form('a constant', 'script', 'module', (draw, name, value) => `${draw.place.commonJs ? '' : draw.one(['export ', ''])}const ${name}${draw.is}${value};`, ANY, true),
  form('an object', 'script', 'function', (draw, name, value) => `const ${draw.name('limits', 'risk', 'guardLimits')} = { symbol: ${draw.text('ES')}, ${draw.one([name, draw.text(name)])}: ${value} };`),
  form('a nested object', 'script', 'module', (draw, name, value) => `const ${draw.name('settings', 'deskConfig')} = Object.freeze({\n    risk: {\n        ${name}: ${value},\n    },\n});`),
  form('a field', 'script', 'module', (draw, name, value) => `class ${draw.name('RiskConfig', 'GuardSettings')} {\n    accountSize = 50_000;\n    ${draw.place.typed ? draw.one(['', 'readonly ', 'public readonly ']) : ''}${name}${draw.type('number')} = ${value};\n}`),
  form('a default of a parameter', 'script', 'module', (draw, name, value) => `function ${draw.name('armGuard', 'setLimits')}(account${draw.place.typed ? ': any' : ''}, ${name} = ${value}) {\n    account.arm(${name});\n}`),
  form('an argument', 'script', 'function', (draw, name, value) => `const guard = new ${draw.one(['RiskManager', 'Guard'])}({ ${name}: ${value}, onBreach: 'halt' });`),
  form('a property', 'script', 'function', (draw, name, value) => `${draw.owner}${name}${draw.is}${value};`),
  {
    name: 'a comparison that closes', language: 'script', where: 'function', not: EXCUSED,
    make(draw): Made {
      const used = draw.name('drawdown', 'dd');
      const owner = draw.place.self ?? 'broker';
      const write = (value: string): string => `const ${used} = (peakEquity - equity) / peakEquity;\nif (${used} > ${value}) ${owner}.flattenAll();`;
      return { code: write(`«0.${draw.one(['05', '08', '12'])}»`), twin: write('0.03') };
    },
  },
  {
    name: 'a constant behind another name', language: 'script', where: 'module', not: EXCUSED,
    make(draw): Made {
      const limit = limitOf(draw, 'script', ['percent', 'money']);
      const [constant, cls] = [draw.name('STOP_AT', 'CAP'), draw.name('AccountRisk', 'GuardRails')];
      const name = spelled(draw, 'script', limit.words);
      const write = (value: string): string => `const ${constant} = ${value};\nclass ${cls} {\n    ${name} = ${constant};\n}`;
      return { code: write(`«${limit.loose}»`), twin: write(limit.strict) };
    },
  },
];

const entries = (language: MutantLanguage, write: (draw: Draw, name: string, value: string) => string, units: readonly Unit[] = ANY): readonly Form[] => [
  form('an entry', language, 'entry', write, units),
];

export const APX001_MUTANTS: readonly Form[] = [
  ...python, ...mql5, ...script,
  ...entries('yaml', (draw, name, value) => `${draw.one(['risk', 'account_guard', 'limits'])}:\n  ${draw.one(['mode: strict', 'enabled: true'])}\n  ${name}: ${value}${draw.one(['', '  # hard'])}`),
  ...entries('yaml', (_draw, name, value) => `${name}: ${value}`),
  ...entries('yaml', (draw, name, value) => `${draw.one(['risk', 'limits'])}: {enabled: true, ${name}: ${value}}`),
  ...entries('json', (draw, name, value) => `  "${draw.one(['risk', 'limits', 'guard'])}": { "enabled": true, "${name}": ${value} }`),
  ...entries('json', (_draw, name, value) => `  "${name}": ${value}`),
  ...entries('toml', (draw, name, value) => `[${draw.one(['risk', 'limits', 'account.guard'])}]\nenabled = true\n${name} = ${value}`),
  ...entries('toml', (draw, name, value) => `[${draw.one(['risk', 'guard'])}]\n${name}=${value}`),
  ...entries('ini', (_draw, name, value) => `${name}=${value}`),
  ...entries('ini', (draw, name, value) => `${name}=${value}||1.0||0.5||20.0||${draw.one(['N', 'Y'])}`).map((one) => ({ ...one, name: 'a preset to optimise', files: /\.set$/ })),
  ...entries('dotenv', (_draw, name, value) => `${name}=${value}`),
  ...entries('dotenv', (_draw, name, value) => `export ${name}="${value}"`),
];
