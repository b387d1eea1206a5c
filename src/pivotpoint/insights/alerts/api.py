"""Alerts, verdicts on them, and marks on insights, over the API: the same verbs as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.alerts import judge as verbs
from pivotpoint.insights.alerts.figures import figures
from pivotpoint.insights.alerts.listed import STATES, listed
from pivotpoint.insights.decisions.marks import mark, unmark
from pivotpoint.insights.models import Alert, AlertVerdict, Insight, InsightMark
from pivotpoint.insights.severity import unfelt
from pivotpoint.lib.paging import Page, Paged, page

router = Router()
SEE, CHANGE = needs_scope("desk.view"), needs_scope("insight.change")


class AlertVerdictOut(Schema):
    id: int
    value: str
    noticed_at: datetime | None
    at: datetime
    by: str
    undone_at: datetime | None

    @staticmethod
    def resolve_by(row: AlertVerdict) -> str:
        return str(row.by or "")


class AlertOut(Schema):
    """`title` is the insight's; its own words, where it is about something else. `people` spoke within `hours`, where `expected` were usual. `false_share`: the share of chance among alerts as
    sure as this one. `sentence` says all that in words. `words` rise in it; this `share` of the messages that hold them is of the
    insight (1: it rises as a whole), and `quote` is one of these. `quiet` says why nobody was woken, and is empty when somebody was;
    of `told`, `told_with` is the alert by which people were told of the same matter."""

    id: int
    insight: int
    title: str
    sentence: str
    at: datetime
    onset: datetime
    hours: int
    people: int
    expected: float
    chance: float
    false_share: float
    themes: int
    severity: str
    severity_why: str
    function: str
    owner: str
    words: str
    share: float
    quote: str
    quiet: str
    told_with: int | None
    rose_at: datetime
    calmed_at: datetime | None
    many_at: datetime | None
    taken_up_at: datetime | None
    verdict: AlertVerdictOut | None

    @staticmethod
    def resolve_insight(row: Alert) -> int:
        return row.insight_id

    @staticmethod
    def resolve_title(row: Alert) -> str:
        return row.title

    @staticmethod
    def resolve_severity_why(row: Alert, context: Any) -> str:
        return row.severity_why if moods.shown_in(context) else unfelt(row.severity_why)

    @staticmethod
    def resolve_told_with(row: Alert) -> int | None:
        return row.told_with_id

    @staticmethod
    def resolve_owner(row: Alert) -> str:
        return str(row.owner or "")

    @staticmethod
    def resolve_verdict(row: Alert) -> AlertVerdict | None:
        return row.verdict


class AlertVerdictIn(Schema):
    """`noticed_at`: when one would have known, or did know, without the alert."""

    value: Literal["real", "false", "known"]
    noticed_at: datetime | None = None


class MarkOut(Schema):
    kind: str
    at: datetime
    by: str

    @staticmethod
    def resolve_by(row: InsightMark) -> str:
        return str(row.by or "")


class AlertFilters(Schema):
    """`state`: rising, judged, quiet, over, or all."""

    state: str = "all"
    insight: int | None = None
    cursor: str | None = None
    limit: int = 50


def _alert(request: Call, pk: int) -> Alert:
    return get_object_or_404(listed(user_of(request.auth)), pk=pk)


def _insight(request: Call, pk: int) -> Insight:
    return get_object_or_404(Insight.objects.visible_to(user_of(request.auth)), pk=pk)


@router.get("alerts", response=Paged[AlertOut], auth=SEE)
def alerts(request: Call, ask: Query[AlertFilters]) -> Page:
    """What rose, the latest first."""
    rows = listed(user_of(request.auth), ask.state if ask.state in STATES else "all")
    if ask.insight is not None:
        rows = rows.filter(insight=ask.insight)
    return page(rows, ask.cursor, ask.limit, key="-at")


@router.get("alerts/{pk}", response=AlertOut, auth=SEE)
def alert(request: Call, pk: int) -> Alert:
    """One rise: what, since when, how sure, who."""
    return _alert(request, pk)


@router.post("alerts/{pk}/verdicts", response={201: AlertVerdictOut}, auth=CHANGE)
def judge(request: Call, pk: int, body: AlertVerdictIn) -> Status[AlertVerdict]:
    """Say whether it was real, a false alarm, or known. The latest verdict stands."""
    verdict = verbs.judge(_alert(request, pk), body.value, noticed_at=body.noticed_at, by=request.auth)
    return Status(201, verdict)


@router.delete("alert-verdicts/{pk}", response=AlertVerdictOut, auth=CHANGE)
def take_back(request: Call, pk: int) -> AlertVerdict:
    """The alert is unjudged again."""
    verdict = get_object_or_404(
        AlertVerdict, pk=pk, alert__in=Alert.objects.visible_to(user_of(request.auth))
    )
    verbs.take_back(verdict, by=request.auth)
    verdict.refresh_from_db()
    return verdict


@router.get("alert-accuracy", response=dict[str, Any], auth=SEE)
def accuracy(request: Call) -> dict[str, Any]:
    """How many alerts were real, and how much earlier they came."""
    return figures().as_dict()


@router.put("insights/{pk}/marks/{kind}", response=MarkOut, auth=CHANGE)
def put_mark(request: Call, pk: int, kind: str) -> InsightMark:
    """`pin`: it stands first for everybody. `mute`: its rises wake nobody."""
    return mark(_insight(request, pk), kind, by=request.auth)


@router.delete("insights/{pk}/marks/{kind}", response={204: None}, auth=CHANGE)
def end_mark(request: Call, pk: int, kind: str) -> Status[None]:
    """Unpinned, or no longer muted."""
    unmark(_insight(request, pk), kind, by=request.auth)
    return Status(204, None)
