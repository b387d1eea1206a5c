"""What customers say on each of the ninety days. Pure: the same seed gives the same story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any

from pivotpoint.desk.demo.book import book
from pivotpoint.desk.demo.people import Person, crowd, stranger
from pivotpoint.desk.demo.voice import Voice
from textanalytics.duplicates import copy_marks

DAYS = 90
AGAIN = 0.18
"""Share of messages from somebody who has said it before."""
TWO_MATTERS = 0.08
"""Share of messages about an issue, on our own forms, that bring up another matter as well."""
OFTEN = ("refund_missing", "parcel_claimed", "hotline")
"""What people bring up besides."""
REWORDED = 20
"""Tries at words of one's own."""
WEEK = (1.2, 1.1, 1.05, 1.05, 1.0, 0.85, 0.75)
"""Monday to Sunday."""


@dataclass(frozen=True)
class Said:
    """One message of the story, with the truth about it: `matter` is an issue's or everyday topic's key.

    `kind` is issue, everyday or noise; `also` is a second matter in the same message.
    """

    external_id: str
    day: int
    at: datetime
    channel: str
    person: Person
    text: str
    matter: str
    kind: str
    also: str = ""


@dataclass
class Story:
    """All messages in order of time; `asked` is how many there should be, about."""

    first_day: date
    said: list[Said]
    book: dict[str, Any]
    seed: int
    asked: int
    per_day: dict[int, list[Said]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for message in self.said:
            self.per_day.setdefault(message.day, []).append(message)

    def day(self, number: int) -> datetime:
        """Midnight at the beginning of that day, UTC."""
        return datetime.combine(self.first_day + timedelta(days=number), time(), UTC)


def write(seed: int, messages: int, last_day: date) -> Story:
    """A story of about `messages` messages that ends on `last_day`."""
    random = Random(seed)
    people = crowd(max(30, round(messages * 0.66)), random)
    writer = _Writer(
        book(), random, people, messages / _expected(book()), last_day - timedelta(days=DAYS - 1)
    )
    said = sorted(writer.all(), key=lambda m: (m.at, m.external_id))
    return Story(writer.first_day, said, book(), seed, messages)


def rate(topic: dict[str, Any], day: int) -> float:
    """Messages a day about an issue, before scaling; a change lets some of them stop, or makes it worse."""
    if "people" in topic:
        return 0.0
    if "rate" in topic:
        return float(topic["rate"])
    onset = topic.get("onset", 0)
    now = topic["since"] if onset <= day <= topic.get("until", DAYS) else topic["before"]
    live = [change for change in topic.get("changes", ()) if day > change["live"] + 1]
    return float(now * (1 - live[-1]["effect"]) if live else now)


def _expected(pages: dict[str, Any]) -> float:
    """Messages that the book's rates come to."""
    topics = [topic for kind in ("issue", "everyday", "noise") for topic in pages[kind].values()]
    return sum(rate(topic, day) for topic in topics for day in range(DAYS))


class _Writer:
    def __init__(
        self, pages: dict[str, Any], random: Random, people: list[Person], scale: float, first_day: date
    ) -> None:
        self.book, self.random, self.people, self.scale = pages, random, people, scale
        self.first_day = first_day
        self.voice, self.rewording = Voice(pages, random), Voice(pages, Random(len(people)))
        self.worded: dict[int, Person] = {}
        self.heard: dict[str, list[Person]] = {}
        self.fresh = iter(people)
        self.number = 0

    def all(self) -> Iterator[Said]:
        for day in range(DAYS):
            rhythm = self.scale * WEEK[(self.first_day + timedelta(days=day)).weekday()]
            for kind in ("issue", "everyday", "noise"):
                for key, topic in self.book[kind].items():
                    # A voice or a pattern is planted as an exact number of people on one day.
                    exact = topic.get("people", 0) if topic.get("day") == day else 0
                    count = exact or _poisson(rate(topic, day) * rhythm, self.random)
                    for _ in range(count):
                        yield self._message(day, key, kind, topic, exact=bool(exact))

    def _message(self, day: int, key: str, kind: str, topic: dict[str, Any], *, exact: bool) -> Said:
        once = exact or bool(topic.get("once"))
        person = stranger(self.random) if topic.get("strangers") else self._who(key, once=once)
        channel = self.random.choice(topic["channels"])
        core = self._core(topic, day)
        if kind == "noise":
            text, also = self.voice.plain(core), ""
        else:
            text, also = self._own_words(topic, channel, person, core), ""
            if kind == "issue" and not exact and channel in ("form", "portal", "app"):
                text, also = self._two(text, key)
        self.number += 1
        name = f"story-{self.number:07d}"
        return Said(name, day, self._moment(day), channel, person, text, key, kind, also)

    def _own_words(self, topic: dict[str, Any], channel: str, person: Person, core: list[str]) -> str:
        """No two people find the same dozen words by chance; the book's few sentences would have them do so."""
        text = self.voice.say(topic, channel, person, core)
        for _ in range(REWORDED):
            marks = [mark for mark in copy_marks(text) if mark]
            if all(self.worded.setdefault(mark, person) is person for mark in marks):
                break
            text = self.rewording.say(topic, channel, person, core)
        return text

    def _core(self, topic: dict[str, Any], day: int) -> list[str]:
        """What people say of it changes when the first change made it another matter."""
        changes = topic.get("changes", [])
        if "late" in topic and changes and day > changes[0]["live"] + 1 and self.random.random() < 0.5:
            return list(topic["late"])
        return list(topic["en"])

    def _two(self, text: str, key: str) -> tuple[str, str]:
        """Now and then a second matter that bothers people as well."""
        if self.random.random() >= TWO_MATTERS:
            return text, ""
        other = self.random.choice([each for each in OFTEN if each != key])
        return self.voice.also(text, self.book["issue"][other]), other

    def _who(self, key: str, *, once: bool) -> Person:
        """Mostly somebody new to the matter; now and then somebody who says it again."""
        heard = self.heard.setdefault(key, [])
        if heard and not once and self.random.random() < AGAIN:
            return self.random.choice(heard)
        person = self._new(heard)
        heard.append(person)
        return person

    def _new(self, heard: list[Person]) -> Person:
        """Half of them have never written before; the others have written about something else."""
        fresh = next(self.fresh, None) if self.random.random() < 0.5 else None
        if fresh is not None:
            return fresh
        known = [self.random.choice(self.people) for _ in range(4)]
        return next((person for person in known if person not in heard), known[0])

    def _moment(self, day: int) -> datetime:
        minute = int(self.random.triangular(7 * 60, 22 * 60, 12 * 60))
        clock = time(minute // 60, minute % 60, self.random.randrange(60))
        return datetime.combine(self.first_day + timedelta(days=day), clock, UTC)


def _poisson(mean: float, random: Random) -> int:
    """Knuth's method; means here are small."""
    limit, count, product = exp(-mean), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count
