"""One row is written, changed and deleted as the ORM would do it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.forms.models import model_to_dict

from pivotpoint.channels.models import Delivery
from pivotpoint.customers.models import Identity
from pivotpoint.insights.models import Rung, Theme
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.lib.row import choice, drop_where, insert, put_where
from tests.switchyard import make_insight

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


def test_put_writes_only_where_all_of_it_holds(now: Any) -> None:
    one, other = (make_insight(n, 1).theme for n in (1, 2))
    said = {"people": 7, "keywords": ["ä"], "last_at": now, "onset": None}
    assert put_where(Theme, said, where={"pk": one.pk, "vague": False}) == 1
    assert put_where(Theme, said, where={"pk": other.pk, "vague": True}) == 0
    assert [(t.people, t.keywords, t.last_at, t.onset) for t in Theme.objects.filter(pk=one.pk)] == [
        (7, ["ä"], now, None)
    ]
    assert Theme.objects.get(pk=other.pk).people != 7


def test_a_choice_that_is_asked_for_stands_in_the_statement(now: Any, django_assert_num_queries: Any) -> None:
    one, other = (make_insight(n, 1).theme for n in (1, 2))
    Theme.objects.filter(pk=one.pk).update(rung=Rung.TREND)
    with django_assert_num_queries(2) as asked:
        assert put_where(Theme, {"people": 7}, where={"pk": one.pk, "rung": Rung.TREND}) == 1
        assert put_where(Theme, {"people": 7}, where={"pk": other.pk, "rung": Rung.TREND}) == 0
    assert all(each["sql"].endswith("\"rung\" = 'trend'") for each in asked.captured_queries)
    assert set(Theme.objects.filter(people=7)) == {one}


def test_only_a_plain_word_stands_in_a_statement() -> None:
    class Odd(models.TextChoices):
        QUOTED = "it's", "It is"

    with pytest.raises(ValueError, match="not a plain word"):
        choice(Odd.QUOTED)


def test_nothing_is_a_condition_too(now: Any) -> None:
    early, late = (make_insight(n, 1).theme for n in (1, 2))
    Theme.objects.filter(pk=late.pk).update(onset=now.date())
    assert put_where(Theme, {"people": 9}, where={"onset": None, "pk": late.pk}) == 0
    assert put_where(Theme, {"people": 9, "onset": now.date()}, where={"onset": None}) == 1
    assert Theme.objects.get(people=9) == early


def test_drop_takes_out_only_what_holds_all_of_it(hanne: Any, tomek: Any) -> None:
    Identity.objects.filter(customer=tomek).update(name="")
    assert drop_where(Identity, where={"customer": hanne.pk, "name": ""}) == 0
    assert drop_where(Identity, where={"customer": tomek.pk, "name": ""}) == 1
    assert [one.customer for one in Identity.objects.all()] == [hanne]
