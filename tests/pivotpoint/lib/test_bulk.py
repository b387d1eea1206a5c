"""Many rows at once must come to what Django's own ways come to."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.customers.models import Customer, Identity
from pivotpoint.insights.models import Theme
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


def test_only_what_has_a_column_is_written() -> None:
    with pytest.raises(LookupError):
        bulk.insert(Theme, ("backings",), [])
