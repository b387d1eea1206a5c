"""A part of an insight is made an insight of its own, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.gathering.consolidate import put_in_order
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.models import (
    Insight,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
    ThemePart,
)
from pivotpoint.journal.models import Event
from tests.pivotpoint.insights.themes import facts, of
from tests.textanalytics.naming.telling.test_parts import THEME

pytestmark = pytest.mark.django_db


def test_an_insight_of_its_own_and_back(payments: SimpleNamespace, maren: Any) -> None:
    theme, part = payments.theme, of(payments.theme, "cancel")
    title, before = theme.title, facts(theme)
    messages = set(part.members.values_list("pk", flat=True))
    action = edit.split_part(part, by=maren)
    new = action.other
    assert new is not None
    new.refresh_from_db()
    assert (new.title, new.titled_by, new.messages, new.parent) == (part.said, maren, part.messages, theme)
    assert set(Membership.objects.filter(cluster__theme=new).values_list("pk", flat=True)) == messages
    assert Insight.objects.filter(pk=new.pk).exists()
    theme.refresh_from_db()
    assert (theme.title, theme.messages) == (title, len(THEME) - part.messages)
    assert facts(theme) == [one for one in before if one[0] != part.said]
    assert Event.objects.filter(name="insights.split", data__into=new.pk, actor_id=maren.pk).exists()
    undo(action, by=maren)
    theme.refresh_from_db()
    assert (theme.title, theme.messages) == (title, len(THEME))
    assert facts(theme) == before
    assert Theme.objects.get(pk=new.pk).merged_into == theme
    assert not MicroCluster.objects.filter(theme=theme, held=True).exists()


def test_what_a_person_held_is_held_after_the_undoing(payments: SimpleNamespace, maren: Any) -> None:
    part = of(payments.theme, "cancel")
    held = part.clusters.order_by("pk")[0]
    MicroCluster.objects.filter(pk=held.pk).update(held=True)
    undo(edit.split_part(part, by=maren), by=maren)
    assert list(MicroCluster.objects.filter(held=True)) == [held]


def test_it_stays_apart_whatever_is_put_in_order_later(
    payments: SimpleNamespace, say: Callable[..., Message], listen: Callable[[], None], maren: Any
) -> None:
    part = of(payments.theme, "cancel")
    texts = list(part.members.values_list("message__text", flat=True))
    new = edit.split_part(part, by=maren).other
    assert new is not None
    for number, text in enumerate(texts[:10]):
        say(text, f"again{number}")
    listen()
    put_in_order()
    tell_parts()
    new.refresh_from_db()
    assert (new.title, new.messages) == (part.said, part.messages + 10)
    assert not payments.theme.parts.shown().filter(said=part.said).exists()


def test_what_the_title_says_already_is_no_insight_of_its_own(
    payments: SimpleNamespace, client: Client, maren: Any
) -> None:
    theme, part = payments.theme, of(payments.theme, "cancel")
    Theme.objects.filter(pk=theme.pk).update(title=part.said, parted_for=0)
    tell_parts()
    first = theme.parts.shown()[0]
    assert (first, first.titled) == (part, True)
    with pytest.raises(ValidationError, match="The title says this"):
        edit.split_part(first, by=maren)
    client.force_login(maren)
    page = client.get(reverse("desk:insight", args=[theme.pk])).content.decode()
    assert "as its title says" in page
    assert reverse("desk:part_split", args=[theme.pk, part.pk]) not in page
    assert f"just this <b>{part.people}</b>" in client.get(reverse("desk:insights")).content.decode()
    Theme.objects.filter(pk=theme.pk).update(title="Card payment", parted_for=0)
    tell_parts()
    assert not theme.parts.filter(titled=True).exists()


def test_two_themes_never_share_a_title(payments: SimpleNamespace, maren: Any) -> None:
    part = of(payments.theme, "cancel")
    Theme.objects.create(pk=999, title=part.said)
    new = edit.split_part(part, by=maren).other
    assert new is not None
    assert new.title == f"{part.said} (2)"


def test_what_makes_no_sense_is_refused_in_words(payments: SimpleNamespace, maren: Any, samir: Any) -> None:
    theme, part = payments.theme, of(payments.theme, "cancel")
    with pytest.raises(PermissionDenied):
        edit.split_part(part, by=samir)
    rest = ThemePart.objects.create(theme=theme, messages=1)
    with pytest.raises(ValidationError, match="not there any more"):
        edit.split_part(rest, by=maren)
    edit.split_part(part, by=maren)
    with pytest.raises(ValidationError, match="not there any more"):
        edit.split_part(part, by=maren)
    for word in ("fee", "recogni"):
        last = of(theme, word)
        if last.messages == Membership.objects.filter(cluster__theme=theme).count():
            with pytest.raises(ValidationError, match="all messages"):
                edit.split_part(last, by=maren)
            return
        edit.split_part(last, by=maren)


def test_one_click_makes_it_an_insight_and_one_brings_it_back(
    payments: SimpleNamespace, client: Client, maren: Any, samir: Any
) -> None:
    theme, part = payments.theme, of(payments.theme, "cancel")
    path = reverse("desk:part_split", args=[theme.pk, part.pk])
    client.force_login(samir)
    assert client.post(path).status_code == 403
    assert (
        "Make it an insight of its own"
        not in client.get(reverse("desk:insight", args=[theme.pk])).content.decode()
    )
    client.force_login(maren)
    assert client.get(path).status_code == 405
    assert client.post(reverse("desk:part_split", args=[theme.pk, 987654321])).status_code == 404
    assert client.post(path).status_code == 302
    action = ThemeAction.objects.get(kind="split")
    assert action.other is not None and action.other.title == part.said
    assert (
        "is an insight of its own now"
        in client.get(reverse("desk:insight", args=[theme.pk])).content.decode()
    )
    client.post(reverse("desk:action_undo", args=[action.pk]))
    assert ThemePart.objects.shown().filter(pk=part.pk).exists()


def test_a_partner_sees_no_parts_of_what_they_do_not_see(
    payments: SimpleNamespace, client: Client, pia: Any
) -> None:
    client.force_login(pia)
    part = of(payments.theme, "cancel")
    assert client.post(reverse("desk:part_split", args=[payments.theme.pk, part.pk])).status_code in (
        403,
        404,
    )
    assert client.get(reverse("desk:insight", args=[payments.theme.pk])).status_code == 404


def test_over_the_api(payments: SimpleNamespace, client: Client, maren: Any, samir: Any) -> None:
    theme, part = payments.theme, of(payments.theme, "cancel")

    def call(user: Any, method: str, path: str) -> Any:
        _, secret = Token.issue(user, f"t{path}", ["desk.view", "insight.change"])
        return getattr(client, method)(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})

    row = {
        "id": part.pk,
        "said": part.said,
        "titled": False,
        "people": part.people,
        "messages": part.messages,
    }
    assert row in call(maren, "get", f"insights/{theme.pk}").json()["parts"]
    (listed,) = [one for one in call(maren, "get", "insights").json()["items"] if one["id"] == theme.pk]
    assert row in listed["parts"]
    split = f"insights/{theme.pk}/parts/{part.pk}/split"
    assert call(samir, "post", split).status_code == 403
    assert call(maren, "post", f"insights/{theme.pk}/parts/987654321/split").status_code == 404
    done = call(maren, "post", split)
    assert (done.status_code, done.json()["kind"], done.json()["theme"]) == (201, "split", theme.pk)
    assert call(maren, "post", split).status_code == 422
    assert call(maren, "delete", f"actions/{done.json()['id']}").json()["undone_at"]
    assert row in call(maren, "get", f"insights/{theme.pk}").json()["parts"]
