from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from pivotpoint.lib import garbage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_looked_at_again() -> None:
    garbage.look_seldom()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == garbage.NEW


def test_what_refers_to_itself_still_goes() -> None:
    garbage.look_seldom()

    class Circle:
        def __init__(self) -> None:
            self.own = self

    gc.collect()
    for _ in range(3 * garbage.NEW):
        Circle()
    assert sum(isinstance(one, Circle) for one in gc.get_objects()) <= garbage.NEW
