"""Who said something else that the same loop answers is told, too: once, about what they said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.experiences import again, joined, notices
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import MicroCluster, Theme
from pivotpoint.journal import record as journal
from pivotpoint.lib import clock
from pivotpoint.pivot import attach, follow
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.experiences.conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(mail: Any, now: Any, people: People) -> People:
    """Two more people with another insight."""
    more = People(mail, now, 8, "Refund never came")
    more.join("Una")
    more.join("Veit")
    return more


def test_both_insights_people_are_told_before_the_loop_is(
    change: Any, loop: Loop, others: People, maren: Any, sent: Any
) -> None:
    attach.attach(others.insight, loop, by=maren)
    sent()
    loop.refresh_from_db()
    assert loop.stage == "delivered"  # two do not know yet
    assert joined.draft_for_joiners() == 2
    assert joined.draft_for_joiners() == 0
    sent()
    loop.refresh_from_db()
    assert loop.stage == "told"
    assert notices.preview(loop).people == 5
    hers = Notice.objects.get(customer__name="Una")
    assert "Refund never came" in hers.subject + hers.text
    first = Notice.objects.exclude(customer__name__in=("Una", "Veit")).earliest("pk")
    assert "Charged twice" in first.subject + first.text


def test_who_joins_the_attached_insight_later_is_told_as_well(
    change: Any, loop: Loop, others: People, maren: Any, sent: Any
) -> None:
    attach.attach(others.insight, loop, by=maren)
    joined.draft_for_joiners()
    others.join("Wim")
    assert joined.draft_for_joiners() == 1


def test_when_it_is_undone_what_has_not_left_does_not_leave(
    change: Any, loop: Loop, others: People, maren: Any, sent: Callable[[], None]
) -> None:
    row = attach.attach(others.insight, loop, by=maren)
    joined.draft_for_joiners()
    assert Notice.objects.filter(loop=loop).count() == 5
    attach.detach(row, by=maren)
    journal.sweep()
    assert Notice.objects.filter(loop=loop).count() == 3
    joined.draft_for_joiners()
    sent()
    loop.refresh_from_db()
    assert loop.stage == "told"


def test_two_that_became_one_are_still_told_to_the_end(
    change: Any, loop: Loop, others: People, mail: Any, maren: Any, now: Any, sent: Any
) -> None:
    third = People(mail, now, 9, "Money is missing")
    third.join("Wim")
    for each in (others, third):
        attach.attach(each.insight, loop, by=maren)
    Theme.objects.filter(pk=9).update(merged_into=others.theme)
    MicroCluster.objects.filter(theme=9).update(theme=8)
    recount([8, 9])
    follow.follow_merged()
    assert joined.draft_for_joiners() == 3
    assert joined.draft_for_joiners() == 0
    sent()
    loop.refresh_from_db()
    assert loop.stage == "told"


def test_who_goes_on_saying_the_attached_thing_opens_the_loop_again(
    change: Any, loop: Loop, others: People, maren: Any, now: Any, sent: Any
) -> None:
    attach.attach(others.insight, loop, by=maren)
    joined.draft_for_joiners()
    sent()
    with clock.at(now + timedelta(days=9)):
        for _ in range(3):
            others.join(at=now + timedelta(days=8))
        assert again.reopen_where_people_still_join() == 1
    loop.refresh_from_db()
    assert loop.stage == "handed_over"
