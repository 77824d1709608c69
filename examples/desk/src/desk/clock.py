"""New York time for the desk.

The exchange's day ends at 17:00 New York and the account must be flat a minute earlier, in summer and in winter.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
FLAT_AT = time(16, 55)


def next_flat_time(utc_now: datetime) -> datetime:
    """When to flatten next after `utc_now`, as an aware datetime of New York."""
    now = utc_now.astimezone(NEW_YORK)
    at = datetime.combine(now.date(), flat_from(now.date()), tzinfo=NEW_YORK)
    return at if at > now else at + timedelta(days=1)


def is_flat_time(utc_now: datetime) -> bool:
    """Right: the zone knows about daylight saving, and the evening session from 18:00 is not flat time."""
    flatten_from = time(16, 55)
    reopen = time(18, 0)
    return flatten_from <= utc_now.astimezone(NEW_YORK).time() < reopen


def is_flat_time_fixed() -> bool:
    """Wrong from March to November: New York is then UTC-4."""
    new_york = datetime.utcnow() - timedelta(hours=5)
    return new_york.time() >= time(16, 55)  # flatten


def is_flat_time_local() -> bool:
    """Wrong on every machine that does not stand in New York."""
    return datetime.now().time() >= FLAT_AT


# Days on which the E-mini stops early, in New York; from the exchange's holiday calendar.
EARLY_CLOSES = {date(2026, 11, 27): time(13, 15), date(2026, 12, 24): time(13, 15)}


def flat_from(day: date) -> time:
    """16:55, and on a half-day five minutes before the exchange stops."""
    early = EARLY_CLOSES.get(day)
    return FLAT_AT if early is None else (datetime.combine(day, early) - timedelta(minutes=5)).time()


def trade_date(utc_now: datetime) -> date:
    """The day a trade counts for: it begins at 18:00 New York the evening before."""
    return (utc_now.astimezone(NEW_YORK) + timedelta(hours=6)).date()
