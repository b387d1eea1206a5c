"""Shares with bounds, classes, and whether confidence keeps its word."""

from __future__ import annotations

import pytest

from textanalytics.reading.agreement import Judged, Share, bins, classes, gap, share


def judged(*rows: tuple[str, str, float]) -> list[Judged]:
    return [Judged(*row) for row in rows]


def test_few_answers_leave_wide_bounds() -> None:
    few, many = Share(9, 10), Share(900, 1000)
    assert few.low < many.low < 0.9 < many.high < few.high
    assert (Share(0, 0).share, Share(0, 0).low, Share(0, 0).high) == (None, 0.0, 1.0)
    assert few.low == pytest.approx(0.5958, abs=1e-4)


def test_precision_counts_what_was_said_and_recall_what_is() -> None:
    rows = judged(("a", "a", 0.9), ("a", "b", 0.6), ("b", "b", 0.7), ("b", "b", 0.7))
    by = {one.name: one for one in classes(rows)}
    assert (by["a"].precision, by["a"].recall) == (Share(1, 2), Share(1, 1))
    assert (by["b"].precision, by["b"].recall) == (Share(2, 2), Share(2, 3))
    assert share(rows) == Share(3, 4)


def test_the_gap_is_how_far_confidence_and_being_right_lie_apart() -> None:
    honest = judged(*[("a", "a", 0.75)] * 3, ("a", "b", 0.75))
    boastful = judged(*[("a", "b", 0.95)] * 4)
    assert gap(honest) == pytest.approx(0.0)
    assert gap(boastful) == pytest.approx(0.95)
    assert gap([]) is None


def test_the_surest_are_in_the_last_bin() -> None:
    found = bins(judged(("a", "a", 1.0), ("a", "a", 0.9), ("a", "b", 0.1)))
    assert [(one.low, one.high, one.share.asked) for one in found] == [(0.0, 0.5, 1), (0.9, 1.0, 2)]
