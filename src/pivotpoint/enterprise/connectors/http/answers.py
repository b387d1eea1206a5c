"""Incoming calls of the other side: check the signature, find the record and derive the answer."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pivotpoint.channels.examine import clean
from pivotpoint.enterprise.connectors.contract import Heard, MappingError, NotTheirs
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.enterprise.connectors.http.mapping import Incoming, Plan, filled
from pivotpoint.enterprise.connectors.outcomes import Outcome
from pivotpoint.lib.crypto import derived
from pivotpoint.pivot.models import Destination, Handoff


def secret(destination: Destination) -> str:
    """The secret with which they sign their answers. It is derived from our secret key and stored nowhere."""
    return derived(f"answers of destination {destination.pk}")


def heard(
    handoff: Handoff, record: str, plan: Plan, row: Mapping[str, Any], outcomes: Sequence[Outcome]
) -> Heard:
    """The record's state, and the first outcome whose conditions it meets, if any."""
    words = {"label": plan.label, **row}
    for each in outcomes:
        if each.holds(row):
            note = str(filled(each.note, lambda path: dotted(words, path)))
            return Heard(handoff, record, _shown(row, plan), each.outcome, note)
    return Heard(handoff, record, _shown(row, plan))


def _shown(row: Mapping[str, Any], plan: Plan) -> str:
    try:
        return clean(str(dotted(row, plan.shown)))[:60] if plan.shown else ""
    except LookupError:
        return ""


def understand(plan: Plan, destination: Destination, body: bytes, headers: Mapping[str, str]) -> Heard | None:
    """What the body says of one of our hand-offs, or None. Raises NotTheirs when the signature does not fit."""
    if plan.answer is None or not _signed(plan.answer, secret(destination), body, headers):
        raise NotTheirs
    try:
        said = json.loads(body)
        row = dotted(said, plan.answer.within) if plan.answer.within else said
        record = clean(str(filled(plan.answer.record, lambda path: dotted(row, path))))
    except (ValueError, LookupError, MappingError):
        return None
    if not isinstance(row, dict):
        return None
    handoff = Handoff.objects.filter(destination=destination, counterpart__record=record).first()
    if handoff is None:
        return None
    own = plan.outcomes if plan.answer.outcomes is None else plan.answer.outcomes
    return heard(handoff, record, plan, row, own)


def _signed(incoming: Incoming, own: str, body: bytes, headers: Mapping[str, str]) -> bool:
    if incoming.signature == "token":
        return hmac.compare_digest(headers.get("x-gitlab-token", "").encode(), own.encode())
    given = headers.get("x-hub-signature-256") or headers.get("x-hub-signature") or ""
    right = "sha256=" + hmac.new(own.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(given.encode(), right.encode())
