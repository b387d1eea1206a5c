"""What is said of the thing that a theme is called by, where it falls into no parts."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.customers.merge import merge as merge_customers
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.gathering import parts
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.models import Membership, MicroCluster, Theme, ThemePart
from pivotpoint.journal.record import sweep
from tests.pivotpoint.insights.themes import facts, of, theme_of
from tests.textanalytics.naming.telling.test_several import ELSEWHERE, KETTLE

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]


@pytest.fixture
def kettles(say: Say, listen: Callable[[], None], maren: Any) -> SimpleNamespace:
    """Fifteen people speak of a kettle, each of something else, and six of other things. Few of them make one theme by themselves, so they
    are put together by hand."""
    said = [say(text, f"k{number}") for number, text in enumerate(KETTLE)]
    for number, text in enumerate(ELSEWHERE):
        say(text, f"e{number}")
    listen()
    theme = theme_of(said[0])
    for other in {theme_of(message) for message in said} - {theme}:
        edit.merge(other, theme, by=maren)
    MicroCluster.objects.update(held=False)
    Theme.objects.filter(pk=theme.pk).update(title="Kettle", subject=True, title_open=True, parted_for=0)
    assert tell_parts() == 1
    return SimpleNamespace(theme=Theme.objects.get(pk=theme.pk), said=said)


def test_each_has_its_people_and_its_messages(kettles: SimpleNamespace) -> None:
    theme = kettles.theme
    told = [part.said.lower() for part in theme.parts.shown()]
    assert any("leak" in said for said in told)
    assert any("gas stove" in said for said in told)
    for part in theme.parts.shown().exclude(said=""):
        word = part.said.lower().split()[-1].rstrip("s")
        assert part.people == part.messages >= 3
        assert all(word in text for text in part.members.values_list("message__text", flat=True))
    assert sum(part.messages for part in theme.parts.shown()) == theme.messages == len(KETTLE)


def test_the_title_stays(kettles: SimpleNamespace) -> None:
    assert (kettles.theme.title, kettles.theme.subject) == ("Kettle", True)


def test_what_fewer_than_three_people_say_is_not_told(kettles: SimpleNamespace, maren: Any) -> None:
    part = of(kettles.theme, "gas stove")
    one, *others = [member.customer for member in part.members.select_related("customer").order_by("pk")]
    for other in others[:-1]:
        merge_customers(one, other, by=maren)
        sweep()
    assert ThemePart.objects.get(pk=part.pk).people == 2
    Theme.objects.filter(pk=kettles.theme.pk).update(parted_for=0)
    assert tell_parts() == 1
    assert not kettles.theme.parts.filter(said=part.said).exists()


def test_who_comes_later_says_something_else_until_it_is_looked_at_again(
    kettles: SimpleNamespace, say: Say, listen: Callable[[], None], maren: Any
) -> None:
    """Whether they say the same is a matter of words, and nearness does not tell."""
    theme, before = kettles.theme, {said: messages for said, _, messages in facts(kettles.theme)}
    part = of(theme, "leak")
    texts = [
        "the kettle leaks on long winter evenings",
        "the kettle leaks whenever it boils",
    ]
    late = [say(text, f"late{number}") for number, text in enumerate(texts)]
    listen()
    for message in late:
        if theme_of(message) != theme:
            edit.merge(theme_of(message), theme, by=maren)
    now = {said: messages for said, _, messages in facts(theme)}
    assert now == before | {"": before[""] + 2}
    Theme.objects.filter(pk=theme.pk).update(title="Kettle", subject=True, parted_for=0)
    assert tell_parts() == 1
    assert of(theme, "leak").messages == part.messages + 2


def test_it_is_looked_at_again_when_a_fifth_more_has_come(kettles: SimpleNamespace) -> None:
    theme = Theme.objects.filter(pk=kettles.theme.pk)
    theme.update(messages=17)
    assert not parts.due(1)
    theme.update(messages=18)
    assert parts.due(1)
    ThemePart.objects.update(worded=False)
    assert not parts.due(1)


def test_a_recount_gives_the_same(kettles: SimpleNamespace) -> None:
    before = facts(kettles.theme)
    recount([kettles.theme.pk])
    assert facts(kettles.theme) == before


def test_it_can_be_made_an_insight_of_its_own(kettles: SimpleNamespace, maren: Any) -> None:
    part, before = of(kettles.theme, "leak"), facts(kettles.theme)
    own = set(part.members.values_list("pk", flat=True))
    action = edit.split_part(part, by=maren)
    assert set(Membership.objects.filter(cluster__theme=action.other).values_list("pk", flat=True)) == own
    undo(action, by=maren)
    assert facts(kettles.theme) == before


def test_of_more_than_are_asked_nothing_is_told_by_words(
    kettles: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pivotpoint.insights.naming.parts.ASKED", 14)
    Theme.objects.filter(pk=kettles.theme.pk).update(parted_for=0)
    assert tell_parts() == 1
    assert not ThemePart.objects.exists()


def test_the_pages_say_it_as_listen_does(kettles: SimpleNamespace, client: Client, maren: Any) -> None:
    client.force_login(maren)
    theme, part = kettles.theme, of(kettles.theme, "leak")
    page = reverse("desk:insight", args=[theme.pk])
    shown = client.get(page).content.decode()
    assert ">Said of it</h2>" in shown
    assert f'<b>{part.said}</b><br><small class="muted">{part.people} people' in shown
    assert f"{part.said} <b>{part.people}</b>" in client.get(reverse("desk:insights")).content.decode()
    ThemePart.objects.filter(said="").update(people=10)
    assert ">Some of it</h2>" in client.get(page).content.decode()


def test_themes_of_which_nothing_was_told_before_are_looked_at_after_an_upgrade(
    kettles: SimpleNamespace,
) -> None:
    import_module("pivotpoint.insights.migrations.0028_worded_parts").look_again(apps, None)
    assert not parts.due(1)
    ThemePart.objects.all().delete()
    import_module("pivotpoint.insights.migrations.0028_worded_parts").look_again(apps, None)
    assert [theme.pk for theme in parts.due(1)] == [kettles.theme.pk]
