/** PRF001: sleeping and spinning on the tick path, and the same once in a while. */
import type { Form } from '../mutants/form.ts';
import { forms, MQL5_GUARDS, OWNER, PYTHON_GUARDS, PYTHON_WRAPS, SCRIPT_GUARDS } from './tick-mutants.ts';

const python = forms('python', {
  'time.sleep': (draw) => {
    const time = draw.name('time', 'clock_time', 'time_module');
    return { call: `${time}.sleep(${draw.one(['0.1', '1', '0.005', '2.5'])})`, imports: `import time${time === 'time' ? '' : ` as ${time}`}` };
  },
  'sleep under a name': (draw) => {
    const nap = draw.name('nap', 'pause', 'wait_a_bit');
    return { call: `${nap}(${draw.one(['0.05', '1'])})`, imports: `from time import sleep as ${nap}` };
  },
  'an event': (draw) => {
    const threading = draw.name('threading', 'threads');
    return { call: `${threading}.Event().wait(0.5)`, imports: `import threading${threading === 'threading' ? '' : ` as ${threading}`}` };
  },
  'spins for the clock': (draw) => {
    const [time, end] = [draw.name('time', 'clock_time'), draw.name('end', 'until')];
    return { call: `${time}.monotonic() < ${end}`, wrap: (call) => `${end} = ${time}.monotonic() + 0.1\nwhile ${call}:\n    pass`, imports: `import time${time === 'time' ? '' : ` as ${time}`}` };
  },
}, PYTHON_WRAPS.slice(0, 1), PYTHON_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('    @', call.split('\n').map((line) => `    ${line}`).join('\n')) };
}), OWNER);

const mql5 = forms('mql5', {
  Sleep: (draw) => ({ call: `Sleep(${draw.one(['10', '100', '1000'])})` }),
  'spins for the clock': (draw) => {
    const start = draw.name('spin_start', 't0');
    return { call: `GetTickCount() - ${start} < 100`, wrap: (call) => `uint ${start} = GetTickCount();\nwhile(${call});` };
  },
  'spins in a for': (draw) => {
    const start = draw.name('spin_from', 'us0');
    return { call: `GetMicrosecondCount() - ${start} < 500`, wrap: (call) => `for(ulong ${start} = GetMicrosecondCount(); ${call};) {}` };
  },
}, [(_draw, call): string => (call.includes('while(') || call.includes('for(') ? call : `${call};`)], MQL5_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('@;', `{ ${call}; }`) };
}), () => '');

const script = forms('script', {
  'a loop that burns': (draw) => {
    const end = draw.name('until', 'end');
    return { call: `Date.now() < ${end}`, wrap: (call) => `const ${end} = Date.now() + 50;\nwhile (${call}) {}` };
  },
  'Atomics.wait': () => ({ call: 'Atomics.wait(lock, 0, 0, 100)' }),
  'a shell that sleeps': (draw) => {
    const run = draw.name('execSync');
    return run === 'execSync' ? { call: "execSync('sleep 1')", imports: draw.import('execSync', 'child_process') } : { call: 'Atomics.wait(lock, 0, 0, 10)' };
  },
}, [(_draw, call): string => (call.includes('while (') ? call : `${call};`)], SCRIPT_GUARDS.slice(0, 1).map((guard) => (draw, call, owner) => {
  const made = guard(draw, '@', owner);
  return { ...made, code: made.code.replace('@;', `{ ${call}; }`) };
}), OWNER);

export const PRF001_MUTANTS: readonly Form[] = [...python, ...mql5, ...script];
