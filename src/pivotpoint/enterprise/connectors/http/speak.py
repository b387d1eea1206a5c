"""Build and send a request of a mapping. Request and answer can be shown to people without the secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.enterprise.connectors.exchange import evidence, exchange, failure, patience
from pivotpoint.enterprise.connectors.http.mapping import Call, Plan, Words, filled
from pivotpoint.enterprise.connectors.key import readable_key
from pivotpoint.lib.http import Answer
from pivotpoint.pivot.models import Destination

SECONDS = 6.0
LIMIT = 4 * 1024 * 1024
HIDDEN = "•••"


@dataclass(frozen=True)
class Request:
    """A request that is ready to be sent; `shown` writes it without the key."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    def shown(self, secret: str) -> str:
        """The request as text for people. The key is hidden, also inside a Basic credential."""
        kept = {
            name: HIDDEN if name.lower() == "authorization" or (secret and secret in value) else value
            for name, value in self.headers.items()
        }
        lines = [f"{self.method} {self.url}", *(f"{name}: {value}" for name, value in kept.items())]
        return "\n".join([*lines, "", readable(self.body.decode())]).strip()


def readable(text: str) -> str:
    """JSON indented; any other text as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text


def request(destination: Destination, plan: Plan, asked: Call, facts: Mapping[str, Any]) -> Request:
    """What a call of the plan becomes with these facts. MappingError when the API's address is missing."""
    words = Words(destination, plan, readable_key(destination), facts)
    if not words.settings["url"]:
        raise MappingError("The address of its API is not given.")
    headers = {name: str(filled(value, words.header)) for name, value in plan.headers.items()}
    body = b""
    if asked.body is not None:
        body = json.dumps(filled(asked.body, words), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"} | headers
    if asked.method != "GET" and "key" in facts:
        headers["Idempotency-Key"] = str(facts["key"])
    return Request(asked.method, str(filled(asked.address, words.address)), headers, body)


def send(asked: Request) -> Answer:
    """Returns the answer if it is 2xx; raises MappingError when a person must act, TransientError when a retry may
    help."""
    answer = exchange(
        asked.method, asked.url, headers=asked.headers, content=asked.body, seconds=SECONDS, limit=LIMIT
    )
    if answer.ok:
        return answer
    if answer.status == 429 or (answer.status == 403 and _too_much(answer)):
        raise TransientError("It asks for patience.", wait=max(60.0, patience(answer)), **evidence(answer))
    raise failure(answer, said=_said(answer))


def _too_much(answer: Answer) -> bool:
    return "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"


def _said(answer: Answer) -> str:
    """Its own sentence, where trackers put it."""
    said = answer.json()
    if not isinstance(said, dict):
        return ""
    for name in ("message", "error", "errorMessages", "errors"):
        if said.get(name):
            value = said[name]
            return f": {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"[
                :300
            ].rstrip(".")
    return ""
