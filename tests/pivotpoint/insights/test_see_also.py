"""Themes that are told in like words name each other, on their pages and over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.insights.decisions.foreign import not_about_us
from pivotpoint.insights.decisions.marks import mark
from pivotpoint.insights.gathering import see_also
from pivotpoint.insights.gathering.see_also import look_beside
from pivotpoint.insights.models import IndexState, Insight, MicroCluster, Theme
from pivotpoint.pivot.loops import open_loop
from tests.switchyard import make_insight, make_pivot
from tests.textanalytics.naming.belonging.test_related import GROUPS

pytestmark = pytest.mark.django_db
WINNERS, TICKETS, FLICKERS, LAMP, *_ = range(1, len(GROUPS) + 1)


@pytest.fixture
def themes(form: Any, now: Any) -> dict[int, Insight]:
    """Seven themes, of which two and two speak of one thing; put in order a moment ago, and their parts are told."""
    made = {}
    for pk, (title, texts) in enumerate(GROUPS.items(), 1):
        made[pk] = make_insight(pk, 4, title=title, parted_for=4)
        MicroCluster.objects.filter(theme=pk).update(samples=texts)
    IndexState.objects.create(pk=1, gathered=28, consolidated=28)
    return made


def beside() -> dict[int, int]:
    return dict(Theme.objects.exclude(see_also=None).values_list("pk", "see_also"))


def test_each_of_two_names_the_other(themes: dict[int, Insight]) -> None:
    assert look_beside() == len(beside())
    assert (beside()[WINNERS], beside()[TICKETS]) == (TICKETS, WINNERS)
    assert (beside()[FLICKERS], beside()[LAMP]) == (LAMP, FLICKERS)


def test_it_is_looked_for_when_the_themes_were_put_in_order_and_nothing_else_waits(
    themes: dict[int, Insight], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(see_also, "is_busy", lambda: True)
        assert look_beside() == 0
    Theme.objects.filter(pk=LAMP).update(parted_for=0, messages=40)
    assert look_beside() == 0
    Theme.objects.filter(pk=LAMP).update(parted_for=40)
    assert look_beside() > 0
    Theme.objects.update(see_also=None)
    assert look_beside() == 0
    IndexState.objects.update(consolidated=30)
    assert look_beside() > 0


@pytest.mark.parametrize("state", [{"mixed": True}, {"unsure": True}, {"vague": True}, {"about_us": False}])
def test_what_is_on_no_rung_is_named_no_longer(themes: dict[int, Insight], state: dict[str, bool]) -> None:
    look_beside()
    Theme.objects.filter(pk=TICKETS).update(**state)
    IndexState.objects.update(consolidated=30)
    look_beside()
    assert not {WINNERS, TICKETS} & beside().keys()


@pytest.fixture
def page(themes: dict[int, Insight], client: Client, maren: Any) -> Any:
    look_beside()
    client.force_login(maren)

    def get() -> str:
        return client.get(reverse("desk:insight", args=[WINNERS])).content.decode()

    return get


def test_the_page_leads_to_it(page: Any) -> None:
    link = f'See also: <a href="{reverse("desk:insight", args=[TICKETS])}">Tickets</a> (4 people)'
    assert link in page()


def test_not_where_it_is_muted(page: Any, themes: dict[int, Insight], maren: Any) -> None:
    mark(themes[TICKETS], "pin", by=maren)
    assert "See also" in page()
    mark(themes[TICKETS], "mute", by=maren)
    assert "See also" not in page()


def test_not_where_it_went_into_another(page: Any) -> None:
    Theme.objects.filter(pk=TICKETS).update(merged_into=LAMP)
    assert "See also" not in page()


def test_not_where_it_is_not_about_us(page: Any, themes: dict[int, Insight], maren: Any) -> None:
    not_about_us(themes[TICKETS].theme, by=maren)
    assert "See also" not in page()


def test_a_partner_is_led_only_to_what_was_handed_to_them(
    page: Any, themes: dict[int, Insight], client: Client, cast: dict[str, Any]
) -> None:
    pivot = make_pivot(cast["pia"].team, cast["joris"], "Planning")
    client.force_login(cast["pia"])
    open_loop(themes[WINNERS], pivot, by=cast["maren"])
    assert "See also" not in page()
    open_loop(themes[TICKETS], pivot, by=cast["maren"])
    assert "See also" in page()


def test_over_the_api(page: Any, client: Client, maren: Any) -> None:
    secret = Token.issue(maren, "t", ["desk.view"])[1]
    said = client.get(f"/api/v1/insights/{WINNERS}", headers={"Authorization": f"Bearer {secret}"}).json()
    assert said["theme"]["see_also"] == TICKETS
