"""Servers that were started before (bin/test-real); without them these tests are skipped."""

from __future__ import annotations

import imaplib
import json
import os
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.tryton.rpc import Tryton
from tests.tryton.seed import delivery

FACTS = os.environ.get("PIVOTPOINT_TRYTON", "")
SYNAPSE = os.environ.get("PIVOTPOINT_SYNAPSE", "")
DOVECOT = os.environ.get("PIVOTPOINT_DOVECOT", "")
POSTGRES = os.environ.get("PIVOTPOINT_POSTGRES", "")
"""The folder of the PostgreSQL server that the product's tests use, when bin/postgres has started it."""
TOGETHER = FACTS and SYNAPSE
collect_ignore = [
    *([] if FACTS else ["test_tryton.py"]),
    *([] if SYNAPSE else ["test_matrix.py"]),
    *([] if DOVECOT else ["test_replies.py"]),
    *([] if FACTS and POSTGRES else ["test_killed.py"]),
    *([] if TOGETHER else ["test_circle.py"]),
    *([] if os.environ.get("PIVOTPOINT_DASK") else ["test_dask.py"]),
]
WORDS = ("url", "database", "key")


class Real(Tryton):
    """The real server, and what its people do there."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__(facts["url"], facts["database"], facts["password"])
        self.facts = facts
        self.url, self.database, self.key = (str(facts[word]) for word in WORDS)

    def server(self, verb: str) -> None:
        """Take the server down, or bring it up again."""
        subprocess.run([self.facts["command"], verb, self.facts["folder"]], check=True)

    def bill(self, email: str) -> int:
        """A posted invoice of a new party with this address."""
        mail = [["create", [{"type": "email", "value": email}]]]
        address = [["create", [{"city": "Bergen"}]]]
        party = self.create("party.party", name="Somebody", contact_mechanisms=mail, addresses=address)
        own = {"company": self.facts["company"], "currency": self.facts["currency"]}
        line = {"type": "line", "description": "Kettle", "quantity": 1.0, "unit_price": Decimal("20")}
        made = self.create(
            "account.invoice",
            type="out",
            party=party,
            invoice_address=self.first("party.address", ["party", "=", party]),
            account=self.facts["receivable"],
            journal=self.first("account.journal", ["type", "=", "revenue"]),
            payment_term=self.facts["payment_term"],
            invoice_date=date.today(),
            lines=[["create", [line | own | {"account": self.facts["revenue"]}]]],
            **own,
        )
        self.on("account.invoice", "post", [made])
        return made

    def buy(self) -> int:
        """Another purchase from the supplier; its shipment has arrived."""
        return int(delivery(self, self.facts)["shipment"])

    def credit_note(self, complaint: int) -> int:
        (action,) = self.find("sale.complaint.action", ["complaint", "=", complaint], fields=("result",))
        return int(action["result"].split(",")[1])

    def settle_credit(self, bill: int, note: int) -> None:
        """Bookkeeping sets the credit note off against the invoice: both are paid."""
        rows = self.find(
            "account.move.line",
            ["account", "=", self.facts["receivable"]],
            ["move.origin", "in", [f"account.invoice,{bill}", f"account.invoice,{note}"]],
        )
        lines = [row["id"] for row in rows]
        active = {"active_model": "account.move.line", "active_id": lines[0], "active_ids": lines}
        self.wizard("account.move.reconcile_lines", ("start", {}), **active)

    def inspect(self, inspection: int) -> list[Callable[[], None]]:
        """It fails; its alert is worked on; its alert is resolved."""

        def fail() -> None:
            self.on("quality.inspection", "write", [inspection], {"points": {"as_described": False}})
            self.on("quality.inspection", "process", [inspection])

        def alert(button: str) -> None:
            rows = self.find("quality.alert", ["origin", "=", f"quality.inspection,{inspection}"])
            self.on("quality.alert", button, [row["id"] for row in rows])

        return [fail, lambda: alert("process"), lambda: alert("resolve")]


@pytest.fixture(scope="session")
def real_tryton() -> Real:
    return Real(json.loads(Path(FACTS).read_text(encoding="utf-8")))


@pytest.fixture
def erp(real_tryton: Real) -> Real:
    return real_tryton


class Home:
    """The real homeserver, and who may sign in there."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.url, self.tokens, self.facts = str(facts["url"]), dict(facts["tokens"]), facts

    def server(self, verb: str) -> None:
        """Take the server down, or bring it up again."""
        subprocess.run([self.facts["command"], verb, self.facts["folder"]], check=True)


@pytest.fixture
def home() -> Home:
    return Home(json.loads(Path(SYNAPSE).read_text(encoding="utf-8")))


class Post:
    """A new mailbox on the real server."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.port, self.password = int(facts["port"]), str(facts["password"])
        self.user = f"feedback-{uuid.uuid4().hex[:12]}"

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as connection:
            connection.login(self.user, self.password)
            yield connection

    def add(self, raw: bytes, folder: str = "INBOX") -> None:
        """A letter arrives."""
        with self.opened() as connection:
            state, said = connection.append(folder, "", "", raw)
            assert state == "OK", said

    def delete(self, which: str) -> None:
        """Somebody tidies up."""
        with self.opened() as connection:
            connection.select("INBOX")
            connection.store(which, "+FLAGS", r"(\Deleted)")
            connection.expunge()


@pytest.fixture
def post() -> Post:
    return Post(json.loads(Path(DOVECOT).read_text(encoding="utf-8")))
