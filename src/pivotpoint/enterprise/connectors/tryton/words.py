"""The words that a mapping may ask for, and the records that it looks up."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.enterprise.connectors.tryton.party import party_of
from pivotpoint.enterprise.connectors.tryton.server import Server
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination, Handoff


class Words:
    """The party is found, or made, only when a mapping asks for it; `whose` is then (customer, record)."""

    def __init__(self, server: Server, destination: Destination, handoff: Handoff | None = None) -> None:
        self.server, self.destination, self.handoff = server, destination, handoff
        self.whose: tuple[int, str] = (0, "")

    def __call__(self, path: str) -> Any:
        if path.startswith("settings."):
            return str(self.destination.config.get(path.removeprefix("settings."), ""))
        own = {"company": self._company, "today": self._today, "party": self._party, "text": self._text}
        if path in own:
            return own[path]()
        if self.handoff is None:
            raise LookupError(path)
        return dotted(self.handoff.payload, path)

    def _company(self) -> int:
        return int(self.server.context["company"])

    def _today(self) -> dict[str, Any]:
        day = clock.today()
        return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}

    def _party(self) -> int:
        return self._party_id

    @cached_property
    def _party_id(self) -> int:
        """Looked up once, though a mapping may ask twice."""
        if self.handoff is None:
            raise LookupError("party")
        named = str(self.destination.config.get("party") or "").strip()
        party, spoke = party_of(self.server, self.handoff.loop.insight, named)
        if spoke is not None:
            self.whose = (spoke.customer_id, f"party.party,{party}")
        return party

    def _text(self) -> str:
        if self.handoff is None:
            raise LookupError("text")
        return text_of(self.handoff)


def text_of(handoff: Handoff) -> str:
    """What whoever opens the record reads."""
    due = parse_datetime(handoff.payload["loop"]["due_at"])
    return render_to_string("enterprise/record.txt", handoff.payload | {"due": due}).strip()


def finder(server: Server) -> Callable[[dict[str, Any]], Any]:
    """The first record of `find` within `where`: its id, or "model,id" for a reference."""

    def find(asked: dict[str, Any]) -> Any:
        rows = server.search(asked["find"], asked.get("where", []), ["rec_name"], asked.get("order", []), 1)
        if rows:
            pk = rows[0]["id"]
            return f"{asked['find']},{pk}" if asked.get("reference") else pk
        if asked.get("optional"):
            return None
        raise MappingError(f"Tryton has not got {asked.get('wanted') or asked['find']}.")

    return find
