from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pivotpoint.pivot.models import Pivot
from tests.receiver import SECRET, Receiver, receiving
from tests.switchyard import make_pivot


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receiving(SECRET) as receiver:
        settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
        yield receiver


@pytest.fixture
def pivot(teams: Any, ines: Any, settings: Any) -> Pivot:
    """One without destinations; what it will get stands on this machine."""
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    return make_pivot(teams["finance"], ines, destinations=0)
