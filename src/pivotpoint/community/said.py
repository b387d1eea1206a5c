"""You said, we did; what is under way; what was declined and why. Titles of themes, never anybody's words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from pivotpoint.accounts.models import Installation
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Backing, Theme
from pivotpoint.lib import clock
from pivotpoint.pivot.attach import with_people
from pivotpoint.pivot.models import Attachment, Loop, Stage, StageMove

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
    """One row for one change, however many loops it settles and insights go along with these; `shown` gets the
    insights that it speaks of."""
    rows = Change.objects.filter(public=True, taken_back_at=None).order_by("-live_since", "-pk")
    loops: dict[tuple[str, str], list[Loop]] = defaultdict(list)
    for change in rows.prefetch_related("loops__insight__theme", "corrections")[: 2 * SHOWN]:
        loops[change.title, _with_corrections(change)] += change.loops.all()
    along = _along([loop.pk for several in loops.values() for loop in several])
    found = []
    for (title, what), settled in list(loops.items())[:SHOWN]:
        themes = {loop.insight_id: loop.insight.theme for loop in settled}
        themes |= {theme.pk: theme for loop in settled for theme in along[loop.pk]}
        people = _people(list(themes.values()))
        if people < shared:
            continue
        shown.update(themes)
        largest = sorted(themes.values(), key=lambda theme: (-theme.people, theme.pk))
        first, *others = dict.fromkeys(theme.title for theme in largest)
        tag, mark = _how_far({loop.stage for loop in settled})
        found.append(Said(first, people, f"{title.rstrip('.')}.", what, tag, mark, "; ".join(others)))
    return found


def _with_corrections(change: Change) -> str:
    """What changed; what was put right since, each with its day."""
    lines = [
        f"Put right on {timezone.localtime(one.at):%-d %B}: {one.text}" for one in change.corrections.all()
    ]
    return " ".join([change.what, *lines])


def _along(loops: list[int]) -> dict[int, list[Theme]]:
    """By loop: the themes of the insights that go along with it."""
    found: dict[int, list[Theme]] = defaultdict(list)
    rows = Attachment.objects.standing().filter(loop__in=loops).select_related("insight__theme")
    for row in rows:
        found[row.loop_id].append(row.insight.theme)
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
    loops: Any = with_people(Loop.objects.open().filter(stage__in=stages))
    rows = (
        loops.filter(people__gte=shared).exclude(insight__in=shown).select_related("insight__theme", "team")
    )
    return [_on_its_way(loop, loop.people) for loop in rows.order_by("-people", "pk")[:SHOWN]]


def _on_its_way(loop: Loop, people: int) -> Said:
    team = loop.team.name
    text = {
        Stage.HANDED_OVER: f"Handed to {team}. They have not said yet what they will do.",
        Stage.ACCEPTED: f"{team} took it on.",
        Stage.CHANGING: f"{team} is working on it.",
    }[Stage(loop.stage)]
    late = loop.due_at < clock.now()
    title, tag = loop.insight.theme.title, "late" if late else "under way"
    return Said(title, people, "", text, tag, "signal" if late else "")


def _declined(shared: int) -> list[Said]:
    """Those that were decided on, with the reason; not those that go on as another loop."""
    loops: Any = with_people(
        Loop.objects.filter(stage=Stage.DECLINED, telling__change=None, telling__isnull=False)
    )
    rows = loops.filter(people__gte=shared).select_related("insight__theme")
    declined = list(rows.order_by("-opened_at")[:SHOWN])
    moves = StageMove.objects.filter(loop__in=declined, stage=Stage.DECLINED).order_by("at", "pk")
    reasons = dict(moves.values_list("loop_id", "told"))
    return [
        Said(loop.insight.theme.title, loop.people, "No, not now.", reasons[loop.pk], "declined")
        for loop in declined
    ]
