"""A small Tryton in this process: REST as the real one was seen to answer it, enough for the contract's tests.

The same contract runs against the real server (tests/real), so what is wrong here is found there.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.tryton.matching import holds, picked

KEY = "a key of the fake"
LINKS = {
    "customer": "party.party",
    "party": "party.party",
    "type": "sale.complaint.type",
    "origin_model": "ir.model",
    "supplier": "party.party",
    "company": "company.company",
    "lang": "ir.lang",
}
"""Fields that point to another record, by name: enough here."""
FIELDS = {
    "sale.complaint": "number reference date customer company type origin description actions state",
    "quality.inspection": "number reference company control origin points alerts state",
    "party.party": "name code contact_mechanisms lang",
    "ir.note": "resource message",
}
BUTTONS = {
    ("sale.complaint", "wait"): ("draft", "waiting"),
    ("sale.complaint", "draft"): ("waiting", "draft"),
    ("sale.complaint", "approve"): ("waiting", "done"),
    ("sale.complaint", "reject"): ("waiting", "rejected"),
    ("sale.complaint", "cancel"): ("draft", "cancelled"),
    ("account.invoice", "post"): ("draft", "posted"),
    ("quality.inspection", "process"): ("pending", "failed"),
    ("quality.alert", "process"): ("open", "processing"),
    ("quality.alert", "resolve"): ("processing", "resolved"),
}
FIRST_STATE = {"sale.complaint": "draft", "quality.inspection": "pending"}


class No(Exception):
    """An answer that is no yes."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Fake:
    """Tables of rows, and what people do with them there: `find`, `on`, `create` as tests.tryton.rpc.Tryton has them."""

    database, key = "tryton", KEY

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.tables: dict[str, dict[int, dict[str, Any]]] = {}
        self.url = ""
        self.facts: dict[str, Any] = {}
        self._seed()

    def _seed(self) -> None:
        self.create("company.company", rec_name="Fjordhus")
        for code in ("en", "de"):
            self.create("ir.lang", code=code)
        for name, model in (("Sale", "sale.sale"), ("Invoice", "account.invoice")):
            self.create("sale.complaint.type", name=name, origin={"name": model})
        mail = [["create", [{"type": "email", "value": "Hanne@home.example"}]]]
        hanne = self.create("party.party", name="Hanne Vos-Abara", code="2", contact_mechanisms=mail)
        own = {"state": "posted", "type": "out", "company": 1, "invoice_date": "2026-01-01"}
        bill = self.create("account.invoice", party=hanne, number="1", **own)
        supplier = self.create("party.party", name="Pump Works", code="3")
        self.create("stock.shipment.in", supplier=supplier, state="received", company=1)
        self.create("quality.control", name="What customers report")
        self.tables |= {"sale.complaint": {}, "quality.inspection": {}, "quality.alert": {}, "ir.note": {}}
        self.facts = {"hanne": hanne, "invoice": bill, "supplier": supplier}

    def create(self, model: str, **values: Any) -> int:
        with self.lock:
            unknown = [name for name in values if name not in FIELDS.get(model, name).split()]
            if unknown:
                raise No(500, repr(unknown[0]))
            table = self.tables.setdefault(model, {})
            if model == "party.party" and any(row["code"] == values["code"] for row in table.values()):
                raise No(400, "The code on party must be unique.")
            pk = max(table, default=0) + 1
            row = {"id": pk, "number": str(pk), "rec_name": str(pk), "state": FIRST_STATE.get(model, "")}
            table[pk] = row | values
            for name in ("contact_mechanisms", "actions", "alerts"):
                created = values.get(name) or [["create", []]]
                table[pk][name] = [{"id": n, **each} for n, each in enumerate(created[0][1], 1)]
            return pk

    def find(self, model: str, *domain: Any, fields: tuple[str, ...] = ("id",)) -> list[dict[str, Any]]:
        with self.lock:
            if model not in self.tables:
                raise No(500, repr(model))
            rows = self.tables.get(model, {}).values()
            return [picked(self, row, fields) for row in rows if holds(self, row, list(domain))]

    def bill(self, email: str) -> int:
        """A posted invoice of a new party with this address."""
        mail = [["create", [{"type": "email", "value": email}]]]
        party = self.create("party.party", name="Somebody", code=email, contact_mechanisms=mail)
        own = {"state": "posted", "type": "out", "company": 1, "invoice_date": "2026-01-02"}
        return self.create("account.invoice", party=party, **own)

    def credit_note(self, complaint: int) -> int:
        return int(self.tables["sale.complaint"][complaint]["actions"][0]["result"].split(",")[1])

    def settle_credit(self, bill: int, note: int) -> None:
        for pk in (bill, note):
            self.tables["account.invoice"][pk]["state"] = "paid"

    def inspect(self, inspection: int) -> list[Any]:
        """It fails; its alert is worked on; its alert is resolved."""

        def alert(button: str) -> None:
            found = self.find("quality.alert", ["origin", "=", f"quality.inspection,{inspection}"])
            self.on("quality.alert", button, [row["id"] for row in found])

        return [
            lambda: self.on("quality.inspection", "process", [inspection]),
            lambda: alert("process"),
            lambda: alert("resolve"),
        ]

    def linked(self, name: str, value: Any) -> Any:
        """The row that a field points to."""
        if isinstance(value, int) and name in LINKS:
            return self.tables[LINKS[name]][value]
        return value

    def on(self, model: str, button: str, ids: list[int], *more: Any) -> None:
        with self.lock:
            for pk in ids:
                row = self.tables[model].get(pk)
                if row is None:
                    raise No(404)
                self._pressed(model, button, row, *more)

    def _pressed(self, model: str, button: str, row: dict[str, Any], *more: Any) -> None:
        if button == "write":
            if "description" in more[0] and row["state"] != "draft":
                raise No(400, 'You are not allowed to modify the field "Description" of "Sale Complaint".')
            if "message" in more[0]:
                raise No(400, f'You are not allowed to modify the field "Message" in record "({row["id"]})".')
            row.update(*more)
        elif button == "delete":
            if row["state"] not in ("", "draft", "pending"):
                raise No(400, f'To delete complaint "{row["number"]}" you must reset it to draft state.')
            del self.tables[model][row["id"]]
        else:
            was, then = BUTTONS[model, button]
            if row["state"] != was:
                raise No(400, f'You can not call "{button}" on "{row["number"]}" of "Sale Complaint".')
            row["state"] = then
            self._follow(model, then, row)

    def _follow(self, model: str, state: str, row: dict[str, Any]) -> None:
        if (model, state) == ("sale.complaint", "done"):
            for action in row["actions"]:
                note = self.create("account.invoice", party=row["customer"], state="draft", type="out")
                action["result"] = f"account.invoice,{note}"
        if (model, state) == ("quality.inspection", "failed"):
            alert = self.create("quality.alert", state="open", origin=f"quality.inspection,{row['id']}")
            row["alerts"] = [self.tables["quality.alert"][alert]]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def _answered(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        try:
            status, said = 200, self._said(body)
        except No as no:
            status, said = no.status, {"status": no.status, "message": str(no), "description": ""}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    do_GET = do_POST = do_PUT = do_DELETE = _answered  # noqa: N815 the names that http.server calls

    def _said(self, body: dict[str, Any]) -> Any:
        fake, parts = self.server.fake, urlsplit(self.path)
        database, _, _, model, *rest = unquote(parts.path).strip("/").split("/")
        if database != fake.database:
            raise No(404)
        if self.headers.get("Authorization") != f"Bearer {fake.key}":
            raise No(401)
        if self.command == "GET":
            return _searched(fake, model, parse_qs(parts.query))
        if not rest:
            return {"id": fake.create(model, **body), "__name__": model}
        verb = {"PUT": "write", "DELETE": "delete"}.get(self.command) or rest[1]
        fake.on(model, verb, [int(rest[0])], *([body] if verb == "write" else []))
        return {"id": int(rest[0]), "__name__": model}


def _searched(fake: Fake, model: str, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
    domain, order = (json.loads(base64.urlsafe_b64decode(asked[name][0])) for name in ("d", "o"))
    known = FIELDS.get(model)
    unknown = [f for f in asked["f"] if known and f.split(".")[0] not in f"id rec_name {known}".split()]
    if unknown:
        raise No(500, repr(unknown[0]))
    rows = fake.find(model, *domain, fields=tuple(asked["f"]))
    down = bool(order) and order[-1][1] == "DESC"
    rows.sort(key=lambda row: row["id"], reverse=down)
    return rows[: int(asked["s"][0])]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    fake: Fake

    def handle_error(self, *_: Any) -> None:
        """A client that gives up is what we test."""


@contextmanager
def running() -> Iterator[Fake]:
    """A fake on a free port of the loopback."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.fake = Fake()
    server.fake.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        server.server_close()
