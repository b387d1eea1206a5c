"""Insights that tell of one failing propose to be merged; nothing is joined by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.insights.decisions import edit
from pivotpoint.insights.gathering.see_also import look_beside
from pivotpoint.insights.models import IndexState, Insight, MicroCluster, Theme, ThemeVector
from pivotpoint.insights.similar import neighbours
from tests.switchyard import make_insight
from tests.textanalytics.naming.belonging.test_failing import CLOCK, FAILS, LIKED, RETRY, SPEAKER, TITLES

pytestmark = pytest.mark.django_db
FIRST, AGAIN, SPEAKERS = 1, 2, 3


@pytest.fixture
def radios(form: Any, now: Any) -> dict[int, Insight]:
    """Twenty-four people say in two themes that the radio won't play; put in order a moment ago."""
    groups = (FAILS * 4, RETRY * 2, SPEAKER * 2, CLOCK * 2, LIKED * 10)
    made = {}
    for pk, (title, texts) in enumerate(zip(TITLES.values(), groups, strict=True), 1):
        made[pk] = make_insight(pk, 4, title=title, parted_for=4)
        apart = np.eye(len(groups), dtype=np.float32)[pk - 1].tobytes()
        MicroCluster.objects.filter(theme=pk).update(samples=texts, vector=apart)
        ThemeVector.objects.create(theme_id=pk, vector=apart)
    IndexState.objects.create(pk=1, gathered=20, consolidated=20)
    look_beside()
    return made


def twins(pk: int) -> list[str]:
    return [one.title for one in neighbours(Theme.objects.get(pk=pk)).twins]


def test_who_tells_of_the_same_failing_is_told_of_on_both_sides(radios: dict[int, Insight]) -> None:
    assert twins(AGAIN) == ["Radio won't play"]
    assert twins(FIRST) == ["Start over"]
    assert twins(SPEAKERS) == []
    assert Theme.objects.filter(merged_into=None).count() == len(radios)


def test_it_is_forgotten_when_it_is_so_no_longer(radios: dict[int, Insight]) -> None:
    MicroCluster.objects.filter(theme=AGAIN).update(samples=CLOCK)
    IndexState.objects.update(consolidated=22)
    look_beside()
    assert twins(FIRST) == []


def test_not_with_what_a_person_named_nor_with_what_is_gone(radios: dict[int, Insight], maren: Any) -> None:
    edit.rename(Theme.objects.get(pk=AGAIN), "Red light", by=maren)
    assert twins(FIRST) == twins(AGAIN) == []
    Theme.objects.filter(pk=AGAIN).update(titled_by=None, about_us=False)
    assert twins(FIRST) == []


def test_the_page_offers_to_merge_them_by_one_click(
    radios: dict[int, Insight], client: Client, maren: Any
) -> None:
    client.force_login(maren)
    page = client.get(reverse("desk:insight", args=[FIRST])).content.decode()
    assert "Merge the two" in page
    chosen = {"insight": [FIRST, AGAIN]}
    client.post(reverse("desk:insights_merge"), chosen)
    assert Theme.objects.get(pk=AGAIN).merged_into_id == FIRST
    assert "Merge the two" not in client.get(reverse("desk:insight", args=[FIRST])).content.decode()


def test_a_partner_is_not_told_of_what_they_do_not_see(radios: dict[int, Insight], pia: Any) -> None:
    assert neighbours(Theme.objects.get(pk=FIRST), seen_by=pia).twins == []
