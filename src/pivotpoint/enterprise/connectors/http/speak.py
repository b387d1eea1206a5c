"""One request to the other side and its answer, both as they can be shown to a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.enterprise.connectors.http.mapping import Call, Plan, Words, filled
from pivotpoint.enterprise.connectors.reply import patience
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call
from pivotpoint.pivot.models import Destination

SECONDS = 6.0
LIMIT = 4 * 1024 * 1024
NEVER = (400, 401, 403, 404, 405, 409, 410, 413, 415, 422)
HIDDEN = "•••"


@dataclass(frozen=True)
class Request:
    """Ready to go; `shown` has the same headers without the key."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    def shown(self, secret: str) -> str:
        """As people read it. The key is hidden, also where it is part of a Basic word."""
        kept = {
            name: HIDDEN if name.lower() == "authorization" or (secret and secret in value) else value
            for name, value in self.headers.items()
        }
        lines = [f"{self.method} {self.url}", *(f"{name}: {value}" for name, value in kept.items())]
        return "\n".join([*lines, "", readable(self.body.decode())]).strip()


def readable(text: str) -> str:
    """JSON line by line; anything else as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text


def key(destination: Destination) -> str:
    """Theirs; some systems need none."""
    try:
        return str(destination.secret)
    except SecretUnreadable as error:
        raise MappingError(str(error)) from error


def request(destination: Destination, plan: Plan, asked: Call, facts: Mapping[str, Any]) -> Request:
    words = Words(destination, plan, key(destination), facts)
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
    """The answer, when it is a good one. MappingError and TransientError say who must act."""
    try:
        answer = call(
            asked.method, asked.url, headers=asked.headers, content=asked.body, seconds=SECONDS, limit=LIMIT
        )
    except Forbidden as error:
        raise MappingError(str(error)) from error
    except Unreachable as error:
        raise TransientError(str(error)) from error
    if answer.ok:
        return answer
    facts: dict[str, Any] = {"status": str(answer.status), "response": answer.text[:2000]}
    if answer.status == 429 or (answer.status == 403 and _too_much(answer)):
        raise TransientError("It asks for patience.", wait=max(60.0, patience(answer)), **facts)
    if answer.status in NEVER:
        raise MappingError(f"It answered {answer.status}{_said(answer)}.", **facts)
    raise TransientError(f"It answered {answer.status}.", wait=patience(answer), **facts)


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
