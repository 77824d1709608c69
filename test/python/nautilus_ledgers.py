"""Writes the NautilusTrader ledgers under test/fixtures/ledgers/nautilus: a small back-test on ticks made here, its reports and its messages.

    python -m venv VENV && VENV/bin/pip install nautilus_trader==1.221.0 pyarrow
    VENV/bin/python test/python/nautilus_ledgers.py test/fixtures/ledgers/nautilus

The reports are what the functions of `Trader` return, written by pandas. The messages are the events of the message bus, one JSON
object a line: `redis.jsonl` in the form older releases put on their Redis stream (the flat dict as text in `payload`), and
`redis-wrapped.jsonl` in the form of the Rust stream, made here from the same events by the names its serialisation has.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.backtest.models import FixedFeeModel
from nautilus_trader.config import LoggingConfig, StrategyConfig
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.data import QuoteTick
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
from nautilus_trader.model.identifiers import TraderId, Venue
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.test_kit.providers import TestInstrumentProvider
from nautilus_trader.trading.strategy import Strategy

# 2026-03-02 09:30:00 in New York.
START_NS = 1_772_461_800_000_000_000
STEP_NS = 30_000_000_123
# A saw of prices, so that trades win and lose.
PRICES = [6800.00 + 0.25 * ((i * 7) % 41) - 0.25 * ((i * 3) % 17) for i in range(60)]


class Saw(Strategy):
    """Buys, adds, halves, closes, sells short, covers; leaves one order resting and cancels another."""

    def __init__(self, instrument_id):
        super().__init__(StrategyConfig(order_id_tag="1"))
        self.wanted = instrument_id
        self.count = 0

    def on_start(self):
        self.instrument = self.cache.instrument(self.wanted)
        self.subscribe_quote_ticks(self.wanted)

    def market(self, side, quantity):
        self.submit_order(self.order_factory.market(self.wanted, side, Quantity.from_int(quantity), tags=["SAW", f"tick-{self.count}"]))

    def on_quote_tick(self, tick):
        self.count += 1
        plan = {3: (OrderSide.BUY, 1), 6: (OrderSide.BUY, 2), 12: (OrderSide.SELL, 1), 20: (OrderSide.SELL, 2), 30: (OrderSide.SELL, 2), 41: (OrderSide.BUY, 2)}
        if self.count in plan:
            self.market(*plan[self.count])
        if self.count == 22:
            self.resting = self.order_factory.limit(self.wanted, OrderSide.BUY, Quantity.from_int(1), Price(6700.00, 2))
            self.submit_order(self.resting)
        if self.count == 27:
            self.cancel_order(self.resting)
        if self.count == 50:
            self.submit_order(self.order_factory.limit(self.wanted, OrderSide.BUY, Quantity.from_int(1), Price(6795.00, 2)))


def flat(event):
    """The dict of an event with the form of its type, as the Python serialiser writes it."""
    return type(event).to_dict(event)


def plain(value):
    return str(value) if isinstance(value, Decimal) else value


# The variant around an event in the Rust stream, by the Python event's name.
VARIANTS = {"OrderInitialized": "Initialized", "OrderSubmitted": "Submitted", "OrderAccepted": "Accepted", "OrderFilled": "Filled", "OrderCanceled": "Canceled",
            "OrderPendingCancel": "PendingCancel"}
RENAMED = {"reported": "is_reported", "peak_qty": "peak_quantity"}


def wrapped(name, body):
    """The Rust form of a flat dict."""
    out = {RENAMED.get(key, key): value for key, value in body.items()}
    if name in VARIANTS:
        return {VARIANTS[name]: out}
    if name.startswith("Position"):
        out.pop("type", None)
        return {name: out}
    return out


def snapshot(state, event, unrealized):
    """A PortfolioSnapshot as the Rust portfolio sends one, of the balances in a Python AccountState."""
    total = Decimal(state["balances"][0]["total"])
    return {"account_id": state["account_id"], "account_type": "MARGIN", "base_currency": "USD", "total_equity": [f"{total + unrealized:.2f} USD"],
            "unrealized_pnls": [f"{unrealized:.2f} USD"], "realized_pnls": ["0.00 USD"], "balances": state["balances"], "margins": [],
            "event_id": "5d1e2a54-6c3a-4f1e-8d0b-1f4bb0f1c9aa", "ts_event": event["ts_event"] + 1_000_000_456, "ts_init": event["ts_event"] + 1_000_000_456}


def main(folder):
    engine = BacktestEngine(BacktestEngineConfig(trader_id=TraderId("TESTER-001"), logging=LoggingConfig(log_level="ERROR")))
    instrument = TestInstrumentProvider.es_future(2026, 3)
    engine.add_venue(Venue(instrument.id.venue.value), OmsType.NETTING, AccountType.MARGIN, [Money(50_000, USD)], base_currency=USD, fee_model=FixedFeeModel(Money(2.05, USD)))
    engine.add_instrument(instrument)
    ticks = []
    for i, price in enumerate(PRICES):
        at = START_NS + i * STEP_NS
        ticks.append(QuoteTick(instrument.id, Price(price, 2), Price(price + 0.25, 2), Quantity.from_int(10), Quantity.from_int(10), at, at))
    engine.add_data(ticks)
    engine.add_strategy(Saw(instrument.id))
    messages = []
    for topic in ("events.order.*", "events.position.*", "events.account.*"):
        engine.kernel.msgbus.subscribe(topic=topic, handler=lambda event, topic=topic: messages.append((topic, event)))
    engine.run()

    folder.mkdir(parents=True, exist_ok=True)
    reports = {"fills": engine.trader.generate_fills_report(), "order-fills": engine.trader.generate_order_fills_report(),
               "positions": engine.trader.generate_positions_report(), "account": engine.trader.generate_account_report(instrument.id.venue)}
    for name, report in reports.items():
        report.to_csv(folder / f"{name}.csv")
    reports["fills"].drop(columns=["info"], errors="ignore").to_parquet(folder / "fills.parquet")

    with open(folder / "redis.jsonl", "w") as old, open(folder / "redis-wrapped.jsonl", "w") as new:
        state = None
        for topic, event in messages:
            name = type(event).__name__
            body = flat(event)
            subject = body.get("strategy_id") or body["account_id"]
            stream = topic.replace("*", subject)
            old.write(json.dumps({"topic": stream, "payload": json.dumps(body, default=plain)}) + "\n")
            kind = "OrderEventAny" if name.startswith("Order") else "PositionEvent" if name.startswith("Position") else "AccountState"
            new.write(json.dumps({"topic": stream, "type": kind, "payload": json.dumps(wrapped(name, body), default=plain), "encoding": "json"}) + "\n")
            if name == "AccountState":
                state = body
            if name == "PositionOpened":
                shot = snapshot(state, body, Decimal("-12.50"))
                new.write(json.dumps({"topic": f"events.portfolio.{state['account_id']}", "type": "PortfolioSnapshot", "payload": json.dumps(shot), "encoding": "json"}) + "\n")
    engine.dispose()


main(Path(sys.argv[1]))
