#!/usr/bin/env python3
"""Whole processes side by side: events as JSON Lines in, outcomes as JSON Lines out.

    cargo build --release && cargo build --release --manifest-path benches/peers/Cargo.toml -p hand
    python3 benches/peers/whole.py [--events 1000000] [--rounds 7] [--cpu 1]

Times `frist decide` on one thread and on two, and the same rules written by hand for serde_json, in turns. All must write
the same bytes. Seconds and ratios are medians, with the least and the most; a ratio is taken within a round. Needs nothing but
Python's own library, on Linux.
"""

import argparse
import hashlib
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def target(folder: Path) -> Path:
    """Where cargo puts what it builds from a folder."""
    return Path(os.environ.get("CARGO_TARGET_DIR", folder / "target")) / "release"


def run(words: list, out: Path, cpu: int | None) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and the most memory in KiB of one run."""
    with open(out, "wb") as to:
        start = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in words],
            stdout=to,
            stderr=subprocess.DEVNULL,
            preexec_fn=None if cpu is None else lambda: os.sched_setaffinity(0, {cpu}),
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    if status != 0:
        raise SystemExit(f"{words} ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def spread(numbers: list, form: str) -> str:
    middle = statistics.median(numbers)
    return f"{middle:{form}} ({min(numbers):{form}}–{max(numbers):{form}})"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--cpu", type=int, help="the processor for what runs on one thread; any if not said")
    asked.add_argument("--frist", type=Path, default=target(ROOT) / "frist")
    asked.add_argument("--hand", type=Path, default=target(ROOT / "benches/peers") / "hand")
    asked.add_argument("--input", type=Path, help="a file of events for benches/alone.frist, one a case")
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        events = asked.input or folder / "events.jsonl"
        if asked.input is None:
            with open(events, "wb") as to:
                generate = ["cargo", "bench", "--quiet", "--bench", "generate", "--", "alone", str(asked.events)]
                subprocess.run(generate, cwd=ROOT, stdout=to, check=True)
        decide = [asked.frist, "decide", ROOT / "benches/alone.frist", events]
        decide += ["--format", "json", "--lang", "en", "--threads"]
        ways = {
            "by hand": ([asked.hand, events], asked.cpu),
            "by hand, written by serde_json": ([asked.hand, "--serialize", events], asked.cpu),
            "frist, one thread": ([*decide, "1"], asked.cpu),
            "frist, two threads": ([*decide, "2"], None),
        }
        found = {name: [] for name in ways}
        said = {}
        # The first round fills the file cache.
        for turn in range(asked.rounds + 1):
            for name, (words, cpu) in ways.items():
                out = folder / "out.jsonl"
                figures = run(words, out, cpu)
                if turn == 0:
                    said[name] = digest(out)
                else:
                    found[name].append(figures)
        count = sum(block.count(b"\n") for block in iter_blocks(events))
        size = events.stat().st_size / 1e6
    print(f"{count} events, {size:.0f} MB, {asked.rounds} rounds; medians (least–most)\n")
    print("| process | wall, s | processor, s | events a second | most memory, MB | speed, by hand = 1 | same bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    for name, figures in found.items():
        wall, processor, memory = zip(*figures)
        ratios = [hand[0] / one[0] for hand, one in zip(found["by hand"], figures)]
        same = "yes" if said[name] == said["by hand"] else "NO"
        rate = count / statistics.median(wall)
        print(
            f"| {name} | {spread(wall, '.3f')} | {spread(processor, '.3f')} | {rate / 1e6:.2f} M "
            f"| {max(memory) * 1.024 / 1000:.0f} | {spread(ratios, '.2f')} | {same} |"
        )
    if len(set(said.values())) > 1:
        raise SystemExit("they do not write the same bytes")


def iter_blocks(path: Path):
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            yield block


if __name__ == "__main__":
    main()
