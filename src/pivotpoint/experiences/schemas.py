"""What the API takes and answers about changes, notices and verdicts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from pivotpoint.experiences.models import Change


class ChangeIn(Schema):
    """`what` is read by customers."""

    title: str
    what: str
    live_since: date
    loops: list[int]
    hypothesis: str = ""
    process: str = ""
    for_whom: str = ""
    public: bool = True


class ChangeEdit(Schema):
    title: str = ""
    what: str = ""
    live_since: date = date.min
    hypothesis: str = ""
    process: str = ""
    for_whom: str = ""
    public: bool = True


class ChangeCorrectionIn(Schema):
    """Customers read it."""

    text: str


class ChangeCorrectionOut(Schema):
    text: str
    at: datetime


class LoopIds(Schema):
    loops: list[int]


class ChangeOut(Schema):
    id: int
    title: str
    what: str
    hypothesis: str
    process: str
    for_whom: str
    live_since: date
    public: bool
    at: datetime
    taken_back_at: datetime | None
    loops: list[int]
    corrections: list[ChangeCorrectionOut]

    @staticmethod
    def resolve_corrections(change: Change) -> list[Any]:
        return list(change.corrections.all())

    @staticmethod
    def resolve_loops(change: Change) -> list[int]:
        return [loop.pk for loop in change.loops.all()]


class NoticeOut(Schema):
    id: int
    loop_id: int
    change_id: int | None
    customer_id: int
    channel_id: int | None
    subject: str
    text: str
    state: str
    why_not: str
    created_at: datetime
    approved_at: datetime | None
    told_at: datetime | None


class NoticeIn(Schema):
    """Keep {link} in the text."""

    text: str
    subject: str = ""


class Approval(Schema):
    """Which drafts may leave: these, or all of a loop."""

    notices: list[int] = []
    loop: int | None = None


class Approved(Schema):
    approved: int


class ChangePreviewOut(Schema):
    """People by channel, by reason why not, and by state; `drafted` is false while nothing is written down."""

    people: int
    reached: int
    channels: dict[str, int]
    why_not: dict[str, int]
    states: dict[str, int]
    drafted: bool


class VerdictIn(Schema):
    """`answer`: helped, partly or not."""

    notice: int
    answer: str
    comment: str = ""


class VerdictOut(Schema):
    id: int
    notice_id: int
    answer: str
    comment: str
    at: datetime


class WordingOut(Schema):
    kind: str
    language: str
    subject: str
    text: str


class WordingIn(Schema):
    subject: str
    text: str
