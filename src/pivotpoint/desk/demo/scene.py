"""What everybody at Larkfield knows on one day of the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any

from pivotpoint.accounts.models import User
from pivotpoint.desk.demo.house import House
from pivotpoint.desk.demo.matters import Matters
from pivotpoint.desk.demo.script import DAYS, Said, Story

LAST_WEEK = DAYS - 4
"""From here on some things are left undone, so that today has something to do."""


@dataclass
class Scene:
    """`random` is the day's own, so that a story that was interrupted goes on as it would have."""

    story: Story
    house: House
    day: int = 0

    def begin(self, day: int) -> None:
        self.day = day
        self.random = Random(f"{self.story.seed}:{day}")  # noqa: S311 a story, not a secret

    @cached_property
    def said(self) -> dict[str, Said]:
        """The story's messages by their name on the channel."""
        return {message.external_id: message for message in self.story.said}

    @cached_property
    def matters(self) -> Matters:
        return Matters(self.story)

    def user(self, key: str) -> User:
        return self.house.users[key]

    def issue(self, matter: str) -> dict[str, Any]:
        """What was planted; empty when the matter is no issue."""
        found: dict[str, Any] = self.story.book["issue"].get(matter, {})
        return found

    def work(self, matter: str) -> dict[str, Any]:
        """What the house says and does about an issue; empty when it does nothing."""
        found: dict[str, Any] = self.story.book["work"].get(matter, {})
        return found

    def when(self, day: int, hour: int = 17) -> datetime:
        """That hour of that day of the story."""
        return self.story.day(day).replace(hour=hour)
