"""Maren leads the listening: she brings together what is one matter, minds the gates, and lets notices leave."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef

from pivotpoint.collaboration import room
from pivotpoint.customers import suggest
from pivotpoint.customers.models import MergeSuggestion
from pivotpoint.desk.demo.scene import LAST_WEEK, Scene
from pivotpoint.desk.demo.script import DAYS
from pivotpoint.experiences import notices
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.alerts.judge import judge
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.models import Alert, Insight, Rung, Theme
from pivotpoint.insights.similar import similar
from pivotpoint.lib import clock
from pivotpoint.pivot import gate, loops
from pivotpoint.pivot.models import Loop, Passage, Stage

Row = TypeVar("Row", Loop, Passage, Insight, Alert)
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
    for theme, matter in scene.matters.of(themes).items():
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
        if theme.pk in near and _may_join(theme, first):
            edit.merge(theme, into, by=scene.user("maren"))


def _may_join(theme: Theme, first: Loop | None) -> bool:
    """Two loops become one only at the same pivot, and before anybody has been told."""
    going = Loop.objects.filter(insight=theme.pk)
    if first is None or not going.exists():
        return True
    early = (Stage.HANDED_OVER, Stage.ACCEPTED, Stage.CHANGING)
    return first.stage in early and not going.exclude(pivot=first.pivot_id, stage__in=early).exists()


def decide_at_the_gate(scene: Scene, *, tidy: bool) -> None:
    """What waited overnight passes if it has a cause that can be changed; the last days' is still there."""
    if scene.day >= LAST_WEEK:
        return
    yesterday = clock.now() - timedelta(hours=20)
    waiting = list(
        Passage.objects.waiting().filter(at__lt=yesterday).select_related("insight__theme", "pivot")
    )
    for passage, matter in _known(scene, waiting):
        if scene.work(matter).get("hand_over"):
            _pass(scene, passage, matter, tidy=tidy)
        elif not scene.work(matter).get("ask"):  # whom she has asked may still answer
            reasons = scene.story.book["hold"]["everyday" if matter else "mixed"]
            gate.hold(passage, scene.random.choice(reasons), by=scene.user("maren"))


def _pass(scene: Scene, passage: Passage, matter: str, *, tidy: bool) -> None:
    """Through this gate; or through the right one; or to what travels already, if it is the same matter."""
    maren, right = scene.user("maren"), scene.house.pivots[scene.issue(matter)["function"]]
    travels = _travelling(scene).get(matter)
    if travels is None and passage.pivot_id == right.pk:
        gate.let_pass(passage, by=maren)
    elif travels is None:
        gate.hold(passage, f"This is for {right.team}; I have handed it over there.", by=maren)
        loops.open_loop(passage.insight, right, by=maren, why=scene.work(matter)["hand_over"])
    elif tidy and travels.insight_id != passage.insight_id:
        edit.merge(passage.insight.theme, travels.insight.theme, by=maren)
    else:
        gate.hold(passage, f"The same as loop {travels.pk}, which is on its way.", by=maren)


def hand_over_by_hand(scene: Scene) -> None:
    """A trend with a cause that no rule has caught for three days: she hands it over herself."""
    if scene.day >= LAST_WEEK:
        return
    here, seen = OuterRef("pk"), clock.now() - timedelta(days=3)
    trends = Insight.objects.live().filter(theme__rung=Rung.TREND, theme__vague=False, climbed_at__lt=seen)
    going = Loop.objects.filter(insight=here).exclude(stage=Stage.DECLINED)
    loose = trends.exclude(Exists(going)).exclude(
        Exists(Passage.objects.filter(insight=here).exclude(state=Passage.State.HELD))
    )
    caused = [row for row in _known(scene, list(loose.order_by("pk"))) if scene.work(row[1]).get("hand_over")]
    travelling = _travelling(scene) if caused else {}
    for insight, matter in caused:
        work = scene.work(matter)
        if matter not in travelling:
            right = scene.house.pivots[scene.issue(matter)["function"]]
            travelling[matter] = loops.open_loop(
                insight, right, by=scene.user("maren"), why=work["hand_over"]
            )


def _travelling(scene: Scene) -> dict[str, Loop]:
    """The first loop about each matter that has not been declined."""
    rows = list(Loop.objects.exclude(stage=Stage.DECLINED).select_related("insight__theme").order_by("-pk"))
    return {matter: loop for loop, matter in _known(scene, rows)}


def _known(scene: Scene, rows: list[Row]) -> list[tuple[Row, str]]:
    """Each with the matter that its insight is about."""
    ids = [row.pk if isinstance(row, Insight) else row.insight_id for row in rows]
    matters = scene.matters.of(ids)
    return [(row, matters.get(pk, "")) for row, pk in zip(rows, ids, strict=True)]


def judge_alerts(scene: Scene) -> None:
    """What rose since yesterday: a planted issue was real, an everyday matter is known, a mixture was nothing. That of
    the last days waits for whoever looks at Today."""
    if scene.day >= LAST_WEEK:
        return
    rose = Alert.objects.waking().unjudged().filter(at__lt=clock.now() - timedelta(hours=20))
    for alert, matter in _known(scene, list(rose.order_by("pk"))):
        value = "real" if scene.issue(matter) else "known" if matter else "false"
        judge(alert, value, by=scene.user("maren"))


def introduce(scene: Scene) -> None:
    """A new loop's room begins with why it was handed over; somebody who may know is asked in."""
    new = Loop.objects.open().filter(opened_at__gte=clock.now() - timedelta(days=3)).select_related("insight")
    for loop, matter in _known(scene, list(new)):
        _say_once(loop.insight, scene.work(matter).get("hand_over", ""), scene)
    fresh = Insight.objects.live().filter(climbed_at__gte=clock.now() - timedelta(days=7))
    for insight, matter in _known(scene, list(fresh.exclude(theme__rung=Rung.VOICE))):
        work = scene.work(matter)
        if work.get("ask"):
            room.invite(insight, scene.user(work["ask"][0]), work["ask"][1], by=scene.user("maren"))
            _say_once(insight, work["talk"][0][1], scene)


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
