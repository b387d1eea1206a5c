"""A person, a function's lead or a rota owns; whoever is away is stood in for; there is always exactly one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.accounts.leave import hand_over, leave
from pivotpoint.channels.models import Conversation
from pivotpoint.collaboration import tasks
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from pivotpoint.pivot import absences, edit, escalation_path, loops, rotas
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.models import Absence, Escalation, Loop, Pivot, Rota
from pivotpoint.pivot.owners import in_line, owner_for
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("ada", "now")
TODAY = date(2026, 11, 17)
WEEK = timedelta(days=6)


@pytest.fixture
def pivot(teams: Any, ines: Any, maren: Any) -> Pivot:
    return make_pivot(teams["finance"], ines)


def test_whose_turn_it_is_owns_what_comes_in(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, now: Any
) -> None:
    rotas.save(pivot, [joris, ines], by=maren, turn_days=7)
    edit.save({"owned_by": "rota"}, by=maren, pivot=pivot)
    assert loops.open_loop(make_insight(1), pivot, by=maren).owner == joris
    with clock.at(now + timedelta(days=7)):
        assert loops.open_loop(make_insight(2), pivot, by=maren).owner == ines
    with clock.at(now - timedelta(days=1)):
        assert owner_for(pivot) == ines
    assert [loop.owner for loop in Loop.objects.order_by("pk")] == [joris, ines]


def test_a_functions_rota_serves_its_pivots_that_have_none(
    pivot: Pivot, ines: Any, joris: Any, maren: Any
) -> None:
    edit.save({"owned_by": "rota"}, by=maren, pivot=pivot)
    assert owner_for(pivot) == ines  # no rota yet
    rotas.save(pivot.team, [joris], by=maren)
    assert owner_for(pivot) == joris
    own = rotas.save(pivot, [maren], by=maren)
    assert owner_for(pivot) == maren
    rotas.remove(own, by=maren)
    assert owner_for(pivot) == joris


def test_the_functions_lead_owns_when_the_pivot_says_so(
    pivot: Pivot, ines: Any, joris: Any, maren: Any
) -> None:
    edit.save({"owned_by": "team"}, by=maren, pivot=pivot)
    assert owner_for(pivot) == ines  # the function has no lead
    pivot.team.lead = joris
    pivot.team.save()
    assert owner_for(pivot) == joris


def test_a_rota_takes_only_people_who_can_own(pivot: Pivot, bo: Any, ines: Any, maren: Any) -> None:
    for people, why in (([], "needs people"), ([ines, ines], "one place"), ([bo], "may not act on loops")):
        with pytest.raises(Refused, match=why):
            rotas.save(pivot, people, by=maren)
    with pytest.raises(ValidationError):
        rotas.save(pivot, [ines], by=maren, turn_days=0)
    with pytest.raises(PermissionDenied):
        rotas.save(pivot, [ines], by=ines)
    assert not Rota.objects.exists()


def test_new_work_and_escalations_go_to_the_deputy(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, now: Any
) -> None:
    before = loops.open_loop(make_insight(1), pivot, by=maren)
    absences.note(ines, TODAY, TODAY + WEEK, joris, by=ines)
    passage = decide(make_insight(2))
    assert passage is not None
    assert passage.owner == joris
    assert loops.open_loop(make_insight(3), pivot, by=maren).owner == joris
    before.refresh_from_db()
    assert before.owner == ines  # what they had stays theirs
    edit.set_escalation(pivot, [{"after_hours": 0, "to": "person", "person": maren}], by=maren)
    absences.note(maren, TODAY, TODAY + WEEK, joris, by=maren)
    with clock.at(now + timedelta(hours=49)):
        escalate()
    assert Escalation.objects.get(loop=before).told == joris
    with clock.at(now + timedelta(days=7)):
        assert owner_for(pivot) == ines


def test_in_a_rota_the_next_one_stands_in(pivot: Pivot, ines: Any, joris: Any, maren: Any) -> None:
    rotas.save(pivot, [joris, maren, ines], by=maren)
    edit.save({"owned_by": "rota"}, by=maren, pivot=pivot)
    absences.note(joris, TODAY, TODAY, None, by=joris)
    assert owner_for(pivot) == maren


def test_a_deputy_who_is_away_has_a_deputy_too(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, ada: Any
) -> None:
    absences.note(ines, TODAY, TODAY, joris, by=ines)
    absences.note(joris, TODAY, TODAY, ada, by=joris)
    assert owner_for(pivot) == ada


def test_when_everybody_is_away_there_is_still_one_owner(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, ada: Any
) -> None:
    absences.note(ines, TODAY, TODAY, joris, by=ines)
    absences.note(joris, TODAY, TODAY, ines, by=joris)
    absences.note(maren, TODAY, TODAY, None, by=maren)
    absences.note(ada, TODAY, TODAY, None, by=ada)
    assert owner_for(pivot) == ines
    assert list(in_line(pivot)) == [ines, maren, ada]


def test_an_absence_is_ones_own_affair(ines: Any, joris: Any, maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        absences.note(ines, TODAY, TODAY, None, by=joris)
    row = absences.note(ines, TODAY, TODAY + WEEK, joris, by=maren, why="Ill")
    assert (row.set_by, str(row)) == (maren, "Ines Halloran is away until 23 November")
    with pytest.raises(PermissionDenied):
        absences.end(row, by=joris)
    absences.end(row, by=ines)
    assert not Absence.objects.on(TODAY).exists()
    assert Absence.objects.get().ended_by == ines


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(1, 0, "comes before"), (-3, -1, "over already"), (2, 5, "already; take that back first")],
)
def test_an_absence_that_cannot_be_is_refused(ines: Any, joris: Any, first: int, last: int, why: str) -> None:
    absences.note(ines, TODAY + timedelta(days=5), TODAY + timedelta(days=9), joris, by=ines)
    with pytest.raises(Refused, match=why):
        absences.note(ines, TODAY + timedelta(days=first), TODAY + timedelta(days=last), joris, by=ines)
    with pytest.raises(Refused, match="somebody else"):
        absences.note(joris, TODAY, TODAY, joris, by=joris)


@pytest.mark.django_db(transaction=True)
def test_all_open_work_is_handed_over_on_purpose(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, mail: Any, hanne: Any, now: Any
) -> None:
    loop = loops.open_loop(make_insight(1), pivot, by=maren)
    passage = decide(make_insight(2))
    task = tasks.add(loop.insight, "Ask the bank", ines, now, by=ines)
    talk = Conversation.objects.create(channel=mail, customer=hanne, thread="1", owner=ines, due_at=now)
    assert passage is not None
    hand_over(ines, joris, by=ines, reason="On parental leave.")
    beat.settle()
    for row in (loop, passage, task):
        row.refresh_from_db()
        assert row.owner == joris
    talk.refresh_from_db()
    assert talk.owner == ines  # Joris may not answer customers
    pivot.refresh_from_db()
    assert pivot.owner == ines
    assert loop.moves.last().reason == "On parental leave."  # type: ignore[union-attr]
    assert loop.moves.last().actor_name == "Ines Halloran"  # type: ignore[union-attr]


def test_nobody_hands_over_somebody_elses_work(ines: Any, joris: Any, victor: Any, maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        hand_over(ines, joris, by=joris)
    with pytest.raises(ValidationError, match="may own nothing"):
        hand_over(ines, victor, by=maren)
    with pytest.raises(ValidationError, match="somebody else"):
        hand_over(ines, ines, by=ines)


@pytest.mark.django_db(transaction=True)
def test_a_leavers_places_go_to_the_successor_or_close_up(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, ada: Any
) -> None:
    own = rotas.save(pivot, [ines, maren], by=maren)
    of_team = rotas.save(pivot.team, [joris, ines], by=maren)
    edit.set_escalation(pivot, [{"after_hours": 0, "to": "person", "person": ines}], by=maren)
    leave(ines, joris, by=ada)
    beat.settle()
    assert [turn.user for turn in own.turns.all()] == [joris, maren]
    assert [turn.user for turn in of_team.turns.all()] == [joris]
    assert escalation_path.path(pivot)[0].person == joris
