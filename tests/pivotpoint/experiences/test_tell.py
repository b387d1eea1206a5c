"""Notices leave once, with consent, within policy; when all are through, the loop is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.channels.models import Delivery
from pivotpoint.channels.sending import send_due
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Purpose
from pivotpoint.experiences import joined, notices, tell
from pivotpoint.experiences.models import Notice
from pivotpoint.journal import record as journal
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops, stages
from pivotpoint.pivot.models import Loop, Pivot
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.experiences.conftest import People, record

pytestmark = pytest.mark.django_db
States = Callable[[], list[str]]


def test_an_approved_notice_leaves_with_the_person_s_own_link(change: Any, states: States) -> None:
    tell.send()
    assert states() == ["queued"] * 3
    first, second = Delivery.objects.order_by("pk")[:2]
    assert "{link}" not in first.text
    assert "/portal/follow/" in first.text
    assert first.text != second.text


def test_sending_twice_writes_one_delivery_a_notice(change: Any) -> None:
    tell.send()
    Notice.objects.update(state="approved")
    tell.send()
    assert Delivery.objects.count() == 3


def test_when_everybody_is_told_so_is_the_loop(change: Any, loop: Loop, states: States, sent: Any) -> None:
    sent()
    loop.refresh_from_db()
    assert states() == ["told"] * 3
    assert loop.stage == "told"
    assert Event.objects.get(name="experiences.everyone_told").data == {"told": 3, "people": 3}


def test_a_loop_is_not_told_while_somebody_waits(change: Any, loop: Loop, states: States, sent: Any) -> None:
    Notice.objects.filter(pk=Notice.objects.earliest("pk").pk).update(state="draft")
    sent()
    loop.refresh_from_db()
    assert loop.stage == "delivered"


def test_a_loop_is_not_told_while_somebody_has_no_notice(
    change: Any, loop: Loop, people: People, sent: Any
) -> None:
    people.join()
    sent()
    loop.refresh_from_db()
    assert loop.stage == "delivered"


def test_a_declined_loop_tells_the_reason_and_closes(loop: Loop, ines: Any, sent: Any) -> None:
    loops.decline(loop, "Banks book it back within two days.", by=ines)
    journal.sweep()
    sent()
    loop.refresh_from_db()
    assert loop.closed_at is not None
    assert {"Banks book it back within two days." in d.text for d in Delivery.objects.all()} == {True}


def test_a_note_for_us_is_told_to_nobody_before_somebody_has_found_words_for_it(
    loop: Loop, ines: Any, sent: Any
) -> None:
    stages.advance(loop, "declined", None, reason="Known complainers; the margin is too thin.")
    journal.sweep()
    sent()
    loop.refresh_from_db()
    assert not Notice.objects.exists() and loop.closed_at is None
    loops.say_why(loop, "The fee is set by law.", by=ines)
    journal.sweep()
    sent()
    loop.refresh_from_db()
    assert loop.closed_at is not None
    texts = [delivery.text for delivery in Delivery.objects.all()]
    assert len(texts) == 3
    assert all("The fee is set by law." in text and "margin" not in text for text in texts)


def test_a_loop_declined_twice_tells_each_person_once(loop: Loop, ines: Any, sent: Any) -> None:
    for _ in range(2):
        loops.decline(loop, "Not now.", by=ines)
        journal.sweep()
        sent()
        loops.reopen(loop, "They asked again.", by=ines)
    assert Notice.objects.filter(state="told").count() == 3


def test_a_declining_that_was_held_is_told_with_the_later_reason(
    loop: Loop, people: People, ines: Any
) -> None:
    people.channel.notices = "approved"
    people.channel.save()
    for reason in ("Too dear.", "Not allowed by law."):
        loops.decline(loop, reason, by=ines)
        journal.sweep()
        if reason == "Too dear.":
            loops.reopen(loop, "Think again.", by=ines)
            journal.sweep()
    assert Notice.objects.filter(state="draft", text__contains="Not allowed by law.").count() == 3


def test_who_joins_after_the_telling_is_told_too(
    change: Any, people: People, sent: Any, states: States
) -> None:
    sent()
    people.join("Late Lotte")
    assert joined.draft_for_joiners() == 1
    assert joined.draft_for_joiners() == 0
    sent()
    assert states() == ["told"] * 4


def test_a_withdrawn_consent_stops_an_approved_notice(change: Any, states: States, sent: Any) -> None:
    customer = Notice.objects.earliest("pk").customer
    consent.withdraw(customer, Purpose.NOTICE, source="phone")
    journal.sweep()
    sent()
    assert states() == ["skipped", "told", "told"]
    assert "withdrawn" in Notice.objects.earliest("pk").why_not


def test_a_withdrawn_consent_stops_a_queued_notice(change: Any, states: States) -> None:
    tell.send()
    customer = Notice.objects.earliest("pk").customer
    consent.withdraw(customer, Purpose.NOTICE, source="phone")
    journal.sweep()
    tell.take_outcomes()
    assert states()[0] == "skipped"
    assert Notice.objects.earliest("pk").delivery.state == "stopped"  # type: ignore[union-attr]


def test_who_says_yes_after_the_telling_is_told(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any, sent: Any
) -> None:
    customer = people.join(consents=False)
    loop = loops.open_loop(people.insight, pivot, by=maren)
    record(loop, ines, now)
    assert joined.try_again_after_a_yes() == 0
    with clock.at(now + timedelta(hours=1)):
        consent.give(customer, Purpose.NOTICE, source="phone")
        assert joined.try_again_after_a_yes() == 1
        assert joined.draft_for_joiners() == 1
        assert joined.try_again_after_a_yes() == 0
        sent()
    assert list(Notice.objects.values_list("state", flat=True)) == ["told"]


def test_a_stricter_policy_brings_back_what_no_person_approved(
    change: Any, people: People, states: States
) -> None:
    people.channel.notices = "approved"
    people.channel.save()
    tell.send()
    assert states() == ["draft"] * 3


def test_a_closed_channel_sends_nothing(change: Any, people: People, states: States, now: Any) -> None:
    people.channel.closed_at = now
    people.channel.save()
    tell.send()
    assert states() == ["skipped"] * 3


def test_caps_hold_over_all_changes(
    people: People, loop: Loop, teams: Any, joris: Any, maren: Any, ines: Any, now: Any
) -> None:
    people.channel.notices_per_week = 1
    people.channel.save()
    record(loop, ines, now)
    record(loop, ines, now)
    tell.send()
    send_due()
    per_person = [Delivery.objects.filter(customer=c, state="sent").count() for c in Customer.objects.all()]
    assert max(per_person) <= 1


def test_reopening_holds_what_has_not_left(change: Any, loop: Loop, ines: Any, states: States) -> None:
    loops.reopen(loop, "It came back.", by=ines)
    journal.sweep()
    assert states() == ["skipped"] * 3


def test_a_person_approves_one_by_one_or_all(
    loop: Loop, people: People, ines: Any, now: Any, samir: Any, states: States
) -> None:
    people.channel.notices = "approved"
    people.channel.save()
    record(loop, ines, now)
    first = Notice.objects.earliest("pk")
    with pytest.raises(PermissionDenied):
        notices.approve([first], by=samir)
    assert notices.approve([first], by=ines) == 1
    assert notices.approve([first], by=ines) == 0
    assert notices.approve(Notice.objects.all(), by=ines) == 2
    assert states() == ["approved"] * 3


def test_the_stricter_of_the_channel_s_and_the_pivot_s_word_counts(
    loop: Loop, pivot: Pivot, ines: Any, maren: Any, now: Any, states: States
) -> None:
    edit.save({"notices": "approved"}, pivot=pivot, by=maren)
    loop.refresh_from_db()
    record(loop, ines, now)
    assert states() == ["draft"] * 3
    edit.save({"notices": "channel"}, pivot=pivot, by=maren)
    notices.approve(Notice.objects.all(), by=ines)
    edit.save({"notices": "none"}, pivot=pivot, by=maren)
    tell.send()
    assert states() == ["skipped"] * 3
    assert notices.preview(loop).why_not == {"pivot sends nothing": 3}


def test_a_pivot_that_became_stricter_asks_a_person_first(
    loop: Loop, pivot: Pivot, change: Any, maren: Any, states: States
) -> None:
    assert states() == ["approved"] * 3
    edit.save({"notices": "approved"}, pivot=pivot, by=maren)
    tell.send()
    assert states() == ["draft"] * 3


def test_what_a_channel_does_not_send_no_pivot_lets_out(
    loop: Loop, people: People, pivot: Pivot, ines: Any, maren: Any, now: Any, states: States
) -> None:
    people.channel.notices = "none"
    people.channel.save()
    edit.save({"notices": "approved"}, pivot=pivot, by=maren)
    record(loop, ines, now)
    assert states() == ["skipped"] * 3
    assert notices.preview(loop).why_not == {"channel sends nothing": 3}


def test_editing_keeps_the_link_and_only_touches_drafts(
    loop: Loop, people: People, ines: Any, now: Any
) -> None:
    people.channel.notices = "approved"
    people.channel.save()
    record(loop, ines, now)
    notice = Notice.objects.earliest("pk")
    with pytest.raises(Refused, match="Keep {link}"):
        notices.edit(notice, "We are sorry.", by=ines)
    with pytest.raises(Refused, match="means nothing"):
        notices.edit(notice, "We are sorry, {surname}. {link}", by=ines)
    assert notices.edit(notice, "We are sorry. {link}", by=ines).text == "We are sorry. {link}\n"
    notices.approve([notice], by=ines)
    with pytest.raises(Refused, match="approved"):
        notices.edit(notice, "Too late. {link}", by=ines)


def test_leaving_somebody_out_needs_a_reason(change: Any, ines: Any, states: States) -> None:
    notice = Notice.objects.earliest("pk")
    with pytest.raises(Refused, match="Say why"):
        notices.leave_out(notice, " ", by=ines)
    notices.leave_out(notice, "Told on the phone", by=ines)
    assert states() == ["skipped", "approved", "approved"]


def test_a_failed_delivery_is_shown_as_such(change: Any, loop: Loop, states: States) -> None:
    tell.send()
    Delivery.objects.update(state="dead", error="The address does not exist.")
    tell.take_outcomes()
    tell.finish()
    loop.refresh_from_db()
    assert states() == ["failed"] * 3
    assert notices.preview(loop).why_not == {"The address does not exist.": 3}
    assert loop.stage == "told"


def test_a_day_later_nothing_has_changed(change: Any, sent: Any, states: States, now: Any) -> None:
    sent()
    with clock.at(now + timedelta(days=1)):
        assert (joined.draft_for_joiners(), tell.send(), tell.take_outcomes(), tell.finish()) == (0, 0, 0, 0)
    assert states() == ["told"] * 3
