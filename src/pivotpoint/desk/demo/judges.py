"""Customers who were told say whether it helped, as the planted truth has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pivotpoint.desk.demo.scene import Scene
from pivotpoint.experiences import verdicts
from pivotpoint.experiences.models import Notice
from pivotpoint.lib import clock

A_DAY = 0.07
"""Share of those who were told in the last ten days that answers on any one day: about half of them in all."""


def judge(scene: Scene) -> None:
    """Some answer today, some another day, some never."""
    told = Notice.objects.filter(state=Notice.State.TOLD, verdicts=None).exclude(change=None)
    recent = told.filter(told_at__gte=clock.now() - timedelta(days=10))
    planted = _planted(scene)
    for notice in recent.select_related("change", "customer", "loop").order_by("pk"):
        if scene.random.random() < A_DAY and str(notice.change) in planted:
            _answer(scene, notice, planted[str(notice.change)]["helped"])


def _planted(scene: Scene) -> dict[str, dict[str, Any]]:
    """Each change by its title."""
    works = scene.story.book["work"].items()
    done = {key: work["done"] for key, work in works if work.get("done")}
    return {
        words["title"]: change
        for key, all_words in done.items()
        for words, change in zip(all_words, scene.issue(key)["changes"], strict=True)
    }


def _answer(scene: Scene, notice: Notice, helped: float) -> None:
    answer = "helped" if scene.random.random() < helped else scene.random.choice(["partly", "not", "not"])
    comment = scene.random.choice(scene.story.book["verdict"][answer])
    if verdicts.may_judge(notice):  # Else their page does not ask.
        verdicts.give(notice, answer, comment)
