"""A paused system gets nothing and is asked nothing; what is for it waits, and goes out afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.enterprise.answers import poll
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.models import Pause
from pivotpoint.enterprise.pacing.pause import pause, paused, resume
from pivotpoint.enterprise.systems.systems import systems
from pivotpoint.journal.models import Event
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.models import Destination, Handoff
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(teams: Any, ines: Any, maren: Any) -> Destination:
    return make_pivot(teams["finance"], ines).destinations.get()


def test_nothing_goes_there_and_then_all_of_it(tasks: Destination, maren: Any) -> None:
    pause(tasks, by=maren, why="The list moves.")
    pause(tasks, by=maren)
    loops.open_loop(make_insight(), tasks.pivot, by=None)
    assert deliver() == 0
    assert Handoff.objects.get().state == "queued"
    resume(tasks, by=maren)
    resume(tasks, by=maren)
    assert deliver() == 1
    assert Handoff.objects.get().state == "sent"
    assert [(row.why, row.by, row.ended_by) for row in Pause.objects.all()] == [
        ("The list moves.", maren, maren)
    ]
    names = ["enterprise.system_paused", "enterprise.system_resumed"]
    assert list(Event.objects.filter(name__in=names).order_by("pk").values_list("name", flat=True)) == names


def test_it_is_not_asked_either(tasks: Destination, maren: Any) -> None:
    config = {"url": "https://chat.example", "room": "#finance:chat.example"}
    room = edit.save_destination(tasks.pivot, name="Room", kind="matrix", config=config, by=maren)
    assert list(poll._asked()) == [room]
    pause(room, by=maren)
    assert list(poll._asked()) == []


def test_all_destinations_at_the_address_are_paused_and_no_others(tasks: Destination, maren: Any) -> None:
    def made(name: str, url: str) -> Destination:
        return edit.save_destination(tasks.pivot, name=name, kind="webhook", config={"url": url}, by=maren)

    first, second = made("A", "https://erp.example/in"), made("B", "https://erp.example/in")
    made("C", "https://other.example/in")
    pause(second, by=maren)
    assert set(Pause.objects.standing().values_list("destination", flat=True)) == {first.pk, second.pk}


def test_a_destination_that_is_added_at_a_paused_address_is_paused_with_it(
    tasks: Destination, maren: Any
) -> None:
    def made(name: str) -> Destination:
        config = {"url": "https://erp.example/in"}
        return edit.save_destination(tasks.pivot, name=name, kind="webhook", config=config, by=maren)

    first = made("A")
    pause(first, by=maren, why="Serviced.")
    added = made("B")
    loops.open_loop(make_insight(), tasks.pivot, by=None)
    assert deliver() == 1  # the task list
    assert set(Handoff.objects.filter(state="queued").values_list("destination", flat=True)) == {
        first.pk,
        added.pk,
    }
    (system,) = [each for each in systems(maren) if each.kind == "webhook"]
    assert [use.pause.why for use in system.uses if use.pause] == ["Serviced.", "Serviced."]
    resume(added, by=maren)
    assert paused() == []
    assert deliver() == 2


def test_who_may_not_change_pivots_pauses_nothing(tasks: Destination, victor: Any) -> None:
    with pytest.raises(PermissionDenied):
        pause(tasks, by=victor)
    assert not Pause.objects.exists()
