"""Law 4: people, not messages. Any order of writing, merging and undoing keeps every word with its speaker."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Channel, Conversation, Message
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Identity, Merge

pytestmark = pytest.mark.django_db

HANDLES = "anna bert cleo dora".split()
step = some.one_of(
    some.tuples(some.just("write"), some.sampled_from(HANDLES), some.none() | some.sampled_from(HANDLES)),
    some.tuples(some.just("merge"), some.sampled_from(HANDLES), some.sampled_from(HANDLES)),
    some.tuples(some.just("undo"), some.integers(0, 5), some.none()),
)


def person_of(handle: str) -> Customer | None:
    identity = Identity.objects.filter(kind="social", handle=handle).select_related("customer").first()
    return identity.customer if identity else None


def play(channel: Channel, number: int, step: tuple[str, Any, Any]) -> None:
    what, one, other = step
    if what == "write":
        mail = f"{other}@home.example" if other else ""
        receive(channel, [Inbound(str(number), f"{one} {number}", handle=one, email=mail)])
    elif what == "merge":
        kept, gone = person_of(one), person_of(other)
        if kept and gone and kept != gone:
            merge(kept, gone, by=None)
    else:
        rows = list(Merge.objects.filter(undone_at=None).order_by("-pk"))
        try:
            unmerge(rows[one], by=None) if one < len(rows) else None
        except ValidationError as refusal:
            assert "undo that merge first" in str(refusal)


def check() -> None:
    """Every row belongs to a person who is there, and each word to whoever owns the handle that said it."""
    people = set(Customer.objects.people().values_list("pk", flat=True))
    for model in (Message, Conversation, Identity):
        assert set(model.objects.values_list("customer", flat=True)) <= people
    for message in Message.objects.select_related("identity", "conversation"):
        assert message.identity.handle == message.text.split()[0]
        assert message.customer_id == message.identity.customer_id


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=some.lists(step, max_size=14))
def test_every_word_stays_with_its_speaker(form: Any, samir: Any, steps: list[tuple[str, Any, Any]]) -> None:
    for model in (Message, Conversation, Merge):
        model.objects.all().delete()
    Customer.objects.update(merged_into=None)
    Customer.objects.all().delete()
    for number, one in enumerate(steps):
        play(form, number, one)
        check()
    for row in Merge.objects.filter(undone_at=None).order_by("-pk"):
        unmerge(row, by=None)
    check()
    assert not Customer.objects.exclude(merged_into=None).exists()
