"""A loop from its opening to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.insights.models import Theme
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import loops, stages
from pivotpoint.pivot.models import Handoff, Loop, Passage, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def pivot(teams: Any, ines: Any, maren: Any) -> Any:
    return make_pivot(teams["finance"], ines)


@pytest.fixture
def loop(pivot: Any, maren: Any) -> Loop:
    return loops.open_loop(make_insight(), pivot, by=maren, why="Three people wait.")


def test_opening_hands_over_to_the_pivots_owner_with_a_due_date(loop: Loop, ines: Any, now: Any) -> None:
    assert (loop.stage, loop.owner) == (Stage.HANDED_OVER, ines)
    assert loop.due_at == now + timedelta(hours=48)
    assert [move.stage for move in loop.moves.all()] == [Stage.HEARD, Stage.HANDED_OVER]
    assert Handoff.objects.get(loop=loop).key == f"loop-{loop.pk}-{Handoff.objects.get().destination_id}-1"
    assert Passage.objects.get(insight=loop.insight).state == Passage.State.PASSED


def test_opening_twice_is_opening_once(loop: Loop, pivot: Any, maren: Any) -> None:
    assert loops.open_loop(loop.insight, pivot, by=maren).pk == loop.pk
    assert Handoff.objects.count() == 1


def test_the_way_forward_ends_confirmed_and_closed(loop: Loop, ines: Any) -> None:
    loops.accept(loop, by=ines)
    accepted_due = loop.due_at
    loops.start(loop, by=ines)
    assert loop.due_at == accepted_due  # the change is due when it was due, however late it was begun
    loops.deliver(loop, by=ines)
    loops.told(loop)
    loops.confirmed(loop)
    assert loop.stage == Stage.CONFIRMED
    assert loop.closed_at is not None
    assert Event.objects.filter(name="pivot.loop_closed").count() == 1


def test_the_same_step_again_changes_nothing(loop: Loop, ines: Any) -> None:
    loops.accept(loop, by=ines)
    loops.accept(loop, by=ines)
    assert loop.moves.filter(stage=Stage.ACCEPTED).count() == 1


def test_a_step_that_cannot_follow_is_refused_in_a_sentence(loop: Loop, ines: Any) -> None:
    with pytest.raises(Refused, match=r"is “Handed over”; “Told” cannot follow"):
        loops.told(loop)
    loops.deliver(loop, by=ines)
    with pytest.raises(Refused, match="“Accepted” cannot follow"):
        loops.accept(loop, by=ines)


def test_a_declined_loop_needs_a_reason_and_closes_when_all_are_told(loop: Loop, ines: Any) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        loops.decline(loop, " ", by=ines)
    loops.decline(loop, "The law forbids it.", by=ines)
    assert loop.closed_at is None
    loops.told(loop)
    assert loop.stage == Stage.DECLINED
    assert loop.closed_at is not None
    assert Event.objects.filter(name="pivot.loop_declined").get().data["reason"] == "The law forbids it."


def test_reopening_hands_over_again(loop: Loop, ines: Any, maren: Any) -> None:
    loops.deliver(loop, by=ines)
    with pytest.raises(Refused, match="needs a reason"):
        loops.reopen(loop, "", by=maren)
    loops.reopen(loop, "It did not help.", by=None)
    assert (loop.stage, loop.times_reopened) == (Stage.HANDED_OVER, 1)
    assert loop.moves.last().reopened  # type: ignore[union-attr]
    assert [h.key[-1] for h in Handoff.objects.order_by("pk")] == ["1", "2"]
    with pytest.raises(Refused, match="under way"):
        loops.reopen(loop, "Again.", by=maren)


def test_a_closed_loop_is_not_reopened_beside_an_open_one(loop: Loop, pivot: Any, maren: Any) -> None:
    loops.decline(loop, "Not now.", by=maren)
    loops.told(loop)
    other = loops.open_loop(loop.insight, pivot, by=maren)
    assert other.pk != loop.pk
    with pytest.raises(Refused, match=f"already open as loop {other.pk}"):
        loops.reopen(loop, "More people came.", by=None)


def test_who_may_not_act_is_refused(loop: Loop, victor: Any, bo: Any, samir: Any, pivot: Any) -> None:
    with pytest.raises(PermissionDenied):
        loops.accept(loop, by=victor)
    with pytest.raises(PermissionDenied):
        loops.open_loop(make_insight(2), pivot, by=samir)
    with pytest.raises(Refused, match="Bo Aramis may not act on loops"):
        loops.reassign(loop, bo, by=loop.owner)


def test_a_new_owner_is_a_row_too(loop: Loop, joris: Any, ines: Any) -> None:
    due = loop.due_at
    loops.reassign(loop, joris, by=ines, reason="It is the warehouse.")
    move = loop.moves.last()
    assert move is not None
    assert (move.owner, move.stage, move.reason) == (joris, Stage.HANDED_OVER, "It is the warehouse.")
    assert loop.due_at == due


def test_an_insight_that_was_merged_away_opens_at_the_survivor(pivot: Any, maren: Any) -> None:
    gone, kept = make_insight(1), make_insight(2)
    Theme.objects.filter(pk=1).update(merged_into=2)
    gone.refresh_from_db()
    assert loops.open_loop(gone, pivot, by=maren).insight == kept


def test_a_due_date_may_be_given_and_lies_ahead(loop: Loop, ines: Any) -> None:
    with pytest.raises(Refused, match="has passed already"):
        loops.accept(loop, by=ines, due_at=clock.now() - timedelta(hours=1))
    later = clock.now() + timedelta(days=90)
    assert loops.accept(loop, by=ines, due_at=later).due_at == later


def test_what_stays_inside_is_not_what_those_who_asked_are_told(loop: Loop, ines: Any) -> None:
    loops.decline(loop, "We cannot do it this year.", by=ines, inside="The supplier is insolvent.")
    move = loop.moves.last()
    assert move is not None
    assert (move.reason, move.told) == ("The supplier is insolvent.", "We cannot do it this year.")
    assert loops.unsaid(loop) is None
    with pytest.raises(Refused, match="Nothing is left to be said"):
        loops.say_why(loop, "Another word.", by=ines)


def test_who_declines_with_a_note_for_us_leaves_the_words_to_the_owner(loop: Loop, ines: Any) -> None:
    stages.advance(loop, "declined", None, reason="Customer is a known complainer.")
    assert loops.unsaid(loop) is not None
    with pytest.raises(Refused, match="in words for the people who asked"):
        loops.say_why(loop, "  ", by=ines)
    loops.say_why(loop, "The law sets this fee.", by=ines)
    move = loop.moves.last()
    assert move is not None
    assert (move.reason, move.told) == ("Customer is a known complainer.", "The law sets this fee.")
    assert Event.objects.about(loop).filter(name="pivot.decline_worded").count() == 1
