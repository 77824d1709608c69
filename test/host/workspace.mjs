// The workspace of the in-host suites, written anew for each run: two folders and a `.code-workspace` that opens the first.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const STRATEGY = `from nautilus_trader.model.data import QuoteTick
from nautilus_trader.trading.strategy import Strategy

from risk import RiskManager


class Breakout(Strategy):
    def __init__(self, config) -> None:
        super().__init__(config)
        self.risk = RiskManager()

    def on_quote_tick(self, tick: QuoteTick) -> None:
        if not self.risk.check(tick.bid_price):
            self.close_all_positions(self.config.instrument_id)
`;

const RISK = `class RiskManager:
    def check(self, price) -> bool:
        room = 2000 - price
        print(room)
        return room > 0
`;

const CLOCK = `from datetime import time
from zoneinfo import ZoneInfo

from nautilus_trader.trading.strategy import Strategy

NEW_YORK = ZoneInfo("America/New_York")
FLATTEN_AT = time(17, 5)


class Flat(Strategy):
    def on_bar(self, bar) -> None:
        if self.clock.utc_now().astimezone(NEW_YORK).time() >= FLATTEN_AT:
            self.close_all_positions(self.config.instrument_id)
`;

const ENTRY = `from nautilus_trader.trading.strategy import Strategy


class Entry(Strategy):
    def on_bar(self, bar) -> None:
        if self.drawdown > self.max_drawdown:
            return
        self.enter()

    def on_order_filled(self, event) -> None:
        self.enter()

    def enter(self) -> None:
        if self.now.hour >= 16:
            return
        self.submit_order(self.order)
`;

// Put together here, so that no scanner of this repository takes it for a secret of its own.
const BROKER = `from desk.client import Client


def connect() -> Client:
    return Client(name="desk-7", password="${['Herring', 'gull', '4412'].join('-')}")
`;

/** Cells of a notebook: prose, an exchange, limits that no account allows, and a cell whose output tells a password. */
const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# Limits'] },
    { cell_type: 'code', id: 'b', execution_count: null, metadata: {}, outputs: [], source: ['import ccxt\n', 'exchange = ccxt.kraken()\n', 'exchange.create_order("BTC/USD", "market", "buy", 1)'] },
    { cell_type: 'code', id: 'c', execution_count: null, metadata: {}, outputs: [], source: ['size = 50_000\n', 'max_drawdown_pct = 12.0'] },
    { cell_type: 'code', id: 'd', execution_count: 1, metadata: {}, outputs: [{ name: 'stdout', output_type: 'stream', text: [`password = "${['Herring', 'gull', '4412'].join('-')}"\n`] }], source: ['show()'] },
  ],
  metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
}, undefined, 1);

const FILES = {
  'main.code-workspace': JSON.stringify({ folders: [{ path: 'desk' }] }),
  'desk/strategy.py': STRATEGY,
  'desk/risk.py': RISK,
  'desk/clock.py': CLOCK,
  'desk/broker.py': BROKER,
  'desk/entry.py': ENTRY,
  'desk/notes.md': '# Notes\n\nNothing to guard here.\n',
  'desk/quiet.py': 'x = 1\n',
  'desk/allowance.py': 'class RiskLimits:\n    max_drawdown_usd: float = 1500.0\n\n    def breached(self, drawdown):\n        return drawdown > self.max_drawdown_usd\n',
  'desk/other.py': RISK.replace('RiskManager', 'Other'),
  'desk/limits.ipynb': `${NOTEBOOK}\n`,
  'second/tickguard.json': '{\n  "rules": { "PRF004": "error" }\n}\n',
  'second/strategy.py': STRATEGY,
  'second/risk.py': RISK,
};

/** Writes the workspace into a new folder and answers its path. */
export function writeWorkspace() {
  const root = mkdtempSync(join(tmpdir(), 'tickguard-workspace-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
