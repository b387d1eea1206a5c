"""Who a complaint is from: a party there, found by e-mail address or handle, made when there is none."""

from __future__ import annotations

from pivotpoint.customers.models import Identity
from pivotpoint.enterprise.connectors.tryton.server import Refused, Server
from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib.digest import digest

EVERYBODY = "PP-EVERYBODY"
"""The code of the party for those whose address we do not know."""
FIRST = 50
"""So many people are looked at for one with an address."""


def party_of(server: Server, insight: Insight, named: str = "") -> tuple[int, Identity | None]:
    """The id of the party, and whose it is: the one that the destination names by code, else whoever said it first."""
    if named:
        return _by_code(server, named) or _make(server, named, named, None), None
    spoke = first_known(insight)
    if spoke is not None:
        return _by_address(server, spoke) or _known(server, spoke), spoke
    everybody = _by_code(server, EVERYBODY)
    return everybody or _make(server, EVERYBODY, "Customers who were heard", None), None


def first_known(insight: Insight) -> Identity | None:
    """A handle of the first who said it; an e-mail address goes before any other handle."""
    backings = Backing.objects.filter(theme=insight.pk, customer__erased_at=None).order_by("first_at", "pk")
    order = {pk: n for n, pk in enumerate(backings.values_list("customer_id", flat=True)[:FIRST])}
    found = Identity.objects.filter(customer__in=order).select_related("customer")
    return min(found, key=lambda each: (each.kind != "email", order[each.customer_id], each.pk), default=None)


def _by_address(server: Server, spoke: Identity) -> int:
    """Capitals in an address mean nothing; `_` is any letter to Tryton, so the value is compared here."""
    kind = "email" if spoke.kind == "email" else "other"
    same = [["type", "=", kind], ["value", "ilike", spoke.handle.replace("%", "_")]]
    rows = server.search("party.party", [["contact_mechanisms", "where", same]], ["contact_mechanisms.value"])
    for row in rows:
        values = {str(each.get("value") or "").lower() for each in row.get("contact_mechanisms") or []}
        if spoke.handle.lower() in values:
            return int(row["id"])
    return 0


def _known(server: Server, spoke: Identity) -> int:
    """By the code that we gave, or made: the code is unique there, so that two attempts at once make one party."""
    code = f"PP-{digest(f'{spoke.kind}:{spoke.handle}', 10).upper()}"
    name = spoke.customer.name or spoke.name or spoke.handle
    return _by_code(server, code) or _make(server, code, name, spoke)


def _by_code(server: Server, code: str) -> int:
    rows = server.search("party.party", [["code", "=", code]], ["code"])
    return int(rows[0]["id"]) if rows else 0


def _make(server: Server, code: str, name: str, spoke: Identity | None) -> int:
    values: dict[str, object] = {"name": name, "code": code}
    if spoke is not None:
        kind = "email" if spoke.kind == "email" else "other"
        values["contact_mechanisms"] = [["create", [{"type": kind, "value": spoke.handle}]]]
    try:
        return server.create("party.party", values)
    except Refused:
        made = _by_code(server, code)
        if not made:
            raise
        return made
