"""How many contracts a trade takes, from what it loses at its stop."""

from nautilus_trader.config import StrategyConfig


class SizingConfig(StrategyConfig, frozen=True):
    stop_ticks: int = 20


def contracts_of_the_bold(balance: float, loss_at_stop: float, risk_pct: float = 5.0) -> float:
    """Wrong: 2,500 at one stop, and the account is gone at 2,000."""
    return balance * risk_pct / 100 / loss_at_stop


def contracts(balance: float, loss_at_stop: float, risk_pct: float = 0.25) -> float:
    """Right: sixteen stops in a row."""
    return balance * risk_pct / 100 / loss_at_stop
