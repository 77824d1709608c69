"""How much of the allowance is used: once from the wrong money, once from the right one."""

from decimal import Decimal

from nautilus_trader.model.identifiers import InstrumentId
from nautilus_trader.portfolio.base import PortfolioFacade


class ClosedDrawdown:
    """Wrong: a profit that was open moved the firm's floor, and the balance never saw it."""

    def __init__(self, portfolio: PortfolioFacade, instrument_id: InstrumentId) -> None:
        self.portfolio = portfolio
        self.instrument_id = instrument_id
        self.peak = Decimal(0)

    def drawdown(self) -> Decimal:
        balance = self.portfolio.account(self.instrument_id.venue).balance_total().as_decimal()
        self.peak = max(self.peak, balance)
        return self.peak - balance


class EquityDrawdown:
    """Right: closed and open profit together."""

    def __init__(self, portfolio: PortfolioFacade, instrument_id: InstrumentId) -> None:
        self.portfolio = portfolio
        self.instrument_id = instrument_id
        self.peak = Decimal(0)

    def drawdown(self) -> Decimal:
        balance = self.portfolio.account(self.instrument_id.venue).balance_total().as_decimal()
        equity = balance + self.portfolio.unrealized_pnl(self.instrument_id).as_decimal()
        self.peak = max(self.peak, equity)
        return self.peak - equity
