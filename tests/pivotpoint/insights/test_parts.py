"""What is said in the parts of a theme: told, counted by people, shown, and made an insight of its own."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
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
from pivotpoint.insights.gathering.consolidate import put_in_order
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.models import (
    Insight,
    Membership,
    MicroCluster,
    PartCluster,
    Theme,
    ThemeAction,
    ThemePart,
)
from pivotpoint.insights.naming.parts import Found, parts_of
from pivotpoint.insights.naming.titles import name
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from tests.pivotpoint.insights.themes import theme_of
from tests.textanalytics.naming.test_parts import CANCELLED, CHARGED, THEME, UNKNOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def payments(say: Callable[..., Message], listen: Callable[[], None], maren: Any) -> SimpleNamespace:
    """Forty-eight people speak of a card payment: one theme, in three parts. Nobody else is there, so the themes that they make are
    put together by hand."""
    said = {text: say(text, f"p{number}") for number, text in enumerate(THEME)}
    listen()
    themes = list(Theme.objects.live().filter(vague=False).order_by("-messages", "pk"))
    for other in themes[1:]:
        edit.merge(other, themes[0], by=maren)
    ThemeAction.objects.all().delete()
    MicroCluster.objects.update(held=False)
    name([themes[0].pk])
    Theme.objects.filter(pk=themes[0].pk).update(title="Card payment")
    assert tell_parts() == 1
    return SimpleNamespace(theme=Theme.objects.get(pk=themes[0].pk), said=said)


def of(theme: Theme, word: str) -> ThemePart:
    (part,) = [one for one in theme.parts.shown() if word in one.said.lower()]
    return part


def facts(theme: Theme) -> list[tuple[str, int, int]]:
    return [(part.said, part.people, part.messages) for part in theme.parts.shown()]


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
    for state in ({"mixed": True}, {"messages": 39}, {"about_us": False}, {"vague": True}):
        theme.update(parted_for=0, **state)
        assert tell_parts() == 0, state
        theme.update(mixed=False, messages=len(THEME), about_us=True, vague=False)
    Message.objects.update(text="My card payment was cancelled")
    assert tell_parts() == 1
    assert not ThemePart.objects.exists()
    assert not PartCluster.objects.exists()


def test_no_part_is_told_where_its_messages_lie_in_the_clusters_of_others(payments: SimpleNamespace) -> None:
    """What is split off moves by its clusters, so they have to be the part."""
    theme = payments.theme
    assert len(parts_of(theme).parts) >= 3
    part, other = of(theme, "cancel"), of(theme, "fee")
    into = other.clusters.order_by("-count", "pk")[0]
    Membership.objects.filter(pk__in=part.members.values("pk")).update(cluster=into)
    left = parts_of(theme).parts
    assert part.said not in left
    assert other.said not in left
    Membership.objects.filter(cluster__theme=theme).update(cluster=into)
    assert not parts_of(theme).parts


def test_what_changed_while_it_was_looked_at_is_looked_at_again(
    payments: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pivotpoint.insights.gathering import clusters, parts

    theme = payments.theme
    Theme.objects.filter(pk=theme.pk).update(parted_for=0)
    found = parts.parts_of

    def meanwhile(row: Theme) -> Found:
        clusters.locked()
        return found(row)

    monkeypatch.setattr(parts, "parts_of", meanwhile)
    assert tell_parts() == 0
    monkeypatch.undo()
    assert tell_parts() == 1


def test_a_phrase_loses_the_word_beside_it_where_the_parts_are_told(
    payments: SimpleNamespace, maren: Any
) -> None:
    """At the first look after it was titled, if no person titled it and no other theme is called so."""
    beside = "Card payment · fee"

    def titled(**state: Any) -> str:
        theme = Theme.objects.filter(pk=payments.theme.pk)
        theme.update(**{"title": beside, "parted_for": 0, "title_open": True, "titled_by": None} | state)
        assert tell_parts() == 1
        assert not theme.get().title_open
        return theme.get().title

    assert titled() == "Card payment"
    assert titled(title_open=False) == beside
    assert titled(titled_by=maren) == beside
    Theme.objects.create(pk=999, title="Card payment")
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
