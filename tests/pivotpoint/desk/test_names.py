"""Learnt names on their page, in the inbox, in rules and over the API."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.desk.inbox_reading import reads
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import Membership
from pivotpoint.listening.models import Gazetteer, LeftOutName, Mention
from pivotpoint.listening.names import gazetteer
from pivotpoint.pivot.conditions import matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(yard: SimpleNamespace, client: Client) -> SimpleNamespace:
    """Three have an Aroma One; two of those behind the trend name it."""
    for i in range(3):
        Customer.objects.create(name=f"P{i}", fields={"product": "Aroma One"})
    gazetteer.learn_names()
    behind = Membership.objects.filter(cluster__theme=yard.trend.pk).order_by("pk")
    yard.messages = list(Message.objects.filter(pk__in=behind.values("pk")).order_by("pk"))
    for message in yard.messages[:2]:
        Mention.objects.create(
            message=message, kind="name", field="product", value="Aroma One", spans=[[0, 4]], version="1"
        )
    recount([yard.trend.pk])
    client.force_login(yard.maren)
    return yard


def test_the_page_lists_names_and_a_person_leaves_one_out(named: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("desk:names"))
    assert page.context["fields"] == [("product", [("Aroma One", 3)])]
    client.post(reverse("desk:names_leave_out"), {"field": "product", "value": "Aroma One"})
    page = client.get(reverse("desk:names"))
    assert page.context["fields"] == []
    assert "Take back" in page.content.decode()
    client.post(reverse("desk:names_take_back", args=[LeftOutName.objects.get().pk]))
    assert client.get(reverse("desk:names")).context["fields"]
    client.post(reverse("desk:names_learn"))
    assert Gazetteer.objects.count() == 2


def test_an_agent_sees_them_and_changes_none(named: SimpleNamespace, client: Client) -> None:
    client.force_login(named.samir)
    page = client.get(reverse("desk:names")).content.decode()
    assert "Aroma One" in page
    assert "Leave out" not in page
    assert client.post(reverse("desk:names_learn")).status_code == 403
    assert client.get(reverse("desk:names_learn")).status_code == 405


def test_the_page_is_a_constant_number_of_queries(
    named: SimpleNamespace, client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(reverse("desk:names"))


def test_the_inbox_shows_who_names_it(named: SimpleNamespace, client: Client) -> None:
    everybody = client.get(reverse("desk:inbox"), {"tab": "all"}).context["lines"]
    page = client.get(reverse("desk:inbox"), {"tab": "all", "name": "Aroma One"})
    theirs = {message.conversation_id for message in named.messages[:2]} - {None}
    assert {line.conversation.pk for line in page.context["lines"]} == theirs
    assert len(everybody) > len(theirs) or not theirs
    assert 'value="Aroma One"' in page.content.decode()


def test_a_rule_asks_for_a_name_and_for_the_share_who_say_it(named: SimpleNamespace) -> None:
    def caught(**condition: object) -> set[int]:
        return {one.pk for one in matching([{"match": "all", "conditions": [condition]}])}

    trend = named.trend.pk
    assert caught(field="named", op="is", value="aroma one") == {trend}
    assert trend not in caught(field="named", op="is_not", value=["Aroma One", "Other"])
    assert caught(field="named", op="is", value="Silver Zorb") == set()
    assert trend in caught(field="named_share", of="Aroma One", op="at_least", value=40)
    assert trend not in caught(field="named_share", of="Aroma One", op="at_least", value=41)


def test_the_message_says_what_it_names(named: SimpleNamespace, client: Client) -> None:
    lines = {read.name: read for read in reads(named.messages[0])}
    assert lines["Product"].words == "Aroma One"
    assert lines["Product"].others_named == "Aroma One"
    assert lines["Product"].because == f"“{named.messages[0].text[:4]}”"
