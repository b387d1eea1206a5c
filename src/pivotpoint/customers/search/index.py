"""Index the names of new customers in the transaction that stores them."""

from __future__ import annotations

from django.db import connection

from pivotpoint.customers.search import sqlite


def index_new() -> None:
    """Index the customers that are not indexed yet, in one statement. PostgreSQL keeps its index by itself."""
    if connection.vendor == "sqlite":
        sqlite.index_new()
