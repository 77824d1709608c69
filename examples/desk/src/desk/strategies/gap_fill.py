"""Sells the overnight gap back to yesterday's close: each fault once, beside the way it should be."""

import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from nautilus_trader.common.events import TimeEvent
from nautilus_trader.model.data import QuoteTick
from nautilus_trader.model.enums import OrderSide, TimeInForce
from nautilus_trader.model.objects import Price

from desk.base import DeskStrategy
from desk.journal import QuoteJournal
from desk.settings import GapFillConfig


class GapFill(DeskStrategy):
    def __init__(self, config: GapFillConfig) -> None:
        super().__init__(config)
        self.journal = QuoteJournal(Path("quotes.csv"))
        self.closed_peak = Decimal(0)
        self.equity_peak = Decimal(0)
        self.halted = False

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.journal.write(str(tick))
        self.journal.remember(str(tick))
        if self.halted:
            return
        if self.used_by_balance() > Decimal(1_600) or self.used_by_equity() > Decimal(1_600):
            self.halted = True
            self.flatten("no room")
            return
        self._let_the_book_settle()
        if tick.bid_price > self.config.gap_above:
            self._enter(tick.bid_price)

    def used_by_balance(self) -> Decimal:
        """Wrong: a profit that was open moved the firm's floor, and the balance never saw it."""
        balance = self.portfolio.account(self.config.instrument_id.venue).balance_total().as_decimal()
        self.closed_peak = max(self.closed_peak, balance)
        return self.closed_peak - balance

    def used_by_equity(self) -> Decimal:
        """Right: closed and open profit together."""
        balance = self.portfolio.account(self.config.instrument_id.venue).balance_total().as_decimal()
        equity = balance + self.portfolio.unrealized_pnl(self.config.instrument_id).as_decimal()
        self.equity_peak = max(self.equity_peak, equity)
        return self.equity_peak - equity

    def _let_the_book_settle(self) -> None:
        """Wrong: the quotes of these 20 ms wait in line behind a handler that sleeps."""
        time.sleep(0.02)

    def _look_in_20_ms(self) -> None:
        """Right: the clock calls back, and quotes go on meanwhile."""
        self.clock.set_time_alert("look", self.clock.utc_now() + timedelta(milliseconds=20), self._on_look)

    def _enter(self, price: Price) -> None:
        """Wrong: an order that is still working at the close is filled by the next session."""
        size = self.cache.instrument(self.config.instrument_id).make_qty(1)
        self.submit_order(self.order_factory.limit(self.config.instrument_id, OrderSide.SELL, size, price))

    def _enter_for_today(self, price: Price) -> None:
        """Right: the exchange drops the order at the close."""
        size = self.cache.instrument(self.config.instrument_id).make_qty(1)
        self.submit_order(
            self.order_factory.limit(self.config.instrument_id, OrderSide.SELL, size, price, time_in_force=TimeInForce.DAY)
        )

    def _on_look(self, event: TimeEvent) -> None:
        self.log.info("looked at the book")
