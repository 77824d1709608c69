/** APX005: cut-offs on the computer's, the broker's, a fixed or a guessed clock; the twin converts to New York's. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';
import { closing, EXCUSED, pythonClock, type PythonClock } from './deadline-mutants.ts';

interface Halves { readonly code: string; readonly twin: string; readonly imports?: string }

const form = (name: string, language: MutantLanguage, make: (draw: Draw) => Halves, where: Form['where'] = 'function'): Form => ({ name, language, where, not: EXCUSED, also: ['APX020'], answers: ['APX006'], make: (draw): Made => make(draw) });

/** A wrong clock: the marked expression, and what stands before it. */
type Wrong = (clock: PythonClock) => string;

const LOCAL: Readonly<Record<string, Wrong>> = {
  'the computer\'s': (clock) => `«${clock.datetime}.now()»`,
  'fixed hours off UTC': (clock) => `«${clock.datetime}.utcnow() - ${clock.timedelta}(hours=5)»`,
  'a label': (clock) => `«${clock.datetime}.utcnow().replace(tzinfo=${clock.zone('America/New_York')})»`,
  'the machine\'s time under New York\'s name': (clock) => `«${clock.datetime}.now().replace(tzinfo=${clock.zone('America/New_York')})»`,
  'hours added to UTC': (clock) => `«${clock.datetime}.now(${clock.utc}) + ${clock.timedelta}(hours=-5)»`,
};

const python: readonly Form[] = [
  ...Object.entries(LOCAL).map(([name, wrong]) => form(name, 'python', (draw) => {
    const clock = pythonClock(draw);
    const [now, close] = [draw.name('now', 'current', 'moment', 'now_et'), closing(draw, 'python')];
    const style = draw.int(0, 3);
    const test = [`${now}.time() >= ${clock.time(16, 55)}`, `${now}.hour == 16 and ${now}.minute >= 50`, `${now}.hour * 60 + ${now}.minute >= 1010`, `${clock.time(16, 50)} <= ${now}.time()`][style] as string;
    const right = draw.one([`${clock.datetime}.now(${clock.zone('America/New_York')})`, `${clock.datetime}.now(${clock.utc}).astimezone(${clock.zone('US/Eastern')})`]);
    return { code: `${now} = ${wrong(clock)}\nif ${test}:\n    ${close}`, twin: `${now} = ${right}\nif ${test}:\n    ${close}`, imports: clock.imports };
  })),
  form('the computer\'s, in the test', 'python', (draw) => {
    const clock = pythonClock(draw);
    const close = closing(draw, 'python');
    return { code: `if «${clock.datetime}.now()».time() >= ${clock.time(16, 55)}:\n    ${close}`, twin: `if ${clock.datetime}.now(${clock.zone('America/New_York')}).time() >= ${clock.time(16, 55)}:\n    ${close}`, imports: clock.imports };
  }),
  form('an hour of UTC', 'python', (draw) => {
    const clock = pythonClock(draw);
    const close = closing(draw, 'python');
    return { code: `if «${clock.datetime}.now(${clock.utc}).hour >= ${draw.one([21, 22])}»:\n    ${close}`, twin: `if ${clock.datetime}.now(${clock.zone('America/New_York')}).hour >= 16:\n    ${close}`, imports: clock.imports };
  }),
  form('the month', 'python', (draw) => {
    const clock = pythonClock(draw);
    const [now, shift, close] = [draw.name('utc_now', 'now_utc'), draw.name('shift', 'offset'), closing(draw, 'python')];
    return {
      code: `${now} = ${clock.datetime}.now(${clock.utc})\n${shift} = «-4 if 4 <= ${now}.month <= 10 else -5»\nif (${now} + ${clock.timedelta}(hours=${shift})).time() >= ${clock.time(16, 50)}:\n    ${close}`,
      twin: `${now} = ${clock.datetime}.now(${clock.utc})\nif ${now}.astimezone(${clock.zone('America/New_York')}).time() >= ${clock.time(16, 50)}:\n    ${close}`, imports: clock.imports,
    };
  }),
  form('a fixed zone', 'python', (draw) => {
    const clock = pythonClock(draw);
    const [zone, close] = [draw.name('eastern', 'est'), closing(draw, 'python')];
    const head = (text: string): string => `${zone} = ${text}\nif ${clock.datetime}.now(${zone}).time() >= ${clock.time(16, 55)}:\n    ${close}`;
    return { code: head(`«${clock.zone('EST')}»`), twin: head(clock.zone('America/New_York')), imports: clock.imports };
  }),
  form('another city', 'python', (draw) => {
    const clock = pythonClock(draw);
    const close = closing(draw, 'python');
    const write = (test: string): string => `if ${test}:\n    ${close}`;
    return { code: write(`«${clock.datetime}.now(${clock.zone('Europe/London')}).time() >= ${clock.time(21, 55)}»`), twin: write(`${clock.datetime}.now(${clock.zone('America/New_York')}).time() >= ${clock.time(16, 55)}`), imports: clock.imports };
  }),
  form('an early return', 'python', (draw) => {
    const clock = pythonClock(draw);
    const fn = draw.name('watch_close', 'end_of_day', 'on_minute');
    const write = (now: string): string => `def ${fn}(broker):\n    if ${now}.time() < ${clock.time(16, 55)}:\n        return None\n    broker.close_all_positions()`;
    return { code: write(`«${clock.datetime}.now()»`), twin: write(`${clock.datetime}.now(${clock.zone('America/New_York')})`), imports: clock.imports };
  }, 'module'),
  form('a schedule', 'python', (draw) => {
    const job = draw.name('flatten', 'flatten_book');
    const write = (at: string): string => `def ${job}():\n    broker.close_all_positions()\n\n\nschedule.every().day.${at}.do(${job})`;
    return { code: write('«at("16:55")»'), twin: write('at("16:55", "America/New_York")'), imports: 'import schedule' };
  }, 'module'),
];

const closeAll = (draw: Draw): string => draw.one(['CloseAll()', 'CloseAllPositions()', 'FlattenAll()']);
const twinOf = (draw: Draw): string => `MqlDateTime now_et;\nToNewYork(now_et);\nif(now_et.hour == 16 && now_et.min >= 50) ${closeAll(draw)};`;

const mql5: readonly Form[] = [
  ...([
    ['the server\'s hour', (dt): string => `TimeCurrent(${dt});\nif(«${dt}.hour >= 23 && ${dt}.min >= 59»)`],
    ['the server\'s hour, from a structure', (dt): string => `TimeToStruct(TimeCurrent(), ${dt});\nif(«${dt}.hour >= 23 && ${dt}.min >= 58»)`],
    ['the trade server\'s hour', (dt): string => `TimeToStruct(TimeTradeServer(), ${dt});\nif(«${dt}.hour * 60 + ${dt}.min >= 23 * 60 + 59»)`],
    ['the computer\'s hour', (dt): string => `«TimeLocal(${dt})»;\nif(${dt}.hour >= 16 && ${dt}.min >= 59)`],
    ['a fixed distance from UTC', (dt): string => `TimeToStruct(«TimeGMT() - 5 * 3600», ${dt});\nif(${dt}.hour >= 16 && ${dt}.min >= 50)`],
  ] as readonly (readonly [string, (dt: string) => string])[]).map(([name, write]) => form(name, 'mql5', (draw) => {
    const dt = draw.name('dt', 'now', 'stm');
    return { code: `MqlDateTime ${dt};\n${write(dt)} ${draw.chance(0.5) ? `{ ${closeAll(draw)}; }` : `${closeAll(draw)};`}`, twin: twinOf(draw) };
  })),
  form('text of the server\'s time', 'mql5', (draw) => ({ code: `if(«TimeToString(TimeCurrent(), TIME_MINUTES) >= "23:59"») ${closeAll(draw)};`, twin: twinOf(draw) })),
  form('a moment of the server\'s day', 'mql5', (draw) => ({ code: `if(«TimeCurrent() >= StringToTime("23:59")») ${closeAll(draw)};`, twin: twinOf(draw) })),
  form('arithmetic', 'mql5', (draw) => {
    const [now, hour, minute] = [draw.name('now', 'server_now'), draw.name('hour', 'hh'), draw.name('minute', 'mm')];
    return { code: `datetime ${now} = TimeCurrent();\nint ${hour} = (int)((${now} / 3600) % 24);\nint ${minute} = (int)((${now} % 3600) / 60);\nif(«${hour} == 23 && ${minute} >= 59») ${closeAll(draw)};`, twin: twinOf(draw) };
  }),
];

const NEW_YORK = "timeZone: 'America/New_York'";

const script: readonly Form[] = [
  form('the machine\'s hour', 'script', (draw) => {
    const close = closing(draw, 'script');
    return { code: `if («new Date().getHours()» >= ${draw.one([16, 17])}) ${close};`, twin: `if (new Date(new Date().toLocaleString('en-US', { ${NEW_YORK} })).getHours() >= 16) ${close};` };
  }),
  form('hour and minute of the machine', 'script', (draw) => {
    const [now, close] = [draw.name('now', 'current'), closing(draw, 'script')];
    return {
      code: `const ${now} = new Date();\nif («${now}.getHours()» === 16 && ${now}.getMinutes() >= 50) { ${close}; }`,
      twin: `const ${now} = new Date(new Date().toLocaleString('en-US', { ${NEW_YORK} }));\nif (${now}.getHours() === 16 && ${now}.getMinutes() >= 50) { ${close}; }`,
    };
  }),
  form('an hour of UTC', 'script', (draw) => {
    const [now, close] = [draw.name('now', 'current'), closing(draw, 'script')];
    return {
      code: `const ${now} = new Date();\nif («${now}.getUTCHours() === 21 && ${now}.getUTCMinutes() >= 50») ${close};`,
      twin: `const ${now} = new Date();\nif (${now}.toLocaleTimeString('en-US', { ${NEW_YORK}, hour12: false }) >= '16:50:00') ${close};`,
    };
  }),
  form('hours off UTC', 'script', (draw) => {
    const [et, close] = [draw.name('et', 'eastern'), closing(draw, 'script')];
    return {
      code: `const ${et} = new Date(«Date.now() - 5 * 60 * 60 * 1000»);\nif (${et}.getUTCHours() === 16 && ${et}.getUTCMinutes() >= 50) ${close};`,
      twin: `const ${et} = new Date(new Date().toLocaleString('en-US', { ${NEW_YORK} }));\nif (${et}.getHours() === 16 && ${et}.getMinutes() >= 50) ${close};`,
    };
  }),
  form('a zone without summer time', 'script', (draw) => {
    const [et, close] = [draw.name('et', 'eastern'), closing(draw, 'script')];
    const write = (zone: string): string => `const ${et} = new Date().toLocaleTimeString('en-US', { timeZone: ${zone}, hour12: false });\nif (${et} >= '16:50:00') ${close};`;
    return { code: write("«'EST'»"), twin: write("'America/New_York'") };
  }),
  form('text of the machine\'s clock', 'script', (draw) => {
    const close = closing(draw, 'script');
    return { code: `if («new Date().toTimeString()».slice(0, 5) >= '16:50') ${close};`, twin: `if (new Date().toLocaleTimeString('en-GB', { ${NEW_YORK} }) >= '16:50') ${close};` };
  }),
  form('a set hour', 'script', (draw) => {
    const [cutoff, close] = [draw.name('cutoff', 'flatAt'), closing(draw, 'script')];
    return { code: `const ${cutoff} = new Date();\n«${cutoff}.setHours(16, 50, 0, 0)»;\nif (new Date() >= ${cutoff}) ${close};`, twin: `const ${cutoff} = nextFlat('America/New_York');\nif (new Date() >= ${cutoff}) ${close};` };
  }),
  form('dayjs on the machine', 'script', (draw) => {
    const [dayjs, close] = [draw.name('dayjs', 'day'), closing(draw, 'script')];
    return { code: `if («${dayjs}()».hour() >= 16) ${close};`, twin: `if (${dayjs}().tz('America/New_York').hour() >= 16) ${close};`, imports: draw.import(dayjs, 'dayjs', true) };
  }),
];

const settings: readonly Form[] = [
  form('in UTC', 'yaml', () => ({ code: 'trading_hours:\n  timezone: UTC\n  flatten_time: "«21:55»"', twin: 'trading_hours:\n  timezone: America/New_York\n  flatten_time: "16:50"' }), 'entry'),
  form('a name in UTC', 'yaml', () => ({ code: 'flatten_time_utc: "«21:55»"', twin: 'flatten_time_utc: "20:30"' }), 'entry'),
  form('a fixed zone', 'yaml', (draw) => ({ code: `trading_hours:\n  tz: EST\n  ${draw.one(['flat_by', 'flatten_time'])}: "«16:55»"`, twin: 'trading_hours:\n  tz: America/New_York\n  flat_by: "16:55"' }), 'entry'),
  form('in UTC', 'json', () => ({ code: '  "tradingHours": { "timezone": "UTC", "flattenTime": "«21:55»" }', twin: '  "tradingHours": { "timezone": "America/New_York", "flattenTime": "16:50" }' }), 'entry'),
  form('in UTC', 'toml', () => ({ code: '[hours]\ntimezone = "UTC"\nflatten_time = "«21:55»"', twin: '[hours]\ntimezone = "America/New_York"\nflatten_time = "16:50"' }), 'entry'),
  form('a name in UTC', 'dotenv', (draw) => ({ code: `${draw.one(['FLATTEN_TIME_UTC', 'FLAT_BY_UTC'])}=«21:55»`, twin: 'FLATTEN_TIME_UTC=20:30' }), 'entry'),
];

export const APX005_MUTANTS: readonly Form[] = [...python, ...mql5, ...script, ...settings];
