"""What a mapping can be filled from before a request, and what it reads from the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from pivotpoint.enterprise.connectors.contract import MappingError, Sent
from pivotpoint.enterprise.connectors.exchange import link
from pivotpoint.enterprise.connectors.http.mapping import Plan, Words, filled
from pivotpoint.pivot.models import Destination


def facts_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the words of a mapping may be: the payload, its text, the hand-off's key."""
    due = parse_datetime(payload["loop"]["due_at"])
    text = render_to_string("enterprise/record.txt", {**payload, "due": due}).strip()
    return {**payload, "text": text, "key": payload["handoff"]}


def sent(plan: Plan, destination: Destination, row: Any, status: str, response: str) -> Sent:
    """What it has become, as `found` reads the answer."""
    try:
        words = Words(destination, plan, "", row)
        found = {name: str(filled(text, words)) for name, text in plan.found.items()}
    except MappingError as error:
        raise MappingError(
            f"It took it, but {error}".replace("a hand-off", "its answer"), response=response
        ) from error
    record = found.get("record", "")[:120]
    reference = found.get("reference") or (f"{plan.label} {record}" if record else "")
    return Sent(reference[:200], link(found.get("link")), status, response, record)


SAMPLE: dict[str, Any] = {
    "schema": "pivotpoint.handoff/1",
    "type": "loop.handed_over",
    "handoff": "loop-0-0-test",
    "loop": {
        "id": 0,
        "stage": "handed_over",
        "owner": "Somebody who owns it",
        "team": "service",
        "due_at": "2030-01-01T09:00:00+00:00",
        "reopened": 0,
        "reason": "This is a test from Pivotpoint.",
        "url": "https://example.com/loops/0/",
    },
    "pivot": {"id": 0, "name": "Test", "process": "Test"},
    "insight": {
        "id": 0,
        "title": "A test from Pivotpoint",
        "people": 3,
        "messages": 4,
        "rung": "trend",
        "severity": 2,
        "severity_why": "",
        "function": "service",
        "negative_share": 0.5,
        "keywords": ["test"],
        "first_seen": "2030-01-01T09:00:00+00:00",
        "onset": None,
        "quotes": [],
        "url": "https://example.com/insights/0/",
    },
    "answer_url": "",
}
"""Nobody's words: for a test that leaves the house."""
