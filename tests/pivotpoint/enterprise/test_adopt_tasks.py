"""A task that is there already becomes the work of a loop: whoever ends it answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.enterprise.handoffs.adopt import adopt
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.insights.models import Insight
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Attachment, Destination, Handoff, Loop, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(teams: Any, ines: Any, maren: Any) -> Destination:
    return make_pivot(teams["finance"], ines).destinations.get()


@pytest.fixture
def insight(board: Destination) -> Insight:
    return make_insight(1, 3)


@pytest.fixture
def task(insight: Insight, ines: Any, maren: Any) -> Task:
    """Somebody gave it to Ines in a room, before anything was handed over."""
    return tasks.add(insight, "Talk to the bank", ines, clock.now() + timedelta(days=1), by=maren)


@pytest.mark.parametrize(
    "said", ["{pk}", "task {pk}", "Task-{pk}", "https://x.example/insights/1/#task-{pk}"]
)
def test_a_loop_goes_on_with_the_task_and_its_end_answers(
    board: Destination, insight: Insight, task: Task, ines: Any, maren: Any, said: str
) -> None:
    loop = adopt(insight, board, said.format(pk=task.pk), by=maren)
    handoff = loop.handoffs.get()
    assert (handoff.state, handoff.external_ref) == ("sent", f"task {task.pk}")
    assert deliver() == 0
    task.refresh_from_db()
    assert (task.loop, task.owner, task.due_at) == (loop, ines, loop.due_at)
    assert Task.objects.count() == 1
    tasks.finish(task, by=ines, note="The bank pays back.")
    loop.refresh_from_db()
    assert loop.stage == Stage.DELIVERED
    assert Event.objects.filter(name="collaboration.task_taken_up").count() == 1


def test_by_its_title_and_declined_with_a_reason(
    board: Destination, insight: Insight, task: Task, ines: Any, maren: Any
) -> None:
    loop = adopt(insight, board, "talk to the bank", by=maren)
    task.refresh_from_db()
    tasks.finish(task, by=ines, note="The bank forbids it.", outcome="declined")
    loop.refresh_from_db()
    assert loop.stage == Stage.DECLINED


def test_twice_is_once_and_another_insight_goes_along(
    board: Destination, insight: Insight, task: Task, maren: Any
) -> None:
    other = make_insight(2, 2)
    found = [adopt(each, board, str(task.pk), by=maren) for each in (insight, insight, other)]
    assert {loop.pk for loop in found} == {Loop.objects.get().pk}
    assert Attachment.objects.get().insight == other
    assert Handoff.objects.count() == 1


def test_the_task_of_a_hand_off_takes_another_insight_along(
    board: Destination, insight: Insight, maren: Any
) -> None:
    loop = loops.open_loop(insight, board.pivot, by=None)
    deliver()
    assert adopt(make_insight(2, 2), board, str(Task.objects.get().pk), by=maren) == loop
    assert Attachment.objects.get().loop == loop


def test_what_has_ended_or_is_not_theirs_changes_nothing(
    board: Destination, insight: Insight, task: Task, ines: Any, bo: Any, maren: Any
) -> None:
    elsewhere = tasks.add(insight, "Look at the shelf", bo, clock.now(), by=maren)
    tasks.finish(task, by=ines)
    for said in (str(task.pk), str(elsewhere.pk), "nothing"):
        with pytest.raises(Refused, match="has no open task"):
            adopt(insight, board, said, by=maren)
    assert not Loop.objects.exists()
