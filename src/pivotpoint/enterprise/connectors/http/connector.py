"""A record in any HTTP system for each hand-off: an issue, a ticket, an order, as the mapping says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from pivotpoint.enterprise.connectors.contract import Heard, MappingError, Sent
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.enterprise.connectors.http import answers, speak
from pivotpoint.enterprise.connectors.http.mapping import Plan, Words, filled, mapping_of
from pivotpoint.enterprise.connectors.reply import link
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "Any HTTP system (GitHub, GitLab, Jira, your own)"
CONFIG = {
    "preset": "What it is: github-issues, gitlab-issues or jira-issues (empty: as the mapping says)",
    "url": "Address of its API (empty: the preset's)",
    "project": "Repository or project there",
    "user": "Jira: e-mail address of the account",
    "mapping": "Mapping (JSON; its keys replace those of the preset)",
}
SIGNED = False
KEY = "Token"
FORGETS = False

BATCH = 10
"""Each open record is a question of its own, so fewer of them at once: together they take less than a claim lasts."""
PAUSE = timedelta(minutes=5)
"""Between two rounds: trackers count our questions. What they tell us by themselves comes at once."""


def check(destination: Destination) -> None:
    """The mapping, the words in it, the token, the project. Where nothing can be read without making a record, the
    request is only built."""
    plan = mapping_of(destination.config)
    speak.request(destination, plan, plan.make, facts_of(SAMPLE))
    if plan.check:
        speak.send(speak.request(destination, plan, plan.check, {}))


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """Looks before it makes one, when an earlier attempt may have arrived."""
    plan, facts = mapping_of(destination.config), facts_of(handoff.payload)
    known = Counterpart.objects.filter(handoff=handoff).first()
    if known:
        return Sent(handoff.external_ref, handoff.external_url, "known", "", known.record)
    row = _look(destination, plan, facts) if handoff.attempts_made > 1 or handoff.attempts.exists() else None
    status, response = "200", "It was there already."
    if row is None:
        answer = speak.send(speak.request(destination, plan, plan.make, facts))
        row, status, response = answer.json(), str(answer.status), answer.text[:2000]
    return sent(plan, destination, row, status, response)


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


def _look(destination: Destination, plan: Plan, facts: Mapping[str, Any]) -> Any:
    """The record that carries the hand-off's key, or None."""
    if plan.look is None:
        return None
    said = speak.send(speak.request(destination, plan, plan.look, facts)).json()
    try:
        rows = dotted(said, plan.look.rows) if plan.look.rows else said
    except LookupError:
        rows = []
    carries = re.compile(rf"\b{re.escape(facts['key'])}(?![\w-])")
    for row in rows if isinstance(rows, list) else []:
        try:
            value = dotted(row, plan.look.holds)
        except LookupError:
            continue
        if any(carries.search(str(each)) for each in (value if isinstance(value, list) else [value])):
            return row
    return None


def hear(destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]:
    """One question for each. Who is gone there is not in the list; one that fails does not hide the others."""
    plan = mapping_of(destination.config)
    if plan.state is None:
        return []
    heard, failed = [], None
    for handoff, record in handoffs.items():
        if not record:
            continue
        try:
            asked = speak.request(destination, plan, plan.state, {"record": record})
            row = speak.send(asked).json()
        except MappingError as error:
            failed = failed or (None if error.status in ("404", "410") else error)
            continue
        if isinstance(row, dict):
            heard.append(answers.heard(handoff, record, plan, row, plan.outcomes))
    if failed and not heard:
        raise failed
    return heard


def understand(destination: Destination, body: bytes, headers: Mapping[str, str]) -> Heard | None:
    return answers.understand(mapping_of(destination.config), destination, body, headers)


def facts_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the words of a mapping may be: the payload, its text, the hand-off's key."""
    due = parse_datetime(payload["loop"]["due_at"])
    text = render_to_string("enterprise/record.txt", {**payload, "due": due}).strip()
    return {**payload, "text": text, "key": payload["handoff"]}


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
