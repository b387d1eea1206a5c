"""One customer: timeline, consent, merge, erasure."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Message
from pivotpoint.channels.reply import reply
from pivotpoint.customers import consent
from pivotpoint.customers.merge import merge
from pivotpoint.customers.models import Customer, Merge, Purpose
from pivotpoint.desk.timeline import A_PAGE, timeline
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from tests.pivotpoint.desk.scene import url


def test_the_timeline_holds_everything_in_order(yard: SimpleNamespace, client: Client, now: Any) -> None:
    customer = Customer.objects.filter(backings__theme=yard.trend.pk).order_by("pk")[0]
    mine = Message.objects.get(customer=customer)
    with clock.at(now + timedelta(hours=1)):
        loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    with clock.at(now + timedelta(hours=2)):
        consent.give(customer, Purpose.NOTICE, source="Phone call")
    later = now + timedelta(hours=3)
    notice = Notice.objects.create(
        loop=loop, customer=customer, channel=mine.channel, subject="Refunds", text="Now in 3 days.",
        state="told", told_at=later,
    )  # fmt: skip
    Verdict.objects.create(notice=notice, answer="helped", at=later + timedelta(hours=1))
    other = loops.open_loop(yard.pattern, yard.refunds, by=yard.maren)
    Notice.objects.create(
        loop=other, customer=customer, subject="Lockers", text="x", state="skipped", why_not="no consent",
        created_at=now + timedelta(hours=5),
    )  # fmt: skip
    client.force_login(yard.maren)
    page = client.get(url("customer", customer.pk))
    kinds = [entry.kind for entry in page.context["entries"]]
    assert kinds == ["told", "verdict", "told", "consent", "loop", "words", "loop"]
    text = page.content.decode()
    assert "Not told" in text
    assert "no consent" in text
    for link in (url("loop", loop.pk), url("insight", yard.trend.pk)):
        assert f'href="{link}"' in text
    only = client.get(url("customer", customer.pk) + "?kind=told").context["entries"]
    assert [entry.row.state for entry in only] == ["skipped", "told"]


def test_the_pages_of_a_timeline_leave_nothing_out_and_repeat_nothing(
    desk: Client, hers: Message, now: Any
) -> None:
    """Many rows of several kinds at the same moment: the hardest case for a cursor."""
    customer = hers.customer
    assert customer is not None
    rows = [
        Message(channel=hers.channel, external_id=f"m{n}", customer=customer, text=f"m{n}", said_at=now - timedelta(minutes=n // 20))
        for n in range(70)
    ]  # fmt: skip
    Message.objects.bulk_create(rows)
    for _ in range(25):
        consent.give(customer, Purpose.NOTICE, source="Phone")
    seen, cursor = [], ""
    for _ in range(9):
        entries, cursor = timeline(customer, cursor)
        seen += [(entry.kind, entry.row.pk) for entry in entries]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 71 + 25
    assert not cursor


def test_the_page_costs_the_same_with_more(
    desk: Client, hers: Message, django_assert_max_num_queries: Any, now: Any
) -> None:
    here = url("customer", hers.customer_id)
    desk.get(here)
    with django_assert_max_num_queries(36) as few:
        desk.get(here)
    Message.objects.bulk_create(
        Message(channel=hers.channel, external_id=f"m{n}", customer=hers.customer, text="x", said_at=now)
        for n in range(100)
    )
    with django_assert_max_num_queries(len(few)):
        page = desk.get(here)
    assert len(page.context["entries"]) == A_PAGE
    assert desk.get(f"{here}?{page.context['next_page']}").context["entries"]
    assert desk.get(f"{here}?cursor=nonsense&kind=nonsense").status_code == 200


def test_replies_and_notes_link_to_their_conversation(desk: Client, hers: Message, samir: Any) -> None:
    assert hers.conversation is not None
    reply(hers.conversation, "It is on its way.", by=samir)
    page = desk.get(url("customer", hers.customer_id)).content.decode()
    assert "It is on its way." in page
    assert f'href="{url("conversation", hers.conversation_id)}"' in page


def test_consent_is_given_and_withdrawn_with_its_source(desk: Client, hers: Message) -> None:
    here = url("consent_note", hers.customer_id)
    said = {"purpose": "notice", "channel_kind": "email", "source": "Phone call"}
    desk.post(here, said | {"granted": "yes"})
    assert "email" in consent.allowed([hers.customer_id], Purpose.NOTICE)[hers.customer_id]
    page = desk.get(url("customer", hers.customer_id))
    told = next(row for row in page.context["allowed"] if row["purpose"] == "notice")
    assert ("E-mail", True) in told["kinds"]
    assert "Phone call" in page.content.decode()
    desk.post(here, said | {"granted": "no"})
    assert "email" not in consent.allowed([hers.customer_id], Purpose.NOTICE)[hers.customer_id]
    bare = desk.post(here, said | {"source": "", "granted": "yes"}, follow=True)
    assert "Write where they said so." in bare.content.decode()


def test_merge_with_another_and_back(desk: Client, hers: Message, tomek: Any) -> None:
    found = desk.get(url("merge_find", hers.customer_id), {"q": "tomek@home.example"})
    assert list(found.context["found"]) == [tomek]
    desk.post(url("merge", hers.customer_id), {"gone": tomek.pk})
    moved = desk.get(url("customer", tomek.pk))
    assert moved.url == url("customer", hers.customer_id)
    assert "Un-merge" in desk.get(moved.url).content.decode()
    desk.post(url("merge_undo", Merge.objects.get().pk))
    assert desk.get(url("customer", tomek.pk)).status_code == 200
    itself = desk.post(url("merge", tomek.pk), {"gone": tomek.pk}, follow=True)
    assert "These are already one person." in itself.content.decode()
    assert desk.post(url("merge", tomek.pk), {"gone": "nobody"}).status_code == 404


def test_a_merge_that_can_not_be_undone_says_why(
    desk: Client, hers: Message, samir: Any, tomek: Any, oona: Any
) -> None:
    assert hers.customer is not None
    first = merge(hers.customer, tomek, by=samir)
    merge(oona, hers.customer, by=samir)
    page = desk.post(url("merge_undo", first.pk), follow=True)
    assert "undo that merge first" in page.content.decode()


def test_erasure_asks_first_and_is_complete(desk: Client, hers: Message) -> None:
    here = url("erase", hers.customer_id)
    assert ("messages", 1) in desk.get(here).context["goes"]
    assert desk.post(here).status_code == 422
    assert Message.objects.exists()
    assert desk.post(here, {"sure": "1"}).url == url("customers")
    assert not Message.objects.exists()
    page = desk.get(url("customer", hers.customer_id)).content.decode()
    assert "were erased on" in page
    assert "Hanne" not in page


@pytest.mark.parametrize("name", ["consent_note", "merge", "merge_undo"])
def test_verbs_are_posted_found_and_allowed(name: str, desk: Client, hers: Message, ines: Any) -> None:
    assert desk.get(url(name, hers.customer_id)).status_code == 405
    assert desk.post(url(name, 999_999)).status_code == 404
    desk.force_login(ines)
    assert desk.post(url(name, hers.customer_id)).status_code == 403


def test_who_may_see_and_who_may_not(desk: Client, hers: Message, ines: Any, pia: Any, victor: Any) -> None:
    assert desk.get(url("customer", 999_999)).status_code == 404
    assert desk.post(url("customer", hers.customer_id)).status_code == 405
    desk.force_login(ines)
    page = desk.get(url("customer", hers.customer_id))
    assert page.status_code == 200
    assert "Erase" not in page.content.decode()
    assert desk.get(url("erase", hers.customer_id)).status_code == 403
    assert desk.get(url("merge_find", hers.customer_id)).status_code == 403
    for stranger in (pia, victor):
        desk.force_login(stranger)
        assert desk.get(url("customer", hers.customer_id)).status_code == 403
