"""What a condition can ask of an insight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from pivotpoint.accounts.models import Team
from pivotpoint.channels.models import Channel
from pivotpoint.insights.models import Rung, Severity
from pivotpoint.pivot.conditions import queries

Choices = Sequence[tuple[str, str]]
Compile = Callable[[str, Any], Q]

OPERATORS = {
    "at_least": "at least",
    "at_most": "at most",
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "contains_not": "does not contain",
    "within_days": "in the last (days)",
    "before_days": "more than (days) ago",
}
AMOUNT = ("at_least", "at_most")
ORDER = ("is", "is_not", "at_least", "at_most")
ONE_OF = ("is", "is_not")
WORDS = ("contains", "contains_not")
WHEN = ("within_days", "before_days")


@dataclass(frozen=True)
class Field:
    """`kind` is number, percent, choice, words or days; words and choices take one value or a list (any of them)."""

    label: str
    kind: str
    operators: tuple[str, ...]
    compile: Compile
    choices: Callable[[], Choices] | None = None


def _teams() -> Choices:
    return list(Team.objects.values_list("key", "name"))


def _channels() -> Choices:
    return [(str(pk), name) for pk, name in Channel.objects.values_list("pk", "name")]


def _rungs() -> Choices:
    return list(Rung.choices)


def _severities() -> Choices:
    return list(Severity.choices)


FIELDS: dict[str, Field] = {
    "people": Field("People", "number", AMOUNT, queries.amount("theme__people")),
    "messages": Field("Messages", "number", AMOUNT, queries.amount("theme__messages")),
    "rung": Field("Rung", "choice", ORDER, queries.order("theme__rung", Rung.values), _rungs),
    "severity": Field("Severity", "choice", ORDER, queries.order("severity", Severity.values), _severities),
    "function": Field("Function", "choice", ONE_OF, queries.one_of("theme__function"), _teams),
    "negative_share": Field("Share negative", "percent", AMOUNT, queries.negative_share),
    "about": Field("Title or keywords", "words", WORDS, queries.about),
    "title": Field("Title", "words", WORDS, queries.title),
    "keywords": Field("Keywords", "words", WORDS, queries.keywords),
    "channel": Field("Said on channel", "choice", ONE_OF, queries.channel, _channels),
    "segment": Field("Segment of people", "words", ONE_OF, queries.segment),
    "language": Field("Said in language", "words", ONE_OF, queries.language),
    "first_seen": Field("First seen", "days", WHEN, queries.days("theme__first_at")),
    "last_seen": Field("Last seen", "days", WHEN, queries.days("theme__last_at")),
    "onset": Field("Onset", "days", WHEN, queries.onset),
}
