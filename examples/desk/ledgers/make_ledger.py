"""Makes the ledger of the account: seven invented days, the same at every run.

On the seventh a trade is 875.00 up, closes 100.00 up, and the next one goes wrong: the account ends at 48,875.00, where a peak of
closed balances still sees 775.00 of room (src/desk/drawdown.py, line 19).
"""

import json
import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

FILE = Path(__file__).parent / "apex-1.jsonl"
POINT = Decimal(5)  # dollars a point of one micro
CONTRACTS = 10
DAYS = [datetime(2026, 3, day, 14, 35, tzinfo=timezone.utc) for day in (2, 3, 4, 5, 6)] + [
    datetime(2026, 3, day, 13, 35, tzinfo=timezone.utc) for day in (9, 10)  # New York is on summer time since 8 March
]

numbers = random.Random(11)
rows: list[dict[str, str]] = []
balance = Decimal(50_000)
count = 0


def stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def fill(at: datetime, side: str, price: Decimal) -> None:
    global count
    count += 1
    rows.append({
        "ts": stamp(at), "kind": "fill", "instrument": "MESH6", "side": side, "qty": str(CONTRACTS), "px": str(price),
        "tradeId": f"F-{count}", "orderId": f"O-{count}", "strategy": "OpeningRange-001",
    })


def mark(at: datetime, unrealized: Decimal) -> None:
    rows.append({"ts": stamp(at), "kind": "equity", "balance": f"{balance:.2f}", "unrealized": f"{unrealized:.2f}"})


def trade(start: datetime, entry: Decimal, path: list[Decimal], step: timedelta) -> datetime:
    """Buys at `entry`, marks the profit of each step of `path` (points), sells at its last."""
    global balance
    fill(start, "buy", entry)
    at = start
    for points in path[:-1]:
        at += step
        mark(at, points * POINT * CONTRACTS)
    at += step
    fill(at, "sell", entry + path[-1])
    balance += path[-1] * POINT * CONTRACTS
    mark(at + timedelta(seconds=1), Decimal(0))
    return at


def walk(end: Decimal) -> list[Decimal]:
    """Points from 0 to `end` in quarters, with a detour."""
    steps = [Decimal(numbers.randint(-8, 8)) / 4 for _ in range(18)]
    path = [sum(steps[: index + 1], Decimal(0)) for index in range(len(steps))]
    return [*path, end]


for number, day in enumerate(DAYS[:6]):
    trade(day, Decimal("5800.00") + number, walk(Decimal((4, -6, 5, -3, 2, -2)[number]) / 2), timedelta(minutes=3))

# All six days together made nothing: the account is where it began.
up = [Decimal(points) / 2 for points in (2, 9, 17, 26, 35, 28, 16, 7)]
trade(DAYS[6], Decimal("5810.00"), [*up, Decimal(2)], timedelta(minutes=2))
down = [-Decimal(points) / 2 for points in (4, 11, 19, 27, 35, 42)]
trade(DAYS[6] + timedelta(hours=1), Decimal("5806.00"), [*down, Decimal("-24.5")], timedelta(minutes=2))

FILE.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
