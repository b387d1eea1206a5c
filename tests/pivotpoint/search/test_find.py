"""What was said can be found by its words, in every transaction's own state."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import Message
from pivotpoint.channels.search import find, index_new
from pivotpoint.customers.erase import erase
from pivotpoint.customers.models import Customer
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(form: Any) -> list[int]:
    words = [
        ("Refund", "My refund for the green sofa has not arrived."),
        ("", "Die Rückerstattung für das Sofa fehlt."),
        ("", "The driver left my parcel in the rain."),
    ]
    inbounds = [
        Inbound(f"m{i}", text, handle=f"h{i}", subject=subject) for i, (subject, text) in enumerate(words)
    ]
    return [receipt.message_id for receipt in receive(form, inbounds, live=False)]


def test_all_words_and_the_beginning_of_the_last(said: list[int], maren: Any) -> None:
    assert find("sofa", maren) in ([said[0], said[1]], [said[1], said[0]])
    assert find("green SOFA", maren) == [said[0]]
    assert find("par", maren) == [said[2]]
    assert find("rückerst", maren) == [said[1]]
    assert find("nothing of the kind", maren) == []


def test_a_changed_text_is_found_by_its_new_words(said: list[int], maren: Any) -> None:
    Message.objects.filter(pk=said[2]).update(text="The courier was kind.")
    assert find("rain", maren) == []
    assert find("courier", maren) == [said[2]]


def test_what_was_erased_is_not_found(said: list[int], maren: Any) -> None:
    erase(Customer.objects.get(messages=said[2]), by=maren)
    assert find("parcel", maren) == []


def test_our_own_answers_are_found_too(said: list[int], form: Any, maren: Any) -> None:
    answer = Message.objects.create(
        channel=form, external_id="a", direction="out", text="A voucher is on its way.", said_at=clock.now()
    )
    assert [find("voucher", maren), index_new(), find("voucher", maren)] in (
        [[], 1, [answer.pk]],
        [[answer.pk], 0, [answer.pk]],
    )
    assert index_new() == 0


def test_what_vanishes_before_it_is_indexed_does_no_harm(said: list[int], form: Any, maren: Any) -> None:
    answer = Message.objects.create(
        channel=form, external_id="a", direction="out", text="A voucher.", said_at=clock.now()
    )
    answer.delete()
    index_new()
    assert find("voucher", maren) == []
    assert find("parcel", maren) == [said[2]]


def test_who_may_not_see_customers_finds_nothing(said: list[int], victor: Any) -> None:
    assert find("sofa", victor) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.text(max_size=60))
def test_any_words_can_be_searched_for(text: str, said: list[int], maren: Any) -> None:
    assert set(find(text, maren)) <= set(said)
