"""The portal, with the insight of the second charge behind it."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.channels.models import Channel
from tests.pivotpoint.experiences.conftest import change, loop, people, pivot, sent

__all__ = ["change", "loop", "people", "pivot", "sent"]


@pytest.fixture
def portal(installation: Any) -> Channel:
    return Channel.objects.create(
        name="Portal", kind="portal", goal="Be heard without an account.", notices="free"
    )
