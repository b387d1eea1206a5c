"""A standing answer that stops working says so: people come back, verdicts get worse, the limit is reached."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.lib import clock
from pivotpoint.metrics.standing import Health, health
from pivotpoint.pivot import loops, standing, use
from pivotpoint.pivot.models import StandingAnswer
from tests.pivotpoint.pivot.test_standing import FIELDS, says
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def small(now: Any, teams: Any, ines: Any, maren: Any) -> StandingAnswer:
    pivot = make_pivot(teams["finance"], ines)
    make_insight(1, 4)
    with clock.at(now - timedelta(days=30)):
        return standing.make(pivot, FIELDS | {"most_amount": None, "unit": ""}, by=maren)


def looked(small: StandingAnswer) -> Health:
    return health([small])[small.pk]


def used(small: StandingAnswer, mail: Any, samir: Any, moment: Any, name: str) -> Any:
    from pivotpoint.insights.models import Insight

    with clock.at(moment):
        conversation = says(Insight.objects.get(pk=1), mail, name)
        use.use(small, conversation, by=samir)
    return conversation


def test_unused_it_has_no_sign(small: StandingAnswer) -> None:
    assert looked(small) == Health()


def test_people_who_say_the_same_again_came_back(
    small: StandingAnswer, mail: Any, samir: Any, now: Any
) -> None:
    from pivotpoint.insights.models import Insight

    names = ("Anna K", "Ben O", "Cara P", "Dora Q")
    for place, name in enumerate(names):
        used(small, mail, samir, now - timedelta(days=26 - 6 * place), name)
    assert looked(small).signs == []
    for name in names[2:]:
        says(Insight.objects.get(pk=1), mail, name)
    found = looked(small)
    assert (found.uses, found.came_back) == (4, 2)
    assert found.signs == ["2 of 4 people said the same again within 14 days."]


def test_a_limit_that_is_reached_often(small: StandingAnswer, mail: Any, samir: Any, now: Any) -> None:
    for place, name in enumerate(("Anna K", "Ben O", "Cara P", "Dora Q")):
        used(small, mail, samir, now - timedelta(days=10 - 8 * (place // 2), hours=-place), name)
    assert looked(small).signs == ["The limit was reached in 2 of the last 4 weeks."]


def test_verdicts_that_get_worse(small: StandingAnswer, ines: Any, form: Any, now: Any) -> None:
    insight = make_insight(2, 10, title="Late")
    loop = loops.open_loop(insight, small.pivot, by=ines)
    people = [backing.customer for backing in insight.theme.backings.all()]
    answers = ["helped"] * 5 + ["helped", "not", "not", "partly", "not"]
    for place, (person, answer) in enumerate(zip(people, answers, strict=True)):
        notice = Notice.objects.create(loop=loop, customer=person, subject="x", text="y", state="told")
        moment = now - timedelta(days=40 if place < 5 else 3)
        Verdict.objects.create(notice=notice, answer=answer, at=moment)
    found = looked(small)
    assert (found.before, found.since) == ((5, 5), (1, 5))
    assert found.signs == ["1 of 5 verdicts since say that it helped; before it were 5 of 5."]
