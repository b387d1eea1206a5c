"""Plays the story through the product's own operations, day by day, with the clock set to each moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.core.exceptions import ValidationError

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.desk.demo import house, script
from pivotpoint.desk.demo.people import PASSWORD, STAFF
from pivotpoint.desk.demo.staff import Staff
from pivotpoint.jobs import beat
from pivotpoint.lib import clock

__all__ = ["PASSWORD", "STAFF", "AlreadyPlayed", "play"]

Progress = Callable[[int, int], None]
LIVE = ("form", "mail")
"""Channels on which people write to us and wait for an answer; the others are heard in batches."""


class AlreadyPlayed(ValidationError):
    """The story is played into an installation once."""


def play(story: script.Story, progress: Progress = lambda done, of: None) -> house.House:
    """All ninety days; afterwards the installation is in the state that its worker would have left."""
    if Installation.objects.exclude(demo_played_at=None).exists():
        raise AlreadyPlayed("The demo story has been played here already.")
    with clock.at(story.day(0) + timedelta(hours=6)):
        place = house.build(story.book["company"])
    staff = Staff(story, place, Random(story.seed + 1))
    for day in range(script.DAYS):
        _hear(story, place, day)
        with clock.at(min(story.day(day) + timedelta(hours=23), clock.now())):
            staff.work(day)
            beat.settle()
        progress(day + 1, script.DAYS)
    Installation.objects.update(demo_played_at=clock.now())
    return place


def _hear(story: script.Story, place: house.House, day: int) -> None:
    """What customers say that day, channel by channel, when they said it."""
    said = story.per_day.get(day, [])
    now = clock.now()
    for key, channel in place.channels.items():
        batch = [_inbound(m, key) for m in said if m.channel == key and m.at <= now]
        if batch:
            with clock.at(min(story.day(day) + timedelta(hours=22), now)):
                receive(channel, batch, live=key in LIVE)


def _inbound(message: script.Said, channel: str) -> Inbound:
    person = message.person
    known = channel not in script.ANONYMOUS
    return Inbound(
        external_id=message.external_id,
        text=message.text,
        handle="" if known else person.handle,
        name=person.name,
        email=person.email if known else "",
        said_at=message.at,
        thread=f"{channel}:{person.handle}" if channel in LIVE else "",
        audience="us" if channel != "social" else "about",
        segment=person.segment if known else "",
        may_tell=person.may_tell if channel in LIVE else None,
    )
