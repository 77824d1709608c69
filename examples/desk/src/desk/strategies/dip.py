"""Buys dips: the stop goes with the entry, the base class flattens by the clock, the size stays."""

from datetime import date
from decimal import Decimal

from nautilus_trader.model.data import Bar
from nautilus_trader.model.enums import OrderSide

from desk.base import DeskStrategy
from desk.clock import trade_date
from desk.settings import DipConfig


class Dip(DeskStrategy):
    use_daily_loss_limit: bool = True

    def __init__(self, config: DipConfig) -> None:
        super().__init__(config)
        self.max_daily_loss = Decimal(400)
        self.size = Decimal(1)
        self.day: date | None = None
        self.daily_pnl = Decimal(0)
        self.peak = Decimal(50_000)

    def on_bar(self, bar: Bar) -> None:
        if trade_date(self.clock.utc_now()) != self.day:
            self.day = trade_date(self.clock.utc_now())
            self.daily_pnl = Decimal(0)
        if self.use_daily_loss_limit and -self.daily_pnl >= self.max_daily_loss:
            return
        if bar.close < bar.open:
            stop = bar.low - 2
            self.submit_order_list(self.order_factory.bracket(self.config.instrument_id, OrderSide.BUY, self.size, sl_trigger_price=stop, tp_price=bar.high))

    def on_position_closed(self, event) -> None:
        pnl = event.realized_pnl.as_decimal()
        self.daily_pnl += pnl
        if pnl < 0:
            self.size = max(Decimal(1), self.size - 1)
            self.max_daily_loss = min(self.max_daily_loss, Decimal(400))

    def is_lost(self, equity: Decimal) -> bool:
        self.peak = max(self.peak, equity)
        return self.peak - equity >= self.config.max_drawdown
