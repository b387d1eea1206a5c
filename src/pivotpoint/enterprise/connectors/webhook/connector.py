"""POST the payload, signed; webhook-id is the hand-off's key."""

from __future__ import annotations

import json

import orjson

from pivotpoint.enterprise.connectors.contract import MappingError, Sent
from pivotpoint.enterprise.connectors.exchange import link
from pivotpoint.enterprise.connectors.signed import post
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.lib.http import Answer
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "Signed webhook"
CONFIG = {"url": "Address that takes the hand-off"}
SIGNED = True
KEY = ""
FORGETS = True


def check(destination: Destination) -> None:
    """A signed ping, which a receiver answers with 2xx and otherwise ignores."""
    _secrets(destination)
    body = json.dumps({"type": "ping"}).encode()
    _post(destination, f"ping-{destination.pk}-{int(clock.now().timestamp())}", body)


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    body = orjson.dumps(handoff.payload, option=orjson.OPT_SORT_KEYS)
    answer = _post(destination, handoff.key, body)
    said = answer.json()
    said = said if isinstance(said, dict) else {}
    return Sent(
        str(said.get("reference") or "")[:200],
        link(said.get("url")),
        str(answer.status),
        answer.text[:2000],
    )


def _post(destination: Destination, key: str, body: bytes) -> Answer:
    return post(str(destination.config.get("url", "")), _secrets(destination), key, body)


def _secrets(destination: Destination) -> list[str]:
    try:
        secrets = destination.secrets()
    except SecretUnreadable as error:
        raise MappingError(str(error)) from error
    if not secrets:
        raise MappingError("It has no secret yet; make one and give it to the receiver.")
    return secrets
