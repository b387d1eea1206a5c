"""A small company in an empty Tryton: a customer with an invoice, a supplier with a delivery, a way to complain.

`python seed.py URL DATABASE PASSWORD` prints what was made as JSON, with the application key.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.tryton.rpc import Tryton

COMPLAINTS = {"Sale": "sale.sale", "Invoice": "account.invoice"}


def seed(erp: Tryton) -> dict[str, Any]:
    """Everything, in the order in which Tryton needs it; the ids by name."""
    made: dict[str, Any] = company(erp)
    made |= accounts(erp, made)
    made |= people(erp)
    made |= invoice(erp, made)
    made |= delivery(erp, made)
    for name, model in COMPLAINTS.items():
        erp.create("sale.complaint.type", name=name, origin=erp.first("ir.model", ["name", "=", model]))
    point = {"name": "as_described", "string": "As the customers describe it", "type_": "boolean"}
    erp.create("quality.control", name="What customers report", frequency=0.0, points=[["create", [point]]])
    made["key"] = key(erp, erp.user)
    made["weak_key"] = key(erp, erp.create("res.user", name="Onlooker", login="onlooker"))
    return made


def key(erp: Tryton, user: int) -> str:
    """An application key of this user; one that the administrator makes counts at once."""
    made = erp.create("res.user.application", application="rest", user=user)
    row = erp.on("res.user.application", "read", [made], ["key", "state"])[0]
    if row["state"] != "validated":
        erp.on("res.user.application", "validate_", [made])
    return str(row["key"])


def company(erp: Tryton) -> dict[str, Any]:
    euro = {"name": "Euro", "symbol": "€", "code": "EUR", "digits": 2, "rounding": Decimal("0.01")}
    rate = [["create", [{"rate": Decimal(1), "date": date(2020, 1, 1)}]]]
    currency = erp.create("currency.currency", **euro, rates=rate)
    party = erp.create("party.party", name="Fjordhus", addresses=[["create", [{"city": "Bergen"}]]])
    made = erp.create("company.company", party=party, currency=currency)
    erp.on("res.user", "write", [erp.user], {"companies": [["add", [made]]], "company": made})
    erp.refresh()
    return {"company": made, "currency": currency}


def accounts(erp: Tryton, made: dict[str, Any]) -> dict[str, Any]:
    """The small chart that comes with the accounting module, and a year to book in."""
    own = {"company": made["company"]}
    template = erp.first("account.account.template", ["parent", "=", None])
    erp.wizard(
        "account.create_chart",
        ("account", {}),
        ("create_account", {"account": own | {"account_template": template}}),
    )
    of_kind = {
        kind: erp.first("account.account", [f"type.{kind}", "=", True], ["closed", "!=", True])
        for kind in ("receivable", "payable", "revenue", "expense")
    }
    defaults = {f"default_account_{kind}": of_kind[kind] for kind in ("receivable", "payable")}
    erp.on("account.configuration", "write", [1], defaults)
    _year(erp, own)
    return of_kind


def _year(erp: Tryton, own: dict[str, Any]) -> None:
    def sequence(name: str) -> int:
        kind = erp.first("ir.sequence.type", ["name", "=", name])
        return erp.create("ir.sequence.strict", name=name, sequence_type=kind, **own)

    invoices = sequence("Invoice")
    kinds = ("out_invoice", "in_invoice", "out_credit_note", "in_credit_note")
    today = date.today()
    made = erp.create(
        "account.fiscalyear",
        name="Books",
        start_date=date(today.year - 1, 1, 1),
        end_date=date(today.year + 1, 12, 31),
        move_sequence=sequence("Account Move"),
        invoice_sequences=[["create", [{f"{kind}_sequence": invoices for kind in kinds} | own]]],
        **own,
    )
    erp.create(
        "account.period",
        name="All",
        fiscalyear=made,
        type="standard",
        start_date=date(today.year - 1, 1, 1),
        end_date=date(today.year + 1, 12, 31),
    )


def people(erp: Tryton) -> dict[str, Any]:
    def party(name: str, email: str = "") -> int:
        by_mail = [["create", [{"type": "email", "value": email}]]] if email else []
        address = [["create", [{"city": "Bergen"}]]]
        return erp.create("party.party", name=name, addresses=address, contact_mechanisms=by_mail)

    return {
        "hanne": party("Hanne Vos-Abara", "Hanne@home.example"),
        "supplier": party("Pump Works"),
    }


def invoice(erp: Tryton, made: dict[str, Any]) -> dict[str, Any]:
    """Hanne has bought something and got a posted invoice."""
    line = {
        "type": "line",
        "description": "Kettle",
        "quantity": 1.0,
        "unit_price": Decimal("49.90"),
        "account": made["revenue"],
        "company": made["company"],
        "currency": made["currency"],
    }
    term = erp.create(
        "account.invoice.payment_term", name="Direct", lines=[["create", [{"type": "remainder"}]]]
    )
    bill = erp.create(
        "account.invoice",
        type="out",
        party=made["hanne"],
        invoice_address=_address(erp, made["hanne"]),
        account=made["receivable"],
        journal=erp.first("account.journal", ["type", "=", "revenue"]),
        company=made["company"],
        currency=made["currency"],
        payment_term=term,
        invoice_date=date.today(),
        lines=[["create", [line]]],
    )
    erp.on("account.invoice", "post", [bill])
    return {"invoice": bill, "payment_term": term}


def _address(erp: Tryton, party: int) -> int:
    return erp.first("party.address", ["party", "=", party])


def delivery(erp: Tryton, made: dict[str, Any]) -> dict[str, Any]:
    """Kettles were bought from the supplier and have arrived."""
    unit = erp.first("product.uom", ["name", "=", "Unit"])
    category = erp.create(
        "product.category",
        name="Goods",
        accounting=True,
        account_expense=made["expense"],
        account_revenue=made["revenue"],
    )
    template = erp.create(
        "product.template",
        name="Kettle",
        type="goods",
        default_uom=unit,
        purchasable=True,
        purchase_uom=unit,
        account_category=category,
        products=[["create", [{}]]],
    )
    product = erp.first("product.product", ["template", "=", template])
    house = erp.find(
        "stock.location", ["type", "=", "warehouse"], fields=("input_location", "storage_location")
    )[0]
    purchase = _purchase(erp, made, house["id"], product, unit)
    moves = erp.find("stock.move", ["origin.purchase.id", "=", purchase, "purchase.line"])
    shipment = erp.create(
        "stock.shipment.in",
        supplier=made["supplier"],
        company=made["company"],
        warehouse=house["id"],
        warehouse_input=house["input_location"],
        warehouse_storage=house["storage_location"],
        incoming_moves=[["add", [move["id"] for move in moves]]],
    )
    erp.on("stock.shipment.in", "receive", [shipment])
    return {"product": product, "purchase": purchase, "shipment": shipment}


def _purchase(erp: Tryton, made: dict[str, Any], house: int, product: int, unit: int) -> int:
    line = {"type": "line", "product": product, "quantity": 20.0, "unit": unit, "unit_price": Decimal("11")}
    bought = erp.create(
        "purchase.purchase",
        party=made["supplier"],
        company=made["company"],
        currency=made["currency"],
        payment_term=made["payment_term"],
        invoice_address=_address(erp, made["supplier"]),
        warehouse=house,
        purchase_date=date.today() - timedelta(days=3),
        lines=[["create", [line]]],
    )
    for step in ("quote", "confirm", "process"):
        erp.on("purchase.purchase", step, [bought])
    return bought


if __name__ == "__main__":
    url, database, password = sys.argv[1:]
    json.dump(seed(Tryton(url, database, password)) | {"password": password}, sys.stdout)
