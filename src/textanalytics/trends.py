"""How many different people stand behind a theme, and since when unusually many of them.

The test is past-only: a day is judged with what was known on that day. The expected number of people is the theme's
share of everybody so far (half-life seven days, with a prior of half a person in fifty) times everybody of today;
the spread is negative binomial with a dispersion learnt from the past. Counts far above the expectation are cut
before they become part of it, so that a burst does not hide its own second day. Two days, three and seven together are
judged the same way, from what was known before them: three people a day are no news on any one day, and are on the third.

A theme has its own week: what is always said on Mondays is expected on Mondays. That of everybody needs no model, since
a theme is judged by its share of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, IntArray

Table = npt.NDArray[np.float64]

HALF_LIFE = 7.0
"""Days."""

PRIOR_PEOPLE, PRIOR_EVERYONE = 0.5, 50.0
LEAST_EXPECTED = 0.03
LEAST_DISPERSION, FIRST_DISPERSION = 1.1, 2.0
"""Of variance over mean; the first until a week has shown how unevenly a theme comes: in a new installation all is new."""

LEAST_PEOPLE = 3
SIGNIFICANT = 5e-4
"""Of a day, to be an onset in a long past; of the days together, in proportion to their part."""

WINDOWS = (2, 3, 7)
"""Days judged together: what rises slowly shows within a week only."""

PART_OF_DAY, PART_OF_WINDOW = 0.55, 0.15
"""How the chance of a false alarm is divided among the day and each window, so that asking often finds no more chance."""

WEEK = 7
WEEKDAY_PRIOR, WEEKDAY_KEEP = 4.0, 0.9
"""So many people speak for a weekday like any other; how much of a weekday is left a week later."""

KNOWN_FIRST = 30
"""Everybody heard before a day is judged at all: without a past nothing is unusual."""

AFTER = 7
"""Days over which the rate after an onset is measured."""

NO_NEWS = 0.01
"""The chance of as few people before an onset, had the theme always had its share of afterwards: from this on nobody can tell a
rise from a record that has just begun."""


GREW, BURST = 1.5, 2.0
"""Times as large a share of everybody as before is a rise: what grows as all else does is none. The second of what was over
within days."""

BEGINS, LATELY = 10.0, 28
"""Times as many people who speak of all else as on the days just before, and how many days these are: from so many on it is
the record that begins, and what it brings is no rise of anything."""


@dataclass(frozen=True)
class Onset:
    """The day (index) on which a theme began to be unusual; rates in people a day, `usual` those since, had the theme kept its
    share of everybody; `p` of its strongest day. `after` and `usual` are of so many `days`: of AFTER, or of fewer where it was
    over so soon that nothing of it is left in a week's mean."""

    index: int
    before: float
    after: float
    usual: float
    p: float
    days: int = AFTER


def rung(people: int, pattern: int = 2, trend: int = 3) -> str:
    """ "voice", "pattern" or "trend": how many different people stand behind a theme.

    >>> [rung(people) for people in (1, 2, 3, 40)]
    ['voice', 'pattern', 'trend', 'trend']
    """
    return "trend" if people >= trend else "pattern" if people >= pattern else "voice"


def onset(people: IntArray, everyone: IntArray) -> Onset | None:
    """For one theme: `people` and `everyone` are (days,) counts of different people."""
    return onsets(np.asarray(people)[None, :], everyone)[0]


def onsets(people: IntArray, everyone: IntArray, significant: float = SIGNIFICANT) -> list[Onset | None]:
    """(themes, days) at once. The strongest unusual day of each theme, walked back to where its run began: what
    shows within a week only, to the day of that week on which it most likely began."""
    counts = np.asarray(people, np.float64)
    if counts.shape[1] == 0:
        return [None] * len(counts)
    alarm, chance = unusual(people, everyone, significant)
    total = np.asarray(everyone, np.float64)
    return [_first_day(*row, total) for row in zip(counts, chance, alarm, strict=True)]


def unusual(people: IntArray, everyone: IntArray, significant: float = SIGNIFICANT) -> tuple[IntArray, Table]:
    """(themes, days) whether more people than expected spoke on a day, and the chance of as many. 1: on that day; more: on so
    many days that end with it, of WINDOWS the fewest; 0: no more than expected.

    Nothing later than a day is used to judge it.
    """
    counts, total = np.asarray(people, np.float64), np.asarray(everyone, np.float64)
    judged = known(total)[None, :]
    model = expect(counts, total)
    day = chance_of(counts, model.rate * total * model.weekday, model.dispersion)
    within = [_several(counts, total, model, days) for days in WINDOWS]
    alarm = np.zeros(counts.shape, np.int64)
    for days, found in zip(reversed(WINDOWS), reversed(within), strict=True):
        alarm[(found < significant * PART_OF_WINDOW / PART_OF_DAY) & (counts >= 1) & judged] = days
    alarm[(day < significant) & (counts >= LEAST_PEOPLE) & judged] = 1
    chance = np.minimum(1.0, np.minimum(day / PART_OF_DAY, np.minimum.reduce(within) / PART_OF_WINDOW))
    return alarm, np.where(judged, chance, 1.0)


@dataclass(frozen=True)
class Expected:
    """(themes, days) what was known before each day: a theme's share of everybody, its variance over mean, and how many
    times as many speak on this weekday as on any other."""

    rate: Table
    dispersion: Table
    weekday: Table


def expect(counts: Table, everyone: Table) -> Expected:
    themes, days = counts.shape
    keep = 0.5 ** (1 / HALF_LIFE)
    seen, base = np.zeros(themes), 0.0
    spread, weight = np.zeros(themes), 0.0
    rate, dispersion, weekday = (np.empty(counts.shape) for _ in range(3))  # Shares, also of whole numbers.
    spoke, usual = np.zeros((themes, WEEK)), np.zeros((themes, WEEK))
    for day in range(days):
        rate[:, day] = (seen + PRIOR_PEOPLE) / (base + PRIOR_EVERYONE)
        flat, on = rate[:, day] * everyone[day], day % WEEK
        weekday[:, day] = (spoke[:, on] + WEEKDAY_PRIOR) / (usual[:, on] + WEEKDAY_PRIOR)
        mu = np.maximum(flat * weekday[:, day], LEAST_EXPECTED)
        learnt = 1 + spread / weight if weight > 3 else np.full(themes, FIRST_DISPERSION)
        unsure = mu / (seen + PRIOR_PEOPLE)  # Of the rate itself: little was heard of the theme so far.
        phi = np.maximum(learnt, LEAST_DISPERSION) + unsure
        dispersion[:, day] = phi
        today = counts[:, day]
        kept = np.minimum(today, mu + 3 * np.sqrt(mu * phi))
        seen = seen * keep + kept
        base = base * keep + everyone[day]
        spoke[:, on] = spoke[:, on] * WEEKDAY_KEEP + kept
        usual[:, on] = usual[:, on] * WEEKDAY_KEEP + flat
        if day >= 5:
            spread = spread * 0.98 + np.clip((today - mu) ** 2 / mu - 1, -0.9, 8)
            weight = weight * 0.98 + 1
    return Expected(rate, dispersion, weekday)


def chance_of(counts: Table, expected: Table, dispersion: Table) -> Table:
    """The chance of as many or more; all three of one shape, `dispersion` is variance over mean."""
    mu = np.maximum(expected, LEAST_EXPECTED)
    size = mu / (dispersion - 1)
    # The negative binomial's tail P(X >= count) as it is defined; scipy.stats would take seconds to load.
    at_least_one = np.maximum(counts, 1)
    from scipy.special import betainc  # Loaded here: see sparse.py.

    chance: Table = np.where(counts > 0, betainc(at_least_one, size, mu / (size + mu)), 1.0)
    return chance


def _several(counts: Table, everyone: Table, model: Expected, days: int) -> Table:
    """(themes, days) the same chance for the last `days` together, by what was known before them."""
    chance = np.ones_like(counts)
    if counts.shape[1] < days:
        return chance
    window = np.lib.stride_tricks.sliding_window_view
    people = window(counts, days, axis=1).sum(axis=2)
    # A whole week holds every weekday once.
    heard = window(everyone * (model.weekday if days % WEEK else 1), days, axis=-1).sum(axis=-1)
    before = slice(0, counts.shape[1] - days + 1)
    found = chance_of(people, model.rate[:, before] * heard, model.dispersion[:, before])
    chance[:, days - 1 :] = np.where((people > LEAST_PEOPLE) & known(everyone, days)[before], found, 1.0)
    return chance


def known(everyone: Table, days: int = 1) -> BoolArray:
    """(days,) whether enough was heard before a day to judge so many days that begin with it: people, and as long a time."""
    found: BoolArray = (np.cumsum(everyone) - everyone >= KNOWN_FIRST) & (np.arange(len(everyone)) >= days)
    return found


def _within_week(counts: Table, last: int) -> int:
    """On which day a rise began that shows on the whole week up to the last only: the one from which on the counts are the
    least likely at the rate before (the change point of greatest likelihood, Poisson)."""
    since = last + 1 - WEEK
    before = (float(counts[:since].sum()) + PRIOR_PEOPLE) / (since + 1)
    spoke = since + np.flatnonzero(counts[since : last + 1])
    said = np.array([counts[day : last + 1].sum() for day in spoke])
    usual = before * (last + 1 - spoke)
    return int(spoke[(said * np.log(said / usual) - (said - usual)).argmax()])


def _first_day(counts: Table, chance: Table, alarm: IntArray, everyone: Table) -> Onset | None:
    """Of the most unlikely day on; a larger share of fewer people is no rise, then the next likely day is asked."""
    alarms = np.count_nonzero(alarm)
    for strongest in np.argsort(np.where(alarm, chance, 2.0), kind="stable")[:alarms].tolist():
        first = strongest
        while first > 0 and alarm[first - 1]:
            first -= 1
        if alarm[first] == WEEK:
            first = _within_week(counts, first)
        # Days of their own: what two or more together show is an echo of these.
        run = first + int((alarm[first:] != 1).argmax() or AFTER)
        for times, end in ((GREW, first + AFTER), (BURST, min(run, first + AFTER))):
            since = slice(first, end)
            found = _onset(counts, everyone, since, float(chance[strongest]))
            grew = found.after > found.before and found.after >= times * found.usual
            if grew and _was_less(counts, everyone, since):
                return found
    return None


def _onset(counts: Table, everyone: Table, since: slice, p: float) -> Onset:
    first = since.start
    before, after = float(counts[:first].mean()) if first else 0.0, float(counts[since].mean())
    share = counts[:first].sum() / max(everyone[:first].sum(), 1.0)
    usual = float(share * everyone[since].mean())
    return Onset(first, round(before, 3), round(after, 3), round(usual, 3), p, since.stop - first)


def _was_less(counts: Table, everyone: Table, since: slice) -> bool:
    """Whether the theme's share of everybody was smaller before, beyond chance (Poisson), in a record that goes on."""
    from scipy.special import pdtr  # Loaded here: see sparse.py.

    first = since.start
    lately = slice(max(first - LATELY, 0), first)
    others = everyone - counts
    if others[since].mean() > BEGINS * max(others[lately].sum(), 1.0) / max(first - lately.start, 1):
        return False
    share = counts[since].sum() / max(everyone[since].sum(), 1.0)
    return bool(pdtr(counts[:first].sum(), share * everyone[:first].sum()) < NO_NEWS)
