"""What is said in the parts of a theme: told, counted by people, and shown."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge as merge_customers
from pivotpoint.insights.counting.count import recount, recount_all
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.models import (
    Membership,
    MicroCluster,
    PartCluster,
    Theme,
    ThemePart,
)
from pivotpoint.insights.naming.parts import Found, parts_of
from pivotpoint.insights.naming.titles import name
from pivotpoint.journal.record import sweep
from tests.pivotpoint.insights.themes import facts, of, theme_of
from tests.textanalytics.naming.telling.test_parts import CANCELLED, CHARGED, THEME, UNKNOWN

pytestmark = pytest.mark.django_db


def test_each_part_has_its_words_its_people_and_its_messages(payments: SimpleNamespace) -> None:
    theme = payments.theme
    assert theme.messages == len(THEME)
    for word, texts in (("cancel", CANCELLED), ("recogni", UNKNOWN), ("fee", CHARGED)):
        part = of(theme, word)
        own = set(part.members.values_list("message__text", flat=True))
        assert len(own & set(texts)) >= 0.9 * len(own)
        assert part.people == part.messages == len(own)
    assert sum(part.messages for part in theme.parts.shown()) == theme.messages


def test_one_person_counts_once_in_a_part_and_a_merge_counts_again(
    payments: SimpleNamespace, maren: Any
) -> None:
    part = of(payments.theme, "cancel")
    one, two = [member.customer for member in part.members.select_related("customer").order_by("pk")[:2]]
    merge_customers(one, two, by=maren)
    sweep()
    after = ThemePart.objects.get(pk=part.pk)
    assert (after.people, after.messages) == (part.people - 1, part.messages)
    recount_all()
    again = ThemePart.objects.get(pk=part.pk)
    assert (again.people, again.messages) == (after.people, after.messages)


def test_who_joins_later_joins_the_nearest_part(
    payments: SimpleNamespace, say: Callable[..., Message], listen: Callable[[], None]
) -> None:
    part = of(payments.theme, "cancel")
    new = say("Why did you cancel my card payment in the shop on Monday?", "late")
    listen()
    assert theme_of(new) == payments.theme
    now = ThemePart.objects.get(pk=part.pk)
    assert now.messages == part.messages + 1
    assert new.pk in set(now.members.values_list("pk", flat=True))


def test_a_cluster_that_came_from_elsewhere_is_in_no_part_until_the_next_count(
    payments: SimpleNamespace,
) -> None:
    """Folded ones go with that into which they folded; what has left the theme is in no part of it."""
    theme, part, other = payments.theme, of(payments.theme, "cancel"), of(payments.theme, "fee")
    first, into = part.clusters.order_by("pk")[0], other.clusters.order_by("pk")[0]
    moved = Membership.objects.filter(cluster=first).count()
    MicroCluster.objects.filter(pk=first.pk).update(folded_into=into, count=0)
    recount([theme.pk])
    assert ThemePart.objects.get(pk=other.pk).messages == other.messages + moved
    assert ThemePart.objects.get(pk=part.pk).messages == part.messages - moved
    elsewhere = Theme.objects.create(pk=999, title="Elsewhere")
    MicroCluster.objects.filter(pk__in=[first.pk, into.pk]).update(theme=elsewhere)
    recount([theme.pk])
    assert ThemePart.objects.get(pk=other.pk).messages < other.messages
    assert (
        sum(one.messages for one in theme.parts.shown())
        == Membership.objects.filter(cluster__theme=theme).count()
    )


def test_it_is_looked_at_when_it_is_titled_and_when_it_has_doubled(payments: SimpleNamespace) -> None:
    theme, before = payments.theme, facts(payments.theme)
    keys = set(theme.parts.values_list("pk", flat=True))
    assert theme.parted_for == theme.messages
    assert tell_parts() == 0
    Theme.objects.filter(pk=theme.pk).update(parted_for=theme.messages // 2)
    assert tell_parts() == 1
    name([theme.pk])
    assert Theme.objects.get(pk=theme.pk).parted_for == 0
    assert tell_parts() == 1
    assert set(facts(theme)) == set(before)
    assert set(theme.parts.values_list("pk", flat=True)) == keys


def test_a_theme_that_is_small_mixed_or_all_one_thing_has_no_parts(payments: SimpleNamespace) -> None:
    theme = Theme.objects.filter(pk=payments.theme.pk)
    for state in ({"mixed": True}, {"messages": 11}, {"about_us": False}, {"vague": True}):
        theme.update(parted_for=0, **state)
        assert tell_parts() == 0, state
        theme.update(mixed=False, messages=len(THEME), about_us=True, vague=False)
    Message.objects.update(text="My card payment was cancelled")
    theme.update(title="Card payment was cancelled")
    assert tell_parts() == 1
    assert not ThemePart.objects.exists()
    assert not PartCluster.objects.exists()


def looked_at(theme: Theme) -> Found:
    return parts_of([theme])[theme.pk]


def test_no_part_is_told_where_its_messages_lie_in_the_clusters_of_others(payments: SimpleNamespace) -> None:
    """What is split off moves by its clusters, so they have to be the part."""
    theme = payments.theme
    assert len(looked_at(theme).parts) >= 3
    part, other = of(theme, "cancel"), of(theme, "fee")
    into = other.clusters.order_by("-count", "pk")[0]
    Membership.objects.filter(pk__in=part.members.values("pk")).update(cluster=into)
    left = looked_at(theme).parts
    assert part.said not in left
    assert other.said not in left
    Membership.objects.filter(cluster__theme=theme).update(cluster=into)
    assert not looked_at(theme).parts, looked_at(theme)


def test_what_changed_while_it_was_looked_at_is_looked_at_again(
    payments: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pivotpoint.insights.gathering import clusters, parts

    theme = payments.theme
    Theme.objects.filter(pk=theme.pk).update(parted_for=0)
    found = parts.parts_of

    def meanwhile(themes: list[Theme]) -> dict[int, Found]:
        clusters.locked()
        return found(themes)

    monkeypatch.setattr(parts, "parts_of", meanwhile)
    assert tell_parts() == 0
    monkeypatch.undo()
    assert tell_parts() == 1


def test_a_phrase_loses_the_word_beside_it_where_the_parts_are_told(
    payments: SimpleNamespace, maren: Any
) -> None:
    """At the first look after it was titled, if no person titled it and no other theme is called so."""
    beside = "Awful card payment · fee"

    def titled(**state: Any) -> str:
        theme = Theme.objects.filter(pk=payments.theme.pk)
        theme.update(**{"title": beside, "parted_for": 0, "title_open": True, "titled_by": None} | state)
        assert tell_parts() == 1
        assert not theme.get().title_open
        return theme.get().title

    assert titled() == "Awful card payment"
    assert titled(title_open=False) == beside
    assert titled(titled_by=maren) == beside
    Theme.objects.create(pk=999, title="Awful card payment")
    assert titled() == beside


def test_whoever_knows_a_theme_by_its_title_finds_it_after_an_upgrade_and_a_merge(
    payments: SimpleNamespace, heard: Any, maren: Any
) -> None:
    theme = Theme.objects.filter(pk=payments.theme.pk)
    theme.update(title="Card payment · fee")
    edit.merge(theme_of(heard["late"][0]), payments.theme, by=maren)
    assert tell_parts() >= 1
    assert theme.get().title == "Card payment · fee"
    assert not Theme(title="Card payment · fee").title_open


def test_a_title_that_few_say_gives_way_to_the_two_largest_parts(payments: SimpleNamespace) -> None:
    """As long as nobody knows it by its title, and to no title that another theme has."""
    Membership.objects.filter(message__text__in=CANCELLED[:6]).delete()
    theme = Theme.objects.filter(pk=payments.theme.pk)
    theme.update(title="Today · shop · hotel", parted_for=0, title_open=True)
    tell_parts()
    title = theme.get().title
    one, two = title.split(" / ")
    assert {one, two} < {part.said for part in payments.theme.parts.all()}
    assert not payments.theme.parts.filter(titled=True).exists()
    for is_open in (False, True):
        if is_open:
            Theme.objects.create(pk=999, title=title)
        theme.update(title="Today · shop · hotel", parted_for=0, title_open=is_open)
        tell_parts()
        assert theme.get().title == "Today · shop · hotel"


def test_after_a_merge_the_parts_are_those_of_both(payments: SimpleNamespace, heard: Any, maren: Any) -> None:
    theme, late = payments.theme, theme_of(heard["late"][0])
    before = facts(theme)
    action = edit.merge(late, theme, by=maren)
    assert Theme.objects.get(pk=theme.pk).parted_for == 0
    assert tell_parts() >= 1
    own = Membership.objects.filter(cluster__theme=theme).count()
    assert sum(part.messages for part in theme.parts.shown()) == own
    undo(action, by=maren)
    assert tell_parts() >= 1
    assert set(facts(theme)) == set(before)


def test_nothing_is_left_of_the_words_of_who_is_erased(payments: SimpleNamespace, maren: Any) -> None:
    """What parts are called is made of customers' words."""
    part = of(payments.theme, "cancel")
    member = part.members.select_related("customer")[0]
    edit.rename(payments.theme, "Card payments", by=maren)
    ThemePart.objects.filter(pk=part.pk).update(said="Cancelled for Hanne Vos")
    erase(member.customer, by=maren)
    sweep()
    assert not ThemePart.objects.filter(said__contains="Hanne").exists()
    tell_parts()
    assert sum(one.messages for one in payments.theme.parts.shown()) == len(THEME) - 1


def test_the_page_shows_them_and_each_leads_to_its_messages(
    payments: SimpleNamespace, client: Client, maren: Any
) -> None:
    client.force_login(maren)
    theme, part = payments.theme, of(payments.theme, "cancel")
    page = client.get(reverse("desk:insight", args=[theme.pk])).content.decode()
    link = f"{reverse('desk:insight_messages', args=[theme.pk])}?part={part.pk}"
    assert part.said in page
    assert f"{part.people} people" in page
    assert link in page
    assert reverse("desk:part_split", args=[theme.pk, part.pk]) in page
    shown = client.get(link).content.decode()
    assert all(text.split()[-1] in shown for text in CANCELLED[:3])
    assert shown.count('name="message"') == min(part.messages, 25)
    assert f"{part.messages} of its {theme.messages} messages" in shown
    for unknown in ("x", "987654321", "9" * 30):
        assert (
            f"{theme.messages} messages"
            in client.get(f"{link.split('?')[0]}?part={unknown}").content.decode()
        )
    ladder = client.get(reverse("desk:insights")).content.decode()
    assert f"{part.said} <b>{part.people}</b>" in ladder


def test_no_query_more_for_more_parts(payments: SimpleNamespace, client: Client, maren: Any) -> None:
    """On the pages, over the API, and where a theme is looked at."""
    client.force_login(maren)
    theme, part = payments.theme, of(payments.theme, "cancel")
    _, secret = Token.issue(maren, "t", ["desk.view"])
    door = {"Authorization": f"Bearer {secret}"}

    def asked() -> list[int]:
        counts = []
        for path in (
            reverse("desk:insights"),
            reverse("desk:insight", args=[theme.pk]),
            f"{reverse('desk:insight_messages', args=[theme.pk])}?part={part.pk}",
            "/api/v1/insights",
        ):
            client.get(path, headers=door)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path, headers=door).status_code == 200
            counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            recount([theme.pk])
        return [*counts, len(queries)]

    few = asked()
    for other in Theme.objects.live().filter(insight__isnull=False):
        for number in range(10):
            ThemePart.objects.create(theme=other, said=f"Something {number}", people=1, messages=1)
    assert asked() == few
