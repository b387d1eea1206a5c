"""What the product found of what was planted. For tests, and for the figures in benchmarks/demo_truth.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pivotpoint.experiences.models import Verdict
from pivotpoint.insights.models import Insight, Membership, Theme

OWN = 0.5
"""A theme is an issue's own when more than this share of its messages is about it."""
MOST = 0.4
"""And it stands for the issue when it holds at least this share of the issue's messages."""


@dataclass(frozen=True)
class Found:
    """One planted issue, and the theme that holds most of its messages. Shares are 0 to 1."""

    key: str
    title: str
    theme: int
    messages: int
    purity: float
    """Share of the theme's messages that are about the issue."""
    coverage: float
    """Share of the issue's messages that are in this theme."""
    gathered: float
    """Share of the issue's messages in all themes that are its own."""
    names: int
    """Different people planted, as their channels know them."""
    people: int
    """Different people that the product counts in the issue's own themes."""
    onset_off: int | None
    """Days between the planted onset and the one that was found; None when none was found or planted."""
    function_right: bool

    @property
    def own(self) -> bool:
        return self.purity > OWN and self.coverage >= MOST


@dataclass(frozen=True)
class Heard:
    """All of it: the issues that are big enough, and what was kept apart."""

    issues: list[Found]
    noise_apart: float
    """Share of the messages that are not about us which stand behind no insight."""
    lost: float
    """Share of the issues' messages which stand behind no insight."""
    helped: dict[str, tuple[float, float, int]]
    """Each change: share that was to say that it helped, share that said so, answers."""


def heard(truth: dict[str, Any], least: int = 10) -> Heard:
    """Compare; issues with fewer than `least` messages are not looked at."""
    where = dict(Membership.objects.values_list("message__external_id", "cluster__theme"))
    sizes = Counter(where.values())
    issues = [issue for issue in truth["issues"] if len(issue["messages"]) >= least]
    insights = set(Insight.objects.values_list("pk", flat=True))
    said = [name for issue in issues if issue["kind"] == "complaint" for name in issue["messages"]]
    return Heard(
        issues=[_found(issue, where, sizes) for issue in issues],
        noise_apart=1 - _share(truth["not_about_us"], where, insights),
        lost=1 - _share(said, where, insights),
        helped=_helped(issues),
    )


def _share(names: Iterable[str], where: dict[str, int], themes: set[int]) -> float:
    """Share of these messages that are in one of these themes."""
    found = [where.get(name) in themes for name in names]
    return sum(found) / len(found) if found else 0.0


def _found(issue: dict[str, Any], where: dict[str, int], sizes: Counter[int]) -> Found:
    about = {*issue["messages"], *issue["also_in"]}
    inside: dict[int, int] = defaultdict(int)
    for name in about:
        if name in where:
            inside[where[name]] += 1
    main = Counter({where[n]: 0 for n in issue["messages"] if n in where})
    main.update(where[n] for n in issue["messages"] if n in where)
    pk, most = main.most_common(1)[0]
    own = [theme for theme, count in inside.items() if count / sizes[theme] > OWN]
    theme, messages = Theme.objects.get(pk=pk), len(issue["messages"])
    return Found(
        key=issue["key"],
        title=theme.title,
        theme=pk,
        messages=messages,
        purity=inside[pk] / sizes[pk],
        coverage=most / messages,
        gathered=sum(main[each] for each in own) / messages,
        names=issue["names"],
        people=_people(own),
        onset_off=_off(issue["onset"], theme.onset),
        function_right=theme.function == issue["function"],
    )


def _people(themes: list[int]) -> int:
    """Distinct, over all of them."""
    rows = Membership.objects.filter(cluster__theme__in=themes)
    return rows.values("customer").distinct().count()


def _off(planted: str | None, found: date | None) -> int | None:
    return (found - date.fromisoformat(planted)).days if planted and found else None


def _helped(issues: list[dict[str, Any]]) -> dict[str, tuple[float, float, int]]:
    planted = {change["title"]: change["helped"] for issue in issues for change in issue["changes"]}
    answers: dict[str, list[str]] = {title: [] for title in planted}
    rows = Verdict.objects.filter(notice__change__title__in=list(planted))
    for title, answer in rows.values_list("notice__change__title", "answer"):
        answers[title].append(answer)
    return {
        title: (planted[title], given.count("helped") / len(given), len(given))
        for title, given in answers.items()
        if given
    }
