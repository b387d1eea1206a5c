"""How fast a file becomes messages that are read, indexed and in themes: python -m benchmarks.import_rate SIZE

The same sweeps that the worker runs, in its order, until nothing is left to do; beside it, bare
sqlite3.executemany of the same rows into one table of the same disk, for a ratio that survives another machine.
Without PIVOTPOINT_DATA it uses a folder of its own.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.consolidations import memory, statements
from benchmarks.texts import FIELDS, rows

TELL = 50_000
"""Messages between two lines on stderr."""


def write_file(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(FIELDS)
        out.writerows(rows(size))


def bare(path: Path, size: int) -> float:
    """Seconds to put the file's rows into an empty table, keyed as ours: what the disk and SQLite alone cost."""
    began = time.perf_counter()
    with (
        closing(sqlite3.connect(path.with_suffix(".sqlite3"))) as database,
        path.open(encoding="utf-8", newline="") as file,
        database,
    ):
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(
            "CREATE TABLE t (id TEXT PRIMARY KEY, author TEXT, email TEXT, time TEXT, text TEXT)"
        )
        lines = csv.reader(file)
        next(lines)
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", lines)
    seconds = time.perf_counter() - began
    path.with_suffix(".sqlite3").unlink()
    return seconds


def import_all(path: Path) -> tuple[float, float, dict[str, float], list[dict[str, float]]]:
    """Wall and processor seconds from upload to everything themed; the processor's by stage; and each consolidation."""
    from pivotpoint.accounts.models import Installation
    from pivotpoint.channels.imports import run as verbs
    from pivotpoint.channels.imports.sweep import work_off
    from pivotpoint.channels.models import Channel
    from pivotpoint.insights.gathering import gather as gathering
    from pivotpoint.listening.reading import ahead
    from pivotpoint.listening.reading.read import read_unread

    Installation.objects.create(name="Fjordhus", brand_names=["Fjordhus"])
    channel = Channel.objects.create(name="Reviews", kind="review", goal="Measure.")
    _warm_up()
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[[], int]) -> int:
        began = time.process_time()
        found = work()
        spent[name] += time.process_time() - began
        return found

    helped = _of_children()
    runs: list[dict[str, float]] = []
    order = gathering.consolidate = _watched(gathering.consolidate, runs)
    began, processor = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        run, _ = verbs.create(iter(lambda: file.read(1 << 20), b""), path.name, by=None)
    read_unread()  # As the worker does every second, also while somebody maps the columns.
    verbs.set_up(run, by=None, channel=channel, parts=run.mapping)
    verbs.start(run, by=None)
    sweeps = {"take in": work_off, "read": read_unread, "gather": gathering.gather, "consolidate": order}
    told = 0
    before: dict[str, float] = {}
    while sum(timed(name, work) for name, work in sweeps.items()):
        if (done := _gathered()) >= told + TELL:
            seconds, worked = time.perf_counter() - began, time.process_time() - processor
            each = {
                name: round(1e6 * (cost - before.get(name, 0)) / (done - told))
                for name, cost in spent.items()
            }
            print(
                f"{done:,} in themes after {seconds:.0f} s, {worked:.0f} s processor; since: {each}",
                file=sys.stderr,
            )
            told, before = done, dict(spent)
    own = time.process_time() - processor
    seconds = time.perf_counter() - began
    ahead.stop()
    spent["read ahead, in the second process"] = _of_children() - helped
    return seconds, own + spent["read ahead, in the second process"], spent, runs


def _watched(consolidate: Callable[[], int], runs: list[dict[str, float]]) -> Callable[[], int]:
    """The same, with a line in `runs` for each that had something to do."""
    from pivotpoint.insights.models import MicroCluster

    def watched() -> int:
        began, processor = time.perf_counter(), time.process_time()
        with statements() as sent:
            moved = consolidate()
        if moved:
            seconds, worked = time.perf_counter() - began, time.process_time() - processor
            runs.append(
                {
                    "messages": _gathered(),
                    "clusters": MicroCluster.objects.filter(folded_into=None).count(),
                    "seconds": round(seconds, 1),
                    "processor_seconds": round(worked, 1),
                    "statements": sent(),
                    "memory_mb": memory(),
                }
            )
        return moved

    return watched


def hear_all() -> float:
    """Processor seconds to look for second matters, and to count them, once the import has ended."""
    from pivotpoint.insights.gathering.gather import gather
    from pivotpoint.insights.gathering.matters import hear_matters

    began = time.process_time()
    while hear_matters() + gather():
        pass
    return time.process_time() - began


def _gathered() -> int:
    from pivotpoint.insights.models import IndexState

    return sum(IndexState.objects.values_list("gathered", flat=True))


def _of_children() -> float:
    """Processor seconds of processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _warm_up() -> None:
    """What a worker has loaded long before a file comes: the reader, the encoder, the linear algebra."""
    from sklearn import decomposition, feature_extraction

    from pivotpoint.lib import garbage
    from pivotpoint.listening.learning.reader import live_reader
    from textanalytics import encoders

    assert decomposition and feature_extraction
    live_reader().read(["warm", "ĉu vi povas helpi min kun la liverado de mia tablo"])
    encoders.default().encode(["warm"])
    garbage.look_seldom()


def measure(folder: Path, size: int) -> dict[str, object]:
    from pivotpoint.insights.models import Insight, Matter, Membership, MicroCluster, Theme

    path = folder / "feedback.csv"
    write_file(path, size)
    alone = bare(path, size)
    seconds, processor, spent, runs = import_all(path)
    path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"Imported in {seconds:.0f} s, {processor:.0f} s processor, {peak} MB: {runs}", file=sys.stderr)
    matters = hear_all()
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "messages_per_second": round(size / seconds),
        "executemany_seconds": round(alone, 2),
        "executemany_over_ours": round(alone / seconds, 4),
        "peak_memory_mb": peak,
        "peak_memory_second_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "messages_per_processor_second": round(size / processor),
        "processor_microseconds_each": {name: round(1e6 * cost / size, 1) for name, cost in spent.items()},
        "database_mb": round(sum(file.stat().st_size for file in folder.glob("pivotpoint.sqlite3*")) / 1e6),
        "in_themes": Membership.objects.exclude(cluster__theme=None).count(),
        "themes": Theme.objects.live().count(),
        "insights": Insight.objects.count(),
        "clusters": MicroCluster.objects.count(),
        "second_matters": Matter.objects.counted().count(),
        "second_matters_microseconds_each": round(1e6 * matters / size, 1),
        "consolidations": runs,
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as own:
        folder = Path(os.environ.setdefault("PIVOTPOINT_DATA", own))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(json.dumps(measure(folder, int(sys.argv[1]))))


if __name__ == "__main__":
    main()
