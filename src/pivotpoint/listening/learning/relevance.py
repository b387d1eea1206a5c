"""What a sentence would be, and which messages would move, with the examples that stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pivotpoint.channels.models import Message
from pivotpoint.listening.learning.lessons import examples_until, lessons_until
from pivotpoint.listening.learning.reader import context
from pivotpoint.listening.models import Correction, ModelVersion, RelevanceExample
from textanalytics.base import Span, relevance_of
from textanalytics.reading.examples import LEAST, US
from textanalytics.reading.reading import Context, Example, Reader
from textanalytics.reading.reading import Correction as Taught

LATEST = 1_000
"""Messages that are asked about; reading them takes a part of a second."""


@dataclass(frozen=True, slots=True)
class Read:
    """Whom a sentence would be about, because of which words, and the example that it is most like."""

    about: str
    reason: str
    confidence: float
    spans: list[Span]
    words: str
    like: str
    like_about: str
    near: float


@dataclass(frozen=True, slots=True)
class Moves:
    """Of the latest `messages`: how many would come in and leave, and of how many people."""

    messages: int
    in_messages: int
    in_people: int
    out_messages: int
    out_people: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many sentences there are of each kind, whether they suffice, and what became of them."""

    counts: dict[str, int]
    enough: bool
    told_apart: bool
    latest: ModelVersion | None

    @property
    def missing(self) -> int:
        """Sentences of ours that are still to come."""
        return max(LEAST - self.counts.get(US, 0), 0)

    @property
    def kept_back(self) -> bool:
        """The latest reader has learnt them and is not live: with them it was right less often."""
        latest = self.latest
        return latest is not None and latest.examples > 0 and latest.verdict == ModelVersion.Verdict.WORSE


def standing() -> Standing:
    """What the page says above the sentences; three queries."""
    examples = _examples()
    counts: dict[str, int] = {}
    for one in examples:
        counts[one.about] = counts.get(one.about, 0) + 1
    others = max((count for kind, count in counts.items() if kind != US), default=0)
    enough = counts.get(US, 0) >= LEAST and others >= LEAST
    apart = enough and _reader(context(), (), tuple(examples)).examples.tell_apart
    return Standing(counts, enough, apart, ModelVersion.objects.latest_made())


def tried(text: str) -> Read:
    """With every judgement and example that stands, whether or not that reader is live yet."""
    reader = would_read()
    read = reader.read([text]).row(0)
    likest = reader.examples.like(text)
    spans = read["evidence"].get("about_us", [])
    return Read(
        about=relevance_of(read["reason"]),
        reason=read["reason"],
        confidence=read["confidence"]["about_us"],
        spans=spans,
        words=", ".join(text[start:end] for start, end in spans),
        like=likest.example.text if likest.example else "",
        like_about=likest.example.about if likest.example else "",
        near=round(likest.near, 3),
    )


def would_move(who: Any) -> Moves:
    """Of the latest messages that this colleague may see, as they are read now. What people judged does not move."""
    rows = Message.objects.visible_to(who).heard().filter(reading__isnull=False).order_by("-pk")
    judged = Correction.objects.standing().filter(field="about_us").order_by().values("message")
    found = list(rows.exclude(pk__in=judged).values_list("text", "customer", "reading__about_us")[:LATEST])
    after = would_read().read([text for text, _, _ in found]).about_us.tolist() if found else []
    came = [person for (_, person, was), now in zip(found, after, strict=True) if now and not was]
    left = [person for (_, person, was), now in zip(found, after, strict=True) if was and not now]
    return Moves(len(found), len(came), len({*came} - {None}), len(left), len({*left} - {None}))


def would_read() -> Reader:
    """Kept as long as nobody says anything new."""
    lessons = lessons_until(Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    return _reader(context(), tuple(one.taught for one in lessons), tuple(_examples()))


def _examples() -> list[Example]:
    last = RelevanceExample.objects.order_by("-pk").values_list("pk", flat=True).first()
    return examples_until(last or 0)


@lru_cache(maxsize=2)
def _reader(who: Context, corrections: tuple[Taught, ...], examples: tuple[Example, ...]) -> Reader:
    return Reader(who, corrections=corrections, examples=examples)
