"""Makes the bars of this folder: an invented walk, the same at every run.

`es_1m_clean.csv` is whole. `es_1m.csv` is the same session with one of each fault that real files have; README.md lists them.
"""

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

FOLDER = Path(__file__).parent
OPEN = datetime(2026, 11, 17, 14, 30, tzinfo=timezone.utc)  # 09:30 New York
TICK = 0.25

Bar = tuple[datetime, float, float, float, float, int]


def walk(minutes: int) -> list[Bar]:
    """One bar a minute, prices on the tick of the E-mini."""
    numbers = random.Random(7)
    price = 6750.0
    bars: list[Bar] = []
    for minute in range(minutes):
        start = price
        steps = [numbers.choice((-TICK, 0.0, TICK)) for _ in range(12)]
        path = [start]
        for step in steps:
            path.append(path[-1] + step)
        price = path[-1]
        bars.append((OPEN + timedelta(minutes=minute), start, max(path), min(path), price, numbers.randint(200, 2_000)))
    return bars


def faulty(bars: list[Bar]) -> list[Bar]:
    """The session with its faults, each at the row that README.md names."""
    rows = list(bars)
    at, opened, high, low, close, volume = rows[40]
    rows[40] = (at, opened, low, high, close, volume)  # high and low exchanged
    at, opened, high, low, close, volume = rows[60]
    rows[60] = (at, opened, high * 10, low, close, volume)  # a decimal point too far
    at, opened, high, low, close, _ = rows[80]
    rows[80] = (at, opened, high, low, close, -1)  # negative volume
    rows.insert(100, rows[100])  # the same bar twice
    rows[121], rows[120] = rows[120], rows[121]  # out of order
    del rows[150:157]  # seven minutes missing
    return rows


def write(name: str, bars: list[Bar]) -> None:
    lines = ["time,open,high,low,close,volume"]
    lines += [f"{at:%Y-%m-%dT%H:%M:%SZ},{o:.2f},{h:.2f},{low:.2f},{c:.2f},{v}" for at, o, h, low, c, v in bars]
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    session = walk(390)
    write("es_1m_clean.csv", session)
    write("es_1m.csv", faulty(session))
