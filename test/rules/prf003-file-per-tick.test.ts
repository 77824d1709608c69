import { describe, expect, test } from 'vitest';
import { namesWithRole } from '../../src/core/source/frameworks/tables.ts';
import { filePerTick, mayGoToFiles } from '../../src/guardians/performance/rules/prf003-file-per-tick.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (text: string, by: number): string => text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
const IMPORT = 'import csv\nimport json\nfrom pathlib import Path\n\nimport numpy as np\nimport pandas as pd\nfrom nautilus_trader.trading.strategy import Strategy\n\n\n';
/** A strategy with this body in `on_quote_tick`. */
const onTick = (body: string, rest = '', init = ''): string =>
  `${IMPORT}class Recorder(Strategy):\n${init === '' ? '' : `    def __init__(self, config):\n        super().__init__(config)\n${indent(init, 8)}\n\n`}    def on_quote_tick(self, tick):\n${indent(body, 8)}${rest === '' ? '' : `\n${indent(rest, 4)}`}\n`;
const EA = 'Experts/ea.mq5';
const mql = (body: string, before = ''): string => `${before}\nvoid OnTick()\n{\n   ${body.split('\n').join('\n   ')}\n}\n`;
const BOT = 'src/bot.ts';
const ws = (body: string, before = ''): string => `import WebSocket from 'ws';\nimport fs from 'node:fs';\nimport { promises as files } from 'node:fs';\n${before}const ws = new WebSocket(url);\nws.on('message', async (data) => {\n${indent(body, 2)}\n});\n`;

ruleTester(filePerTick, {
  valid: [
    { name: 'start and stop', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.model = pd.read_csv("levels.csv")\n    def on_stop(self):\n        pd.DataFrame(self.rows).to_parquet("ticks.parquet")\n` },
    { name: 'timer', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.clock.set_timer("t", 60, callback=self.flush)\n    def flush(self, event):\n        open("a.txt").read()\n` },
    { name: 'order event', code: `${IMPORT}class S(Strategy):\n    def on_order_filled(self, event):\n        with open("fills.csv", "a") as file:\n            file.write(str(event))\n` },
    { name: 'a flush by length', code: onTick('self.rows.append(tick)\nif len(self.rows) >= 1000:\n    pd.DataFrame(self.rows).to_csv("ticks.csv")\n    self.rows.clear()', '', 'self.rows = []') },
    { name: 'a flush by length in a method', code: onTick('self.rows.append(tick)\nif len(self.rows) >= 1000:\n    self.flush()', '\ndef flush(self):\n    with open("ticks.csv", "a") as file:\n        file.writelines(self.rows)\n    self.rows = []', 'self.rows = []') },
    { name: 'a flush by count', code: onTick('self.n += 1\nif self.n % 500 == 0:\n    np.save("ticks.npy", self.window)') },
    { name: 'a flush by the clock', code: onTick('now = self.clock.timestamp_ns()\nif now - self.last_flush > 60_000_000_000:\n    self.last_flush = now\n    self.frame.to_parquet("ticks.parquet")') },
    { name: 'an error', code: onTick('try:\n    self.update(tick)\nexcept ValueError:\n    Path("bad.txt").write_text(str(tick))', '\ndef update(self, tick):\n    pass') },
    { name: 'a log line', code: `import logging\n${onTick('logging.getLogger("x").info("tick")')}` },
    { name: 'a text, no file', code: onTick('text = self.frame.to_csv()') },
    { name: 'a buffer in memory', code: `import io\n${onTick('out = io.StringIO()\nself.frame.to_csv(out)\njson.dump(tick, io.StringIO())')}` },
    { name: 'an executor', code: `import asyncio\n${onTick('self.loop.run_in_executor(None, self.save, tick)', '\ndef save(self, tick):\n    Path("x").write_text(str(tick))')}` },
    { name: 'a method of its own called open', code: onTick('self.open(tick)', '\ndef open(self, tick):\n    self.last = tick') },
    { name: 'an open of something else', code: onTick('self.position.open(tick)\nself.price = tick.open') },
    { name: 'tests', code: onTick('open("x").read()'), role: 'test' },
    { name: 'suppressed', code: onTick('open("x").read()  # tickguard: ignore[PRF003] a recorder') },
    { name: 'start and end of MQL5', path: EA, code: 'int h;\nint OnInit() { h = FileOpen("log.csv", FILE_WRITE|FILE_CSV); return INIT_SUCCEEDED; }\nvoid OnDeinit(const int r) { FileFlush(h); FileClose(h); }\nvoid OnTick() { }\n' },
    { name: 'a new bar of MQL5', path: EA, code: mql('static datetime last = 0;\ndatetime bar = iTime(_Symbol, PERIOD_M1, 0);\nif(bar == last) return;\nlast = bar;\nint h = FileOpen("bars.csv", FILE_WRITE|FILE_CSV);\nFileWrite(h, bar);\nFileClose(h);') },
    { name: 'a branch for errors of MQL5', path: EA, code: mql('Open();', 'void Log(string line) { int h = FileOpen("x.log", FILE_WRITE|FILE_TXT); FileWrite(h, line); FileClose(h); }\nbool Open()\n{\n   long mode;\n   if(!SymbolInfoInteger(_Symbol, SYMBOL_TRADE_MODE, mode) || mode != SYMBOL_TRADE_MODE_FULL)\n   {\n      string errorMsg = "not now";\n      Log(errorMsg);\n      return false;\n   }\n   return true;\n}') },
    { name: 'a flush of MQL5', path: EA, code: mql('int n = ArraySize(rows);\nArrayResize(rows, n + 1);\nrows[n] = SymbolInfoDouble(_Symbol, SYMBOL_BID);\nif(ArraySize(rows) >= 500) Flush();', 'double rows[];\nvoid Flush()\n{\n   int h = FileOpen("t.bin", FILE_WRITE|FILE_BIN);\n   FileWriteArray(h, rows);\n   FileClose(h);\n   ArrayResize(rows, 0);\n}') },
    { name: 'a flush of TypeScript', path: BOT, code: ws("rows.push(data);\nif (rows.length >= 500) {\n  fs.appendFileSync('t.csv', rows.join('\\n'));\n  rows.length = 0;\n}", 'const rows: unknown[] = [];\n') },
    { name: 'a stream that is open', path: BOT, code: ws('out.write(data);', "const out = fs.createWriteStream('ticks.csv');\n") },
    { name: 'a promise nobody waits for', path: BOT, code: ws("void files.appendFile('t.csv', data);\nfs.appendFile('t.csv', data, () => {});") },
    { name: 'a file at the start of TypeScript', path: BOT, code: "import WebSocket from 'ws';\nimport fs from 'fs';\nconst settings = JSON.parse(fs.readFileSync('settings.json', 'utf8'));\nconst ws = new WebSocket(settings.url);\nws.on('message', (data) => { last = data; });\nws.on('close', () => { fs.writeFileSync('state.json', JSON.stringify(state)); });\n" },
  ],
  invalid: [
    { name: 'open', code: onTick('with «open("ticks.csv", "a")» as file:\n    file.write(str(tick))'), findings: [{ messageId: 'disk', severity: 'error', gate: 'merge', message: /^Waits for the disk on every tick: on_quote_tick\./ }] },
    { name: 'one access', code: onTick('«json.dump(tick, open("last.json", "w"))»'), findings: [{ messageId: 'disk' }] },
    { name: 'to_csv and to_parquet', code: onTick('«pd.DataFrame([tick]).to_csv("t.csv", mode="a")»\n«self.frame.to_parquet("t.parquet")»'), findings: [{ messageId: 'disk' }, { messageId: 'disk' }] },
    { name: 'numpy', code: onTick('«np.save("t.npy", self.window)»'), findings: [{ messageId: 'disk' }] },
    { name: 'a path', code: onTick('«Path("last.txt").write_text(str(tick))»\n«(self.folder / "last.txt").read_text()»'), findings: [{ messageId: 'disk' }, { messageId: 'disk' }] },
    { name: 'reading settings again', code: onTick('self.limits = «pd.read_csv("limits.csv")»'), findings: [{ messageId: 'disk' }] },
    { name: 'a file that is open', code: onTick('«self.out.write(str(tick))»\n«self.out.flush()»', '', 'self.out = open("ticks.csv", "a")'), findings: [{ messageId: 'buffer', severity: 'warning' }, { messageId: 'disk', severity: 'error' }] },
    { name: 'a csv writer', code: onTick('«self.rows.writerow([tick.bid_price])»', '', 'self.out = open("ticks.csv", "a")\nself.rows = csv.writer(self.out)'), findings: [{ messageId: 'buffer', severity: 'warning' }] },
    { name: 'in another file', files: { 'strategy.py': 'from nautilus_trader.trading.strategy import Strategy\nfrom journal import Journal\n\n\nclass S(Strategy):\n    def __init__(self, config):\n        super().__init__(config)\n        self.journal = Journal()\n\n    def on_trade_tick(self, tick):\n        self.journal.note(tick)\n', 'journal.py': 'class Journal:\n    def note(self, tick):\n        with «open("journal.txt", "a")» as file:\n            file.write(str(tick))\n' },
      findings: [{ messageId: 'disk', file: 'journal.py', message: /on_trade_tick → Journal\.note/, related: [/^strategy\.py:/] }] },
    { name: 'a loop over a socket', code: 'import json\nimport websockets\n\n\nasync def run(url):\n    async with websockets.connect(url) as ws:\n        async for message in ws:\n            with «open("feed.jsonl", "a")» as file:\n                json.dump(message, file)\n', findings: [{ messageId: 'disk', message: /every message/ }] },
    { name: 'a file that is awaited', code: 'import aiofiles\nimport websockets\n\n\nasync def run(url):\n    async with websockets.connect(url) as ws:\n        async for message in ws:\n            async with «aiofiles.open("feed.jsonl", "a")» as file:\n                await file.write(message)\n', findings: [{ messageId: 'awaited', severity: 'warning' }] },
    { name: 'a bar handler', code: `${IMPORT}class S(Strategy):\n    def on_bar(self, bar):\n        «pd.DataFrame([bar]).to_csv("bars.csv")»\n`, findings: [{ messageId: 'disk', severity: 'info', gate: 'none', message: /every bar/ }] },
    { name: 'a handler without its feed', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.subscribe_bars(self.bar_type)\n\n    def on_quote_tick(self, tick):\n        «open("x", "a")»\n`, findings: [{ messageId: 'idle', severity: 'info' }] },

    { name: 'FileOpen', path: EA, code: mql('int h = «FileOpen("ticks.csv", FILE_READ|FILE_WRITE|FILE_CSV)»;\nFileSeek(h, 0, SEEK_END);\nFileWrite(h, TimeCurrent());\nFileClose(h);'), findings: [{ messageId: 'disk', severity: 'error', message: /^Waits for the disk on every tick: OnTick\./ }] },
    { name: 'FileWrite and FileFlush', path: EA, code: mql('«FileWrite(h, TimeCurrent())»;\n«FileFlush(h)»;', 'int h;\nint OnInit() { h = FileOpen("t.csv", FILE_WRITE|FILE_CSV); return INIT_SUCCEEDED; }'), findings: [{ messageId: 'buffer', severity: 'warning' }, { messageId: 'disk', severity: 'error' }] },
    { name: 'FileReadString and FileDelete', path: EA, code: mql('string s = «FileReadString(h)»;\n«FileDelete("signal.txt")»;', 'int h;'), findings: [{ messageId: 'disk' }, { messageId: 'disk' }] },
    { name: 'a member object of an include', files: { 'Experts/ea.mq5': '#include <Journal.mqh>\nCJournal journal;\nvoid OnTick() { journal.Note("tick"); }\n', 'Include/Journal.mqh': 'class CJournal { public: void Note(string s) { int h = «FileOpen("j.txt", FILE_WRITE|FILE_TXT)»; FileWriteString(h, s); FileClose(h); } };\n' },
      findings: [{ messageId: 'disk', file: 'Include/Journal.mqh', message: /OnTick → CJournal\.Note/ }] },

    { name: 'the sync functions', path: BOT, code: ws("«fs.appendFileSync('t.csv', data)»;\n«fs.writeFileSync('last.json', data)»;\nconst c = «fs.readFileSync('limits.json')»;"), findings: [{ messageId: 'disk', severity: 'error' }, { messageId: 'disk' }, { messageId: 'disk' }] },
    { name: 'a module in the expression', path: BOT, code: ws("«require('node:fs').appendFileSync('t.csv', data)»;\nawait «(await import('node:fs/promises')).appendFile('t.csv', data)»;"), findings: [{ messageId: 'disk' }, { messageId: 'awaited' }] },
    { name: 'a generator over a feed', path: BOT, code: "import fs from 'fs';\nexport async function* plan(feed: any) {\n  for await (const tick of feed.quotes()) {\n    «fs.appendFileSync('t.csv', String(tick))»;\n    yield buy({ symbol: 'ES', quantity: 1 });\n  }\n}\n", findings: [{ messageId: 'disk' }] },
    { name: 'imported by name', path: BOT, code: ws("«append('t.csv', data)»;", "import { appendFileSync as append } from 'fs';\n"), findings: [{ messageId: 'disk' }] },
    { name: 'a stream for each message', path: BOT, code: ws("const out = «fs.createWriteStream('t.csv', { flags: 'a' })»;\nout.end(data);"), findings: [{ messageId: 'disk' }] },
    { name: 'a promise that is awaited', path: BOT, code: ws("await «files.appendFile('t.csv', data)»;"), findings: [{ messageId: 'awaited', severity: 'warning' }] },
    { name: 'CommonJS', path: 'bot.js', code: "const fs = require('fs');\nconst WebSocket = require('ws');\nconst ws = new WebSocket(url);\nws.on('message', save);\nfunction save(data) {\n  «fs.writeFileSync('last.json', data)»;\n}\n", findings: [{ messageId: 'disk', message: /every message: save/ }] },
  ],
});

describe('PRF003 before anything is resolved', () => {
  test('the words find every name that goes to a file', () => {
    const found = (name: string): boolean => mayGoToFiles(`${name}(`) || mayGoToFiles(`fs.${name}(`);
    expect([...namesWithRole('file', 'file.write', 'file.async')].filter((name) => !found(name))).toEqual([]);
  });
});
