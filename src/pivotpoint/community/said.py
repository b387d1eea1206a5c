"""You said, we did; what is under way; what was declined and why. Titles of themes, never anybody's words."""

from __future__ import annotations

from dataclasses import dataclass

from pivotpoint.accounts.models import Installation
from pivotpoint.experiences.models import Change
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


def said() -> list[Said]:
    """Changes, then what is being worked on, then what was declined; the newest of each."""
    # What only one person has said is nobody else's business.
    shared = Installation.here().pattern_from
    return [*_changed(shared), *_under_way(shared), *_declined(shared)]


def _changed(shared: int) -> list[Said]:
    rows = Change.objects.filter(public=True, taken_back_at=None).order_by("-live_since", "-pk")
    found = []
    for change in rows.prefetch_related("loops__insight__theme")[:SHOWN]:
        loops = list(change.loops.all())
        themes = {loop.insight_id: loop.insight.theme for loop in loops}.values()
        people = sum(theme.people for theme in themes)
        if people < shared:
            continue
        done = any(loop.stage in (Stage.TOLD, Stage.CONFIRMED) for loop in loops)
        titles = "; ".join(theme.title for theme in themes)
        tag, mark = ("done", "told") if done else ("changed", "")
        found.append(Said(titles, people, f"{change.title.rstrip('.')}.", change.what, tag, mark))
    return found


def _under_way(shared: int) -> list[Said]:
    stages = (Stage.HANDED_OVER, Stage.ACCEPTED, Stage.CHANGING)
    loops = Loop.objects.open().filter(stage__in=stages, insight__theme__people__gte=shared)
    rows = loops.select_related("insight__theme", "team").order_by("-insight__theme__people", "pk")[:SHOWN]
    return [_on_its_way(loop) for loop in rows]


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
