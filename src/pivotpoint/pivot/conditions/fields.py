"""What a condition can ask of an insight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pivotpoint.accounts.models import Team
from pivotpoint.channels.models import Channel
from pivotpoint.insights.models import Rung, Severity
from pivotpoint.pivot.conditions import before, people, queries
from pivotpoint.pivot.conditions.clause import Clause, leaves
from pivotpoint.pivot.conditions.queries import Compile
from pivotpoint.pivot.models import Passage
from pivotpoint.ui.words import intention
from textanalytics.base import INTENTS, MOODS

Choices = Sequence[tuple[str, str]]

OPERATORS = {
    "at_least": "at least",
    "at_most": "at most",
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "contains_not": "does not contain",
    "like": "is like",
    "unlike": "is not like",
    "within_days": "in the last (days)",
    "before_days": "more than (days) ago",
}
AMOUNT = ("at_least", "at_most")
ORDER = ("is", "is_not", "at_least", "at_most")
ONE_OF = ("is", "is_not")
WORDS = ("contains", "contains_not")
LIKE = ("like", "unlike")
WHEN = ("within_days", "before_days")


@dataclass(frozen=True)
class Of:
    """What else a field must be told: whose share, which own field. Without `only` the choices are a help."""

    label: str
    choices: Callable[[], Choices]
    only: bool = True


@dataclass(frozen=True)
class Field:
    """`kind` is number, decimal, percent, choice, words, sentences, own or days.

    Words, sentences and choices take one value or a list (any of them; sentences are taken together). A value of
    kind `own` is a number for an amount, and words otherwise. `words` says the field in a sentence.
    """

    label: str
    kind: str
    operators: tuple[str, ...]
    compile: Compile
    choices: Callable[[], Choices] | None = None
    of: Of | None = None
    words: str = ""
    dear: int = 0
    """To answer: 0 from a column, 1 by looking through a text, 2 from rows elsewhere."""


def _teams() -> Choices:
    return list(Team.objects.values_list("key", "name"))


def _channels() -> Choices:
    return [(str(pk), name) for pk, name in Channel.objects.values_list("pk", "name")]


def _rungs() -> Choices:
    return list(Rung.choices)


def _severities() -> Choices:
    return list(Severity.choices)


def _days() -> Choices:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return [(str(number), name) for number, name in enumerate(names, 1)]


def _named(keys: Sequence[str]) -> Callable[[], Choices]:
    return lambda: [(key, key.capitalize()) for key in keys]


def _at(label: str, compile_: Compile) -> Field:
    """What became of the insight at a pivot before."""
    said = f"{{no}}{label[:1].lower()}{label[1:]} {{names}}"
    return Field(label, "choice", ONE_OF, compile_, before.pivots, words=said, dear=2)


_STATE = Passage.State
GROUPS: dict[str, dict[str, Field]] = {
    "How many": {
        "people": Field(
            "People", "number", AMOUNT, queries.amount("theme__people"), words="{op} {value} people"
        ),
        "messages": Field(
            "Messages", "number", AMOUNT, queries.amount("theme__messages"), words="{op} {value} messages"
        ),
        "rung": Field("Rung", "choice", ORDER, queries.order("theme__rung", Rung.values), _rungs),
        "organisations": Field(
            "Organisations",
            "number",
            AMOUNT,
            people.organisations,
            words="{op} {value} organisations",
            dear=2,
        ),
    },
    "What about": {
        "meaning": Field("Meaning", "sentences", LIKE, queries.meaning, dear=2),
        "about": Field("Title or keywords", "words", WORDS, queries.about, dear=1),
        "title": Field("Title", "words", WORDS, queries.title, dear=1),
        "keywords": Field("Keywords", "words", WORDS, queries.keywords, dear=1),
        "named": Field("Name that people say", "words", ONE_OF, people.named, dear=2),
        "named_share": Field(
            "Share who say a name",
            "percent",
            AMOUNT,
            people.named_share,
            of=Of("Name", people.names, only=False),
            words="{op} {value} % of people say {of}",
            dear=2,
        ),
        "function": Field("Function", "choice", ONE_OF, queries.one_of("theme__function"), _teams),
        "severity": Field(
            "Severity", "choice", ORDER, queries.order("severity", Severity.values), _severities
        ),
    },
    "How it is said": {
        "negative_share": Field(
            "Share negative", "percent", AMOUNT, queries.negative_share, words="{op} {value} % negative"
        ),
        "mood_share": Field(
            "Share of a mood",
            "percent",
            AMOUNT,
            people.share("mood"),
            of=Of("Mood", _named(MOODS)),
            words="{op} {value} % of people {of}",
            dear=2,
        ),
        "intent_share": Field(
            "Share of an intent",
            "percent",
            AMOUNT,
            people.share("intent"),
            of=Of("Intent", lambda: [(key, intention(key).capitalize()) for key in INTENTS]),
            words="{op} {value} % of people with intent {of}",
            dear=2,
        ),
        "language": Field("Said in language", "words", ONE_OF, people.language, dear=2),
        "channel": Field("Said on channel", "choice", ONE_OF, queries.channel, _channels, dear=2),
    },
    "Who says it": {
        "segment": Field("Segment of people", "words", ONE_OF, people.somebody("customer__segment"), dear=2),
        "segment_share": Field(
            "Share of a segment",
            "percent",
            AMOUNT,
            people.segment_share,
            of=Of("Segment", people.segments, only=False),
            words="{op} {value} % of people of segment {of}",
            dear=2,
        ),
        "organisation": Field(
            "Organisation", "words", ONE_OF, people.somebody("customer__organisation__name"), dear=2
        ),
        "own_field": Field(
            "Field of your own",
            "own",
            ORDER,
            people.own_field,
            of=Of("Name of the field", people.own_fields, only=False),
            words="{of} {op} {value}",
            dear=2,
        ),
    },
    "Since when, how fast": {
        "first_seen": Field("First seen", "days", WHEN, queries.days("theme__first_at")),
        "last_seen": Field("Last seen", "days", WHEN, queries.days("theme__last_at")),
        "onset": Field("Onset", "days", WHEN, queries.onset),
        "onset_weekday": Field("Weekday of the onset", "choice", ONE_OF, queries.onset_weekday, _days),
        "speed": Field(
            "People a day",
            "decimal",
            AMOUNT,
            queries.amount("theme__rate_since"),
            words="{op} {value} people a day",
        ),
        "growth": Field(
            "Times as fast as before",
            "decimal",
            AMOUNT,
            queries.growth,
            words="{op} {value} times as fast as before its onset",
        ),
    },
    "What became of it before": {
        "caught": _at("Caught by a rule of", before.caught),
        "waits": _at("Waits at the gate of", before.stood(_STATE.WAITING)),
        "collected": _at("Collected at", before.stood(_STATE.COLLECTED)),
        "passed": _at("Passed the gate of", before.stood(_STATE.PASSED)),
        "held": _at("Held back at the gate of", before.stood(_STATE.HELD)),
        "declined": _at("Declined by", before.declined),
        "delivered": _at("Delivered by", before.delivered),
    },
}
FIELDS: dict[str, Field] = {key: field for group in GROUPS.values() for key, field in group.items()}
FEELING = frozenset(("negative_share", "mood_share"))
"""What asks how people feel: not offered where moods are switched off."""
_BEFORE = frozenset(GROUPS["What became of it before"])


def asks_before(rule: Clause) -> bool:
    """Whether it wants that something became of the insight before: such a rule may take what was elsewhere already."""
    return any(one["field"] in _BEFORE and one["op"] == "is" for one in leaves(rule.conditions))
