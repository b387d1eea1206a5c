"""Rules without code: each field asks what its label says, in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.channels.models import Channel
from pivotpoint.insights.counting.shares import count_shares
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.conditions import FIELDS, ConditionError, before, check, describe, matching
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("teams", "now")


def rule(*conditions: Any, match: str = "all", excludes: bool = False) -> dict[str, Any]:
    return {
        "match": match,
        "excludes": excludes,
        "conditions": [dict(zip(("field", "op", "value"), c, strict=True)) for c in conditions],
    }


def group(*conditions: Any, match: str = "any") -> dict[str, Any]:
    """A rule of one group; a condition that is a rule of one group stays what it is."""
    inside = [
        one["conditions"][0] if isinstance(one, dict) else rule(one)["conditions"][0] for one in conditions
    ]
    return {"conditions": [{"match": match, "conditions": inside}]}


def caught(*rules: dict[str, Any]) -> list[int]:
    return sorted(matching(rules).values_list("pk", flat=True))


@pytest.fixture
def three(teams: Any) -> None:
    """1: three people of finance, negative. 2: one person of supply, in German. 3: two people, no function."""
    now = clock.now()
    make_insight(1, 3, negative=2, segment="business", severity="high", onset=now.date() - timedelta(days=5))
    make_insight(
        2, 1, title="Lieferung kommt zu spät", keywords=["lieferung", "verspätung"], function="supply"
    )
    long_ago = now - timedelta(days=200)
    make_insight(3, 2, title="Refund was fast", function="", first_at=long_ago, last_at=long_ago)
    Reading.objects.filter(message__membership__cluster=2).update(language="de", intent="request")
    count_shares([2])


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (("people", "at_least", 2), [1, 3]),
        (("people", "at_most", "1"), [2]),
        (("messages", "at_least", 3), [1]),
        (("rung", "at_least", "pattern"), [1, 3]),
        (("rung", "is", "voice"), [2]),
        (("rung", "at_most", "pattern"), [2, 3]),
        (("severity", "is", "high"), [1]),
        (("severity", "at_most", "medium"), [2, 3]),
        (("function", "is", ["finance", "supply"]), [1, 2]),
        (("function", "is_not", "finance"), [2, 3]),
        (("negative_share", "at_least", 50), [1]),
        (("negative_share", "at_most", "33,3"), [2, 3]),
        (("title", "contains", "refund"), [1, 3]),
        (("title", "contains_not", "refund"), [2]),
        (("keywords", "contains", "Verspätung"), [2]),
        (("keywords", "contains_not", ["refund"]), [2]),
        (("about", "contains", ["lieferung", "fast"]), [2, 3]),
        (("about", "contains_not", ["lieferung", "fast"]), [1]),
        (("segment", "is", "business"), [1]),
        (("segment", "is_not", "business"), [2, 3]),
        (("language", "is", "de"), [2]),
        (("first_seen", "within_days", 30), [1, 2]),
        (("last_seen", "before_days", 100), [3]),
        (("onset", "within_days", 7), [1]),
        (("onset", "before_days", 7), []),
    ],
)
def test_a_condition_finds(condition: Any, found: list[int]) -> None:
    assert caught(rule(condition)) == found


@pytest.mark.usefixtures("three")
def test_groups_hold_any_of_within_all_of() -> None:
    conditions = [
        {"field": "people", "op": "at_least", "value": 2},
        {
            "match": "any",
            "conditions": [
                {"field": "function", "op": "is", "value": "finance"},
                {"field": "language", "op": "is", "value": "de"},
            ],
        },
    ]
    assert caught({"match": "all", "conditions": conditions}) == [1]
    assert caught({"match": "any", "conditions": conditions}) == [1, 2, 3]
    words = describe({"match": "all", "conditions": conditions})
    assert words == "At least 2 people and (function is Finance or said in language is “de”)"


@pytest.mark.usefixtures("three")
def test_a_share_is_a_share_of_people() -> None:
    share = {"field": "intent_share", "of": "request", "op": "at_least", "value": 100}
    assert caught({"conditions": [share]}) == [2]
    assert caught({"conditions": [share | {"op": "at_most", "value": 0}]}) == [1, 3]
    assert describe({"conditions": [share]}) == "At least 100 % of people with intent request"


@pytest.mark.usefixtures("three")
def test_a_channel_is_asked_by_its_id() -> None:
    here = Channel.objects.get(name="Letters")
    other = Channel.objects.create(name="Calls", kind="call", goal="Hear callers.")
    assert caught(rule(("channel", "is", str(here.pk)))) == [1, 2, 3]
    assert caught(rule(("channel", "is_not", str(here.pk)))) == []
    assert caught(rule(("channel", "is", [str(other.pk)]))) == []


@pytest.mark.usefixtures("three")
def test_rules_join_conditions_by_all_or_any_and_excluding_rules_win() -> None:
    pair = (("function", "is", "supply"), ("people", "at_least", 3))
    assert caught(rule(*pair)) == []
    assert caught(rule(*pair, match="any")) == [1, 2]
    out = rule(("onset", "within_days", 30), excludes=True)
    assert caught(out, rule(*pair, match="any")) == [2]
    assert caught(out) == []  # without a rule that catches, a pivot takes nothing


@pytest.mark.usefixtures("three")
def test_all_fields_together_are_one_query(teams: Any, ines: Any, django_assert_num_queries: Any) -> None:
    here = str(Channel.objects.get(name="Letters").pk)
    values = {"channel": here, "rung": "voice", "severity": "low", "function": "supply", "onset_weekday": "1"}
    pivot = str(make_pivot(teams["finance"], ines).pk)
    of = {"mood_share": "negative", "intent_share": "request"}
    conditions = [
        {"field": key, "op": field.operators[0], "value": values.get(key, 1), "of": of.get(key, "tier")}
        | ({"value": pivot} if field.choices is before.pivots else {})
        for key, field in FIELDS.items()
        if key != "meaning"  # which asks the middles first: see test_meaning.py
    ]
    groups = [{"match": "any", "conditions": conditions[start::2]} for start in (0, 1)]
    found = matching(check([{"match": "any", "conditions": groups}]))
    with django_assert_num_queries(1):
        assert len(found) == 3


def test_vague_and_merged_themes_are_never_switched() -> None:
    make_insight(1, 3, vague=True)
    make_insight(2, 3)
    make_insight(3, 3, merged_into_id=2)
    assert caught(rule(("people", "at_least", 1))) == [2]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (rule(("colour", "is", "red")), "Rule 1, condition 1: there is no field “colour”"),
        (rule(("people", "contains", 3)), "People knows at_least, at_most, not “contains”"),
        (rule(("people", "at_least", "many")), "People at least needs a number, not “many”"),
        (rule(("people", "at_least", None)), "needs a number, not “None”"),
        (rule(("people", "at_least", "nan")), "needs a number from 0"),
        (rule(("negative_share", "at_least", 101)), "needs a number from 0 to 100, not 101"),
        (rule(("function", "is", "moon")), "Function is “moon” does not exist; there are service"),
        (rule(("rung", "at_least", ["voice", "trend"])), "takes one value, not 2"),
        (rule(("title", "contains", "  ")), "needs 1 to 50 words"),
        (rule(), "Rule 1 has 0 conditions"),
        (
            group(group(("people", "at_least", 1))),
            "condition 1 is a group; it holds conditions, not another group",
        ),
        (group(), "Rule 1, condition 1 is a group without a condition; add one or drop the group."),
        (
            group(("people", "at_least", "x")),
            "Rule 1, condition 1.1: People at least needs a number, not “x”",
        ),
        (
            group(("people", "at_least", 1), match="some"),
            "Rule 1, condition 1 says “some”; write all or any.",
        ),
        (
            rule(("intent_share", "at_least", 5)),
            "Share of an intent needs the intent: 1 to 60 characters without quotes.",
        ),
        (rule(("declined", "is", "7")), "Declined by is “7” does not exist; there is none yet."),
        (rule(("people", "at_least", 1), match="none"), "Rule 1 says “none”; write all or any"),
        ({"conditions": ["people > 3"]}, "Rule 1, condition 1 is not made of field, op and value"),
    ],
)
def test_a_condition_that_cannot_be_asked_says_why(bad: Any, sentence: str) -> None:
    with pytest.raises(ConditionError) as refusal:
        check([bad])
    assert sentence in str(refusal.value)


def test_rules_are_described_in_words() -> None:
    text = describe(rule(("people", "at_least", 3), ("function", "is", ["finance", "supply"])))
    assert text == "At least 3 people and function is Finance or Operations"
    text = describe(rule(("about", "contains", "refund"), ("onset", "within_days", 7), match="any"))
    assert text == "Title or keywords contains “refund” or onset in the last 7 days"
    text = describe(rule(("negative_share", "at_most", 20), excludes=True))
    assert text == "But not when at most 20 % negative"
