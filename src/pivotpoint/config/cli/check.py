"""Is everything as it should be?"""

from __future__ import annotations

import json
import sys

import click

from pivotpoint.config.cli.start import due, start


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Check settings, database, sweeps and every destination; exit code 1 when something is wrong."""
    start()
    faults = [*_django(), *_database()]
    if not faults:
        faults = [*_sweeps(), *_destinations()]
    if as_json:
        click.echo(json.dumps({"ok": not faults, "faults": faults}))
    else:
        click.echo("\n".join(faults) or "Everything is as it should be.")
    sys.exit(1 if faults else 0)


def _django() -> list[str]:
    from django.core.checks import ERROR, run_checks

    return [f"{issue.id}: {issue.msg}" for issue in run_checks() if issue.level >= ERROR]


def _database() -> list[str]:
    count = due()
    return [f"{count} migrations are not applied; `pivotpoint serve` applies them."] if count else []


def _sweeps() -> list[str]:
    from pivotpoint.jobs.models import SweepRun

    return [f"The sweep {row.name} failed: {row.error}" for row in SweepRun.objects.exclude(error="")]


def _destinations() -> list[str]:
    from pivotpoint.enterprise.check import check

    return [sentence for sentence in check() if sentence]
