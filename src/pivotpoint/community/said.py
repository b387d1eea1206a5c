"""You said, we did; what is under way; what was declined and why. Titles of themes, never anybody's words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from pivotpoint.accounts.models import Installation
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Backing, Theme
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, Stage, StageMove

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Said:
    """One row: what you said, how many of you, what we did. `mark` is told, signal or '' as the style sheet has them."""

    title: str
    people: int
    head: str
    text: str
    tag: str
    mark: str = ""
    also: str = ""
    """Other titles that the same change answers."""


def said() -> list[Said]:
    """Changes, then what is being worked on, then what was declined; the newest of each."""
    # What only one person has said is nobody else's business.
    shared = Installation.here().pattern_from
    told: set[int] = set()
    return [*_changed(shared, told), *_under_way(shared, told), *_declined(shared)]


def _changed(shared: int, shown: set[int]) -> list[Said]:
    """One row for one change, however many loops it settles; `shown` gets the insights that it speaks of."""
    rows = Change.objects.filter(public=True, taken_back_at=None).order_by("-live_since", "-pk")
    loops: dict[tuple[str, str], list[Loop]] = defaultdict(list)
    for change in rows.prefetch_related("loops__insight__theme")[: 2 * SHOWN]:
        loops[change.title, change.what] += change.loops.all()
    found = []
    for (title, what), settled in list(loops.items())[:SHOWN]:
        themes = {loop.insight_id: loop.insight.theme for loop in settled}
        people = _people(list(themes.values()))
        if people < shared:
            continue
        shown.update(themes)
        largest = sorted(themes.values(), key=lambda theme: (-theme.people, theme.pk))
        first, *others = dict.fromkeys(theme.title for theme in largest)
        tag, mark = _how_far({loop.stage for loop in settled})
        found.append(Said(first, people, f"{title.rstrip('.')}.", what, tag, mark, "; ".join(others)))
    return found


def _people(themes: list[Theme]) -> int:
    """Different people: somebody behind two of them is one."""
    if len(themes) == 1:
        return themes[0].people
    return Backing.objects.filter(theme__in=themes).aggregate(people=Count("customer", distinct=True))[
        "people"
    ]


def _how_far(stages: set[str]) -> tuple[str, str]:
    if stages <= {Stage.TOLD, Stage.CONFIRMED}:
        return "done", "told"
    return (
        ("changed", "") if stages <= {Stage.DELIVERED, Stage.TOLD, Stage.CONFIRMED} else ("opened again", "")
    )


def _under_way(shared: int, shown: set[int]) -> list[Said]:
    stages = (Stage.HANDED_OVER, Stage.ACCEPTED, Stage.CHANGING)
    loops = Loop.objects.open().filter(stage__in=stages, insight__theme__people__gte=shared)
    rows = loops.exclude(insight__in=shown).select_related("insight__theme", "team")
    return [_on_its_way(loop) for loop in rows.order_by("-insight__theme__people", "pk")[:SHOWN]]


def _on_its_way(loop: Loop) -> Said:
    team = loop.team.name
    text = {
        Stage.HANDED_OVER: f"Handed to {team}. They have not said yet what they will do.",
        Stage.ACCEPTED: f"{team} took it on.",
        Stage.CHANGING: f"{team} is working on it.",
    }[Stage(loop.stage)]
    late = loop.due_at < clock.now()
    theme = loop.insight.theme
    return Said(
        theme.title, theme.people, "", text, "late" if late else "under way", "signal" if late else ""
    )


def _declined(shared: int) -> list[Said]:
    """Those that were decided on, with the reason; not those that go on as another loop."""
    loops = Loop.objects.filter(stage=Stage.DECLINED, telling__change=None, telling__isnull=False)
    rows = loops.filter(insight__theme__people__gte=shared).select_related("insight__theme")
    declined = list(rows.order_by("-opened_at")[:SHOWN])
    moves = StageMove.objects.filter(loop__in=declined, stage=Stage.DECLINED).order_by("at", "pk")
    reasons = dict(moves.values_list("loop_id", "reason"))
    return [
        Said(
            loop.insight.theme.title, loop.insight.theme.people, "No, not now.", reasons[loop.pk], "declined"
        )
        for loop in declined
    ]
