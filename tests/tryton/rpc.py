"""Tryton's JSON-RPC, as much as its administrator needs to prepare a company and to do there what people do."""

from __future__ import annotations

import base64
import json
import urllib.request
from datetime import date
from decimal import Decimal
from typing import Any


class Refusal(Exception):
    """What Tryton said no to."""


class Tryton:
    """Signed in as the administrator. Standard library only, so that a seed needs no environment of its own."""

    def __init__(self, url: str, database: str, password: str) -> None:
        self.address = f"{url}/{database}/rpc/"
        self.headers = {"Content-Type": "application/json"}
        user, token, _ = self.call("common.db.login", "admin", {"password": password}, "en")
        session = base64.b64encode(f"admin:{user}:{token}".encode()).decode()
        self.headers["Authorization"] = f"Session {session}"
        self.user = user
        self.refresh()

    def refresh(self) -> None:
        """Read the context anew: the company that the user works for."""
        self.context = self.call("model.res.user.get_preferences", True, {})

    def call(self, method: str, *params: Any) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=_typed).encode()
        request = urllib.request.Request(self.address, body, self.headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            said = json.load(answer, object_hook=_plain)
        if said.get("error"):
            raise Refusal(said["error"])
        return said["result"]

    def on(self, model: str, method: str, *params: Any, **context: Any) -> Any:
        return self.call(f"model.{model}.{method}", *params, self.context | context)

    def create(self, model: str, **values: Any) -> int:
        return int(self.on(model, "create", [values])[0])

    def find(self, model: str, *domain: Any, fields: tuple[str, ...] = ("id",)) -> list[dict[str, Any]]:
        rows = self.on(model, "search_read", list(domain), 0, None, [["id", "ASC"]], list(fields))
        return list(rows)

    def first(self, model: str, *domain: Any) -> int:
        return int(self.find(model, *domain)[0]["id"])

    def wizard(self, name: str, *steps: tuple[str, dict[str, Any]], **context: Any) -> None:
        """Walk through a wizard: each step is the state to go to, with what all forms say by then."""
        context = self.context | context
        session, *_ = self.call(f"wizard.{name}.create", context)
        for state, forms in steps:
            self.call(f"wizard.{name}.execute", session, forms, state, context)
        self.call(f"wizard.{name}.delete", session, context)


def _typed(value: Any) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    raise TypeError(f"{value!r} has no form in JSON-RPC.")


def _plain(found: dict[str, Any]) -> Any:
    return Decimal(found["decimal"]) if found.get("__class__") == "Decimal" else found
