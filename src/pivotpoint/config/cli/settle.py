"""Process everything that is due, then stop: for use without a running worker."""

from __future__ import annotations

import sys
from typing import Any

import click


def settle(*, quiet: bool) -> int:
    """Run all sweeps until none finds work; returns the rows processed. A worker may run at the same time."""
    from pivotpoint.jobs import beat

    total = 0
    with click.progressbar(
        length=0, label="Working off", file=sys.stderr, hidden=quiet, show_percent=False, item_show_func=str
    ) as bar:
        while found := beat.run_all():
            total += found
            bar.update(0, total)  # type: ignore[arg-type]
    return total


def summary() -> dict[str, Any]:
    """What is on the ladder, and whether the ledger balances."""
    from django.db.models import Count

    from pivotpoint.insights.models import Theme
    from pivotpoint.metrics.ledger import ledger

    rungs = (
        Theme.objects.live()
        .filter(people__gt=0, vague=False, mixed=False)
        .values("rung")
        .annotate(n=Count("pk"))
    )
    counted = ledger(fresh=True)
    return {
        "themes": {row["rung"]: row["n"] for row in rungs.order_by("rung")},
        "balances": counted.balances,
        "received": counted.received,
    }


def sentence(said: dict[str, Any]) -> str:
    """The summary in words."""
    themes = {rung: said["themes"].get(rung, 0) for rung in ("trend", "pattern", "voice")}
    ladder = ", ".join(f"{n:,} {rung}{'' if n == 1 else 's'}" for rung, n in themes.items() if n)
    ledger = "balances" if said["balances"] else "does not balance"
    return f"{ladder or 'No themes'}. The ledger of {said['received']:,} messages {ledger}."
