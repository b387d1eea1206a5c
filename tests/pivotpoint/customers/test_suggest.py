"""Less certain is a suggestion, and a person decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.customers import suggest
from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.customers.models import Customer, MergeSuggestion

pytestmark = pytest.mark.django_db

SAME_STEM = [Handle("email", "wilma.t@home.example"), Handle("social", "@wilma.t")]
SAME_NAME = [Handle("review", name, name="Una Berg", organisation="Nordlys") for name in ("u1", "u2")]


def found(handles: list[Handle]) -> list[MergeSuggestion]:
    identify(handles)
    while suggest.find():
        pass
    return list(MergeSuggestion.objects.all())


def test_the_same_word_before_the_at(db: None) -> None:
    (row,) = found(SAME_STEM)
    assert row.reason == "Both are “wilma.t” in an address or handle."


def test_the_same_name_at_the_same_organisation(db: None) -> None:
    (row,) = found(SAME_NAME)
    assert row.reason == "Both are called Una Berg at the same organisation."


def test_a_hint_that_arrives_later_is_found(db: None) -> None:
    assert not found(SAME_STEM[:1])
    assert len(found(SAME_STEM)) == 1


@pytest.mark.parametrize(
    "handles",
    [
        [Handle("review", "u1", name="Una Berg"), Handle("review", "u2", name="Una Berg")],
        [Handle("email", "info@a.example"), Handle("email", "info@b.example")],
        [Handle("email", f"thomas@{n}.example") for n in range(5)],
    ],
)
def test_common_words_are_no_hint(db: None, handles: list[Handle]) -> None:
    assert not found(handles)


def test_yes_merges_them(samir: Any) -> None:
    (row,) = found(SAME_STEM)
    suggest.decide(row, True, by=samir)
    row.refresh_from_db()
    assert (row.accepted, row.by, Customer.objects.people().count()) == (True, samir, 1)
    with pytest.raises(ValidationError, match="decided that already"):
        suggest.decide(row, False, by=samir)


def test_no_is_not_asked_again(samir: Any) -> None:
    (row,) = found(SAME_STEM)
    suggest.decide(row, False, by=samir)
    identify([Handle("review", "wilma.t")])
    found([])
    assert not MergeSuggestion.objects.waiting().filter(pk=row.pk).exists()
    assert MergeSuggestion.objects.filter(one=row.one, other=row.other).count() == 1
    assert Customer.objects.people().count() == 3


def test_a_viewer_may_not_decide(victor: Any) -> None:
    (row,) = found(SAME_STEM)
    with pytest.raises(PermissionDenied):
        suggest.decide(row, True, by=victor)
