"""Rules as plain Python reads them, one insight at a time: what the compiled query must come to as well."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pivotpoint.insights.models import Insight, Rung, Severity
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.models import StageMove
from textanalytics import encoders

Conditions = list[dict[str, Any]]


def holds(insight: Insight, rule: dict[str, Any]) -> bool:
    """All or any of its conditions and groups."""
    join = all if rule["match"] == "all" else any
    return join(
        holds(insight, one) if "conditions" in one else _condition(insight, one) for one in rule["conditions"]
    )


def taken(insight: Insight, rules: list[dict[str, Any]]) -> bool:
    """By a rule that catches, and by none that excludes."""
    theme = insight.theme
    if theme.vague or theme.merged_into_id is not None or not theme.messages:
        return False
    excluded = any(holds(insight, rule) for rule in rules if rule["excludes"])
    return not excluded and any(holds(insight, rule) for rule in rules if not rule["excludes"])


def _condition(insight: Insight, one: dict[str, Any]) -> bool:
    value, op = one["value"], one["op"]
    values = value if isinstance(value, list) else [value]
    return bool(ASK[one["field"]](insight, op, values, one))


def _amount(of: Callable[[Insight], float]) -> Any:
    return lambda insight, op, values, one: _compare(op, of(insight), values[0])


def _compare(op: str, left: float, right: float) -> bool:
    return left >= right if op == "at_least" else left <= right


def _among(of: Callable[[Insight], set[str]]) -> Any:
    return lambda insight, op, values, one: bool(of(insight) & set(values)) == (op == "is")


def _order(of: Callable[[Insight], str], steps: list[str]) -> Any:
    def ask(insight: Insight, op: str, values: list[str], one: Any) -> bool:
        if op in ("is", "is_not"):
            return (of(insight) in values) == (op == "is")
        return _compare(op, steps.index(of(insight)), steps.index(values[0]))

    return ask


def _holding(of: Callable[[Insight], str]) -> Any:
    def ask(insight: Insight, op: str, values: list[str], one: Any) -> bool:
        found = any(word.lower() in of(insight).lower() for word in values)
        return found == (op == "contains")

    return ask


def _keywords(insight: Insight) -> str:
    return json.dumps(insight.theme.keywords, ensure_ascii=False)


def _when(of: Callable[[Insight], datetime | date | None], now: Callable[[], Any]) -> Any:
    def ask(insight: Insight, op: str, values: list[int], one: Any) -> bool:
        moment, limit = of(insight), now() - timedelta(days=values[0])
        if moment is None:
            return False
        return moment >= limit if op == "within_days" else moment < limit

    return ask


def _people(insight: Insight) -> list[Any]:
    return [backing.customer for backing in insight.theme.backings.select_related("customer__organisation")]


def _readings(insight: Insight) -> list[Reading]:
    return list(
        Reading.objects.filter(message__membership__cluster__theme=insight.pk).select_related("message")
    )


def _share(judgement: str) -> Any:
    def ask(insight: Insight, op: str, values: list[float], one: Any) -> bool:
        said = {
            reading.message.customer_id
            for reading in _readings(insight)
            if getattr(reading, judgement) == one["of"]
        }
        return _compare(op, len(said), insight.theme.people * (values[0] / 100))

    return ask


def _naming(insight: Insight, name: str) -> set[int]:
    return {
        reading.message.customer_id
        for reading in _readings(insight)
        if reading.message.mentions.filter(kind="name", value=name).exists()
    }


def _named(insight: Insight, op: str, values: list[str], one: Any) -> bool:
    return any(_naming(insight, name) for name in values) == (op == "is")


def _named_share(insight: Insight, op: str, values: list[float], one: Any) -> bool:
    return _compare(op, len(_naming(insight, one["of"])), insight.theme.people * (values[0] / 100))


def _segment_share(insight: Insight, op: str, values: list[float], one: Any) -> bool:
    they = [person for person in _people(insight) if person.segment == one["of"]]
    return _compare(op, len(they), insight.theme.people * (values[0] / 100))


def _own(insight: Insight, op: str, values: list[Any], one: Any) -> bool:
    had = [person.fields[one["of"]] for person in _people(insight) if one["of"] in person.fields]
    if op in ("is", "is_not"):
        written = [value if isinstance(value, str) else json.dumps(value) for value in had]
        return any(value in values for value in written) == (op == "is")
    numbers = [value for value in had if isinstance(value, int | float) and not isinstance(value, bool)]
    return any(_compare(op, number, values[0]) for number in numbers)


def _like(insight: Insight, op: str, values: list[str], one: Any) -> bool:
    vector = getattr(insight.theme, "vector", None)
    if vector is None:
        return op == "unlike"
    meant = encoders.default().encode(values).sum(0)
    meant /= np.linalg.norm(meant)
    near = round(100 * max(0.0, float(np.frombuffer(bytes(vector.vector), np.float32) @ meant)), 1)
    return (near >= one["likeness"]) == (op == "like")


def _growth(insight: Insight, op: str, values: list[float], one: Any) -> bool:
    theme = insight.theme
    return theme.onset is not None and _compare(op, theme.rate_since, theme.rate_before * values[0])


def _weekday(insight: Insight, op: str, values: list[str], one: Any) -> bool:
    onset = insight.theme.onset
    return onset is not None and (str(onset.isoweekday()) in values) == (op == "is")


def _at(state: str) -> Any:
    return _among(lambda insight: {str(p.pivot_id) for p in insight.passages.filter(state=state)})


def _reached(stage: str) -> Any:
    return _among(
        lambda insight: {
            str(move.loop.pivot_id) for move in StageMove.objects.filter(loop__insight=insight, stage=stage)
        }
    )


ASK: dict[str, Any] = {
    "people": _amount(lambda insight: insight.theme.people),
    "messages": _amount(lambda insight: insight.theme.messages),
    "rung": _order(lambda insight: insight.theme.rung, Rung.values),
    "organisations": _amount(lambda insight: len({one.organisation_id for one in _people(insight)} - {None})),
    "meaning": _like,
    "about": _holding(lambda insight: f"{insight.theme.title}\n{_keywords(insight)}"),
    "title": _holding(lambda insight: insight.theme.title),
    "keywords": _holding(_keywords),
    "named": _named,
    "named_share": _named_share,
    "function": _among(lambda insight: {insight.theme.function}),
    "severity": _order(lambda insight: insight.severity, Severity.values),
    "negative_share": lambda insight, op, values, one: _compare(
        op, insight.theme.negative, insight.theme.messages * (values[0] / 100)
    ),
    "mood_share": _share("mood"),
    "intent_share": _share("intent"),
    "language": _among(lambda insight: {reading.language for reading in _readings(insight)}),
    "channel": _among(
        lambda insight: {str(row.channel_id) for row in insight.theme.channels.all() if row.people}
    ),
    "segment": _among(lambda insight: {one.segment for one in _people(insight)}),
    "segment_share": _segment_share,
    "organisation": _among(
        lambda insight: {one.organisation.name for one in _people(insight) if one.organisation}
    ),
    "own_field": _own,
    "first_seen": _when(lambda insight: insight.theme.first_at, clock.now),
    "last_seen": _when(lambda insight: insight.theme.last_at, clock.now),
    "onset": _when(lambda insight: insight.theme.onset, clock.today),
    "onset_weekday": _weekday,
    "speed": _amount(lambda insight: insight.theme.rate_since),
    "growth": _growth,
    "caught": _among(lambda insight: {str(p.pivot_id) for p in insight.passages.exclude(rule=None)}),
    "waits": _at("waiting"),
    "collected": _at("collected"),
    "passed": _at("passed"),
    "held": _at("held"),
    "declined": _reached("declined"),
    "delivered": _reached("delivered"),
}
