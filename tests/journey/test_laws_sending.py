"""Law 5: the worker is killed before each statement of sending one hand-off, and one letter."""

from __future__ import annotations

from collections import Counter
from signal import SIGKILL
from typing import Any

import pytest

from pivotpoint.channels.models import Delivery
from pivotpoint.pivot.models import Handoff
from tests.journey.test_laws_killed import Scene, scene

__all__ = ["scene"]
pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
STATEMENTS = 20
"""Looking for what is due, claiming, sending and writing down the first of them takes fewer."""


@pytest.mark.parametrize("sweep", ["enterprise.deliver", "channels.send"])
def test_killed_before_any_statement_each_arrives_once(scene: Scene, sweep: str, ada: Any) -> None:
    for number in range(1, STATEMENTS + 1):
        assert scene.nursery.run(f"before {number} {sweep}") == -SIGKILL
    scene.settle()
    keys = set(Handoff.objects.values_list("key", flat=True))
    assert set(scene.receiver.taken) == keys
    assert not Handoff.objects.exclude(state="sent").exists()
    names = Counter(message["Message-ID"] for message in scene.letters.messages)
    assert len(names) == Delivery.objects.filter(state="sent").count() == Delivery.objects.count()
