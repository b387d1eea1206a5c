"""A change is recorded: loops are delivered and everyone behind them gets a notice, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.experiences import changes, notices
from pivotpoint.experiences.models import Notice
from pivotpoint.journal.models import Event
from pivotpoint.pivot import loops, stages
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.experiences.conftest import People, record

pytestmark = pytest.mark.django_db


def test_a_change_delivers_its_loop_and_drafts_a_notice_for_everyone(change: Any, loop: Loop) -> None:
    loop.refresh_from_db()
    assert loop.stage == "delivered"
    assert Notice.objects.filter(loop=loop, change=change).count() == 3


def test_a_notice_is_in_the_words_of_the_change_with_a_place_for_the_link(change: Any) -> None:
    notice = Notice.objects.first()
    assert notice is not None
    assert "The second charge is blocked before it leaves." in notice.text
    assert "Person 1" in notice.text
    assert "Fjordhus" in notice.text
    assert "{link}" in notice.text
    assert notice.text.count("{") == 1


def test_a_german_customer_is_told_in_german(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any
) -> None:
    people.join(language="de")
    record(loops.open_loop(people.insight, pivot, by=maren), ines, now)
    assert Notice.objects.get().text.startswith("Guten Tag")


def test_a_customer_without_a_name_is_greeted_without_a_gap(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any
) -> None:
    customer = people.join()
    type(customer).objects.update(name="")
    record(loops.open_loop(people.insight, pivot, by=maren), ines, now)
    assert Notice.objects.get().text.startswith("Hello,\n")


def test_drafting_again_tells_nobody_twice(change: Any, loop: Loop) -> None:
    assert notices.draft(loop, change) == 0
    assert Notice.objects.count() == 3


def test_who_did_not_consent_is_skipped_with_the_reason(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any
) -> None:
    people.join(consents=False)
    loop = loops.open_loop(people.insight, pivot, by=maren)
    record(loop, ines, now)
    notice = Notice.objects.get()
    assert (notice.state, notice.channel) == ("skipped", None)
    assert "consent" in notice.why_not
    assert notices.preview(loop).why_not == {notice.why_not: 1}


@pytest.mark.parametrize(
    ("policy", "state"), [("free", "approved"), ("approved", "draft"), ("none", "skipped")]
)
def test_the_channel_s_policy_says_who_lets_it_out(
    policy: str, state: str, loop: Loop, people: People, ines: Any, now: Any
) -> None:
    people.channel.notices = policy
    people.channel.save()
    record(loop, ines, now)
    assert set(Notice.objects.values_list("state", flat=True)) == {state}


def test_one_change_for_two_loops_tells_a_person_once(
    people: People, loop: Loop, teams: Any, joris: Any, ines: Any, maren: Any, now: Any
) -> None:
    other = type(loop.pivot).objects.create(name="Payments → Supply", team=teams["supply"], owner=joris)
    second = loops.open_loop(people.insight, other, by=maren)
    changes.record(title="One", what="Done.", live_since=now.date(), loops=[loop, second], by=ines)
    assert Notice.objects.filter(state="approved").count() == 3
    assert set(Notice.objects.filter(loop=second).values_list("state", flat=True)) == {"skipped"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": " "}, "Say what changed"),
        ({"what": ""}, "Say what changed"),
        ({"loops": []}, "at least one loop"),
        ({"live_since": datetime(2026, 12, 24).date()}, "still to come"),
    ],
)
def test_bad_input_gets_one_sentence(more: Any, sentence: str, loop: Loop, ines: Any, now: Any) -> None:
    asked = {"title": "One", "what": "Done.", "live_since": now.date(), "loops": [loop], **more}
    with pytest.raises(Refused, match=sentence):
        changes.record(by=ines, **asked)


def test_a_declined_loop_takes_no_change(loop: Loop, ines: Any, now: Any) -> None:
    loops.decline(loop, "It costs more than it saves.", by=ines)
    with pytest.raises(Refused, match="reopen it first"):
        record(loop, ines, now)


def test_an_agent_may_not_record_a_change(loop: Loop, samir: Any, now: Any) -> None:
    with pytest.raises(PermissionDenied):
        record(loop, samir, now)


def test_taking_a_change_back_holds_its_notices_and_reopens_the_loop(
    change: Any, loop: Loop, ines: Any
) -> None:
    changes.take_back(change, "It charged people three times.", by=ines)
    loop.refresh_from_db()
    assert loop.stage == "handed_over"
    assert set(Notice.objects.values_list("state", flat=True)) == {"skipped"}


def test_a_preview_before_the_change_says_what_would_be(loop: Loop, people: People) -> None:
    people.join(consents=False)
    preview = notices.preview(loop)
    assert (preview.people, preview.drafted) == (4, False)
    assert preview.channels == {"E-mail": 3}
    assert sum(preview.why_not.values()) == 1


def test_drafting_takes_as_many_statements_for_many_as_for_few(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any, django_assert_max_num_queries: Any
) -> None:
    loop = loops.open_loop(people.insight, pivot, by=maren)
    for _ in range(25):
        people.join()
    loops.deliver(loop, by=ines)
    from pivotpoint.experiences.models import Change

    change = Change.objects.create(title="One", what="Done.", live_since=now.date() - timedelta(days=1))
    with django_assert_max_num_queries(25):
        assert notices.draft(loop, change) == 25


def test_a_change_that_is_there_settles_a_later_loop_once(
    change: Any, loop: Loop, people: People, pivot: Any, ines: Any, maren: Any
) -> None:
    stages.advance(loop, "told", ines)
    stages.advance(loop, "confirmed", ines)
    later = loops.open_loop(people.insight, pivot, by=maren)
    newcomer = people.join()

    changes.settle(change, [later], by=ines)
    changes.settle(change, [later], by=ines)
    later.refresh_from_db()
    assert later.stage == "delivered"
    assert set(change.loops.all()) == {loop, later}
    assert Notice.objects.get(loop=later, customer=newcomer).state != "skipped"
    assert Event.objects.filter(name="experiences.change_settles").count() == 1


def test_a_loop_that_was_delivered_elsewhere_is_told_by_a_change_that_is_there(
    change: Any, people: People, pivot: Any, ines: Any, maren: Any, loop: Loop
) -> None:
    stages.advance(loop, "told", ines)
    stages.advance(loop, "confirmed", ines)
    later = loops.open_loop(people.insight, pivot, by=maren)
    loops.deliver(later, by=ines)
    assert not Notice.objects.filter(loop=later).exists()
    changes.settle(change, [later], by=ines)
    assert Notice.objects.filter(loop=later).count() == 3


def test_a_change_that_was_taken_back_settles_nothing_more(
    change: Any, loop: Loop, ines: Any, people: People, pivot: Any
) -> None:
    changes.take_back(change, "It broke.", by=ines)
    with pytest.raises(Refused, match="was taken back"):
        changes.settle(change, [loop], by=ines)


def test_who_may_not_record_a_change_settles_nothing(change: Any, loop: Loop, victor: Any) -> None:
    with pytest.raises(PermissionDenied):
        changes.settle(change, [loop], by=victor)
