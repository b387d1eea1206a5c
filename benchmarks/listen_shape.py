"""How `pivotpoint listen` grows with the table: python -m benchmarks.listen_shape SIZE... [--of TABLE...]

Each size is a table of its own, read in a process of its own: rows of the given tables again and again, up to two words of
each exchanged (made-up feedback without a table), with people, a third as many as rows, and 90 days. JSON: processor
seconds of each step, peak memory, and how many times the first size's processor time a message costs.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.texts import DAYS, START, rows
from textanalytics.evaluate.copies import altered

FIELDS = ("id", "author", "time", "text")
MADE_UP = 20_000


def texts_of(tables: Sequence[Path]) -> list[str]:
    """What the columns that are guessed hold, one text a row."""
    if not tables:
        return [text for *_, text in rows(MADE_UP)]
    from pivotpoint.channels.tables import guess_columns, open_table
    from pivotpoint.insights.ladder import hear

    opened = [open_table(path) for path in tables]
    return [text for table in opened for text in hear(table, guess_columns(table, table.sample())[0]).texts]


def write_table(path: Path, texts: Sequence[str], size: int, seed: int = 0) -> None:
    """The same first rows at every size would be a table that only repeats itself: each size is drawn by itself."""
    made, _ = altered(texts, [""] * len(texts), size, seed)
    chance = np.random.default_rng(seed)
    people = chance.integers(0, max(size // 3, 1), size).tolist()
    minutes = np.sort(chance.integers(0, DAYS * 24 * 60, size)).tolist()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(FIELDS)
        out.writerows(
            (
                number,
                f"person{people[number]}",
                (START + timedelta(minutes=minutes[number])).isoformat(),
                text,
            )
            for number, text in enumerate(made)
        )


def measure(path: Path) -> dict[str, Any]:
    """Processor seconds of each step of one run in this process, and its peak memory."""
    from pivotpoint.channels.tables import guess_columns, open_table
    from pivotpoint.insights.ladder import climb, hear
    from pivotpoint.insights.ladder.as_json import as_json
    from pivotpoint.insights.ladder.masked import masked

    spent: dict[str, float] = defaultdict(float)
    now, since = "Opening", time.process_time()

    def step(what: str, _done: int, _of: int) -> None:
        nonlocal now, since
        spent[now] += time.process_time() - since
        now, since = what, time.process_time()

    table = open_table(path)
    heard = hear(table, guess_columns(table, table.sample())[0])
    ladder = climb(heard, source=path.name, notes=[], step=step)
    step("Telling", 0, 1)
    as_json(masked(ladder))
    step("", 0, 1)
    return {
        "messages": ladder.messages,
        "themes": len(ladder.themes),
        "processor_seconds": round(time.process_time(), 1),
        "steps": {name: round(cost, 1) for name, cost in spent.items()},
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def measured(path: Path) -> dict[str, Any]:
    """In a process of its own, so that peak memory is that table's."""
    command = [sys.executable, "-m", "benchmarks.listen_shape", "--read", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    print(found, file=sys.stderr, flush=True)
    return found


def shape(sizes: Sequence[int], tables: Sequence[Path]) -> dict[str, Any]:
    texts = texts_of(tables)
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for size in sizes:
            write_table(path := Path(folder) / f"{size}.csv", texts, size)
            runs.append(measured(path))
    each = [run["processor_seconds"] / run["messages"] for run in runs]
    return {"runs": runs, "each_over_first": [round(cost / each[0], 2) for cost in each]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--of", type=Path, nargs="+", default=[], metavar="TABLE")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    print(json.dumps(measure(args.read) if args.read else shape(args.sizes, args.of)))


if __name__ == "__main__":
    main()
