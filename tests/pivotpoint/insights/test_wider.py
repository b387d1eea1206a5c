"""The second level: wider themes, whose people are counted once, and what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.place import place, rename_wider
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.ladder.wider import without_homonyms
from pivotpoint.insights.models import Backing, Theme, WiderTheme
from pivotpoint.insights.wider.count import count_wider_due, note
from pivotpoint.insights.wider.widen import widen
from pivotpoint.journal.models import Event
from tests.pivotpoint.insights.themes import theme_of
from tests.textanalytics.naming.belonging.test_wider import ALONE, INVOICES, PARCELS

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
Listen = Callable[[], None]

COPIES, VAT = INVOICES
WHO = {
    "copy": ("hanne", "tomek", "oona"),
    "vat": ("hanne", "rhea", "oona"),
    "damaged": ("anna", "bert", "cleo"),
    "lost": ("dora", "emil", "fred"),
    "course": ("sven", "mila", "kai"),
}


@pytest.fixture
def told(say: Say, listen: Listen, maren: Any) -> dict[str, Theme]:
    """Hanne and Oona speak of both sides of the invoice; others of parcels, and of a course."""
    texts = (*INVOICES, *PARCELS, *ALONE)
    said = {
        key: [say(text, who) for text, who in zip(some, names, strict=True)]
        for (key, names), some in zip(WHO.items(), texts, strict=True)
    }
    listen()
    found = {key: theme_of(messages[0]) for key, messages in said.items()}
    for one, other in (("copy", "vat"), ("damaged", "lost")):
        if found[one] == found[other]:
            edit.split(found[one], [message.pk for message in said[other]], "", by=maren)
            found[other] = theme_of(said[other][0])
    widen()
    return found


def around(theme: Theme) -> WiderTheme | None:
    return Theme.objects.select_related("part_of").get(pk=theme.pk).part_of


def wider_of(theme: Theme) -> WiderTheme:
    found = around(theme)
    assert found is not None
    return found


def test_themes_about_one_thing_are_part_of_one_wider_theme(told: dict[str, Theme]) -> None:
    assert told["copy"] != told["vat"]
    assert wider_of(told["copy"]) == wider_of(told["vat"])
    assert around(told["course"]) is None
    assert "invoice" in wider_of(told["copy"]).title.lower()


def test_whoever_is_behind_two_of_its_themes_is_one_person(told: dict[str, Theme]) -> None:
    wider = wider_of(told["copy"])
    assert (wider.themes, wider.people, wider.messages) == (2, 4, 6)
    assert wider.people < sum(Theme.objects.filter(part_of=wider).values_list("people", flat=True))


def test_the_kept_count_is_that_of_a_full_recount(told: dict[str, Theme], say: Say, listen: Listen) -> None:
    say("Send me a copy of the invoice, please.", "mika")
    listen()
    kept = wider_of(told["copy"])
    distinct = Backing.objects.filter(theme__part_of=kept).values("customer").distinct().count()
    assert kept.people == distinct == 5
    recount_all()
    assert wider_of(told["copy"]).people == kept.people


def test_a_count_put_off_is_made_up_by_the_sweep(told: dict[str, Theme]) -> None:
    wider = wider_of(told["copy"])
    WiderTheme.objects.filter(pk=wider.pk).update(people=99)
    note([told["vat"].pk], count=False)
    assert WiderTheme.objects.get(pk=wider.pk).uncounted
    assert count_wider_due() == 1
    assert WiderTheme.objects.get(pk=wider.pk).people == 4


def test_a_second_run_moves_nothing_and_keeps_ids_and_titles(told: dict[str, Theme]) -> None:
    before = list(WiderTheme.objects.values_list("pk", "title", "people"))
    assert widen() == 0
    assert list(WiderTheme.objects.values_list("pk", "title", "people")) == before


def test_what_a_person_placed_stays_through_every_later_run(told: dict[str, Theme], maren: Any) -> None:
    wider = wider_of(told["copy"])
    place(told["course"], wider, by=maren)
    place(told["vat"], None, by=maren)
    widen()
    assert around(told["course"]) == wider
    assert around(told["vat"]) is None
    assert {event.data["part_of"] for event in Event.objects.filter(name="insights.placed")} == {
        wider.pk,
        None,
    }
    assert WiderTheme.objects.get(pk=wider.pk).people == 6


def test_a_placing_is_taken_back_but_not_before_a_later_one(told: dict[str, Theme], maren: Any) -> None:
    wider = wider_of(told["vat"])
    first = place(told["vat"], None, by=maren)
    second = place(told["vat"], wider, by=maren)
    with pytest.raises(ValidationError, match="First undo"):
        undo(first, by=maren)
    undo(second, by=maren)
    undo(first, by=maren)
    vat = Theme.objects.get(pk=told["vat"].pk)
    assert (vat.part_of, vat.part_held) == (wider, False)
    assert WiderTheme.objects.get(pk=wider.pk).people == 4


def test_a_persons_title_stays(told: dict[str, Theme], maren: Any) -> None:
    wider = wider_of(told["copy"])
    rename_wider(wider, " Everything  about invoices ", by=maren)
    widen()
    assert wider_of(told["copy"]).title == "Everything about invoices"
    with pytest.raises(ValidationError):
        rename_wider(wider, " ", by=maren)


def test_merged_themes_count_once_and_their_wider_theme_rests(told: dict[str, Theme], maren: Any) -> None:
    wider = wider_of(told["copy"])
    action = edit.merge(told["vat"], told["copy"], by=maren)
    assert WiderTheme.objects.get(pk=wider.pk).themes == 1
    assert wider not in WiderTheme.objects.live()
    undo(action, by=maren)
    assert WiderTheme.objects.get(pk=wider.pk).themes == 2


def test_what_is_split_off_stays_within_the_wider_theme(told: dict[str, Theme], maren: Any) -> None:
    message = Message.objects.get(text=VAT[0])
    action = edit.split(told["vat"], [message.pk], "Wrong number", by=maren)
    assert action.other is not None
    assert action.other.part_of == wider_of(told["vat"])
    assert wider_of(told["vat"]).people == 4


def test_erasing_somebody_recounts_and_names_anew(
    told: dict[str, Theme], maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    wider = wider_of(told["copy"])
    person = Message.objects.get(text=COPIES[1]).customer
    WiderTheme.objects.filter(pk=wider.pk).update(title="Tomek's words")
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, by=maren)
    fresh = WiderTheme.objects.get(pk=wider.pk)
    assert fresh.people == 3
    assert fresh.title != "Tomek's words"


def test_only_who_may_change_insights_decides(told: dict[str, Theme], cast: dict[str, Any]) -> None:
    partner = next(user for user in cast.values() if user.role == "partner")
    with pytest.raises(PermissionDenied):
        place(told["vat"], None, by=partner)
    with pytest.raises(PermissionDenied):
        rename_wider(wider_of(told["vat"]), "Mine", by=partner)
    assert not WiderTheme.objects.visible_to(partner).exists()


def test_two_of_one_word_are_no_wider_theme() -> None:
    titles = ["Ticket", "Tickets", "Lost bag", "Bag trouble", "Oven", "Ovens", "Oven trouble"]
    groups = np.array([0, 0, 1, 1, 2, 2, 2])
    assert without_homonyms(groups, titles).tolist() == [-1, -1, 1, 1, 2, 2, 2]
