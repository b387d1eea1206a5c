"""A record in Tryton for each hand-off: a complaint, a credit note, an inspection, as the mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pivotpoint.enterprise.connectors.contract import Heard, MappingError, Sent, There, TransientError
from pivotpoint.enterprise.connectors.fill import dotted, fill
from pivotpoint.enterprise.connectors.tryton import customers, records
from pivotpoint.enterprise.connectors.tryton.mapping import Plan, mapping_of
from pivotpoint.enterprise.connectors.tryton.server import Row, Server
from pivotpoint.enterprise.connectors.tryton.words import Words, finder, text_of
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.enterprise.policy import Field
from pivotpoint.pivot.models import Destination, Handoff
from pivotpoint.pivot.payload import ERASED

LABEL = "Tryton (ERP, SCM, CRM)"
CONFIG = {
    "url": "Address of the server",
    "database": "Database",
    "company": "Company (empty: the only one)",
    "work": "What it makes there: complaint, credit-note or quality (empty: complaint)",
    "party": "Code of the party that complains (empty: the person who said it first)",
    "control": "Quality: name of the control",
    "supplier": "Quality: name of the supplier whose last delivery is inspected",
}
SIGNED = False
KEY = "Application key (a user application of the kind REST)"
FORGETS = True


def check(destination: Destination) -> None:
    """Server, database, key, company, module, and what the mapping looks up there."""
    plan, server = _opened(destination)
    try:
        server.search(plan.model, [], plan.fields, size=1)
    except TransientError as error:
        if error.status != "500":
            raise
        module = f"; activate its module {plan.needs}" if plan.needs else ""
        raise MappingError(f"This Tryton has no {plan.model} as the mapping expects it{module}.") from error
    for value in plan.values.values():
        if isinstance(value, Mapping) and "{party}" not in str(value):
            fill(value, Words(server, destination), finder(server))


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """Look, make, look again: the answer to an earlier attempt may have been lost."""
    plan, server = _opened(destination)
    if handoff.payload.get("type") == ERASED:
        return _forget(plan, server, handoff)
    words = Words(server, destination, handoff)
    if not _records(server, plan, handoff):
        values = fill(plan.values, words, finder(server))
        server.create(plan.model, {**values, plan.key: records.reference(handoff)})
    rows = _records(server, plan, handoff)
    if not rows:
        raise TransientError(f"The {plan.label.lower()} was made and can't be found.")
    row = records.settle(server, plan, rows)
    if plan.submit and row["state"] == "draft":
        server.press(plan.model, row["id"], plan.submit)
    return Sent(
        f"{plan.label} {row.get('number') or row['id']}",
        server.link(plan.model, row["id"]),
        "200",
        f"{plan.model},{row['id']}",
        f"{plan.model},{row['id']}",
        *words.whose,
    )


def _records(server: Server, plan: Plan, handoff: Handoff) -> list[Row]:
    """What there is of this hand-off, also when somebody there has changed the reference."""
    known = Counterpart.objects.filter(handoff=handoff).values_list("record", flat=True).first()
    ids = [_id(plan, known)] if known and _id(plan, known) else []
    return records.found(server, plan, [records.reference(handoff)], ids)


def _forget(plan: Plan, server: Server, handoff: Handoff) -> Sent:
    """Write the text anew, without the words of whoever was erased; our copy has lost them already."""
    first = Handoff.objects.select_related("loop").get(
        key=handoff.payload["handoff"], destination=handoff.destination_id
    )
    texts = [name for name, value in plan.values.items() if value == "{text}"]
    rows = _records(server, plan, first) if texts else []
    for row in rows:
        button = plan.unlock.get(row["state"], "")
        if button:
            server.press(plan.model, row["id"], button)
        server.write(plan.model, row["id"], dict.fromkeys(texts, text_of(first)))
        if plan.submit and (button or row["state"] == "draft"):
            server.press(plan.model, row["id"], plan.submit)
    return Sent(status="200", response=f"{len(rows)} records written anew")


def find_record(destination: Destination, reference: str) -> There:
    """By its number ("Complaint 7", "7"), by its own reference there, or by the address of its page."""
    plan, server = _opened(destination)
    said = reference.strip()
    page = server.link(plan.model, 0).removesuffix("0")
    if said.startswith(page):
        domain: list[object] = [
            ["id", "=", int("".join(filter(str.isdecimal, said.removeprefix(page))) or 0)]
        ]
    else:
        number = said.removeprefix(plan.label).strip()
        domain = [["OR", ["number", "=", number], [plan.key, "=", said]]]
    rows = server.search(plan.model, domain, plan.fields, size=2)
    if len(rows) != 1:
        many = "several records" if rows else f"no {plan.label.lower()}"
        raise MappingError(f"Tryton knows {many} as “{said[:80]}”.")
    pk = rows[0]["id"]
    name = f"{plan.label} {rows[0].get('number') or pk}"
    return There(f"{plan.model},{pk}", name, server.link(plan.model, pk))


def hear(destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]:
    """How the record of each stands there, by one or two questions. One that was removed there is not in the list."""
    plan, server = _opened(destination)
    keys = {records.reference(handoff): handoff for handoff in handoffs}
    ids = {_id(plan, record): handoff for handoff, record in handoffs.items() if _id(plan, record)}
    rows = records.found(server, plan, list(keys), list(ids))
    records.follow(server, plan, rows)
    mine: dict[Handoff, list[Row]] = {}
    for row in rows:
        handoff = ids.get(row["id"]) or keys.get(str(row.get(plan.key)))
        if handoff is not None:
            mine.setdefault(handoff, []).append(row)
    return [_heard(server, plan, handoff, found) for handoff, found in mine.items()]


def customer_fields(destination: Destination) -> list[Field]:
    return customers.fields_of(destination.config)


def read_customers(
    destination: Destination, parties: Sequence[str], fields: Sequence[Field]
) -> dict[str, dict[str, str]]:
    return customers.read(_opened(destination)[1], parties, fields)


def write_customer(destination: Destination, record: str, values: Mapping[Field, str]) -> None:
    customers.write(_opened(destination)[1], record, values)


def _id(plan: Plan, record: str) -> int:
    model, _, pk = record.partition(",")
    return int(pk) if model == plan.model and pk.isdecimal() else 0


def _heard(server: Server, plan: Plan, handoff: Handoff, rows: Sequence[Row]) -> Heard:
    row = records.settle(server, plan, rows)
    record, words = f"{plan.model},{row['id']}", row | {"label": plan.label}
    for each in plan.outcomes:
        if each.holds(row):
            note = fill(each.note, lambda path: dotted(words, path), dict)
            return Heard(handoff, record, str(row["state"]), each.outcome, note)
    return Heard(handoff, record, str(row["state"]))


def _opened(destination: Destination) -> tuple[Plan, Server]:
    """The mapping and the server, working for the company."""
    plan, server = mapping_of(destination.config), Server(destination)
    named = str(destination.config.get("company") or "").strip()
    domain = [["party.name", "=", named]] if named else []
    companies = server.search("company.company", domain, ["rec_name"], size=2)
    if len(companies) != 1:
        fault = f"has no company “{named}”" if named else "has several companies; name one"
        raise MappingError(
            f"Tryton {fault}." if named or companies else "Tryton shows no company to this key."
        )
    server.context = {"company": companies[0]["id"]}
    return plan, server
