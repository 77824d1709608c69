/** How a costly call stands on a tick path, and statements that bring their own: for the forms of PRF001, PRF003 and LKA001. */
import type { Draw, Form, Made, Where } from '../mutants/form.ts';

type Language = 'python' | 'mql5' | 'script';

/** A call without marks, with what it needs at the top of the file. */
export interface CostlyCall {
  readonly call: string;
  readonly imports?: string;
}

const BUSY_NAMES = /test|debug|plot|report|label|target/i;

/** A call that costs on each tick, and the same behind a counter, a throttle, an error or a switch that is off. */
export function callForms(language: Language, calls: Readonly<Record<string, (draw: Draw) => CostlyCall>>): readonly Form[] {
  return Object.entries(calls).map(([name, pick]) => ({
    name, language, where: 'tick' as const, not: BUSY_NAMES,
    make(draw: Draw): Made {
      const { call, imports } = pick(draw);
      const twin = draw.one(TWINS[language])(draw, call);
      return { code: `«${call}»${language === 'python' ? '' : ';'}`, twin, ...(imports === undefined ? {} : { imports }) };
    },
  }));
}

/** Statements of their own: bad half, right half. */
export function pairForms(language: Language, where: Where, pairs: Readonly<Record<string, (draw: Draw) => Made>>): readonly Form[] {
  return Object.entries(pairs).map(([name, make]) => ({ name, language, where, not: BUSY_NAMES, make }));
}

type Twin = (draw: Draw, call: string) => string;

const TWINS: Readonly<Record<Language, readonly Twin[]>> = {
  python: [
    (draw, call) => { const owner = draw.place.self ?? 'state'; return `${owner}.seen += 1\nif ${owner}.seen % ${draw.one(['100', '1_000'])} == 0:\n    ${call}`; },
    (_draw, call) => `try:\n    pass\nexcept ValueError:\n    ${call}`,
    (draw, call) => `${draw.name('later', 'deferred')} = lambda: ${call}`,
  ],
  mql5: [
    (draw, call) => { const count = draw.name('seenTicks', 'ticksSeen'); return `static int ${count} = 0;\nif(++${count} % ${draw.one(['100', '1000'])} == 0) ${call};`; },
    (draw, call) => { const last = draw.name('barBefore', 'lastBarTime'); return `static datetime ${last} = 0;\nif(iTime(_Symbol, PERIOD_M1, 0) != ${last})\n{\n    ${last} = iTime(_Symbol, PERIOD_M1, 0);\n    ${call};\n}`; },
    (_draw, call) => `if(!SymbolSelect(_Symbol, true)) ${call};`,
  ],
  script: [
    (draw, call) => { const owner = draw.place.self ?? 'state'; return `${owner}.seen++;\nif (${owner}.seen % ${draw.one(['100', '1000'])} === 0) ${call};`; },
    (_draw, call) => `try {\n    JSON.parse('{}');\n} catch (error) {\n    ${call};\n}`,
    (_draw, call) => `setTimeout(() => { ${call}; }, 1000);`,
  ],
};
