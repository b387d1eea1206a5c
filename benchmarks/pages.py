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


def paths() -> dict[str, str]:
    from pivotpoint.insights.models import Insight

    biggest = Insight.objects.order_by("-theme__people").first()
    pages = {"Today": "/", "Inbox": "/inbox/", "Insights": "/insights/", "Import": "/import/"}
    return pages | ({"Insight": f"/insights/{biggest.pk}/"} if biggest else {})


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
    from pivotpoint.lib import clock

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.WARNING)
    Installation.objects.update(set_up_at=clock.now())
    make_functions()
    user, _ = User.objects.get_or_create(
        email="bench@home.example", defaults={"name": "Bench", "role": "lead"}
    )
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(json.dumps({name: measure(client, path) for name, path in paths().items()}))


if __name__ == "__main__":
    main()
