/** A small desk for the server's tests: a strategy, and a risk manager in another file that prints on every quote. */

export const STRATEGY = `from nautilus_trader.model.data import QuoteTick
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

export const RISK = `class RiskManager:
    def check(self, price) -> bool:
        room = 2000 - price
        print(room)
        return room > 0
`;

/** The same without the print. */
export const QUIET_RISK = RISK.replace('        print(room)\n', '');

/** Quoted so that no scanner of this repository takes it for a secret of its own. */
export const PASSWORD = ['Herring', 'gull', '4412'].join('-');

export const BROKER = `from desk.client import Client


def connect() -> Client:
    return Client(name="desk-7", password="${PASSWORD}")
`;

/** Flattens after the firm has: late, and an error with an account of that firm. */
export const LATE_CLOCK = `from datetime import datetime, time
from zoneinfo import ZoneInfo

from nautilus_trader.trading.strategy import Strategy

NEW_YORK = ZoneInfo("America/New_York")
FLATTEN_AT = time(17, 5)


class Flat(Strategy):
    def on_bar(self, bar) -> None:
        if self.clock.utc_now().astimezone(NEW_YORK).time() >= FLATTEN_AT:
            self.close_all_positions(self.config.instrument_id)
`;

export const ACCOUNT = `{
  "accounts": [{ "id": "apex-1", "pack": "apex-4.0-intraday", "size": 50000, "phase": "evaluation" }]
}
`;

export const DESK = { 'strategy.py': STRATEGY, 'risk.py': RISK } as const;
