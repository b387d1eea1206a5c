"""What was planted, for tests and benchmarks to compare with what the product found."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from pivotpoint.desk.demo.script import DAYS, Said, Story, rate

PRAISE = "praise"


def truth(story: Story) -> dict[str, Any]:
    """The whole of it, ready for JSON. Days are dates; rates are messages a day, before scaling."""
    return {
        "seed": story.seed,
        "first_day": story.first_day.isoformat(),
        "days": DAYS,
        "messages": len(story.said),
        "people": len({m.person.handle for m in story.said if m.kind != "noise"}),
        "not_about_us": [m.external_id for m in story.said if m.kind == "noise"],
        "issues": [_issue(story, key, issue) for key, issue in story.book["issue"].items()],
        "digest": hashlib.sha256("\n".join(m.text for m in story.said).encode()).hexdigest(),
    }


def _issue(story: Story, key: str, issue: dict[str, Any]) -> dict[str, Any]:
    said = [m for m in story.said if m.kind == "issue" and m.matter == key]
    return {
        "key": key,
        "title": issue["title"],
        "function": issue["function"],
        "kind": issue.get("kind", "complaint"),
        "onset": _day(story, issue.get("onset")),
        "changes": [_change(story, key, issue, number) for number in range(len(issue.get("changes", ())))],
        "declined": _day(story, issue.get("decline")),
        "messages": [m.external_id for m in said],
        "also_in": [m.external_id for m in story.said if m.also == key],
        "people": len({m.person.handle for m in said}),
        "names": len({_name_on(m) for m in said}),
    }


def _name_on(message: Said) -> tuple[str, str]:
    """As whom this person is known there: who posts under another name is somebody else to the product."""
    person = message.person
    if message.channel == "social":
        return "social", person.social
    return ("review", person.pen_name) if message.channel == "review" else ("", person.email)


def _change(story: Story, key: str, issue: dict[str, Any], number: int) -> dict[str, Any]:
    planted = issue["changes"][number]
    live = planted["live"]
    return {
        "title": story.book["work"][key]["done"][number]["title"],
        "live": _day(story, live),
        "effect": planted["effect"],
        "helped": planted["helped"],
        "rate_before": rate(issue, live),
        "rate_after": rate(issue, live + 2),
    }


def _day(story: Story, day: int | None) -> str | None:
    return (story.first_day + timedelta(days=day)).isoformat() if day is not None else None
