"""A rule on history before it goes live: what it catches, what it takes from others, what nobody catches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.insights.models import Backing
from pivotpoint.pivot import gate
from pivotpoint.pivot.conditions.fields import GROUPS
from pivotpoint.pivot.decide import decide, decide_all, uncovered
from pivotpoint.pivot.draft import draft
from pivotpoint.pivot.models import Passage
from pivotpoint.pivot.replay import Some, replay
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


def one(field: str, op: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value} | more


def test_each_rule_says_what_it_adds_to_those_before_it(teams: Any) -> None:
    make_insight(1, 3)
    make_insight(2, 2, function="supply")
    make_insight(3, 1, function="")
    rules = [
        {"conditions": [one("people", "at_least", 2)]},
        {"conditions": [one("title", "contains", "refund 2")], "excludes": True},
        {"conditions": [one("people", "at_least", 1)]},
    ]
    found = replay(rules)
    assert found.by_rule == [Some(1, 3), None, Some(1, 1)]
    assert found.caught == Some(2, 4)
    assert (found.uncovered, [each.pk for each in found.uncovered_examples]) == (Some(1, 2), [2])


def test_somebody_behind_two_insights_is_one_person(teams: Any) -> None:
    first, second = make_insight(1, 2), make_insight(2, 2)
    both = first.theme.backings.first().customer
    Backing.objects.filter(pk=second.theme.backings.first().pk).update(customer=both)
    assert replay([{"conditions": [one("people", "at_least", 1)]}]).caught == Some(2, 3)


def test_old_words_that_became_an_insight_now_are_counted(teams: Any, now: datetime) -> None:
    old = {"first_at": now - timedelta(days=900), "last_at": now - timedelta(days=800)}
    make_insight(1, 3, **old)
    make_insight(2, 2, opened_at=now - timedelta(days=700), **old)
    assert replay([{"conditions": [one("people", "at_least", 1)]}]).caught == Some(1, 3)


def test_no_rule_catches_what_no_word_holds_together(teams: Any) -> None:
    make_insight(1, 3, mixed=True)
    assert replay([{"conditions": [one("people", "at_least", 1)]}]).caught == Some(0, 0)


def test_a_replay_never_touches_a_message(teams: Any, ines: Any) -> None:
    make_pivot(teams["finance"], ines)
    make_insight(1, 3)
    of = {"mood_share": "negative", "intent_share": "request"}
    conditions = []
    for fields in GROUPS.values():
        for key, field in fields.items():
            known = [choice for choice, _ in field.choices()] if field.choices else ["1"]
            conditions.append(one(key, field.operators[0], known[0], of=of.get(key, "tier")))
    with CaptureQueriesContext(connection) as asked:
        replay([{"match": "any", "conditions": conditions}])
    for table in ("channels_message", "listening_reading", "insights_membership"):
        assert not [query["sql"] for query in asked if f'"{table}"' in query["sql"]]


def test_what_was_held_there_goes_on_to_the_pivot_that_asks_for_it(teams: Any, ines: Any, joris: Any) -> None:
    first = make_pivot(teams["finance"], ines)
    insight = make_insight()
    passage = decide(insight)
    assert passage is not None
    gate.hold(passage, "Not ours.", by=ines)
    make_pivot(
        teams["supply"], joris, "Everything else", position=1, conditions=[one("people", "at_least", 1)]
    )
    assert decide_all() == 0
    second = make_pivot(
        teams["supply"], joris, "Second look", position=2, conditions=[one("held", "is", str(first.pk))]
    )
    assert decide_all() == 1
    assert Passage.objects.get(pivot=second).why == "Held back at the gate of Refunds"
    assert decide_all() == 0


def test_a_draft_catches_what_it_was_made_for(teams: Any, ines: Any) -> None:
    insight = make_insight(1, 3)
    make_insight(2, 3, title="Lamp broken", keywords=["lamp", "glass"], function="product")
    assert [each.pk for each in uncovered().order_by("pk")] == [1, 2]
    rule = draft(insight)
    assert replay([rule]).caught == Some(1, 3)
    make_pivot(teams["finance"], ines, conditions=rule["conditions"])
    assert [each.pk for each in uncovered()] == [2]
