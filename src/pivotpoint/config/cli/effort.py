"""What listening takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from pivotpoint.config.cli.start import start_up_to_date

if TYPE_CHECKING:
    from pivotpoint.metrics.effort import Effort


@click.command()
@click.option("--days", type=click.IntRange(1, 3_650), help="Only the last so many days.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(days: int | None, as_json: bool) -> None:
    """Count what listening takes of people and of the machine, and what came of it."""
    start_up_to_date()
    from pivotpoint.metrics.effort import effort

    counted = effort(days, fresh=True)
    click.echo(json.dumps(counted.as_dict(), default=str) if as_json else _table(counted))


def _table(effort: Effort) -> str:
    from pivotpoint.ui.templatetags.ui import people, took

    lines = [f"{one.label:<38}{one.acts:>10,} acts{took(one.hours):>14}" for one in effort.people]
    lines += [f"{one.label:<38}{one.rows:>10,} rows{took(one.hours):>14}" for one in effort.machine]
    came = effort.came
    lines.append(
        f"{people(effort.different_people)}, {took(effort.hours)}: "
        f"{came.insights:,} insights and {came.loops:,} loops opened."
    )
    if effort.price is not None:
        lines.append(f"People's time costs {effort.price:,} {effort.currency}.")
    if effort.requests:
        lines.append(f"The assistant: {effort.tokens:,} tokens, {effort.cost} {effort.cost_currency}.")
    return "\n".join(lines)
