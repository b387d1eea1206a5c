"""What people feel about each thing is summed over people, not messages."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.insights.evidence.aspects import of_message, of_theme
from pivotpoint.insights.models import Membership, Theme
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db

SAID = (
    "The drip tray is broken, but the beans are wonderful.",
    "My drip tray is terrible.",
    "Horrible, the drip tray again. The beans are great!",
    "I love your drip tray.",
)


@pytest.fixture
def theme(now: Any, installation: Any) -> Theme:
    theme = make_insight(1, len(SAID)).theme
    members = Membership.objects.filter(cluster__theme=1).order_by("pk")
    for text, member in zip(SAID, members, strict=True):
        Message.objects.filter(pk=member.pk).update(text=text)
    return theme


def test_people_are_counted_for_each_thing(theme: Theme) -> None:
    found = of_theme(theme)
    assert found.people == 4
    assert [(one.term, one.negative, one.neutral, one.positive) for one in found.things] == [
        ("drip tray", 3, 0, 1),
        ("beans", 0, 0, 2),
    ]


def test_a_person_who_says_it_twice_is_one_person(theme: Theme) -> None:
    first, second, *_ = Membership.objects.filter(cluster__theme=1).order_by("pk")
    Membership.objects.filter(pk=second.pk).update(customer=first.customer_id)
    found = of_theme(theme)
    assert found.people == 3
    assert found.things[0].people == 3


def test_a_message_says_what_it_feels_about_each(theme: Theme) -> None:
    message = Message.objects.get(text=SAID[0])
    assert {one.term: one.mood for one in of_message(message)} == {
        "drip tray": "negative",
        "beans": "positive",
    }
    Membership.objects.filter(pk=message.pk).delete()
    assert of_message(message) == []


def test_who_wrote_the_same_words_is_shown_as_such(theme: Theme) -> None:
    assert of_theme(theme).alike == 0
    Message.objects.filter(text__in=SAID[:3]).update(text="Bring back the drip tray!")
    assert of_theme(theme).alike == 3
