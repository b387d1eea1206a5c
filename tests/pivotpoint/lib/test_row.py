"""One row is written as `save` writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from pivotpoint.channels.models import Delivery
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.lib.row import insert

pytestmark = pytest.mark.django_db


def event(**fields: Any) -> Event:
    said = {"name": "a.b", "subject_kind": "a.b", "subject_id": 1, "actor_kind": "user", "actor_name": "Ada"}
    return Event(**said | {"data": {"people": 3, "why": "“so” — it’s {odd} 100 %s"}} | fields)


def test_it_is_the_row_that_save_would_write(now: Any) -> None:
    saved, inserted = event(), event()
    saved.save()
    assert insert(inserted)
    assert inserted.pk not in (None, saved.pk)
    kept = Event.objects.get(pk=inserted.pk)
    assert kept.at == clock.now()
    assert model_to_dict(kept, exclude=["id"]) == model_to_dict(saved, exclude=["id"])


def test_it_is_there_to_be_changed_afterwards() -> None:
    row = event()
    insert(row)
    row.name = "a.c"
    row.save()
    assert Event.objects.get().name == "a.c"


def delivery(mail: Any, hanne: Any) -> Delivery:
    return Delivery(channel=mail, customer=hanne, purpose="notice", address="a@b.example", text="t", key="k")


def test_what_is_there_already_is_left_out(mail: Any, hanne: Any) -> None:
    assert insert(delivery(mail, hanne), new_only=True)
    again = delivery(mail, hanne)
    assert not insert(again, new_only=True)
    assert again.pk is None and Delivery.objects.count() == 1


def test_unless_that_was_asked_for_it_is_refused(mail: Any, hanne: Any) -> None:
    insert(delivery(mail, hanne))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(delivery(mail, hanne))
    assert Delivery.objects.count() == 1
