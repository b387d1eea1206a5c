"""The list of customers, and who may be one person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Channel
from pivotpoint.customers.models import Customer, Identity, MergeSuggestion, Organisation
from tests.pivotpoint.desk.letters import write
from tests.pivotpoint.desk.scene import url


@pytest.fixture
def desk(now: Any, samir: Any, client: Client) -> Client:
    client.force_login(samir)
    return client


def names(desk: Client, **asked: str) -> list[str]:
    return sorted(str(line["customer"]) for line in desk.get(url("customers"), asked).context["lines"])


def test_each_person_once_with_what_they_said(desk: Client, mail: Channel) -> None:
    write(mail)
    write(mail, text="And where is my refund now?")
    (line,) = desk.get(url("customers")).context["lines"]
    assert (str(line["customer"]), line["messages"]) == ("Hanne Vos", 2)
    assert [one.handle for one in line["handles"]] == ["hanne@home.example"]


def test_found_by_name_address_or_organisation(desk: Client, hanne: Any, tomek: Any) -> None:
    Customer.objects.filter(pk=tomek.pk).update(
        organisation=Organisation.objects.create(name="Studio North"), segment="Trade"
    )
    assert names(desk) == ["Hanne Vos-Abara", "Tomek R."]
    assert names(desk, q="vos") == ["Hanne Vos-Abara"]
    assert names(desk, q="TOMEK@home.example") == ["Tomek R."]
    assert names(desk, q="studio north") == names(desk, segment="Trade") == ["Tomek R."]
    assert names(desk, q="nobody at all") == []
    assert desk.get(url("customers")).context["segments"] == ["Trade"]


def test_the_merged_and_the_erased_are_not_listed(desk: Client, hanne: Any, tomek: Any, now: Any) -> None:
    Customer.objects.filter(pk=tomek.pk).update(merged_into=hanne)
    assert names(desk) == ["Hanne Vos-Abara"]
    Customer.objects.filter(pk=hanne.pk).update(erased_at=now)
    assert names(desk) == []


def test_pages_follow_each_other_at_the_same_cost(
    desk: Client, installation: Any, django_assert_max_num_queries: Any
) -> None:
    Customer.objects.create(name="First")
    desk.get(url("customers"))
    with django_assert_max_num_queries(16) as few:
        desk.get(url("customers"))
    Customer.objects.bulk_create(Customer(name=f"P{number}") for number in range(60))
    with django_assert_max_num_queries(len(few)):
        first = desk.get(url("customers")).context
    second = desk.get(f"{url('customers')}?{first['next_page']}").context
    assert (len(first["lines"]), len(second["lines"]), second["next_page"]) == (40, 21, "")
    assert len(desk.get(url("customers") + "?cursor=nonsense").context["lines"]) == 40


@pytest.fixture
def pair(hanne: Any, tomek: Any) -> MergeSuggestion:
    return MergeSuggestion.objects.create(one=hanne, other=tomek, reason="Both are “sofa” in an address.")


def test_a_suggestion_is_shown_with_its_reason_and_accepted(desk: Client, pair: MergeSuggestion) -> None:
    Identity.objects.create(customer=pair.one, kind="social", handle="sofa")
    page = desk.get(url("suggestions"))
    assert "Both are “sofa” in an address." in page.content.decode()
    assert "sofa (Social)" in page.content.decode()
    desk.post(url("suggestion_decide", pair.pk), {"as": "one"})
    assert Customer.objects.get(pk=pair.other_id).merged_into_id == pair.one_id
    assert "Nothing to decide" in desk.get(url("suggestions")).content.decode()


def test_a_suggestion_is_declined_for_good(desk: Client, pair: MergeSuggestion) -> None:
    desk.post(url("suggestion_decide", pair.pk), {"as": "two"})
    pair.refresh_from_db()
    assert (pair.accepted, Customer.objects.people().count()) == (False, 2)
    again = desk.post(url("suggestion_decide", pair.pk), {"as": "one"}, follow=True)
    assert "Somebody has decided that already." in again.content.decode()


def test_who_may(desk: Client, pair: MergeSuggestion, ines: Any, victor: Any) -> None:
    assert desk.get(url("suggestion_decide", pair.pk)).status_code == 405
    assert desk.post(url("suggestion_decide", 999)).status_code == 404
    assert desk.post(url("customers")).status_code == 405
    desk.force_login(ines)
    assert desk.get(url("suggestions")).status_code == 200
    assert desk.post(url("suggestion_decide", pair.pk)).status_code == 403
    desk.force_login(victor)
    assert desk.get(url("customers")).status_code == desk.get(url("suggestions")).status_code == 403
