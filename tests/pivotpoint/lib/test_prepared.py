"""A question that is built once must be answered as Django's own would be, whatever it is asked with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from pivotpoint.customers.models import Identity
from pivotpoint.lib.among import among
from pivotpoint.lib.prepared import Prepared, any_of

pytestmark = pytest.mark.django_db

Rows = QuerySet[Identity, tuple[int, str]]


def ask(customers: list[int], kind: str, since: datetime, least: int) -> Rows:
    rows = Identity.objects.filter(among("customer", customers), kind=kind, since__gte=since, pk__gte=least)
    return rows.exclude(stem="nobody").order_by("-pk").values_list("customer_id", "handle")[:5]


def test_it_answers_as_the_query_does(now: Any, hanne: Any, tomek: Any) -> None:
    prepared, everybody = Prepared(ask), [hanne.pk, tomek.pk]
    past, future = now - timedelta(days=1), now + timedelta(days=1)
    assert len(prepared(everybody, "email", past, 0)) == 2
    for customers in (everybody, [tomek.pk], [], [10**9]):
        for kind in ("email", "social", "o'\"%s"):
            for since in (past, future):
                for least in (0, 2, -1, 10**12):
                    wanted = list(ask(customers, kind, since, least))
                    assert prepared(customers, kind, since, least) == wanted


def test_the_query_is_built_once(now: Any, hanne: Any) -> None:
    built: list[int] = []
    prepared = Prepared(lambda *values: (built.append(1), ask(*values))[1])
    for _ in range(3):
        prepared([hanne.pk], "email", now - timedelta(days=1), 0)
    assert len(built) == 1


def test_it_counts_as_one_query_and_needs_no_values(hanne: Any) -> None:
    prepared = Prepared(lambda: Identity.objects.filter(name__gt="").values_list("customer_id"))
    with CaptureQueriesContext(connection) as asked:
        assert prepared() == prepared() == [(hanne.pk,)]
    assert len(asked) == 2


def test_a_sweep_asks_whether_there_are_any(now: Any, hanne: Any) -> None:
    any_since = any_of(lambda since: Identity.objects.filter(since__gte=since).select_related("customer"))
    assert any_since(now - timedelta(days=1))
    assert not any_since(now + timedelta(days=1))
    with CaptureQueriesContext(connection) as asked:
        any_since(now)
    assert [query["sql"].rsplit(" ", 2)[-2:] for query in asked] == [["LIMIT", "1"]]
