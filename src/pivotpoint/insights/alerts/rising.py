"""Which insights rise at this moment, judged together with all that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import chain

import numpy as np
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from pivotpoint.insights.alerts.words import READ, Lately, WordBurst, bursting, lately, spelt
from pivotpoint.insights.models import AlertVerdict, Insight, Matter, Membership, Theme
from pivotpoint.insights.speed import Table, everybody, table
from pivotpoint.lib import clock
from textanalytics.rising import surges
from textanalytics.rising.alerts import Chances
from textanalytics.rising.bursts import SHOWN
from textanalytics.rising.rises import SIGNIFICANT_DAY, TEACHES, Hours, Rise, rises
from textanalytics.trends import LEAST_PEOPLE

LOOK_BACK = 120
"""Days; what is older says nothing about today any more."""

LATEST = 20_000
"""Memberships that the last hours, and a theme's habit, are looked for in."""

HABIT_DAYS = 28


@dataclass(frozen=True)
class Rising:
    """An insight that rises; `began` is the start of its first unusual day, or of the hours of its surge.

    `words` rise in it, or set it apart. Where it is they alone that rise, `messages` are those that hold them, and this
    `share` of them is the insight's.
    `heard` are its messages of the last week and those that hold the words, `stems` what sets them apart: by these,
    rises of one matter are known.
    """

    theme: Theme
    rise: Rise
    began: datetime
    tested: int
    words: str = ""
    messages: tuple[int, ...] = ()
    heard: frozenset[int] = frozenset()
    stems: tuple[str, ...] = ()
    share: float = 1.0


def rising() -> list[Rising]:
    """All of this moment; a handful of queries for any number of themes. An insight rises once: as a whole, with the
    surest words that rise in it, or by them."""
    now = clock.now()
    tested = Theme.objects.live().filter(vague=False).count()
    found = {one.theme.pk: one for one in _themes(now, tested)}
    latest = lately()
    held: dict[int, set[int]] = {}
    for burst in _believed(bursting(latest)):
        home = burst.theme.pk
        held.setdefault(home, set()).update(burst.messages)
        if home not in found:
            found[home] = _by_words(burst, tested)
        elif not found[home].words:
            found[home] = replace(found[home], words=burst.words)
    return _in_words(found, held, latest)


def _in_words(found: Mapping[int, Rising], held: Mapping[int, set[int]], latest: Lately) -> list[Rising]:
    """Each with the words that set its messages apart; `held` are those that hold the words that rise in it."""
    places = latest.of_week(found)
    said = {theme: [latest.rows[i].message for i in own] for theme, own in places.items()}
    by_words = {theme for theme, one in found.items() if one.messages}
    at = {row.message: i for i, row in enumerate(latest.rows)} if by_words else {}
    stems = {
        theme: latest.telling(
            [at[message] for message in found[theme].messages] if theme in by_words else own
        )
        for theme, own in places.items()
    }
    wordless = [theme for theme, one in found.items() if not one.words and stems[theme]]
    usual = spelt([message for theme in wordless for message in said[theme][-READ:]])
    return [
        replace(
            one,
            words=one.words or ", ".join(usual.get(stem, stem) for stem in stems[theme][:SHOWN]),
            heard=frozenset({*said[theme], *held.get(theme, ())}),
            stems=stems[theme],
        )
        for theme, one in found.items()
    ]


def _believed(found: Sequence[WordBurst]) -> list[WordBurst]:
    """Where people said that an alert was false, words too have to rise more."""
    themes = [one.theme.pk for one in found]
    false = dict(zip(themes, _false_before(themes), strict=True))
    return [
        one
        for one in found
        if not (said := false[one.theme.pk]) or one.burst.rise.chance <= SIGNIFICANT_DAY * TEACHES**-said
    ]


def _by_words(one: WordBurst, tested: int) -> Rising:
    began = timezone.make_aware(datetime.combine(one.began, time()))
    return Rising(one.theme, one.burst.rise, began, tested, one.words, tuple(one.messages), share=one.share)


def _themes(now: datetime, tested: int) -> list[Rising]:
    themes = list(_spoken_of(now).order_by("pk"))
    if not themes:
        return []
    today = timezone.localdate(now)
    heard = everybody(today - timedelta(days=LOOK_BACK - 1))
    days = table([theme.pk for theme in themes], heard, min(heard, default=today), today)
    found = rises(
        days.people,
        days.everyone,
        _hours(days, now),
        tested=tested,
        false_before=_false_before(days.themes),
    )
    return [Rising(themes[one.index], one, _began(one, days, now), tested) for one in found]


def _spoken_of(now: datetime) -> QuerySet[Theme]:
    """Insights of which enough people spoke, one of them today or in the last hours. What is mixed rises by its words alone."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    since = min(midnight, now - timedelta(hours=max(surges.WINDOWS)))
    rows = Theme.objects.live().filter(vague=False, mixed=False, people__gte=LEAST_PEOPLE, last_at__gte=since)
    return rows.filter(Exists(Insight.objects.filter(pk=OuterRef("pk"))))


def _began(rise: Rise, days: Table, now: datetime) -> datetime:
    if rise.hours < 24:
        return now - timedelta(hours=rise.hours)
    day = days.first + timedelta(days=rise.day)
    return timezone.make_aware(datetime.combine(day, time()))


def _false_before(themes: Sequence[int]) -> list[int]:
    """How often people said that an alert of each was false."""
    rows = AlertVerdict.objects.standing().filter(alert__insight__in=themes, value=AlertVerdict.Value.FALSE)
    said = Counter(rows.values_list("alert__insight", flat=True))
    return [said[theme] for theme in themes]


def _hours(days: Table, now: datetime) -> Hours:
    """Different people of the last hours; and, where enough of them spoke, at which hours they usually do."""
    place = {theme: i for i, theme in enumerate(days.themes)}
    oldest = (Membership.objects.aggregate(last=Max("pk"))["last"] or 0) - LATEST
    rows = list(_latest(oldest, now - timedelta(hours=max(surges.WINDOWS)), now))
    ago = np.array([(now - at).total_seconds() / 3600 for _, _, at in rows], np.float32)
    theme = np.array([place.get(theme, -1) for theme, _, _ in rows], np.int64)
    person = np.array([customer for _, customer, _ in rows], np.int64)
    people, everyone = surges.within(ago, theme, person, len(place))
    habit = np.ones((len(place), len(surges.WINDOWS)))
    several = np.flatnonzero(people.max(axis=1, initial=0) >= LEAST_PEOPLE)
    if len(several):
        habit[several] = _habits([days.themes[i] for i in several.tolist()], oldest, now)
    return Hours(people, everyone, habit)


def _latest(oldest: int, since: datetime, until: datetime) -> Iterable[tuple[int, int, datetime]]:
    """(theme, customer, time) of what was said in between, in messages after the `oldest`; of a second matter, too."""
    rows = Membership.objects.filter(pk__gt=oldest, said_at__gt=since, said_at__lte=until)
    besides = Matter.objects.counted().filter(
        membership__gt=oldest, membership__said_at__gt=since, membership__said_at__lte=until
    )
    return chain(
        rows.values_list("cluster__theme", "customer", "said_at"),
        besides.values_list("cluster__theme", "membership__customer", "membership__said_at"),
    )


def _habits(themes: list[int], oldest: int, now: datetime) -> Chances:
    """(themes, windows): how much more than usual each is spoken of at this time of day."""
    here = timezone.get_current_timezone()
    since = now - timedelta(days=HABIT_DAYS)
    place = {theme: i for i, theme in enumerate(themes)}
    own = np.zeros((len(themes), surges.HOURS_A_DAY), np.int64)
    everyone = np.zeros(surges.HOURS_A_DAY, np.int64)
    before = now - timedelta(hours=max(surges.WINDOWS))
    spoke = {
        (theme, who, at.astimezone(here).replace(minute=0, second=0, microsecond=0))
        for theme, who, at in _latest(oldest, since, before)
    }
    for theme, _, hour in spoke:
        everyone[hour.hour] += 1
        if theme in place:
            own[place[theme], hour.hour] += 1
    return surges.habits(own, everyone, now.astimezone(here).hour)
