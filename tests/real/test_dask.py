"""A history read anew on a real Dask cluster, against a real PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from pivotpoint.channels.models import Channel, Message
from pivotpoint.customers.erase import erase
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.models import CandidateReading, LentFile, Reread
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads import chunks, cluster, on_worker, ranges, runs
from pivotpoint.listening.rereads.lent import CannotRead, forget_loaded, lending
from tests.conftest import NOW
from tests.dask.cluster import Cluster, clustered, database_url

pytestmark = [
    pytest.mark.real_server,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("dask"),
]
THINGS = ("lamp", "shelf", "table", "bench", "chair")
MANY, AT_ONCE = 300, 10
State = Reread.State


@pytest.fixture(scope="module")
def dask(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Two workers; a test that kills one starts it."""
    with (
        django_db_blocker.unblock(),
        clustered(tmp_path_factory.mktemp("dask"), 2) as found,
    ):
        yield found


@pytest.fixture
def history(form: Channel, hanne: Any, tomek: Any, samir: Any, monkeypatch: Any) -> list[Message]:
    """Three hundred messages of two people, and a reader that has learnt from what Samir said of six."""
    monkeypatch.setattr(chunks, "AT_ONCE", AT_ONCE)
    made = [
        Message(
            channel=form,
            external_id=f"m{n}",
            customer=(hanne, tomek)[n % 2],
            said_at=NOW,
            text=f"The zwirbelgronk of my {THINGS[n % 5]} number {n} wobbles",
        )
        for n in range(MANY)
    ]
    Message.objects.bulk_create(made)
    read_unread()
    messages = list(Message.objects.order_by("pk"))
    for message in messages[:6]:
        correct(message, "function", "supply", by=samir)
    learn_if_due()
    return messages


def candidates(run: Reread) -> list[dict[str, Any]]:
    return list(CandidateReading.objects.filter(run=run).order_by("message").values(*WHAT))


WHAT = ("message", *chunks.NAMES, "tags")


def read_here(maren: Any, processes: int = 0) -> list[dict[str, Any]]:
    """What this machine makes of the same history: by so many processes, or the worker's sweep."""
    run = runs.start(by=maren)
    if processes:
        chunks.read_with_pool(run, processes, lambda _: None)
    while chunks.read_on(run):
        run.refresh_from_db()
    found = candidates(run)
    runs.cancel(run, by=maren)
    return found


def test_it_reads_what_the_pool_reads_and_no_word_is_on_the_line(
    history: list[Message], dask: Cluster, maren: Any
) -> None:
    wanted = read_here(maren, processes=1)
    assert len(wanted) == MANY
    dask.ear.heard.clear()
    run, told = runs.start(by=maren), list[int]()
    cluster.read_on_cluster(run, dask.address, told.append)
    assert told == [AT_ONCE] * (MANY // AT_ONCE)
    assert runs.advance() == 0, "the worker leaves the run to the cluster"
    assert candidates(run) == wanted
    assert runs.report_now(run).state == State.READ
    assert run.done == run.total == MANY
    assert not LentFile.objects.exists()
    heard = bytes(dask.ear.heard)
    assert heard.count(b"read_range") >= MANY // AT_ONCE, "the ear hears what is asked"
    assert not [word for word in (b"zwirbelgronk", b"wobbles", b"supply", b"postgres://") if word in heard]


def test_a_worker_is_killed_midway(history: list[Message], dask: Cluster, maren: Any) -> None:
    wanted = read_here(maren)
    dask.work(1)
    dask.ready(3)
    run, told = runs.start(by=maren), list[int]()

    def kill_one(count: int) -> None:
        told.append(count)
        if len(told) == 4:
            dask.workers[-1].kill()

    cluster.read_on_cluster(run, dask.address, kill_one)
    assert dask.workers[-1].wait() == -signal.SIGKILL
    assert (candidates(run), sum(told)) == (wanted, MANY)
    assert runs.report_now(run).done == MANY


def test_whoever_asked_is_killed_and_somebody_else_goes_on(
    history: list[Message], dask: Cluster, maren: Any
) -> None:
    """With a fresh command, whose ranges are other ones: what was written ahead of the position stays as it is."""
    wanted = read_here(maren)
    run = runs.start(by=maren)
    with subprocess.Popen(
        [sys.executable, "-c", ASK, str(run.pk), dask.address], env=surroundings()
    ) as asked:
        try:
            wait_until(lambda: Reread.objects.get(pk=run.pk).done >= 50)
        finally:
            asked.kill()
    run.refresh_from_db()
    assert run.done < MANY
    assert LentFile.objects.exists()
    command = ("reread", "--engine", "dask", "--scheduler", dask.address, "--json")
    ended = subprocess.run(
        [sys.executable, "-m", "pivotpoint.config.cli", *command],
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert (said["run"], said["state"], said["read"]) == (run.pk, "read", MANY)
    assert candidates(run) == wanted
    assert not LentFile.objects.exists()


ASK = """
import sys
from pivotpoint.config.cli.start import start
start()
from pivotpoint.listening.models import Reread
from pivotpoint.listening.rereads import chunks, cluster
chunks.AT_ONCE = 5
cluster.read_on_cluster(Reread.objects.get(pk=sys.argv[1]), sys.argv[2], lambda _: None)
"""


def surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "PIVOTPOINT_DATA": str(settings.DATA_FOLDER),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }


def wait_until(holds: Any, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_it_ends_when_somebody_pauses_and_goes_on(history: list[Message], dask: Cluster, maren: Any) -> None:
    run, told = runs.start(by=maren), list[int]()

    def pause_once(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            runs.pause(run, by=maren)

    cluster.read_on_cluster(run, dask.address, pause_once)
    run.refresh_from_db()
    assert (run.state, run.done) == (State.PAUSED, 2 * AT_ONCE)
    there = CandidateReading.objects.count()
    time.sleep(0.5)
    assert CandidateReading.objects.count() == there < MANY
    runs.resume(run, by=maren)
    cluster.read_on_cluster(run, dask.address, told.append)
    assert (sum(told), CandidateReading.objects.count()) == (MANY, MANY)


def test_a_range_that_two_workers_read_at_once_is_there_once(history: list[Message], maren: Any) -> None:
    run = runs.start(by=maren)
    found: list[int | None] = []

    def read() -> None:
        try:
            found.append(ranges.read_range(run.pk, 0, history[99].pk))
        finally:
            connections.close_all()

    with lending(run):
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runs.pause(run, by=maren)
        assert ranges.read_range(run.pk, 0, history[-1].pk) is None
    assert (found, CandidateReading.objects.count()) == ([100] * 4, 100)


def test_an_erasure_reaches_the_reader_that_was_lent(history: list[Message], maren: Any, hanne: Any) -> None:
    run = runs.start(by=maren)
    with lending(run):
        assert ranges.read_range(run.pk, 0, history[9].pk) == 10
        before = set(CandidateReading.objects.values_list("version", flat=True))
        erase(hanne, by=maren)
        assert ranges.read_range(run.pk, history[9].pk, history[19].pk) == 5
        after = set(
            CandidateReading.objects.filter(message__gt=history[9].pk).values_list("version", flat=True)
        )
        assert len(before) == len(after) == 1
        assert before != after
        assert CandidateReading.objects.count() == 10
    with pytest.raises(CannotRead, match="another database"):
        ranges.read_range(run.pk, history[19].pk, history[29].pk)
    forget_loaded()


def test_an_error_travels_without_its_words(monkeypatch: Any) -> None:
    """It may hold a customer's text; the worker's log keeps it."""

    def broken(*_: int) -> None:
        raise ValueError("zwirbelgronk")

    monkeypatch.setattr(ranges, "read_range", broken)
    with pytest.raises(on_worker.RangeFailed) as failed:
        on_worker.read_range(1, 10, 20)
    assert str(failed.value) == "ValueError in messages 11 to 20; the worker's log says more."
    assert failed.value.__cause__ is failed.value.__context__ is None


def test_another_release_is_refused(history: list[Message], maren: Any) -> None:
    run = runs.start(by=maren)
    forget_loaded()
    with lending(run):
        LentFile.objects.update(version="of another")
        with pytest.raises(CannotRead, match="another release"):
            ranges.read_range(run.pk, 0, history[9].pk)
    assert not CandidateReading.objects.exists()


def test_a_cluster_that_cannot_read_says_why_and_the_run_waits(
    history: list[Message], maren: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    run = runs.start(by=maren)
    with clustered(tmp_path, 0) as alone:
        with pytest.raises(cluster.ClusterTrouble, match="has no worker yet"):
            cluster.read_on_cluster(run, alone.address, lambda _: None)
        alone.work(1, DATABASE_URL="")
        alone.ready(1)
        with pytest.raises(cluster.ClusterTrouble, match="A worker has no DATABASE_URL"):
            cluster.read_on_cluster(run, alone.address, lambda _: None)
    with pytest.raises(cluster.ClusterTrouble, match="does not answer"):
        cluster.read_on_cluster(run, alone.address, lambda _: None)
    run.refresh_from_db()
    assert (run.state, run.done) == (State.RUNNING, 0)


def test_the_scheduler_dies(history: list[Message], maren: Any, dask: Cluster, monkeypatch: Any) -> None:
    """The last one here, for the cluster is gone with it. The worker's sweep goes on alone."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    run = runs.start(by=maren)
    with pytest.raises(cluster.ClusterTrouble, match="The cluster is gone"):
        cluster.read_on_cluster(run, dask.address, lambda _: dask.scheduler.kill())
    run.refresh_from_db()
    assert run.done >= AT_ONCE
    monkeypatch.setattr(chunks, "AT_ONCE", MANY)
    while chunks.read_on(run):
        run.refresh_from_db()
    assert CandidateReading.objects.count() == MANY
