"""Tryton's REST interface: search, create, press a button. Says of each failure whether a person must act."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.enterprise.connectors.exchange import Budget, evidence, exchange, failure
from pivotpoint.enterprise.connectors.key import key_of
from pivotpoint.lib.http import Answer
from pivotpoint.pivot.models import Destination

LIMIT = 1024 * 1024
NEVER = frozenset({400, 405, 413, 415, 422})
"""Status codes that no repetition changes, beside those that have a sentence of their own."""

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
        self.key = key_of(destination, "application key")
        self.budget = Budget("Tryton")
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
        left = self.budget.left()
        headers = {"Authorization": f"Bearer {self.key}", "X-Tryton-Context": _packed(self.context)}
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        if content:
            headers["Content-Type"] = "application/json"
        url = f"{self.url}/{quote(self.database, safe='')}/rest/model/{path}"
        answer = exchange(method, url, headers=headers, content=content, seconds=left, limit=LIMIT)
        if not answer.ok:
            raise _failure(answer, self.database)
        return answer.json()


def _packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _failure(answer: Answer, database: str) -> MappingError | TransientError:
    said = answer.json()
    message = str(said.get("message") or "") if isinstance(said, dict) else ""
    facts = evidence(answer)
    if answer.status == 400 and message:
        return Refused(f"Tryton refuses: {message}", **facts)
    if answer.status == 401:
        return MappingError("Tryton does not take this application key.", **facts)
    if answer.status == 403:
        return MappingError("The user of this application key has no right to do that in Tryton.", **facts)
    if answer.status == 404:
        return MappingError(f"Tryton has no database “{database}”, or the record is gone.", **facts)
    return failure(answer, never=NEVER)
