from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.pivot.models import Pivot
from tests.switchyard import make_pivot


@pytest.fixture
def pivot(teams: Any, ines: Any, settings: Any) -> Pivot:
    """One without destinations; what it will get stands on this machine."""
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    return make_pivot(teams["finance"], ines, destinations=0)
