"""Who would be told, worked out once for a loop with many people and then kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.experiences import notices, projected
from pivotpoint.jobs import kept
from pivotpoint.jobs.models import Figure
from pivotpoint.lib import clock
from tests.pivotpoint.experiences.conftest import People


@pytest.fixture
def dear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "DEAR_MS", -1)


@pytest.mark.usefixtures("dear")
def test_the_second_look_at_a_large_loop_counts_nobody(
    loop: Any, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = notices.preview(loop)
    monkeypatch.setattr(projected, "routed", lambda loop: pytest.fail("It was counted again."))
    assert notices.preview(loop) == first
    assert first.people == 3


@pytest.mark.usefixtures("dear")
def test_who_joins_is_seen_when_the_worker_has_counted_again(loop: Any, people: People, now: Any) -> None:
    notices.preview(loop)
    people.join(consents=False)
    with clock.at(now + timedelta(seconds=kept.LEAST_SECONDS)):
        assert kept.refresh() >= 1
    assert notices.preview(loop).people == 4


def test_nothing_is_kept_once_notices_are_written(loop: Any, change: Any) -> None:
    Figure.objects.create(
        name="experiences.projected",
        argument=str(loop.pk),
        value={"people": 1, "channels": {}, "why_not": {}},
        counted_at=clock.now(),
        took_ms=600,
    )
    with clock.at(clock.now() + timedelta(hours=1)):
        kept.refresh()
    assert not Figure.objects.filter(name="experiences.projected").exists()
    assert notices.preview(loop).drafted


@pytest.mark.usefixtures("dear")
def test_of_a_closed_loop_nothing_is_kept(loop: Any) -> None:
    loop.closed_at = clock.now()
    assert projected.projected(loop) == projected.routed(loop)
    assert not Figure.objects.filter(name="experiences.projected").exists()
