"""People find each other in an insight's room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.accounts.leave import leave
from pivotpoint.accounts.models import User
from pivotpoint.collaboration import experts, room, tasks
from pivotpoint.collaboration.mentions import mentioned
from pivotpoint.collaboration.models import Invitation, Task
from pivotpoint.insights.models import Theme
from pivotpoint.jobs import beat
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "cast")


def due() -> Any:
    return clock.now() + timedelta(days=3)


def test_whoever_is_named_finds_it_until_they_write(ines: Any, bo: Any) -> None:
    insight = make_insight()
    room.comment(insight, "@Bo Aramis, how long does a return take? cc @ines @nobody", by=ines)
    assert [c.text[:3] for c in room.unanswered(bo)] == ["@Bo"]
    assert not room.unanswered(ines)  # naming oneself is no question
    assert Event.objects.get(name="collaboration.commented").data["mentions"] == [bo.pk, ines.pk]
    with clock.at(clock.now() + timedelta(minutes=5)):
        room.comment(insight, "Two days.", by=bo)
    assert not room.unanswered(bo)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@bo and @Ines Halloran.", ["Bo Aramis", "Ines Halloran"]),
        ("@boat, mail bo@fjordhus.example", []),
        ("(@BO)", ["Bo Aramis"]),
        ("@bo @Bo Aramis", ["Bo Aramis"]),
        ("@ines.halloran", ["Ines Halloran"]),
        ("@pia", []),  # a partner who may not see this insight
        ("@ada @victor!", ["Ada Winther", "Victor Hale"]),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert [user.name for user in mentioned(text, make_insight())] == names


def test_a_first_name_that_two_share_names_nobody() -> None:
    User.objects.create_user("bo2@fjordhus.example", None, name="Bo Berg", role="agent")
    insight = make_insight()
    assert [user.name for user in mentioned("@bo @bo2 @Bo Berg", insight)] == ["Bo Aramis", "Bo Berg"]


def test_writing_needs_the_right_and_some_words(victor: Any, bo: Any) -> None:
    insight = make_insight()
    with pytest.raises(PermissionDenied):
        room.comment(insight, "Hello.", by=victor)
    with pytest.raises(Refused, match="Write 1 to 500 characters; this has 501"):
        room.decide(insight, "x" * 501, by=bo)
    with pytest.raises(Refused):
        room.comment(insight, "  ", by=bo)


def test_rooms_of_merged_insights_are_read_together(bo: Any, ines: Any) -> None:
    one, two, three = make_insight(1), make_insight(2), make_insight(3)
    room.comment(one, "Seen in the north.", by=bo)
    room.decide(two, "We pay at once.", by=ines)
    Theme.objects.filter(pk=1).update(merged_into=2)
    entered = room.enter(two, bo)
    assert (len(entered.comments), len(entered.decisions)) == (1, 1)
    Theme.objects.filter(pk=2).update(merged_into=3)
    entered = room.enter(three, bo)
    assert (len(entered.comments), len(entered.decisions)) == (1, 1), "through the one between, too"
    Theme.objects.filter(pk=1).update(merged_into=None)
    assert not room.enter(two, bo).comments


def test_an_invitation_is_answered_by_writing(bo: Any, ines: Any, pia: Any) -> None:
    insight = make_insight()
    room.invite(insight, bo, "Decided twice.", by=ines)
    room.invite(insight, bo, "Again.", by=ines)
    assert [asked.reason for asked in room.waiting_for(bo)] == ["Decided twice."]
    room.comment(insight, "Here I am.", by=bo)
    assert Invitation.objects.get().answered_at is not None
    assert Event.objects.filter(name="collaboration.joined").count() == 1
    with pytest.raises(Refused, match="Pia Lund may not see this insight"):
        room.invite(insight, pia, "", by=ines)


def test_a_task_has_an_owner_who_can(bo: Any, ines: Any, victor: Any) -> None:
    insight = make_insight()
    task = tasks.add(insight, "Count the returns", bo, due(), by=ines)
    assert (task.owner, task.team) == (bo, bo.team)
    with pytest.raises(Refused, match="Victor Hale cannot take a task"):
        tasks.add(insight, "Look on", victor, due(), by=ines)
    with pytest.raises(Refused, match="needs a title"):
        tasks.add(insight, " ", bo, due(), by=ines)
    tasks.finish(task, by=bo, note="412 of them.")
    tasks.finish(task, by=bo)
    assert Event.objects.filter(name="collaboration.task_done").count() == 1
    with pytest.raises(Refused, match="ends delivered or declined"):
        tasks.finish(task, by=bo, outcome="accepted")


def test_people_are_proposed_for_what_they_did_on_similar_matters(
    bo: Any, ines: Any, samir: Any, joris: Any, teams: Any, victor: Any
) -> None:
    asked, alike, other = make_insight(1), make_insight(2), make_insight(3, function="supply")
    for text in ("Pay at once.", "Write to all.", "Call the bank."):
        room.decide(alike, text, by=bo)
    room.comment(alike, "I saw two.", by=samir)
    room.comment(other, "Elsewhere.", by=joris)
    loop = loops.open_loop(alike, make_pivot(teams["finance"], ines), by=None)
    loops.accept(loop, by=ines)
    found = experts.find(asked, bo)
    assert [(p.user, p.reason) for p in found] == [
        (bo, "Decided 3 times about “Refund 2 does not arrive”"),
        (ines, "Moved the loop once about “Refund 2 does not arrive”"),
        (samir, "Commented once about “Refund 2 does not arrive”"),
    ]
    room.comment(asked, "I am here already.", by=bo)
    room.invite(asked, ines, found[1].reason, by=bo)
    samir.left_at, samir.is_active = clock.now(), False
    samir.save()
    assert experts.find(asked, bo) == []


def test_proposing_and_entering_cost_the_same_in_a_long_history(
    bo: Any, django_assert_max_num_queries: Any
) -> None:
    asked = make_insight(1)
    for number in range(2, 8):
        each = make_insight(number)
        for n in range(5):
            room.comment(each, f"Remark {n}.", by=bo)
            room.comment(asked, f"Remark {n}. @ines", by=bo)
    with django_assert_max_num_queries(9):
        experts.find(asked, bo)
    with django_assert_max_num_queries(5):
        room.enter(asked, bo)


@pytest.mark.django_db(transaction=True)
def test_a_leavers_tasks_go_on(bo: Any, joris: Any, victor: Any, ada: Any, maren: Any) -> None:
    insight = make_insight()
    task = tasks.add(insight, "Count the returns", bo, due(), by=joris)
    leave(bo, joris, by=ada)
    beat.settle()
    assert Task.objects.get(pk=task.pk).owner == joris
    leave(joris, victor, by=ada)  # a viewer cannot take it
    beat.settle()
    assert Task.objects.get(pk=task.pk).owner == maren
