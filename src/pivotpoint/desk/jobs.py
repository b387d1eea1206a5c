"""The wizard's wish for the demo story."""

from __future__ import annotations

from pivotpoint.accounts.models import Installation
from pivotpoint.jobs.beat import every
from pivotpoint.lib import clock


@every("desk.demo", seconds=10)
def play_if_asked() -> int:
    """Play the story once where somebody asked for it; the wish is taken before, so that it is never played twice."""
    asked = Installation.objects.exclude(demo_asked_at=None).filter(demo_played_at=None)
    if not asked.update(demo_asked_at=None):
        return 0
    from pivotpoint.desk.demo import script
    from pivotpoint.desk.demo.play import play

    play(script.write(1, 1_000, clock.today()))
    return 1
