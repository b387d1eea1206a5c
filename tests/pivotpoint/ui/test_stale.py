"""Two people had the same form open: the later one is told, and takes nothing back unseen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Installation, Team
from pivotpoint.accounts.people import rename
from pivotpoint.channels.models import Channel
from pivotpoint.insights.decisions.edit import rename as rename_theme
from pivotpoint.insights.models import WiderTheme
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def was(client: Client, page: str, action: str = "") -> str:
    """The mark of the form on a page that posts to `action`, or of the first one that has a mark."""
    shown = client.get(page).content.decode()
    found = re.search(rf'{re.escape(action)}.*?name="was" value="([^"]*)"', shown, re.DOTALL)
    assert found, page
    return found[1]


@pytest.fixture
def desk(client: Client, ada: Any) -> Client:
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_of_two_new_names_the_second_is_not_kept_unseen(desk: Client, maren: Any, now: Any) -> None:
    insight = make_insight(1, 3, title="Kettle leaks")
    action = reverse("desk:insight_rename", args=[insight.pk])
    page = reverse("desk:insight", args=[insight.pk])
    seen = was(desk, page, action)
    rename_theme(insight.theme, "The kettle's lid leaks", by=maren)
    said = desk.post(action, {"title": "Leaking kettles", "was": seen}, follow=True).content.decode()
    assert "title is now “The kettle&#x27;s lid leaks”. Yours is not kept yet." in said
    insight.theme.refresh_from_db()
    assert insight.theme.title == "The kettle's lid leaks"
    desk.post(action, {"title": "Leaking kettles", "was": was(desk, page, action)})
    insight.theme.refresh_from_db()
    assert insight.theme.title == "Leaking kettles"


def test_a_wider_theme_too(desk: Client, now: Any) -> None:
    wider = WiderTheme.objects.create(title="Kettles")
    action = reverse("desk:wider_rename", args=[wider.pk])
    desk.post(action, {"title": "Kitchen", "was": "title:00000000"})
    wider.refresh_from_db()
    assert wider.title == "Kettles"


def test_the_organisation_keeps_what_somebody_else_has_set(desk: Client) -> None:
    page = reverse("settings")
    seen = was(desk, page)
    Installation.objects.update(trend_from=5)
    form = {"name": "Fjordhus", "brand_names": "", "rival_names": "", "pattern_from": 2, "trend_from": 9}
    answer = desk.post(page, form | {"was": seen})
    assert answer.status_code == 422 and "trend from is now “5”" in answer.content.decode()
    assert Installation.here().trend_from == 5
    again = re.search(r'name="was" value="([^"]*)"', answer.content.decode())
    assert again
    assert desk.post(page, form | {"was": again[1]}).status_code == 302
    assert Installation.here().trend_from == 9


def test_a_function_a_person_and_a_channel_too(desk: Client, maren: Any, teams: Any, form: Channel) -> None:
    function, person = reverse("team", args=["finance"]), reverse("person", args=[maren.pk])
    who, channel = reverse("person_who", args=[maren.pk]), reverse("desk:channel", args=[form.pk])
    seen = {
        function: was(desk, function),
        person: was(desk, person, "What they may do"),
        who: was(desk, person, who),
        channel: was(desk, channel),
    }
    Team.objects.filter(key="finance").update(mark="Fx")
    rename(maren, "Maren the Second")
    type(maren).objects.get_queryset().filter(pk=maren.pk).update(role="agent")
    Channel.objects.filter(pk=form.pk).update(goal="Another goal")
    sent = {
        function: {"name": "Finance", "mark": "Fi", "email": ""},
        person: {"role": "viewer", "team": ""},
        who: {"name": "Maren O.", "email": maren.email},
        channel: {
            "name": form.name,
            "goal": "Mine",
            "replies": form.replies,
            "notices": form.notices,
            "notices_per_week": 1,
            "per_minute": 30,
            "answer_hours": 24,
            "follow_up_hours": 24,
        },
    }
    for page, body in sent.items():
        shown = desk.post(page, body | {"was": seen[page]}).content.decode()
        assert "Somebody has changed this meanwhile" in shown, page
    assert Team.objects.get(key="finance").mark == "Fx"
    maren.refresh_from_db()
    form.refresh_from_db()
    assert (maren.name, maren.role, form.goal) == ("Maren the Second", "agent", "Another goal")


def test_a_calendar_too(desk: Client, teams: Any) -> None:
    from pivotpoint.pivot import calendars
    from pivotpoint.pivot.models import Calendar

    week = ["9:00-17:00"] * 5 + ["", ""]
    one = calendars.save("Office", "Europe/Berlin", week, "", by=None, teams=[], calendar=None)
    page = reverse("desk:calendar_edit", args=[one.pk])
    seen = was(desk, page)
    calendars.save("Office", "Europe/Berlin", week, "2026-12-25 Christmas", by=None, teams=[], calendar=one)
    days = {f"day_{number}": hours for number, hours in enumerate(week)}
    answer = desk.post(page, {"name": "Office", "zone": "Europe/Paris", "was": seen, "holidays": "", **days})
    assert "holidays is now “2026-12-25 Christmas”" in answer.content.decode()
    assert Calendar.objects.get(pk=one.pk).zone == "Europe/Berlin"


def test_a_class_too_and_its_form_keeps_what_was_typed(desk: Client, maren: Any) -> None:
    from pivotpoint.listening.models import TaxonomyClass
    from pivotpoint.listening.taxonomies import taxonomies

    topics = taxonomies.make("Topics", by=maren)
    one = taxonomies.save_class(topics, "Late", examples=["It came late"], by=maren)
    page, action = reverse("desk:class", args=[one.pk]), reverse("desk:class_edit", args=[one.pk])
    seen = was(desk, page, action)
    taxonomies.save_class(topics, "Late", examples=["It came late", "A week late"], one=one, by=maren)
    mine = {"name": "Too late", "description": "", "examples": "It came late"}
    shown = desk.post(action, mine | {"was": seen}).content.decode()
    assert "changed this meanwhile: examples." in shown and 'value="Too late"' in shown
    assert TaxonomyClass.objects.get(pk=one.pk).examples == ["It came late", "A week late"]
    again = re.search(r'name="was" value="([^"]*)"', shown)
    assert again
    desk.post(action, mine | {"was": again[1]})
    assert TaxonomyClass.objects.get(pk=one.pk).name == "Too late"


def test_what_is_only_proposed_is_kept_as_a_proposal(desk: Client, maren: Any, teams: Any) -> None:
    from datetime import date

    from pivotpoint.pivot import edit, rotas
    from pivotpoint.pivot.models import Proposal

    pivot = edit.save({"name": "Refunds", "team": teams["finance"], "owner": maren}, by=maren)
    rota = rotas.save(pivot, [maren], by=maren, starts_on=date(2026, 11, 2))
    page = reverse("desk:rota_edit", args=[rota.pk])
    seen = was(desk, page)
    Installation.objects.update(two_pairs_of_eyes=True)
    said = {"whose": f"pivot-{pivot.pk}", "turn_days": "3", "starts_on": "2026-11-02", "person_0": maren.pk}
    desk.post(page, said | {"was": seen})
    rota.refresh_from_db()
    assert rota.turn_days == 7 and Proposal.objects.count() == 1
    type(rota).objects.filter(pk=rota.pk).update(turn_days=5)
    answer = desk.post(page, said | {"was": seen}).content.decode()
    assert "turn days is now “5”" in answer and Proposal.objects.count() == 1
