"""Buys dips as it ends accounts; dip.py is the same as the desk does it."""

from datetime import date
from decimal import Decimal

from nautilus_trader.model.data import Bar
from nautilus_trader.model.enums import OrderSide
from nautilus_trader.trading.strategy import Strategy

from desk.settings import DipConfig


class FallingKnife(Strategy):
    """No stop, no end of the day, and twice the size after each loss."""

    enforce_daily_loss: bool = False

    def __init__(self, config: DipConfig) -> None:
        super().__init__(config)
        self.max_daily_loss = Decimal(400)  # raised for testing, put it back
        self.size = Decimal(1)
        self.day: date | None = None
        self.daily_pnl = Decimal(0)
        self.start_balance = Decimal(50_000)

    def on_bar(self, bar: Bar) -> None:
        if self.clock.utc_now().date() != self.day:
            self.day = self.clock.utc_now().date()
            self.daily_pnl = Decimal(0)
        if self.enforce_daily_loss and -self.daily_pnl >= self.max_daily_loss:
            return
        if bar.close < bar.open:
            self.submit_order(self.order_factory.market(self.config.instrument_id, OrderSide.BUY, self.size))

    def on_position_closed(self, event) -> None:
        pnl = event.realized_pnl.as_decimal()
        self.daily_pnl += pnl
        if pnl < 0:
            self.size *= 2
            self.max_daily_loss += 200

    def is_lost(self, equity: Decimal) -> bool:
        return self.start_balance - equity >= self.config.max_drawdown
