"""Laws 1 and 2: the worker is killed before each statement of import, reading, gathering and consolidation.

Random kills (test_laws_killed.py) show that the whole stands; here no moment between two statements is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from pivotpoint.channels.imports import run as imports
from pivotpoint.channels.models import Channel, ImportRun, Message
from pivotpoint.customers.models import Consent, Customer
from pivotpoint.insights.models import Theme
from pivotpoint.listening.models import Reading
from tests.journey.nursery import Nursery
from tests.journey.posting import words
from tests.journey.whole import check_whole

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
ROWS, PEOPLE = 60, 13
SWEEPS = ["channels.import", "listening.read", "insights.gather", "insights.consolidate"]


@pytest.fixture
def nursery(tmp_path: Path, teams: Any, settings: Any) -> Iterator[Nursery]:
    settings.DATA_FOLDER = tmp_path
    nursery = Nursery(tmp_path)
    yield nursery
    nursery.close()


def start_import(channel: Channel, name: str) -> ImportRun:
    rows = [f'{name}{n},u{n % PEOPLE}@home.example,"{words(n)}"' for n in range(ROWS)]
    run, _ = imports.create(["\n".join(["id,email,text", *rows, "bad,u1,"]).encode()], f"{name}.csv", by=None)
    parts = {"id": "id", "email": "email", "text": "text"}
    imports.set_up(run, by=None, channel=channel, parts=parts, consent_source="Ticked the box")
    return imports.start(run, by=None)


def kill_before_each_statement(nursery: Nursery, sweep: str) -> int:
    """Before the first, before the second … until it comes to its end; how many kills that were."""
    for number in range(1, 500):
        ended = nursery.run(f"before {number} {sweep}")
        if ended == 0:
            return number - 1
        assert ended == -SIGKILL
    raise AssertionError(f"{sweep} does not end.")


def test_killed_before_any_statement_each_message_counts_once(nursery: Nursery, installation: Any) -> None:
    calls = Channel.objects.create(name="Calls", kind="call", goal="Hear what is said on the telephone.")
    for name in ("first", "second"):
        run = start_import(calls, name)
        kills = {sweep: kill_before_each_statement(nursery, sweep) for sweep in SWEEPS}
        assert min(kills.values()) >= 4, kills
        run.refresh_from_db()
        assert (run.state, run.done_rows, run.accepted, run.rejected) == ("done", ROWS + 1, ROWS, 1)
    assert nursery.run("settle") == 0

    assert Message.objects.count() == Reading.objects.count() == 2 * ROWS
    assert Customer.objects.count() == PEOPLE == Consent.objects.values("customer").distinct().count()
    assert Theme.objects.filter(rung="trend").exists()
    check_whole()
