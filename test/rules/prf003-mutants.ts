/** PRF003: files opened, read and written on the tick path, and the same once in a while. */
import type { Form } from '../mutants/form.ts';
import { forms, MQL5_GUARDS, OWNER, PYTHON_GUARDS, SCRIPT_GUARDS } from './tick-mutants.ts';

const python = forms('python', {
  open: (draw) => {
    const file = draw.name('file', 'out', 'handle');
    return { call: `open(${draw.text('ticks.csv')}, ${draw.text('a')})`, wrap: (call) => `with ${call} as ${file}:\n    ${file}.write("tick")` };
  },
  'a frame': (draw) => {
    const pd = draw.name('pd', 'pandas');
    return { call: `${pd}.DataFrame([1]).to_csv(${draw.text('t.csv')}, mode="a")`, imports: `import pandas as ${pd}` };
  },
  numpy: (draw) => {
    const np = draw.name('np', 'numpy');
    return { call: `${np}.save(${draw.text('t.npy')}, [1, 2])`, imports: `import numpy as ${np}` };
  },
  'a path': (draw) => {
    const path = draw.name('Path', 'FilePath');
    return { call: `${path}(${draw.text('last.txt')}).write_text("tick")`, imports: `from pathlib import Path${path === 'Path' ? '' : ` as ${path}`}` };
  },
  'reading settings again': (draw) => {
    const pd = draw.name('pd', 'pandas');
    return { call: `${pd}.read_csv(${draw.text('limits.csv')})`, wrap: (call) => `limits_now = ${call}`, imports: `import pandas as ${pd}` };
  },
}, [(_draw, call): string => call], PYTHON_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('    @', call.split('\n').map((line) => `    ${line}`).join('\n')) };
}), OWNER);

const mql5 = forms('mql5', {
  FileOpen: (draw) => {
    const handle = draw.name('journal', 'out_file');
    return { call: 'FileOpen("ticks.csv", FILE_READ|FILE_WRITE|FILE_CSV)', wrap: (call) => `int ${handle} = ${call};\nFileClose(${handle})` };
  },
  FileFlush: () => ({ call: 'FileFlush(journal_handle)' }),
  FileDelete: () => ({ call: 'FileDelete("signal.txt")' }),
  FileReadString: () => ({ call: 'FileReadString(journal_handle)', wrap: (call) => `string line_read = ${call}` }),
}, [(_draw, call): string => `${call};`], MQL5_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('@;', `{ ${call}; }`) };
}), () => '');

const script = forms('script', {
  'the sync functions': (draw) => {
    const fs = draw.name('fs', 'files');
    return { call: `${fs}.${draw.one(['appendFileSync', 'writeFileSync'])}(${draw.text('t.csv')}, 'tick')`, imports: draw.import(fs, 'fs', true) };
  },
  'reading settings again': (draw) => {
    const fs = draw.name('fs', 'files');
    return { call: `${fs}.readFileSync(${draw.text('limits.json')})`, wrap: (call) => `const limitsNow = ${call}`, imports: draw.import(fs, 'fs', true) };
  },
  'imported by name': (draw) => {
    const write = draw.name('appendFileSync');
    const fs = draw.name('fs', 'disk');
    return write === 'appendFileSync' ? { call: "appendFileSync('t.csv', 'tick')", imports: draw.import('appendFileSync', 'fs') } : { call: `${fs}.appendFileSync('t.csv', 'x')`, imports: draw.import(fs, 'fs', true) };
  },
}, [(_draw, call): string => `${call};`], SCRIPT_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('@;', `{ ${call}; }`) };
}), OWNER);

export const PRF003_MUTANTS: readonly Form[] = [...python, ...mql5, ...script];
