"""What the API shows of pivots and loops."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from pivotpoint.lib import clock
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot.conditions import describe
from pivotpoint.pivot.models import Destination, Loop, Passage, Pivot, Rule


class RuleOut(Schema):
    id: int
    match: str
    excludes: bool
    conditions: list[dict[str, Any]]
    words: str

    @staticmethod
    def resolve_words(rule: Rule) -> str:
        return describe(rule)


class RuleIn(Schema):
    """Conditions are {"field", "op", "value"}, with "of" where the field asks for it and "likeness" for a meaning; or
    a group of them, {"match", "conditions"}. GET /pivots/fields lists the fields."""

    match: str = "all"
    excludes: bool = False
    conditions: list[dict[str, Any]]


class DestinationOut(Schema):
    """The secret is never shown; `signed` says whether there is one to sign with."""

    id: int
    name: str
    kind: str
    config: dict[str, Any]
    how: str
    at_once: int | None
    per_minute: int | None
    closed_at: datetime | None
    rests_until: datetime | None
    failures: int


class PivotOut(Schema):
    id: int
    name: str
    process: str
    team: Named
    owner: Named
    owned_by: str
    gate: str
    gates: dict[str, str]
    calendar: int | None
    pass_hours: int
    accept_hours: int
    act_hours: int
    tell_hours: int
    notices: str
    inside_measure: str
    outside_measure: str
    position: int
    closed_at: datetime | None
    rules: list[RuleOut]
    destinations: list[DestinationOut]

    @staticmethod
    def resolve_calendar(pivot: Pivot) -> int | None:
        return pivot.calendar_id

    @staticmethod
    def resolve_rules(pivot: Pivot) -> list[Rule]:
        return list(pivot.rules.all())

    @staticmethod
    def resolve_destinations(pivot: Pivot) -> list[Destination]:
        return list(pivot.destinations.all())


class OfInsight(Schema):
    """A row about one insight: its id, and the title of its theme."""

    id: int
    insight: int
    title: str

    @staticmethod
    def resolve_insight(row: Passage | Loop) -> int:
        return row.insight_id

    @staticmethod
    def resolve_title(row: Passage | Loop) -> str:
        return row.insight.theme.title


class PassageOut(OfInsight):
    people: int
    pivot: Named
    why: str
    state: str
    owner: Named
    due_at: datetime
    at: datetime
    decided_at: datetime | None
    reason: str

    @staticmethod
    def resolve_people(passage: Passage) -> int:
        return passage.insight.theme.people


class LoopOut(OfInsight):
    """`people` counts the different customers behind the loop's insight and all insights attached to it."""

    people: int
    pivot: Named
    team: Named
    owner: Named
    stage: str
    due_at: datetime
    overdue: bool
    opened_at: datetime
    closed_at: datetime | None
    escalated_at: datetime | None
    times_reopened: int
    version: int | None

    @staticmethod
    def resolve_version(loop: Loop) -> int | None:
        """Of its pivot: the version whose targets count for this loop."""
        return loop.version.number if loop.version else None

    @staticmethod
    def resolve_overdue(loop: Loop) -> bool:
        return loop.closed_at is None and loop.due_at < clock.now()


class MoveOut(Schema):
    stage: str
    at: datetime
    actor_kind: str
    actor_name: str
    owner: Named
    due_at: datetime
    reason: str
    told: str
    reopened: bool


class AttemptOut(Schema):
    at: datetime
    delivered: bool
    status: str
    response: str
    took_ms: int


class AnswerOut(Schema):
    id: int
    outcome: str
    note: str
    actor_name: str
    at: datetime


class HandoffOut(Schema):
    key: str
    loop: int
    destination: Named
    state: str
    attempts_made: int
    next_attempt_at: datetime
    sent_at: datetime | None
    external_ref: str
    external_url: str
    error: str

    @staticmethod
    def resolve_loop(handoff: Any) -> int:
        return handoff.loop_id


class HandoffFull(HandoffOut):
    payload: dict[str, Any]
    attempts: list[AttemptOut]
    answers: list[AnswerOut]

    @staticmethod
    def resolve_attempts(handoff: Any) -> list[Any]:
        return list(handoff.attempts.all())

    @staticmethod
    def resolve_answers(handoff: Any) -> list[Any]:
        return list(handoff.answers.all())
