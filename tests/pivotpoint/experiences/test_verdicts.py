""" "Did it help?": the answers confirm a loop or open it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.experiences import again, links, verdicts
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.experiences.verdicts import Tally
from pivotpoint.journal import record as journal
from pivotpoint.journal.models import Event
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.experiences.conftest import People, record

pytestmark = pytest.mark.django_db


def answer(loop: Loop, *answers: str) -> str:
    """The people answer in turn; the loop's stage afterwards."""
    for notice, said in zip(Notice.objects.filter(loop=loop).order_by("pk"), answers, strict=False):
        verdicts.give(notice, said)
    journal.sweep()
    loop.refresh_from_db()
    return loop.stage


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ((), "told"),
        (("helped", "helped"), "told"),
        (("helped", "helped", "helped"), "confirmed"),
        (("helped", "helped", "not"), "confirmed"),
        (("helped", "partly", "partly"), "told"),
        (("not",), "handed_over"),
        (("not", "not", "helped"), "handed_over"),
        (("partly", "partly", "partly"), "told"),
    ],
)
def test_the_majority_decides(
    answers: tuple[str, ...], stage: str, change: Any, loop: Loop, sent: Any
) -> None:
    sent()
    assert answer(loop, *answers) == stage


@pytest.mark.parametrize(
    ("tally", "confirms", "reopens"),
    [
        (Tally(100, 3, 0, 0), True, False),
        (Tally(100, 2, 0, 0), False, False),
        (Tally(2, 2, 0, 0), True, False),
        (Tally(100, 0, 0, 2), False, False),
        (Tally(100, 0, 0, 3), False, True),
        (Tally(100, 2, 0, 2), False, False),
        (Tally(8, 0, 0, 1), False, False),
        (Tally(8, 0, 0, 2), False, True),
        (Tally(4, 0, 0, 1), False, True),
        (Tally(0, 0, 0, 0), False, False),
    ],
)
def test_how_many_answers_are_enough(tally: Tally, confirms: bool, reopens: bool) -> None:
    assert (tally.confirms(3), tally.reopens()) == (confirms, reopens)


def test_a_reopened_loop_says_why(change: Any, loop: Loop, sent: Any) -> None:
    sent()
    answer(loop, "not", "not", "not")
    move = loop.moves.filter(reopened=True).get()
    assert move.reason == "3 of 3 who answered say that it did not help."


def test_what_was_answered_before_a_reopening_does_not_settle_the_next_delivery(
    change: Any, loop: Loop, sent: Any, ines: Any, now: Any
) -> None:
    sent()
    answer(loop, "not", "not", "not")
    loops.deliver(loop, by=ines, reason="Their system says that it is done.")
    sent()
    journal.sweep()
    loop.refresh_from_db()
    assert (loop.stage, loop.times_reopened) == ("delivered", 1)
    record(loop, ines, now)
    sent()
    assert answer(loop) == "told"
    assert Notice.objects.filter(loop=loop, state="told").count() == 6


def test_the_last_answer_of_a_person_counts_and_each_is_kept(change: Any, loop: Loop, sent: Any) -> None:
    sent()
    notice = Notice.objects.earliest("pk")
    verdicts.give(notice, "partly")
    verdicts.give(notice, "helped")
    verdicts.give(notice, "helped")
    assert Verdict.objects.count() == 2
    assert verdicts.tally(loop) == Tally(told=3, helped=1, partly=0, did_not=0)


def test_answers_before_the_last_person_is_told_confirm_afterwards(
    change: Any, loop: Loop, sent: Any
) -> None:
    Notice.objects.update(state="queued")
    assert answer(loop, "helped", "helped", "helped") == "delivered"
    Notice.objects.update(state="approved")
    sent()
    journal.sweep()
    loop.refresh_from_db()
    assert loop.stage == "confirmed"


def test_the_customer_is_named_in_the_journal(change: Any, loop: Loop, sent: Any) -> None:
    sent()
    notice = Notice.objects.earliest("pk")
    verdicts.give(notice, "helped")
    event = Event.objects.get(name="experiences.verdict_given")
    assert (event.actor_kind, event.actor_id) == ("customer", notice.customer_id)


def test_what_cannot_be_judged(change: Any, loop: Loop) -> None:
    notice = Notice.objects.earliest("pk")
    with pytest.raises(Refused, match="has not left yet"):
        verdicts.give(notice, "helped")
    with pytest.raises(Refused, match="helped, partly or not"):
        verdicts.give(notice, "great")


def test_three_new_people_after_the_change_reopen_the_loop(
    change: Any, loop: Loop, people: People, sent: Any, now: Any
) -> None:
    sent()
    for days in (4, 5):
        people.join(at=now + timedelta(days=days))
    people.join(at=now + timedelta(days=2))
    assert again.reopen_where_people_still_join() == 0
    people.join(at=now + timedelta(days=6))
    assert again.reopen_where_people_still_join() == 1
    assert again.reopen_where_people_still_join() == 0
    loop.refresh_from_db()
    assert loop.stage == "handed_over"
    assert "3 more people" in loop.moves.filter(reopened=True).get().reason


def test_a_person_who_says_it_again_is_not_a_new_one(
    change: Any, loop: Loop, people: People, sent: Any, now: Any
) -> None:
    sent()
    customer = Notice.objects.earliest("pk").customer
    for days in (4, 5, 6):
        people.join(customer=customer, at=now + timedelta(days=days))
    assert again.reopen_where_people_still_join() == 0


def test_a_link_opens_its_own_notice_only(change: Any) -> None:
    first, second = Notice.objects.order_by("pk")[:2]
    token = links.token(first)
    assert links.find(token) == first
    assert links.find(token.replace(f"n{first.pk}.", f"n{second.pk}.")) is None
    assert links.find("n") is None
    assert links.find("") is None
    assert links.follow(first).endswith(f"/portal/follow/{token}/")


def test_what_was_taken_back_or_is_open_again_is_not_judged_by_any_door(
    change: Any, loop: Loop, sent: Any, ines: Any
) -> None:
    sent()
    notice = Notice.objects.earliest("pk")
    loops.reopen(loop, "It came back.", by=ines)
    notice.refresh_from_db()
    with pytest.raises(Refused, match="not live any more"):
        verdicts.give(notice, "helped")
    assert not Verdict.objects.exists()
