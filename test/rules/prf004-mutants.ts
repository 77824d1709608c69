/** PRF004: lines written on every tick, in each way people write them, and the same once in a while. */
import type { Form } from '../mutants/form.ts';
import { forms, MQL5_GUARDS, MQL5_WRAPS, OWNER, PYTHON_GUARDS, PYTHON_WRAPS, SCRIPT_GUARDS, SCRIPT_WRAPS } from './tick-mutants.ts';

const python = forms('python', {
  print: (draw, owner) => ({ call: `print(${draw.one([`${draw.text('last')}, ${owner}.last`, `f"{${owner}.last}"`, `${owner}.last`])})` }),
  'a logger': (draw, owner) => {
    const logger = draw.name('logger', 'log', 'LOG');
    return { call: `${logger}.${draw.one(['info', 'warning'])}(${draw.one([`"%s", ${owner}.last`, `f"last {${owner}.last}"`])})`, imports: `import logging\n${logger} = logging.getLogger(__name__)` };
  },
  'standard output': (draw, owner) => ({ call: `sys.stdout.write(str(${owner}.last))`, imports: 'import sys' }),
}, PYTHON_WRAPS, PYTHON_GUARDS, OWNER);

const mql5 = forms('mql5', {
  Print: (draw) => ({ call: `Print(${draw.one(['"tick ", _Symbol', '_Symbol', '"bid=", SymbolInfoDouble(_Symbol, SYMBOL_BID)'])})` }),
  PrintFormat: () => ({ call: 'PrintFormat("%s %.5f", _Symbol, _Point)' }),
  Comment: (draw) => ({ call: `Comment(${draw.one(['"spread ", _Point', 'StringFormat("%s", _Symbol)'])})` }),
  Alert: () => ({ call: 'Alert("tick")' }),
}, MQL5_WRAPS, MQL5_GUARDS, () => '');

const script = forms('script', {
  'console.log': (draw, owner) => ({ call: `console.${draw.one(['log', 'info', 'table'])}(${draw.one([`${draw.text('last')}, ${owner}.last`, `\`\${${owner}.last}\``])})` }),
  'a logger': (draw, owner) => {
    const [pino, logger] = [draw.name('pino', 'makeLogger'), draw.name('logger', 'log')];
    return { call: `${logger}.${draw.one(['info', 'warn'])}({ last: ${owner}.last })`, imports: `${draw.import(pino, 'pino', true)}\nconst ${logger} = ${pino}();` };
  },
  'standard output': (_draw, owner) => ({ call: `process.stdout.write(String(${owner}.last))` }),
}, SCRIPT_WRAPS, SCRIPT_GUARDS, OWNER);

export const PRF004_MUTANTS: readonly Form[] = [...python, ...mql5, ...script];
