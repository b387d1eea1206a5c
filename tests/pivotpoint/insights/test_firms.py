"""Where people speak to several firms, a theme says to which."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.insights.evidence.firms import firms, firms_of_all
from pivotpoint.insights.models import Insight, Membership
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db

SAID = {
    1: ["@FjordAir my bag is gone"] * 8 + ["@fjordair and @NordRail both lost it"] * 2 + ["@jo look at this"],
    2: ["@NordRail the train is late"] * 9 + ["The train is late"],
}


def told(texts: dict[int, list[str]]) -> list[Insight]:
    made = [make_insight(number, len(said)) for number, said in texts.items()]
    for insight, said in zip(made, texts.values(), strict=True):
        members = (
            Membership.objects.filter(cluster__theme=insight.pk).order_by("pk").values_list("pk", flat=True)
        )
        for pk, text in zip(members, said, strict=True):
            Message.objects.filter(pk=pk).update(text=text)
    return made


def named(insight: Insight) -> list[tuple[str, int]]:
    return [(firm.handle, firm.people) for firm in firms_of_all()[insight.pk]]


def test_people_are_counted_by_the_firm_that_they_speak_to() -> None:
    bag, train = told(SAID)
    assert named(bag) == [("FjordAir", 10), ("NordRail", 2)]
    assert named(train) == [("NordRail", 9)]


def test_where_all_speak_to_one_firm_nothing_is_told() -> None:
    told({1: ["@FjordAir my bag is gone"] * 12, 2: ["My bag is gone"] * 3})
    assert firms_of_all() == {}


def test_where_nearly_all_do_it_goes_without_saying() -> None:
    told({1: ["@FjordAir my bag is gone"] * 120, 2: ["@NordRail the train is late"] * 12})
    assert firms_of_all() == {}


def test_what_stands_in_place_of_a_name_is_no_firm() -> None:
    told({1: ["@user my bag is gone"] * 12, 2: ["@115712 and @NordRail, late"] * 12})
    assert firms_of_all() == {}
    assert firms(["@user my bag is gone", "@NordRail too late"] * 3) == []


def test_of_one_theme_only_several_are_told() -> None:
    assert [(firm.handle, firm.people, firm.share) for firm in firms(SAID[1])] == [
        ("FjordAir", 10, 1.0),
        ("NordRail", 2, 0.2),
    ]
    assert firms(SAID[2]) == []


def test_pages_name_them_beside_the_theme(client: Client, maren: Any) -> None:
    bag, _ = told(SAID)
    client.force_login(maren)
    ladder = client.get(reverse("desk:insights"), {"period": ""}).content.decode()
    assert "@FjordAir, @NordRail</small>" in ladder
    assert "Spoken to" in client.get(reverse("desk:insight", args=[bag.pk])).content.decode()


def test_without_a_pivot_insights_can_be_chosen_and_merged(client: Client, maren: Any) -> None:
    told(SAID)
    client.force_login(maren)
    page = client.get(reverse("desk:insights"), {"period": ""}).content.decode()
    assert 'name="insight"' in page
    assert 'data-dialog="merge"' in page
    assert 'data-dialog="hand-over"' not in page


def test_who_hardly_anybody_speaks_to_is_not_told() -> None:
    bag, many = told(
        {1: SAID[1], 2: ["@NordRail the train is late"] * 12 + ["@FjordAir hello"] + ["Late"] * 30}
    )
    assert named(many) == [("NordRail", 12)]
    assert ("NordRail", 2) in named(bag)
