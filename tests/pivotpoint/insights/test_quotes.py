"""Which of a theme's words are shown first."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from pivotpoint.insights.quotes import _best


def said(number: int, mood: str, kind: str = "social") -> Any:
    return SimpleNamespace(
        pk=number,
        text=f"The parcel is on its way for day number {number}",
        customer_id=number,
        customer=SimpleNamespace(name=f"Person {number}"),
        identity=SimpleNamespace(kind=kind, handle=f"p{number}"),
        channel=SimpleNamespace(name="E-mail"),
        said_at=datetime(2026, 11, 20, tzinfo=UTC),
        reading=SimpleNamespace(mood=mood, evidence={}),
    )


def shown(*moods: str) -> list[str]:
    return [quote.mood for quote in _best([said(n, mood) for n, mood in enumerate(moods)], 3)]


def test_who_feels_the_opposite_of_nearly_all_is_quoted_last() -> None:
    assert shown("positive", "negative", "neutral", "negative", "negative") == [
        "negative",
        "neutral",
        "negative",
    ]
    assert shown("negative", "positive", "positive", "positive") == ["positive", "positive", "positive"]


def test_where_both_sides_are_heard_the_order_stays() -> None:
    assert shown("positive", "negative", "negative", "positive") == ["positive", "negative", "negative"]


def test_without_a_name_they_are_called_as_in_public() -> None:
    tweet, letter = said(1, "negative"), said(2, "negative", "email")
    tweet.customer.name = letter.customer.name = ""
    assert [quote.who for quote in _best([tweet, letter, said(3, "negative")], 3)] == [
        "p1",
        "Somebody",
        "Person 3",
    ]
