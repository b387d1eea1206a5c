"""The worker is killed, our database crashes, Tryton's database crashes, each while hand-offs are on their way there.

Afterwards exactly one complaint exists for each, and each is answered once.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections

from pivotpoint.enterprise.models import Cursor
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Answer, Handoff, Loop, Stage
from tests.journey.nursery import Nursery
from tests.real.conftest import POSTGRES, Real
from tests.tryton.between import Between, between
from tests.tryton.desk import Desk
from tests.tryton.faults import is_create

pytestmark = [
    pytest.mark.real_server,
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("tryton"),
]
HANDOFFS = 8
AMID = (1, 4)
"""Before these hand-offs' complaints are answered, something is killed."""


class Scene:
    """A worker of its own process, and a wire to Tryton on which we see a complaint being made."""

    def __init__(self, nursery: Nursery, desk: Desk, wire: Between) -> None:
        self.nursery, self.desk, self.wire = nursery, desk, wire
        self.amid, self.go_on, self.made = Event(), Event(), 0
        wire.behave = self._behave

    def _behave(self, method: str, path: str) -> str:
        """When one of AMID is being made: say so, and go on (the complaint is made there) when it is done."""
        if is_create(method, path):
            self.made += 1
            if self.made in AMID:
                self.amid.set()
                self.go_on.wait(30)
                self.go_on.clear()
        return "ok"

    def kill(self, strike: Callable[[], None]) -> None:
        """Strike in the middle of each of AMID."""
        for _ in AMID:
            assert self.amid.wait(60), "Nothing was on its way."
            self.amid.clear()
            strike()
            self.go_on.set()

    def settle(self) -> None:
        """An hour later, when claims of the dead are free again."""
        connections.close_all()
        assert self.nursery.run("settle") == 0

    def until(self, true: Callable[[], bool]) -> None:
        """What the worker brings about."""
        give_up = time.monotonic() + 60
        while not true() and time.monotonic() < give_up:
            time.sleep(0.2)

    def complaints(self) -> list[int]:
        """How many each hand-off has there."""
        return [len(self.desk.records(each)) for each in Handoff.objects.order_by("pk")]

    def approve_all(self) -> None:
        for handoff in Handoff.objects.order_by("pk"):
            self.desk.erp.on("sale.complaint", "approve", [self.desk.records(handoff)[0]["id"]])


@pytest.fixture
def scene(erp: Real, tmp_path: Path, teams: Any, ines: Any, maren: Any, settings: Any) -> Iterator[Scene]:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.DATA_FOLDER = tmp_path
    with between(erp.url) as wire:
        desk = Desk(erp, teams["finance"], ines, maren, url=wire.url)
        for _ in range(HANDOFFS):
            desk.hand_over()
        nursery = Nursery(tmp_path)
        yield Scene(nursery, desk, wire)
        nursery.close()
    connections.close_all()


def crash(folder: str) -> None:
    """PostgreSQL ends at once, whatever it was doing, and comes back."""
    command = Path(__file__).resolve().parents[2] / "bin" / "postgres"
    subprocess.run([command, "crash", folder], check=True, stdout=subprocess.DEVNULL)


def ends_well(scene: Scene) -> None:
    """One complaint each; all are approved there; each is accepted here, once."""
    scene.settle()
    assert scene.complaints() == [1] * HANDOFFS
    scene.approve_all()
    Cursor.objects.update(
        due_at=clock.now()
    )  # both settle an hour later: the pause between two rounds is over
    scene.settle()
    assert scene.complaints() == [1] * HANDOFFS
    assert set(Loop.objects.values_list("stage", flat=True)) == {Stage.ACCEPTED}
    assert Answer.objects.count() == HANDOFFS
    assert not Handoff.objects.exclude(state="answered").exists()


def test_the_worker_is_killed_again_and_again(scene: Scene) -> None:
    worker = [scene.nursery.begin("worker")]

    def strike() -> None:
        scene.nursery.kill(worker.pop())
        connections.close_all()
        # What it had claimed is given back after a while; the others go on.
        worker.append(scene.nursery.begin("worker"))

    scene.kill(strike)
    scene.until(lambda: Handoff.objects.filter(state="sent").count() >= HANDOFFS - len(AMID))
    scene.nursery.kill(worker.pop())
    ends_well(scene)


def test_our_database_crashes_and_the_worker_goes_on(scene: Scene) -> None:
    with connection.cursor() as cursor:  # as an installation has it; the tests' server does without
        cursor.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
    worker = scene.nursery.begin("worker")

    def strike() -> None:
        connections.close_all()
        crash(POSTGRES)

    scene.kill(strike)
    scene.until(lambda: Handoff.objects.filter(state="sent").count() >= HANDOFFS - len(AMID))
    assert Handoff.objects.filter(state="sent").count() >= HANDOFFS - len(AMID), "the worker did not go on"
    scene.nursery.kill(worker)  # it was alive: Nursery.kill asserts that the signal ended it
    ends_well(scene)


def test_their_database_crashes_amid_a_complaint(scene: Scene, erp: Real) -> None:
    worker = scene.nursery.begin("worker")
    scene.kill(lambda: crash(f"{erp.facts['folder']}/postgres"))
    scene.until(lambda: not Handoff.objects.exclude(state="sent").exists())
    scene.nursery.kill(worker)
    ends_well(scene)
