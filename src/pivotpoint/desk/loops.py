"""Loops: all of them, and one on its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk import loops_behind
from pivotpoint.desk.attach import attached_to
from pivotpoint.desk.loop_journal import entries
from pivotpoint.desk.loop_owner import owner_facts
from pivotpoint.desk.nobody import nobodys, without_owner
from pivotpoint.desk.rail import rail
from pivotpoint.experiences import notices
from pivotpoint.experiences.models import Notice
from pivotpoint.experiences.verdicts import tally
from pivotpoint.insights.evidence.quotes import quotes
from pivotpoint.lib import clock
from pivotpoint.pivot import stages
from pivotpoint.pivot.attach import with_people
from pivotpoint.pivot.evidence import masked
from pivotpoint.pivot.loops import unsaid
from pivotpoint.pivot.models import Loop, Pivot, Stage, StageMove

A_PAGE, PEOPLE = 50, 8


def _views(user: Any) -> dict[str, tuple[str, Q]]:
    is_open = Q(closed_at=None)
    now = clock.now()
    return {
        "open": ("Open", is_open),
        "late": ("Late", is_open & Q(due_at__lt=now)),
        "mine": ("Mine", is_open & Q(owner=user)),
        "team": ("My function’s", is_open & (Q(team=user.team_id) if user.team_id else Q(pk=None))),
        "nobody": ("Nobody’s", is_open & without_owner("loop.act")),
        "soon": ("Due in three days", is_open & Q(due_at__gte=now, due_at__lt=now + timedelta(days=3))),
        "telling": ("To be told", is_open & Q(stage__in=(Stage.DELIVERED, Stage.DECLINED))),
        "confirmed": ("Confirmed", Q(stage=Stage.CONFIRMED)),
        "declined": ("Declined", Q(stage=Stage.DECLINED)),
        "all": ("All", Q()),
    }


@require_safe
@needs("desk.view")
def loops_page(request: HttpRequest) -> HttpResponse:
    """What is due first stands first."""
    views = _views(request.user)
    view = request.GET.get("view", "open")
    view = view if view in views else "open"
    mine = loops_behind.narrowed(Loop.objects.visible_to(request.user), request.GET)
    counts = mine.aggregate(**{key: Count("pk", filter=condition) for key, (_, condition) in views.items()})
    rows: QuerySet[Loop] = mine.filter(views[view][1])
    pivot = request.GET.get("pivot", "")
    if pivot.isdecimal() and len(pivot) < 19:
        rows = rows.filter(pivot=int(pivot))
    order = ("-closed_at", "-pk") if view in ("confirmed", "declined") else ("closed_at", "due_at", "pk")
    rows = with_people(rows.select_related("insight__theme", "pivot", "team", "owner")).order_by(*order)
    behind = loops_behind.asked(request.GET)
    chosen = {"view": view} | ({"pivot": pivot} if pivot else {}) | behind
    context = {
        "tabs": [(key, label, counts[key]) for key, (label, _) in views.items()],
        "view": view,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "pivots": Pivot.objects.visible_to(request.user),
        "pivot": pivot,
        "counts": counts,
        "nobodys": nobodys() if view == "nobody" else {},
        "address": urlencode(chosen),
        "only": loops_behind.words(behind),
        "behind": urlencode(behind),
    }
    return render(request, "desk/loops.html", context)


@require_safe
@needs("desk.view")
def loop_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One loop: where it is, who owns it, who still has to be told."""
    rows = Loop.objects.visible_to(request.user).select_related(
        "insight__theme", "pivot__team", "team", "owner", "version"
    )
    loop = get_object_or_404(rows, pk=pk)
    user: Any = request.user
    moves = list(StageMove.objects.filter(loop=loop).select_related("owner"))
    context = {
        "loop": loop,
        "theme": loop.insight.theme,
        "stations": rail(loop, moves),
        "journal": entries(loop, moves),
        "verbs": _verbs(loop, user),
        "changes": loop.changes.select_related("by").order_by("-live_since"),
        "handoffs": _handoffs(loop),
        "destinations": loop.pivot.destinations.filter(closed_at=None),
        "quotes": _words(loop, user),
        "colleagues": User.objects.visible_to(user).active() if user.may("loop.act") else [],
        "along": attached_to(loop, user),
        **owner_facts(loop),
        **_people(loop, user),
    }
    return render(request, "desk/loop.html", context)


def _verbs(loop: Loop, user: Any) -> set[str]:
    """What this person may do with the loop as it is now."""
    act, change = user.may("loop.act"), user.may("change.record")
    able = {
        "accept": act and stages.may_follow(loop, Stage.ACCEPTED),
        "start": act and loop.stage == Stage.ACCEPTED,
        "decline": act and stages.may_follow(loop, Stage.DECLINED),
        "say": act and unsaid(loop) is not None,
        "deliver": change and stages.may_follow(loop, Stage.DELIVERED),
        "another": change and loop.stage in (Stage.DELIVERED, Stage.TOLD) and loop.closed_at is None,
        "confirm": act and stages.may_follow(loop, Stage.CONFIRMED),
        "reassign": act and loop.closed_at is None,
        "reopen": act and loop.stage in stages.REOPENABLE,
        "add": act and loop.closed_at is None,
        "replay": act,
    }
    return {verb for verb, allowed in able.items() if allowed}


def _handoffs(loop: Loop) -> list[dict[str, Any]]:
    """Each with its tries and its last answer."""
    rows = loop.handoffs.select_related("destination").prefetch_related("attempts", "answers")
    return [
        {"row": row, "attempts": list(row.attempts.all()), "answer": next(reversed(row.answers.all()), None)}
        for row in rows.order_by("-created_at", "-pk")
    ]


def _words(loop: Loop, user: Any) -> list[dict[str, Any]]:
    """Two quotes; without personal data for whoever may not see customers."""
    found = quotes([loop.insight_id], per_theme=2)[loop.insight_id]
    open_ = user.may("customer.view")
    return [
        {
            "text": one.text if open_ else masked(one.text),
            "spans": one.spans if open_ else [],
            "who": one.who if open_ else one.channel,
            "said_at": one.said_at,
        }
        for one in found
    ]


def _people(loop: Loop, user: Any) -> dict[str, Any]:
    """The sum of the people to tell, some of them, and their verdicts so far."""
    preview = notices.preview(loop)
    rows = Notice.objects.visible_to(user).filter(loop=loop)
    shown = rows.select_related("customer", "channel").prefetch_related("verdicts")
    told = preview.states.get(Notice.State.TOLD, 0)
    waiting = preview.states.get(Notice.State.DRAFT, 0)
    on_way = sum(preview.states.get(state, 0) for state in (Notice.State.APPROVED, Notice.State.QUEUED))
    return {
        "preview": preview,
        "told": told,
        "waiting": waiting,
        "on_way": on_way,
        "not_told": preview.people - told if preview.drafted else 0,
        "notices": list(shown.order_by("-told_at", "pk")[:PEOPLE]),
        "tally": tally(loop),
    }
