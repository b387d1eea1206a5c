"""Changes: what is different now, and what people say about it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity, Purpose
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change, Notice, Verdict
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.desk.scene import url


@pytest.fixture
def change(yard: SimpleNamespace, now: Any) -> Change:
    """Five people stand behind it; one of them can't be told."""
    for number, person in enumerate(Customer.objects.filter(backings__theme=yard.trend.pk).order_by("pk")):
        Identity.objects.create(customer=person, kind="email", handle=f"p{number}@home.example")
        if number:
            consent.give(person, Purpose.NOTICE, source="test")
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    return changes.record(
        title="Refunds in three days", what="Refunds now take three days.", live_since=now.date(),
        loops=[loop], by=yard.ines, hypothesis="Fewer people ask where it is.",
    )  # fmt: skip


@pytest.fixture
def desk(yard: SimpleNamespace, client: Client) -> Client:
    client.force_login(yard.maren)
    return client


def test_the_list_counts_people_told_and_their_last_word(desk: Client, change: Change, now: Any) -> None:
    one, two = Notice.objects.filter(change=change)[:2]
    Notice.objects.filter(pk__in=(one.pk, two.pk)).update(state="told", told_at=now)
    for notice, answers in ((one, ("not", "helped")), (two, ("not",))):
        for answer in answers:
            Verdict.objects.create(notice=notice, answer=answer)
    (line,) = desk.get(url("changes")).context["lines"]
    outcome = line["outcome"]
    assert (outcome.people, outcome.told, outcome.verdicts, outcome.helped, outcome.share) == (5, 2, 2, 1, 50)


def test_the_page_shows_what_was_changed_and_who_was_not_told(desk: Client, change: Change) -> None:
    page = desk.get(url("change", change.pk))
    text = page.content.decode()
    assert "Refunds now take three days." in text
    assert "Fewer people ask where it is." in text
    assert url("loop", change.loops.get().pk) in text
    assert sum(count for _, _, count in page.context["states"]) == 5
    assert list(page.context["why_not"])


def test_taking_back_needs_a_reason_and_reopens_the_loop(desk: Client, change: Change) -> None:
    bare = desk.post(url("change_take_back", change.pk), follow=True)
    assert "Say why the change was taken back." in bare.content.decode()
    assert Loop.objects.get().stage == "delivered"
    page = desk.post(url("change_take_back", change.pk), {"reason": "The bank refused."}, follow=True)
    assert "Taken back" in page.content.decode()
    change.refresh_from_db()
    assert change.taken_back_at is not None
    assert Loop.objects.get().stage != "delivered"


def test_the_list_costs_the_same_with_more(
    desk: Client, change: Change, now: Any, django_assert_max_num_queries: Any
) -> None:
    desk.get(url("changes"))
    with django_assert_max_num_queries(22) as few:
        desk.get(url("changes"))
    loop = change.loops.get()
    for number in range(12):
        Change.objects.create(title=f"Change {number}", what="x", live_since=now.date()).loops.add(loop)
    with django_assert_max_num_queries(len(few)):
        desk.get(url("changes"))


def test_who_may(desk: Client, change: Change, yard: SimpleNamespace) -> None:
    assert desk.get(url("change", 999)).status_code == 404
    assert desk.post(url("change_take_back", 999)).status_code == 404
    assert desk.get(url("change_take_back", change.pk)).status_code == 405
    assert desk.post(url("changes")).status_code == 405
    desk.force_login(yard.samir)
    assert desk.get(url("change", change.pk)).status_code == 200
    assert desk.post(url("change_take_back", change.pk)).status_code == 403


def test_a_partner_sees_only_what_concerns_them(desk: Client, change: Change, yard: SimpleNamespace) -> None:
    desk.force_login(yard.pia)
    assert desk.get(url("change", change.pk)).status_code == 404
    assert desk.get(url("changes")).context["lines"] == []
    change.loops.update(team=yard.pia.team)
    assert desk.get(url("change", change.pk)).status_code == 200


def test_a_loop_that_was_delivered_elsewhere_still_asks_what_changed(
    desk: Client, yard: SimpleNamespace
) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    loops.deliver(loop, by=yard.ines)
    assert "Record the change" in desk.get(url("loop", loop.pk)).content.decode()


def test_a_change_that_is_there_is_offered_and_settles_the_loop(
    desk: Client, change: Change, yard: SimpleNamespace
) -> None:
    loop = loops.open_loop(yard.pattern, yard.refunds, by=yard.maren)
    assert "Refunds in three days, live since" in desk.get(url("change_new", loop.pk)).content.decode()
    desk.post(url("change_settles", loop.pk), {"change": change.pk})
    assert loop in change.loops.all()
    assert "Changed already?" not in desk.get(url("change_new", loop.pk)).content.decode()
    assert desk.post(url("change_settles", loop.pk), {"change": change.pk}).status_code == 404


def test_nothing_yet(desk: Client) -> None:
    assert "No change yet" in desk.get(url("changes")).content.decode()
