/** PRF001: sleeps and busy waits on the tick path, in each way people write them, and what may stand in their place. */
import type { Draw, Form, Made } from '../mutants/form.ts';
import { callForms, pairForms } from './costly-mutants.ts';

const seconds = (draw: Draw): string => draw.one(['0.05', '0.1', '0.5', '1', '2', '1 / 10']);
const ms = (draw: Draw): number => draw.one([5, 10, 50, 100, 250, 1000]);

const python = callForms('python', {
  'time.sleep': (draw) => ({ call: `time.sleep(${seconds(draw)})`, imports: 'import time' }),
  'time under another name': (draw) => { const name = draw.name('clock_time', 'systime'); return { call: `${name}.sleep(${seconds(draw)})`, imports: `import time as ${name}` }; },
  'sleep by name': (draw) => { const name = draw.name('sleep_for', 'nap', 'doze'); return { call: `${name}(${seconds(draw)})`, imports: `from time import sleep as ${name}` }; },
  'a constant': (draw) => { const name = draw.name('PAUSE_SECONDS', 'COOLDOWN'); return { call: `time.sleep(${name})`, imports: `import time\n${name} = ${draw.one(['0.1', '0.25', '3'])}` }; },
  'an event': (draw) => ({ call: `threading.Event().wait(${seconds(draw)})`, imports: 'import threading' }),
  'an event, waited for by name': (draw) => ({ call: `threading.Event().wait(timeout=${seconds(draw)})`, imports: 'import threading' }),
  'a shell': (draw) => ({ call: `os.system("sleep ${draw.int(1, 5)}")`, imports: 'import os' }),
  'a command': (draw) => ({ call: `subprocess.run(["sleep", "${draw.int(1, 5)}"])`, imports: 'import subprocess' }),
  'gevent': (draw) => ({ call: `gevent.sleep(${seconds(draw)})`, imports: 'import gevent' }),
});

/** Loops that burn: only the question is marked. */
const spins = pairForms('python', 'tick', {
  'until a time': (draw) => { const end = draw.name('wake_at', 'until_ts'); return { imports: 'import time', code: `${end} = time.time() + ${seconds(draw)}\nwhile «time.time() < ${end}»:\n    pass`, twin: `${end} = time.time() + 1\nif time.time() < ${end}:\n    pass` }; },
  'since a time': (draw) => { const from = draw.name('began_at', 'since_ts'); return { imports: 'import time', code: `${from} = time.monotonic()\nwhile «time.monotonic() - ${from} < ${seconds(draw)}»:\n    continue`, twin: `${from} = time.monotonic()\nage = time.monotonic() - ${from}` }; },
  'until a break': (draw) => { const end = draw.name('stop_at', 'limit_ts'); return { imports: 'import time', code: `${end} = time.perf_counter() + ${seconds(draw)}\nwhile True:\n    if «time.perf_counter() >= ${end}»:\n        break`, twin: `${end} = time.perf_counter()\nfor level in range(3):\n    if level > ${end}:\n        break` }; },
  'until a flag': (draw) => { const owner = draw.place.self ?? 'state'; return { code: `while «not ${owner}.armed»:\n    pass`, twin: `if not ${owner}.armed:\n    pass` }; },
  'until nothing is pending': (draw) => { const owner = draw.place.self ?? 'state'; return { code: `while «${owner}.pending_count > 0»:\n    continue`, twin: `for pending in range(${owner}.pending_count):\n    continue` }; },
  'naps until a flag': (draw) => { const owner = draw.place.self ?? 'state'; return { imports: 'import time', code: `while not ${owner}.armed:\n    «time.sleep(0.01)»`, twin: `if not ${owner}.armed:\n    ${owner}.waiting = True` }; },
});

/** Loops and handlers of their own, which can be asynchronous. */
const streams = pairForms('python', 'module', {
  'a stream of prices': (draw) => stream(draw, 'await «asyncio.sleep(1)»', 'await asyncio.sleep(0)'),
  'a stream, asleep': (draw) => stream(draw, '«time.sleep(0.1)»', 'last = ticker'),
  'a stream, on the way': (draw) => { const step = draw.name('settle', 'breathe', 'cool_down'); return stream(draw, `await ${step}()`, `asyncio.create_task(${step}())`, `async def ${step}():\n    await «asyncio.sleep(0.5)»`); },
  'a socket': (draw) => socket(draw, 'await «asyncio.sleep(0.2)»', 'last = message'),
  'a socket, gathered': (draw) => socket(draw, 'await asyncio.gather(«asyncio.sleep(0.2)»)', 'asyncio.ensure_future(asyncio.sleep(0.2))'),
});

function stream(draw: Draw, bad: string, good: string, helper = ''): Made {
  const [run, lib] = [draw.name('watch_prices', 'run_feed', 'pump'), draw.name('ccxtpro_lib', 'exchange_lib')];
  const code = (body: string, marks: boolean): string => `${helper === '' ? '' : `${marks ? helper : helper.replace(/[«»]/g, '')}\n\n\n`}async def ${run}():\n    exchange = ${lib}.binance()\n    while True:\n        ticker = await exchange.watch_ticker("BTC/USDT")\n        ${body}`;
  return { imports: `import asyncio\nimport time\nimport ccxt.pro as ${lib}`, code: code(bad, true), twin: code(good, false) };
}

function socket(draw: Draw, bad: string, good: string): Made {
  const run = draw.name('read_socket', 'listen_to_feed', 'drain');
  const code = (body: string): string => `async def ${run}(url):\n    async with websockets.connect(url) as ws:\n        async for message in ws:\n            ${body}`;
  return { imports: 'import asyncio\nimport websockets', code: code(bad), twin: code(good) };
}

const mql5 = [
  ...callForms('mql5', {
    'Sleep': (draw) => ({ call: `Sleep(${ms(draw)})` }),
    'Sleep of a sum': (draw) => ({ call: `Sleep(${draw.int(1, 5)} * ${draw.one([10, 100])})` }),
    'Sleep of a constant': (draw) => { const name = draw.name('PAUSE_MS', 'COOL_DOWN_MS'); return { call: `Sleep(${name})`, imports: `#define ${name} ${ms(draw)}` }; },
    'Sleep of an input': (draw) => { const name = draw.name('InpPauseMs', 'InpCoolDown'); return { call: `Sleep(${name})`, imports: `input int ${name} = ${ms(draw)};` }; },
    'Sleep of an unknown length': () => ({ call: 'Sleep((int)MathRand())' }),
  }),
  ...pairForms('mql5', 'tick', {
    'an empty loop': (draw) => { const from = draw.name('began', 'startMs'); return { code: `uint ${from} = GetTickCount();\nwhile(«GetTickCount() - ${from} < ${ms(draw)}»);`, twin: `uint ${from} = GetTickCount();\nuint ${from}Age = GetTickCount() - ${from};` }; },
    'an empty block': (draw) => { const from = draw.name('began', 'startMs'); return { code: `ulong ${from} = GetTickCount64();\nwhile(«GetTickCount64() - ${from} < ${ms(draw)}») { }`, twin: `ulong ${from} = GetTickCount64();\nif(GetTickCount64() - ${from} < 100) { }` }; },
    'microseconds in a for': (draw) => { const from = draw.name('beganUs', 'startUs'); return { code: `for(ulong ${from} = GetMicrosecondCount(); «GetMicrosecondCount() - ${from} < 500»;) { }`, twin: `for(int ${from} = 0; ${from} < 3; ${from}++) { }` }; },
    'the local clock': (draw) => { const end = draw.name('wakeAt', 'untilTime'); return { code: `datetime ${end} = TimeLocal() + 1;\nwhile(«TimeLocal() < ${end}») { }`, twin: `datetime ${end} = TimeLocal() + 1;` }; },
    'the trade context': () => ({ code: 'while(«IsTradeContextBusy()»);', twin: 'if(!IsTradeContextBusy()) { }' }),
    'a nap in a loop over levels': (draw) => { const level = draw.name('lvl', 'levelIndex'); return { code: `for(int ${level} = 0; ${level} < 3; ${level}++)\n{\n    «Sleep(${ms(draw)})»;\n}`, twin: `for(int ${level} = 0; ${level} < 3; ${level}++)\n{\n    ResetLastError();\n}` }; },
    'a nap in a do': (draw) => { const tries = draw.name('tries', 'rounds'); return { code: `int ${tries} = 0;\ndo { «Sleep(${ms(draw)})»; ${tries}++; } while(${tries} < 3);`, twin: `int ${tries} = 0;\ndo { ${tries}++; } while(${tries} < 3);` }; },
    'a helper': (draw) => { const wait = draw.name('WaitAWhile', 'CalmDown', 'PauseFeed'); const end = `void ${wait}(int length)\n{\n    «Sleep(length)»;\n}`; return { code: `${wait}(${ms(draw)});`, twin: `${wait}(${ms(draw)});`, end, twinEnd: `void ${wait}(int length)\n{\n    EventSetMillisecondTimer(length);\n}` }; },
    'a method of a class': (draw) => { const [cls, object] = [draw.name('CPacer', 'CBrake'), draw.name('pacer', 'brake')]; const end = (body: string): string => `class ${cls}\n{\npublic:\n    void Hold()\n    {\n        ${body}\n    }\n};`; return { code: `${cls} ${object};\n${object}.Hold();`, twin: `${cls} ${object};\n${object}.Hold();`, end: end(`«Sleep(${ms(draw)})»;`), twinEnd: end('ResetLastError();') }; },
    'a base class': (draw) => { const [base, cls, object] = [draw.name('CBaseHold', 'CBaseWait'), draw.name('CSlowDesk', 'CCalm'), draw.name('desk', 'calm')]; const end = (body: string): string => `class ${base}\n{\npublic:\n    void Hold() { ${body} }\n};\nclass ${cls} : public ${base}\n{\n};`; return { code: `${cls} ${object};\n${object}.Hold();`, twin: `${cls} ${object};\n${object}.Hold();`, end: end(`«Sleep(${ms(draw)})»;`), twinEnd: end('ResetLastError();') }; },
    'a block': (draw) => ({ code: `{ «Sleep(${ms(draw)})»; }`, twin: '{ ResetLastError(); }' }),
    'once connected': (draw) => ({ code: `if(TerminalInfoInteger(TERMINAL_CONNECTED)) «Sleep(${ms(draw)})»;`, twin: `if(!TerminalInfoInteger(TERMINAL_CONNECTED)) Sleep(${ms(draw)});` }),
    'once a price is there': (draw) => ({ code: `if(SymbolInfoDouble(_Symbol, SYMBOL_BID) > 0)\n{\n    «Sleep(${ms(draw)})»;\n}`, twin: `if(SymbolInfoDouble(_Symbol, SYMBOL_BID) <= 0)\n{\n    Sleep(${ms(draw)});\n}` }),
    'an order that is tried again': (draw) => { const [trade, tries] = [draw.name('deskTrade', 'tradeNow'), draw.name('attempt', 'tryNo')]; return { imports: '#include <Trade/Trade.mqh>', code: `CTrade ${trade};\nfor(int ${tries} = 0; ${tries} < 3; ${tries}++)\n{\n    if(${trade}.Buy(0.1)) break;\n    «Sleep(${ms(draw)})»;\n}`, twin: `CTrade ${trade};\nfor(int ${tries} = 0; ${tries} < 3; ${tries}++)\n{\n    if(${trade}.Buy(0.1)) break;\n}` }; },
    'a switch that is on': (draw) => { const flag = draw.name('InpThrottleFeed', 'InpCalm'); return { imports: `input bool ${flag} = true;`, code: `if(${flag}) «Sleep(${ms(draw)})»;`, twin: `if(!${flag}) Sleep(${ms(draw)});` }; },
  }),
];

const script = [
  ...callForms('script', {
    'Atomics.wait': (draw) => ({ call: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms(draw)})` }),
    'execSync': (draw) => { const name = draw.name('execSync', 'runNow'); return { call: `${name}('sleep ${draw.int(1, 3)}')`, imports: name === 'execSync' || draw.place.commonJs ? `${draw.import('execSync', 'child_process')}${name === 'execSync' ? '' : `\nconst ${name} = execSync;`}` : `import { execSync as ${name} } from 'child_process';` }; },
    'spawnSync': (draw) => { const lib = draw.name('childProcess', 'processes'); return { call: `${lib}.spawnSync('sleep', ['${draw.int(1, 3)}'])`, imports: draw.import(lib, 'child_process', true) }; },
    'deasync': (draw) => { const lib = draw.name('deasyncLib', 'blocking'); return { call: `${lib}.sleep(${ms(draw)})`, imports: draw.import(lib, 'deasync', true) }; },
    'the sleep package': (draw) => { const lib = draw.name('sleepLib', 'napper'); return { call: `${lib}.msleep(${ms(draw)})`, imports: draw.import(lib, 'sleep', true) }; },
  }),
  ...pairForms('script', 'tick', {
    'until a time': (draw) => { const end = draw.name('wakeAt', 'untilMs'); return { code: `const ${end} = Date.now() + ${ms(draw)};\nwhile («Date.now() < ${end}») {}`, twin: `const ${end} = Date.now() + ${ms(draw)};\nif (Date.now() < ${end}) {}` }; },
    'an empty statement': (draw) => { const from = draw.name('began', 'startMs'); return { code: `const ${from} = performance.now();\nwhile («performance.now() - ${from} < ${ms(draw)}»);`, twin: `const ${from} = performance.now();\nconst ${from}Age = performance.now() - ${from};` }; },
    'until a break': (draw) => { const end = draw.name('stopAt', 'limitMs'); return { code: `const ${end} = Date.now() + ${ms(draw)};\nfor (;;) {\n    if («Date.now() > ${end}») break;\n}`, twin: `const ${end} = Date.now() + ${ms(draw)};\nfor (const level of [1, 2]) {\n    if (level > ${end}) break;\n}` }; },
    'a do': (draw) => { const [end, now] = [draw.name('endAt', 'goOnAt'), draw.name('nowMs', 'readMs')]; return { code: `const ${end} = Date.now() + ${ms(draw)};\nlet ${now} = 0;\ndo { ${now} = Date.now(); } while («Date.now() < ${end}»);`, twin: `const ${end} = Date.now() + ${ms(draw)};\nlet ${now} = 0;\ndo { ${now} += 1; } while (${now} < 3);` }; },
    'until a flag': (draw) => { const owner = draw.place.self ?? 'state'; return { code: `while («!${owner}.armed») {}`, twin: `if (!${owner}.armed) {}` }; },
  }),
  ...pairForms('script', 'module', {
    'a promise in place': (draw) => message(draw, `await «new Promise((resolve) => setTimeout(resolve, ${ms(draw)}))»;`, `void new Promise((resolve) => setTimeout(resolve, ${ms(draw)}));`),
    'a promise in a block': (draw) => message(draw, `await «new Promise((done) => { setTimeout(done, ${ms(draw)}); })»;`, `await new Promise((done) => { done(undefined); });`),
    'a promise that calls back': (draw) => message(draw, `await «new Promise((ok) => { setTimeout(() => ok(undefined), ${ms(draw)}); })»;`, `setTimeout(() => undefined, ${ms(draw)});`),
    'a helper of the file': (draw) => { const sleep = draw.name('sleepMs', 'delayMs', 'snooze'); return message(draw, `await «${sleep}(${ms(draw)})»;`, `void ${sleep}(${ms(draw)});`, `const ${sleep} = (ms${draw.place.typed ? ': number' : ''}) => new Promise((resolve) => setTimeout(resolve, ms));`); },
    'a helper of another name': (draw) => { const rest = draw.name('coolDown', 'breathe'); return message(draw, `await ${rest}();`, `void ${rest}();`, `async function ${rest}() {\n  await «new Promise((resolve) => setTimeout(resolve, ${ms(draw)}))»;\n}`); },
    'a method that waits': (draw) => { const step = draw.name('settle', 'holdOn'); return message(draw, `await ${step}(1);`, `${step}(1);`, `async function ${step}(n${draw.place.typed ? ': number' : ''}) {\n  await «new Promise((resolve) => setTimeout(resolve, n))»;\n  return n;\n}`); },
    'timers/promises': (draw) => { const pause = draw.name('pauseFor', 'later'); return message(draw, `await «${pause}(${ms(draw)})»;`, `${pause}(${ms(draw)}).then(() => undefined);`, '', draw.place.commonJs ? `const { setTimeout: ${pause} } = require('timers/promises');` : `import { setTimeout as ${pause} } from 'timers/promises';`); },
    'a sleep of another file': (draw) => { const sleep = draw.name('sleepMs', 'snooze'); return message(draw, `await «${sleep}(${ms(draw)})»;`, `void ${sleep}(${ms(draw)});`, '', draw.import(sleep, './desk-timing')); },
    'a stream that waits': (draw) => priceStream(draw, `await «new Promise((resolve) => setTimeout(resolve, ${ms(draw)}))»;`, 'queueMicrotask(() => undefined);'),
    'a feed that waits': (draw) => feedLoop(draw, `await «new Promise((resolve) => setTimeout(resolve, ${ms(draw)}))»;`, 'queueMicrotask(() => undefined);'),
    'a generator that waits': (draw) => { const pause = draw.name('pauseFor', 'later'); return feedLoop(draw, `yield «${pause}(${ms(draw)})»;`, 'yield tick;', '*', draw.place.commonJs ? `const { setTimeout: ${pause} } = require('timers/promises');` : `import { setTimeout as ${pause} } from 'timers/promises';`); },
    'a stream that burns': (draw) => { const end = draw.name('untilMs', 'stopMs'); return priceStream(draw, `const ${end} = Date.now() + 20;\n    while («Date.now() < ${end}») {}`, `const ${end} = Date.now() + 20;`); },
  }),
];

/** A socket whose messages are handled by an asynchronous callback. */
function message(draw: Draw, bad: string, good: string, helper = '', more = ''): Made {
  const [socket, lib] = [draw.name('feedSocket', 'priceSocket'), draw.name('SocketLib', 'FeedSocket')];
  const code = (body: string, marks: boolean): string => `${helper === '' ? '' : `${marks ? helper : helper.replace(/[«»]/g, '')}\n`}const ${socket} = new ${lib}('wss://feed.host.io');\n${socket}.on('message', async (data${draw.place.typed ? ': unknown' : ''}) => {\n  ${body}\n});`;
  return { imports: `${draw.import(lib, 'ws', true)}${more === '' ? '' : `\n${more}`}`, code: code(bad, true), twin: code(good, false) };
}

function priceStream(draw: Draw, bad: string, good: string): Made {
  const [run, lib, exchange] = [draw.name('watchPrices', 'runFeed'), draw.name('ccxtLib', 'exchanges'), draw.name('venueApi', 'exchangeApi')];
  const code = (body: string): string => `async function ${run}() {\n  const ${exchange} = new ${lib}.pro.binance();\n  while (true) {\n    const ticker = await ${exchange}.watchTicker('BTC/USDT');\n    ${body}\n  }\n}`;
  return { imports: draw.import(lib, 'ccxt', true), code: code(bad), twin: code(good) };
}

/** A loop over a feed, in a function or a generator. */
function feedLoop(draw: Draw, bad: string, good: string, star = '', imports = ''): Made {
  const [run, feed] = [draw.name('followFeed', 'drainFeed'), draw.name('priceFeed', 'quoteFeed', 'liveFeed')];
  const code = (body: string): string => `async function${star} ${run}(${feed}${draw.place.typed ? ': any' : ''}) {\n  for await (const tick of ${feed}) {\n    ${body}\n  }\n}`;
  return { ...(imports === '' ? {} : { imports }), code: code(bad), twin: code(good) };
}

export const PRF001_MUTANTS: readonly Form[] = [...python, ...spins, ...streams, ...mql5, ...script];
