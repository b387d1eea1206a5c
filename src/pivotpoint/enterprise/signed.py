"""POST a body signed as Standard Webhooks says: webhook-id is its key, the same at every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.enterprise.connectors.reply import patience
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call

NEVER = (400, 401, 403, 410, 413, 415, 422)
"""Answers that no repetition changes."""
SECONDS = 10.0


def post(url: str, secrets: Sequence[str], key: str, body: bytes) -> Answer:
    """The answer, if it is 2xx; MappingError when a person must change something, TransientError to try again."""
    try:
        answer = call(
            "POST",
            url,
            headers=_signed(secrets, key, body),
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


def _signed(secrets: Sequence[str], key: str, body: bytes) -> dict[str, str]:
    # The package signs real time in UTC; a replayed story must not be refused as too old.
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        # While a new secret takes over, one signature of each: the receiver needs to fit only one.
        "webhook-signature": " ".join(Webhook(secret).sign(key, now, body.decode()) for secret in secrets),
    }
