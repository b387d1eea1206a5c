"""How often people and the reader agree: from what people said of readings, and from judgements held out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models.fields.json import KT
from django.utils import timezone

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.jobs import kept
from pivotpoint.listening.correcting.correct import FIELDS
from pivotpoint.listening.models import Correction, ModelVersion, Trial
from textanalytics.reading import agreement
from textanalytics.reading.agreement import Judged, Share

AT_MOST = 20_000
"""Judgements that a card is made of, the latest ones."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement with what it is grouped by."""

    field: str
    judged: Judged
    language: str
    channel: str
    month: str


@dataclass(frozen=True)
class Card:
    """One judgement's accuracy.

    `people` counts what people looked at: `right` were confirmed, the others corrected. Who corrects looks for
    mistakes, so it is below the truth unless readings are confirmed too. `held_out` is the latest reader on
    judgements that it did not learn from, `before` the one that was live then.
    """

    field: str
    people: Share
    held_out: Share
    before: Share
    gap: float | None
    bins: list[agreement.Bin]
    classes: list[agreement.OfClass]
    languages: list[tuple[str, Share]]
    channels: list[tuple[str, Share]]
    months: list[tuple[str, Share]]


@dataclass(frozen=True)
class Accuracy:
    """`passed` are messages that a colleague answered and said nothing about their reading."""

    cards: list[Card]
    messages: int
    passed: int
    live: ModelVersion | None

    def as_dict(self) -> dict[str, Any]:
        """As the API and a command print it."""
        return {
            "messages_judged": self.messages,
            "messages_answered_and_not_judged": self.passed,
            "version": self.live.version if self.live else "",
            "judgements": [_plain(card) for card in self.cards],
        }


def accuracy() -> Accuracy:
    """Three queries, over at most AT_MOST judgements, and one kept figure."""
    rows = list(_judgements())
    said = [one for _, one in rows]
    tried = list(_trials())
    fields = [field for field in FIELDS if field != "mood" or Installation.here().reads_mood]
    return Accuracy(
        cards=[_card(field, said, tried) for field in fields],
        messages=len({message for message, _ in rows}),
        passed=kept.look("listening.passed").value,
        live=ModelVersion.objects.live(),
    )


def _judgements() -> Iterable[tuple[int, Said]]:
    """Of each message and field: what the reader said before anybody judged, and people's last word."""
    rows = (
        Correction.objects.standing()
        .order_by("-pk")
        .values_list(
            "message",
            "field",
            "was",
            "value",
            "at",
            KT("before__confidence"),
            "message__reading__language",
            "message__channel__name",
        )[:AT_MOST]
    )
    last: dict[tuple[int, str], str] = {}
    first: dict[tuple[int, str], Said] = {}
    for message, field, was, value, at, sure, language, channel in rows:
        true = last.setdefault((message, field), value)
        judged = Judged(was, true, float(sure or 0.0))
        first[message, field] = Said(field, judged, language or "", channel, _month(at))
    return [(message, one) for (message, _), one in first.items()]


def _trials() -> Iterable[tuple[str, Judged, bool]]:
    rows = Trial.objects.values_list("correction__field", "said", "correction__value", "sure", "right_before")
    return [(field, Judged(said, true, sure), before) for field, said, true, sure, before in rows]


def _card(field: str, rows: Sequence[Said], trials: Sequence[tuple[str, Judged, bool]]) -> Card:
    mine = [row for row in rows if row.field == field]
    judged = [row.judged for row in mine]
    tried = [(one, before) for name, one, before in trials if name == field]
    return Card(
        field=field,
        people=agreement.share(judged),
        held_out=agreement.share(one for one, _ in tried),
        before=Share(sum(before for _, before in tried), len(tried)),
        gap=agreement.gap(judged),
        bins=agreement.bins(judged),
        classes=agreement.classes(judged),
        languages=_by(mine, lambda row: row.language),
        channels=_by(mine, lambda row: row.channel),
        months=sorted(_by(mine, lambda row: row.month))[-MONTHS:],
    )


def _by(rows: Sequence[Said], group: Callable[[Said], str]) -> list[tuple[str, Share]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        found[group(row)].append(row.judged)
    shares = [(name, agreement.share(judged)) for name, judged in found.items()]
    return sorted(shares, key=lambda pair: (-pair[1].asked, pair[0]))


def _month(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m")


@kept.figure("listening.passed", "")
def passed(_: str) -> int:
    """Messages read, answered by a colleague, and left as they were read."""
    answered = Message.objects.filter(direction="out", author__isnull=False, conversation__isnull=False)
    heard = Message.objects.heard().filter(
        conversation__in=answered.order_by().values("conversation"), reading__isnull=False
    )
    return heard.exclude(pk__in=Correction.objects.standing().order_by().values("message")).count()


def _plain(card: Card) -> dict[str, Any]:
    found = asdict(card)
    for name in ("people", "held_out", "before"):
        found[name] = _share(getattr(card, name))
    found["bins"] = [
        {"from": one.low, "to": one.high, "sure": round(one.sure, 4), **_share(one.share)}
        for one in card.bins
    ]
    found["classes"] = [
        {"value": one.name, "precision": _share(one.precision), "recall": _share(one.recall)}
        for one in card.classes
    ]
    for name in ("languages", "channels", "months"):
        found[name] = [{"name": key, **_share(value)} for key, value in getattr(card, name)]
    return found


def _share(share: Share) -> dict[str, Any]:
    return {
        "right": share.right,
        "asked": share.asked,
        "share": None if share.share is None else round(share.share, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }
