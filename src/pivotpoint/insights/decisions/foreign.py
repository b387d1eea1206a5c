"""Mark a whole theme as not about us. It holds for what joins later. The product only suggests it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Avg, Count, FloatField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.decisions.edit import PERMISSION
from pivotpoint.insights.models import Membership, Theme, ThemeAction
from pivotpoint.insights.wider.count import count_wider
from pivotpoint.jobs import kept
from pivotpoint.journal.record import record

DOUBT = 0.88
"""Themes below this mean sureness that they are about us are asked about: of tweets to airlines nine of 204 themes, most of
them news, memes and advertisements; a language that the reader does not know is among them too."""

LEAST_MESSAGES = 3
MOST = 200
"""Themes that are asked about, the most doubtful first."""


@transaction.atomic
def not_about_us(theme: Theme, *, by: Any) -> ThemeAction:
    """Remove the theme from the ladder, rules and alerts, and count it as "not about us" in the ledger; `undo`
    restores it.

    Its messages stay where they are. A loop that is open on it stays with its owner, who may decline it.
    """
    demand(by, PERMISSION)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.merged_into_id is not None or theme.vague:
        raise ValidationError("Only a theme that stands by itself can be said to be not about us.")
    if not theme.about_us:
        raise ValidationError("This has been said already.")
    put_about_us(theme.pk, yes=False)
    action = ThemeAction.objects.create(kind=ThemeAction.Kind.FOREIGN, theme=theme, by=user_of(by))
    record(events.FOREIGN, theme, by=by, action=action.pk, messages=theme.messages)
    return action


def put_about_us(theme: int, *, yes: bool) -> None:
    """Write it, and count its wider theme without it or with it."""
    Theme.objects.filter(pk=theme).update(about_us=yes)
    count_wider(list(Theme.objects.filter(pk=theme).exclude(part_of=None).values_list("part_of", flat=True)))


def doubtful() -> dict[int, float]:
    """Themes that may not be about us, each with how sure its messages' readings are that they are, 0 to 1."""
    return {int(pk): sure for pk, sure in kept.look("insights.foreign").value.items()}


@kept.figure("insights.foreign", "")
def count(argument: str) -> dict[str, float]:
    """What `doubtful` says; one statement."""
    sure = Avg(Cast(KeyTextTransform("about_us", "message__reading__confidence"), FloatField()))
    rows = Membership.objects.filter(cluster__theme__vague=False, cluster__theme__about_us=True).order_by()
    themes = rows.values("cluster__theme").annotate(sure=sure, messages=Count("pk"))
    found = themes.filter(messages__gte=LEAST_MESSAGES, sure__lt=DOUBT).order_by("sure", "cluster__theme")
    return {str(pk): round(value, 3) for pk, value in found.values_list("cluster__theme", "sure")[:MOST]}
