from __future__ import annotations

import threading
import time

import pytest
from django.db import OperationalError

from pivotpoint.jobs import beat
from pivotpoint.jobs.models import SweepRun


@pytest.fixture
def sweeps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two sweeps: one that finds three rows and then none, one that always fails."""
    ran: list[str] = []
    found = iter([2, 1])

    def reads() -> int:
        ran.append("reads")
        return next(found, 0)

    def fails() -> int:
        ran.append("fails")
        raise RuntimeError("no such table")

    declared = {
        "t.reads": beat.Declared("t.reads", 0.01, reads),
        "t.fails": beat.Declared("t.fails", 0.01, fails),
    }
    monkeypatch.setattr(beat, "declared", declared)
    return ran


@pytest.mark.django_db
def test_a_failing_sweep_is_kept_with_its_reason_and_stops_nobody(sweeps: list[str]) -> None:
    beat.settle()
    assert sweeps == ["reads", "fails"] * 3, "until the one that works finds nothing"
    row = SweepRun.objects.get(name="t.fails")
    assert "no such table" in row.error and row.failures == 3


@pytest.mark.django_db
def test_a_sweep_that_works_again_has_no_error_left(
    sweeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    beat.run("t.fails")
    monkeypatch.setitem(beat.declared, "t.fails", beat.Declared("t.fails", 0.01, lambda: 1))
    beat.run("t.fails")
    assert SweepRun.objects.get(name="t.fails").error == ""


@pytest.mark.django_db
def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(
    sweeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the database system is in recovery mode")

    monkeypatch.setattr(beat, "_note", away)
    assert [beat.run("t.reads"), beat.run("t.fails")] == [2, 0]
    monkeypatch.undo()
    assert not SweepRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_stops_when_it_is_told(sweeps: list[str]) -> None:
    stop, give_up = threading.Event(), time.monotonic() + 30

    def tell() -> None:
        while sweeps.count("reads") < 3 and time.monotonic() < give_up:
            time.sleep(0.01)
        stop.set()

    teller = threading.Thread(target=tell)
    teller.start()
    beat.work(stop)
    teller.join()
    assert sweeps.count("reads") >= 3
