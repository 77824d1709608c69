"""Keeps the quotes a strategy saw."""

from pathlib import Path


class QuoteJournal:
    """A line a quote, for the evening's review."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Wrong on the tick path: the disk decides when the next quote is read."""
        with open(self.path, "a") as file:
            file.write(line + "\n")

    def remember(self, line: str) -> None:
        """Right: memory now, the disk every 500th quote."""
        self.lines.append(line)
        if len(self.lines) % 500 == 0:
            self.flush()

    def flush(self) -> None:
        with open(self.path, "a") as file:
            file.write("\n".join(self.lines) + "\n")
        self.lines.clear()
