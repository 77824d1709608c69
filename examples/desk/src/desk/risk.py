"""The risk manager: asked before every order and on every quote."""

from decimal import Decimal


class RiskManager:
    """Follows equity and says whether the desk may go on trading."""

    def __init__(self, allowance: Decimal) -> None:
        self.allowance = allowance
        self.high_water_mark = Decimal(0)
        self.quotes = 0

    def check(self, equity: Decimal) -> bool:
        """True while there is room."""
        self.high_water_mark = max(self.high_water_mark, equity)
        room = self.allowance - (self.high_water_mark - equity)
        print(f"room {room}")  # runs on every quote of every strategy
        return room > 0

    def check_quietly(self, equity: Decimal) -> bool:
        """The same, and it says so every 500th time."""
        self.high_water_mark = max(self.high_water_mark, equity)
        room = self.allowance - (self.high_water_mark - equity)
        self.quotes += 1
        if self.quotes % 500 == 0:
            print(f"room {room}")
        return room > 0


class AssertedLimit:
    """Wrong: `python -O` leaves asserts out, and the limit with them."""

    def check(self, drawdown: Decimal, max_drawdown: Decimal) -> None:
        assert drawdown < max_drawdown


class CheckedLimit:
    """Right: a check that stays."""

    def check(self, drawdown: Decimal, max_drawdown: Decimal) -> None:
        if drawdown >= max_drawdown:
            raise RuntimeError(f"{drawdown} of {max_drawdown} is gone")
