"""Writes the Parquet ledgers under test/fixtures/ledgers/parquet: the same three marks in every form that programs give times and money.

    VENV/bin/pip install pyarrow pandas && VENV/bin/python test/python/parquet_ledgers.py test/fixtures/ledgers/parquet
"""

import datetime
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

NS = [1_772_461_800_123_456_789, 1_772_461_860_000_000_001, 1_772_461_920_000_000_000]
MONEY = ["50000.00", "49987.45", "-12.345"]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    utc = pa.array(NS, pa.timestamp("ns", tz="UTC"))
    cents = pa.array([Decimal(text) for text in MONEY], pa.decimal128(18, 3))
    # Nanoseconds with a zone, and decimals of 128 bits.
    pq.write_table(pa.table({"ts_event": utc, "equity": cents}), folder / "decimal-ns.parquet", compression="zstd")
    # Counts of nanoseconds, decimals in 64 bits, two row groups.
    small = pa.array([Decimal(text) for text in MONEY], pa.decimal64(12, 3))
    pq.write_table(pa.table({"note": ["a", "b", "c"], "ts_init": pa.array(NS, pa.int64()), "balance": small, "equity": small}), folder / "int64.parquet",
                   compression="snappy", row_group_size=2, store_decimal_as_integer=True)
    # Microseconds on no zone's clock, floats.
    walls = [datetime.datetime(2026, 3, 2, 9, 30, 0, 123456), datetime.datetime(2026, 3, 2, 9, 31), datetime.datetime(2026, 3, 2, 9, 32)]
    floats = pa.array([50000.0, 49987.45, float("nan")], pa.float64())
    pq.write_table(pa.table({"time": pa.array(walls, pa.timestamp("us")), "equity": floats}), folder / "wall-float.parquet", compression="gzip")
    # What pandas writes: the index as a column of its own, text for money, 32-bit floats beside it.
    frame = pd.DataFrame({"equity": MONEY, "balance": pd.array([50000.1, 49987.45, -12.34], dtype="float32")}, index=pd.to_datetime(NS, utc=True))
    frame.to_parquet(folder / "pandas.parquet")
    # Spark's old timestamps of 96 bits, and dates.
    pq.write_table(pa.table({"timestamp": pa.array(NS, pa.timestamp("ns")), "equity": cents}), folder / "int96.parquet", use_deprecated_int96_timestamps=True)
    dates = pa.array([datetime.date(2026, 3, 2), datetime.date(2026, 3, 3), datetime.date(2026, 3, 4)], pa.date32())
    pq.write_table(pa.table({"date": dates, "equity": pa.array([5000000, 4998745, -1235], pa.int32())}), folder / "dates.parquet", compression="lz4")


main(Path(sys.argv[1]))
