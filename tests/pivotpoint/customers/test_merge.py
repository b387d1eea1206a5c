"""Two become one, and two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.customers import consent
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Identity
from pivotpoint.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(form: Any, samir: Any, hanne: Any, tomek: Any) -> tuple[Any, Any]:
    receive(
        form,
        [
            Inbound("1", "First", email="hanne@home.example"),
            Inbound("2", "Second", email="tomek@home.example"),
        ],
    )
    consent.give(tomek, "notice", source="On the telephone")
    return hanne, tomek


def belongings(customer: Any) -> dict[str, list[Any]]:
    return {
        "messages": sorted(Message.objects.filter(customer=customer).values_list("text", flat=True)),
        "identities": sorted(Identity.objects.filter(customer=customer).values_list("handle", flat=True)),
        "conversations": sorted(
            Conversation.objects.filter(customer=customer).values_list("subject", flat=True)
        ),
        "consents": sorted(customer.consents.values_list("purpose", flat=True)),
    }


def test_everything_moves_to_the_one_who_stays(both: Any, samir: Any) -> None:
    hanne, tomek = both
    row = merge(hanne, tomek, by=samir)

    assert belongings(hanne)["messages"] == ["First", "Second"]
    assert not any(belongings(tomek).values())
    assert Customer.objects.people().count() == 1
    tomek.refresh_from_db()
    assert (tomek.person, row.by) == (hanne, samir)
    event = Event.objects.get(name="customers.merged")
    assert event.data == {"kept": hanne.pk, "gone": tomek.pk, "merge": row.pk}


def test_undoing_restores_exactly(both: Any, samir: Any) -> None:
    hanne, tomek = both
    before = belongings(hanne), belongings(tomek)
    row = merge(hanne, tomek, by=samir)
    unmerge(row, by=samir)
    unmerge(row, by=samir)

    tomek.refresh_from_db()
    assert (belongings(hanne), belongings(tomek), tomek.merged_into) == (*before, None)
    assert Event.objects.filter(name="customers.unmerged").count() == 1


def test_what_was_said_since_goes_back_with_its_speaker(both: Any, form: Any, samir: Any) -> None:
    hanne, tomek = both
    row = merge(hanne, tomek, by=samir)
    receive(
        form,
        [
            Inbound("3", "Third", email="tomek@home.example", thread="new"),
            Inbound("4", "Fourth", email="hanne@home.example"),
        ],
    )
    unmerge(row, by=samir)
    assert belongings(tomek)["messages"] == ["Second", "Third"]
    assert belongings(hanne)["messages"] == ["First", "Fourth"]
    assert belongings(tomek)["conversations"] == ["Second", "Third"]


def test_what_only_the_other_knew_is_filled_in_and_taken_back(hanne: Any, tomek: Any) -> None:
    Customer.objects.filter(pk=tomek.pk).update(segment="Trade", name="Tom")
    row = merge(hanne, tomek, by=None)
    hanne.refresh_from_db()
    assert (hanne.name, hanne.segment) == ("Hanne Vos-Abara", "Trade")
    unmerge(row, by=None)
    hanne.refresh_from_db()
    assert hanne.segment == ""


def test_merges_are_undone_from_the_last(hanne: Any, tomek: Any, oona: Any) -> None:
    first = merge(hanne, tomek, by=None)
    second = merge(oona, hanne, by=None)
    with pytest.raises(ValidationError, match="undo that merge first"):
        unmerge(first, by=None)
    unmerge(second, by=None)
    unmerge(first, by=None)
    assert [belongings(who)["identities"] for who in (hanne, tomek, oona)] == [
        ["hanne@home.example"],
        ["tomek@home.example"],
        ["oona@home.example"],
    ]


def test_nobody_is_merged_with_themselves(hanne: Any, tomek: Any) -> None:
    merge(hanne, tomek, by=None)
    for pair in ((hanne, hanne), (hanne, Customer.objects.get(pk=tomek.pk))):
        with pytest.raises(ValidationError, match="already one person"):
            merge(*pair, by=None)


def test_a_viewer_may_not(hanne: Any, tomek: Any, victor: Any) -> None:
    with pytest.raises(PermissionDenied):
        merge(hanne, tomek, by=victor)
