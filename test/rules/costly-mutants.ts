/** What the forms of PRF001, PRF003 and LKA001 need of a draw, and how a costly call stands on a tick path. */

/** Names and choices of one mutant; the harness brings the seeded ones. */
export interface Choices {
  readonly place: { readonly self?: string; readonly typed: boolean; readonly commonJs: boolean };
  one<T>(of: readonly T[]): T;
  int(from: number, to: number): number;
  name(...candidates: readonly string[]): string;
  import(name: string, module: string, isDefault?: boolean): string;
}

/** One mutant: `«…»` marks what must be found in `code` and `end`, nothing may be found in `twin` and `twinEnd`. */
export interface Pair {
  readonly code: string;
  readonly twin: string;
  readonly imports?: string;
  readonly end?: string;
  readonly twinEnd?: string;
}

/** A form of a defect: `tick` code stands where a handler reaches it, `module` code brings its own handler. */
export interface CostlyForm {
  readonly name: string;
  readonly language: 'python' | 'mql5' | 'script';
  readonly where: 'tick' | 'module';
  readonly not: RegExp;
  make(draw: Choices): Pair;
}

/** A call without marks, with what it needs at the top of the file. */
export interface CostlyCall {
  readonly call: string;
  readonly imports?: string;
}

const BUSY_NAMES = /test|debug|plot|report|label|target/i;

/** A call that costs on each tick, and the same behind a counter, a throttle, an error or a switch that is off. */
export function callForms(language: CostlyForm['language'], calls: Readonly<Record<string, (draw: Choices) => CostlyCall>>): readonly CostlyForm[] {
  return Object.entries(calls).map(([name, pick]) => ({
    name, language, where: 'tick' as const, not: BUSY_NAMES,
    make(draw: Choices): Pair {
      const { call, imports } = pick(draw);
      const twin = draw.one(TWINS[language])(draw, call);
      return { code: `«${call}»${language === 'python' ? '' : ';'}`, twin, ...(imports === undefined ? {} : { imports }) };
    },
  }));
}

/** Statements of their own: bad half, right half. */
export function pairForms(language: CostlyForm['language'], where: CostlyForm['where'], pairs: Readonly<Record<string, (draw: Choices) => Pair>>): readonly CostlyForm[] {
  return Object.entries(pairs).map(([name, make]) => ({ name, language, where, not: BUSY_NAMES, make }));
}

type Twin = (draw: Choices, call: string) => string;

const TWINS: Readonly<Record<CostlyForm['language'], readonly Twin[]>> = {
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
