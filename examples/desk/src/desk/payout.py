"""When a payout may be asked for: no day may be more than a part of the profit."""

from nautilus_trader.config import StrategyConfig


class PayoutConfig(StrategyConfig, frozen=True):
    consistency_limit: float = 0.5  # half, where the account wants 30 %
    max_best_day_share: float = 0.3


def consistency_of_size(best_day: float, account_size: float) -> float:
    """Wrong: 1,000 of 50,000 are 2 %, even if no other day made anything."""
    return best_day / account_size


def consistency_of_profit(best_day: float, net_profit: float) -> float | None:
    """Right: a share of the profit, and none where there is no profit."""
    return best_day / net_profit if net_profit > 0 else None
