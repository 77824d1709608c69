/** The deadline rules together: one finding a root, and the same verdict whatever the spelling. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { complianceRules } from '../../src/guardians/compliance/index.ts';
import { APEX, handler, TIMES } from './apx-samples.ts';
import { checkInMemory } from './memory.ts';
import { judgeMutants, type Snippet } from './mutants.ts';
import { runs } from '../support/property-tests.ts';

/** The rules of one deadline; what half-days make of a right cut-off is APX020's, and has its own tests. */
const RULES = complianceRules.filter(({ id }) => id !== 'APX020');
const CONFIG = { accounts: [APEX], setting: () => ({ options: undefined }) };

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** Findings of the guardian as `rule line severity`. */
function findings(code: string, path = 'strategy.py'): readonly string[] {
  const checked = checkInMemory({ [path]: code }, { rules: RULES, config: CONFIG, trading: 'assume' }, syntax).get(path);
  return (checked?.findings ?? []).map(({ finding }) => `${finding.rule} ${finding.range.line} ${finding.severity}`);
}

describe('one root, one finding', () => {
  test('a late time on a naive clock is the clock\'s', () => {
    expect(findings(handler('if datetime.now().time() >= time(16, 59):\n    self.flatten()'))).toEqual(['APX005 9 warning']);
  });
  test('a constant compared on a wrong clock is not reported again', () => {
    expect(findings(`${TIMES}FLATTEN_AT = time(16, 59)\n\n\ndef on_bar(bar):\n    if (datetime.utcnow() - timedelta(hours=5)).time() >= FLATTEN_AT:\n        close_all_positions()\n`)).toEqual(['APX005 10 error']);
  });
  test('a constant compared in two places on New York time is one finding', () => {
    expect(findings(`${TIMES}FLATTEN_AT = time(17, 0)\n\n\ndef a():\n    if datetime.now(ET).time() >= FLATTEN_AT:\n        flatten()\n\n\ndef b():\n    if datetime.now(ET).time() >= FLATTEN_AT:\n        close_all_positions()\n`)).toEqual(['APX004 6 error']);
  });
  test('a wrong fallback and a late time are two roots', () => {
    const code = 'from datetime import datetime, time, timezone\ntry:\n    from zoneinfo import ZoneInfo\n    ET = ZoneInfo("America/New_York")\nexcept Exception:\n    ET = timezone.utc\n\n\ndef on_bar(bar):\n    if datetime.now(ET).time() >= time(16, 59):\n        close_all_positions()\n';
    expect(findings(code)).toEqual(['APX005 6 warning', 'APX004 10 warning']);
  });
  test('a field and its use in the same file', () => {
    const code = 'from datetime import datetime\nfrom zoneinfo import ZoneInfo\nfrom nautilus_trader.config import StrategyConfig\nfrom nautilus_trader.trading.strategy import Strategy\n\n\nclass BotConfig(StrategyConfig, frozen=True):\n    flatten_time: str = "16:59"\n\n\nclass Bot(Strategy):\n    def __init__(self, config: BotConfig):\n        super().__init__(config)\n        hour, minute = map(int, config.flatten_time.split(":"))\n        self.flat_minute = hour * 60 + minute\n\n    def on_bar(self, bar):\n        now = datetime.now(ZoneInfo("America/New_York"))\n        if now.hour * 60 + now.minute >= self.flat_minute:\n            self.close_all_positions(self.config.instrument_id)\n';
    expect(findings(code)).toEqual(['APX004 8 warning']);
  });
});

/** A bot whose cut-off stands in another file; `now` and `cutoff` as it writes them. */
const bot = (now: string, cutoff: string, imports: string): string => `from datetime import datetime, time
from zoneinfo import ZoneInfo
from nautilus_trader.trading.strategy import Strategy
${imports}


class Bot(Strategy):
    def on_bar(self, bar):
        if ${now}.time() >= ${cutoff}:
            self.close_all_positions(bar.bar_type.instrument_id)
`;
const ON_NEW_YORK = 'datetime.now(ZoneInfo("America/New_York"))';

/** Findings of the guardian over linked files, as `file:line rule severity`. */
function linked(files: Readonly<Record<string, string>>): readonly string[] {
  return [...checkInMemory(files, { rules: RULES, config: CONFIG, trading: 'decide' }, syntax)]
    .flatMap(([file, { findings: found }]) => found.map(({ finding }) => `${file}:${finding.range.line} ${finding.rule} ${finding.severity}`));
}

describe('a cut-off and its use in two files', () => {
  const LATE = 'from datetime import time\n\nFLAT_BY = time(23, 59)\n';
  const GOOD = 'from datetime import time\n\nFLAT_BY = time(16, 50)\n';
  test('a late constant is reported where it is written, once', () => {
    expect(linked({ 'desk/__init__.py': '', 'desk/settings.py': LATE, 'desk/bot.py': bot(ON_NEW_YORK, 'FLAT_BY', 'from desk.settings import FLAT_BY') })).toEqual(['desk/settings.py:3 APX004 error']);
  });
  test('a late constant compared on the computer\'s clock: two roots, each in its file', () => {
    expect(linked({ 'desk/__init__.py': '', 'desk/settings.py': LATE, 'desk/bot.py': bot('datetime.now()', 'FLAT_BY', 'from desk.settings import FLAT_BY') }))
      .toEqual(['desk/settings.py:3 APX004 error', 'desk/bot.py:9 APX005 warning']);
  });
  test.each([
    ['by its module', 'settings.FLAT_BY', 'from desk import settings'], ['under another name', 'LIMIT', 'from desk.settings import FLAT_BY as LIMIT'], ['as the field of an imported object', 'SETTINGS.flat_by', 'from desk.settings import SETTINGS'],
  ])('a right constant, %s, on the computer\'s clock', (_name, cutoff, imports) => {
    expect(linked({ 'desk/__init__.py': '', 'desk/settings.py': GOOD, 'desk/bot.py': bot('datetime.now()', cutoff, imports) })).toEqual(['desk/bot.py:9 APX005 warning']);
  });
  test('a right constant on New York time is silent in both', () => {
    expect(linked({ 'desk/__init__.py': '', 'desk/settings.py': GOOD, 'desk/bot.py': bot(ON_NEW_YORK, 'FLAT_BY', 'from desk.settings import FLAT_BY') })).toEqual([]);
  });
  test('both the constant and New York\'s zone from other files', () => {
    expect(linked({ 'desk/__init__.py': '', 'desk/settings.py': `${LATE}`, 'desk/clock.py': 'from zoneinfo import ZoneInfo\n\nNEW_YORK = ZoneInfo("America/New_York")\n', 'desk/bot.py': bot('datetime.now(NEW_YORK)', 'FLAT_BY', 'from desk.clock import NEW_YORK\nfrom desk.settings import FLAT_BY') }))
      .toEqual(['desk/settings.py:3 APX004 error']);
  });
  test('a late time of the bot itself on a zone from another file', () => {
    expect(linked({ 'desk/__init__.py': '', 'desk/clock.py': 'from zoneinfo import ZoneInfo\n\nNEW_YORK = ZoneInfo("America/New_York")\n', 'desk/bot.py': bot('datetime.now(clock.NEW_YORK)', 'time(17, 30)', 'from desk import clock') }))
      .toEqual(['desk/bot.py:9 APX004 error']);
  });
  test('a late configuration value is reported in the configuration, a naive comparison in the code', () => {
    expect(linked({ 'bot.yaml': 'strategy:\n  flat_by: "23:59"\n', 'bot.py': bot('datetime.now()', 'time.fromisoformat(self.cfg["flat_by"])', '') })).toEqual(['bot.yaml:2 APX004 error', 'bot.py:9 APX005 warning']);
    expect(linked({ 'bot.yaml': 'strategy:\n  flat_by: "23:59"\n', 'bot.py': bot(ON_NEW_YORK, 'time.fromisoformat(self.cfg["flat_by"])', '') })).toEqual(['bot.yaml:2 APX004 error']);
  });
  test('a late default in code and a right value in the configuration: the default, where it is written', () => {
    expect(linked({ 'bot.yaml': 'strategy:\n  flat_by: "16:50"\n', 'bot.py': bot(ON_NEW_YORK, 'time.fromisoformat(self.cfg.get("flat_by", "17:30"))', '') })).toEqual(['bot.py:9 APX004 error']);
  });
  test('a constant that no trading code imports is nobody\'s', () => {
    expect(linked({ 'tools/settings.py': LATE, 'bot.py': bot(ON_NEW_YORK, 'time(16, 50)', '') })).toEqual([]);
  });
  test('a constant that the program brings together with the bot is the account\'s', () => {
    const files = { 'tools/settings.py': LATE, 'bot.py': bot(ON_NEW_YORK, 'time(16, 50)', '') };
    expect(linked({ ...files, 'main.py': 'import bot\nfrom tools import settings\n' })).toEqual(['tools/settings.py:3 APX004 error']);
    expect(linked({ ...files, 'main.py': 'import bot\n', 'report.py': 'from tools import settings\n' })).toEqual([]);
  });
  test('where nothing is seen to trade, the account\'s word counts', () => {
    expect(linked({ 'tools/settings.py': LATE })).toEqual(['tools/settings.py:3 APX004 error']);
  });
});

/** Spellings of “from hour:minute on”, on whatever clock `now` holds. */
const SPELLINGS: readonly ((hour: number, minute: number) => string)[] = [
  (hour, minute) => `now.time() >= time(${hour}, ${minute})`,
  (hour, minute) => `not now.time() < time(${hour}, ${minute})`,
  (hour, minute) => `time(${hour}, ${minute}) <= now.time()`,
  (hour, minute) => `now.hour > ${hour} or (now.hour == ${hour} and now.minute >= ${minute})`,
  (hour, minute) => `now.hour * 60 + now.minute >= ${hour * 60 + minute}`,
  (hour, minute) => `now.hour * 100 + now.minute >= ${hour * 100 + minute}`,
  (hour, minute) => `(now.hour, now.minute) >= (${hour}, ${minute})`,
  (hour, minute) => `now >= now.replace(hour=${hour}, minute=${minute}, second=0, microsecond=0)`,
  (hour, minute) => `now.strftime("%H:%M") >= "${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}"`,
  (hour, minute) => `int(now.strftime("%H%M")) >= ${hour * 100 + minute}`,
  (hour, minute) => `(now.replace(hour=${hour}, minute=${minute}, second=0) - now).total_seconds() <= 0`,
];

describe('the spelling does not matter', () => {
  test.each([
    ['New York', 'datetime.now(ET)'], ['UTC', 'datetime.now(timezone.utc)'], ['fixed', 'datetime.now(timezone.utc) - timedelta(hours=5)'], ['naive', 'datetime.now()'], ['London', 'datetime.now(ZoneInfo("Europe/London"))'],
  ])('on %s', (_name, now) => {
    fc.assert(fc.property(fc.integer({ min: 13, max: 22 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
      const verdicts = new Set(SPELLINGS.map((spell) => findings(handler(`now = ${now}\nif ${spell(hour, minute)}:\n    self.close_all_positions()`)).map((line) => line.replace(/ \d+ /, ' ')).join()));
      expect([...verdicts]).toHaveLength(1);
    }), { seed: 16_59, numRuns: 25 });
  });

  test('later than 16:59 is an error, inside the buffer a warning, else silence', () => {
    fc.assert(fc.property(fc.integer({ min: 12 * 60, max: 23 * 60 + 58 }), (at) => {
      const expected = at > 16 * 60 + 59 ? ['APX004 10 error'] : at > 16 * 60 + 57 ? ['APX004 10 warning'] : [];
      expect(findings(handler(`now = datetime.now(ET)\nif now.time() >= time(${Math.floor(at / 60)}, ${at % 60}):\n    self.flatten()`))).toEqual(expected);
    }), { seed: 16_57, numRuns: runs(60) });
  });
});

describe('limits', () => {
  test('percent, fraction and money give one verdict', () => {
    fc.assert(fc.property(fc.integer({ min: 50, max: 5_000 }), (hundredths) => {
      const percent = (hundredths / 100).toFixed(2);
      const fraction = (hundredths / 10_000).toFixed(4);
      const money = String(hundredths * 5);
      const loose = hundredths > 400;
      for (const line of [`max_drawdown_percent: "${percent}%"`, `max_drawdown_fraction: ${fraction}`, `max_drawdown_usd: ${money}`]) {
        expect(findings(`risk:\n  ${line}\n`, 'config.yaml'), line).toEqual(loose ? ['APX001 2 error'] : []);
      }
    }), { seed: 4, numRuns: runs(60) });
  });
});

const FOREIGN: Readonly<Record<string, string>> = {
  'momentum.py': '"""Momentum on minute bars."""\nfrom __future__ import annotations\n\nimport logging\nfrom dataclasses import dataclass\n\nfrom nautilus_trader.trading.strategy import Strategy\n\nlog = logging.getLogger(__name__)\n\n\n@dataclass\nclass Signal:\n    side: int\n    strength: float\n\n\nclass Momentum(Strategy):\n    def __init__(self, config):\n        super().__init__(config)\n        self.fast = 12\n        self.slow = 48\n        self.count = 0\n\n    def on_bar(self, bar):\n        self.count += 1\n        if self.count < self.slow:\n            return\n        signal = self.signal(bar)\n        if signal.side > 0:\n            self.buy()\n        elif signal.side < 0:\n            self.close_position(self.position)\n\n    def signal(self, bar):\n        change = float(bar.close) / float(bar.open) - 1\n        return Signal(1 if change > 0 else -1, abs(change))\n',
  'runner.py': 'import asyncio\nimport time\n\n\nclass Runner:\n    def __init__(self, client, symbol):\n        self.client = client\n        self.symbol = symbol\n        self.started = time.time()\n\n    async def run(self):\n        while True:\n            quote = await self.client.quote(self.symbol)\n            await self.step(quote)\n            await asyncio.sleep(1)\n\n    async def step(self, quote):\n        spread = quote.ask - quote.bid\n        if spread > 4:\n            return\n        if time.time() - self.started > 3600:\n            self.started = time.time()\n',
  'functions.py': 'def load(path):\n    with open(path) as stream:\n        rows = stream.readlines()\n    return rows\n\n\ndef trade(broker, rows):\n    for row in rows:\n        price = float(row)\n        if price > 100:\n            broker.sell(1)\n        else:\n            broker.buy(1)\n    return broker\n',
  'manager.py': 'class RiskManager:\n    """Watches the account."""\n\n    def __init__(self, account, hours=(9, 16)):\n        self.account = account\n        self.hours = hours\n        self.peak = 0.0\n\n    def update(self, equity):\n        self.peak = max(self.peak, equity)\n        used = self.peak - equity\n        try:\n            share = used / self.peak\n        except ZeroDivisionError:\n            share = 0.0\n        return share\n',
};

const IMPORTS = 'from datetime import datetime, time, timedelta, timezone\nfrom zoneinfo import ZoneInfo\n';
const [looseLimit, lateCutoff, naiveDeadline] = ['APX001', 'APX004', 'APX005'].map((id) => complianceRules.find((rule) => rule.id === id)!) as [Rule, Rule, Rule];

const LIMITS: readonly Snippet[] = [
  { name: 'a constant', where: 'module', code: 'MAX_DRAWDOWN_PCT = «10.0»' },
  { name: 'a class', where: 'module', code: 'class Limits:\n    account_size = 50_000\n    max_drawdown = «2_500»\n    warn_at = 0.8' },
  { name: 'a dict', where: 'function', code: 'limits = {"max_total_loss": «0.08», "target": 0.1}' },
  { name: 'a comparison', where: 'function', code: 'drawdown = (peak_equity - equity) / peak_equity\nif drawdown >= «0.06»:\n    self.flatten_all()' },
  { name: 'a keyword', where: 'function', code: 'guard = Guard(max_drawdown_usd=«3000»)' },
  { name: 'strict', where: 'module', code: 'MAX_DRAWDOWN_PCT = 3.5\nDRAWDOWN_WARN_PCT = 9.0' },
  { name: 'a share', where: 'function', code: 'drawdown_warn_share = 0.8\nrisk_per_trade = 0.05' },
];

const LATE: readonly Snippet[] = [
  { name: 'New York', where: 'function', imports: IMPORTS, code: 'if datetime.now(ZoneInfo("America/New_York")).time() >= «time(17, 0)»:\n    self.close_all_positions()' },
  { name: 'minutes', where: 'function', imports: IMPORTS, code: 'now_et = datetime.now(ZoneInfo("America/New_York"))\nif «now_et.hour * 60 + now_et.minute >= 16 * 60 + 59»:\n    broker.flatten()' },
  { name: 'a gap', where: 'function', imports: IMPORTS, code: 'now_et = datetime.now(ZoneInfo("US/Eastern"))\nif «now_et.hour >= 15 and now_et.minute >= 45»:\n    broker.close_all()' },
  { name: 'a constant', where: 'module', imports: IMPORTS, code: 'FLATTEN_TIME = «time(16, 59)»' },
  { name: 'in time', where: 'function', imports: IMPORTS, code: 'if datetime.now(ZoneInfo("America/New_York")).time() >= time(16, 50):\n    self.close_all_positions()' },
  { name: 'entries', where: 'module', imports: IMPORTS, code: 'LAST_ENTRY = time(16, 59)\nMARKET_CLOSE = time(17, 0)' },
];

const CLOCKS: readonly Snippet[] = [
  { name: 'naive', where: 'function', imports: IMPORTS, code: 'if «datetime.now()».hour >= 16:\n    self.close_all_positions()' },
  { name: 'fixed', where: 'function', imports: IMPORTS, code: 'eastern = «datetime.utcnow() - timedelta(hours=5)»\nif eastern.time() >= time(16, 50):\n    broker.flatten_all()' },
  { name: 'UTC hour', where: 'function', imports: IMPORTS, code: 'if «datetime.now(timezone.utc).hour >= 21»:\n    broker.liquidate()' },
  { name: 'month', where: 'function', imports: IMPORTS, code: 'utc_time = datetime.now(timezone.utc)\nshift = «-4 if 4 <= utc_time.month <= 10 else -5»\nif (utc_time + timedelta(hours=shift)).time() >= time(16, 50):\n    broker.square_off()' },
  { name: 'label', where: 'function', imports: IMPORTS, code: 'eastern = «datetime.utcnow().replace(tzinfo=ZoneInfo("America/New_York"))»\nif eastern.hour >= 16:\n    self.exit_all_positions()' },
  { name: 'stamp', where: 'function', imports: IMPORTS, code: 'stamp = f"{datetime.now():%H:%M}"\nname = datetime.utcnow().strftime("%Y%m%d")' },
  { name: 'converted', where: 'function', imports: IMPORTS, code: 'eastern = datetime.now(timezone.utc).astimezone(ZoneInfo("America/New_York"))\nif eastern.time() >= time(16, 50):\n    broker.flatten_all()' },
];

describe('mutants', () => {
  test.each([
    ['APX001', looseLimit, LIMITS, 8], ['APX004', lateCutoff, LATE, 8], ['APX005', naiveDeadline, CLOCKS, 8],
  ] as const)('%s: injected faults are found where they are, good twins change nothing', (_id, rule, snippets, count) => {
    const verdict = judgeMutants(rule, FOREIGN, snippets, { seed: 20_26, count, config: CONFIG }, syntax);
    expect(verdict.problems).toEqual([]);
    expect(verdict.made).toBeGreaterThan(40);
  });
});
