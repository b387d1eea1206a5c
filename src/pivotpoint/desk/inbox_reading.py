"""How one message was read, line by line, each with the words that decided and what else it could be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Audience, Message
from pivotpoint.desk.correction import CORRECTIONS
from pivotpoint.insights.evidence import besides
from pivotpoint.insights.evidence.aspects import of_message
from pivotpoint.listening.models import Correction, Mention
from pivotpoint.ui.words import intention
from textanalytics.entities import NAME, NUMBER, PLACE
from textanalytics.language import KNOWN, NAMES, UNDETERMINED

FEELINGS = {"negative": "upset", "neutral": "neutral", "positive": "pleased"}
LANGUAGES = {code: NAMES[code] for code in KNOWN} | {UNDETERMINED: "not known"}
NOT_US = {"rival": "no: about a rival", "trade": "no: about the trade"}
SHORT = 48
THINGS, NAMED = 4, 8


@dataclass(frozen=True, slots=True)
class Read:
    """One judgement. `others` are (field=value, words); `undo` is the correction that can be taken back; by
    `others_named` the inbox finds who names the same; `exact` is the figure behind the word."""

    name: str
    words: str
    because: str
    others: list[tuple[str, str]] = field(default_factory=list)
    undo: int | None = None
    others_named: str = ""
    exact: str = ""


def reads(message: Message) -> list[Read]:
    """Six queries: whether moods are read here, the corrections that still hold, what it names, what its theme is about, and what
    it says besides."""
    reading: Any = getattr(message, "reading", None)
    if reading is None:
        return []
    moods = Installation.here().reads_mood
    held = dict(
        Correction.objects.filter(message=message, undone_at=None).order_by("pk").values_list("field", "pk")
    )
    function = dict(CORRECTIONS["Function"]).get(f"function={reading.function}", reading.function)
    said = {
        "Intent": ("intent", intention(reading.intent)),
        "Mood": ("mood", FEELINGS[reading.mood]),
        "Function": ("function", function),
        "About us": ("about_us", _about(message, reading)),
        "To act on": ("actionable", "yes" if reading.actionable else "no"),
        "Language": ("language", LANGUAGES.get(reading.language, reading.language)),
    }
    judged = [
        Read(
            name,
            words,
            _because(message, reading, key, key in held),
            _others(name, key),
            held.get(key),
            exact=exact(reading, key),
        )
        for name, (key, words) in said.items()
        if moods or key != "mood"
    ]
    return judged + _besides(message) + _named(message) + (_things(message) if moods else [])


def _besides(message: Message) -> list[Read]:
    """The other themes that it counts in, with the words that say so."""
    return [Read("Also counts in", one.theme.title, f"“{one.words}”") for one in besides.of_message(message)]


def _about(message: Message, reading: Any) -> str:
    """Whom it is about; and of us, whether it was said to us or overheard."""
    if not reading.about_us:
        return NOT_US.get(reading.reason, f"no: {reading.reason or 'elsewhere'}")
    return "yes, said to us" if message.audience == Audience.US else "yes, overheard"


def _named(message: Message) -> list[Read]:
    """Names from customers' fields, amounts, dates, numbers and places, with the words that say them."""
    return [
        Read(
            (one.field or one.kind).replace("_", " ").capitalize(),
            one.value,
            " … ".join(f"“{message.text[start:end]}”" for start, end in one.spans),
            others_named=one.value if one.kind in (NAME, NUMBER, PLACE) else "",
        )
        for one in Mention.objects.filter(message=message).order_by("pk")[:NAMED]
    ]


def _things(message: Message) -> list[Read]:
    """How they feel about each thing that they name."""
    return [
        Read(
            one.term.capitalize(),
            FEELINGS[one.mood],
            " … ".join(f"“{message.text[start:end]}”" for start, end in one.evidence) or "from the sentence",
            exact=_on_the_scale(one.feeling),
        )
        for one in of_message(message)[:THINGS]
    ]


def _others(name: str, key: str) -> list[tuple[str, str]]:
    if key == "language":
        return [(f"language={code}", words) for code, words in LANGUAGES.items()]
    return CORRECTIONS[name]


def _because(message: Message, reading: Any, key: str, corrected: bool) -> str:
    """The deciding words; where there are none, how sure the reader was."""
    if corrected:
        return "a person said so"
    words = " … ".join(message.text[start:end] for start, end in reading.evidence.get(key, []))
    if words:
        return f"“{words if len(words) <= SHORT else words[:SHORT].rstrip() + '…'}”"
    sure = reading.confidence.get(key)
    return f"{sure:.0%} sure".replace("%", " %") if sure is not None else ""


def exact(reading: Any, key: str) -> str:
    """The figures behind a judgement, for who points at its word."""
    sure = reading.confidence.get(key)
    said = [_on_the_scale(reading.sentiment)] if key == "mood" else []
    return ", ".join([*said, *([f"{sure:.0%} sure".replace("%", " %")] if sure is not None else [])])


def _on_the_scale(feeling: float) -> str:
    return f"{feeling:+.2f} on a scale from −1, upset, to +1, pleased".replace("-", "−")
