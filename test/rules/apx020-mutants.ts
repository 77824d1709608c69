/**
 * APX020: cut-offs that are in time on ordinary days only; the twin is hours before every half-day's close. Python alone: of the carriers in scripts
 * one brings the exchange's calendar along, which silences the rule for the project, as it should.
 */
import type { Form, Made, MutantLanguage } from '../mutants/form.ts';
import { closing, EXCUSED, pythonClock, timelyCutoffs, type Cutoff, type PythonClock } from './deadline-mutants.ts';

/** The moment in New York. */
const now = (clock: PythonClock): string => `${clock.datetime}.now(${clock.zone('America/New_York')})`;

type Write = (at: Cutoff, mark: (text: string) => string) => string;

function form(name: string, language: MutantLanguage, where: Form['where'], prepare: (draw: Parameters<Form['make']>[0]) => { readonly imports?: string; readonly write: Write }): Form {
  return {
    name, language, where, not: EXCUSED,
    make(draw): Made {
      const { imports, write } = prepare(draw);
      return {
        code: write(timelyCutoffs(draw), (text) => `«${text}»`), twin: write({ hour: 8, minute: 30 }, (text) => text), ...(imports === undefined ? {} : { imports }),
      };
    },
  };
}

export const APX020_MUTANTS: readonly Form[] = [
  form('a time', 'python', 'function', (draw) => {
    const [clock, close] = [pythonClock(draw), closing(draw, 'python')];
    return { imports: clock.imports, write: (at, mark) => `if ${now(clock)}.time() >= ${mark(clock.time(at.hour, at.minute))}:\n    ${close}` };
  }),
  form('minutes of the day', 'python', 'function', (draw) => {
    const [clock, close, et] = [pythonClock(draw), closing(draw, 'python'), draw.name('now_et', 'ny_now')];
    return { imports: clock.imports, write: (at, mark) => `${et} = ${now(clock)}\nif ${et}.hour * 60 + ${et}.minute >= ${mark(String(at.hour * 60 + at.minute))}:\n    ${close}` };
  }),
];
