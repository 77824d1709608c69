/** What the rules of the tick path share: guards that let a piece run once in a while, and ways to stand in a handler. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** A piece that waits or writes. */
export interface Line {
  /** Without marks; it may say itself what is marked. */
  readonly call: string;
  /** Around the marked call. */
  readonly wrap?: (call: string) => string;
  readonly imports?: string;
}

/** Ways to write the same call less often. `owner` keeps the state: `self`, `this`, or something of the module. */
export type Guard = (draw: Draw, call: string, owner: string) => { readonly code: string; readonly imports?: string };

/** A form a line and a way to stand in the handler; the twin runs it once in a while only. */
export function forms(language: MutantLanguage, lines: Readonly<Record<string, (draw: Draw, owner: string) => Line>>, wraps: readonly ((draw: Draw, call: string) => string)[], guards: readonly Guard[], ownerOf: (draw: Draw) => string): readonly Form[] {
  return Object.entries(lines).flatMap(([name, line]) => wraps.map((wrap, index): Form => ({
    name: index === 0 ? name : `${name}, inside`, language, where: 'tick', not: /test|debug|print|log|show|report/i,
    make(draw): Made {
      const owner = ownerOf(draw);
      const { call, imports, wrap: around = (text: string): string => text } = line(draw, owner);
      const guarded = draw.one(guards)(draw, around(call), owner);
      const needed = [imports, guarded.imports].filter((text) => text !== undefined).join('\n');
      return { code: wrap(draw, around(`«${call}»`)), twin: guarded.code, ...(needed === '' ? {} : { imports: needed }) };
    },
  })));
}

/** Ways to stand in a handler: alone, or in a block that always runs. */
export const PYTHON_WRAPS: readonly ((draw: Draw, call: string) => string)[] = [
  (_draw, call) => call,
  (draw, call) => draw.one([`for level in range(3):\n    ${call}`, `try:\n    ${call}\nexcept ValueError:\n    pass`, `if True:\n    ${call}`, `with open_lock():\n    ${call}`]),
];

export const PYTHON_GUARDS: readonly Guard[] = [
  (draw, call, owner) => ({ code: `${owner}.seen += 1\nif ${owner}.seen % ${draw.one(['100', '500', '1_000'])} == 0:\n    ${call}` }),
  (draw, call, owner) => ({ code: `${draw.place.text.length > 0 ? '' : ''}now_ns = clock.timestamp_ns()\nif now_ns - ${owner}.last_line > 1_000_000_000:\n    ${owner}.last_line = now_ns\n    ${call}` }),
  (_draw, call, owner) => ({ code: `if not ${owner}.announced:\n    ${owner}.announced = True\n    ${call}` }),
  (_draw, call, owner) => ({ code: `try:\n    ${owner}.update()\nexcept ValueError:\n    ${call}` }),
  (draw, call) => { const flag = draw.name('VERBOSE', 'TRACE_TICKS'); return { code: `if ${flag}:\n    ${call}`, imports: `${flag} = False` }; },
];

/** Ways to stand in a handler: alone, or in a block that always runs. */
export const MQL5_WRAPS: readonly ((draw: Draw, call: string) => string)[] = [
  (_draw, call) => `${call};`,
  (draw, call) => draw.one([`for(int level = 0; level < 3; level++)\n{\n    ${call};\n}`, `if(TerminalInfoInteger(TERMINAL_CONNECTED)) ${call};`, `{ ${call}; }`]),
];

export const MQL5_GUARDS: readonly Guard[] = [
  (draw, call) => { const count = draw.name('seen', 'ticks_seen'); return { code: `static int ${count} = 0;\nif(++${count} % ${draw.one(['100', '1000'])} == 0) ${call};` }; },
  (draw, call) => { const last = draw.name('last_line', 'last_shown'); return { code: `static ulong ${last} = 0;\nif(GetTickCount64() - ${last} > 5000)\n{\n    ${last} = GetTickCount64();\n    ${call};\n}` }; },
  (draw, call) => { const last = draw.name('bar_before', 'last_bar'); return { code: `static datetime ${last} = 0;\nif(iTime(_Symbol, PERIOD_M1, 0) != ${last})\n{\n    ${last} = iTime(_Symbol, PERIOD_M1, 0);\n    ${call};\n}` }; },
  (_draw, call) => ({ code: `if(!SymbolSelect(_Symbol, true)) ${call};` }),
];

/** Ways to stand in a handler: alone, or in a block that always runs. */
export const SCRIPT_WRAPS: readonly ((draw: Draw, call: string) => string)[] = [
  (_draw, call) => `${call};`,
  (draw, call) => draw.one([`for (const level of [1, 2, 3]) ${call};`, `try {\n    ${call};\n} catch (error) {}`, `[1, 2].forEach((level) => ${call});`, `if (true) {\n    ${call};\n}`]),
];

export const SCRIPT_GUARDS: readonly Guard[] = [
  (draw, call, owner) => ({ code: `${owner}.seen++;\nif (${owner}.seen % ${draw.one(['100', '1000'])} === 0) ${call};` }),
  (_draw, call, owner) => ({ code: `if (Date.now() - ${owner}.lastLine > 1000) {\n    ${owner}.lastLine = Date.now();\n    ${call};\n}` }),
  (_draw, call, owner) => ({ code: `if (!${owner}.announced) {\n    ${owner}.announced = true;\n    ${call};\n}` }),
  (_draw, call, owner) => ({ code: `try {\n    ${owner}.update();\n} catch (error) {\n    ${call};\n}` }),
  (draw, call) => { const flag = draw.name('VERBOSE', 'TRACE'); return { code: `if (${flag}) ${call};`, imports: `const ${flag} = false;` }; },
];

/** Who keeps the state: the object of a method, else something of the module. */
export const OWNER = (draw: Draw): string => draw.place.self ?? 'state';
