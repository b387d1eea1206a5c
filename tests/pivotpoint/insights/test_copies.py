"""Copy-paste: many people, one voice. The rung counts the text once, and the people stay people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.insights.counting import count
from pivotpoint.insights.models import Membership, Theme
from tests.pivotpoint.insights.conftest import LATE
from tests.pivotpoint.insights.themes import theme_of
from textanalytics.duplicates import fewer

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
Listen = Callable[[], None]

TEXT = "My parcel never arrived and nobody at your company tells me where my parcel is. Find it this week!"
CHANGED = "My {word} parcel never arrived and nobody at your company tells me where it has been since Monday or who has it."
MARKS = ("copy_mark", "near_first", "near_middle", "near_last")
SHORT = "Where is my parcel?"


def test_a_campaign_is_one_voice_of_many_people(say: Say, listen: Listen) -> None:
    sent = [say(f"{TEXT}\nRegards, {who}", who) for who in ("anna", "bert", "cleo", "dora")]
    listen()
    theme = theme_of(sent[0])
    assert (theme.people, theme.copied, theme.copies, theme.voices, theme.rung) == (4, 4, 1, 1, "voice")


def test_a_campaign_with_a_word_changed_in_each_copy_is_one_voice(say: Say, listen: Listen) -> None:
    sent = [say(CHANGED.format(word=word), word) for word in ("blue", "green", "old", "late", "last")]
    listen()
    theme = theme_of(sent[0])
    assert (theme.people, theme.copied, theme.copies, theme.voices, theme.rung) == (5, 5, 1, 1, "voice")


def test_own_words_beside_a_campaign_count(say: Say, listen: Listen) -> None:
    for who in ("anna", "bert", "cleo"):
        say(TEXT, who)
    first = say(TEXT, "hanne")
    say(LATE[1], "hanne")
    say(LATE[0], "tomek")
    listen()
    theme = theme_of(first)
    assert (theme.people, theme.copied, theme.copies, theme.voices, theme.rung) == (5, 3, 1, 3, "trend")


def test_short_common_words_are_no_campaign(say: Say, listen: Listen) -> None:
    sent = [say(SHORT, who) for who in ("anna", "bert", "cleo")]
    listen()
    theme = theme_of(sent[0])
    assert (theme.people, theme.copied, theme.voices, theme.rung) == (3, 0, 3, "trend")


def test_a_further_copy_never_lowers_a_rung(say: Say, listen: Listen) -> None:
    first = say(LATE[0], "hanne")
    say(LATE[1], "tomek")
    seen = []
    for who in ("anna", "bert", "cleo"):
        say(TEXT, who)
        listen()
        seen.append(theme_of(first).voices)
    assert seen == [3, 3, 3]


def test_the_database_counts_as_the_library_does(say: Say, listen: Listen, monkeypatch: Any) -> None:
    """Also where the facts are set beside each other first."""
    for who in ("anna", "bert", "cleo", "hanne"):
        say(TEXT, who)
    say(LATE[1], "hanne")
    for who in ("dora", "emil"):
        say(TEXT.replace("week", "month"), who)
    listen()
    for i, who in enumerate(("fritz", "gesa", "hans")):
        say(CHANGED.format(word=("blue", "green", "old")[i]), who)
    listen()
    rows = defaultdict(lambda: ([], []))  # type: ignore[var-annotated]
    for theme, person, *marks in Membership.objects.values_list("cluster__theme", "customer", *MARKS):
        rows[theme][0].append(person)
        rows[theme][1].append(tuple(marks))
    expected = {theme: fewer(people, marks) for theme, (people, marks) in rows.items()}
    assert any(copied for copied, _ in expected.values())
    for many in (count.MANY, 1):
        monkeypatch.setattr(count, "MANY", many)
        Theme.objects.update(copied=0, copies=0)
        count.recount_all()
        kept = {
            pk: (copied, copies) for pk, copied, copies in Theme.objects.values_list("pk", "copied", "copies")
        }
        assert {theme: kept[theme] for theme in expected} == expected


def test_the_page_and_the_api_say_so(say: Say, listen: Listen, maren: Any, client: Any) -> None:
    for who in ("anna", "bert", "cleo"):
        first = say(TEXT, who)
    say(LATE[0], "tomek")
    listen()
    client.force_login(maren)
    page = client.get(reverse("desk:insight", args=[theme_of(first).pk])).content.decode()
    assert "3 people of them sent the same text: counted once" in " ".join(page.split())
    assert "the rung stands on 2" in page


def test_marks_of_changed_copies_are_made_up_for_what_was_there_before(say: Say, listen: Listen) -> None:
    first = say(CHANGED.format(word="blue"), "anna")
    say(CHANGED.format(word="green"), "bert")
    listen()
    Membership.objects.update(near_first=0, near_middle=0, near_last=0)
    count.recount_all()
    assert theme_of(first).copied == 0
    import_module("pivotpoint.insights.migrations.0010_mark_near_copies").mark(apps, None)
    count.count_due(busy=False)
    assert theme_of(first).copied == 2


def test_marks_are_made_up_for_what_was_there_before(say: Say, listen: Listen) -> None:
    first = say(TEXT, "anna")
    say(TEXT, "bert")
    listen()
    Membership.objects.update(copy_mark=0)
    count.recount_all()
    assert theme_of(first).copied == 0
    import_module("pivotpoint.insights.migrations.0006_copy_marks").mark(apps, None)
    count.count_due(busy=False)
    assert theme_of(first).copied == 2
