"""Nothing overdue stays unsaid, and nothing stays with somebody who left."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied

from pivotpoint.accounts.leave import leave
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from pivotpoint.pivot import alarm, calendars, edit, loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.models import Escalation, Loop, StageMove
from pivotpoint.pivot.refused import Refused
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


def test_a_pivot_goes_its_own_path(loop: Loop, ines: Any, joris: Any, ada: Any, maren: Any, now: Any) -> None:
    steps = [
        {"after_hours": 2, "to": "owner"},
        {"after_hours": 10, "to": "person", "person": joris, "gives": True},
        {"after_hours": 20, "to": "administrator"},
    ]
    edit.set_escalation(loop.pivot, steps, by=maren)
    due = now + timedelta(hours=48)
    with clock.at(due + timedelta(hours=1)):
        assert escalate() == 0
    for hours in (2, 10, 20, 300):
        with clock.at(due + timedelta(hours=hours)):
            assert escalate() == (hours < 300)
            assert escalate() == 0
    rows = Escalation.objects.order_by("level")
    # Ines owns the pivot and the loop: the next in line is told instead.
    assert [(row.told, row.gives) for row in rows] == [(maren, False), (joris, True), (ada, False)]
    loop.refresh_from_db()
    assert (loop.owner, loop.escalate_at, loop.due_at) == (joris, None, due)


def test_who_was_told_late_still_has_the_time_between_two_steps(loop: Loop, now: Any) -> None:
    with clock.at(now + timedelta(days=30)):  # nobody looked for a month
        assert escalate() == 1
        assert escalate() == 0
    with clock.at(now + timedelta(days=31)):
        assert escalate() == 1


def test_steps_count_in_the_pivots_hours(loop: Loop, maren: Any, now: Any) -> None:
    office = calendars.save("Office", "UTC", ["9-17"] * 5 + ["", ""], "", by=maren)
    edit.save({"calendar": office}, by=maren, pivot=loop.pivot)
    due = now + timedelta(hours=48)  # set before there was a calendar: Thursday, nine o'clock
    with clock.at(due + timedelta(minutes=1)):
        assert escalate() == 1
    with clock.at(due + timedelta(days=1, hours=8)):
        assert escalate() == 0  # 16 of the 24 hours
    with clock.at(due + timedelta(days=4, hours=8)):
        assert escalate() == 0  # Monday at five: all but the minute in which nobody looked
    with clock.at(due + timedelta(days=5, minutes=1)):
        assert escalate() == 1


def test_another_path_is_gone_from_where_a_loop_is(loop: Loop, ines: Any, maren: Any, now: Any) -> None:
    with clock.at(now + timedelta(hours=49)):
        escalate()
        edit.set_escalation(loop.pivot, [{"after_hours": 0, "to": "lead"}], by=maren)
    with clock.at(now + timedelta(hours=500)):
        assert escalate() == 0
        edit.set_escalation(loop.pivot, [], by=maren)  # the usual one
        assert escalate() == 1
    assert Escalation.objects.count() == 2


def test_a_path_that_leads_nowhere_is_refused(loop: Loop, bo: Any, ines: Any, maren: Any) -> None:
    late, early = {"after_hours": 5, "to": "lead"}, {"after_hours": 1, "to": "next"}
    for steps, why in (
        ([late, early], "after the one before"),
        ([{"after_hours": 0, "to": "mars"}], "is nobody"),
        ([{"after_hours": 0, "to": "person"}], "which person"),
        ([{"after_hours": 0, "to": "person", "person": bo}], "may not act on loops"),
        ([early] * 9, "8 steps at most"),
    ):
        with pytest.raises(Refused, match=why):
            edit.set_escalation(loop.pivot, steps, by=maren)
    with pytest.raises(PermissionDenied):
        edit.set_escalation(loop.pivot, [late], by=ines)


def test_a_loop_from_before_there_were_paths_is_escalated(loop: Loop, now: Any) -> None:
    Loop.objects.update(escalate_at=None)
    with clock.at(now + timedelta(hours=49)):
        assert escalate() == 1
        assert escalate() == 0


def test_what_was_escalated_before_there_were_paths_goes_on_from_there(loop: Loop, now: Any) -> None:
    with clock.at(now + timedelta(hours=49)):
        escalate()
    Loop.objects.update(escalate_at=None)  # as the column was when it came
    import_module("pivotpoint.pivot.migrations.0004_escalated_before").plan(apps, None)
    with clock.at(now + timedelta(hours=72)):
        assert escalate() == 0
    with clock.at(now + timedelta(hours=74)):
        assert escalate() == 1
    Escalation.objects.update(gives=False)
    import_module("pivotpoint.pivot.migrations.0004_escalated_before").plan(apps, None)
    assert list(Escalation.objects.values_list("level", "gives")) == [(1, False), (2, True)]
    loop.refresh_from_db()
    assert loop.escalate_at is None
