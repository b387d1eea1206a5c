"""Whom the people of a theme speak to, where an installation hears what is said to several firms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pivotpoint.insights.models import Membership
from pivotpoint.jobs import kept
from textanalytics.grammar.addressed import handles, spellings, spoken_to, usual

LATEST = 20_000
"""Messages that are looked at."""
SHOWN = 6
LEAST, LEAST_SHARE = 2, 0.1
"""Firms of a theme that are told; and how many, and which part of its people, have to speak to one."""


@dataclass(frozen=True, slots=True)
class Firm:
    """Its handle, as most write it, and how many of the theme's people speak to it."""

    handle: str
    people: int
    share: float


def firms(texts: Sequence[str]) -> list[Firm]:
    """Of one theme's people, a text of each: several firms that they speak to, or none."""
    spelt, least = spellings(map(handles, texts)), _least(len(texts))
    most = {usual(forms): forms.total() for forms in spelt.values() if forms.total() >= least}
    return [Firm(*firm) for firm in _most(most)] if len(most) > 1 else []


def firms_of_all() -> dict[int, list[Firm]]:
    """By theme."""
    found: dict[str, list[tuple[str, int, float]]] = kept.look("insights.firms").value
    return {int(theme): [Firm(*firm) for firm in said] for theme, said in found.items()}


@kept.figure("insights.firms", "")
def count(_: str) -> dict[str, list[tuple[str, int, float]]]:
    """People by theme and firm, of the latest messages; the share is of the longest. Whoever speaks to two counts for both."""
    rows = _latest()
    said = [handles(text) for *_, text in rows]
    written = spoken_to(said)
    if len(written) < 2:
        return {}
    people: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (theme, customer, _), names in zip(rows, said, strict=True):
        for name in {name.lower() for name in names} & written.keys():
            people[theme][written[name]].add(customer)
    behind = Counter(theme for theme, _ in {(theme, customer) for theme, customer, _ in rows})
    found = {}
    for theme, by in people.items():
        least = _least(behind[theme])
        if most := {handle: len(who) for handle, who in by.items() if len(who) >= least}:
            found[str(theme)] = _most(most)
    return found


def _latest() -> list[tuple[int, int, str]]:
    rows = Membership.objects.filter(cluster__theme__isnull=False).order_by("-pk")
    return list(rows.values_list("cluster__theme", "customer", "message__text")[:LATEST])


def _least(people: int) -> float:
    return max(LEAST, LEAST_SHARE * people)


def _most(people: dict[str, int]) -> list[tuple[str, int, float]]:
    first = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return [(handle, count, count / first[0][1]) for handle, count in first]
