"""Names from customers' own fields: learnt, read, left out, and the same again when a history is read anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.customers.models import Customer, Organisation
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Gazetteer, LeftOutName, Mention
from pivotpoint.listening.names import gazetteer
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads import runs

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
TEXT = (
    "My Aroma One broke again, the aroma ones from Rostock cost 49,90 €, order A-20177. I want my money back."
)


@pytest.fixture
def people() -> list[Customer]:
    """Four with a machine, three of them near Rostock; two with a rare one."""
    firm = Organisation.objects.create(name="Kaffeehaus Nord")
    made = [
        Customer.objects.create(
            name=f"P{i}", organisation=firm if i < 3 else None, fields={"product": "Aroma One"}
        )
        for i in range(4)
    ]
    for one in made[:3]:
        one.fields |= {"site": ["Rostock"], "note": "yes", "mail": "a@b.example", "age": 44}
        one.save()
    for i in range(2):
        Customer.objects.create(name=f"R{i}", fields={"product": "Silver Zorb"})
    return made


def learnt() -> list[tuple[str, str, int]]:
    live = Gazetteer.objects.live()
    return [tuple(name) for name in live.names] if live else []


def said(message: Message) -> list[tuple[str, str, str]]:
    rows = Mention.objects.filter(message=message).order_by("pk")
    return list(rows.values_list("kind", "field", "value"))


def test_values_that_enough_people_have_are_learnt_once(people: list[Customer]) -> None:
    assert gazetteer.learn_names() == 1
    assert learnt() == [
        ("organisation", "Kaffeehaus Nord", 3),
        ("product", "Aroma One", 4),
        ("site", "Rostock", 3),
    ]
    assert gazetteer.learn_names() == 0
    assert Event.objects.filter(name="listening.names_learnt").count() == 1


def test_a_message_is_read_with_them_and_shows_where(people: list[Customer], say: Say) -> None:
    gazetteer.learn_names()
    message = say(TEXT)
    read_unread()
    assert said(message) == [
        ("name", "product", "Aroma One"),
        ("name", "site", "Rostock"),
        ("amount", "", "EUR 49.90"),
        ("number", "", "A-20177"),
    ]
    mention = Mention.objects.get(value="Aroma One")
    assert [TEXT[start:end] for start, end in mention.spans] == ["Aroma One", "aroma ones"]
    assert mention.version == Gazetteer.objects.get().version


def test_who_is_merged_away_counts_once_and_who_is_erased_not_at_all(
    people: list[Customer], maren: Any
) -> None:
    Customer.objects.filter(pk=people[3].pk).update(merged_into=people[2])
    gazetteer.learn_names()
    assert ("product", "Aroma One", 3) in learnt()
    erase(people[2], by=maren)
    gazetteer.learn_names()
    assert learnt() == []


def test_a_person_leaves_one_out_and_takes_it_back(people: list[Customer], say: Say, maren: Any) -> None:
    gazetteer.learn_names()
    first = gazetteer.leave_out("product", "aroma one", by=maren)
    assert gazetteer.leave_out("product", "aroma one", by=maren) == first
    message = say(TEXT)
    read_unread()
    assert ("name", "product", "Aroma One") not in said(message)
    whole = gazetteer.leave_out("site", by=maren)
    assert [name[0] for name in learnt()] == ["organisation"]
    gazetteer.take_back(whole, by=maren)
    gazetteer.take_back(first, by=maren)
    gazetteer.take_back(first, by=maren)
    assert [name[0] for name in learnt()] == ["organisation", "product", "site"]
    assert not LeftOutName.objects.standing().exists()


def test_only_who_manages_reading_may_change_them(samir: Any, maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        gazetteer.leave_out("product", "Aroma One", by=samir)
    with pytest.raises(PermissionDenied):
        gazetteer.learn_now(by=samir)
    with pytest.raises(ValidationError):
        gazetteer.leave_out(" ", by=maren)


def test_the_same_names_again_are_the_same_version(people: list[Customer], maren: Any) -> None:
    gazetteer.learn_names()
    before = Gazetteer.objects.live()
    gazetteer.take_back(gazetteer.leave_out("site", by=maren), by=maren)
    assert Gazetteer.objects.live() == before
    assert Gazetteer.objects.count() == 2


def test_an_older_message_keeps_what_it_was_read_with_until_it_is_read_anew(
    people: list[Customer], say: Say, maren: Any
) -> None:
    message = say(TEXT)
    read_unread()
    before = said(message)
    assert [kind for kind, *_ in before] == ["amount", "number"]
    gazetteer.learn_names()
    assert said(message) == before
    run = runs.start(by=maren)
    for _ in range(4):
        runs.advance()
    run.refresh_from_db()
    assert (run.state, said(message)) == ("read", before)
    runs.accept(run, by=maren)
    for _ in range(3):
        runs.advance()
    assert ("name", "product", "Aroma One") in said(message)
    run.refresh_from_db()
    runs.undo(run, by=maren)
    for _ in range(3):
        runs.advance()
    assert said(message) == before
    assert set(Mention.objects.values_list("version", flat=True)) == {"4-rules"}


def test_what_is_not_about_us_names_nothing(people: list[Customer], say: Say) -> None:
    gazetteer.learn_names()
    message = say("ok")
    other = say("Follow me and win an Aroma One! Retweet to enter the giveaway, discount code inside")
    read_unread()
    assert not message.reading.about_us  # type: ignore[attr-defined]
    assert other.reading.about_us or said(other) == []  # type: ignore[attr-defined]
