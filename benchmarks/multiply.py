"""An imported database made TIMES as large, to see what size alone does: python -m benchmarks.multiply TIMES

Needs PIVOTPOINT_DATA with an import in it. Every person is copied with their messages, readings and memberships;
clusters grow in place, words are indexed and people counted by the product's own verbs. It takes a tenth of an import.
"""

from __future__ import annotations

import os
import sys
import time

COPIES = (
    ("customers_customer", {"id": "{c}"}),
    ("customers_identity", {"id": "{i}", "customer_id": "{c}", "handle": "t", "stem": "t"}),
    ("channels_message", {"id": "{m}", "customer_id": "{c}", "identity_id": "{i}", "external_id": "t"}),
    ("listening_reading", {"message_id": "{m}"}),
    ("insights_membership", {"message_id": "{m}", "customer_id": "{c}"}),
)
"""Tables, and by how much each key moves with every copy; `t` is a text that gets the copy's number in front."""


def copy(cursor: object, number: int, step: dict[str, int]) -> None:
    for table, moved in COPIES:
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")  # type: ignore[attr-defined]
        columns = [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]
        taken = [_moved(name, moved.get(name), number, step) for name in columns]
        key = next(iter(moved))
        cursor.execute(  # type: ignore[attr-defined]
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(taken)} FROM {table}"
            f" WHERE {key} <= {step[moved[key][1]]}"
        )


def _moved(name: str, by: str | None, number: int, step: dict[str, int]) -> str:
    if by is None:
        return name
    if by == "t":
        return f"CASE {name} WHEN '' THEN '' ELSE '{number}.' || {name} END"
    return f"{name} + {number * step[by[1]]}"


def multiply(times: int) -> None:
    import numpy as np
    from django.db import connection, transaction
    from django.db.models import F, Max

    from pivotpoint.channels.models import Message
    from pivotpoint.channels.search import index_new
    from pivotpoint.customers.models import Customer, Identity
    from pivotpoint.insights.counting.count import recount_all
    from pivotpoint.insights.models import IndexState, MicroCluster

    last = {"c": Customer, "i": Identity, "m": Message}
    step = {name: model.objects.aggregate(last=Max("pk"))["last"] for name, model in last.items()}
    for number in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            copy(cursor, number, step)
        while index_new():
            pass
        print(f"{number + 1} times after {time.process_time():.0f} s processor", file=sys.stderr)
    with transaction.atomic():
        for pk, vector in list(MicroCluster.objects.values_list("pk", "vector")):
            grown = (np.frombuffer(bytes(vector), np.float32) * np.float32(times)).tobytes()
            MicroCluster.objects.filter(pk=pk).update(vector=grown, count=F("count") * times)
        IndexState.objects.update(
            gathered=F("gathered") * times, consolidated=F("consolidated") * times, stamp=F("stamp") + 1
        )
    recount_all()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
    import django

    django.setup()
    multiply(int(sys.argv[1]))


if __name__ == "__main__":
    main()
