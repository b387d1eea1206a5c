"""Cursor paging: a page begins behind the last row that was seen, so nothing is skipped while rows come in."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from ninja import Schema

from pivotpoint.lib.problems import Problem

MOST = 200
Item = TypeVar("Item")


class Paged(Schema, Generic[Item]):
    """`next` is the cursor of the following page, or null on the last one."""

    items: list[Item]
    next: str | None


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page, or None on the last one."""

    items: list[Any]
    next: str | None


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, Any]:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, TypeError) as error:
        raise Problem(
            400, "The cursor is not one of ours", "Leave it out to begin at the first page."
        ) from error
    return value, pk


def page(rows: QuerySet[Any], cursor: str | None = None, limit: int = 50, key: str = "-pk") -> Page:
    """One page of `rows`, ordered by `key` (a field that is never null) and then by primary key; at most MOST."""
    field, down = key.lstrip("-"), key.startswith("-")
    order, op = ("-", "lt") if down else ("", "gt")
    limit = max(1, min(limit, MOST))
    if cursor:
        value, pk = _decode(cursor)
        try:
            rows = rows.filter(Q(**{f"{field}__{op}": value}) | Q(**{field: value, f"pk__{op}": pk}))
        except (ValueError, TypeError, ValidationError) as error:
            raise Problem(
                400, "The cursor is not one of ours", "Leave it out to begin at the first page."
            ) from error
    found = list(rows.order_by(f"{order}{field}", f"{order}pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], _encode([getattr(last, field), last.pk]) if last is not None else None)
