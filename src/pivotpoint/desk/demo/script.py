"""What customers say on each of the ninety days, and the truth about it. Pure: the same seed gives the same story."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from pivotpoint.desk.demo.people import Person, crowd

DAYS = 90
FULL = 2_140
"""How many messages the rates in story.toml come to."""
AGAIN = 0.18
"""Share of messages from somebody who has said it before."""
ANONYMOUS = ("review", "social")
OPENINGS = ("", "", "", "", "Hello, ", "Hi, ", "Good morning, ")
CLOSINGS = ("", "", "", "", " Thank you.", " Thanks.", " Please help.")


@dataclass(frozen=True)
class Said:
    """One message of the story, with the truth about it: `matter` is an issue's or everyday topic's key."""

    external_id: str
    day: int
    at: datetime
    channel: str
    person: Person
    text: str
    matter: str
    kind: str


@dataclass
class Story:
    """All messages in order of time, and the planted truth."""

    first_day: date
    said: list[Said]
    book: dict[str, Any]
    seed: int
    per_day: dict[int, list[Said]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for message in self.said:
            self.per_day.setdefault(message.day, []).append(message)

    def day(self, number: int) -> datetime:
        """Midnight at the beginning of that day, UTC."""
        from datetime import UTC

        return datetime.combine(self.first_day + timedelta(days=number), time(), UTC)


@cache
def book() -> dict[str, Any]:
    """story.toml."""
    return tomllib.loads(files("pivotpoint.desk.demo").joinpath("story.toml").read_text(encoding="utf-8"))


def write(seed: int, messages: int, last_day: date) -> Story:
    """A story of about `messages` messages that ends on `last_day`."""
    random = Random(seed)
    people = crowd(max(30, round(messages * 0.66)), random)
    writer = _Writer(book(), random, people, messages / FULL, last_day - timedelta(days=DAYS - 1))
    said = sorted(writer.all(), key=lambda m: (m.at, m.external_id))
    return Story(writer.first_day, said, book(), seed)


class _Writer:
    def __init__(
        self, pages: dict[str, Any], random: Random, people: list[Person], scale: float, first_day: date
    ) -> None:
        self.book, self.random, self.people, self.scale, self.first_day = (
            pages,
            random,
            people,
            scale,
            first_day,
        )
        self.heard: dict[str, list[Person]] = {}
        self.fresh = iter(people)
        self.number = 0

    def all(self) -> Iterator[Said]:
        for day in range(DAYS):
            for key, issue in self.book["issue"].items():
                yield from self._say(day, key, "issue", issue, self._issue_rate(issue, day))
            for kind in ("everyday", "noise"):
                for key, topic in self.book[kind].items():
                    yield from self._say(day, key, kind, topic, topic["rate"] * self.scale)

    def _issue_rate(self, issue: dict[str, Any], day: int) -> float:
        """Messages a day. A voice or a pattern is planted as an exact number of people on one day."""
        if "people" in issue:
            return float(-issue["people"]) if day == issue["day"] else 0.0
        onset = issue.get("onset", 0)
        rate = issue["since"] if onset <= day <= issue.get("until", DAYS) else issue["before"]
        if day > issue.get("change", DAYS) + 1:
            rate *= 1 - issue["effect"]
        return float(rate * self.scale)

    def _say(self, day: int, key: str, kind: str, topic: dict[str, Any], rate: float) -> Iterator[Said]:
        count = round(-rate) if rate < 0 else _poisson(rate, self.random)
        for _ in range(count):
            person = self._who(key, exact=rate < 0 or bool(topic.get("once")))
            german = person.language == "de" and "de" in topic
            text = self._words(topic["de" if german else "en"], "slots_de" if german else "slots", kind)
            self.number += 1
            yield Said(
                external_id=f"story-{self.number:07d}",
                day=day,
                at=self._moment(day),
                channel=self.random.choice(topic["channels"]),
                person=person,
                text=text,
                matter=key,
                kind=kind,
            )

    def _who(self, key: str, *, exact: bool) -> Person:
        """Mostly somebody new to the matter; now and then somebody who says it again."""
        heard = self.heard.setdefault(key, [])
        if heard and not exact and self.random.random() < AGAIN:
            return self.random.choice(heard)
        person = next(self.fresh, None) or self.random.choice(self.people)
        heard.append(person)
        return person

    def _words(self, templates: list[str], slots: str, kind: str) -> str:
        words = {name: self.random.choice(choice) for name, choice in self.book[slots].items()}
        text = self.random.choice(templates).format(**words)
        if kind == "noise" or slots == "slots_de":
            return text
        opening, closing = self.random.choice(OPENINGS), self.random.choice(CLOSINGS)
        start = (
            text[0].lower() + text[1:] if opening and not text.startswith("I ") and text[1] != " " else text
        )
        return f"{opening}{start}{closing}" if len(text) < 140 else text

    def _moment(self, day: int) -> datetime:
        from datetime import UTC

        minute = int(self.random.triangular(7 * 60, 22 * 60, 12 * 60))
        return datetime.combine(
            self.first_day + timedelta(days=day),
            time(minute // 60, minute % 60, self.random.randrange(60)),
            UTC,
        )


def _poisson(rate: float, random: Random) -> int:
    """Knuth's method; rates here are small."""
    from math import exp

    limit, count, product = exp(-rate), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count


def truth(story: Story) -> dict[str, Any]:
    """What was planted: for tests to compare with what the product found."""
    issues = []
    for key, issue in story.book["issue"].items():
        said = [m for m in story.said if m.kind == "issue" and m.matter == key]
        issues.append(
            {
                "key": key,
                "title": issue["title"],
                "function": issue["function"],
                "praise": bool(issue.get("praise")),
                "onset": _iso(story, issue.get("onset")),
                "change_live": _iso(story, issue.get("change")),
                "effect": issue.get("effect"),
                "declined": _iso(story, issue.get("decline")),
                "messages": [m.external_id for m in said],
                "people": len({m.person.handle for m in said}),
            }
        )
    return {
        "seed": story.seed,
        "first_day": story.first_day.isoformat(),
        "days": DAYS,
        "messages": len(story.said),
        "not_about_us": [m.external_id for m in story.said if m.kind == "noise"],
        "issues": issues,
        "digest": hashlib.sha256("\n".join(m.text for m in story.said).encode()).hexdigest(),
    }


def _iso(story: Story, day: int | None) -> str | None:
    return (story.first_day + timedelta(days=day)).isoformat() if day is not None else None
