"""The limits of the process, as its configuration file gives them."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

import yaml


@dataclass(frozen=True)
class Limits:
    """Dollars; what the process holds itself to."""

    max_drawdown: Decimal
    max_daily_loss: Decimal
    max_contracts: int
    flatten_at: time

    def allows(self, drawdown: Decimal, lost_today: Decimal) -> bool:
        return drawdown < self.max_drawdown and lost_today < self.max_daily_loss


def read_limits() -> Limits:
    """A key that is not in the file falls back to the number here."""
    with open("config/live.yaml") as file:
        config = yaml.safe_load(file)
    risk = config["risk"]
    session = config["session"]
    return Limits(
        max_drawdown=Decimal(risk.get("max_drawdown", 2_000)),
        max_daily_loss=Decimal(risk.get("max_daily_loss", 1_500)),  # live.yaml spells it daily_loss_limit: 1,500 holds
        max_contracts=int(risk["max_contracts"]),
        flatten_at=time.fromisoformat(session["flatten_at"]),
    )
