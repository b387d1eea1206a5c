"""Open, change and close a way in. Without a WHY no channel is opened."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from pydantic import ValidationError as BadConfig

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels.adapters import adapter
from pivotpoint.channels.models import Channel
from pivotpoint.channels.origins import checked
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

CHANGEABLE = frozenset("name goal replies notices notices_per_week origins per_minute config secret".split())


@transaction.atomic
def open_channel(name: str, kind: str, goal: str, *, by: Any, **settings: Any) -> Channel:
    """A new channel, ready to take messages; `settings` as in CHANGEABLE."""
    demand(by, "channel.manage")
    channel = Channel(kind=kind, opened_at=clock.now())
    _set(channel, {"name": name, "goal": goal, **settings})
    channel.save()
    record("channels.channel_opened", channel, by=by, kind=channel.kind)
    return channel


@transaction.atomic
def change(channel: Channel, *, by: Any, **settings: Any) -> Channel:
    """Set what is named, as in CHANGEABLE; the journal keeps which fields, and old and new policy."""
    demand(by, "channel.manage")
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    before = {name: getattr(channel, name) for name in settings if name in CHANGEABLE}
    _set(channel, settings)
    changed = sorted(name for name, value in before.items() if getattr(channel, name) != value)
    if changed:
        channel.save(update_fields=changed)
        policies = {
            name: [before[name], getattr(channel, name)] for name in changed if name in ("replies", "notices")
        }
        record("channels.channel_changed", channel, by=by, fields=changed, **policies)
    return channel


@transaction.atomic
def close(channel: Channel, *, by: Any) -> None:
    """Nothing comes in or goes out any more; what was said stays."""
    demand(by, "channel.manage")
    if Channel.objects.filter(pk=channel.pk, closed_at=None).update(closed_at=clock.now()):
        record("channels.channel_changed", channel, by=by, fields=["closed_at"])


@transaction.atomic
def reopen(channel: Channel, *, by: Any) -> None:
    demand(by, "channel.manage")
    if Channel.objects.filter(pk=channel.pk).exclude(closed_at=None).update(closed_at=None):
        record("channels.channel_changed", channel, by=by, fields=["closed_at"])


def _set(channel: Channel, settings: dict[str, Any]) -> None:
    """Each value checked; one sentence for the first that does not do."""
    unknown = settings.keys() - CHANGEABLE
    if unknown:
        raise ValidationError(f"A channel has no {sorted(unknown)[0]}.")
    if "origins" in settings:
        settings = {**settings, "origins": checked(settings["origins"])}
    for name, value in settings.items():
        setattr(channel, name, value.strip() if isinstance(value, str) and name != "secret" else value)
    if not channel.goal:
        raise ValidationError("Say why this channel is there: its goal.")
    channel.full_clean(exclude=["config"])
    try:
        adapter(channel.kind).Config(**channel.config)
    except (BadConfig, TypeError) as error:
        fault = error.errors()[0] if isinstance(error, BadConfig) else {"loc": ("config",), "msg": str(error)}
        raise ValidationError(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}.") from error
