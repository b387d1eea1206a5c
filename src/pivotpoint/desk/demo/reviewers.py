"""Now and then Maren reviews what the reader doubted most: she confirms it, or says whose business it is."""

from __future__ import annotations

from pivotpoint.desk.demo.scene import Scene
from pivotpoint.listening.correcting.correct import confirm, correct
from pivotpoint.listening.correcting.review import doubtful
from pivotpoint.listening.models import Correction, Reading

DAYS_OF_REVIEW = (58, 72, 86)
AT_ONCE = 14


def review(scene: Scene) -> None:
    """The truth of the story says what is right; what it does not know of, she leaves alone."""
    if scene.day not in DAYS_OF_REVIEW:
        return
    maren = scene.user("maren")
    judged = Correction.objects.values("message")
    waiting = doubtful(maren).exclude(pk__in=judged).select_related("message")
    known = [reading for reading in waiting[: 40 * AT_ONCE] if _owner(scene, reading)]
    for reading in known[:AT_ONCE]:
        function = _owner(scene, reading)
        if reading.function == function:
            confirm(reading.message, ["function", "about_us"], by=maren)
        else:
            correct(reading.message, "function", function, by=maren)


def _owner(scene: Scene, reading: Reading) -> str:
    said = scene.said.get(reading.message.external_id)
    return str(scene.issue(said.matter).get("function", "")) if said and not said.also else ""
