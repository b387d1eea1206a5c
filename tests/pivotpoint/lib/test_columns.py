"""Columns read as one text come to what their rows come to."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F, Value

from pivotpoint.insights.models import Backing, Theme
from pivotpoint.lib.columns import columns
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def test_columns_are_what_the_rows_are(installation: Any) -> None:
    make_insight(1, 3)
    make_insight(2, 2)
    themes, customers = columns(Backing.objects.values_list("theme_id", "customer_id"), 2)
    pairs = sorted(zip(themes.tolist(), customers.tolist(), strict=True))
    assert pairs == sorted(Backing.objects.values_list("theme_id", "customer_id"))


def test_what_is_missing_is_minus_one(installation: Any) -> None:
    insight = make_insight(1, 1)
    make_insight(2, 1)
    Theme.objects.filter(pk=2).update(merged_into=insight.pk)
    rows = Theme.objects.annotate(large=Value(2**40) + F("id"))
    ids, into, large = columns(rows.values_list("pk", "merged_into", "large"), 3)
    found = sorted(zip(ids.tolist(), into.tolist(), large.tolist(), strict=True))
    assert found == [(1, -1, 2**40 + 1), (2, 1, 2**40 + 2)]


def test_no_rows_are_empty_columns(installation: Any) -> None:
    assert [each.tolist() for each in columns(Theme.objects.values_list("pk", "people"), 2)] == [[], []]
