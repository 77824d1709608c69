/** PRF003: files on the tick path, in each way people go to them, and what may stand in their place. */
import { callForms, pairForms, type Choices, type CostlyForm, type Pair } from './costly-mutants.ts';

const file = (draw: Choices): string => draw.one(['ticks.csv', 'data/last.txt', 'feed.log', 'state.json']);

const python = [
  ...callForms('python', {
    open: (draw) => ({ call: `open("${file(draw)}", "${draw.one(['a', 'w', 'r', 'rb'])}")` }),
    'read at once': (draw) => ({ call: `json.load(open("${file(draw)}"))`, imports: 'import json' }),
    'dump at once': (draw) => ({ call: `json.dump({"last": 1}, open("${file(draw)}", "w"))`, imports: 'import json' }),
    pickle: (draw) => ({ call: `pickle.dump([1, 2], open("${file(draw)}", "wb"))`, imports: 'import pickle' }),
    'to_csv': (draw) => ({ call: `${draw.one(['pd.DataFrame([1])', 'frames["es"]', 'desk.frame'])}.to_csv("${file(draw)}", mode="a")`, imports: 'import pandas as pd' }),
    'to_parquet': (draw) => ({ call: `${draw.one(['pd.DataFrame([1])', 'desk.frame'])}.to_parquet("${draw.one(['ticks', 'last'])}.parquet")`, imports: 'import pandas as pd' }),
    'read_csv': (draw) => { const pd = draw.name('pandas_lib', 'pdx'); return { call: `${pd}.read_csv("${file(draw)}")`, imports: `import pandas as ${pd}` }; },
    'read_parquet by name': (draw) => { const read = draw.name('read_bars', 'load_frame'); return { call: `${read}("${file(draw)}")`, imports: `from pandas import read_parquet as ${read}` }; },
    'np.save': (draw) => { const np = draw.name('numpy_lib', 'npx'); return { call: `${np}.save("${file(draw)}", [1, 2])`, imports: `import numpy as ${np}` }; },
    'np.savetxt': (draw) => { const np = draw.name('numpy_lib', 'npx'); return { call: `${np}.savetxt("${file(draw)}", [1, 2])`, imports: `import numpy as ${np}` }; },
    'write_text': (draw) => ({ call: `Path("${file(draw)}").write_text("1")`, imports: 'from pathlib import Path' }),
    'read_text of a path': (draw) => ({ call: `(Path("data") / "${draw.one(['a', 'b'])}.txt").read_text()`, imports: 'from pathlib import Path' }),
    'gzip': (draw) => ({ call: `gzip.open("${file(draw)}.gz", "ab")`, imports: 'import gzip' }),
    polars: (draw) => ({ call: `pl.DataFrame({"a": [1]}).write_parquet("${file(draw)}")`, imports: 'import polars as pl' }),
    joblib: (draw) => ({ call: `joblib.dump([1], "${file(draw)}")`, imports: 'import joblib' }),
    shutil: (draw) => ({ call: `shutil.copy("${file(draw)}", "backup")`, imports: 'import shutil' }),
    makedirs: () => ({ call: 'os.makedirs("data", exist_ok=True)', imports: 'import os' }),
    h5py: (draw) => ({ call: `h5py.File("${file(draw)}", "a")`, imports: 'import h5py' }),
  }),
  ...pairForms('python', 'tick', {
    'with open': (draw) => ({ code: `with «open("${file(draw)}", "a")» as out:\n    out.write("tick")\n    out.flush()`, twin: 'rows = []\nrows.append("tick")' }),
    'a csv line': (draw) => ({ imports: 'import csv', code: `with «open("${file(draw)}", "a", newline="")» as out:\n    csv.writer(out).writerow([1, 2])`, twin: 'rows = [[1, 2]]' }),
    'a helper': (draw) => { const note = draw.name('note_tick', 'append_line', 'keep_price'); return { code: `${note}("tick")`, twin: `${note}("tick")`, end: `def ${note}(line):\n    with «open("${file(draw)}", "a")» as out:\n        out.write(line)`, twinEnd: `def ${note}(line):\n    return len(line)` }; },
    'memory instead': (draw) => ({ imports: 'import io\nimport json', code: `out = «open("${file(draw)}", "w")»\njson.dump({"a": 1}, out)`, twin: 'out = io.StringIO()\njson.dump({"a": 1}, out)' }),
    'an executor instead': (draw) => { const keep = draw.name('keep_tick', 'store_price'); return { imports: 'from concurrent.futures import ThreadPoolExecutor', code: `${keep}("tick")`, twin: `ThreadPoolExecutor().submit(${keep}, "tick")`, end: `def ${keep}(line):\n    «open("${file(draw)}", "a")»`, twinEnd: `def ${keep}(line):\n    open("ticks.csv", "a")` }; },
  }),
  ...pairForms('python', 'module', {
    'a socket': (draw) => socket(draw, `with «open("${file(draw)}", "a")» as out:\n                out.write(message)`, 'last = message'),
    'a file that is awaited': (draw) => socket(draw, `async with «aiofiles.open("${file(draw)}", "a")» as out:\n                await out.write(message)`, 'last = message'),
    'a file that stays open': (draw) => { const cls = draw.name('TickJournal', 'QuoteKeeper'); const code = (body: string): string => `class ${cls}(DeskStrategy):\n    def on_start(self):\n        self.out = open("ticks.csv", "a")\n\n    def on_quote_tick(self, tick):\n        ${body}`; return { imports: 'from nautilus_trader.trading.strategy import Strategy as DeskStrategy', code: code('«self.out.write(str(tick))»'), twin: code('self.last = tick') }; },
  }),
];

function socket(draw: Choices, bad: string, good: string): Pair {
  const run = draw.name('read_socket', 'listen_to_feed', 'drain');
  const code = (body: string): string => `async def ${run}(url):\n    async with websockets.connect(url) as ws:\n        async for message in ws:\n            ${body}`;
  return { imports: 'import aiofiles\nimport websockets', code: code(bad), twin: code(good) };
}

const mql5 = [
  ...callForms('mql5', {
    FileOpen: (draw) => ({ call: `FileOpen("${file(draw)}", FILE_WRITE|${draw.one(['FILE_CSV', 'FILE_TXT', 'FILE_BIN'])})` }),
    'FileOpen with a delimiter': (draw) => ({ call: `FileOpen("${file(draw)}", FILE_READ|FILE_CSV|FILE_ANSI, ';')` }),
    FileDelete: (draw) => ({ call: `FileDelete("${file(draw)}")` }),
    FileCopy: (draw) => ({ call: `FileCopy("${file(draw)}", 0, "backup.csv", FILE_REWRITE)` }),
    FileMove: (draw) => ({ call: `FileMove("${file(draw)}", 0, "old.csv", FILE_REWRITE)` }),
    FolderCreate: () => ({ call: 'FolderCreate("ticks")' }),
    GlobalVariablesFlush: () => ({ call: 'GlobalVariablesFlush()' }),
    ChartScreenShot: () => ({ call: 'ChartScreenShot(0, "tick.png", 800, 600)' }),
  }),
  ...pairForms('mql5', 'tick', {
    'open, write, close': (draw) => { const h = draw.name('outFile', 'handleOut'); return { code: `int ${h} = «FileOpen("${file(draw)}", FILE_READ|FILE_WRITE|FILE_CSV)»;\nFileSeek(${h}, 0, SEEK_END);\nFileWrite(${h}, TimeCurrent());\nFileClose(${h});`, twin: `double ${h}[];\nArrayResize(${h}, 1);` }; },
    'into a condition': (draw) => { const h = draw.name('outFile', 'handleOut'); return { code: `int ${h};\nif((${h} = «FileOpen("${file(draw)}", FILE_WRITE|FILE_TXT)») != INVALID_HANDLE)\n    FileClose(${h});`, twin: `int ${h} = 0;\nif(${h} != 0)\n    ResetLastError();` }; },
    'a handle of the expert': (draw) => { const h = draw.name('g_outFile', 'g_tickFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `«FileWrite(${h}, TimeCurrent())»;`, twin: `${h} = INVALID_HANDLE;` }; },
    'a text on a handle': (draw) => { const h = draw.name('g_outFile', 'g_tickFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `«FileWriteString(${h}, "tick")»;`, twin: `${h} = 0;` }; },
    'a flush': (draw) => { const h = draw.name('g_outFile', 'g_tickFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `«FileFlush(${h})»;`, twin: `${h} = 1;` }; },
    'a line to read': (draw) => { const h = draw.name('g_inFile', 'g_signalFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `string ${h}Line = «FileReadString(${h})»;`, twin: `string ${h}Line = "";` }; },
    'a number to read': (draw) => { const h = draw.name('g_inFile', 'g_signalFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `double ${h}Value = «FileReadNumber(${h})»;`, twin: `double ${h}Value = 0;` }; },
    'a helper': (draw) => { const note = draw.name('NoteTick', 'AppendLine'); return { code: `${note}("tick");`, twin: `${note}("tick");`, end: `void ${note}(string line)\n{\n    int handle = «FileOpen("${file(draw)}", FILE_WRITE|FILE_TXT)»;\n    FileWriteString(handle, line);\n    FileClose(handle);\n}`, twinEnd: `void ${note}(string line)\n{\n    StringTrimLeft(line);\n}` }; },
    'a method of a class': (draw) => { const [cls, object] = [draw.name('CTickJournal', 'CQuoteLog'), draw.name('journal', 'quoteLog')]; const end = (body: string): string => `class ${cls}\n{\npublic:\n    void Keep(double price)\n    {\n        ${body}\n    }\n};`; return { code: `${cls} ${object};\n${object}.Keep(1.0);`, twin: `${cls} ${object};\n${object}.Keep(1.0);`, end: end(`int handle = «FileOpen("${file(draw)}", FILE_WRITE|FILE_BIN)»;\n        FileWriteDouble(handle, price);\n        FileClose(handle);`), twinEnd: end('price += 1.0;') }; },
    'a loop over levels': (draw) => { const level = draw.name('lvl', 'levelIndex'); return { code: `for(int ${level} = 0; ${level} < 3; ${level}++)\n{\n    «FileDelete("${file(draw)}")»;\n}`, twin: `for(int ${level} = 0; ${level} < 3; ${level}++)\n{\n    ResetLastError();\n}` }; },
    'once connected': (draw) => ({ code: `if(TerminalInfoInteger(TERMINAL_CONNECTED)) «FileDelete("${file(draw)}")»;`, twin: `if(!TerminalInfoInteger(TERMINAL_CONNECTED)) FileDelete("${file(draw)}");` }),
    'a block': (draw) => ({ code: `{ «FileOpen("${file(draw)}", FILE_READ|FILE_BIN)»; }`, twin: '{ ResetLastError(); }' }),
    'once a price is there': (draw) => ({ code: `if(SymbolInfoDouble(_Symbol, SYMBOL_ASK) > 0)\n{\n    «FolderCreate("ticks")»;\n}`, twin: `if(SymbolInfoDouble(_Symbol, SYMBOL_ASK) <= 0)\n{\n    FolderCreate("${draw.one(['ticks', 'bars'])}");\n}` }),
    'a structure': (draw) => { const h = draw.name('g_outFile', 'g_tickFile'); return { imports: `int ${h} = INVALID_HANDLE;`, code: `MqlTick ${h}Tick;\n«FileWriteStruct(${h}, ${h}Tick)»;`, twin: `MqlTick ${h}Tick;` }; },
  }),
];

const SYNC = ['writeFileSync', 'appendFileSync', 'readFileSync', 'statSync', 'readdirSync', 'unlinkSync', 'renameSync', 'mkdirSync', 'openSync', 'copyFileSync'] as const;

const script = [
  ...callForms('script', Object.fromEntries(SYNC.map((method) => [method, (draw: Choices) => {
    const lib = draw.name('fsLib', 'disk', 'files');
    return { call: `${lib}.${method}('${file(draw)}'${/write|append|rename|copy/.test(method) ? ", 'tick'" : ''})`, imports: draw.import(lib, 'fs', true) };
  }]))),
  ...callForms('script', {
    'by name': (draw) => ({ call: `appendFileSync('${file(draw)}', 'tick')`, imports: draw.place.commonJs ? "const { appendFileSync } = require('fs');" : "import { appendFileSync } from 'node:fs';" }),
    'by another name': (draw) => { const name = draw.name('keepLine', 'appendNow'); return { call: `${name}('${file(draw)}', 'tick')`, imports: draw.place.commonJs ? `const { appendFileSync: ${name} } = require('fs');` : `import { appendFileSync as ${name} } from 'fs';` }; },
    'the whole module': (draw) => { const lib = draw.name('fsAll', 'nodeFs'); return { call: `${lib}.writeFileSync('${file(draw)}', 'tick')`, imports: draw.place.commonJs ? `const ${lib} = require('node:fs');` : `import * as ${lib} from 'node:fs';` }; },
    'fs-extra': (draw) => { const lib = draw.name('fse', 'fsExtra'); return { call: `${lib}.outputFileSync('${file(draw)}', 'tick')`, imports: draw.import(lib, 'fs-extra', true) }; },
    'a stream': (draw) => { const lib = draw.name('fsLib', 'disk'); return { call: `${lib}.createWriteStream('${file(draw)}', { flags: 'a' })`, imports: draw.import(lib, 'fs', true) }; },
  }),
  ...pairForms('script', 'tick', {
    'a helper': (draw) => { const [note, lib] = [draw.name('noteTick', 'keepPrice'), draw.name('fsLib', 'disk')]; const type = draw.place.typed ? ': string' : ''; return { imports: draw.import(lib, 'fs', true), code: `${note}('tick');`, twin: `${note}('tick');`, end: `function ${note}(line${type}) {\n  «${lib}.appendFileSync('${file(draw)}', line)»;\n}`, twinEnd: `function ${note}(line${type}) {\n  return line.length;\n}` }; },
    'a callback instead': (draw) => { const lib = draw.name('fsLib', 'disk'); return { imports: draw.import(lib, 'fs', true), code: `«${lib}.appendFileSync('${file(draw)}', 'tick')»;`, twin: `${lib}.appendFile('${file(draw)}', 'tick', () => undefined);` }; },
  }),
  ...pairForms('script', 'module', {
    'a promise that is awaited': (draw) => message(draw, (lib) => `await «${lib}.promises.appendFile('${file(draw)}', 'tick')»;`, (lib) => `void ${lib}.promises.appendFile('${file(draw)}', 'tick');`),
    'settings for each message': (draw) => message(draw, (lib) => `const limits = JSON.parse(«${lib}.readFileSync('limits.json', 'utf8')»);`, () => "const limits = JSON.parse('{}');"),
  }),
];

function message(draw: Choices, bad: (lib: string) => string, good: (lib: string) => string): Pair {
  const [socket, lib, fs] = [draw.name('feedSocket', 'priceSocket'), draw.name('SocketLib', 'FeedSocket'), draw.name('fsLib', 'disk')];
  const code = (body: string): string => `const ${socket} = new ${lib}('wss://feed.host.io');\n${socket}.on('message', async (data${draw.place.typed ? ': unknown' : ''}) => {\n  ${body}\n});`;
  return { imports: `${draw.import(lib, 'ws', true)}\n${draw.import(fs, 'fs', true)}`, code: code(bad(fs)), twin: code(good(fs)) };
}

export const PRF003_MUTANTS: readonly CostlyForm[] = [...python, ...mql5, ...script];
