"""A message with two matters counts for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.follow import follow_reading
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.gathering.matters import hear_matters
from pivotpoint.insights.models import Backing, IndexState, Matter, Membership, Theme
from pivotpoint.insights.rereads.reread import follow_exchange, themes_report
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from pivotpoint.listening.correcting import correct
from pivotpoint.listening.models import Reading, Reread
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads import runs

BOTH = "I was charged twice for the same order on my card. Besides, the parcel never arrived, it is a week late now."
Say = Callable[..., Message]


@pytest.fixture
def settle(listen: Callable[[], None]) -> Callable[[], None]:
    """Everything, other matters among it, until nothing is left to do."""

    def until_quiet() -> None:
        for _ in range(5):
            listen()
            if not hear_matters():
                gather()
                return
        raise AssertionError("It does not come to rest.")

    return until_quiet


def behind(message: Message) -> set[int]:
    """The themes behind which the writer of the message stands."""
    return set(Backing.objects.filter(customer=message.customer_id).values_list("theme", flat=True))


def theme_of(message: Message) -> Theme:
    theme = Membership.objects.get(pk=message.pk).cluster.theme
    assert theme is not None
    return theme


@pytest.fixture
def both(heard: dict[str, list[Message]], say: Say, settle: Callable[[], None]) -> Message:
    """Whoever is behind two themes that others are behind, with one message."""
    message = say(BOTH, "wanda")
    settle()
    return message


def test_who_says_two_things_stands_behind_both(heard: dict[str, list[Message]], both: Message) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    assert late.pk != twice.pk
    assert behind(both) == {late.pk, twice.pk}
    assert Membership.objects.filter(pk=both.pk).count() == 1


def test_it_moves_nobody_else_and_a_full_count_is_the_same(
    heard: dict[str, list[Message]], both: Message
) -> None:
    before = list(Backing.objects.order_by("theme", "customer").values_list("theme", "customer", "messages"))
    recount_all()
    after = list(Backing.objects.order_by("theme", "customer").values_list("theme", "customer", "messages"))
    assert before == after
    assert (
        Theme.objects.get(pk=theme_of(heard["twice"][0]).pk).people
        + Theme.objects.get(pk=theme_of(heard["late"][0]).pk).people
        == len(heard["late"]) + len(heard["twice"]) + 2
    )


def test_looking_again_finds_the_same(both: Message, settle: Callable[[], None]) -> None:
    before = list(Matter.objects.values_list("membership", "start", "end", "cluster"))
    assert before
    follow_exchange([both.pk])
    assert Matter.objects.filter(end=0).exists()
    settle()
    assert list(Matter.objects.values_list("membership", "start", "end", "cluster")) == before
    assert hear_matters() == 0


def test_reading_anew_says_that_whoever_stands_behind_both_stays_behind_both(
    heard: dict[str, list[Message]], both: Message, maren: Any
) -> None:
    Reading.objects.exclude(pk=both.pk).update(function="marketing")
    run = runs.start(by=maren)
    while run.state != Reread.State.READ:
        runs.advance()
        run.refresh_from_db()
    report = {row["theme"]: row for row in run.report["themes"]}
    for theme in (theme_of(heard["late"][0]), theme_of(heard["twice"][0])):
        assert report[theme.pk]["people"] == [theme.people, theme.people]
    both_of_one = Membership.objects.filter(message__in=heard["late"]).values("customer")[:1]
    Membership.objects.filter(pk=both.pk).update(customer=both_of_one)
    again = {row["theme"]: row["people"][1] for row in themes_report(run)}
    assert again[theme_of(heard["late"][0]).pk] == len(heard["late"])


def test_when_both_become_one_theme_it_is_counted_once(
    heard: dict[str, list[Message]], both: Message, maren: Any
) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    edit.merge(twice, late, by=maren)
    kept = Theme.objects.get(pk=late.pk)
    assert kept.messages == Membership.objects.filter(cluster__theme=late).count()


def test_what_is_not_about_us_counts_nowhere(
    heard: dict[str, list[Message]], both: Message, maren: Any
) -> None:
    correct.correct(both, "about_us", "false", by=maren)
    follow_reading(Event.objects.filter(name="listening.reading_corrected").latest("pk"))
    assert not Matter.objects.exists()
    assert behind(both) == set()


def test_a_matter_waits_for_its_theme(
    say: Say, settle: Callable[[], None], heard: dict[str, list[Message]], maren: Any
) -> None:
    said = "The parcel never arrived, it is a week late now. Also the lid of my kettle is broken, please send a new lid."
    first = say(said, "wanda")
    settle()
    assert Matter.objects.get(membership=first.pk).cluster is None
    assert behind(first) == {theme_of(first).pk}
    lids = [
        say("The lid of my kettle is broken, please send a new lid", who) for who in ("ann", "ben", "cleo")
    ]
    settle()
    if theme_of(lids[0]) == theme_of(
        first
    ):  # So few messages may be one theme; a person says that they are two.
        edit.split(theme_of(first), [lid.pk for lid in lids], "Kettle lids", by=maren)
    for who in ("dan", "eve", "fay"):
        say("The lid of my kettle is broken, please send a new lid", who)
    settle()
    assert behind(first) == {theme_of(first).pk, theme_of(lids[0]).pk}


def test_one_matter_is_not_two(heard: dict[str, list[Message]], say: Say, settle: Callable[[], None]) -> None:
    message = say("The parcel never arrived. It is a week late now. Where is my parcel?", "wanda")
    settle()
    assert behind(message) == {theme_of(message).pk}


def test_whoever_comes_late_is_looked_at_too(
    heard: dict[str, list[Message]], say: Say, settle: Callable[[], None]
) -> None:
    late = say(BOTH, "wanda")
    settle()
    IndexState.objects.update(parted=late.pk + 100)
    again = say(BOTH.replace("card", "card, please"), "xenia")
    read_unread()
    gather()
    assert Matter.objects.filter(membership=again.pk, end=0).exists()
    settle()
    assert len(behind(again)) == 2


def test_in_another_theme_a_message_counts_once_however_often_it_says_it(
    heard: dict[str, list[Message]], say: Say, settle: Callable[[], None]
) -> None:
    said = "I was charged twice for the same order on my card. You charged my card twice for one order."
    message = say(f"My parcel has not arrived and it was due last week. {said}", "wanda")
    settle()
    counted = Matter.objects.filter(membership=message.pk, cluster__isnull=False)
    themes = list(counted.values_list("cluster__theme", flat=True))
    assert len(themes) == len(set(themes))
    assert all(
        Backing.objects.get(theme=pk, customer=message.customer_id).messages == 1 for pk in behind(message)
    )


def test_erasing_the_writer_takes_both_away(
    heard: dict[str, list[Message]], both: Message, maren: Any
) -> None:
    twice = theme_of(heard["twice"][0])
    before = Theme.objects.get(pk=twice.pk).people
    erase(both.customer, by=maren)
    sweep()
    assert not Matter.objects.exists()
    assert Theme.objects.get(pk=twice.pk).people == before - 1


def test_the_page_and_the_api_show_where_else_it_counts(
    heard: dict[str, list[Message]], both: Message, maren: Any, client: Any
) -> None:
    client.force_login(maren)
    (beside,) = client.get(f"/api/v1/messages/{both.pk}/matters").json()
    own, other = theme_of(both).pk, beside["insight"]
    assert {own, other} == behind(both)
    assert BOTH[slice(*beside["span"])] in BOTH
    assert client.get(f"/api/v1/insights/{other}/matters").json() == [beside]
    assert b"Said besides something else" in client.get(f"/insights/{other}/messages/").content
    assert b"Said besides" not in client.get(f"/insights/{own}/messages/").content


def test_more_second_matters_cost_no_more_queries(
    heard: dict[str, list[Message]],
    both: Message,
    say: Say,
    settle: Callable[[], None],
    maren: Any,
    client: Any,
) -> None:
    client.force_login(maren)
    page = f"/insights/{Matter.objects.counted().values_list('cluster__theme', flat=True)[0]}/messages/"

    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert b"Said besides" in client.get(page).content
        return len(asked)

    one = queries()
    for who in ("xenia", "yara", "zoe"):
        say(BOTH.replace("card", f"card, says {who}"), who)
    settle()
    assert Matter.objects.counted().values("membership").distinct().count() == 4
    assert queries() == one
