"""Rules that were compiled before, or are asked function by function, take what they would have taken anyway."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from pivotpoint.insights.models import Insight, Theme
from pivotpoint.pivot.conditions import check, known, match, switchable
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.clause import Clause
from tests.pivotpoint.pivot.any_rule import a_rule
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "teams", "form")
FUNCTIONS = ("finance", "supply", "service", "")


@pytest.fixture(autouse=True)
def insights(teams: Any, ines: Any, form: Any) -> None:
    known._kept.clear()
    make_pivot(teams["finance"], ines)
    for number in range(1, 13):
        make_insight(
            number, 1 + number % 4, function=FUNCTIONS[number % 4], severity=("low", "high")[number % 2]
        )


def about(dice: Random) -> Clause:
    """A rule about a function or two, mostly; also one that keeps out."""
    rule = a_rule(dice)
    names = dice.sample(FUNCTIONS[:3], dice.randint(1, 2))
    said = {"field": "function", "op": "is", "value": names}
    if dice.random() < 0.8:
        rule |= {"match": "all", "conditions": [*rule["conditions"], said][-dice.randint(1, 3) :]}
    return check([rule])[0]


def answers(clauses: list[Clause], insights: Any = None) -> dict[int, int | None]:
    rows = switchable() if insights is None else insights
    case = match.first_of(clauses, Meanings(clauses, switchable()))
    return dict(rows.annotate(answer=case).values_list("pk", "answer"))


@pytest.mark.parametrize("seed", range(12))
def test_asked_by_function_or_not_known_or_not_they_answer_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random(seed)
    clauses = [about(dice) for _ in range(6)]
    with monkeypatch.context() as plain:
        plain.setattr(match, "FEW", 10**6)
        plain.setattr(match, "known", lambda rule, insights, compile_: compile_())
        expected = answers(clauses)
    monkeypatch.setattr(match, "FEW", 1)
    assert answers(clauses) == expected
    assert known._kept
    assert answers(clauses) == expected


def test_a_rule_is_compiled_once_and_changed_it_is_another_one() -> None:
    more = [{"field": "people", "op": "at_least", "value": 3}]
    assert len([pk for pk, answer in answers([Clause("all", more)]).items() if answer == 0]) == 6
    kept = len(known._kept)
    answers([Clause("all", more)])
    assert len(known._kept) == kept
    fewer = [{"field": "people", "op": "at_least", "value": 2}]
    assert len([pk for pk, answer in answers([Clause("all", fewer)]).items() if answer == 0]) == 9
    assert len(known._kept) == kept + 1


def test_what_another_moment_makes_another_condition_is_not_kept() -> None:
    answers([Clause("all", [{"field": "last_seen", "op": "within_days", "value": 3}])])
    answers(
        [Clause("all", [{"field": "meaning", "op": "like", "value": ["My refund is late"], "likeness": 20}])]
    )
    assert not known._kept


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "KEPT", 3)
    for least in range(9):
        answers([Clause("all", [{"field": "people", "op": "at_least", "value": least}])])
    assert len(known._kept) == 3


def test_words_with_signs_of_the_database_are_only_words() -> None:
    Theme.objects.filter(pk=1).update(title="100% it's %s")
    for word in ("100% it's %s", "%s", "it's"):
        rule = Clause("all", [{"field": "title", "op": "contains", "value": word}])
        for _ in range(2):
            assert [pk for pk, answer in answers([rule]).items() if answer == 0] == [1]


def test_it_cannot_be_asked_inside_another_question() -> None:
    rule = Clause("all", [{"field": "people", "op": "at_least", "value": 3}])
    inner = switchable().filter(match._known(rule, Meanings([rule], switchable())))
    with pytest.raises(NotImplementedError, match="by itself"):
        list(Insight.objects.filter(pk__in=inner.values("pk")))
