"""People whom only an import that was taken back brought behind a loop are not written to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from pivotpoint.channels.imports import take_back
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.experiences.models import Notice, Telling
from pivotpoint.insights.models import Matter, Membership
from pivotpoint.journal.models import Event
from pivotpoint.pivot.attach import insights_of
from pivotpoint.pivot.models import Loop

WHY_NOT = "Only an import that was taken back told of them."
State = Notice.State


@take_back.counts
def told(run: ImportRun) -> list[tuple[str, int]]:
    """Who was told stays told."""
    rows = Notice.objects.filter(customer__in=_people(run))
    return [
        (
            "People of it who were told of a change already",
            rows.filter(state=State.TOLD).values("customer").distinct().count(),
        ),
        ("Notices to them that have not left", rows.filter(state__in=(State.DRAFT, State.APPROVED)).count()),
    ]


def on_taken_back(event: Event) -> None:
    """At once, and again when all is set aside: somebody may have been written a notice in between. Idempotent."""
    run = ImportRun.objects.filter(pk=event.subject_id).first()
    if run is None or run.state not in (ImportRun.State.GOING, ImportRun.State.BACK):
        return
    waiting = Notice.objects.filter(state__in=(State.DRAFT, State.APPROVED), customer__in=_people(run))
    for loop in Loop.objects.filter(pk__in=waiting.order_by().values("loop")):
        themes = insights_of(loop)
        theirs = Membership.objects.filter(customer=OuterRef("customer")).exclude(message__import_run=run)
        besides = Matter.objects.filter(membership__customer=OuterRef("customer"), cluster__theme__in=themes)
        stays = Exists(theirs.filter(cluster__theme__in=themes)) | Exists(
            besides.exclude(membership__message__import_run=run)
        )
        waiting.filter(loop=loop).exclude(stays).update(state=State.SKIPPED, why_not=WHY_NOT)


@transaction.atomic
def on_let_in(event: Event) -> None:
    """Their skipped notices go, so that the next drafting writes them others once they stand behind the loop again."""
    run = ImportRun.objects.filter(pk=event.subject_id).first()
    if run is None:
        return
    gone = Notice.objects.filter(state=State.SKIPPED, why_not=WHY_NOT, customer__in=_people(run))
    loops = list(gone.values_list("loop", flat=True).distinct())
    gone.delete()
    Telling.objects.filter(loop__in=loops).update(drafted_at=None)


def _people(run: ImportRun) -> QuerySet[Message, Any]:
    return Message.objects.filter(import_run=run, customer__isnull=False).order_by().values("customer")
