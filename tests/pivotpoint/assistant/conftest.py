"""A real endpoint on the loopback, and an assistant that is on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pivotpoint.assistant.models import Assistant
from tests.chat_server import ChatServer, chatting
from tests.pivotpoint.desk.conftest import hers
from tests.pivotpoint.desk.scene import yard

__all__ = ["hers", "yard"]


@pytest.fixture
def chat(settings: Any) -> Iterator[ChatServer]:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with chatting() as server:
        yield server


@pytest.fixture
def assistant(db: None, chat: ChatServer) -> Assistant:
    return Assistant.objects.create(
        url=chat.url,
        model="small-1",
        key="sk-secret",
        titles=True,
        answers=True,
        notices=True,
        price_in=1,
        price_out=2,
    )
