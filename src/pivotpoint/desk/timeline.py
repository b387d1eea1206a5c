"""One timeline of everything about one person: a page of it costs the same however much there is.

Each source gives its newest rows behind the cursor; the pages are merged by time, then by source, then by key, so
nothing is skipped or shown twice.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Consent, Customer, Merge
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.insights.models import Backing
from pivotpoint.pivot.attach import loops_of
from pivotpoint.pivot.models import Loop, StageMove

A_PAGE = 30
Rows = Callable[[Customer], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """`moment` is the field that says when."""

    kind: str
    label: str
    moment: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    at: datetime
    row: Any


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended."""

    at: datetime
    rank: int
    pk: int


def _words(customer: Customer) -> QuerySet[Any]:
    return Message.objects.filter(customer=customer).select_related(
        "channel", "author", "reading", "delivery", "import_run"
    )


def _told(customer: Customer) -> QuerySet[Any]:
    return Notice.objects.filter(customer=customer, told_at__isnull=False).select_related("channel", "change")


def _not_told(customer: Customer) -> QuerySet[Any]:
    """Why they were not written to, or did not get it."""
    kept_back = (Notice.State.SKIPPED, Notice.State.FAILED)
    rows = Notice.objects.filter(customer=customer, state__in=kept_back, told_at=None)
    return rows.select_related("channel", "change")


def _verdicts(customer: Customer) -> QuerySet[Any]:
    return Verdict.objects.filter(notice__customer=customer).select_related("notice")


def _consents(customer: Customer) -> QuerySet[Any]:
    return Consent.objects.filter(customer=customer)


def _merges(customer: Customer) -> QuerySet[Any]:
    return Merge.objects.filter(Q(kept=customer) | Q(gone=customer)).select_related(
        "kept", "gone", "by", "undone_by"
    )


def _moves(customer: Customer) -> QuerySet[Any]:
    """Steps of the loops that stand for an insight which they stand behind."""
    behind = Backing.objects.filter(customer=customer).values("theme")
    loops = Loop.objects.filter(loops_of(behind)).values("pk")
    return StageMove.objects.filter(loop__in=loops).select_related("loop__insight__theme", "loop__pivot")


SOURCES = (
    Source("words", "Words", "said_at", _words),
    Source("told", "What we told them", "told_at", _told),
    Source("told", "What we told them", "created_at", _not_told),
    Source("verdict", "Verdicts", "at", _verdicts),
    Source("consent", "Consent", "at", _consents),
    Source("merge", "Merges", "at", _merges),
    Source("loop", "Loops", "at", _moves),
)
KINDS = {source.kind: source.label for source in SOURCES}


def timeline(customer: Customer, cursor: str = "", kind: str = "") -> tuple[list[Entry], str]:
    """One page, the newest first, and the cursor of the next ("" on the last). One query a source."""
    mark = _read(cursor)
    found: list[tuple[tuple[datetime, int, int], Entry]] = []
    for rank, source in enumerate(SOURCES):
        if kind and source.kind != kind:
            continue
        rows = source.rows(customer)
        if mark is not None:
            rows = rows.filter(_behind(source.moment, rank, mark))
        for row in rows.order_by(f"-{source.moment}", "-pk")[: A_PAGE + 1]:
            at = getattr(row, source.moment)
            found.append(((at, -rank, row.pk), Entry(source.kind, at, row)))
    found.sort(key=lambda pair: pair[0], reverse=True)
    shown = found[:A_PAGE]
    return [entry for _, entry in shown], _write(shown[-1][0]) if len(found) > A_PAGE else ""


def _behind(field: str, rank: int, mark: Mark) -> Q:
    """What comes after the mark in a source: earlier, or at the same moment and further down the order."""
    earlier = Q(**{f"{field}__lt": mark.at})
    if rank > mark.rank:
        return Q(**{f"{field}__lte": mark.at})
    if rank == mark.rank:
        return earlier | Q(**{field: mark.at, "pk__lt": mark.pk})
    return earlier


def _write(key: tuple[datetime, int, int]) -> str:
    at, rank, pk = key
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), -rank, pk]).encode()).decode().rstrip("=")


def _read(cursor: str) -> Mark | None:
    """A cursor that is not ours begins at the top."""
    try:
        at, rank, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = parse_datetime(at)
    except (binascii.Error, ValueError, TypeError):
        return None
    whole = isinstance(rank, int) and isinstance(pk, int) and abs(pk) < 2**63
    return Mark(moment, rank, pk) if moment and moment.tzinfo and whole else None
