"""Fades the opening range: the same desk, written as it should be."""

from datetime import datetime, time
from decimal import Decimal

from nautilus_trader.model.data import QuoteTick

from desk.base import DeskStrategy
from desk.clock import NEW_YORK
from desk.risk import RiskManager
from desk.settings import FadeConfig

FLATTEN_FROM = time(16, 55)
SESSION_OPEN = time(18, 0)


class Fade(DeskStrategy):
    def __init__(self, config: FadeConfig) -> None:
        super().__init__(config)
        self.risk = RiskManager(allowance=Decimal(1_500))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        if not self.risk.check_quietly(tick.bid_price.as_decimal()):
            self.flatten("no room")
            return
        if self._past_cutoff(self.clock.utc_now()):
            self.flatten("cut-off")

    def _past_cutoff(self, utc_now: datetime) -> bool:
        return FLATTEN_FROM <= utc_now.astimezone(NEW_YORK).time() < SESSION_OPEN
