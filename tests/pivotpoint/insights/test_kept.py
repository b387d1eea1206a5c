"""What a theme is named from: its own texts, beside a fair share of everybody's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from pivotpoint.insights.models import MicroCluster, Theme
from pivotpoint.insights.naming.texts import texts_of
from pivotpoint.insights.naming.titles import name
from tests.pivotpoint.insights.test_mixed import holding
from tests.switchyard import make_insight
from tests.textanalytics.naming.belonging.test_mixed import ANYTHING
from tests.textanalytics.naming.telling.test_several import ELSEWHERE, KETTLE, REFUND

pytestmark = pytest.mark.django_db


def keep(theme: Theme, *clusters: list[str]) -> None:
    """So many clusters, the first the biggest, keep these texts."""
    MicroCluster.objects.filter(theme=theme).update(count=0)
    for n, texts in enumerate(clusters):
        fields = {"theme": theme, "count": 99 - n, "vector": b"", "samples": texts}
        MicroCluster.objects.update_or_create(id=1000 * theme.pk + n, defaults=fields)


def test_each_cluster_has_its_say_before_any_says_more(form: Any, now: Any) -> None:
    theme, other = make_insight(7, 2).theme, make_insight(8, 2).theme
    keep(theme, ["one", "more"], ["two"])
    keep(other, ["three", "four"])
    texts = texts_of([theme.pk])
    assert texts.of == {7: ["one", "two", "more"]}
    assert texts.said.texts == ["one", "two", "more", "three"]
    assert texts.said.labels.tolist() == [7, 7, 7, 8]


def test_short_replies_belong_to_no_theme(form: Any, now: Any) -> None:
    thanks = make_insight(7, 2).theme
    Theme.objects.filter(pk=7).update(vague=True)
    keep(thanks, ["thanks", "ok"])
    assert texts_of([]).said.labels.tolist() == [-1]


def test_a_large_theme_and_all_others_are_read_in_part(
    form: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pivotpoint.insights.naming.texts.OWN", 2)
    monkeypatch.setattr("pivotpoint.insights.naming.texts.LEAST", 2)
    monkeypatch.setattr("pivotpoint.insights.naming.texts.OTHERS", 3)
    theme, other = make_insight(7, 2).theme, make_insight(8, 2).theme
    keep(theme, *([f"own {n}"] for n in range(5)))
    keep(other, *([f"other {n}"] for n in range(5)))
    assert texts_of([7]).said.texts == ["own 0", "own 3", "other 0", "other 2", "other 4"]


def test_it_takes_as_many_queries_for_many_themes_as_for_one(form: Any, now: Any) -> None:
    from django.db import connection

    for pk in range(7, 12):
        keep(make_insight(pk, 2).theme, [f"text {pk}"])
    with CaptureQueriesContext(connection) as one:
        texts_of([7])
    with CaptureQueriesContext(connection) as many:
        texts_of(range(7, 12))
    assert len(one) == len(many)


def test_a_theme_named_alone_is_judged_as_in_company(form: Any, now: Any) -> None:
    """Kettles share a thing and no matter: that takes knowing what all others have in common."""
    holding(make_insight(8, 10).theme, REFUND)
    holding(make_insight(30, 7).theme, ANYTHING)
    for pk, text in enumerate(ELSEWHERE, 9):
        holding(make_insight(pk, 1).theme, [text])
    holding(make_insight(7, 15).theme, KETTLE)
    marks = Theme.objects.filter(pk__in=[7, 8, 30]).order_by("pk").values_list("title", "mixed", "several")
    name([*range(7, 9 + len(ELSEWHERE)), 30])
    together = list(marks)
    assert [mark[1:] for mark in together] == [(False, True), (False, False), (True, False)]
    for pk in (7, 8, 30):
        name([pk])
    assert list(marks) == together
