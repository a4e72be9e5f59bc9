#!/usr/bin/env python3
"""Frist, Polars and DuckDB on the same columns of events, on one thread each, in turns.

    python3 -m venv VENV && VENV/bin/pip install polars duckdb numpy
    cargo build --release --manifest-path benches/peers/Cargo.toml -p engines
    VENV/bin/python benches/peers/columns.py [--events 10000000] [--rounds 5] [--cpu 1]

The events stand in memory in each one's own form before the clock starts; what is timed goes from there to the branch and the
day of every event. Rows of all three rules are mixed for Polars and DuckDB, as in a table of events, and lie rule by rule for
Frist. Every row must say the same.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

HERE = Path(__file__).resolve().parent
ENGINES = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target")) / "release" / "engines"

CAP, READ, NOTICE = 0, 1, 2


def polars_rules(what: int) -> tuple[pl.Expr, pl.Expr]:
    """The branch and the day of the events of one kind."""
    date, start, customers = pl.col("date"), pl.col("start"), pl.col("customers")
    if what == CAP:
        early = date.dt.day() <= 15
        first = date.dt.month_start()
        branch = pl.when(early).then(1).otherwise(2)
        day = pl.when(early).then(first.dt.offset_by("1mo")).otherwise(first.dt.offset_by("2mo"))
    elif what == READ:
        end = start.dt.offset_by("12mo")
        none = (customers == 0) & (date >= end)
        few = (customers < 6) & (date >= start.dt.offset_by("24mo"))
        branch = pl.when(none).then(1).when(few).then(2).otherwise(3)
        day = pl.when(none).then(end).when(few).then(date.dt.offset_by("1d")).otherwise(None)
    else:
        branch = pl.when(pl.col("by_city")).then(1).otherwise(2)
        day = pl.when(pl.col("by_city")).then(date.dt.offset_by("6mo")).otherwise(date.dt.offset_by("3mo"))
    return branch.cast(pl.UInt8).alias("branch"), day.alias("day")


SQL = """
select row, branch, day from (
  select row,
    case what
      when 0 then case when day(date) <= 15 then 1 else 2 end
      when 1 then case when customers = 0 and date >= start + interval 12 month then 1
                       when customers < 6 and date >= start + interval 24 month then 2 else 3 end
      else case when by_city then 1 else 2 end
    end::utinyint as branch,
    case what
      when 0 then cast(date_trunc('month', date) + case when day(date) <= 15 then interval 1 month else interval 2 month end as date)
      when 1 then case when customers = 0 and date >= start + interval 12 month then cast(start + interval 12 month as date)
                       when customers < 6 and date >= start + interval 24 month then date + 1 end
      else cast(date + case when by_city then interval 6 month else interval 3 month end as date)
    end as day
  from events)
"""


def code(branch: np.ndarray, day: np.ndarray) -> np.ndarray:
    """As Frist's file has it: the branch in the upper half, the day in the lower one, 0 for none."""
    return branch.astype(np.uint64) << np.uint64(32) | day.astype(np.int64).astype(np.uint64)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--events", type=int, default=10_000_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--cpu", type=int, help="the processor that all run on; any if not said")
    asked.add_argument("--engines", type=Path, default=ENGINES)
    asked = asked.parse_args()
    if asked.cpu is not None:
        os.sched_setaffinity(0, {asked.cpu})
    with tempfile.TemporaryDirectory() as folder:
        frist = subprocess.Popen(
            [asked.engines, "columns", folder, str(asked.events)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert frist.stdout.readline() == "ready\n"
        read = lambda name, kind: np.fromfile(Path(folder) / name, dtype=kind)  # noqa: E731
        what = read("what.u8", "<u1")
        days = lambda name: read(name, "<i4").astype("datetime64[D]")  # noqa: E731
        frame = pl.DataFrame(
            {
                "row": np.arange(asked.events, dtype=np.uint32),
                "what": what,
                "date": days("date.i32"),
                "start": days("start.i32"),
                "customers": read("customers.i64", "<i8"),
                "by_city": read("by_city.u8", "<u1").astype(bool),
            }
        )
        golden = read("code.u64", "<u8")

    def in_frist() -> float:
        frist.stdin.write("again\n")
        frist.stdin.flush()
        return float(frist.stdout.readline())

    def in_polars(check: bool = False) -> float:
        begin = time.perf_counter()
        parts = [
            frame.lazy().filter(pl.col("what") == what).select("row", *polars_rules(what)).collect()
            for what in (CAP, READ, NOTICE)
        ]
        seconds = time.perf_counter() - begin
        if check:
            every = pl.concat(parts).sort("row")
            compare("Polars", every["branch"].to_numpy(), every["day"].cast(pl.Int32).fill_null(0).to_numpy())
        return seconds

    database = duckdb.connect(config={"threads": 1, "memory_limit": "8GB"})
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        frame.write_parquet(file.name)
        database.execute(f"create table events as select * from '{file.name}'")

    def in_duckdb(check: bool = False) -> float:
        begin = time.perf_counter()
        database.execute(f"create or replace temp table outcomes as {SQL}")
        seconds = time.perf_counter() - begin
        if check:
            found = database.execute("select branch, day - date '1970-01-01' as day from outcomes order by row")
            every = found.fetchnumpy()
            compare("DuckDB", every["branch"], np.ma.filled(every["day"], 0))
        return seconds

    def compare(name: str, branch: np.ndarray, day: np.ndarray) -> None:
        differ = np.flatnonzero(code(np.asarray(branch), np.asarray(day)) != golden)
        if len(differ) > 0:
            raise SystemExit(f"{name} says otherwise in {len(differ)} rows, first {differ[0]}")

    ways = {"Frist": in_frist, "Polars": in_polars, "DuckDB": in_duckdb}
    in_polars(check=True)
    in_duckdb(check=True)
    found = {name: [] for name in ways}
    for _ in range(asked.rounds):
        for name, way in ways.items():
            found[name].append(way())
    frist.stdin.close()
    frist.wait()
    print(f"{asked.events} events, {asked.rounds} rounds, one thread each; Polars {pl.__version__}, DuckDB {duckdb.__version__}")
    print("medians (least–most); every row says the same\n")
    print("| | ns an event | events a second | times as long as Frist |")
    print("| --- | ---: | ---: | ---: |")
    for name, seconds in found.items():
        per_event = [one * 1e9 / asked.events for one in seconds]
        ratios = [one / frist for one, frist in zip(seconds, found["Frist"])]
        middle = statistics.median(per_event)
        print(
            f"| {name} | {middle:.1f} ({min(per_event):.1f}–{max(per_event):.1f}) | {1000 / middle:.1f} M "
            f"| {statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f}) |"
        )


if __name__ == "__main__":
    main()
