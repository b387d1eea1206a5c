"""Standing answers on the pages: made from a signal in one step, used in the Inbox, ended."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.models import Channel
from pivotpoint.lib import clock
from pivotpoint.pivot import gate, standing
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import StandingAnswer, Use
from tests.pivotpoint.desk.scene import url
from tests.pivotpoint.pivot.test_standing import FIELDS, says
from tests.switchyard import make_insight


@pytest.fixture
def small(yard: SimpleNamespace) -> StandingAnswer:
    return standing.make(yard.refunds, FIELDS, by=yard.maren)


def held(yard: SimpleNamespace, now: Any) -> None:
    """The same answer seven times."""
    for number in range(11, 18):
        passage = decide(make_insight(number))
        assert passage is not None
        with clock.at(now + timedelta(hours=3)):
            gate.hold(passage, "One by one.", by=yard.maren)


def test_the_signal_becomes_a_standing_answer_in_one_step(
    lead: Client, yard: SimpleNamespace, now: Any
) -> None:
    held(yard, now)
    with clock.at(now + timedelta(hours=4)):
        assert "7 of the last 7 were held back at the gate" in lead.get(url("standing")).content.decode()
        assert "7 of the last 7" in lead.get(url("pivot", yard.refunds.pk)).content.decode()
        page = lead.get(url("standing_new", yard.refunds.pk))
        rule = page.context["rules"][0]["parts"][0]["conditions"][0]
        assert (rule.field, rule.values) == ("rung", ["trend"])
        sent = {"name": "Small refunds", "may": "Pay.", "template": "Paid.", "owner": yard.ines.pk}
        sent |= {"r0-match": "all", "r0-c0-field": "rung", "r0-c0-op": "at_least", "r0-c0-value": "trend"}
        lead.post(url("standing_new", yard.refunds.pk), sent)
        made = StandingAnswer.objects.get()
        assert made.conditions == [{"field": "rung", "op": "at_least", "value": "trend"}]
        assert made.evidence["same"] == 7
        assert "Made because: 7 of the last 7" in lead.get(url("standing")).content.decode()


def test_the_pivots_owner_sets_the_limits_and_another_owner_does_not(
    small: StandingAnswer, yard: SimpleNamespace, client: Client
) -> None:
    new, edit = url("standing_new", yard.refunds.pk), url("standing_edit", small.pk)
    client.force_login(yard.ines)
    assert new in client.get(url("standing")).content.decode()
    page = client.get(edit)
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    sent |= {"r0-match": "all", "r0-c0-field": "title", "r0-c0-op": "contains", "r0-c0-value": "refund"}
    assert client.post(url("rules_try"), sent).status_code == 200
    client.post(edit, sent | {"most_a_week": "9"})
    small.refresh_from_db()
    assert small.most_a_week == 9
    client.force_login(yard.joris)
    listed = client.get(url("standing")).content.decode()
    assert small.name in listed
    assert edit not in listed
    assert new not in listed
    for address in (new, edit, url("standing_end", small.pk)):
        assert client.post(address, sent | {"reason": "Mine."}).status_code == 403
    client.force_login(yard.ines)
    client.post(url("standing_end", small.pk), {"reason": "Enough."})
    small.refresh_from_db()
    assert small.ended_by == yard.ines


def test_a_wrong_one_is_a_sentence(lead: Client, yard: SimpleNamespace) -> None:
    sent = {"name": "x", "may": "y", "template": "z", "owner": yard.ines.pk}
    page = lead.post(url("standing_new", yard.refunds.pk), sent).content.decode()
    assert "has one rule" in page
    rule = {"r0-match": "all", "r0-c0-field": "people", "r0-c0-op": "at_least", "r0-c0-value": "many"}
    assert "needs a number" in lead.post(url("standing_new", yard.refunds.pk), sent | rule).content.decode()
    assert not StandingAnswer.objects.exists()


def test_it_is_changed_and_ended(lead: Client, small: StandingAnswer) -> None:
    page = lead.get(url("standing_edit", small.pk))
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    sent |= {"r0-match": "all", "r0-c0-field": "title", "r0-c0-op": "contains", "r0-c0-value": "refund"}
    lead.post(url("standing_edit", small.pk), sent | {"most_a_week": "7"})
    small.refresh_from_db()
    assert (small.most_a_week, small.most_amount) == (7, 50)
    lead.post(url("standing_end", small.pk), {"reason": "Enough."})
    assert "Enough." in lead.get(url("standing")).content.decode()


def test_the_agent_sees_it_with_its_limits_uses_it_and_sends_the_words(
    small: StandingAnswer, yard: SimpleNamespace, mail: Channel, client: Client
) -> None:
    conversation = says(yard.trend, mail)
    client.force_login(yard.samir)
    here = url("conversation", conversation.pk)
    page = client.get(here).content.decode()
    assert "You may do this at once:" in page
    assert "Up to 50 EUR. 2 of 2 left in seven days. Ines Halloran answers for it." in page
    use_it = url("standing_use", conversation.pk, small.pk)
    assert "more than 50" in client.post(use_it, {"amount": "70"}, follow=True).content.decode()
    page = client.post(use_it, {"amount": "19,90"}, follow=True).content.decode()
    assert "Dear Hanne Vos, we have paid 19.90 EUR today. Samir Teal</textarea>" in page
    assert "used by Samir Teal" in page
    client.post(url("conversation_reply", conversation.pk), {"text": "We have paid.", "as": "reply"})
    assert "we have paid 19.90 EUR" not in client.get(here).content.decode()
    row = Use.objects.get()
    client.post(url("standing_take_back", row.pk))
    row.refresh_from_db()
    assert row.taken_back_by == yard.samir


def test_who_only_reads_along_is_offered_nothing(
    small: StandingAnswer, yard: SimpleNamespace, mail: Channel, client: Client
) -> None:
    conversation = says(yard.trend, mail)
    client.force_login(yard.bo)
    assert "You may do this at once" not in client.get(url("conversation", conversation.pk)).content.decode()
    assert client.post(url("standing_use", conversation.pk, small.pk)).status_code == 403


def test_more_of_them_are_no_more_queries(lead: Client, small: StandingAnswer, yard: SimpleNamespace) -> None:
    def queries(address: str) -> int:
        lead.get(address)
        with CaptureQueriesContext(connection) as asked:
            lead.get(address)
        return len(asked)

    pages = [url("standing"), url("friction"), url("pivot", yard.refunds.pk)]
    few = [queries(page) for page in pages]
    for n in range(6):
        standing.make(yard.refunds, FIELDS | {"name": f"Another {n}"}, by=yard.maren)
    assert [queries(page) for page in pages] == few


def test_the_api_does_the_same(
    small: StandingAnswer, yard: SimpleNamespace, mail: Channel, client: Client
) -> None:
    conversation = says(yard.trend, mail)
    client.force_login(yard.samir)
    api = "/api/v1/"
    (offer,) = client.get(f"{api}conversations/{conversation.pk}/standing-answers").json()
    assert (offer["standing"]["name"], offer["left"], offer["used"]) == ("Pay small refunds", 2, None)
    body = {"conversation": conversation.pk, "amount": "5"}
    made = client.post(f"{api}standing-answers/{small.pk}/uses", body, content_type="application/json")
    assert made.json()["text"] == "Dear Hanne Vos, we have paid 5 EUR today. Samir Teal"
    assert client.get(f"{api}standing-answers/{small.pk}/figures").json()["uses"] == 1
    assert client.delete(f"{api}standing-uses/{made.json()['id']}").status_code == 204
    client.force_login(yard.maren)
    ended = client.post(
        f"{api}standing-answers/{small.pk}/end", {"why": "Enough."}, content_type="application/json"
    )
    assert ended.json()["why_ended"] == "Enough."
    assert client.get(f"{api}standing-answers?ended=true").json()["items"][0]["id"] == small.pk
