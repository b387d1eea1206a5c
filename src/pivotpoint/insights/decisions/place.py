"""What people decide about wider themes. It holds in every later run and can be undone (undo.py)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.decisions.edit import LONGEST_TITLE, PERMISSION
from pivotpoint.insights.models import Theme, ThemeAction, WiderTheme
from pivotpoint.insights.wider.count import count_wider
from pivotpoint.journal.record import record


@transaction.atomic
def place(theme: Theme, wider: WiderTheme | None, *, by: Any) -> ThemeAction:
    """Put the theme into `wider`, or into none, until a person decides otherwise."""
    demand(by, PERMISSION)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.merged_into_id is not None or theme.vague:
        raise ValidationError("Only a theme that stands by itself can be part of a wider one.")
    before = theme.part_of_id
    action = ThemeAction.objects.create(
        kind=ThemeAction.Kind.PLACE,
        theme=theme,
        data={"part_of": before, "held": theme.part_held},
        by=user_of(by),
    )
    put(theme, wider.pk if wider else None, held=True)
    record(events.PLACED, theme, by=by, part_of=theme.part_of_id, action=action.pk)
    return action


def put(theme: Theme, wider: int | None, *, held: bool) -> None:
    """Write it, and count both sides."""
    both = {theme.part_of_id, wider} - {None}
    theme.part_of_id, theme.part_held = wider, held
    theme.save(update_fields=["part_of", "part_held"])
    count_wider([pk for pk in both if pk is not None])


@transaction.atomic
def rename_wider(wider: WiderTheme, title: str, *, by: Any) -> None:
    """Set a title that is not changed automatically any more."""
    demand(by, PERMISSION)
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise ValidationError(f"A title needs a word, and at most {LONGEST_TITLE} characters.")
    wider = WiderTheme.objects.select_for_update().get(pk=wider.pk)
    before, wider.title, wider.titled_by = wider.title, title, user_of(by)
    wider.save(update_fields=["title", "titled_by"])
    record(events.WIDER_RENAMED, wider, by=by, title=title, before=before)
