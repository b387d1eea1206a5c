"""Many rows at once must come to what Django's own ways come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection, models

from pivotpoint.customers.models import Customer, Identity
from pivotpoint.insights.models import Rung, Theme
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.models import Reading
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds(installation: Any) -> None:
    people = [Customer.objects.create(name=f"Person {n}") for n in range(5)]
    for person in people:
        Identity.objects.create(customer=person, kind="email", handle=f"o'\"{person.name}", stem="")
    keys = [people[1].pk, people[3].pk, 10**9]
    assert set(Customer.objects.filter(among("pk", keys))) == {people[1], people[3]}
    assert not Customer.objects.filter(among("pk", [])).exists()
    named = Identity.objects.filter(among("handle", ["o'\"Person 0", "nobody"]), kind="email")
    assert [identity.customer for identity in named] == [people[0]]
    assert Customer.objects.filter(among("pk", keys)).update(segment="x") == 2


def test_among_takes_a_key_that_is_a_relation(now: Any) -> None:
    make_insight(1, 3)
    keys = list(Reading.objects.values_list("pk", flat=True)[:2])
    assert Reading.objects.filter(among("pk", keys)).count() == 2


def test_put_writes_only_where_all_of_it_holds(now: Any) -> None:
    one, other = (make_insight(n, 1).theme for n in (1, 2))
    said = {"people": 7, "keywords": ["ä"], "last_at": now, "onset": None}
    assert bulk.put_where(Theme, said, where={"pk": one.pk, "vague": False}) == 1
    assert bulk.put_where(Theme, said, where={"pk": other.pk, "vague": True}) == 0
    assert [(t.people, t.keywords, t.last_at, t.onset) for t in Theme.objects.filter(pk=one.pk)] == [
        (7, ["ä"], now, None)
    ]
    assert Theme.objects.get(pk=other.pk).people != 7


def test_a_choice_that_is_asked_for_stands_in_the_statement(now: Any, django_assert_num_queries: Any) -> None:
    one, other = (make_insight(n, 1).theme for n in (1, 2))
    Theme.objects.filter(pk=one.pk).update(rung=Rung.TREND)
    with django_assert_num_queries(2) as asked:
        assert bulk.put_where(Theme, {"people": 7}, where={"pk": one.pk, "rung": Rung.TREND}) == 1
        assert bulk.put_where(Theme, {"people": 7}, where={"pk": other.pk, "rung": Rung.TREND}) == 0
    assert all(each["sql"].endswith("\"rung\" = 'trend'") for each in asked.captured_queries)
    assert set(Theme.objects.filter(people=7)) == {one}


def test_only_a_plain_word_stands_in_a_statement() -> None:
    class Odd(models.TextChoices):
        QUOTED = "it's", "It is"

    with pytest.raises(ValueError, match="not a plain word"):
        bulk.choice(Odd.QUOTED)


def test_nothing_is_a_condition_too(now: Any) -> None:
    early, late = (make_insight(n, 1).theme for n in (1, 2))
    Theme.objects.filter(pk=late.pk).update(onset=now.date())
    assert bulk.put_where(Theme, {"people": 9}, where={"onset": None, "pk": late.pk}) == 0
    assert bulk.put_where(Theme, {"people": 9, "onset": now.date()}, where={"onset": None}) == 1
    assert Theme.objects.get(people=9) == early


def test_drop_takes_out_only_what_holds_all_of_it(hanne: Any, tomek: Any) -> None:
    Identity.objects.filter(customer=tomek).update(name="")
    assert bulk.drop_where(Identity, where={"customer": hanne.pk, "name": ""}) == 0
    assert bulk.drop_where(Identity, where={"customer": tomek.pk, "name": ""}) == 1
    assert [one.customer for one in Identity.objects.all()] == [hanne]


def test_change_writes_what_save_would(now: Any) -> None:
    themes = [make_insight(n, 1).theme for n in (1, 2)]
    for theme in themes:
        theme.people, theme.keywords, theme.last_at, theme.onset = 7, ["ä", 'b"'], now, now.date()
    bulk.change(themes, ("people", "keywords", "last_at", "onset"))
    for theme in Theme.objects.all():
        assert (theme.people, theme.keywords, theme.last_at, theme.onset) == (7, ["ä", 'b"'], now, now.date())
    bulk.change([], ("people",))


def test_add_raises_each_by_its_own(now: Any) -> None:
    for number in (1, 2, 3):
        make_insight(number, 1, uncounted=number)
    bulk.add(Theme, "uncounted", {3: 10, 1: 5})
    assert list(Theme.objects.order_by("pk").values_list("uncounted", flat=True)) == [6, 2, 13]


def test_moments_are_what_the_database_takes_in_any_zone() -> None:
    at = datetime(2026, 3, 29, 1, 30, 5, 12, tzinfo=UTC)
    times = [at, at.astimezone(timezone(timedelta(hours=5, minutes=30))), at.replace(microsecond=0)]
    taken = [connection.ops.adapt_datetimefield_value(each) for each in times]
    assert bulk.moments(times) == [bulk.moment(each) for each in times] == taken


def test_only_what_has_a_column_is_written() -> None:
    with pytest.raises(LookupError):
        bulk.insert(Theme, ("backings",), [])


def test_a_document_that_is_json_already_is_kept_as_it_is(now: Any) -> None:
    reading = make_insight(1, 1) and Reading.objects.latest("pk")
    (text,) = bulk.written(['{"mood":[[0,4]],"größe":[]}'])
    bulk.put(Reading, ("evidence",), [(text, reading.pk)])
    reading.refresh_from_db()
    assert reading.evidence == {"mood": [[0, 4]], "größe": []}
