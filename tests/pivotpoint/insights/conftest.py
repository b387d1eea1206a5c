"""People who say things, through the real door, and the sweeps that listen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.models import MicroCluster, Theme, ThemeAction
from pivotpoint.insights.naming.titles import name
from pivotpoint.listening.reading.read import read_unread
from tests.textanalytics.naming.telling.test_parts import THEME

LATE = [
    "My parcel has not arrived and it was due last week.",
    "The parcel never arrived, it is a week late now.",
    "Where is my parcel? It was supposed to be delivered last week.",
    "The delivery is a week late and nobody tells me where my parcel is.",
]
TWICE = [
    "I was charged twice for the same order on my card.",
    "You charged my card twice for one order.",
    "My credit card was charged two times for the same order.",
    "Charged twice for one order, I want the second payment back.",
]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def say(form: Any, now: datetime) -> Callable[..., Message]:
    """Somebody, by name, writes something so many days ago."""

    def said(text: str, who: str = "hanne", *, days: float = 0, channel: Any = form) -> Message:
        inbound = Inbound(
            external_id=f"m{Message.objects.count()}",
            text=text,
            email=f"{who}@home.example",
            name=who.title(),
            said_at=now - timedelta(days=days),
        )
        (receipt,) = receive(channel, [inbound], live=False)
        return Message.objects.get(pk=receipt.message_id)

    return said


@pytest.fixture
def listen() -> Callable[[], None]:
    """Read, gather and consolidate until nothing is left to do."""

    def settle() -> None:
        for _ in range(20):
            if not read_unread() + gather() + consolidate():
                return
        raise AssertionError("The sweeps do not come to rest.")

    return settle


@pytest.fixture
def heard(say: Callable[..., Message], listen: Callable[[], None]) -> dict[str, list[Message]]:
    """Four people miss their parcel, three were charged twice."""
    people = ("hanne", "tomek", "oona", "rhea")
    late = [say(text, who, days=4 - i) for i, (text, who) in enumerate(zip(LATE, people, strict=True))]
    twice = [
        say(text, who, days=3 - i) for i, (text, who) in enumerate(zip(TWICE[:3], people[:3], strict=True))
    ]
    listen()
    return {"late": late, "twice": twice}


@pytest.fixture
def payments(say: Callable[..., Message], listen: Callable[[], None], maren: Any) -> SimpleNamespace:
    """Forty-eight people speak of a card payment: one theme, in three parts. Nobody else is there, so the themes that they make are
    put together by hand."""
    said = {text: say(text, f"p{number}") for number, text in enumerate(THEME)}
    listen()
    themes = list(Theme.objects.live().filter(vague=False).order_by("-messages", "pk"))
    for other in themes[1:]:
        edit.merge(other, themes[0], by=maren)
    ThemeAction.objects.all().delete()
    MicroCluster.objects.update(held=False)
    name([themes[0].pk])
    Theme.objects.filter(pk=themes[0].pk).update(title="Card payment")
    assert tell_parts() == 1
    return SimpleNamespace(theme=Theme.objects.get(pk=themes[0].pk), said=said)
