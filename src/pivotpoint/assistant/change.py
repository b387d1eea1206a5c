"""Set the assistant up, change it, switch it on and off."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.assistant.endpoint import address
from pivotpoint.assistant.events import CHANGED
from pivotpoint.assistant.models import Assistant
from pivotpoint.journal.record import record
from pivotpoint.lib.addresses import Forbidden, Unreachable, pin

FIELDS = (
    "url",
    "model",
    "titles",
    "answers",
    "notices",
    "monthly_tokens",
    "monthly_cost",
    "price_in",
    "price_out",
    "currency",
)


def change(*, by: Any, key: str | None = None, **values: Any) -> Assistant:
    """Keep these FIELDS; a key only when one is given ("" takes it out). The address must be one that may be called.

    A key stays with the address that it was given for: with another address it has to be given again.
    """
    demand(by, "user.manage")
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValidationError(f"There is no {min(unknown)}.")
    _may_be_called(values.get("url", ""))
    with transaction.atomic():
        row = Assistant.objects.select_for_update().defer("key").order_by("pk").first() or Assistant()
        moved = "url" in values and values["url"] != row.url
        for name, value in values.items():
            setattr(row, name, value)
        _check(row)
        if row.pk is None or key is not None or moved:
            row.key = key or ""
        row.save()
        on = {name: getattr(row, name) for name in ("titles", "answers", "notices")}
        record(CHANGED, row, by=by, **on, monthly_tokens=row.monthly_tokens)
    return Assistant.here()


def _may_be_called(url: str) -> None:
    if not url:
        return
    try:
        pin(address(url))
    except Forbidden as error:
        raise ValidationError(str(error)) from None
    except Unreachable:
        return


def _check(row: Assistant) -> None:
    if None in (row.url, row.model, row.titles, row.answers, row.notices, row.monthly_tokens, row.currency):
        raise ValidationError("Only prices and the budget in money may be left empty.")
    if row.on and not (row.url and row.model):
        raise ValidationError("Give the endpoint and the model before switching it on.")
    if (row.price_in is None) != (row.price_out is None):
        raise ValidationError("Give both prices, or neither.")
    if row.monthly_cost is not None and row.price_in is None:
        raise ValidationError("A budget in money needs the prices.")
