"""Writes test/fixtures/calendars/golden.json: what two published calendars say of holidays and early closes, 1998 to 2030.

Run by hand in a virtual environment with the versions named below; the file it writes is committed and compared in
test/unit/time/calendar-golden.test.ts.

    pip install exchange_calendars==4.13.2 pandas_market_calendars==5.5.0
    python test/python/calendars.py
"""
import json
import pathlib
import warnings
from importlib.metadata import version

import exchange_calendars
import pandas
import pandas_market_calendars

warnings.simplefilter("ignore")

START, END = "1998-01-01", "2030-12-31"
ZONES = {"us-equities": "America/New_York", "equity-index": "America/New_York", "metals-energy": "America/New_York"}
CALENDARS = {
    "equity-index": "CME Globex Equity",
    "currencies": "CMEGlobex_FX",
    "rates": "CME Globex Interest Rate Products",
    "metals-energy": "CMEGlobex_GC",
    "grains": "CME_Agriculture",
    "livestock": "CMEGlobex_Livestock",
    "crypto-futures": "CME Globex Crypto",
}


def differing(closes, zone):
    """Weekdays without a session, and sessions that end before the usual time, as dates of the zone's clocks."""
    local = closes.dt.tz_convert(zone)
    times = local.dt.strftime("%H:%M")
    usual = times.mode()[0]
    days = {day.strftime("%Y-%m-%d") for day in closes.index}
    weekdays = [day.strftime("%Y-%m-%d") for day in pandas.bdate_range(START, END)]
    early = {}
    for day, time in times.items():
        if time < usual:
            early.setdefault(time, []).append(day.strftime("%Y-%m-%d"))
    return {"closed": " ".join(day for day in weekdays if day not in days), "early": {time: " ".join(dates) for time, dates in sorted(early.items())}}


def main():
    families = {}
    nyse = exchange_calendars.get_calendar("XNYS", start=START, end=END)
    families["us-equities"] = {"calendar": "exchange_calendars XNYS", **differing(nyse.closes, "America/New_York")}
    for family, name in CALENDARS.items():
        closes = pandas_market_calendars.get_calendar(name).schedule(START, END)["market_close"]
        families[family] = {"calendar": f"pandas_market_calendars {name}", **differing(closes, ZONES.get(family, "America/Chicago"))}
    golden = {
        "versions": {name: version(name) for name in ("exchange_calendars", "pandas_market_calendars")},
        "licences": {"exchange_calendars": "Apache-2.0", "pandas_market_calendars": "MIT"},
        "from": START, "to": END, "families": families,
    }
    target = pathlib.Path(__file__).parents[1] / "fixtures" / "calendars" / "golden.json"
    target.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
