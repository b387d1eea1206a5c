"""What several of the desk's tests begin with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Channel, Message
from tests.pivotpoint.desk.letters import read, write
from tests.pivotpoint.desk.scene import yard

__all__ = ["yard"]


@pytest.fixture
def hers(now: Any, mail: Channel, samir: Any) -> Message:
    """Hanne's message: read, in a conversation that Samir owns."""
    message = write(mail)
    read(message)
    return message


@pytest.fixture
def desk(hers: Message, samir: Any, client: Client) -> Client:
    client.force_login(samir)
    return client


@pytest.fixture
def lead(yard: SimpleNamespace, client: Client) -> Client:
    """Maren is signed in."""
    client.force_login(yard.maren)
    return client
