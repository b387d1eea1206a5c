"""Undo what a person did to a theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.decisions.foreign import put_about_us
from pivotpoint.insights.decisions.place import put
from pivotpoint.insights.gathering import clusters
from pivotpoint.insights.models import DOUBTS, MicroCluster, Theme, ThemeAction, WiderTheme
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.among import among


@transaction.atomic
def undo(action: ThemeAction, *, by: Any) -> None:
    """Restore the earlier state; messages that came in since stay where they are. Idempotent."""
    demand(by, "insight.change")
    clusters.locked()
    action = (
        ThemeAction.objects.select_for_update(of=("self",)).select_related("theme", "other").get(pk=action.pk)
    )
    if action.undone_at is not None:
        return
    _nothing_later(action)
    TAKE_BACK[action.kind](action)
    action.undone_at, action.undone_by = clock.now(), user_of(by)
    action.save(update_fields=["undone_at", "undone_by"])
    touched = _touched(action)
    recount(touched)
    clusters.keep_vectors(touched)
    record(events.UNDONE, action.theme, by=by, kind=action.kind, action=action.pk, other=action.other_id)


def _touched(action: ThemeAction) -> set[int]:
    """Both themes, and all that messages went back to."""
    back = set(dict(action.data.get("members", ())).values())
    themes = MicroCluster.objects.filter(pk__in=back, theme__isnull=False).values_list("theme", flat=True)
    return {pk for pk in (action.theme_id, action.other_id) if pk is not None} | set(themes)


APART = (ThemeAction.Kind.RENAME, ThemeAction.Kind.PLACE, ThemeAction.Kind.FOREIGN)
"""What leaves the messages where they are: it only stands in the way of its own kind."""


def _nothing_later(action: ThemeAction) -> None:
    """Later changes of the same themes build on this one, so they are taken back first."""
    themes = [pk for pk in (action.theme_id, action.other_id) if pk is not None]
    touched = Q(theme__in=themes) | Q(other__in=themes)
    later = ThemeAction.objects.filter(touched, undone_at=None, pk__gt=action.pk)
    if action.kind in APART:
        later = later.filter(kind=action.kind)
    else:
        later = later.exclude(kind__in=APART)
    newest = later.order_by("-pk").first()
    if newest is not None:
        raise ValidationError(f"First undo what came after it: {newest.get_kind_display().lower()}.")


def _merge(action: ThemeAction) -> None:
    before: dict[tuple[bool, int], list[int]] = {}
    for pk, held, theme in action.data["clusters"]:
        before.setdefault((held, theme), []).append(pk)
    for (held, theme), pks in before.items():
        MicroCluster.objects.filter(pk__in=pks, theme=action.other).update(theme=theme, held=held)
    folded = MicroCluster.objects.filter(folded_into__isnull=False, folded_into__theme=action.theme)
    folded.update(theme=action.theme)
    Theme.objects.filter(pk=action.theme_id).update(merged_into=None)
    Theme.objects.filter(pk__in=[action.theme_id, action.other_id]).update(parted_for=0)


def _split(action: ThemeAction) -> None:
    """What joined the split-off theme since goes back with it; its id leads to the theme it came from."""
    clusters.put_back(dict(action.data.get("members", ())))
    MicroCluster.objects.filter(theme=action.other).update(theme=action.theme, held=False)
    held = [pk for pk, was_held in action.data.get("clusters", ()) if was_held]
    MicroCluster.objects.filter(among("pk", held)).update(held=True)
    Theme.objects.filter(pk=action.theme_id).update(parted_for=0)
    Theme.objects.filter(pk__in=[action.other_id]).update(merged_into=action.theme)


def _move(action: ThemeAction) -> None:
    if action.data["own"]:
        _split(action)
    else:
        clusters.put_back(dict(action.data["members"]))


def _rename(action: ThemeAction) -> None:
    Theme.objects.filter(pk=action.theme_id).update(
        title=action.data["title"],
        titled_by=action.data["titled_by"],
        **{doubt: action.data.get(doubt, False) for doubt in DOUBTS},
    )


def _place(action: ThemeAction) -> None:
    wider = WiderTheme.objects.filter(pk=action.data["part_of"]).first()
    put(action.theme, wider.pk if wider else None, held=action.data["held"])


def _foreign(action: ThemeAction) -> None:
    put_about_us(action.theme_id, yes=True)


TAKE_BACK: dict[str, Callable[[ThemeAction], None]] = {
    ThemeAction.Kind.MERGE: _merge,
    ThemeAction.Kind.SPLIT: _split,
    ThemeAction.Kind.MOVE: _move,
    ThemeAction.Kind.RENAME: _rename,
    ThemeAction.Kind.PLACE: _place,
    ThemeAction.Kind.FOREIGN: _foreign,
}
