"""People are found by their names, in every transaction's own state."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pivotpoint.customers.erase import erase
from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer
from pivotpoint.customers.search import find

pytestmark = pytest.mark.django_db

NAMES = ["Anne-Marie O'Brien", "Jörg Müller-Lüdenscheidt", "anna_b.42", "Lampe"]


@pytest.fixture
def people(installation: Any) -> dict[str, int]:
    handles = [Handle("email", f"p{i}@home.example", name=name) for i, name in enumerate(NAMES)]
    handles += [Handle("social", "@Lamp_Fan", organisation="Nordlys"), Handle("social", "@nameless")]
    keys = [customer for customer, _ in identify(handles)]
    return dict(zip([*NAMES, "fan", "nameless"], keys, strict=True))


def names(text: str) -> set[str]:
    return {one.name for one in find(Customer.objects.people(), text)}


def test_every_word_of_a_name_is_found_by_how_it_begins(people: dict[str, int]) -> None:
    assert names("ann") == {"Anne-Marie O'Brien", "anna_b.42"}
    assert names("BRIEN mar") == {"Anne-Marie O'Brien"}
    assert names("müll jörg") == names("Lüdenscheidt") == {"Jörg Müller-Lüdenscheidt"}
    assert names("42") == names("anna_b") == {"anna_b.42"}
    assert names("anna lampe") == names("ampe") == set()


def test_a_handle_an_address_and_an_organisation_are_found_whole(people: dict[str, int]) -> None:
    found = lambda text: [one.pk for one in find(Customer.objects.all(), text)]  # noqa: E731
    assert found("P3@home.example") == [people["Lampe"]]
    assert found(" @LAMP_FAN ") == found("nordlys") == [people["fan"]]
    assert found("lamp_f") == found("nord") == []


def test_a_new_name_replaces_the_old_one(people: dict[str, int]) -> None:
    Customer.objects.filter(pk=people["Lampe"]).update(name="Leuchte")
    Customer.objects.filter(pk=people["nameless"]).update(name="Lampion")
    assert (names("lampe"), names("leuchte"), names("lamp")) == (set(), {"Leuchte"}, {"Lampion"})


def test_a_name_that_is_told_later_is_found(people: dict[str, int]) -> None:
    identify([Handle("social", "@nameless", name="Niemand")])
    assert names("niemand") == {"Niemand"}


def test_nobody_who_was_erased_is_found_or_left_in_the_index(people: dict[str, int], maren: Any) -> None:
    for name in NAMES:
        erase(Customer.objects.get(pk=people[name]), by=maren)
    assert names("ann") == names("müller") == names("lampe") == set()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIRTUAL TABLE temp.kept USING fts5vocab(main, customers_names, row)")
            cursor.execute("SELECT term FROM temp.kept")
            assert cursor.fetchall() == []
            cursor.execute("DROP TABLE temp.kept")


def test_two_who_are_one_are_found_as_one_until_it_is_undone(people: dict[str, int], maren: Any) -> None:
    one, other = (Customer.objects.get(pk=people[name]) for name in ("Anne-Marie O'Brien", "anna_b.42"))
    done = merge(one, other, by=maren)
    assert names("anna_b") == set()
    assert names("ann") == {"Anne-Marie O'Brien"}
    unmerge(done, by=maren)
    assert names("anna_b") == {"anna_b.42"}


def test_everything_is_looked_up_and_nothing_read_through(people: dict[str, int]) -> None:
    if connection.vendor != "sqlite":
        return
    plan = find(Customer.objects.filter(merged_into=None, erased_at=None).order_by("-pk"), "ann").explain()
    assert "SCAN customers_customer" not in plan
    assert "SCAN customers_identity" not in plan
    assert "VIRTUAL TABLE INDEX" in plan


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.text(max_size=60).filter(lambda text: "\0" not in text))
def test_any_words_can_be_searched_for(text: str, people: dict[str, int]) -> None:
    assert {one.pk for one in find(Customer.objects.all(), text)} <= set(people.values())
