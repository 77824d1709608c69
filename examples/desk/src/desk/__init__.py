"""The desk's strategies and what they share."""

from .risk import RiskManager

__all__ = ["RiskManager"]
