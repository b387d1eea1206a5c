"""What people do on an insight's page and on the ladder: each view calls one verb."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Message
from pivotpoint.collaboration import room, tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.desk.correction import parted
from pivotpoint.desk.doing import do
from pivotpoint.insights.decisions import aside, edit, foreign, place, undo
from pivotpoint.insights.models import Insight, Theme, ThemeAction, ThemePart, WiderTheme
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.pivot.loops import open_loop
from pivotpoint.pivot.models import Pivot
from pivotpoint.ui.stale import unless_changed, values


def _insight(request: HttpRequest, pk: int) -> Insight:
    return get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)


def _page(insight: Insight | int) -> str:
    return reverse("desk:insight", args=[insight.pk if isinstance(insight, Insight) else insight])


def _pivot(request: HttpRequest) -> Pivot:
    return get_object_or_404(Pivot.objects.visible_to(request.user).live(), pk=_number(request, "pivot"))


def _number(request: HttpRequest, name: str) -> int:
    """A number from the form; 0, which is nobody's, for anything else."""
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0


@require_POST
@needs("insight.change")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    insight, pivot = _insight(request, pk), _pivot(request)
    why = request.POST.get("why", "").strip()
    return do(
        request,
        lambda: open_loop(insight, pivot, by=request.user, why=why),
        f"Handed over to {pivot}.",
        _page(insight),
    )


@require_POST
@needs("insight.change")
def insights_hand_over(request: HttpRequest) -> HttpResponse:
    """Several at once, through one pivot."""
    chosen, pivot = _chosen(request), _pivot(request)

    def each() -> None:
        if not chosen:
            raise ValidationError("Choose an insight first.")
        for insight in chosen:
            open_loop(insight, pivot, by=request.user)

    done = f"Handed over to {pivot}: {len(chosen)} insight{'s' * (len(chosen) != 1)}."
    return do(request, each, done, reverse("desk:insights"))


@require_POST
@needs("insight.change")
def insights_merge(request: HttpRequest) -> HttpResponse:
    """Those chosen become the one that most people stand behind."""
    chosen = sorted(_chosen(request), key=lambda insight: (-insight.theme.people, insight.pk))

    def each() -> None:
        if len(chosen) < 2:
            raise ValidationError("Choose two insights or more to merge them.")
        for insight in chosen[1:]:
            edit.merge(insight.theme, chosen[0].theme, by=request.user)

    title = chosen[0].theme.title if chosen else ""
    return do(request, each, f"Merged into “{title}”.", reverse("desk:insights"))


def _chosen(request: HttpRequest) -> list[Insight]:
    ids = [int(pk) for pk in request.POST.getlist("insight")[:100] if pk.isdecimal() and len(pk) < 19]
    rows = Insight.objects.visible_to(request.user).filter(pk__in=ids)
    return list(rows.select_related("theme").order_by("pk"))


@require_POST
@needs("insight.change")
def insight_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """This one takes in `other`."""
    insight, other = _insight(request, pk), _insight(request, _number(request, "other"))
    done = f"“{other.theme.title}” is part of this now."
    return do(request, lambda: edit.merge(other.theme, insight.theme, by=request.user), done, _page(insight))


@require_POST
@needs("insight.change")
def insight_split(request: HttpRequest, pk: int) -> HttpResponse:
    insight = _insight(request, pk)
    ids = [int(one) for one in request.POST.getlist("message")[:500] if one.isdecimal() and len(one) < 19]
    title = request.POST.get("title", "")
    done = (
        f"{len(ids)} message{'s' * (len(ids) != 1)} and those that say the same are a theme of their own now."
    )
    return do(request, lambda: edit.split(insight.theme, ids, title, by=request.user), done, _page(insight))


@require_POST
@needs("insight.change")
def part_split(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """What is said in a part of it becomes an insight of its own."""
    insight = _insight(request, pk)
    part = get_object_or_404(ThemePart, theme=insight.theme, pk=part_pk)
    done = f"“{part}” is an insight of its own now. It can be undone below."
    return do(request, lambda: edit.split_part(part, by=request.user), done, _page(insight))


@require_POST
@needs("insight.change")
def insight_rename(request: HttpRequest, pk: int) -> HttpResponse:
    insight, title = _insight(request, pk), request.POST.get("title", "")
    theme = insight.theme
    return do(
        request,
        lambda: unless_changed(
            request, theme, values("title"), lambda: edit.rename(theme, title, by=request.user)
        ),
        "Renamed.",
        _page(insight),
    )


@require_POST
@needs("insight.change")
def insight_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Under another wider theme; without one, under none."""
    insight, chosen = _insight(request, pk), _number(request, "part_of")
    wider = get_object_or_404(WiderTheme.objects.visible_to(request.user), pk=chosen) if chosen else None
    done = f"Part of “{wider}” now." if wider else "It stands by itself now."
    return do(request, lambda: place.place(insight.theme, wider, by=request.user), done, _page(insight))


@require_POST
@needs("insight.change")
def wider_rename(request: HttpRequest, pk: int) -> HttpResponse:
    wider = get_object_or_404(WiderTheme.objects.visible_to(request.user), pk=pk)
    title, back = request.POST.get("title", ""), f"{reverse('desk:insights')}?part_of={pk}&period="
    return do(
        request,
        lambda: unless_changed(
            request, wider, values("title"), lambda: place.rename_wider(wider, title, by=request.user)
        ),
        "Renamed.",
        back,
    )


@require_POST
@needs("insight.change")
def not_this(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """The message belongs elsewhere."""
    insight = _insight(request, pk)
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=message_pk)
    done = "Taken out of this insight. It can be undone below."
    return do(request, lambda: edit.move(message, None, by=request.user), done, _page(insight))


@require_POST
@needs("insight.change")
def not_about_us(request: HttpRequest) -> HttpResponse:
    """One or several at once: nothing of them is about us."""
    chosen = _chosen(request)

    def each() -> None:
        if not chosen:
            raise ValidationError("Choose an insight first.")
        for insight in chosen:
            foreign.not_about_us(insight.theme, by=request.user)

    many = f"{len(chosen)} insights are" if len(chosen) != 1 else f"“{chosen[0].theme.title}” is"
    return do(
        request,
        each,
        f"{many} not about us. Insights, Not about us brings it back.",
        reverse("desk:insights"),
    )


@require_POST
@needs("insight.change")
def action_undo(request: HttpRequest, pk: int) -> HttpResponse:
    action = get_object_or_404(ThemeAction, theme__in=Theme.objects.visible_to(request.user), pk=pk)
    return do(request, lambda: undo.undo(action, by=request.user), "Undone.", _page(action.theme_id))


@require_POST
@needs("insight.change")
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now: for `days`; none takes it back."""
    insight, days = _insight(request, pk), min(_number(request, "days"), 365)
    until = clock.now() + timedelta(days=days) if days else None
    done = f"Set aside for {days} days." if days else "Back on the ladder."
    return do(request, lambda: aside.set_aside(insight, until, by=request.user), done, _page(insight))


@require_POST
@needs("reading.correct")
def message_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` is field=value."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    field, value = parted(request.POST.get("what", ""))
    done = "Corrected. The reader learns from it."
    return do(request, lambda: correct(message, field, value, by=request.user), done, reverse("desk:today"))


@require_POST
@needs("room.write")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    insight, text = _insight(request, pk), request.POST.get("text", "")
    if request.POST.get("as") == "decision":
        return do(
            request, lambda: room.decide(insight, text, by=request.user), "Decision kept.", _page(insight)
        )
    return do(
        request, lambda: room.comment(insight, text, by=request.user), "Said.", _page(insight) + "#room"
    )


@require_POST
@needs("room.write")
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    insight = _insight(request, pk)
    owner = get_object_or_404(User.objects.visible_to(request.user).active(), pk=_number(request, "owner"))
    title, due = request.POST.get("title", ""), _evening(request.POST.get("due", ""))

    def add() -> Any:
        if due is None:
            raise ValidationError("Give the day by which it is due.")
        return tasks.add(insight, title, owner, due, by=request.user)

    return do(request, add, f"{owner.first_name} has the task.", _page(insight) + "#room")


def _evening(day: str) -> datetime | None:
    """18:00 of that day, where we are."""
    try:
        date = parse_date(day)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(date, time(18))) if date else None


@require_POST
@needs("room.write")
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    back = _page(task.insight_id) + "#room" if task.insight_id else reverse("desk:today")
    note, outcome = request.POST.get("note", ""), request.POST.get("outcome", "delivered")
    return do(
        request, lambda: tasks.finish(task, by=request.user, note=note, outcome=outcome), "Task done.", back
    )


@require_POST
@needs("room.write")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring somebody who may know into the room."""
    insight = _insight(request, pk)
    user = get_object_or_404(User.objects.visible_to(request.user).active(), pk=_number(request, "user"))
    reason = request.POST.get("reason", "").strip() or "A colleague thinks that you may know."
    done = f"{user.first_name} is asked."
    return do(request, lambda: room.invite(insight, user, reason, by=request.user), done, _page(insight))
