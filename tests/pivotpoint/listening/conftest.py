"""Messages to read, and a data folder of each test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.lib import clock


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def say(form: Any, hanne: Any) -> Callable[..., Message]:
    """Somebody (Hanne, when not said) writes something."""

    def said(text: str, customer: Any = hanne, **more: Any) -> Message:
        return Message.objects.create(
            channel=more.pop("channel", form),
            external_id=f"m{Message.objects.count()}",
            customer=customer,
            text=text,
            said_at=more.pop("said_at", clock.now()),
            **more,
        )

    return said
