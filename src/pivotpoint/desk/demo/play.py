"""Plays the story through the product's own operations, day by day, with the clock set to each moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.desk.demo import house, script
from pivotpoint.desk.demo.people import PASSWORD, STAFF
from pivotpoint.desk.demo.staff import Staff
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from pivotpoint.lib.disk import may_be_repeated

__all__ = ["PASSWORD", "STAFF", "AlreadyPlayed", "play", "story_here"]

LAST = ("insights.watch", "insights.mail_alerts")
"""Once a day: their turn among the sweeps comes before the day's messages are counted."""

IDLE = (
    "channels.forget_old_arrivals",
    "channels.import",
    "channels.tidy_imports",
    "desk.demo",
    "enterprise.feeds",
    "enterprise.replies",
    "enterprise.rooms",
    "jobs.refresh_figures",
    "listening.reread",
)
"""What has nothing to do on any day of the story: no files come in, no feeds go out, nobody looks at a figure. Once it
is told, each of these runs as well."""

SELDOM = {"insights.consolidate": 3, "listening.names": 7}
"""Days from one turn to the next. What joins no theme waits for the next one, as it does where much more comes in; the
last day is such a day, and once the story is told, each of these runs as well."""

Progress = Callable[[int, int], None]
LIVE = ("form", "mail", "portal")
"""Channels on which people write to us and wait for an answer; the others are heard in batches."""


class AlreadyPlayed(ValidationError):
    """The story is played into an installation once."""


def story_here(seed: int, messages: int) -> script.Story:
    """The story with that seed and size, ending today; or the one that was begun here and not finished."""
    here = Installation.here()
    wish = here.demo_wish or {"seed": seed, "messages": messages}
    last_day = here.demo_asked_at.date() if here.demo_asked_at else clock.today()
    return script.write(wish["seed"], wish["messages"], last_day)


@may_be_repeated()
def play(
    story: script.Story, progress: Progress = lambda done, of: None, *, tidy: bool = True
) -> house.House:
    """All ninety days, or those that are left; afterwards it is as its worker would have left it.

    `tidy`: the lead brings themes together that are one matter; off, they stay as the product found them.
    """
    if Installation.objects.exclude(demo_played_at=None).exists():
        raise AlreadyPlayed("The demo story has been played here already.")
    with clock.at(story.day(0) + timedelta(hours=6)):
        place = house.build(story.book["company"])
    _begin(story)
    staff = Staff(story, place, tidy=tidy)
    for day in range(Installation.here().demo_day, script.DAYS):
        _day(story, place, staff, day)
        Installation.objects.update(demo_day=day + 1, demo_beat_at=clock.now())
        progress(day + 1, script.DAYS)
    beat.settle()
    Installation.objects.update(demo_played_at=clock.now())
    return place


def _begin(story: script.Story) -> None:
    """What is needed to go on with it if it is interrupted; and no other worker begins it, too."""
    Installation.objects.filter(demo_asked_at=None).update(demo_asked_at=clock.now())
    wish = {"seed": story.seed, "messages": story.asked}
    Installation.objects.update(demo_wish=wish, demo_beat_at=clock.now())


def _day(story: script.Story, place: house.House, staff: Staff, day: int) -> None:
    _hear(story, place, day)
    with clock.at(min(story.day(day) + timedelta(hours=23), clock.now())):
        staff.work(day)
        _sweep(day)
        for name in LAST:
            beat.run(name)


def _sweep(day: int, rounds: int = 50) -> None:
    """Every sweep until it finds nothing, as they were declared: later stages first, so what one leaves for them waits a day."""
    resting = [name for name, days in SELDOM.items() if (day + 1) % days]
    busy = [name for name in beat.declared if name not in (*LAST, *IDLE, *resting)]
    for _ in range(rounds):
        busy = [name for name in busy if beat.run(name)]


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
    """As that channel knows the person: on social and in reviews under a name of their own."""
    person = message.person
    pen = {"social": person.social, "review": person.pen_name}.get(channel, "")
    return Inbound(
        external_id=message.external_id,
        text=message.text,
        handle=pen,
        name=pen or person.name,
        email="" if pen else person.email,
        said_at=message.at,
        thread=f"{channel}:{person.handle}" if channel in LIVE else "",
        audience="us" if channel != "social" else "about",
        segment="" if pen else person.segment,
        may_tell=person.may_tell if channel in (*LIVE, "app") else None,
    )
