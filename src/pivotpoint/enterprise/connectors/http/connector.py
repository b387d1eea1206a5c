"""A record in any HTTP system for each hand-off: an issue, a ticket, an order, as the mapping says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pivotpoint.enterprise.connectors.contract import Heard, MappingError, Rehearsal, Sent, There
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.enterprise.connectors.http import answers, rehearsal, speak
from pivotpoint.enterprise.connectors.http.facts import SAMPLE, facts_of, sent
from pivotpoint.enterprise.connectors.http.mapping import Plan, mapping_of
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.pivot.models import Destination, Handoff
from pivotpoint.pivot.payload import ERASED

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
FORGETS = True

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
    """Make the record. If an earlier attempt may have arrived, look for its record first."""
    plan = mapping_of(destination.config)
    if handoff.payload.get("type") == ERASED:
        return _forget(plan, destination, handoff)
    facts = facts_of(handoff.payload)
    known = Counterpart.objects.filter(handoff=handoff).first()
    if known:
        return Sent(handoff.external_ref, handoff.external_url, "known", "", known.record)
    row = _look(destination, plan, facts) if handoff.attempts_made > 1 or handoff.attempts.exists() else None
    status, response = "200", "It was there already."
    if row is None:
        answer = speak.send(speak.request(destination, plan, plan.make, facts))
        row, status, response = answer.json(), str(answer.status), answer.text[:2000]
    return sent(plan, destination, row, status, response)


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


def forgets(destination: Destination) -> bool:
    """Whether the mapping says how words are taken out of a record."""
    return mapping_of(destination.config).forget is not None


def _forget(plan: Plan, destination: Destination, handoff: Handoff) -> Sent:
    """Write the text anew, without the words of whoever was erased; our copy has lost them already."""
    first = Handoff.objects.get(key=handoff.payload["handoff"], destination=handoff.destination_id)
    known = Counterpart.objects.filter(handoff=first).first()
    facts = facts_of(first.payload)
    row = None if known or plan.look is None else _look(destination, plan, facts)
    record = known.record if known else sent(plan, destination, row, "", "").record if row else ""
    if not record or plan.forget is None:
        return Sent(status="200", response="There was no record.")
    answer = speak.send(speak.request(destination, plan, plan.forget, facts | {"record": record}))
    return Sent(status=str(answer.status), response=f"{record} was written anew.")


def hear(destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]:
    """Poll each record with one request. Deleted records are left out; a failing one does not hide the others."""
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
            if isinstance(row, dict):
                heard.append(answers.heard(handoff, record, plan, row, plan.outcomes))
        except MappingError as error:
            failed = failed or (None if error.status in ("404", "410") else error)
    if failed and not heard:
        raise failed
    return heard


def find_record(destination: Destination, reference: str) -> There:
    """By what the mapping asks for how a record stands: the number of an issue, the key of a ticket."""
    plan = mapping_of(destination.config)
    if plan.state is None:
        raise MappingError("The mapping cannot ask how a record stands, so none that is there can be taken.")
    said = reference.strip()
    named = said.removeprefix(plan.label).strip().removeprefix("#")
    try:
        answer = speak.send(speak.request(destination, plan, plan.state, {"record": named}))
    except MappingError as error:
        if error.status in ("404", "410"):
            raise MappingError(f"It knows no record as “{said[:80]}”.") from error
        raise
    found = sent(plan, destination, answer.json(), str(answer.status), "")
    return There(found.record, found.external_ref, found.external_url)


def understand(destination: Destination, body: bytes, headers: Mapping[str, str]) -> Heard | None:
    return answers.understand(mapping_of(destination.config), destination, body, headers)


def rehearse(destination: Destination, send: bool) -> Rehearsal:
    return rehearsal.rehearse(destination, mapping_of(destination.config), send=send)
