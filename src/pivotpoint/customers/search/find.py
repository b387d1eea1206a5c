"""One search, two dialects."""

from __future__ import annotations

import re
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from pivotpoint.customers.handles import normal
from pivotpoint.customers.models import Customer, Identity
from pivotpoint.customers.search import postgres, sqlite

Rows = TypeVar("Rows", bound="QuerySet[Customer]")
LONGEST, MOST_WORDS = 200, 12
_word = re.compile(r"[^\W_]+")


def find(rows: Rows, text: str) -> Rows:
    """Those whose handle, address or organisation this is, or whose name has a word that begins with each of these.

    Each alternative is an index look-up, and their results are joined before a customer's row is read.
    """
    text = text.strip()[:LONGEST]
    known = Identity.objects.filter(handle=normal("", text)).values_list("customer")
    inside = Customer.objects.filter(organisation__name__iexact=text).values_list("pk")
    return rows.filter(pk__in=known.union(inside, *_named(text)))


def _named(text: str) -> list[QuerySet[Customer, tuple[int, ...]]]:
    words = _word.findall(text.casefold())[:MOST_WORDS]
    if not words:
        return []
    dialect = postgres if connection.vendor == "postgresql" else sqlite
    # Only constants of the dialect's file are in the statement; the words are bound.
    return [Customer.objects.filter(pk__in=RawSQL(dialect.FIND, [dialect.wanted(words)])).values_list("pk")]  # noqa: S611
