"""What no word holds together is no trend, until a person says that it is one matter."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.insights import edit
from pivotpoint.insights.models import Insight, MicroCluster, Theme
from pivotpoint.insights.naming import name
from pivotpoint.insights.undo import undo
from tests.switchyard import make_insight
from tests.textanalytics.naming.test_mixed import ANYTHING

pytestmark = pytest.mark.django_db


def holding(theme: Theme, texts: list[str]) -> None:
    """The theme's clusters keep these texts, one each."""
    MicroCluster.objects.filter(theme=theme).update(count=0)
    for n, text in enumerate(texts):
        kept = {"theme": theme, "count": 1, "vector": b"", "samples": [text]}
        MicroCluster.objects.update_or_create(id=1000 * theme.pk + n, defaults=kept)
    name([theme.pk])
    theme.refresh_from_db()


def test_it_is_noticed_when_it_is_named_and_again_when_its_words_agree(form: Any, now: Any) -> None:
    theme = make_insight(7, 7).theme
    holding(theme, ANYTHING)
    assert theme.mixed
    assert not Insight.objects.of_one_matter().exists()
    holding(theme, [f"{text}, and my refund is late" for text in ANYTHING])
    assert not theme.mixed
    assert Insight.objects.of_one_matter().get().theme == theme


def test_whoever_names_it_says_that_it_is_one_matter(form: Any, maren: Any, now: Any) -> None:
    theme = make_insight(7, 7, mixed=True).theme
    action = edit.rename(theme, "Nothing works on Mondays", by=maren)
    assert Insight.objects.of_one_matter().exists()
    undo(action, by=maren)
    assert not Insight.objects.of_one_matter().exists()


def test_the_heard_words_of_one_matter_are_not_mixed(heard: Any) -> None:
    assert Theme.objects.live().filter(vague=False).exists()
    assert not Theme.objects.filter(mixed=True).exists()
