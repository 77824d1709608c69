/** PRF004: lines written on every tick, in each way people write them, and the same once in a while. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

interface Line {
  /** The call that writes, without marks. */
  readonly call: string;
  readonly imports?: string;
}

/** Ways to write the same call less often. `owner` keeps the state: `self`, `this`, or something of the module. */
type Guard = (draw: Draw, call: string, owner: string) => { readonly code: string; readonly imports?: string };

function forms(language: MutantLanguage, lines: Readonly<Record<string, (draw: Draw, owner: string) => Line>>, wraps: readonly ((draw: Draw, call: string) => string)[], guards: readonly Guard[], ownerOf: (draw: Draw) => string): readonly Form[] {
  return Object.entries(lines).flatMap(([name, line]) => wraps.map((wrap, index): Form => ({
    name: index === 0 ? name : `${name}, inside`, language, where: 'tick', not: /test|debug|print|log|show|report/i,
    make(draw): Made {
      const owner = ownerOf(draw);
      const { call, imports } = line(draw, owner);
      const guarded = draw.one(guards)(draw, call, owner);
      const needed = [imports, guarded.imports].filter((text) => text !== undefined).join('\n');
      return { code: wrap(draw, `«${call}»`), twin: guarded.code, ...(needed === '' ? {} : { imports: needed }) };
    },
  })));
}

const python = forms('python', {
  print: (draw, owner) => ({ call: `print(${draw.one([`${draw.text('last')}, ${owner}.last`, `f"{${owner}.last}"`, `${owner}.last`])})` }),
  'a logger': (draw, owner) => {
    const logger = draw.name('logger', 'log', 'LOG');
    return { call: `${logger}.${draw.one(['info', 'warning'])}(${draw.one([`"%s", ${owner}.last`, `f"last {${owner}.last}"`])})`, imports: `import logging\n${logger} = logging.getLogger(__name__)` };
  },
  'standard output': (draw, owner) => ({ call: `sys.stdout.write(str(${owner}.last))`, imports: 'import sys' }),
}, [
  (_draw, call) => call,
  (draw, call) => draw.one([`for level in range(3):\n    ${call}`, `try:\n    ${call}\nexcept ValueError:\n    pass`, `if True:\n    ${call}`, `with open_lock():\n    ${call}`]),
], [
  (draw, call, owner) => ({ code: `${owner}.seen += 1\nif ${owner}.seen % ${draw.one(['100', '500', '1_000'])} == 0:\n    ${call}` }),
  (draw, call, owner) => ({ code: `${draw.place.text.length > 0 ? '' : ''}now_ns = clock.timestamp_ns()\nif now_ns - ${owner}.last_line > 1_000_000_000:\n    ${owner}.last_line = now_ns\n    ${call}` }),
  (_draw, call, owner) => ({ code: `if not ${owner}.announced:\n    ${owner}.announced = True\n    ${call}` }),
  (_draw, call, owner) => ({ code: `try:\n    ${owner}.update()\nexcept ValueError:\n    ${call}` }),
  (draw, call) => { const flag = draw.name('VERBOSE', 'TRACE_TICKS'); return { code: `if ${flag}:\n    ${call}`, imports: `${flag} = False` }; },
], (draw) => draw.place.self ?? 'state');

const mql5 = forms('mql5', {
  Print: (draw) => ({ call: `Print(${draw.one(['"tick ", _Symbol', '_Symbol', '"bid=", SymbolInfoDouble(_Symbol, SYMBOL_BID)'])})` }),
  PrintFormat: () => ({ call: 'PrintFormat("%s %.5f", _Symbol, _Point)' }),
  Comment: (draw) => ({ call: `Comment(${draw.one(['"spread ", _Point', 'StringFormat("%s", _Symbol)'])})` }),
  Alert: () => ({ call: 'Alert("tick")' }),
}, [
  (_draw, call) => `${call};`,
  (draw, call) => draw.one([`for(int level = 0; level < 3; level++)\n{\n    ${call};\n}`, `if(TerminalInfoInteger(TERMINAL_CONNECTED)) ${call};`, `{ ${call}; }`]),
], [
  (draw, call) => { const count = draw.name('seen', 'ticks_seen'); return { code: `static int ${count} = 0;\nif(++${count} % ${draw.one(['100', '1000'])} == 0) ${call};` }; },
  (draw, call) => { const last = draw.name('last_line', 'last_shown'); return { code: `static ulong ${last} = 0;\nif(GetTickCount64() - ${last} > 5000)\n{\n    ${last} = GetTickCount64();\n    ${call};\n}` }; },
  (draw, call) => { const last = draw.name('bar_before', 'last_bar'); return { code: `static datetime ${last} = 0;\nif(iTime(_Symbol, PERIOD_M1, 0) != ${last})\n{\n    ${last} = iTime(_Symbol, PERIOD_M1, 0);\n    ${call};\n}` }; },
  (_draw, call) => ({ code: `if(!SymbolSelect(_Symbol, true)) ${call};` }),
], () => '');

const script = forms('script', {
  'console.log': (draw, owner) => ({ call: `console.${draw.one(['log', 'info', 'table'])}(${draw.one([`${draw.text('last')}, ${owner}.last`, `\`\${${owner}.last}\``])})` }),
  'a logger': (draw, owner) => {
    const [pino, logger] = [draw.name('pino', 'makeLogger'), draw.name('logger', 'log')];
    return { call: `${logger}.${draw.one(['info', 'warn'])}({ last: ${owner}.last })`, imports: `${draw.import(pino, 'pino', true)}\nconst ${logger} = ${pino}();` };
  },
  'standard output': (_draw, owner) => ({ call: `process.stdout.write(String(${owner}.last))` }),
}, [
  (_draw, call) => `${call};`,
  (draw, call) => draw.one([`for (const level of [1, 2, 3]) ${call};`, `try {\n    ${call};\n} catch (error) {}`, `[1, 2].forEach((level) => ${call});`, `if (true) {\n    ${call};\n}`]),
], [
  (draw, call, owner) => ({ code: `${owner}.seen++;\nif (${owner}.seen % ${draw.one(['100', '1000'])} === 0) ${call};` }),
  (_draw, call, owner) => ({ code: `if (Date.now() - ${owner}.lastLine > 1000) {\n    ${owner}.lastLine = Date.now();\n    ${call};\n}` }),
  (_draw, call, owner) => ({ code: `if (!${owner}.announced) {\n    ${owner}.announced = true;\n    ${call};\n}` }),
  (_draw, call, owner) => ({ code: `try {\n    ${owner}.update();\n} catch (error) {\n    ${call};\n}` }),
  (draw, call) => { const flag = draw.name('VERBOSE', 'TRACE'); return { code: `if (${flag}) ${call};`, imports: `const ${flag} = false;` }; },
], (draw) => draw.place.self ?? 'state');

export const PRF004_MUTANTS: readonly Form[] = [...python, ...mql5, ...script];
