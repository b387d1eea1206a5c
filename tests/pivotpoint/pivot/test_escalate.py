"""Nothing overdue stays unsaid, and nothing stays with somebody who left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from pivotpoint.accounts.leave import leave
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from pivotpoint.pivot import alarm, loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.models import Escalation, Loop, StageMove
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("ada")


@pytest.fixture
def loop(teams: Any, ines: Any, maren: Any, now: Any) -> Loop:
    return loops.open_loop(make_insight(), make_pivot(teams["finance"], ines), by=maren)


def test_the_first_escalation_tells_and_does_not_move(loop: Loop, ines: Any, maren: Any, now: Any) -> None:
    assert escalate() == 0
    with clock.at(now + timedelta(hours=49)):
        assert escalate() == 1
        assert escalate() == 0
        assert alarm.mail() == 1
        assert alarm.mail() == 0
    loop.refresh_from_db()
    assert (loop.owner, loop.escalated_at) == (ines, now + timedelta(hours=49))
    letter = mail.outbox[0]
    assert letter.to == [maren.email]
    assert "was due on 19 November 2026 at 09:00" in letter.body
    assert "Ines Halloran owns it." in letter.body


def test_the_teams_lead_is_told_before_anybody_else(loop: Loop, joris: Any, teams: Any, now: Any) -> None:
    teams["finance"].lead = joris
    teams["finance"].save()
    with clock.at(now + timedelta(hours=49)):
        escalate()
    assert Escalation.objects.get().told == joris


def test_the_second_escalation_gives_it_to_the_next_in_line(loop: Loop, maren: Any, now: Any) -> None:
    with clock.at(now + timedelta(hours=49)):
        escalate()
    with clock.at(now + timedelta(hours=72)):
        assert escalate() == 0
    with clock.at(now + timedelta(hours=74)):
        assert escalate() == 1
        assert escalate() == 0
    loop.refresh_from_db()
    assert loop.owner == maren
    assert loop.due_at == now + timedelta(hours=48)  # late stays late
    assert StageMove.objects.last().reason == "Overdue and escalated twice."  # type: ignore[union-attr]
    assert list(Escalation.objects.values_list("level", flat=True)) == [1, 2]


def test_a_step_forward_begins_anew(loop: Loop, ines: Any, now: Any) -> None:
    with clock.at(now + timedelta(hours=49)):
        escalate()
        loops.accept(loop, by=ines)
        assert escalate() == 0
    with clock.at(now + timedelta(hours=49 + 337)):
        assert escalate() == 1
    assert Escalation.objects.filter(level=1).count() == 2


def test_an_alarm_that_cannot_be_sent_is_tried_again(loop: Loop, now: Any, monkeypatch: Any) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError("no mail server")

    with clock.at(now + timedelta(hours=49)):
        escalate()
        with monkeypatch.context() as patched:
            patched.setattr("django.core.mail.EmailMessage.send", refuse)
            alarm.mail()
            assert alarm.mail() == 0  # the lease holds
    assert Escalation.objects.get().error == "no mail server"
    with clock.at(now + timedelta(hours=50)):
        assert alarm.mail() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_leavers_work_moves(loop: Loop, ines: Any, joris: Any, ada: Any) -> None:
    passage = decide(make_insight(2))
    assert passage is not None
    leave(ines, joris, by=ada)
    beat.settle()
    for row in (loop, loop.pivot, passage):
        row.refresh_from_db()
        assert row.owner == joris
    assert loop.moves.last().reason == "Ines Halloran has left."  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_a_successor_who_may_not_act_passes_it_on(
    loop: Loop, ines: Any, bo: Any, ada: Any, maren: Any
) -> None:
    leave(ines, bo, by=ada)
    beat.settle()
    loop.refresh_from_db()
    assert loop.owner == maren
