"""A person says that nothing of a theme is about us: it leaves every list, what joins it too, and it can come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions.foreign import DOUBT, count, not_about_us
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.insights.similar import similar
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Reading
from pivotpoint.metrics.ledger import ledger
from tests.pivotpoint.insights.themes import theme_of

pytestmark = pytest.mark.django_db
Heard = dict[str, list[Message]]


def line(key: str) -> int:
    books = ledger(fresh=True)
    assert books.balances
    return next(one.messages for one in books.lines if one.key == key)


def test_it_leaves_the_ladder_and_stands_in_the_ledger_as_not_about_us(heard: Heard, maren: Any) -> None:
    late = theme_of(heard["late"][0])
    apart, waiting = line("not_about_us"), line("waiting")
    not_about_us(late, by=maren)
    assert not Theme.objects.live().filter(pk=late.pk).exists()
    assert not Insight.objects.live().filter(pk=late.pk).exists()
    assert line("not_about_us") == apart + late.messages
    assert line("waiting") == waiting - late.messages
    other = theme_of(heard["twice"][0])
    assert late not in [theme for theme, _ in similar(other)]
    assert Event.objects.get(name="insights.not_about_us").data["messages"] == late.messages


def test_what_joins_it_is_not_about_us_either(
    heard: Heard, maren: Any, say: Callable[..., Message], listen: Callable[[], None]
) -> None:
    late = theme_of(heard["late"][0])
    not_about_us(late, by=maren)
    before = Event.objects.filter(name="insights.became_trend").count()
    said = say(heard["late"][0].text, "sven")
    listen()
    assert theme_of(said) == late
    assert not Insight.objects.live().filter(pk=late.pk).exists()
    assert line("not_about_us") >= late.messages + 1
    assert Event.objects.filter(name="insights.became_trend").count() == before


def test_undone_it_is_as_before(heard: Heard, maren: Any) -> None:
    late = theme_of(heard["late"][0])
    apart, there = line("not_about_us"), Insight.objects.live().filter(pk=late.pk).exists()
    action = not_about_us(late, by=maren)
    undo(action, by=maren)
    assert Theme.objects.live().filter(pk=late.pk).exists()
    assert Insight.objects.live().filter(pk=late.pk).exists() == there
    assert line("not_about_us") == apart


def test_twice_or_of_what_went_elsewhere_is_refused(heard: Heard, maren: Any, victor: Any) -> None:
    late = theme_of(heard["late"][0])
    not_about_us(late, by=maren)
    with pytest.raises(ValidationError, match="already"):
        not_about_us(late, by=maren)
    with pytest.raises(PermissionDenied):
        not_about_us(theme_of(heard["twice"][0]), by=victor)


def test_the_product_asks_about_those_whose_readings_are_least_sure(heard: Heard) -> None:
    late, twice = theme_of(heard["late"][0]), theme_of(heard["twice"][0])
    for theme, sure in ((late, DOUBT - 0.2), (twice, DOUBT + 0.05)):
        for reading in Reading.objects.filter(message__membership__cluster__theme=theme):
            reading.confidence["about_us"] = sure
            reading.save(update_fields=["confidence"])
    found = count("")
    assert found[str(late.pk)] == pytest.approx(DOUBT - 0.2)
    assert str(twice.pk) not in found
