"""The desk's connection to its broker."""

from dataclasses import dataclass, field


@dataclass
class TradovateClient:
    """Holds the login; the password never shows in a log."""

    name: str
    password: str = field(repr=False)
    live: bool = False
