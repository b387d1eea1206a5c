"""POST the payload, signed as Standard Webhooks says: webhook-id is the hand-off's key, the same at every attempt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from pivotpoint.enterprise.connectors.contract import MappingError, Sent, TransientError
from pivotpoint.enterprise.connectors.reply import link, patience
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "Signed webhook"
CONFIG = {"url": "Address that takes the hand-off"}
SIGNED = True
KEY = ""
FORGETS = True

NEVER = (400, 401, 403, 410, 413, 415, 422)
"""Answers that no repetition changes."""
SECONDS = 10.0


def check(destination: Destination) -> None:
    """A signed ping, which a receiver answers with 2xx and otherwise ignores."""
    _secrets(destination)
    body = json.dumps({"type": "ping"}).encode()
    _post(destination, f"ping-{destination.pk}-{int(clock.now().timestamp())}", body)


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    body = json.dumps(handoff.payload, ensure_ascii=False, sort_keys=True).encode()
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
    url = str(destination.config.get("url", ""))
    try:
        answer = call(
            "POST",
            url,
            headers=_signed(destination, key, body),
            content=body,
            seconds=SECONDS,
            limit=64 * 1024,
        )
    except Forbidden as error:
        raise MappingError(str(error)) from error
    except Unreachable as error:
        raise TransientError(str(error)) from error
    if answer.ok:
        return answer
    facts: dict[str, Any] = {"status": str(answer.status), "response": answer.text[:2000]}
    if answer.status in NEVER:
        raise MappingError(f"It answered {answer.status}.", **facts)
    raise TransientError(f"It answered {answer.status}.", wait=patience(answer), **facts)


def _signed(destination: Destination, key: str, body: bytes) -> dict[str, str]:
    # The package signs real time in UTC; a replayed story must not be refused as too old.
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        # While a new secret takes over, one signature of each: the receiver needs to fit only one.
        "webhook-signature": " ".join(
            Webhook(secret).sign(key, now, body.decode()) for secret in _secrets(destination)
        ),
    }


def _secrets(destination: Destination) -> list[str]:
    try:
        secrets = destination.secrets()
    except SecretUnreadable as error:
        raise MappingError(str(error)) from error
    if not secrets:
        raise MappingError("It has no secret yet; make one and give it to the receiver.")
    return secrets
