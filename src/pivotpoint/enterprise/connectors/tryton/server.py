"""Tryton's REST interface: search, create, press a button. Says of each failure whether a person must act."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call
from pivotpoint.pivot.models import Destination

SECONDS = 8.0
"""Most that one call may take."""
BUDGET = 60.0
"""Most that all calls of one attempt may take together: less than a worker's claim lasts (deliver.LEASE)."""
LIMIT = 1024 * 1024
NEVER = (400, 401, 403, 404, 405, 413, 415, 422)

Domain = Sequence[Any]
Row = dict[str, Any]


class Refused(MappingError):
    """Tryton understood and said no; the message is its own sentence."""


class Server:
    """One destination's Tryton for one attempt."""

    def __init__(self, destination: Destination) -> None:
        config = destination.config
        self.url = str(config.get("url", "")).strip().rstrip("/")
        self.database = str(config.get("database", "")).strip()
        if not self.url or not self.database:
            raise MappingError("The address or the database of Tryton is not given.")
        self.key = _key(destination)
        self.until = time.monotonic() + BUDGET
        self.context: Row = {}

    def search(
        self, model: str, domain: Domain, fields: Sequence[str], order: Domain = (), size: int = 200
    ) -> list[Row]:
        """At most `size` records, the oldest first unless `order` says otherwise."""
        asked = [("d", _packed(domain)), ("o", _packed(order or [["id", "ASC"]])), ("s", str(size))]
        found = self._call("GET", f"{model}?{urlencode([*asked, *(('f', field) for field in fields)])}")
        if not isinstance(found, list):
            raise TransientError("It answered with something that is no list of records.")
        return found

    def create(self, model: str, values: Mapping[str, Any]) -> int:
        made = self._call("POST", model, values)
        if not isinstance(made, dict) or "id" not in made:
            raise MappingError(f"The key may create a {model} but not read it.")
        return int(made["id"])

    def press(self, model: str, record: int, button: str) -> None:
        """A button of the record's form."""
        self._call("POST", f"{model}/{record}/{button}", {})

    def write(self, model: str, record: int, values: Mapping[str, Any]) -> None:
        self._call("PUT", f"{model}/{record}", values)

    def delete(self, model: str, record: int) -> None:
        self._call("DELETE", f"{model}/{record}")

    def link(self, model: str, record: int) -> str:
        """Where people see the record: the address of Tryton's web client."""
        return f"{self.url}/#{self.database}/model/{model}/{record}"

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        left = min(SECONDS, self.until - time.monotonic())
        if left <= 0:
            raise TransientError("Tryton is too slow: all its answers together took a minute.")
        headers = {"Authorization": f"Bearer {self.key}", "X-Tryton-Context": _packed(self.context)}
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        if content:
            headers["Content-Type"] = "application/json"
        url = f"{self.url}/{quote(self.database, safe='')}/rest/model/{path}"
        try:
            answer = call(method, url, headers=headers, content=content, seconds=left, limit=LIMIT)
        except Forbidden as error:
            raise MappingError(str(error)) from error
        except Unreachable as error:
            raise TransientError(str(error)) from error
        if not answer.ok:
            raise _failure(answer, self.database)
        return answer.json()


def _key(destination: Destination) -> str:
    try:
        key = str(destination.secret)
    except SecretUnreadable as error:
        raise MappingError(str(error)) from error
    if not key:
        raise MappingError("It has no application key yet; enter one.")
    return key


def _packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _failure(answer: Answer, database: str) -> MappingError | TransientError:
    said = answer.json()
    message = str(said.get("message") or "") if isinstance(said, dict) else ""
    facts: dict[str, Any] = {"status": str(answer.status), "response": answer.text[:2000]}
    if answer.status == 400 and message:
        return Refused(f"Tryton refuses: {message}", **facts)
    if answer.status == 401:
        return MappingError("Tryton does not take this application key.", **facts)
    if answer.status == 403:
        return MappingError("The user of this application key has no right to do that in Tryton.", **facts)
    if answer.status == 404:
        return MappingError(f"Tryton has no database “{database}”, or the record is gone.", **facts)
    if answer.status in NEVER:
        return MappingError(f"It answered {answer.status}.", **facts)
    return TransientError(f"It answered {answer.status}.", **facts)
