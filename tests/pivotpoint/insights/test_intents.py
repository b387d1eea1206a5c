"""What people mostly do is said in words, as long as the figures bear it out."""

from __future__ import annotations

import pytest

from pivotpoint.insights.intents import NAMES, is_talk, kinds
from textanalytics.base import INTENTS


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"praise": 71}, "praise"),
        ({"complaint": 6, "question": 4}, "mostly complaints"),
        ({"complaint": 5, "question": 5}, "complaints and questions"),
        ({"complaint": 59, "question": 19, "other": 22}, "partly complaints"),
        ({"complaint": 45, "other": 40, "praise": 15}, "partly complaints"),
        ({"other": 59, "praise": 21, "question": 20}, ""),
        ({"complaint": 50, "praise": 39, "other": 11}, "partly complaints"),
        ({"complaint": 50, "praise": 40, "other": 10}, "complaints and praise"),
        ({"other": 61, "praise": 39}, "mostly remarks"),
        ({"other": 59, "praise": 41}, "partly praise"),
        ({"other": 60, "praise": 40}, "mostly remarks"),
        ({"question": 49, "complaint": 40, "other": 11}, "questions and complaints"),
        (
            {"churn threat": 41, "complaint": 25, "request": 20, "question": 14},
            "threats to leave and complaints",
        ),
        ({"complaint": 29, "request": 28, "praise": 22, "question": 21}, ""),
    ],
)
def test_what_is_common_is_named_and_nothing_else(counts: dict[str, int], said: str) -> None:
    assert kinds(counts) == said


def test_each_intent_has_a_name() -> None:
    assert set(NAMES) == set(INTENTS)


@pytest.mark.parametrize(
    ("counts", "negative_share", "talk"),
    [
        ({"other": 14, "praise": 6}, 0.25, True),
        ({"other": 13, "praise": 7}, 0.0, False),
        ({"other": 20}, 0.3, False),
        ({"other": 9}, 0.0, False),
        ({}, 0.0, False),
    ],
)
def test_talk_is_remarks_that_upset_hardly_anybody(
    counts: dict[str, int], negative_share: float, talk: bool
) -> None:
    assert is_talk(counts, sum(counts.values()), negative_share) is talk
