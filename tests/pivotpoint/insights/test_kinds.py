"""What people mostly do is said in words, as long as the figures bear it out."""

from __future__ import annotations

import pytest

from pivotpoint.insights.kinds import NAMES, kinds
from textanalytics.base import INTENTS


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"praise": 71}, "praise"),
        ({"complaint": 5, "question": 5}, "mostly complaints"),
        ({"question": 49, "complaint": 40, "other": 11}, "questions and complaints"),
        (
            {"churn threat": 41, "complaint": 25, "request": 20, "question": 14},
            "threats to leave and complaints",
        ),
        ({"complaint": 29, "request": 28, "praise": 22, "question": 21}, ""),
    ],
)
def test_two_kinds_are_named_where_they_are_most_of_it(counts: dict[str, int], said: str) -> None:
    assert kinds(counts) == said


def test_each_intent_has_a_name() -> None:
    assert set(NAMES) == set(INTENTS)
