"""What every strategy of the desk inherits."""

from datetime import timedelta

from nautilus_trader.common.events import TimeEvent
from nautilus_trader.trading.strategy import Strategy

from .clock import next_flat_time


class DeskStrategy(Strategy):
    """Subscribes to quotes and arms the flatten timer."""

    def on_start(self) -> None:
        self.subscribe_quote_ticks(self.config.instrument_id)
        at = next_flat_time(self.clock.utc_now())
        self.clock.set_time_alert("flat", at, self._on_flat)
        self.clock.set_timer("heartbeat", timedelta(minutes=1), callback=self._on_heartbeat)

    def on_stop(self) -> None:
        self.flatten("stop")

    def flatten(self, reason: str) -> None:
        """Cancels working orders, then closes what is open."""
        self.log.info(f"flatten: {reason}")
        self.cancel_all_orders(self.config.instrument_id)
        self.close_all_positions(self.config.instrument_id)

    def _on_flat(self, event: TimeEvent) -> None:
        self.flatten("deadline")

    def _on_heartbeat(self, event: TimeEvent) -> None:
        self.log.info("alive")  # once a minute, not once a quote
