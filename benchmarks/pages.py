"""Server time and queries of the pages that grow with the data: python -m benchmarks.pages

Needs PIVOTPOINT_DATA with an import in it (benchmarks.import_rate). Each page once to warm up, then five times.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import time
from typing import Any

TIMES = 5


def paths(user: Any) -> dict[str, str]:
    """The addresses, by page; the insight, the loop and the customer are the ones with the most behind them."""
    from django.db.models import Count

    from pivotpoint.customers.models import Customer
    from pivotpoint.insights.models import Insight

    pages = {
        "Today": "/",
        "Inbox": "/inbox/",
        "Insights": "/insights/",
        "Switchyard": "/switchyard/",
        "Loops": "/loops/",
        "Customers": "/customers/",
        "Import": "/import/",
        "Ledger": "/ledger/",
        "Search, many": "/search/?q=delivery",
        "Search, few": "/search/?q=Bergen+refund+parasol",
    }
    biggest = Insight.objects.order_by("-theme__people").first()
    if biggest:
        loop = _loop(biggest, user)
        pages |= {"Insight": f"/insights/{biggest.pk}/", "Loop": f"/loops/{loop.pk}/"}
    some = Customer.objects.order_by("pk").values_list("pk")[:20_000]
    loudest = Customer.objects.filter(pk__in=some).annotate(said=Count("messages")).order_by("-said").first()
    return pages | ({"Customer": f"/customers/{loudest.pk}/"} if loudest else {})


def _loop(insight: Any, user: Any) -> Any:
    """The insight handed over, as a person would."""
    from pivotpoint.accounts.models import Team
    from pivotpoint.pivot import edit
    from pivotpoint.pivot.loops import open_loop
    from pivotpoint.pivot.models import Pivot

    pivot = Pivot.objects.first() or edit.save(
        {"name": "Complaints", "process": "Complaints", "team": Team.objects.first(), "owner": user},
        by=None,
        rules=[{"conditions": [{"field": "rung", "op": "at_least", "value": "trend"}]}],
    )
    return open_loop(insight, pivot, by=None)


def measure(client: Any, path: str) -> dict[str, object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    status = client.get(path).status_code
    took, worked = [], []
    for _ in range(TIMES):
        began, processor = time.perf_counter(), time.process_time()
        client.get(path)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - processor))
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return {
        "status": status,
        "milliseconds": round(statistics.median(took), 1),
        "worst": round(max(took), 1),
        "processor_milliseconds": round(statistics.median(worked), 1),
        "queries": len(asked),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from pivotpoint.accounts.functions import make_functions
    from pivotpoint.accounts.models import Installation, User
    from pivotpoint.lib import clock, garbage

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.WARNING)
    Installation.objects.update(set_up_at=clock.now())
    make_functions()
    user, _ = User.objects.get_or_create(
        email="bench@home.example", defaults={"name": "Bench", "role": "lead"}
    )
    client = Client(raise_request_exception=False)
    garbage.look_seldom()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(json.dumps({name: measure(client, path) for name, path in paths(user).items()}))


if __name__ == "__main__":
    main()
