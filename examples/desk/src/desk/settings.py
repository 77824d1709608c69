"""Strategy configuration and the way to the broker."""

import os
from decimal import Decimal

from nautilus_trader.config import StrategyConfig
from nautilus_trader.model.identifiers import InstrumentId

from .broker import TradovateClient


class OpeningRangeConfig(StrategyConfig, frozen=True):
    instrument_id: InstrumentId
    account_size: Decimal = Decimal(50_000)
    max_drawdown_pct: float = 10.0  # 5,000 on an account that ends at 2,000
    warn_share_of_limit: float = 0.8


class FadeConfig(StrategyConfig, frozen=True):
    instrument_id: InstrumentId
    account_size: Decimal = Decimal(50_000)
    max_drawdown_pct: float = 3.0  # 1,500: stops before the firm does
    warn_share_of_limit: float = 0.8


class GapFillConfig(StrategyConfig, frozen=True):
    instrument_id: InstrumentId
    gap_above: float


class DipConfig(StrategyConfig, frozen=True):
    instrument_id: InstrumentId
    max_drawdown: Decimal = Decimal(1_500)


def connect() -> TradovateClient:
    """Right: the password comes from the environment."""
    return TradovateClient(name=os.environ["TRADOVATE_USERNAME"], password=os.environ["TRADOVATE_PASSWORD"])


def connect_with_literal() -> TradovateClient:
    """Wrong: whoever reads the repository can trade the account."""
    return TradovateClient(name="desk-7", password="Herring-gull-4412")
