"""Law 3: whoever leaves, nothing that is open stays theirs, in any stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.accounts.leave import leave
from pivotpoint.accounts.models import Team
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import Conversation
from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.journal import record as journal
from pivotpoint.pivot import loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Loop, Passage, Pivot
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.django_db


def open_work() -> dict[str, Any]:
    """Everything that is open and has somebody who answers for it: the rows, and the name of that field."""
    return {
        "conversation": (Conversation.objects.open(), "owner"),
        "loop": (Loop.objects.open(), "owner"),
        "passage": (Passage.objects.waiting(), "owner"),
        "pivot": (Pivot.objects.live(), "owner"),
        "task": (Task.objects.open(), "owner"),
        "team": (Team.objects.exclude(lead=None), "lead"),
    }


def test_whoever_leaves_nothing_that_is_open_stays_theirs(
    teams: dict[str, Any], ines: Any, maren: Any, form: Any, now: Any
) -> None:
    Team.objects.filter(pk=teams["finance"].pk).update(lead=ines)
    pivot = make_pivot(teams["finance"], ines, gate="checked")
    waiting, insight = make_insight(1), make_insight(2)
    decide(waiting)
    loops.open_loop(insight, pivot, by=maren, owner=ines)
    tasks.add(insight, "Look at the books", ines, now + timedelta(days=1), by=maren)
    receive(form, [Inbound("1", "My refund is late.", email="hanne@home.example")])
    Conversation.objects.update(owner=ines)
    for kind, (rows, field) in open_work().items():
        assert rows.filter(**{field: ines}).exists(), f"nothing of the kind {kind} was theirs"

    leave(ines, maren, by=None)
    journal.sweep()

    for kind, (rows, field) in open_work().items():
        assert rows.exists(), f"the {kind} is gone"
        assert not rows.filter(**{field: ines}).exists(), f"a {kind} is still theirs"
        assert not rows.filter(**{field: None}).exists()
