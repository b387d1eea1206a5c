"""Examples instead of words: an insight is like sentences, the same every time, and a person sets how like."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pivotpoint.insights.models import Insight, MicroCluster, ThemeVector
from pivotpoint.pivot.conditions import ConditionError, check, describe
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.replay import replay
from tests.pivotpoint.pivot.test_conditions import caught
from tests.switchyard import make_insight, make_pivot
from textanalytics import encoders

pytestmark = pytest.mark.usefixtures("teams", "now")

LATE = ["My refund has still not arrived", "I wait for my money back", "Where is the refund for my return?"]


def meaning(*sentences: str, op: str = "like", likeness: float = 60) -> dict[str, Any]:
    return {"conditions": [{"field": "meaning", "op": op, "value": list(sentences), "likeness": likeness}]}


def says(number: int, text: str, **fields: Any) -> Insight:
    """An insight whose middle is that of one text."""
    insight = make_insight(number, 2, title=text, **fields)
    vector = encoders.default().encode([text])[0].astype(np.float32).tobytes()
    ThemeVector.objects.create(theme=insight.theme, vector=vector)
    return insight


@pytest.fixture
def said(teams: Any) -> None:
    says(1, "The refund for my returned sofa has not come")
    says(2, "The courier left the parcel in the rain")
    says(3, "Die Rückerstattung für mein Sofa ist nicht da")


@pytest.mark.usefixtures("said")
def test_what_means_the_same_is_caught_in_other_words_and_in_german() -> None:
    assert caught(meaning(*LATE, likeness=50)) == [1, 3]
    assert caught(meaning(*LATE, op="unlike", likeness=50)) == [2]
    assert caught(meaning(*LATE, likeness=100)) == []


@pytest.mark.usefixtures("said")
def test_a_theme_newer_than_the_last_consolidation_is_read_from_its_clusters() -> None:
    insight = make_insight(4, 2, title="Money back")
    total = 3 * encoders.default().encode(["I still wait for my refund"])[0]
    MicroCluster.objects.filter(pk=4).update(vector=total.astype(np.float32).tobytes())
    assert insight.pk in caught(meaning(*LATE, likeness=50))


@pytest.mark.usefixtures("said")
def test_however_many_meanings_are_asked_the_middles_are_read_once(django_assert_num_queries: Any) -> None:
    rules = [meaning(*LATE[:n], likeness=50) for n in (1, 2, 3)] + [meaning("Parcel in the rain")]
    with django_assert_num_queries(4):  # the encoder, the kept middles, the clusters of new themes, the rules
        assert caught(*rules) == [1, 2, 3]


@pytest.mark.usefixtures("said")
def test_the_replay_shows_what_is_just_like_enough_and_what_just_not() -> None:
    near = replay([meaning(*LATE, likeness=50)]).near[0]
    assert {like.insight.pk for like in near.caught} == {1, 3}
    assert [like.insight.pk for like in near.missed] == [2]
    assert near.caught[0].percent <= near.caught[1].percent
    assert near.missed[0].percent < 50 <= near.caught[0].percent
    just_above = replay([meaning(*LATE, likeness=near.caught[0].percent)]).near[0]
    assert near.caught[0].insight.pk in {like.insight.pk for like in just_above.caught}
    assert replay([meaning(*LATE, likeness=near.caught[0].percent + 0.1)]).caught.insights == 1


def test_a_pivot_takes_by_meaning(teams: Any, ines: Any) -> None:
    make_pivot(teams["finance"], ines, conditions=meaning(*LATE, likeness=50)["conditions"])
    assert decide(says(2, "The courier left the parcel in the rain")) is None
    passage = decide(says(1, "The refund for my returned sofa has not come"))
    assert passage is not None
    assert passage.why.startswith("Meaning is like “My refund has still not arrived” and")
    assert passage.why.endswith("(50 %)")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (meaning(), "Meaning is like needs 1 to 10 sentences of at most 300 characters."),
        (meaning("x" * 301), "needs 1 to 10 sentences"),
        (meaning("Fine", likeness=101), "the likeness needs a number from 0 to 100, not 101."),
    ],
)
def test_an_example_that_cannot_be_asked_says_why(bad: Any, sentence: str) -> None:
    with pytest.raises(ConditionError) as refusal:
        check([bad])
    assert sentence in str(refusal.value)


def test_without_a_likeness_a_good_one_is_chosen() -> None:
    rule = {"conditions": [{"field": "meaning", "op": "like", "value": "My refund is late"}]}
    assert describe(check([rule])[0]) == "Meaning is like “My refund is late” (75 %)"
