/** APX004: cut-offs at or after the deadline, or with a gap, in every spelling of a time of day. */
import type { Draw, Form, Made, MutantLanguage, Where } from '../mutants/form.ts';
import { clockText, closing, EXCUSED, lateCutoffs, pythonClock, timelyCutoffs, type Cutoff, type PythonClock } from './deadline-mutants.ts';
import { spelled } from './mutant-words.ts';

const M = (text: string, marked: boolean): string => (marked ? `«${text}»` : text);

/** A form with one open cut-off: late and marked, or timely and plain. */
function form(name: string, language: MutantLanguage, where: Where, prepare: (draw: Draw) => { readonly imports?: string; write(at: Cutoff, marked: boolean): string; writeEnd?(at: Cutoff, marked: boolean): string }): Form {
  return {
    name, language, where, not: EXCUSED, also: ['APX020'], answers: ['APX006'],
    make(draw): Made {
      const { imports, write, writeEnd } = prepare(draw);
      const [late, timely] = [lateCutoffs(draw), timelyCutoffs(draw)];
      return {
        code: write(late, true), twin: write(timely, false), ...(imports === undefined ? {} : { imports }),
        ...(writeEnd === undefined ? {} : { end: writeEnd(late, true), twinEnd: writeEnd(timely, false) }),
      };
    },
  };
}

// ------------------------------------------------------------------------ Python

/** Spellings of “from this time on” about `now`, a moment in New York. */
const SPELLINGS: Readonly<Record<string, (now: string, at: Cutoff, marked: boolean, clock: PythonClock) => string>> = {
  'a time': (now, at, marked, clock) => `${now}.time() >= ${M(clock.time(at.hour, at.minute), marked)}`,
  'turned round': (now, at, marked, clock) => `${M(clock.time(at.hour, at.minute), marked)} <= ${now}.time()`,
  'not before': (now, at, marked, clock) => `not ${now}.time() < ${M(clock.time(at.hour, at.minute), marked)}`,
  'hour and minute': (now, at, marked) => M(`${now}.hour > ${at.hour} or (${now}.hour == ${at.hour} and ${now}.minute >= ${at.minute})`, marked),
  'minutes of the day': (now, at, marked) => `${now}.hour * 60 + ${now}.minute >= ${M(String(at.hour * 60 + at.minute), marked)}`,
  'a packed number': (now, at, marked) => `${now}.hour * 100 + ${now}.minute >= ${M(String(at.hour * 100 + at.minute), marked)}`,
  'a tuple': (now, at, marked) => `(${now}.hour, ${now}.minute) >= ${M(`(${at.hour}, ${at.minute})`, marked)}`,
  'a moment of the day': (now, at, marked) => `${now} >= ${M(`${now}.replace(hour=${at.hour}, minute=${at.minute}, second=0)`, marked)}`,
  text: (now, at, marked) => `${now}.strftime("%H:%M") >= ${M(`"${clockText(at)}"`, marked)}`,
  'digits of text': (now, at, marked) => `int(${now}.strftime("%H%M")) >= ${M(String(at.hour * 100 + at.minute), marked)}`,
};

const python: readonly Form[] = [
  ...Object.entries(SPELLINGS).map(([name, spell]) => form(name, 'python', 'function', (draw) => {
    const clock = pythonClock(draw);
    const now = draw.name('now', 'now_et', 'current', 'moment');
    const zone = clock.zone(draw.one(['America/New_York', 'US/Eastern']));
    const value = draw.one([`${clock.datetime}.now(${zone})`, `${clock.datetime}.now(tz=${zone})`, `${clock.datetime}.now(${clock.utc}).astimezone(${zone})`]);
    const close = closing(draw, 'python');
    return { imports: clock.imports, write: (at, marked) => `${now} = ${value}\nif ${spell(now, at, marked, clock)}:\n    ${close}` };
  })),
  {
    name: 'a gap after the hour', language: 'python', where: 'function', not: EXCUSED, also: ['APX020'], answers: ['APX006'],
    make(draw): Made {
      const clock = pythonClock(draw);
      const now = draw.name('now', 'now_et', 'current');
      const head = `${now} = ${clock.datetime}.now(${clock.zone('America/New_York')})\n`;
      const [hour, minute, close] = [draw.one([15, 16]), draw.one([45, 50, 55]), closing(draw, 'python')];
      return {
        code: `${head}if «${now}.hour >= ${hour} and ${now}.minute >= ${minute}»:\n    ${close}`,
        twin: `${head}if ${now}.hour > ${hour} or (${now}.hour == ${hour} and ${now}.minute >= ${minute}):\n    ${close}`, imports: clock.imports,
      };
    },
  },
  form('an early return', 'python', 'module', (draw) => {
    const clock = pythonClock(draw);
    const fn = draw.name('watch_close', 'end_of_day', 'on_minute');
    return { imports: clock.imports, write: (at, marked) => `def ${fn}(broker):\n    if ${clock.datetime}.now(${clock.zone('America/New_York')}).time() < ${M(clock.time(at.hour, at.minute), marked)}:\n        return None\n    broker.close_all_positions()` };
  }),
  form('a constant', 'python', 'module', (draw) => {
    const clock = pythonClock(draw);
    const name = draw.name('FLATTEN_AT', 'FLAT_BY', 'EOD_CLOSE', 'FORCE_EXIT_TIME');
    return { imports: clock.imports, write: (at, marked) => `${name}${draw.place.text.length % 2 === 0 ? ' = ' : '='}${M(clock.time(at.hour, at.minute), marked)}` };
  }),
  form('a field', 'python', 'module', (draw) => {
    const [cls, name, seconds] = [draw.name('SessionConfig', 'DeskHours'), spelled(draw, 'python', draw.one(['flatten time', 'flat by', 'eod close time', 'force exit time'])), draw.chance(0.4)];
    return { write: (at, marked) => `class ${cls}:\n    symbol: str = "ES"\n    ${name}: str = ${M(`"${clockText(at, seconds)}"`, marked)}` };
  }),
  form('a keyword', 'python', 'function', (draw) => {
    const name = draw.one(['flatten_at', 'flat_by', 'force_close_time']);
    return { write: (at, marked) => `session = Session(${name}=${M(`"${clockText(at)}"`, marked)})` };
  }),
  form('a dict', 'python', 'module', (draw) => {
    const [name, key] = [draw.name('HOURS', 'SESSION'), draw.one(['flatten_time', 'force_close_time', 'eod_flatten'])];
    return { write: (at, marked) => `${name} = {"symbol": "ES", "${key}": ${M(`"${clockText(at)}"`, marked)}}` };
  }),
  form('a scheduler', 'python', 'module', (draw) => {
    const job = draw.name('flatten', 'flatten_book');
    return { imports: 'import schedule', write: (at, marked) => `def ${job}():\n    broker.close_all_positions()\n\n\nschedule.every().day.at(${M(`"${clockText(at)}"`, marked)}, "America/New_York").do(${job})` };
  }),
  form('cron', 'python', 'function', () => ({ write: (at, marked) => `scheduler.add_job(flatten_all, CronTrigger(${M(`hour=${at.hour}, minute=${at.minute}`, marked)}, timezone="America/New_York"))`, imports: 'from apscheduler.triggers.cron import CronTrigger' })),
  form('an alert', 'python', 'function', (draw) => {
    const clock = pythonClock(draw);
    return { imports: clock.imports, write: (at, marked) => `flat_at = ${clock.datetime}.combine(session_day, ${M(clock.time(at.hour, at.minute), marked)}, tzinfo=${clock.zone('America/New_York')})\nclock.set_time_alert("flatten", flat_at, on_flatten)` };
  }),
  form('pandas', 'python', 'function', (draw) => {
    const [pd, clock, now] = [draw.name('pd', 'pandas'), pythonClock(draw), draw.name('now', 'stamp')];
    const close = closing(draw, 'python');
    return { imports: `import pandas as ${pd}\n${clock.imports}`, write: (at, marked) => `${now} = ${pd}.Timestamp.now(tz="America/New_York")\nif ${now}.time() >= ${M(clock.time(at.hour, at.minute), marked)}:\n    ${close}` };
  }),
];

// ---------------------------------------------------------------------------- MQL5

const closeAll = (draw: Draw): string => draw.one(['CloseAll()', 'CloseAllPositions()', 'FlattenAll()']);

const mql5: readonly Form[] = [
  ...([
    ['hour', (now, at, marked): string => M(`${now}.hour >= ${at.hour + (at.minute > 0 && marked ? 1 : 0)}`, marked)],
    ['hour and minute', (now, at, marked): string => M(`${now}.hour > ${at.hour} || (${now}.hour == ${at.hour} && ${now}.min >= ${at.minute})`, marked)],
    ['minutes of the day', (now, at, marked): string => M(`${now}.hour * 60 + ${now}.min >= ${at.hour} * 60 + ${at.minute}`, marked)],
    ['turned round', (now, at, marked): string => `${M(String(at.hour * 60 + at.minute), marked)} <= ${now}.hour * 60 + ${now}.min`],
  ] as readonly (readonly [string, (now: string, at: Cutoff, marked: boolean) => string])[]).map(([name, spell]) => form(name, 'mql5', 'function', (draw) => {
    const now = draw.name('now_et', 'ny', 'nyTime', 'et');
    const close = closeAll(draw);
    return { write: (at, marked) => `MqlDateTime ${now};\nToNewYork(${now});\nif(${spell(now, at, marked)}) ${close};` };
  })),
  {
    name: 'a gap after the hour', language: 'mql5', where: 'function', not: EXCUSED, also: ['APX020'], answers: ['APX006'],
    make(draw): Made {
      const now = draw.name('now_et', 'ny');
      const [hour, minute, close] = [draw.one([15, 16]), draw.one([45, 50, 55]), closeAll(draw)];
      const head = `MqlDateTime ${now};\nToNewYork(${now});\n`;
      return { code: `${head}if(«${now}.hour >= ${hour} && ${now}.min >= ${minute}») ${close};`, twin: `${head}if(${now}.hour * 60 + ${now}.min >= ${hour * 60 + minute}) ${close};` };
    },
  },
  ...(['input string', 'sinput string', 'const string', 'string'] as const).map((type) => form(type, 'mql5', 'module', (draw) => {
    const name = draw.name('FlattenTimeET', 'InpFlatByNY', 'FlattenTimeNY', 'InpForceCloseET');
    return { write: (at, marked) => `${type} ${name} = ${M(`"${clockText(at)}"`, marked)};` };
  })),
  form('a macro', 'mql5', 'module', (draw) => { const name = draw.name('FLATTEN_TIME_ET', 'FLAT_BY_NY'); return { write: (at, marked) => `#define ${name} ${M(`"${clockText(at)}"`, marked)}` }; }),
];

// ------------------------------------------------------------------------- scripts

const NEW_YORK = "timeZone: 'America/New_York'";

const script: readonly Form[] = [
  form('text of New York', 'script', 'function', (draw) => {
    const [et, close] = [draw.name('et', 'nyTime'), closing(draw, 'script')];
    return { write: (at, marked) => `const ${et} = new Date().toLocaleTimeString('en-US', { ${NEW_YORK}, hour12: false });\nif (${et} >= ${M(draw.text(clockText(at, true)), marked)}) ${close};` };
  }),
  form('Intl', 'script', 'function', (draw) => {
    const [et, close] = [draw.name('et', 'nyTime'), closing(draw, 'script')];
    return { write: (at, marked) => `const ${et} = new Intl.DateTimeFormat('en-US', { ${NEW_YORK}, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date());\nif (${et} >= ${M(draw.text(clockText(at)), marked)}) { ${close}; }` };
  }),
  form('digits of New York', 'script', 'function', (draw) => {
    const [et, close] = [draw.name('et', 'nyTime'), closing(draw, 'script')];
    const style = draw.int(0, 2);
    const test = (at: Cutoff, marked: boolean): string => [
      `${et}.getHours() * 60 + ${et}.getMinutes() >= ${M(String(at.hour * 60 + at.minute), marked)}`,
      M(`${et}.getHours() > ${at.hour} || (${et}.getHours() === ${at.hour} && ${et}.getMinutes() >= ${at.minute})`, marked),
      `${et}.getHours() * 100 + ${et}.getMinutes() >= ${M(String(at.hour * 100 + at.minute), marked)}`,
    ][style] as string;
    return { write: (at, marked) => `const ${et} = new Date(new Date().toLocaleString('en-US', { ${NEW_YORK} }));\nif (${test(at, marked)}) ${close};` };
  }),
  form('luxon', 'script', 'function', (draw) => {
    const [lib, now, close] = [draw.name('DateTime'), draw.name('now', 'current'), closing(draw, 'script')];
    return lib === 'DateTime' ? { imports: draw.import('DateTime', 'luxon'), write: (at, marked) => `const ${now} = DateTime.now().setZone('America/New_York');\nif (${M(`${now}.hour > ${at.hour} || (${now}.hour === ${at.hour} && ${now}.minute >= ${at.minute})`, marked)}) ${close};` }
      : { write: (at, marked) => `session = { flattenTime: ${M(draw.text(clockText(at)), marked)} };` };
  }),
  form('dayjs', 'script', 'function', (draw) => {
    const [dayjs, close] = [draw.name('dayjs', 'day'), closing(draw, 'script')];
    return { imports: draw.import(dayjs, 'dayjs', true), write: (at, marked) => `if (${dayjs}().tz('America/New_York').format('HH:mm') >= ${M(draw.text(clockText(at)), marked)}) ${close};` };
  }),
  {
    name: 'a gap after the hour', language: 'script', where: 'function', not: EXCUSED, also: ['APX020'], answers: ['APX006'],
    make(draw): Made {
      const [et, close] = [draw.name('et', 'nyTime'), closing(draw, 'script')];
      const head = `const ${et} = new Date(new Date().toLocaleString('en-US', { ${NEW_YORK} }));\n`;
      return { code: `${head}if («${et}.getHours() >= 16 && ${et}.getMinutes() >= 50») ${close};`, twin: `${head}if (${et}.getHours() * 60 + ${et}.getMinutes() >= 1010) ${close};` };
    },
  },
  form('a setting', 'script', 'module', (draw) => {
    const [name, key] = [draw.name('session', 'deskHours'), draw.one(['flattenTime', 'flatBy', 'eodCloseTime', 'forceExitTime'])];
    return { write: (at, marked) => `const ${name} = { symbol: 'ES', ${key}: ${M(`'${clockText(at)}'`, marked)} };` };
  }),
  form('a field', 'script', 'module', (draw) => {
    const [cls, key] = [draw.name('SessionHours', 'DeskHours'), draw.one(['flattenTime', 'flatBy', 'eodCloseTime'])];
    return { write: (at, marked) => `class ${cls} {\n    ${key} = ${M(`"${clockText(at)}"`, marked)};\n}` };
  }),
  form('a constant and its use', 'script', 'module', (draw) => {
    const [name, fn] = [draw.name('FLATTEN_AT', 'FLAT_BY'), draw.name('checkClose', 'watchClose')];
    return { write: (at, marked) => `const ${name} = ${M(`'${clockText(at)}'`, marked)};\nfunction ${fn}(broker${draw.place.typed ? ': any' : ''}) {\n    const et = new Date().toLocaleTimeString('en-GB', { ${NEW_YORK}, hour: '2-digit', minute: '2-digit' });\n    if (et >= ${name}) broker.closeAllPositions();\n}` };
  }),
];

// ------------------------------------------------------------------------ settings

const KEYS = ['flatten time', 'flat by', 'force exit time', 'eod close', 'flatten at'] as const;

const setting = (name: string, language: MutantLanguage, write: (key: string, value: string, draw: Draw) => string): Form => form(name, language, 'entry', (draw) => {
  const key = spelled(draw, language, draw.one(KEYS));
  return { write: (at, marked) => write(key, M(clockText(at), marked), draw) };
});

export const APX004_MUTANTS: readonly Form[] = [
  ...python, ...mql5, ...script,
  setting('a section', 'yaml', (key, value) => `trading_hours:\n  timezone: America/New_York\n  ${key}: "${value}"`),
  setting('a key', 'yaml', (key, value) => `${key}: '${value}'`),
  setting('without quotes', 'yaml', (key, value) => `${key}: ${value}`),
  setting('a section', 'json', (key, value) => `  "tradingHours": { "timezone": "America/New_York", "${key}": "${value}" }`),
  setting('a key', 'json', (key, value) => `  "${key}": "${value}"`),
  setting('a section', 'toml', (key, value) => `[hours]\ntimezone = "America/New_York"\n${key} = "${value}"`),
  setting('a table', 'toml', (key, value) => `[desk.close]\n${key} = '${value}'`),
  setting('a key', 'ini', (key, value) => `${key}ET=${value}`),
  setting('a key', 'dotenv', (key, value) => `${key}=${value}`),
  setting('a key with its zone', 'dotenv', (key, value) => `${key}="${value}"`),
];
