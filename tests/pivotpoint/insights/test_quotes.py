"""Which of a theme's words are shown first."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from pivotpoint.insights.evidence.quotes import _best

THEME = SimpleNamespace(title="Waiting for parcels", keywords=["way"])


def said(number: int, mood: str, kind: str = "social") -> Any:
    return SimpleNamespace(
        pk=number,
        text=f"The parcel is on its way for day number {number}",
        customer_id=number,
        customer=SimpleNamespace(name=f"Person {number}"),
        identity=SimpleNamespace(kind=kind, handle=f"p{number}"),
        channel=SimpleNamespace(name="E-mail"),
        said_at=datetime(2026, 11, 20, tzinfo=UTC),
        reading=SimpleNamespace(mood=mood, language="en"),
        membership=SimpleNamespace(cluster=SimpleNamespace(theme=THEME)),
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


def test_what_is_marked_is_what_they_are_quoted_for() -> None:
    """Words of the title, in any form: not its other words, nor what decided how the message was read."""
    (quote,) = _best([said(1, "negative")], 3)
    assert [quote.text[start:end] for start, end in quote.spans] == ["parcel"]
