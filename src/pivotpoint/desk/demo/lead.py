"""Maren leads the listening: she brings together what is one matter, minds the gates, and lets notices leave."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from pivotpoint.collaboration import room
from pivotpoint.customers import suggest
from pivotpoint.customers.models import MergeSuggestion
from pivotpoint.desk.demo.matters import matters_of
from pivotpoint.desk.demo.scene import Scene
from pivotpoint.desk.demo.script import DAYS
from pivotpoint.experiences import notices
from pivotpoint.experiences.models import Notice
from pivotpoint.insights import edit
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.insights.similar import similar
from pivotpoint.lib import clock
from pivotpoint.pivot import gate
from pivotpoint.pivot.models import Loop, Passage

EVERY = 4
"""Days after which she looks again for themes that are one matter."""
NEAR = 6
"""So many of the similar insights that the product shows she looks at."""


def bring_together(scene: Scene) -> None:
    """What the product calls similar, and is the same matter, becomes one theme."""
    if scene.day % EVERY:
        return
    live = Theme.objects.live().filter(vague=False, people__gte=2).exclude(insight=None)
    themes = live.order_by("-people", "pk").in_bulk()
    by_matter: dict[str, list[int]] = defaultdict(list)
    for theme, matter in matters_of(themes, scene.story).items():
        if scene.issue(matter):
            by_matter[matter].append(theme)
    for ids in by_matter.values():
        if len(ids) > 1:
            _merge(scene, [themes[pk] for pk in ids])


def _merge(scene: Scene, same: list[Theme]) -> None:
    """Into the one that travels already, else the one with most people behind it."""
    first = Loop.objects.filter(insight__in=[theme.pk for theme in same]).order_by("pk").first()
    same.sort(key=lambda theme: (first is None or theme.pk != first.insight_id, -theme.people, theme.pk))
    into, *others = same
    near = {theme.pk for theme, _ in similar(into, NEAR)}
    for theme in others:
        if theme.pk in near:
            edit.merge(theme, into, by=scene.user("maren"))


def decide_at_the_gate(scene: Scene) -> None:
    """What waited overnight passes if it has a cause that can be changed; the last days' is still there."""
    if scene.day >= DAYS - 3:
        return
    yesterday = clock.now() - timedelta(hours=20)
    waiting = list(Passage.objects.waiting().filter(at__lt=yesterday).select_related("insight", "pivot"))
    matters = matters_of([passage.insight_id for passage in waiting], scene.story)
    for passage in waiting:
        matter = matters.get(passage.insight_id, "")
        work = scene.work(matter)
        if work.get("hand_over"):
            gate.let_pass(passage, by=scene.user("maren"))
        else:
            reasons = scene.story.book["hold"]["everyday" if matter else "mixed"]
            gate.hold(passage, scene.random.choice(reasons), by=scene.user("maren"))


def introduce(scene: Scene) -> None:
    """A new loop's room begins with why it was handed over; somebody who may know is asked in."""
    new = Loop.objects.open().filter(opened_at__gte=clock.now() - timedelta(days=3)).select_related("insight")
    for loop, matter in _with_matters(scene, list(new)):
        _say_once(loop.insight, scene.work(matter).get("hand_over", ""), scene)
    waiting = Insight.objects.filter(passages__state=Passage.State.WAITING).distinct()
    matters = matters_of([insight.pk for insight in waiting], scene.story)
    for insight in waiting:
        asked = scene.work(matters.get(insight.pk, "")).get("ask")
        if asked:
            room.invite(insight, scene.user(asked[0]), asked[1], by=scene.user("maren"))
            _say_once(insight, scene.work(matters[insight.pk])["talk"][0][1], scene)


def _with_matters(scene: Scene, loops: list[Loop]) -> list[tuple[Loop, str]]:
    matters = matters_of({loop.insight_id for loop in loops}, scene.story)
    return [(loop, matters.get(loop.insight_id, "")) for loop in loops]


def _say_once(insight: Insight, text: str, scene: Scene) -> None:
    if text and not insight.comments.filter(text=text).exists():  # type: ignore[attr-defined]
        room.comment(insight, text, by=scene.user("maren"))


def tell(scene: Scene) -> None:
    """She reads the drafts and lets them leave, but for those of the last days."""
    if scene.day < DAYS - 3:
        notices.approve(Notice.objects.filter(state=Notice.State.DRAFT), by=scene.user("maren"))


def know_people_again(scene: Scene) -> None:
    """Two names that are one person, as far as she has come."""
    if scene.day >= DAYS - 6:
        return
    open_ones = MergeSuggestion.objects.filter(decided_at=None, at__lt=clock.now() - timedelta(days=1))
    for suggestion in open_ones.order_by("pk"):
        suggest.decide(suggestion, True, by=scene.user("una"))
