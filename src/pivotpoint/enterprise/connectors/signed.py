"""POST a body signed as Standard Webhooks says: webhook-id is its key, the same at every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook

from pivotpoint.enterprise.connectors.exchange import exchange, failure
from pivotpoint.lib.http import Answer

NEVER = frozenset({400, 401, 403, 410, 413, 415, 422})
"""Status codes that no repetition changes. Not 404, 405 and 409: a receiver may be on its way up."""
SECONDS = 10.0


def post(url: str, secrets: Sequence[str], key: str, body: bytes) -> Answer:
    """Returns the answer if it is 2xx; raises MappingError when a person must act, TransientError when a retry may
    help."""
    headers = _signed(secrets, key, body)
    answer = exchange("POST", url, headers=headers, content=body, seconds=SECONDS, limit=64 * 1024)
    if not answer.ok:
        raise failure(answer, never=NEVER)
    return answer


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
