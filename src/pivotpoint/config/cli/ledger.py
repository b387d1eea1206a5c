"""Where every message is."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from pivotpoint.config.cli.start import start_up_to_date

if TYPE_CHECKING:
    from pivotpoint.metrics.ledger import Ledger


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 3_650), help="Only what was received in the last so many days."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(days: int | None, as_json: bool) -> None:
    """Count where every message is; exit code 1 when the sum does not balance."""
    start_up_to_date()
    from pivotpoint.metrics.ledger import ledger

    counted = ledger(days, fresh=True)
    click.echo(json.dumps(counted.as_dict()) if as_json else _table(counted))
    sys.exit(0 if counted.balances else 1)


def _table(ledger: Ledger) -> str:
    """The sum as one would write it on paper."""
    rows = [(" " if not at else "+", line.label, line.messages) for at, line in enumerate(ledger.lines)]
    rows.append(("=", "Received", ledger.received))
    lines = [f"{sign} {label:<24}{messages:>12,}" for sign, label, messages in rows]
    unread = next(line.unread for line in ledger.lines if line.key == "waiting")
    if unread:
        lines.append(f"  ({unread:,} of those who wait are not yet read.)")
    lines.append(
        "It balances." if ledger.balances else f"It does not balance: {ledger.missing:,} are missing."
    )
    return "\n".join(lines)
