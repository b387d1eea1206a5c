"""Changes, notices, verdicts and honesty over the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.experiences import changes, notices, put_right, verdicts, wording
from pivotpoint.experiences import honesty as figures
from pivotpoint.experiences import schemas as s
from pivotpoint.experiences.models import Change, Notice, Verdict
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.problems import Problem
from pivotpoint.lib.shapes import Reason
from pivotpoint.pivot.models import Loop

router = Router(tags=["experiences"])


def _mine(model: Any, request: Call) -> Any:
    """The rows that whoever asks may see."""
    return model.objects.visible_to(user_of(request.auth))


@router.get("changes", response=Paged[s.ChangeOut], auth=needs_scope("desk.view"))
def list_changes(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """The newest first."""
    return page(_mine(Change, request).prefetch_related("loops", "corrections"), cursor, limit, key="-at")


@router.post("changes", response={201: s.ChangeOut}, auth=needs_scope("change.record"))
def record_change(request: Call, body: s.ChangeIn) -> Status[Change]:
    """Record a change: its loops are delivered, and notices are drafted for everyone behind them."""
    asked = body.model_dump()
    return Status(201, changes.record(**asked | {"loops": _loops(request, body.loops)}, by=request.auth))


def _loops(request: Call, ids: list[int]) -> list[Loop]:
    loops = list(_mine(Loop, request).filter(pk__in=ids))
    if len(loops) < len(set(ids)):
        raise Problem(404, "Not found", "One of these loops does not exist, or is not yours to see.")
    return loops


@router.post("changes/{pk}/loops", response=s.ChangeOut, auth=needs_scope("change.record"))
def settle(request: Call, pk: int, body: s.LoopIds) -> Change:
    """A change that is live settles these loops too."""
    change = get_object_or_404(_mine(Change, request), pk=pk)
    return changes.settle(change, _loops(request, body.loops), by=request.auth)


@router.get("changes/{pk}", response=s.ChangeOut, auth=needs_scope("desk.view"))
def get_change(request: Call, pk: int) -> Change:
    """One change."""
    return get_object_or_404(_mine(Change, request), pk=pk)


@router.patch("changes/{pk}", response=s.ChangeOut, auth=needs_scope("change.record"))
def edit_change(request: Call, pk: int, body: s.ChangeEdit) -> Change:
    """Only the fields that are given change, and only until the first notice has left; `public` at any time."""
    change = get_object_or_404(_mine(Change, request), pk=pk)
    return put_right.edit(change, by=request.auth, **body.model_dump(exclude_unset=True))


@router.post("changes/{pk}/corrections", response=s.ChangeOut, auth=needs_scope("change.record"))
def correct_change(request: Call, pk: int, body: s.ChangeCorrectionIn) -> Change:
    """A line below a change that people have been told of; who is told from now on reads it too."""
    change = get_object_or_404(_mine(Change, request), pk=pk)
    put_right.correct(change, body.text, by=request.auth)
    return change


@router.post("changes/{pk}/taken-back", response=s.ChangeOut, auth=needs_scope("change.record"))
def take_back(request: Call, pk: int, body: Reason) -> Change:
    """It did not last: nobody else is told, its loops reopen."""
    return changes.take_back(get_object_or_404(_mine(Change, request), pk=pk), body.reason, by=request.auth)


@router.get("notices", response=Paged[s.NoticeOut], auth=needs_scope("customer.view"))
def list_notices(
    request: Call,
    loop: int | None = None,
    state: str = "",
    customer: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """The newest first; of one loop, in one state, to one customer."""
    asked = {"loop": loop, "state": state or None, "customer": customer}
    rows = _mine(Notice, request).filter(**{key: value for key, value in asked.items() if value is not None})
    return page(rows, cursor, limit)


@router.get("loops/{pk}/notices/preview", response=s.ChangePreviewOut, auth=needs_scope("desk.view"))
def preview(request: Call, pk: int) -> notices.Preview:
    """How many people would hear, on which channels, and why the others would not."""
    return notices.preview(get_object_or_404(_mine(Loop, request), pk=pk))


@router.post("notices/approvals", response=s.Approved, auth=needs_scope("notice.approve"))
def approve(request: Call, body: s.Approval) -> dict[str, int]:
    """Let drafts leave."""
    if body.loop is None and not body.notices:
        raise Problem(422, "Nothing to approve", "Name notices, or a loop.")
    rows = _mine(Notice, request)
    rows = rows.filter(pk__in=body.notices) if body.loop is None else rows.filter(loop=body.loop)
    return {"approved": notices.approve(rows, by=request.auth)}


@router.patch("notices/{pk}", response=s.NoticeOut, auth=needs_scope("notice.approve"))
def edit(request: Call, pk: int, body: s.NoticeIn) -> Notice:
    """Other words for one person, while it is a draft."""
    notice = get_object_or_404(_mine(Notice, request), pk=pk)
    return notices.edit(notice, body.text, subject=body.subject, by=request.auth)


@router.post("notices/{pk}/left-out", response=s.NoticeOut, auth=needs_scope("notice.approve"))
def leave_out(request: Call, pk: int, body: Reason) -> Notice:
    """Do not write to this person, and say why."""
    return notices.leave_out(get_object_or_404(_mine(Notice, request), pk=pk), body.reason, by=request.auth)


@router.get("verdicts", response=Paged[s.VerdictOut], auth=needs_scope("customer.view"))
def list_verdicts(request: Call, loop: int | None = None, cursor: str | None = None, limit: int = 50) -> Page:
    """What people answered to “did it help?”, the newest first."""
    rows = Verdict.objects.filter(notice__in=_mine(Notice, request))
    return page(rows if loop is None else rows.filter(notice__loop=loop), cursor, limit)


@router.post("verdicts", response={201: s.VerdictOut}, auth=needs_scope("reply.send"))
def give(request: Call, body: s.VerdictIn) -> Status[Verdict]:
    """A customer's answer that reached you another way: on the phone, in a shop."""
    notice = get_object_or_404(_mine(Notice, request), pk=body.notice)
    return Status(201, verdicts.give(notice, body.answer, body.comment))


@router.get("wordings", response=list[s.WordingOut], auth=needs_scope("desk.view"))
def wordings(request: Call) -> list[dict[str, str]]:
    """The words that notices begin with, by kind and language."""
    return [
        {"kind": kind, "language": code, "subject": words.subject, "text": words.text}
        for (kind, code), words in sorted(wording.current().items())
    ]


@router.put("wordings/{kind}/{code}", response=s.WordingOut, auth=needs_scope("notice.approve"))
def change_wording(request: Call, kind: str, code: str, body: s.WordingIn) -> Any:
    """Other words from now on; drafts that exist keep theirs."""
    return wording.change(kind, code, subject=body.subject, text=body.text, by=request.auth)


@router.get("honesty", response=dict[str, Any], auth=needs_scope("ledger.view"))
def honesty(request: Call, days: int = 90) -> dict[str, Any]:
    """People heard, handed over, accepted, delivered, told, confirmed; and how long it took."""
    if not 1 <= days <= 3_650:
        raise Problem(422, "That can't be done", "Choose between 1 and 3,650 days.")
    return figures.honesty(days).as_dict()
