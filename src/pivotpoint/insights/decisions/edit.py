"""What people do to themes. Each action is a row, holds in every later run and can be undone (undo.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Message
from pivotpoint.insights import events
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.gathering import clusters
from pivotpoint.insights.models import (
    DOUBTS,
    Gleaned,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
    ThemePart,
)
from pivotpoint.insights.naming.titles import name_new, unlike
from pivotpoint.journal.record import record
from pivotpoint.lib.among import among
from textanalytics.naming.choosing.titles import Title

Kind = ThemeAction.Kind
PERMISSION = "insight.change"
LONGEST_TITLE = 160
ALL_OF_IT = "These are all messages of the theme; rename it instead."


@transaction.atomic
def merge(theme: Theme, into: Theme, *, by: Any) -> ThemeAction:
    """Merge `theme` into `into`, with whatever will resemble it later."""
    demand(by, PERMISSION)
    clusters.locked()
    theme, into = _still_there(theme), _still_there(into)
    if theme == into:
        raise ValidationError("A theme cannot be merged into itself.")
    both = MicroCluster.objects.filter(theme__in=[theme, into])
    data = {"clusters": list(both.order_by("pk").values_list("pk", "held", "theme"))}
    both.filter(folded_into=None).update(held=True)
    both.update(theme=into)
    Theme.objects.filter(pk=theme.pk).update(merged_into=into)
    Theme.objects.filter(pk=into.pk).update(parted_for=0)
    action = _note(Kind.MERGE, theme, into, data, by)
    _settle(theme, into)
    record(events.MERGED, into, by=by, gone=theme.pk, into=into.pk, action=action.pk)
    return action


@transaction.atomic
def split(theme: Theme, message_ids: Sequence[int], title: str, *, by: Any) -> ThemeAction:
    """Split these messages, and identical ones, off into a new theme, `action.other`."""
    demand(by, PERMISSION)
    state = clusters.locked()
    theme = _still_there(theme)
    members = clusters.with_copies(_of(theme, message_ids))
    if len(members) == Membership.objects.filter(cluster__theme=theme).count():
        raise ValidationError(ALL_OF_IT)
    new = clusters.next_theme(state, parent=theme, part_of=theme.part_of, **_titled(title, by))
    clusters.put_apart(members, new)
    action = _note(Kind.SPLIT, theme, new, {"members": list(members.items())}, by)
    _settle(theme, new)
    record(events.SPLIT, theme, by=by, into=new.pk, messages=len(members), action=action.pk)
    return action


@transaction.atomic
def split_part(part: ThemePart, *, by: Any) -> ThemeAction:
    """Split a part off into a new theme, `action.other`, which is called by what is said in it; what will resemble it later
    joins it there. Its clusters move as they are, so it makes no difference how many messages they have."""
    demand(by, PERMISSION)
    state = clusters.locked()
    theme = _still_there(part.theme)
    moved = list(part.clusters.order_by("pk").values_list("pk", "held"))
    messages = part.members.count()
    if not messages or not part.said:
        raise ValidationError("This part is not there any more.")
    if part.titled:
        raise ValidationError("The title says this part already; make the others insights of their own.")
    if messages == Membership.objects.filter(cluster__theme=theme).count():
        raise ValidationError(ALL_OF_IT)
    new = clusters.next_theme(
        state, parent=theme, part_of=theme.part_of, **_titled(_new_title(part.said), by)
    )
    mine = MicroCluster.objects.filter(among("pk", [pk for pk, _ in moved]))
    mine.filter(folded_into=None).update(held=True)
    mine.update(theme=new)
    action = _note(Kind.SPLIT, theme, new, {"clusters": moved}, by)
    _settle(theme, new)
    record(events.SPLIT, theme, by=by, into=new.pk, messages=messages, action=action.pk)
    return action


@transaction.atomic
def bring_together(gleaned: Gleaned, *, by: Any) -> ThemeAction:
    """Move the messages that state it, wherever they lie, and identical ones into the theme whose title says it, or into a new one that is
    called by it: `action.other`. `action.theme` is where most of them lay."""
    demand(by, PERMISSION)
    state = clusters.locked()
    members = clusters.with_copies(list(gleaned.members.values_list("pk", flat=True)))
    if not members:
        raise ValidationError("Nobody who states it is left here.")
    homes = dict(MicroCluster.objects.filter(pk__in=set(members.values())).values_list("pk", "theme"))
    lay = Counter(homes[cluster] for cluster in members.values())
    themes = list(Theme.objects.select_for_update().filter(pk__in=lay).order_by("pk"))
    most = max(themes, key=lambda theme: lay[theme.pk])
    if gleaned.home is not None:
        into, kind, event = _still_there(gleaned.home), Kind.MOVE, events.MOVED
    else:
        named = _titled(_new_title(gleaned.said), by)
        into = clusters.next_theme(state, parent=most, part_of=most.part_of, **named)
        kind, event = Kind.SPLIT, events.SPLIT
    clusters.put_apart(members, into)
    action = _note(kind, most, into, {"members": list(members.items()), "own": False}, by)
    _settle(*themes, into)
    record(event, most, by=by, into=into.pk, messages=len(members), action=action.pk)
    return action


@transaction.atomic
def move(message: Message, theme: Theme | None, *, by: Any) -> ThemeAction:
    """Move the message, and identical ones, to `theme`, or to a new theme when it is None."""
    demand(by, PERMISSION)
    state = clusters.locked()
    membership = Membership.objects.select_related("cluster__theme").filter(pk=message.pk).first()
    if membership is None or membership.cluster.theme is None:
        raise ValidationError("This message is in no theme yet; try again in a moment.")
    source = membership.cluster.theme
    target = _still_there(theme) if theme else clusters.next_theme(state, parent=source)
    if target == source:
        raise ValidationError("The message is in this theme already.")
    members = clusters.with_copies([message.pk])
    clusters.put_apart(members, target)
    action = _note(Kind.MOVE, source, target, {"members": list(members.items()), "own": theme is None}, by)
    _settle(source, target)
    record(events.MOVED, source, by=by, message=message.pk, into=target.pk, action=action.pk)
    return action


@transaction.atomic
def rename(theme: Theme, title: str, *, by: Any) -> ThemeAction:
    """Set a title. The product does not rename this theme any more."""
    demand(by, PERMISSION)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    fields = _titled(title, by)
    if not fields:
        raise ValidationError("A title needs a word.")
    before = {"title": theme.title, "titled_by": theme.titled_by_id}
    data = before | {doubt: getattr(theme, doubt) for doubt in DOUBTS} | {"new": fields["title"]}
    Theme.objects.filter(pk=theme.pk).update(**fields)
    theme.title = fields["title"]
    action = _note(Kind.RENAME, theme, None, data, by)
    record(events.RENAMED, theme, by=by, title=theme.title, action=action.pk)
    return action


def _settle(*themes: Theme) -> None:
    """Names, counts and places of what changed, in the same transaction."""
    ids = [theme.pk for theme in themes]
    name_new()
    recount(ids)
    clusters.keep_vectors(ids)


def _still_there(theme: Theme) -> Theme:
    """The row as it is now; a theme that went into another stands for that one no longer."""
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    if row.merged_into_id is not None:
        raise ValidationError(f"“{row.title}” has been merged into another theme.")
    if row.vague:
        raise ValidationError("Short replies are kept apart from themes; they cannot be merged or split.")
    return row


def _of(theme: Theme, message_ids: Sequence[int]) -> list[int]:
    found = Membership.objects.filter(pk__in=message_ids, cluster__theme=theme)
    ids = list(found.values_list("pk", flat=True))
    if not ids or len(ids) != len(set(message_ids)):
        raise ValidationError("Choose messages of this theme.")
    return ids


def _new_title(said: str) -> str:
    """Two themes never share a title."""
    taken = set(Theme.objects.filter(merged_into=None).values_list("title", flat=True))
    return unlike(Title(said, ()), taken)


def _titled(title: str, by: Any) -> dict[str, Any]:
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        raise ValidationError(f"A title has at most {LONGEST_TITLE} characters.")
    named = {"title": title, "titled_by": user_of(by), "titled_for": 1, **dict.fromkeys(DOUBTS, False)}
    return named if title else {}


def _note(kind: str, theme: Theme, other: Theme | None, data: dict[str, Any], by: Any) -> ThemeAction:
    return ThemeAction.objects.create(kind=kind, theme=theme, other=other, data=data, by=user_of(by))
