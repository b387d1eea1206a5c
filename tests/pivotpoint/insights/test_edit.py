"""What a person does to themes holds, through every later run, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.aside import set_aside
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.evidence.quotes import joined, quotes
from pivotpoint.insights.gathering import memory
from pivotpoint.insights.models import Backing, Insight, Membership, MicroCluster, Theme
from pivotpoint.insights.naming import titles
from pivotpoint.insights.similar import similar
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from tests.pivotpoint.insights.themes import theme_of

pytestmark = pytest.mark.django_db
Heard = dict[str, list[Message]]
Listen = Callable[[], None]
Say = Callable[..., Message]


def picture() -> list[tuple[Any, ...]]:
    return list(
        Theme.objects.order_by("pk").values_list(
            "pk", "people", "messages", "rung", "merged_into", "function"
        )
    )


def rerun() -> None:
    """Everything in order again, by an index that is loaded from its rows."""
    memory._held = None
    with memory.held() as copy, edit.transaction.atomic():
        copy.index.consolidate()
        memory.save(copy)


def test_merged_themes_stay_merged(heard: Heard, maren: Any, say: Say, listen: Listen) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    edit.merge(twice, late, by=maren)
    rerun()
    say("I was charged twice for the same order on my card.", "sven")
    listen()
    twice.refresh_from_db()
    assert twice.merged_into == late
    assert {theme_of(m) for m in heard["twice"]} == {late}
    assert Theme.objects.get(pk=late.pk).people == 5
    assert Event.objects.get(name="insights.merged").data["gone"] == twice.pk
    assert not Event.objects.filter(name="insights.fell_a_rung").exists()


def test_a_merge_undone_is_as_before(heard: Heard, maren: Any) -> None:
    before = picture()
    action = edit.merge(theme_of(heard["twice"][0]), theme_of(heard["late"][0]), by=maren)
    assert picture() != before
    undo(action, by=maren)
    undo(action, by=maren)
    assert picture() == before


def test_what_was_split_off_stays_split(heard: Heard, maren: Any, listen: Listen) -> None:
    late = theme_of(heard["late"][0])
    chosen = [m.pk for m in heard["late"][:2]]
    before = picture()
    action = edit.split(late, chosen, "Parcels of last week", by=maren)
    rerun()
    listen()
    new = Theme.objects.get(pk=action.other_id)
    assert (new.title, new.people, new.parent) == ("Parcels of last week", 2, late)
    assert {theme_of(m) for m in heard["late"][:2]} == {new}
    assert Theme.objects.get(pk=late.pk).people == 2
    undo(action, by=maren)
    assert [row for row in picture() if row[0] != new.pk] == before
    new.refresh_from_db()
    assert (new.merged_into, new.messages) == (late, 0)


def test_not_this_puts_a_message_and_its_copies_elsewhere(
    heard: Heard, maren: Any, say: Say, listen: Listen
) -> None:
    copy = say(heard["late"][0].text.upper(), "sven")
    listen()
    late = theme_of(heard["late"][0])
    action = edit.move(heard["late"][0], None, by=maren)
    own = Theme.objects.get(pk=action.other_id)
    assert {theme_of(heard["late"][0]), theme_of(copy)} == {own}
    assert own.people == 2
    later = say(heard["late"][0].text, "rhea")
    listen()
    assert theme_of(later) == own
    undo(action, by=maren)
    assert theme_of(copy) == late


def test_a_message_can_go_to_another_theme(heard: Heard, maren: Any) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    edit.move(heard["late"][3], twice, by=maren)
    rerun()
    assert theme_of(heard["late"][3]) == twice
    assert [Theme.objects.get(pk=t.pk).people for t in (late, twice)] == [3, 4]


def test_sums_equal_the_messages_after_every_edit(heard: Heard, maren: Any) -> None:
    edit.move(heard["late"][3], None, by=maren)
    edit.split(theme_of(heard["twice"][0]), [heard["twice"][1].pk], "", by=maren)
    counts = dict(MicroCluster.objects.filter(folded_into=None).values_list("pk", "count"))
    members = {pk: Membership.objects.filter(cluster=pk).count() for pk in counts}
    assert counts == members


def test_a_persons_title_stays(heard: Heard, maren: Any, say: Say, listen: Listen) -> None:
    late = theme_of(heard["late"][0])
    action = edit.rename(late, "  Parcels   late ", by=maren)
    for i in range(6):
        say(f"My parcel has not arrived, it is {i + 2} days late.", f"p{i}")
    listen()
    late.refresh_from_db()
    assert late.title == "Parcels late"
    undo(action, by=maren)
    late.refresh_from_db()
    assert late.title != "Parcels late"


def test_undo_goes_backwards(heard: Heard, maren: Any) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    first = edit.split(late, [heard["late"][0].pk], "", by=maren)
    edit.merge(late, twice, by=maren)
    with pytest.raises(ValidationError, match="First undo"):
        undo(first, by=maren)


def test_what_makes_no_sense_is_refused_in_words(heard: Heard, maren: Any, samir: Any) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    with pytest.raises(ValidationError, match="into itself"):
        edit.merge(late, late, by=maren)
    with pytest.raises(ValidationError, match="messages of this theme"):
        edit.split(late, [heard["twice"][0].pk], "", by=maren)
    with pytest.raises(ValidationError, match="all messages"):
        edit.split(late, [m.pk for m in heard["late"]], "", by=maren)
    with pytest.raises(ValidationError, match="already"):
        edit.move(heard["late"][0], late, by=maren)
    with pytest.raises(ValidationError, match="needs a word"):
        edit.rename(late, "  ", by=maren)
    with pytest.raises(PermissionDenied):
        edit.merge(late, twice, by=samir)
    assert not late.actions.exists()


def test_quotes_come_from_different_people_with_the_words_that_decided(
    heard: Heard, say: Say, listen: Listen, django_assert_num_queries: Any
) -> None:
    say(heard["late"][0].text, "hanne")
    listen()
    themes = [theme_of(heard[key][0]).pk for key in ("late", "twice")]
    with django_assert_num_queries(2):
        found = quotes(themes)
    assert [len(found[pk]) for pk in themes] == [3, 3]
    for said in found.values():
        assert len({quote.who for quote in said}) == 3
        assert any(quote.spans for quote in said)
        assert all(quote.text[a:b].strip() for quote in said for a, b in quote.spans)


def test_spans_that_touch_are_one() -> None:
    assert joined([(5, 9), (0, 4), (20, 22), (6, 12)]) == [(0, 12), (20, 22)]


def test_similar_themes_and_the_people_behind(heard: Heard) -> None:
    late = theme_of(heard["late"][0])
    behind = Backing.objects.filter(theme=late).values_list("customer__name", flat=True)
    assert sorted(behind) == ["Hanne", "Oona", "Rhea", "Tomek"]
    assert all(theme != late and 0 < likeness <= 1 for theme, likeness in similar(late))


def test_set_aside_until_a_day_to_come(heard: Heard, maren: Any) -> None:
    insight = Insight.objects.get(pk=theme_of(heard["late"][0]).pk)
    with pytest.raises(ValidationError):
        set_aside(insight, clock.now() - timedelta(days=1), by=maren)
    set_aside(insight, clock.now() + timedelta(days=7), by=maren)
    assert Insight.objects.get(pk=insight.pk).set_aside_by == maren


def test_what_went_into_another_keeps_no_title_from_it(heard: Heard) -> None:
    late = theme_of(heard["late"][0])
    title = late.title
    Theme.objects.create(pk=99, title=title, merged_into=late)
    titles.name([late.pk])
    late.refresh_from_db()
    assert late.title == title
