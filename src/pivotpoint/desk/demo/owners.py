"""Those who own a process accept what was handed to them, discuss it, change something or decline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from pivotpoint.accounts.models import User
from pivotpoint.collaboration import room, tasks
from pivotpoint.collaboration.models import Comment, Decision, Task
from pivotpoint.desk.demo.scene import Scene
from pivotpoint.desk.demo.script import DAYS
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop, Stage

LONGER = timedelta(days=12)
"""How long they ask for where no day is planned."""
BETWEEN = timedelta(hours=20)
"""Nobody takes two steps on one day."""


def act(scene: Scene) -> None:
    """One step a day at most for each loop, and what is said about it."""
    rows = Loop.objects.open().select_related("insight", "pivot__team", "owner").order_by("pk")
    going = list(rows.annotate(moved_at=Max("moves__at")))
    insights = {loop.insight_id for loop in going}
    matters, had, said = scene.matters.of(insights), _had(insights), _said(insights)
    for loop in going:
        matter = matters.get(loop.insight_id, "")
        if clock.now() - loop.moved_at >= BETWEEN:
            _move(scene, loop, matter, had[loop.insight_id])
        if loop.stage in (Stage.ACCEPTED, Stage.CHANGING):
            _discuss(scene, loop, scene.work(matter), said[loop.insight_id])
    _finish_tasks(scene)


def _had(insights: Collection[int]) -> dict[int, set[str]]:
    """Titles of the changes that the people behind each insight have had."""
    had: dict[int, set[str]] = defaultdict(set)
    rows = Change.objects.filter(loops__insight__in=insights)
    for insight, title in rows.values_list("loops__insight", "title"):
        had[insight].add(title)
    return had


def _said(insights: Collection[int]) -> dict[int, set[str]]:
    """What has been said in the room of each insight."""
    said: dict[int, set[str]] = defaultdict(set)
    for insight, text in Comment.objects.filter(insight__in=insights).values_list("insight", "text"):
        said[insight].add(text)
    return said


def _move(scene: Scene, loop: Loop, matter: str, had: set[str]) -> None:
    work, by = scene.work(matter), loop.owner
    change = _next_change(scene, matter, had)
    if loop.stage == Stage.HANDED_OVER:
        _take_on(scene, loop, work, _due(scene, matter, change))
    elif loop.stage == Stage.ACCEPTED and scene.issue(matter).get("decline", DAYS) <= scene.day:
        loops.decline(loop, work["decline"], by=by)
    elif loop.stage == Stage.ACCEPTED and work.get("start"):
        reason = "We look for what is left of it." if loop.times_reopened else work["start"]
        loops.start(loop, by=by, reason=reason, due_at=_due(scene, matter, change))
    elif loop.stage == Stage.CHANGING and change is not None and change["live"] <= scene.day:
        words = work["done"][_number(scene, matter, change)]
        _change(scene, loop, words, change["live"])
        had.add(words["title"])
    elif loop.times_reopened == 1 and loop.stage == Stage.CHANGING and change is None:
        _look_again(scene, loop, matter)


def _take_on(scene: Scene, loop: Loop, work: dict[str, Any], due_at: datetime) -> None:
    """Accepted within two days, but for what comes in the last ones; what slipped through the open gate is declined."""
    if scene.day >= DAYS - 2:
        return
    if not work.get("accept"):
        if loop.opened_by_id is None:
            hold = scene.story.book["hold"]
            loops.decline(loop, hold["told"][0], by=loop.owner, inside=hold["decline"][0])
    elif loop.times_reopened:
        loops.accept(loop, by=loop.owner, reason="Not good enough yet. We go on.", due_at=due_at)
    else:
        loops.accept(loop, by=loop.owner, reason=work["accept"], due_at=due_at)


def _next_change(scene: Scene, matter: str, had: set[str]) -> dict[str, Any] | None:
    """The first planned change that the people behind a loop have not had yet."""
    planned = scene.issue(matter).get("changes", [])
    titles = [done["title"] for done in scene.work(matter).get("done", [])]
    return next((each for each, title in zip(planned, titles, strict=True) if title not in had), None)


def _look_again(scene: Scene, loop: Loop, matter: str) -> None:
    """Opened again although the change took the cause away: what still joined is about something else."""
    if _was_right(scene, matter):
        reason = "I read all that came since: from before the change, or another matter."
        loops.deliver(loop, by=loop.owner, reason=reason)
        loops.told(loop, by=loop.owner, reason="Whoever asked has been told already.")
        loops.confirmed(loop, by=loop.owner, reason=reason)


def _was_right(scene: Scene, matter: str) -> bool:
    """The last planned change took the cause away, or nearly so."""
    planned = scene.issue(matter).get("changes", [])
    return bool(planned) and planned[-1]["effect"] >= 0.9


def _number(scene: Scene, matter: str, change: dict[str, Any]) -> int:
    return int(scene.issue(matter)["changes"].index(change))


def _due(scene: Scene, matter: str, change: dict[str, Any] | None) -> datetime:
    """The day after the planned change; what was planned for today is late by some hours."""
    issue = scene.issue(matter)
    day = issue.get("decline") or (change["live"] if change else None)
    if day is None and issue.get("promised"):
        return max(scene.when(issue["promised"], 9), clock.now() + timedelta(hours=30))
    soon = clock.now() + (LONGER if day is None else timedelta(days=2))
    return soon if day is None else max(soon, scene.when(day + 1))


def _change(scene: Scene, loop: Loop, words: dict[str, Any], live: int) -> None:
    """It is recorded once; the steps that led to it are done."""
    for task in Task.objects.open().filter(loop=loop, handoff_key=None):
        tasks.finish(task, by=task.owner)
    since = min(scene.story.day(live).date(), clock.today())
    changes.record(**words, live_since=since, loops=[loop], by=loop.owner)
    for task in Task.objects.open().filter(loop=loop):
        tasks.finish(task, by=task.owner, note=words["title"])


def _discuss(scene: Scene, loop: Loop, work: dict[str, Any], said: set[str]) -> None:
    """The next thing that somebody says; then what they decide, and who does what."""
    talk = work.get("talk", []) + (work.get("again", []) if loop.times_reopened else [])
    for key, text in talk:
        if text not in said:
            if _may_see(scene.user(key), loop.insight):
                room.comment(loop.insight, text, by=scene.user(key))
                said.add(text)
            return
    if work.get("decide") and not Decision.objects.filter(insight=loop.insight, text=work["decide"]).exists():
        room.decide(loop.insight, work["decide"], by=loop.owner)
        _add_tasks(scene, loop, work.get("tasks", []))
    elif loop.times_reopened:
        _add_tasks(scene, loop, work.get("again_tasks", []))


def _add_tasks(scene: Scene, loop: Loop, planned: list[tuple[str, str, int]]) -> None:
    there = set(Task.objects.filter(insight=loop.insight).values_list("title", flat=True))
    for key, title, day in planned:
        if title not in there:
            due = max(scene.when(day), clock.now() + timedelta(days=3))
            tasks.add(loop.insight, title, scene.user(key), due, by=loop.owner, loop=loop)


def _may_see(user: User, insight: Insight) -> bool:
    return Insight.objects.visible_to(user).filter(pk=insight.pk).exists()


def _finish_tasks(scene: Scene) -> None:
    """The day before they are due; those of the last days are still open."""
    if scene.day >= DAYS - 3:
        return
    soon = Task.objects.open().filter(handoff_key=None, due_at__lt=clock.now() + timedelta(days=1))
    for task in soon.select_related("owner"):
        tasks.finish(task, by=task.owner)
