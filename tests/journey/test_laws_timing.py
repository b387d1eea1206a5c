"""Law 8, same text, same theme: neither the speed of the machine nor a stop of the worker shows in the themes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from benchmarks.texts import FIELDS, rows
from django.db import transaction

from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports import sweep
from pivotpoint.channels.models import Channel
from pivotpoint.insights.gathering import consolidate, gather, memory
from pivotpoint.insights.models import IndexState, Membership, MicroCluster, Theme
from pivotpoint.listening.reading import ahead
from pivotpoint.listening.reading.read import read_unread

pytestmark = pytest.mark.django_db
SIZE, BLOCK = 730, 150
Sweep = Callable[[], int]
Themes = dict[str, Any]


class Undone(Exception):
    """Ends a run: nothing of it stays for the next one."""


@cache
def file() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    writer.writerows(rows(SIZE))
    return out.getvalue().encode()


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[None]:
    """A small file goes through as a large one does: several blocks, and two runs by volume."""
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(consolidate, "FIRST", 280)
    monkeypatch.setattr(consolidate, "GROWN_WHILE_BUSY", 2.0)
    monkeypatch.setattr(ahead, "is_possible", lambda: False)
    memory._held = None
    yield
    memory._held = None


def worker(turns: Callable[[int], list[Sweep]]) -> Themes:
    """Work the file off in the turns that are given for each round until nothing is left; what came of it."""
    for number in range(500):
        if not sum([sweep() for sweep in turns(number)]) and not sum([work() for work in ALL]):
            return {
                "of": dict(
                    Membership.objects.values_list("message__external_id", "cluster__theme").order_by("pk")
                ),
                "clusters": list(
                    MicroCluster.objects.order_by("pk").values_list(
                        "pk", "theme", "count", "vector", "samples"
                    )
                ),
                "titles": dict(Theme.objects.order_by("pk").values_list("pk", "title")),
                "state": IndexState.objects.get().state,
            }
    raise AssertionError("The sweeps do not come to rest.")


def imported(turns: Callable[[int], list[Sweep]]) -> Themes:
    found: Themes = {}
    try:
        with transaction.atomic():
            channel = Channel.objects.create(name="Reviews", kind="review", goal="Measure.")
            run, _ = verbs.create([file()], "feedback.csv", by=None)
            verbs.set_up(run, by=None, channel=channel, parts=run.mapping)
            verbs.start(run, by=None)
            found = worker(turns)
            raise Undone
    except Undone:
        memory._held = sweep._open = None
    return found


def place() -> int:
    return gather.gather(BLOCK)


def read_some() -> int:
    return read_unread(70)


ALL: list[Sweep] = [sweep.work_off, read_unread, place, consolidate.consolidate]


def stopped() -> int:
    """A worker that begins anew knows nothing but the rows."""
    memory._held = sweep._open = None
    return 0


def taken_in_slowly(_: int) -> list[Sweep]:
    """The disk is slow: what was taken in is read, and waits for more to place."""
    return [sweep.work_off, read_unread, read_unread, place, place, consolidate.consolidate]


def read_slowly(_: int) -> list[Sweep]:
    """The processor is slow: all is taken in long before it is read."""
    return [sweep.work_off, read_some, place, consolidate.consolidate]


def gathered_late(number: int) -> list[Sweep]:
    """Others kept the worker busy: much waits to be placed, and the runs by volume come when they can."""
    late = [place, place] if number % 3 == 2 else [consolidate.consolidate]
    return [sweep.work_off, read_unread, *late]


def stopped_often(number: int) -> list[Sweep]:
    """Killed behind any sweep, and started again."""
    return [stopped, ALL[number % 3], stopped, read_some, stopped, place]


@cache
def in_step_once() -> Themes:
    return imported(lambda _: ALL)


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize("turns", [taken_in_slowly, read_slowly, gathered_late, stopped_often])
def test_the_same_file_gives_the_same_themes_whatever_the_clock_says(
    turns: Callable[[int], list[Sweep]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = in_step_once()
    assert len(expected["of"]) > 0.9 * SIZE
    assert len(expected["titles"]) > 10
    if turns is taken_in_slowly:
        monkeypatch.setattr(sweep, "SLICE", 0.0)
        monkeypatch.setattr(sweep, "AT_ONCE", 90)
    assert imported(turns) == expected
