#!/usr/bin/env python3
"""How much memory `frist decide --format json` takes for events of any number.

    cargo build --release
    python3 benches/memory.py [--events 10000000] [--each 50] [--folder /tmp]

Writes made-up events of `benches/alone.frist` to the folder, once case by case and once shuffled, decides both, and prints seconds and
the most memory that was resident at once. Ten million events take two gigabytes of disk, and as much again for scratch files;
all are gone at the end. Needs nothing but Python's own library, on Linux.
"""

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRIST = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "frist"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--events", type=int, default=10_000_000)
    asked.add_argument("--each", type=int, default=50, help="how many events a case has")
    asked.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    asked.add_argument("--frist", type=Path, default=FRIST)
    asked = asked.parse_args()
    print("| events | options | wall, s | most memory, MiB |")
    print("| --- | --- | ---: | ---: |")
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        events = Path(folder) / "events.jsonl"
        for name, per_case, order in (
            ("one a case", 1, []),
            (f"{asked.each} a case, case by case", asked.each, []),
            (f"{asked.each} a case, shuffled", asked.each, ["--shuffled"]),
        ):
            generate = ["cargo", "bench", "--quiet", "--bench", "generate", "--", "alone", str(asked.events)]
            with open(events, "wb") as to:
                subprocess.run([*generate, "--each", str(per_case), *order], cwd=ROOT, stdout=to, check=True)
            for options in ("--threads 1", "--threads 2", "--threads 1 --memory 64MiB"):
                words = [asked.frist, "decide", ROOT / "benches/alone.frist", events, "--format", "json", *options.split()]
                start = time.monotonic()
                process = subprocess.Popen(
                    words,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "TMPDIR": folder},
                )
                _, status, used = os.wait4(process.pid, 0)
                seconds = time.monotonic() - start
                if status != 0:
                    raise SystemExit(f"{words} ended with status {os.waitstatus_to_exitcode(status)}")
                print(
                    f"| {asked.events}, {name} | `{options}` | {seconds:.1f} | {used.ru_maxrss / 1024:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
